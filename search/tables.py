"""The rows of a table, and what stands above its columns: their names, the years, the unit.

A row of figures says nothing alone: *7 Sociaal domein 54.600* is an amount only with *Begroting 2025* and *x € 1.000*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from council import MONTH_PATTERN

_NUMBER = re.compile(r"(?<!\w)[-−–]?\s?(?:€\s?)?\d[\d.,]*%?(?!\w)")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,]*\d)(?!\s*%)")
_CLOSES = re.compile(r"(?:[\d)%]|[-–—])$")
_SCALE = r"(?:1[.\s]?000(?:[.\s]?000)?\b|1\s?mln\b|1\s?miljoen\b|miljoen\b|mln\b|duizend\b)"
_UNIT = re.compile(
    rf"(?:\b(?:alle\s+)?(?:bedragen|cijfers|getallen)\s+)?(?:(?:in|\bx|×|\*)\s*(?:€|euro|eur)\s*(?:x|×|\*)?\s*{_SCALE}"
    rf"|€\s*(?:x|×|\*)\s*{_SCALE}|(?:x|×)\s*{_SCALE}\s*(?:euro|€)"
    r"|\bin\s+(?:duizenden|miljoenen)\s+euro(?:['’]s)?)",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    rf"^\d{{1,2}}[.)]\s|\b\d{{1,2}}\s(?:{MONTH_PATTERN})(?:\s\d{{4}})?|\b\d{{1,2}}[.:]\d\d\s(?:uur|u\b)|\b\d{{1,2}}:\d\d\b|\b[A-Z]{{1,4}}-\d[\d-]*",
    re.IGNORECASE,
)
"""The number of a list item, dates, times, and the numbers of cases and motions."""
_SENTENCE = re.compile(r"[a-zé]\.\s+[A-Z]|:\s+[a-z]")
_SMALL = frozenset("de het een van en in op te dat die is zijn wordt worden om aan met bij door naar uit wij u".split())
_LONGEST = 110
"""Characters; what is longer names no columns."""
_UNIT_LINE = 40
"""Characters; a line that states a unit and is no longer states nothing else."""
_EVERYWHERE = re.compile(r"\btenzij\b|\b(?:alle|de) bedragen\b", re.IGNORECASE)
"""What makes a unit that of all tables of a paper."""
_ONE_FIGURE = 12
"""Words; a line with one figure at its end is a row beneath other rows only, and only if it is this short."""
LINES_AT_HAND = 512
"""How many lines' looks are kept: each line is asked about several times in turn, as itself and as a neighbour."""


@lru_cache(LINES_AT_HAND)
def is_row(text: str) -> bool:
    """Say whether a line is a table row: two or more figures, and more figures than words of prose would have."""
    # What is told soonest is asked first, here and below: this is asked of every line. Each figure has its own digits.
    if text.endswith((".", ",", ";")) or len(_DIGITS.findall(text)) < 2:
        return False
    bare = _NO_FIGURE.sub(" ", text)
    figures = _NUMBER.findall(bare)
    if len(figures) < 2 or len(figures) * 3 < _words(bare):
        return False
    return not _SENTENCE.search(text) and _small_words(bare) <= (2 if _CLOSES.search(text) else 1)


@lru_cache(LINES_AT_HAND)
def is_prose(text: str, following: str) -> bool:
    """Say whether a line that looks like a row is one of a sentence: it has one figure beside years, and runs on.

    *Begin 2020 telde de stad circa 132.000* and beneath it *bedrijven met …* is no row with two columns.
    """
    if not following[:1].islower() or not is_row(text):
        return False
    figures = _NUMBER.findall(_NO_FIGURE.sub(" ", text))
    return sum(not _YEAR.search(found) for found in figures) < 2 and _words(text) > 2


@lru_cache(LINES_AT_HAND)
def goes_on(text: str) -> bool:
    """Say whether a line that is no row by itself is one where it stands among rows, such as *Overige 1.910*."""
    if not _has_digit(text) or len(text.split()) > _ONE_FIGURE or not _CLOSES.search(text) or _SENTENCE.search(text):
        return False
    bare = _NO_FIGURE.sub(" ", text)
    return _words(bare) > 0 and len(_NUMBER.findall(bare)) == 1 and not _YEAR.search(bare)


