"""What is written in many ways and means one thing: amounts, dates, articles and case numbers, each in one form.

Every pattern begins where a word cannot be in the middle, and a text that lacks the letters or signs that a pattern
needs is not searched with it: this runs over every passage.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from council import MONTHS, SHORT_MONTHS
from search.steps import Step, Steps


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """Where something stands (offsets in the text), and the one term it has however it is written."""

    start: int
    end: int
    term: str


_VALUE = r"(?<![\d.,])(\d{1,3}(?:\.\d{3}){1,4}|\d{1,15})(?:[.,](\d{1,3}))?"
_SCALED = re.compile(rf"{_VALUE}\s*(miljoen|mln|miljard|mld|duizend)\b")
_EUROS = re.compile(rf"€\s*{_VALUE}(?:([km])|\s*(ton|mio))\b")
_SPACED = re.compile(r"€\s*(\d{1,3}(?: \d{3}){1,4})(?! ?[\d.,]*\d)")
_SCALE = {
    word: 10**power
    for power, words in ((3, "duizend k"), (5, "ton"), (6, "miljoen mln mio m"), (9, "miljard mld"))
    for word in words.split()
}
_HALVES = {
    word: halves
    for halves, words in enumerate(
        "half/halve een/één anderhalf/anderhalve twee - drie - vier - vijf - zes - zeven - acht - negen - tien"
        " - elf - twaalf".split(),
        start=1,
    )
    for word in words.split("/")
    if word != "-"
}
"""Numbers in words, counted in halves."""
_IN_WORDS = re.compile(rf"\b({'|'.join(_HALVES)})\s+(miljoen|miljard)\b")
_SCALES = ("miljoen", "mln", "miljard", "mld", "duizend")
_MONTHS = {name: number for names in (MONTHS, SHORT_MONTHS) for number, name in enumerate(names, start=1)} | {"sept": 9}
_DATE = re.compile(rf"(\d{{1,2}})(?:e|ste|de)?\s+({'|'.join(_MONTHS)})\.?\s+(\d{{4}})(?!\d)")
_DATE_IN_FIGURES = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(?:(?:19|20)\d\d|(?<=\d\d[-/.]\d\d[-/])\d\d)(?![\w/-]|\.\d)")
_NOT_BEFORE = re.compile(r"[\w/.-]")
"""What a date does not begin after: then it is a piece of something longer."""
_ARTICLE = re.compile(r"art(?:ikel|\.)?\s?(\d{1,4}(?:[.:]\d{1,3})*[a-z]{0,2})\b")
_CASE = re.compile(r"\d{2,4}[-/.]\d{1,8}(?:[-/.]\d{1,6})?(?![\w/-])")
_LETTERS_BEFORE = re.compile(r"(?<![\w/.-])[a-z]{1,6}[-/.]?$")
_LONGEST_LETTERS = 8
_YEAR_AND_NUMBER = re.compile(r"(?:19|20)\d\d/\d{1,8}")
_PIECES = re.compile(r"[a-z]+|\d+")
_CASE_TERM = re.compile(r"[a-z]{1,6}(?:-\d+){2,3}")


def forms(text: str, left_out: Steps = frozenset()) -> Iterator[Form]:
    """Yield every amount, date, article and case number of a text, each kind in order.

    Args:
        text: any text.
        left_out: the steps that are not taken.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        # A letter that becomes two when it is lower-cased would move all offsets after it.
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    if Step.NUMBERS not in left_out:
        yield from _amounts(lowered)
    if Step.DATES not in left_out:
        yield from _dates(lowered)
    if Step.REFERENCES not in left_out:
        yield from _references(lowered)


def is_case(term: str) -> bool:
    """Say whether a term is that of a case number with letters before it."""
    return _CASE_TERM.fullmatch(term) is not None


def _amounts(text: str) -> Iterator[Form]:
    """Yield amounts that are written with a word or with spaces, as whole numbers: *1,2 mln*, *€ 250k*, *€ 1 200*."""
    found: list[re.Match[str]] = []
    if any(scale in text for scale in _SCALES):
        found += _SCALED.finditer(text)
        for written in _IN_WORDS.finditer(text):
            value = _HALVES[written[1]] * _SCALE[written[2]] // 2
            yield Form(start=written.start(), end=written.end(), term=str(value))
    if "€" in text:
        found += _EUROS.finditer(text)
        for spaced in _SPACED.finditer(text):
            yield Form(start=spaced.start(), end=spaced.end(), term=spaced[1].replace(" ", ""))
    for amount in found:
        whole, decimals = amount[1].replace(".", ""), amount[2] or ""
        value = int(whole + decimals) * _SCALE[amount[amount.lastindex or 0]] // 10 ** len(decimals)
        yield Form(start=amount.start(), end=amount.end(), term=str(value))


def _dates(text: str) -> Iterator[Form]:
    """Yield dates as *2024-03-12*, in words (*12 maart 2024*) or figures (*12/3/2024*, the day first)."""
    for found in chain(_DATE.finditer(text), _DATE_IN_FIGURES.finditer(text)):
        if found.start() and _NOT_BEFORE.match(text, found.start() - 1):
            continue
        try:
            term = _date(found).isoformat()
        except ValueError:
            continue
        yield Form(start=found.start(), end=found.end(), term=term)


def _date(found: re.Match[str]) -> dt.date:
    if found.re is _DATE:
        return dt.date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    day, month, year = found[0].split(found[1])
    return dt.date(int(year) + (2000 if len(year) == len("24") else 0), int(month), int(day))


def _references(text: str) -> Iterator[Form]:
    """Yield articles as *artikel 4.11*, and case numbers with one sign between their pieces: *z-24-012345*."""
    for found in _ARTICLE.finditer(text):
        if not found.start() or not text[found.start() - 1].isalpha():
            yield Form(start=found.start(), end=found.end(), term=f"artikel {found[1]}")
    for found in _CASE.finditer(text):
        before = text[max(0, found.start() - _LONGEST_LETTERS) : found.start()]
        if letters := _LETTERS_BEFORE.search(before):
            start = found.start() - len(letters[0])
        elif _YEAR_AND_NUMBER.fullmatch(found[0]) and not _NOT_BEFORE.match(before[-1:]):
            start = found.start()
        else:
            continue
        yield Form(start=start, end=found.end(), term="-".join(_PIECES.findall(text[start : found.end()])))
