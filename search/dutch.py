"""Dutch texts cut into the terms that they are found by; papers and questions go through the same functions.

A word gives its stem and, when it is a compound, the stems of its parts beside it, so *afvalstoffenheffing* is found
by *heffing* and the other way round. Beside the words stand the terms of what is written in many ways: amounts, dates,
articles, case numbers and names that have an abbreviation. Stems are Snowball's ``dutch_porter`` (PyStemmer): the newer
``dutch`` strips a leading *ge*, which turns *gemeente* into another word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

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
    "WORD",
    "Step",
    "Token",
    "analysis",
    "cut_words",
    "fold",
    "frequency",
    "names_in_full",
    "singular",
    "split_compound",
    "stem",
    "terms",
    "terms_of",
    "tokens",
    "with_ge_within",
    "without",
    "written_in_full",
]

ANALYSIS = "dutch-6"
"""Names this way of cutting, all steps of it; :func:`analysis` names the one that is in use."""

WORD = re.compile(
    r"\d+(?:[.,:/-]\d+)*|[^\W\d_]{2,}\d{1,2}[^\W\d_]{2,}(?![^\W_])|[^\W\d_]+(?:['’][^\W\d_]+)*\d*|[^\W_]+"
)
_CHUNK = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*")
"""Letters and figures with what may stand inside a word: no word goes on past its ends, and it is found sooner."""
_WORDS = 100_000
"""How many words are remembered."""
_DOUBLED = frozenset("bfglmnprs")
"""Consonants that a longer form doubles: *plannen*, *bruggen*; the stemmer knows no more than k, d and t."""
_SHORTEST_PLURAL = 5
_AS_FREQUENT = 0.2
"""A plural is not five times as frequent as its singular; what seems to be the singular of *proces* is no word."""
_APART = tuple(
    "aan achter af bij door goed in los mee na neer om op over samen tegen terug toe uit vast voor weg".split()
)
_PARTICIPLE = re.compile(rf"(?P<apart>{'|'.join(_APART)})ge(?P<verb>[a-z]{{3,}}?)(?P<last>[dt])")
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
    cuts = cut_words(without_steps)
    found = [
        Token(start=match.start(), end=match.end(), terms=cut)
        for match in WORD.finditer(text)
        if (cut := cuts[match.group()])
    ]
    wider = [*forms(text, without_steps), *written_in_full([(t.start, t.end, t.terms) for t in found], without_steps)]
    for token in found:
        beside = [form.term for form in wider if form.start < token.end and token.start < form.end]
        yield replace(token, beside=tuple(dict.fromkeys(beside))) if beside else token


def _words(text: str) -> list[str]:
    """Return the words of a text in order: what ``WORD`` finds, sooner."""
    found: list[str] = []
    for chunk in _CHUNK.findall(text):
        if chunk.isalpha():
            found.append(chunk)
        else:
            found += WORD.findall(chunk)
    return found


def terms(text: str) -> list[str]:
    """Return all terms of a text: those of its words in order, then those of what they are a part of."""
    without_steps = left_out()
    # No tokens here: this runs over every passage, and a list of terms is all that is asked.
    words = list(filter(None, map(cut_words(without_steps).__getitem__, _words(text))))
    found = [term for cut in words for term in cut]
    found += [form.term for form in forms(text, without_steps)]
    if Step.ABBREVIATIONS not in without_steps:
        found += [term for _, _, term in spelled_out([cut[0] for cut in words], names_in_full(without_steps))]
    return found


def terms_of(word: str) -> tuple[str, ...]:
    """Return the terms of one word: its stem, then the stems of its compound parts; nothing for a stop word."""
    return cut_words(left_out())[word]


def written_in_full(words: Sequence[tuple[int, int, tuple[str, ...]]], without_steps: Steps) -> Iterator[Form]:
    """Yield the names in full that have an abbreviation, among words with where they begin, end and their terms."""
    if Step.ABBREVIATIONS in without_steps:
        return
    for first, last, term in spelled_out([cut[0] for _, _, cut in words], names_in_full(without_steps)):
        yield Form(start=words[first][0], end=words[last][1], term=term)


@cache
def names_in_full(without_steps: Steps) -> Expressions:
    """Return the names that have an abbreviation, by the first of their stems."""
    with without(without_steps):
        return expressions(lambda name: tuple(cut[0] for word in WORD.findall(name) if (cut := terms_of(word))))


@cache
def cut_words(without_steps: Steps) -> Remembered[str, tuple[str, ...]]:
    """Return the terms of every word that was met, by the word."""
    return Remembered(lambda word: _terms_of(word, without_steps), most=_WORDS)


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
    found = str(_stemmer().stemWord(_separable(_without_s(word))))
    if len(found) < _VOICED_FROM:
        return found
    if found[-1] == found[-2] and found[-1] in _DOUBLED:
        return found[:-1]
    return found[:-1] + _AT_THE_END.get(found[-1:], found[-1:])


def _without_s(word: str) -> str:
    """Return *subsidies* as *subsidie*, *routes* as *route*: a list of words tells them from *advies* and *proces*."""
    if len(word) > _SHORTEST_PLURAL and word.endswith(("es", "as", "os", "us", "ys")):
        one = word[:-1]
        if frequency(one) > frequency(word) * _AS_FREQUENT:
            return one
    return word


def with_ge_within(term: str) -> Iterator[str]:
    """Yield how participles begin that have a term as their stem: *aangepas* for *aanpas*."""
    for apart in _APART:
        if term.startswith(apart):
            yield f"{apart}ge{term.removeprefix(apart)}"


def _separable(word: str) -> str:
    """Return the participle of a separable verb as the verb's own stem: *afgeschaft* as *afschaf*, *uitgebreid* as
    *uitbreid*."""
    found = _PARTICIPLE.fullmatch(word)
    if found is None:
        return word
    verb, last = found["verb"], found["last"]
    # After a vowel the d is the verb's own, *uitbreiden*, and so is the t after ch, *inrichten*.
    own = verb[-1] in "aeiouy" if last == "d" else verb.endswith("ch")
    return found["apart"] + verb + (last if own else "")


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch_porter")