@lru_cache(LINES_AT_HAND)
def is_head(text: str) -> bool:
    """Say whether a line names the columns by itself: years and no other figures, or a unit and little else."""
    if len(text) > _LONGEST or text.endswith((".", ";", ",")) or not (_has_digit(text) or _has_money(text)):
        return False
    bare = _UNIT.sub(" ", text) if _has_money(text) else text
    years, figures = _YEAR.findall(bare), _NUMBER.findall(bare)
    named = len(years) >= 2 and len(years) == len(figures) and len(years) * 4 >= _words(bare)
    named = named and _small_words(bare) <= 1
    return named or (bare != text and _words(bare) <= 2 and not figures)


def names_columns(text: str, row: str) -> bool:
    """Say whether a line without figures of its own names the columns of the row that follows it.

    It must hold at least a word for each figure and one for what the row is about.
    """
    bare = _UNIT.sub(" ", _NO_FIGURE.sub(" ", text))
    figures = [found for found in _NUMBER.findall(bare) if not _YEAR.search(found)]
    if len(text) > _LONGEST or figures or text.endswith((".", ";", ",", ":", "?", "!")) or is_head(row):
        return False
    return _words(bare) > max(1, len(_NUMBER.findall(_NO_FIGURE.sub(" ", row)))) and text[:1].isupper()


def unit_of(text: str) -> str:
    """Return the unit that a text states, as it is printed there, or nothing."""
    found = _UNIT.search(text) if _has_money(text) else None
    return " ".join(found.group().split()) if found else ""


def has_signs(text: str) -> bool:
    """Say whether a row's figures tell their own unit: euros or per cent."""
    return "€" in text or "%" in text


def is_unit(text: str) -> bool:
    """Say whether a text is a unit and nothing else."""
    return bool(text) and unit_of(text) == text


def same_columns(table: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two rows stand under the same columns; one of them may tell its own unit."""
    return [line for line in table if not is_unit(line)] == [line for line in other if not is_unit(line)]


class Columns:
    """What stands above the columns, kept from one line of a paper to the next."""

    def __init__(self) -> None:
        self._head: tuple[str, ...] = ()
        self._unit = ""
        self._everywhere = ""
        self._among_rows = False

    def of(self, text: str, following: str) -> tuple[str, ...] | None:
        """Return what stands above a row, or None for a line that is none.

        Args:
            text: a line that stands by itself.
            following: what follows it; a line is the head of a table only if rows stand beneath it.
        """
        heads = is_head(text)
        names = not heads and not self._among_rows and is_row(following) and names_columns(text, following)
        among = self._among_rows or is_row(following)
        if not (heads or names or is_row(text) or (among and goes_on(text))):
            return None
        if heads or names:
            # A line with the unit and one with the years are one head.
            kept = [line for line in self._head if self._among_rows and unit_of(line) and len(line) < _UNIT_LINE]
            self._head = (*kept, text) if text not in kept else tuple(kept)
        self._among_rows = True
        # A row with its own signs is what *tenzij anders aangegeven* means; euros must not be read as thousands.
        signed = has_signs(following if heads or names else text)
        unit = "" if signed else self._unit or self._everywhere
        return self._head if not unit or any(map(unit_of, self._head)) else (*self._head, unit)

    def pass_by(self, text: str, following: str, *, heading: bool, lines: int) -> None:
        """Take note of what is no row: a unit that it states, and that the columns above it are over.

        Args:
            text: a heading or a paragraph.
            following: what follows it.
            heading: whether it is a heading.
            lines: how many lines it takes up.
        """
        unit = unit_of(text)
        if unit and _EVERYWHERE.search(f"{text} {following[:_UNIT_LINE]}"):
            self._everywhere = unit
        elif unit and (heading or len(text) < 2 * _UNIT_LINE):
            self._unit = unit
        elif heading:
            self._unit = ""
        if heading or lines > 1:
            self._head = ()
        self._among_rows = False


def _has_money(text: str) -> bool:
    """Say whether a text holds what every unit holds."""
    return "€" in text or "eur" in text.lower()


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


def _small_words(text: str) -> int:
    return sum(word.lower() in _SMALL for word in text.split())


def _words(text: str) -> int:
    return sum(any(c.isalpha() for c in word) for word in text.split())
