"""Where in a text the words stand that a question asks for: to mark them, and to choose what a result shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from search.dutch import WORD, cut_words, names_in_full, stem, with_ge_within, written_in_full
from search.references import forms
from search.remembered import Remembered
from search.steps import Steps, left_out
from search.wordlists import PLURALS

_AFTER = ".,;:!?)"
"""What follows a word most often."""
_STRETCHES = 100_000
"""How many stretches of texts without a space are remembered."""
_NONE: frozenset[str] = frozenset()
_BEGINNING = 6
"""Letters of a term that are looked for; more tell no more."""


def _beginnings_of(asked: Collection[str]) -> tuple[str, ...]:
    """Return what a word in small plain letters must hold, one of them at least, to have one of the terms.

    A stem and the word that it is of begin alike, wherever that stands in a compound, up to the last letter (*brief*,
    *brieven*) or the last but one (*eenheid*, *eenheden*). Plurals that follow no rule are looked for as they are, and
    participles with their *ge*. An amount is written in many ways, so for that any figure will do.
    """
    found = {term.lower()[: -2 if term.endswith("heid") else -1] for term in asked if not _has_digit(term)}
    for many, one in PLURALS.items():
        found |= {term.removesuffix(last) + many for last in (stem(one),) for term in asked if term.endswith(last)}
    found |= {with_ge[:-1] for term in asked for with_ge in with_ge_within(term)}
    figures = "0123456789" if any(map(_has_digit, asked)) else ""
    return (*sorted({begin[:_BEGINNING] for begin in found}), *figures)


class Place(NamedTuple):
    """Where a word stands that shares terms with a question: offsets in the text, and these terms."""

    start: int
    end: int
    terms: Set[str]


class Finder:
    """Finds the words of texts that share a term with one question, themselves or by what they are a part of.

    What words give is remembered from question to question, so most are only looked up.

    Args:
        wanted: the terms of the question.
    """

    def __init__(self, wanted: Collection[str]) -> None:
        self._asked = frozenset(wanted)
        self._steps = left_out()
        self._cut = cut_words(self._steps)
        self._held = _cut_stretches(self._steps)
        self._begins = _beginnings_of(self._asked)
        self._by_form = any(map(_has_digit, self._asked))
        self._in_full = _beginnings(self._asked, self._steps)

    def places(self, text: str) -> list[Place]:
        """Return where in a text such words stand, in order."""
        # No word has a space in it, and nothing cuts sooner than this.
        stretches = text.split(" ")
        held, shares_nothing = self._held, self._asked.isdisjoint
        hits = [
            at
            for at, terms_held in enumerate(map(held.get, stretches))
            if not shares_nothing(self._terms(stretches[at]) if terms_held is None else terms_held)
        ]
        found: list[Place] = []
        if hits:
            ends = list(accumulate(map(len, stretches)))
            for at in hits:
                found += self._shared(stretches[at], ends[at] - len(stretches[at]) + at)
        in_full = bool(self._in_full) and any(not self._in_full.isdisjoint(held[stretch]) for stretch in stretches)
        return self._widened(text, found, in_full) if self._by_form or in_full else found

    def _terms(self, stretch: str) -> tuple[str, ...]:
        """Return the terms of a stretch that was not met before; nothing where it can share none, which costs less."""
        if stretch.isascii() and "'" not in stretch:
            lowered = stretch.lower()
            for begin in self._begins:
                if begin in lowered:
                    break
            else:
                return ()
        return self._held[stretch]

    def _shared(self, stretch: str, begin: int) -> Iterator[Place]:
        """Yield the words that share a term with the question in a stretch without a space, which begins there."""
        for one in WORD.finditer(stretch):
            if held := self._asked.intersection(self._cut[one[0]]):
                yield Place(begin + one.start(), begin + one.end(), held)

    def _widened(self, text: str, found: list[Place], in_full: bool) -> list[Place]:
        """Return the places with those of words that are a part of what is asked for: a date, an amount, a name."""
        wider = [form for form in forms(text, self._steps) if form.term in self._asked] if self._by_form else []
        if not wider and not in_full:
            return found
        words = [(*one.span(), cut) for one in WORD.finditer(text) if (cut := self._cut[one[0]])]
        if in_full:
            wider += [form for form in written_in_full(words, self._steps) if form.term in self._asked]
        held = {place.start: place.terms for place in found}
        both = (
            Place(
                start, end, held.get(start, _NONE) | {one.term for one in wider if one.start < end and start < one.end}
            )
            for start, end, _ in words
        )
        return [place for place in both if place.terms]


def _has_digit(term: str) -> bool:
    return not term.isalpha() and any(map(str.isdigit, term))


def _beginnings(asked: Set[str], without_steps: Steps) -> Set[str]:
    """Return the first stems of the names in full whose abbreviation is asked for: no such name stands without it."""
    names = names_in_full(without_steps).items()
    return frozenset(first for first, rest in names if any(term in asked for _, term in rest))


@cache
def _cut_stretches(without_steps: Steps) -> Remembered[str, tuple[str, ...]]:
    """Return the terms of all words of every stretch without a space that was met, by the stretch."""
    cut = cut_words(without_steps)

    def terms_within(stretch: str) -> tuple[str, ...]:
        word = stretch.rstrip(_AFTER)
        # Most are one word.
        return cut[word] if word.isalpha() else tuple(term for one in WORD.findall(stretch) for term in cut[one])

    return Remembered(terms_within, most=_STRETCHES)
