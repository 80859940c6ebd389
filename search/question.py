"""A question as it was typed, made ready for the three legs; whatever was typed, something sensible comes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from council import readable
from search import dutch
from search.dutch import stem
from search.vocabulary import Vocabulary

LONGEST = 1_000
"""Characters of a question that are used; who pastes a page gets its beginning searched, and is told so."""

_AMOUNT = re.compile(r"\b(?:hoeveel|wat kost|wat kosten|kosten|bedrag|hoe duur|tarief|budget|prijs|opbrengst)\b", re.I)
_DATE = re.compile(r"\b(?:wanneer|welke datum|hoe laat|vanaf welk|tot wanneer|welk jaar|per wanneer)\b", re.I)
_PERSON = re.compile(r"\b(?:wie|welke (?:wethouder|partij|partijen|fractie|fracties))\b", re.I)


_MODIFIERS = frozenset(
    stem(word)
    for word in """uiteindelijk uiteindelijke oorspronkelijk oorspronkelijke aanvankelijk eerst eerste eerder nu huidig huidige
    momenteel destijds ongeveer totaal totale samen laatste nieuw nieuwe volgend vorig afgelopen komt komen krijgt krijgen
    maakt maken staat geeft gegeven gezegd zegt vindt vinden weten zit zitten ligt precies mensen""".split()
)
_MODIFIER_SHARE = 0.3
"""What a word that only colours a question weighs against what its rarity says."""


class Asks(StrEnum):
    """What kind of thing would answer a question."""

    AMOUNT = "amount"
    DATE = "date"
    PERSON = "person"
    ANYTHING = "anything"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One meaningful word of a question: its terms (whole word first) and how much it weighs."""

    text: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question made ready."""

    text: str
    words: tuple[Word, ...]
    asks: Asks
    hint: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """All its terms, in order."""
        return tuple(term for word in self.words for term in word.terms)

    @property
    def asked_terms(self) -> Mapping[str, float]:
        """Each term with how strongly it is asked for: once for every time, less for a word that only colours."""
        asked: Counter[str] = Counter()
        for term in dutch.terms(self.text):
            asked[term] += 1
        return {term: count * (_MODIFIER_SHARE if term in _MODIFIERS else 1.0) for term, count in asked.items()}


def prepare(text: str, vocabulary: Vocabulary) -> Question:
    """Make a question ready.

    Args:
        text: whatever was typed.
        vocabulary: tells how rare each word is.

    Returns:
        A question without words (and with a hint why) when there is nothing in it to search for.
    """
    whole = readable(text)
    shown = whole[:LONGEST]
    words = tuple(_words(shown, vocabulary))
    if not any(c.isalnum() for c in shown):
        hint = "empty"
    elif not words:
        hint = "only_stop_words"
    else:
        hint = "cut_short" if len(whole) > LONGEST else ""
    return Question(text=shown, words=words, asks=_asks(shown), hint=hint)


def _words(text: str, vocabulary: Vocabulary) -> Sequence[Word]:
    found: dict[tuple[str, ...], Word] = {}
    for token in dutch.tokens(text):
        # A compound that stands nowhere weighs what its rarest part weighs: its parts can still be found.
        known = [term for term in token.terms if vocabulary.frequency(term)]
        weight = max((vocabulary.idf(term) for term in known or token.terms), default=0.0)
        weight *= _MODIFIER_SHARE if token.terms[0] in _MODIFIERS else 1.0
        found.setdefault(
            token.terms, Word(text=text[token.start : token.end], terms=token.terms, weight=max(weight, 0.1))
        )
    return tuple(found.values())


def _asks(text: str) -> Asks:
    if _DATE.search(text):
        return Asks.DATE
    if _AMOUNT.search(text):
        return Asks.AMOUNT
    return Asks.PERSON if _PERSON.search(text) else Asks.ANYTHING
