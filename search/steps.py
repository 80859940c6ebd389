"""The steps of the Dutch analysis, and how a comparison leaves one out."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Step(StrEnum):
    """What is done to a text, one after the other; a comparison can leave steps out."""

    FOLD = "fold"
    """Accents off: *café* is *cafe*. Capitals go in any case."""
    STOP_WORDS = "stop_words"
    """Words such as *de* and *waarover* passed over."""
    PLURALS = "plurals"
    """Plurals that no rule makes become singular: *raadsleden* is *raadslid*."""
    COMPOUNDS = "compounds"
    """The parts of a compound beside the whole."""
    STEM = "stem"
    """Endings off."""
    NUMBERS = "numbers"
    """Amounts also as whole numbers, however they are written: *1,2 miljoen* is 1200000."""
    DATES = "dates"
    """Dates also in one form: *12 maart 2024* is 2024-03-12."""
    REFERENCES = "references"
    """Numbers of articles and cases also whole: *art. 4.11*, *Z24-012345*."""
    COUNCIL_WORDS = "council_words"
    """Compounds by the words that the papers themselves know; of questions only."""
    ABBREVIATIONS = "abbreviations"
    """Names of government written in full also as their abbreviation: *Wet maatschappelijke ondersteuning* is *Wmo*."""


Steps = frozenset[Step]
_left_out: ContextVar[Steps] = ContextVar("left_out", default=frozenset())


def left_out() -> Steps:
    """Return the steps that are left out in this thread."""
    return _left_out.get()


@contextmanager
def without(steps: Set[Step]) -> Iterator[None]:
    """Leave steps out of all that is analysed within, in this thread; for comparisons, on an index of their own."""
    before = _left_out.set(frozenset(steps))
    try:
        yield
    finally:
        _left_out.reset(before)
