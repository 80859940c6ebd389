"""How far the words of a question stand in a text: as they are, in part, in other words, or as what they ask for.

Council members say *jeugdzorg* where the paper says *jeugdhulp*, and *kosten* where it gives an amount. So a word
counts as present when it stands there (1), when parts of it do (in part), when a word that the embedding model holds to
be near stands there (in part), and when it only says what kind of thing is asked for and that thing stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search import dutch
from search.embedding import Vectors
from search.intent import holds, only_asks
from search.question import Question

PART = 0.7
"""What all parts of a compound are worth against the whole word."""
_NEAR = 0.27
"""Cosine from which two words are taken to be about the same thing; below it the shipped model says nothing."""
_NEAR_WORTH = 1.15
_NEAR_MOST = 0.75

_SPELT_ALIKE = 0.6
_SPELT_WORTH = 0.85


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text cut into what is compared: its terms, and its words as they stand there, folded."""

    terms: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Text:
        """Cut a text; one that was cut lately is not cut again."""
        return _cut(text)


@lru_cache(maxsize=8_000)
def _cut(text: str) -> Text:
    tokens = list(dutch.tokens(text))
    return Text(
        terms=frozenset(term for token in tokens for term in (*token.terms, *token.beside)),
        words=frozenset(dutch.fold(text[token.start : token.end]) for token in tokens),
    )


class Matcher:
    """Compares one question with many texts.

    Args:
        question: the question.
        texts: every text that it will be compared with.
        embed: gives unit vectors of single words; None where the model is too slow or too clumsy for that.
    """

    def __init__(
        self, question: Question, texts: Sequence[Text], embed: Callable[[Sequence[str]], Vectors] | None
    ) -> None:
        self._question = question
        self._likeness = _likeness(question, texts, embed) if embed is not None else {}

    def held(self, text: Text, raw: str) -> NDArray[np.float64]:
        """Return per word of the question how far the text holds it, 0 to 1.

        Args:
            text: the text, cut.
            raw: the same text as a reader sees it.
        """
        asks = self._question.asks
        fits = holds(asks, raw, self._question.text)
        rows = [self._likeness[word] for word in text.words if word in self._likeness]
        found = np.max(rows, axis=0) if rows else np.zeros(len(self._question.words))
        for at, word in enumerate(self._question.words):
            share = _literally(word.terms, text.terms)
            if share < PART and not text.terms.isdisjoint(word.council):
                share = PART
            if share < 1.0 and fits and only_asks(asks, word.terms[0]):
                share = 1.0
            if not text.terms.isdisjoint(word.beside):
                # The date, amount or name that it is a part of stands there, written otherwise.
                share = 1.0
            if not word.known:
                share = max(share, _spelt_like(dutch.fold(word.text), text.words))
            found[at] = max(found[at], share)
        return found


def _literally(terms: tuple[str, ...], held: frozenset[str]) -> float:
    if terms[0] in held:
        return 1.0
    parts = terms[1:]
    return PART * sum(part in held for part in parts) / len(parts) if parts else 0.0


def _spelt_like(word: str, words: Iterable[str]) -> float:
    """Return what a misspelt word is worth where one that is spelt nearly like it stands (Dice on letter trigrams)."""
    own = _trigrams(word)
    best = max((2 * len(own & other) / (len(own) + len(other)) for other in map(_trigrams, words)), default=0.0)
    return _SPELT_WORTH if best >= _SPELT_ALIKE else 0.0


@lru_cache(maxsize=20_000)
def _trigrams(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _likeness(
    question: Question, texts: Sequence[Text], embed: Callable[[Sequence[str]], Vectors]
) -> dict[str, NDArray[np.float64]]:
    """Return, for words of the texts that are near any word of the question, what they are worth for each."""
    words = sorted(set[str]().union(*(text.words for text in texts)))
    words = [word for word in words if not word[0].isdigit()]
    if not words or not question.words:
        return {}
    asked = embed([dutch.fold(word.text) for word in question.words])
    cosines = embed(words) @ asked.T
    worth = np.where(cosines >= _NEAR, np.minimum(cosines * _NEAR_WORTH, _NEAR_MOST), 0.0)
    return {word: row for word, row in zip(words, worth, strict=True) if row.any()}
