"""Did you mean …: words of a question that stand nowhere, as the papers spell them.

A word is taken for misspelt when neither it nor a part of it stands in any public paper. A compound of good words is
rare and not wrong: it is only offered the same compound in another spelling (*hondebelasting*). Candidates are public
words at a Damerau–Levenshtein distance (optimal string alignment: a letter too many, too few, another one, or two that
changed places) of 1, or 2 for words of seven letters and more. Among them the one wins that is nearest, shares most
letters in rows of four, and stands in most passages. Nothing is corrected by itself: it is offered.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search import dutch
from search.lexicon import Lexicon
from search.question import Question

_SHORTEST = 4
_TWO_FROM = 7
_LEAST_PASSAGES = 2
"""A word that stands in one passage may itself be misspelt, or misread from a scan."""
_WELL_KNOWN = 2e-6
"""Share of running text from which a word is a good part of a compound: splitting takes any word, also *dring*."""
_GRAM = 4


@dataclass(kw_only=True)
class Speller:
    """Offers another spelling.

    Args:
        lexicon: the public words.
        stands: says whether a word stands in a paper that everybody may see now: the lexicon is as old as the index.
    """

    lexicon: Lexicon
    stands: Callable[[str], bool]
    _by_length: dict[int, _OfLength] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def meant(self, question: Question, typed: str) -> str:
        """Return what was typed with its misspelt words replaced, or nothing where there are none to replace.

        Args:
            question: tells which words stand nowhere.
            typed: the question as it was typed, with its signs and fields.
        """
        meant = typed
        for word in question.words:
            if (not word.known or dutch.split_compound(dutch.fold(word.text))) and (better := self.nearest(word.text)):
                meant = re.sub(rf"(?<!\w){re.escape(word.text)}(?!\w)", lambda _, new=better: new, meant)  # type: ignore[misc]
        return meant if meant != typed else ""

    def nearest(self, word: str) -> str:
        """Return the public word that a word is most likely meant for, or nothing."""
        folded = dutch.fold(word)
        if len(folded) < _SHORTEST or not folded.isalpha() or folded in self.lexicon.passages:
            return ""
        parts = _parts(folded) if self._is_good(folded) else ()
        near = ((other, away) for other, away in self._near(folded) if not parts or _parts(other) == parts)
        scored = sorted((-self._likely(folded, other, away), other) for other, away in near)
        return next((self.lexicon.spelling(other) for _, other in scored if self.stands(other)), "")

    def _is_good(self, word: str) -> bool:
        """Say whether a word is a compound of words that the papers or the language know well."""
        parts = dutch.split_compound(word)
        return bool(parts) and all(
            part in self.lexicon.passages or dutch.frequency(part) >= _WELL_KNOWN for part in parts
        )

    def _near(self, word: str) -> Iterable[tuple[str, int]]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 2 if len(word) >= _TWO_FROM else 1
        self._sort()
        letters = _letters(word)
        for length in range(len(word) - most, len(word) + most + 1):
            same = self._by_length.get(length)
            # Most words have other letters altogether, and that is told much sooner than how far away they are.
            words = [] if same is None else same.sharing(letters, 2 * most)
            for other, away, _ in process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=None):
                yield other, int(away)

    def _likely(self, word: str, other: str, away: int) -> float:
        """Return how likely a word is meant for another: alike first, then frequent."""
        mine, theirs = _grams(word), _grams(other)
        alike = 2 * len(mine & theirs) / (len(mine) + len(theirs))
        first = 0.5 if word[0] == other[0] else 0.0
        return -2.0 * away + alike + first + 0.25 * math.log(self.lexicon.passages[other])

    def _sort(self) -> None:
        """Put the words in order of length once, when the first misspelt word comes."""
        with self._lock:
            if not self._by_length:
                by_length: dict[int, list[str]] = {0: []}
                for word, passages in self.lexicon.passages.items():
                    if passages >= _LEAST_PASSAGES and word.isalpha():
                        by_length.setdefault(len(word), []).append(word)
                self._by_length = {length: _OfLength.of(words) for length, words in by_length.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class _OfLength:
    """Words of one length, with the letters of each as bits of one number."""

    words: Sequence[str]
    letters: NDArray[np.uint32]

    @classmethod
    def of(cls, words: Sequence[str]) -> _OfLength:
        return cls(words=words, letters=np.fromiter(map(_letters, words), np.uint32, len(words)))

    def sharing(self, letters: int, most: int) -> list[str]:
        """Return the words whose letters differ in at most so many bits: one edit changes two bits at most."""
        near = np.flatnonzero(np.bitwise_count(self.letters ^ np.uint32(letters)) <= most)
        return [self.words[at] for at in near.tolist()]


def _letters(word: str) -> int:
    """Return which letters a word has: a bit for each, several letters beyond a to z on one bit."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 31)
    return found


def _parts(word: str) -> tuple[str, ...]:
    """Return the stems that a compound is made of, down to its shortest words; nothing for a word that is none."""
    parts = dutch.split_compound(word)
    return tuple(stem for part in parts for stem in _parts(part) or (dutch.stem(part),))


def _grams(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + _GRAM] for at in range(max(1, len(padded) - _GRAM + 1)))
