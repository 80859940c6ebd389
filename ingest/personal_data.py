"""Citizen service numbers (BSN) in text: the eleven-test, and words near it that say what the number is."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"(?<![\d.,/-])(\d{9}|\d{3}[ .]\d{3}[ .]\d{3}|\d{4}[ .]\d{2}[ .]\d{3}|\d{4}[ .]\d{3}[ .]\d{2})(?![\d/-]|[.,]\d)")
_SAYS_SO = re.compile(r"\b(?:bsn|b\.s\.n\.|burgerservice\s?-?\s?nummer|burger service nummer|sofi-?\s?nummer|persoonsnummer)", re.I)
_SAYS_OTHER = re.compile(
    r"\b(?:kvk|k\.v\.k\.|kamer van koophandel|rsin|btw|b\.t\.w\.|iban|rekeningnummer|bankrekening|fiscaal nummer|vestigingsnummer)", re.I
)
_BEFORE, _AFTER = 80, 30


def service_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where citizen service numbers stand.

    A number counts when it passes the eleven-test and a word just before or after it says what it is; of two such
    words, the one that is nearest before the number decides.

    Args:
        text: the text of one page.

    Yields:
        (start, end) of each number.
    """
    for found in _NUMBER.finditer(text):
        digits = [int(c) for c in found.group() if c.isdigit()]
        if not passes_eleven_test(digits):
            continue
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        after = text[found.end() : found.end() + _AFTER]
        says_so = max((m.start() for m in _SAYS_SO.finditer(before)), default=-1)
        says_other = max((m.start() for m in _SAYS_OTHER.finditer(before)), default=-1)
        if says_so > says_other or (says_other < 0 and _SAYS_SO.search(after)):
            yield found.start(), found.end()


def passes_eleven_test(digits: list[int]) -> bool:
    """Say whether nine digits can be a BSN: weights 9 to 2 and -1 give a multiple of eleven (Logisch Ontwerp BSN)."""
    if len(digits) != 9 or not any(digits):
        return False
    return sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0
