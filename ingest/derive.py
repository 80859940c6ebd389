"""What a document says about itself where no manifest does: kind, title, date, body, case number, and secrecy.

Whatever is read off here is marked as derived, so that a reader knows that no clerk said it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from council import Access, Kind, Page, readable

_HEAD = 2_500
"""Characters of the first page with text that are looked at."""

_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.AMENDEMENT, r"\bamendement\b"),
    (Kind.MOTIE, r"\bmotie\b"),
    (Kind.INITIATIEFVOORSTEL, r"\binitiatief\s?(?:voorstel|raadsvoorstel)\b"),
    (Kind.SCHRIFTELIJKE_VRAGEN, r"\b(?:schriftelijke|technische|mondelinge) vragen\b|\bart(?:ikel|\.) \d+ vragen\b"),
    (Kind.RAADSINFORMATIEBRIEF, r"\braads(?:informatie)?brief\b|\bcollegebrief\b|\binformatienota\b"),
    (Kind.TOEZEGGING, r"\btoezegging(?:en)?(?:lijst)?\b"),
    (Kind.RAADSADRES, r"\braadsadres\b"),
    (Kind.INGEKOMEN_STUK, r"\bingekomen (?:stuk|brief)\b|\bgeachte (?:leden van de |gemeente)?raad"),
    (Kind.BESLUITENLIJST, r"\bbesluitenlijst\b|\blijst van besluiten\b"),
    (Kind.NOTULEN, r"\b(?:raads)?notulen\b|\bwoordelijk verslag\b|\bverslag van de (?:raads|openbare )?vergadering\b"),
    (Kind.AGENDA, r"\b(?:raads|concept)?agenda\b"),
    (Kind.BEGROTING, r"\b(?:programma)?begroting \d{4}|\bprogrammabegroting\b"),
    (Kind.JAARSTUKKEN, r"\bjaarstukken\b|\bjaarrekening\b|\bjaarverslag\b"),
    (Kind.VERORDENING, r"\bverordening\b"),
    (Kind.RAADSBESLUIT, r"\braadsbesluit\b|\bde (?:gemeente)?raad .{0,80}\bbesluit\b|\bgemeenteblad\b"),
    (Kind.RAADSVOORSTEL, r"\b(?:raads|college)voorstel\b|\b(?:raads)?voordracht\b|\bvoorstel aan de (?:gemeente)?raad\b"),
    (Kind.RAPPORT, r"\b(?:onderzoeks|rekenkamer|eind|evaluatie)?rapport(?:age)?\b|\bonderzoek\b|\bfactsheet\b"),
    (Kind.BIJLAGE, r"\bbijlage\b"),
)
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_DAY = re.compile(
    r"\b(\d{1,2})\s+(" + "|".join(_MONTHS) + r")\s+((?:19|20)\d{2})\b|\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d{2})\b"
    r"|\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b",
    re.IGNORECASE,
)
_DATE_MARK = re.compile(r"\b(?:vergaderdatum|raadsvergadering(?: van)?|datum(?: besluit| raadsvergadering)?|d\.d\.|van)\W{0,3}$", re.I)
_CASE = re.compile(r"\b(?:zaak(?:nummer)?|kenmerk|registratienummer)\W{1,3}([A-Z0-9][\w./-]{3,30})|\b([ZD]-?\d{2}-\d{4,8})\b")
_TITLE_MARK = re.compile(r"^(?:onderwerp|betreft|titel)\s*:?\s*(.*)$", re.IGNORECASE)
_SECRET = re.compile(r"^\W*(?:strikt\s+)?(geheim|vertrouwelijk|besloten)\W*$", re.IGNORECASE)
_JUNK_TITLE = re.compile(r"\.(?:docx?|pdf|xlsx?|pptx?|indd|odt)\b|^(?:microsoft|untitled|document\d*|scan|naamloos)|^[\W\d_]*$", re.I)
_FIELD = re.compile(r"^(?:datum|zaaknummer|portefeuillehouder|portefeuille|kenmerk|aan|van|jaar|afdeling|nummer|agendapunt)\b\s*:?", re.I)
_BODIES = (
    ("rekenkamer", r"\brekenkamer\b"),
    ("raadscommissie", r"\braadscommissie\b|\bcommissievergadering\b"),
    ("college van burgemeester en wethouders", r"\bcollege van (?:burgemeester en wethouders|b\s?(?:en|&)\s?w)\b"),
    ("gemeenteraad", r"\bgemeenteraad\b|\bde raad\b|\braadsvergadering\b"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Derived:
    """What could be read off a document; empty where nothing could."""

    kind: Kind
    title: str
    date: dt.date | None
    body: str
    case_number: str
    access: Access


def derive(path: str, pdf_title: str, pages: Sequence[Page]) -> Derived:
    """Read a document's description off the document itself.

    Args:
        path: where it lies within the source; the names of file and folder are a hint.
        pdf_title: what the PDF's own information says.
        pages: its pages.
    """
    head = next((page.text for page in pages if len(page.text) > 40), "")[:_HEAD]
    lines = [readable(line) for line in head.splitlines()]
    lines = [line for line in lines if line]
    title = _title(path, pdf_title, lines)
    return Derived(
        kind=_kind(path, title, lines),
        title=title,
        date=_date(path, head),
        body=_body(" ".join(lines)),
        case_number=_case(head),
        access=_access(lines),
    )


def _kind(path: str, title: str, lines: Sequence[str]) -> Kind:
    """Let name, title, first lines and the rest vote, the nearer to the top the heavier."""
    name = re.sub(r"[-_./]+", " ", path)
    voters = ((4.0, title), (3.0, " ".join(lines[:6])), (2.5, name), (1.0, " ".join(lines[6:30])))
    scores = {
        kind: sum(weight for weight, text in voters if re.search(pattern, text, re.IGNORECASE))
        for kind, pattern in _KINDS
    }
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= 1.0 else Kind.OVERIG


def _title(path: str, pdf_title: str, lines: Sequence[str]) -> str:
    for at, line in enumerate(lines[:25]):
        marked = _TITLE_MARK.match(line)
        if marked:
            words = marked.group(1) or (lines[at + 1] if at + 1 < len(lines) else "")
            if len(words) > 3:
                return words[:200]
    named = readable(pdf_title)
    if len(named) > 5 and not _JUNK_TITLE.search(named):
        return named[:200]
    for line in lines[:12]:
        words = line.split()
        if len(words) >= 2 and sum(c.isalpha() for c in line) > 0.6 * len(line) and not _FIELD.match(line):
            return line[:200]
    return PurePosixPath(path).stem.replace("-", " ").replace("_", " ")[:200]


def _date(path: str, head: str) -> dt.date | None:
    found = [(match.start(), day) for match in _DAY.finditer(head) if (day := _day(match)) is not None]
    for start, day in found:
        if _DATE_MARK.search(head[max(0, start - 40) : start].rstrip()):
            return day
    named = [day for match in _DAY.finditer(path.replace("_", "-")) if (day := _day(match)) is not None]
    if named:
        return named[0]
    return found[0][1] if found else None


def _day(match: re.Match[str]) -> dt.date | None:
    day, month, year, day2, month2, year2, year3, month3, day3 = match.groups()
    try:
        if month:
            return dt.date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
        if day2:
            return dt.date(int(year2), int(month2), int(day2))
        return dt.date(int(year3), int(month3), int(day3))
    except ValueError:
        return None


def _body(head: str) -> str:
    places = [(match.start(), name) for name, pattern in _BODIES if (match := re.search(pattern, head, re.IGNORECASE))]
    return min(places)[1] if places else ""


def _case(head: str) -> str:
    found = _CASE.search(head)
    return (found.group(1) or found.group(2)).strip(".,") if found else ""


def _access(lines: Sequence[str]) -> Access:
    """Take a paper for secret when it says so in a line of its own; a clerk can open it, nobody can unread it."""
    for line in lines[:40]:
        found = _SECRET.match(line)
        if found:
            return Access.BESLOTEN if found.group(1).lower() != "geheim" else Access.GEHEIM
    return Access.OPENBAAR
