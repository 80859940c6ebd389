"""How a letter opens, and whether one to the council comes from the town hall or from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass

SALUTATION = r"(?:geachte?|beste)\b"
"""How a letter greets, as a piece of a pattern without regard to capitals."""
_GREETS = re.compile(rf"^\W*{SALUTATION}", re.I | re.M)
_TO_COUNCIL = re.compile(
    rf"{SALUTATION}\s+(?:voorzitter en )?(?:leden\b|raad\b|raadsleden|raadslid|gemeenteraad)"
    r"|^\W*(?:aan\W+(?:de )?(?:leden van )?|(?:de )?leden van )"
    r"(?:de|het) (?:gemeente|deel|stadsdeel)?(?:raad\b|algemeen bestuur)",
    re.I | re.M,
)
_FROM_COLLEGE = re.compile(
    r"^\W*van\W{1,3}(?:de |het )?(?:college|wethouder|burgemeester|portefeuillehouder)\b", re.I | re.M
)
_FROM_HALL = re.compile(
    r"\b(?:behandeld door|retouradres|portefeuille(?:houder)?\b|ons kenmerk|namens het college|wij informeren u"
    r"|college van b|(?:met|in|via) deze (?:brief|weg|memo)\b.{0,60}\b(?:informe|bied|breng)"
    r"|burgemeester en wethouders\b|doorkiesnummer)|^burgemeester van\b",
    re.I | re.M,
)
_SIGNS = 2
"""Different signs of the town hall that a letter of its own shows at least, where it does not say whom it is from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A letter to the council: the line that greets, counted from 0, and whether the town hall wrote it."""

    line: int
    own: bool


def greets(line: str) -> bool:
    """Say whether a line opens a letter: *Geachte raad*."""
    return _GREETS.match(line) is not None


def letter_in(text: str) -> Letter | None:
    """Return the letter to the council that a text is; None for what is none.

    Args:
        text: the first and last lines of a paper, apart by line ends.
    """
    greeting = _GREETS.search(text)
    if greeting is None or not _TO_COUNCIL.search(text):
        return None
    signs = {found.lower()[:8] for found in _FROM_HALL.findall(text)}
    own = _FROM_COLLEGE.search(text) is not None or len(signs) >= _SIGNS
    return Letter(line=text.count("\n", 0, greeting.end()), own=own)
