"""Citizen service numbers (BSN) in text: the eleven-test, and words near it that say what the number is.

One number in eleven passes the test by chance, and company, tax and bank numbers pass it by design. So the test alone
says nothing, and a word beside the number decides. Where a form names two kinds of number, the worse is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_GAP = r"[ .\u00a0\u2009\u202f-]"
_NUMBER = re.compile(
    # Nine digits, in one piece or grouped as forms do; eight where the leading nought was left out.
    rf"(?<![\w.,/-])(?:\d{{8,9}}|\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}|\d{{4}}{_GAP}\d{{2}}{_GAP}\d{{3}}"
    rf"|\d{{4}}{_GAP}\d{{3}}{_GAP}\d{{2}}|\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{3}})(?![\w/-]|[.,]\d)"
)
_SAYS_SO = re.compile(
    r"\b(?:bsn\b|bsn-|b\.s\.n\b|burger[\s-]?service[\s-]?(?:nummer|nr)|sofi[\s-]?(?:nummer|nr)|persoonsnummer)",
    re.IGNORECASE,
)
_SAYS_OTHER = re.compile(
    r"\b(?:kvk|k\.v\.k\b|kamer van koophandel|rsin|btw|b\.t\.w\b|ob[\s-]?nummer|iban|bankrekening|rekening(?:nummer|nr)"
    r"|fiscaal ?nummer|loonheffingen?nummer|vestigingsnummer|zaaknummer|kenmerk|dossiernummer|telefoon|tel\.)",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 80, 30
_CLOSE = 20
"""Characters before a number within which eight digits must be named."""
_TOGETHER = re.compile(r"\s*(?:/|-|,|\(|\bof\b|\ben\b)\s*", re.IGNORECASE)
"""What stands between two names of one field, as in "BSN/RSIN"."""


def service_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where citizen service numbers stand.

    A number counts when it passes the eleven-test and a word just before or after it says what it is; of several such
    words before it, the nearest decides.

    Args:
        text: the text of one page.

    Yields:
        (start, end) of each number.
    """
    for found in _NUMBER.finditer(text):
        digits = [int(c) for c in found.group() if c.isdecimal()]
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if passes_eleven_test([0] * (9 - len(digits)) + digits) and _named(
            before, text[found.end() : found.end() + _AFTER], whole=len(digits) == 9
        ):
            yield found.start(), found.end()


def _named(before: str, after: str, *, whole: bool) -> bool:
    """Say whether the words around a number call it a citizen service number."""
    so = max(_SAYS_SO.finditer(before), key=lambda m: m.end(), default=None)
    other = max(_SAYS_OTHER.finditer(before), key=lambda m: m.end(), default=None)
    if so is None:
        return whole and other is None and _SAYS_SO.search(after) is not None
    if other is not None and other.start() > so.end() and not _TOGETHER.fullmatch(before[so.end() : other.start()]):
        return False
    return whole or so.end() + _CLOSE > len(before)


def passes_eleven_test(digits: list[int]) -> bool:
    """Say whether nine digits can be a BSN: weights 9 to 2 and -1 give a multiple of eleven (Logisch Ontwerp BSN)."""
    if len(digits) != 9 or not any(digits):
        return False
    return sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0
