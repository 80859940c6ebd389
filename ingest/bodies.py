"""What a paper names in passing: the body that it comes from, its case number, and whether it calls itself secret."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from council import Access, Kind
from ingest.dates import is_day

COLLEGE = "college van burgemeester en wethouders"

_CASE = re.compile(
    r"\b(?:zaak(?:nummer)?|(?:ons )?kenmerk|registratienummer)\b[ \t:.]{1,4}(?=\S*\d)([A-Z0-9][\w./-]{3,30})"
    r"|\b([ZD]-?\d{2}-\d{4,8}|(?-i:[A-Z]{2,4})-?(?:19|20)\d{2}-\d{4,8})\b",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"^\W*(?:(?:classificatie|status|openbaarheid|rubricering)\s*:\s*)?(?:strikt\s+)?"
    r"(geheim|vertrouwelijk|niet openbaar|besloten(?: vergadering| deel)?)(?:\s*[-–(].{0,60})?[\s.!*]*$",
    re.IGNORECASE,
)
_AUDIT_OFFICE = ("rekenkamer", re.compile(r"\brekenkamer\b", re.IGNORECASE))
_BODIES = (
    (
        "raadscommissie",
        re.compile(
            r"\braadscommissie\b|\bcommissievergadering\b|^commissie\s(?-i:[A-Z])"
            r"|\b(?:vergadering|verslag|notulen|agenda|\w+lijst)\b.{0,40}\bcommissie\b",
            re.IGNORECASE,
        ),
    ),
    (
        COLLEGE,
        re.compile(
            r"\bcollege van (?:burgemeester en wethouders|b\s?(?:en|&)\s?w)\b"
            r"|\bb\s?(?:en|&)\s?w[-\s](?:besluitenlijst|vergadering)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "gemeenteraad",
        re.compile(
            r"\bgemeenteraad\b|\bde raad\b|\braadsvergadering\b|\b(?:besluitenlijst|notulen|verslag|agenda) raad\b",
            re.IGNORECASE,
        ),
    ),
)
_BY_COLLEGE = re.compile(
    r"\bcollege\b|\bburgemeester en wethouders\b|\bportefeuillehouder\b|\bwethouder\b|\bb\s?(?:en|&)\s?w\b",
    re.IGNORECASE,
)
_FROM_COLLEGE = frozenset({Kind.RAADSVOORSTEL, Kind.RAADSINFORMATIEBRIEF, Kind.BEGROTING, Kind.JAARSTUKKEN})
"""Kinds that the college lays before the council: they name the council more often than the sender."""
_FROM_OTHERS = frozenset(
    {
        *(Kind.RAADSADRES, Kind.INGEKOMEN_STUK, Kind.BIJLAGE),
        *(Kind.MOTIE, Kind.AMENDEMENT, Kind.SCHRIFTELIJKE_VRAGEN, Kind.INITIATIEFVOORSTEL),
    }
)
"""Kinds that come from residents, members or anyone: a body that they name is mostly the one that they speak to."""
_OF_MANY = frozenset({Kind.AGENDA, Kind.NOTULEN, Kind.BESLUITENLIJST, Kind.TOEZEGGING})
"""Kinds that list other papers, with the case numbers of those."""
_STAMP = 40
"""Lines from the top among which a stamp of secrecy stands."""
_OWN = 6
"""Lines from the top among which a list of papers gives its own case number, if it has one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """What a line says, and how likely (0 to 1) it is said of the paper itself."""

    text: str
    line: int
    sure: float


def body_of(kind: Kind, head: Sequence[str], tail: Sequence[str]) -> Mention | None:
    """Tell which body a paper comes from; None where it does not say, or comes from residents or members."""
    if kind in _FROM_OTHERS:
        return None
    if kind in _FROM_COLLEGE:
        for line, text in enumerate([*head, *tail]):
            if _BY_COLLEGE.search(text):
                return Mention(text=COLLEGE, line=line, sure=0.85)
    # A proposal names the audit office as its subject, and never comes from it.
    bodies = _BODIES if kind in _FROM_COLLEGE else (_AUDIT_OFFICE, *_BODIES)
    for line, text in enumerate(head):
        places = [(found.start(), name) for name, pattern in bodies if (found := pattern.search(text))]
        if places:
            return Mention(text=min(places)[1], line=line, sure=0.6)
    return None


def case_of(kind: Kind, head: Sequence[str]) -> Mention | None:
    """Tell a paper's case number, or None; a list of other papers has one only if it says so at the very top."""
    for line, text in enumerate(head[:_OWN] if kind in _OF_MANY else head):
        for found in _CASE.finditer(text):
            number = str(found.group(1) or found.group(2)).strip(".,/-")
            if not is_day(number):
                return Mention(text=number, line=line, sure=0.9 if found.group(1) else 0.75)
    return None


def access_of(head: Sequence[str]) -> Mention | None:
    """Take a paper for secret when it says so in a line of its own; a clerk can open it, nobody can unread it."""
    for line, text in enumerate(head[:_STAMP]):
        found = _SECRET.match(text)
        if found:
            access = Access.GEHEIM if found.group(1).lower() == "geheim" else Access.BESLOTEN
            return Mention(text=access.value, line=line, sure=0.95)
    return None
