"""Dutch texts cut into the terms that they are found by; papers and questions go through the same functions.

A word gives its stem and, when it is a compound, the stems of its parts beside it, so *afvalstoffenheffing* is found
by *heffing* and the other way round. Beside the words stand the terms of what is written in many ways: amounts, dates,
articles, case numbers and names that have an abbreviation. Stems are Snowball's ``dutch_porter`` (PyStemmer): the newer
``dutch`` strips a leading *ge*, which turns *gemeente* into another word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

import Stemmer

from search.abbreviations import Expressions, expressions, in_capitals, spelled_out
from search.compounds import SHORTEST_PART, frequency, split_compound
from search.folding import fold
from search.references import Form, forms
from search.remembered import Remembered
from search.steps import Step, Steps, left_out, without
from search.wordlists import PLURALS, STOP_WORDS

__all__ = [
    "ANALYSIS",
    "STOP_WORDS",
    "Step",
    "Token",
    "analysis",
    "fold",
    "frequency",
    "singular",
    "split_compound",
    "stem",
    "terms",
    "terms_of",
    "tokens",
    "without",
]

ANALYSIS = "dutch-5"
"""Names this way of cutting, all steps of it; :func:`analysis` names the one that is in use."""

_WORD = re.compile(
    r"\d+(?:[.,:/-]\d+)*|[^\W\d_]{2,}\d{1,2}[^\W\d_]{2,}(?![^\W_])|[^\W\d_]+(?:['’][^\W\d_]+)*\d*|[^\W_]+"
)
_CHUNK = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*")
"""Letters and figures with what may stand inside a word: no word goes on past its ends, and it is found sooner."""
_AFTER = ".,;:!?)"
"""What follows a word most often."""
_WORDS, _STRETCHES = 100_000, 100_000
"""How many words, and how many stretches of texts without a space, are remembered."""
_AT_THE_END = {"v": "f", "z": "s"}
_VOICED_FROM = 4
"""Letters from which a stem is a word and no abbreviation, such as *woz*."""
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(?:00|(\d+)))?")
_FIGURE_WITHIN = re.compile(r"([^\W\d_]+\d+)([^\W\d_]+)")
"""A name with a figure in its midst, *Step2Save*, or a word that a note's mark glues to the next; found by both too."""
_MARKED = re.compile(r"([^\W\d_]{4,})\d{1,3}")
"""A word with the mark of a note at its end, *woonden2*, or a name with a number, *bijlage1*; found without it too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One word in a text: where it stands (offsets in that text) and the terms that it is found by."""

    start: int
    end: int
    terms: tuple[str, ...]
    beside: tuple[str, ...] = ()
    """The terms of what it is a part of: a date, an amount, a name that has an abbreviation."""


def analysis() -> str:
    """Return the name of the analysis that is in use; an index that was made with another is rebuilt."""
    return "-".join([ANALYSIS, *(f"no_{step}" for step in sorted(left_out()))])


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text that carry meaning, each with its terms; stop words are passed over."""
    without_steps = left_out()
    cuts = _cut_words(without_steps)
    found = [
        Token(start=match.start(), end=match.end(), terms=cut)
        for match in _WORD.finditer(text)
        if (cut := cuts[match.group()])
    ]
    wider = [*forms(text, without_steps), *_in_full([(t.start, t.end, t.terms) for t in found], without_steps)]
    for token in found:
        beside = [form.term for form in wider if form.start < token.end and token.start < form.end]
        yield replace(token, beside=tuple(dict.fromkeys(beside))) if beside else token


_NONE: frozenset[str] = frozenset()
_BEGINNING = 6
"""Letters of a term that are looked for; more tell no more."""


def _beginnings_of(asked: Collection[str]) -> tuple[str, ...]:
    """Return what a word in small plain letters must hold, one of them at least, to have one of the terms.

    A stem and the word that it is of begin alike, wherever that stands in a compound, up to the last letter (*brief*,
    *brieven*) or the last but one (*eenheid*, *eenheden*). Plurals that follow no rule are looked for as they are. An
    amount is written in many ways, so for that any figure will do.
    """
    found = {term.lower()[: -2 if term.endswith("heid") else -1] for term in asked if not _has_digit(term)}
    for many, one in PLURALS.items():
        found |= {term.removesuffix(last) + many for last in (stem(one),) for term in asked if term.endswith(last)}
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
        self._cut = _cut_words(self._steps)
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
        for one in _WORD.finditer(stretch):
            if held := self._asked.intersection(self._cut[one[0]]):
                yield Place(begin + one.start(), begin + one.end(), held)

    def _widened(self, text: str, found: list[Place], in_full: bool) -> list[Place]:
        """Return the places with those of words that are a part of what is asked for: a date, an amount, a name."""
        wider = [form for form in forms(text, self._steps) if form.term in self._asked] if self._by_form else []
        if not wider and not in_full:
            return found
        words = [(*one.span(), cut) for one in _WORD.finditer(text) if (cut := self._cut[one[0]])]
        if in_full:
            wider += [form for form in _in_full(words, self._steps) if form.term in self._asked]
        held = {place.start: place.terms for place in found}
        both = (
            Place(
                start, end, held.get(start, _NONE) | {one.term for one in wider if one.start < end and start < one.end}
            )
            for start, end, _ in words
        )
        return [place for place in both if place.terms]


def _words(text: str) -> list[str]:
    """Return the words of a text in order: what ``_WORD`` finds, sooner."""
    found: list[str] = []
    for chunk in _CHUNK.findall(text):
        if chunk.isalpha():
            found.append(chunk)
        else:
            found += _WORD.findall(chunk)
    return found


def _has_digit(term: str) -> bool:
    return not term.isalpha() and any(map(str.isdigit, term))


def terms(text: str) -> list[str]:
    """Return all terms of a text: those of its words in order, then those of what they are a part of."""
    without_steps = left_out()
    # No tokens here: this runs over every passage, and a list of terms is all that is asked.
    words = list(filter(None, map(_cut_words(without_steps).__getitem__, _words(text))))
    found = [term for cut in words for term in cut]
    found += [form.term for form in forms(text, without_steps)]
    if Step.ABBREVIATIONS not in without_steps:
        found += [term for _, _, term in spelled_out([cut[0] for cut in words], _expressions(without_steps))]
    return found


def terms_of(word: str) -> tuple[str, ...]:
    """Return the terms of one word: its stem, then the stems of its compound parts; nothing for a stop word."""
    return _cut_words(left_out())[word]


def _in_full(words: Sequence[tuple[int, int, tuple[str, ...]]], without_steps: Steps) -> Iterator[Form]:
    if Step.ABBREVIATIONS in without_steps:
        return
    for first, last, term in spelled_out([cut[0] for _, _, cut in words], _expressions(without_steps)):
        yield Form(start=words[first][0], end=words[last][1], term=term)


@cache
def _expressions(without_steps: Steps) -> Expressions:
    with without(without_steps):
        return expressions(lambda name: tuple(cut[0] for word in _WORD.findall(name) if (cut := terms_of(word))))


def _beginnings(asked: Set[str], without_steps: Steps) -> Set[str]:
    """Return the first stems of the names in full whose abbreviation is asked for: no such name stands without it."""
    names = _expressions(without_steps).items()
    return frozenset(first for first, rest in names if any(term in asked for _, term in rest))


@cache
def _cut_words(without_steps: Steps) -> Remembered[str, tuple[str, ...]]:
    """Return the terms of every word that was met, by the word."""
    return Remembered(lambda word: _terms_of(word, without_steps), most=_WORDS)


@cache
def _cut_stretches(without_steps: Steps) -> Remembered[str, tuple[str, ...]]:
    """Return the terms of all words of every stretch without a space that was met, by the stretch."""
    cut = _cut_words(without_steps)

    def terms_within(stretch: str) -> tuple[str, ...]:
        word = stretch.rstrip(_AFTER)
        # Most are one word.
        return cut[word] if word.isalpha() else tuple(term for one in _WORD.findall(stretch) for term in cut[one])

    return Remembered(terms_within, most=_STRETCHES)


def _terms_of(word: str, without_steps: Steps) -> tuple[str, ...]:
    folded = fold(word).strip()
    if not folded:
        # A word of nothing but marks, such as the half-width katakana voicing sign, folds to nothing.
        return ()
    if folded[0].isdigit():
        number = None if Step.NUMBERS in without_steps else _NUMBER.fullmatch(folded)
        return (_plain(number),) if number else (folded,)
    folded = folded.removesuffix("'s").replace("'", "")
    if pieces := _FIGURE_WITHIN.fullmatch(folded):
        return tuple(
            dict.fromkeys((folded, *(term for piece in pieces.groups() for term in _terms_of(piece, without_steps))))
        )
    if marked := _MARKED.fullmatch(folded):
        said = _terms_of(marked[1], without_steps)
        return (*said, folded) if said else ()
    if not folded or (folded in STOP_WORDS and Step.STOP_WORDS not in without_steps):
        return ()
    parts = () if Step.COMPOUNDS in without_steps else split_compound(_long(folded))
    found = [stem(singular(folded)), *(stem(singular(part)) for part in parts if part not in STOP_WORDS)]
    if Step.ABBREVIATIONS not in without_steps and (capitals := in_capitals(word)):
        found.append(capitals)
    return tuple(dict.fromkeys(found))


def _plain(number: re.Match[str]) -> str:
    """Return a number without points in its thousands, and without decimals that are nought."""
    whole = number[1].replace(".", "")
    return f"{whole},{number[2]}" if number[2] else whole


def singular(word: str) -> str:
    """Return the singular of a folded word, or of a compound's last part, whose plural follows no rule."""
    if Step.PLURALS in left_out():
        return word
    if word in PLURALS:
        return PLURALS[word]
    if word.endswith(("eeen", "ieen")):
        return word.removesuffix("en")
    for length in _PLURAL_LENGTHS:
        if (last := word[-length:]) in PLURALS and split_compound(word)[-1:] == (last,):
            return word[:-length] + PLURALS[last]
    return word


_PLURAL_LENGTHS = sorted({len(word) for word in PLURALS}, reverse=True)
_TOO_SHORT = {one: many for many, one in PLURALS.items() if len(one) == SHORTEST_PART - 1}


def _long(word: str) -> str:
    """Return a word as it can be split: *raadslid* as *raadsleden*, whose last part is long enough to be one."""
    many = "" if Step.PLURALS in left_out() else _TOO_SHORT.get(word[1 - SHORTEST_PART :], "")
    if many and split_compound(word[: 1 - SHORTEST_PART] + many)[-1:] == (many,):
        return word[: 1 - SHORTEST_PART] + many
    return word


def stem(word: str) -> str:
    """Return the stem of a folded word: Snowball's ``dutch_porter``, and *huiz* and *tariev* as *huis* and *tarief*.

    Dutch writes f and s at the end of a word where its longer forms have v and z, and that stemmer leaves it so.
    """
    return word if Step.STEM in left_out() else _stem(word)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    found = str(_stemmer().stemWord(word))
    return found[:-1] + _AT_THE_END.get(found[-1:], found[-1:]) if len(found) >= _VOICED_FROM else found


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch_porter")
