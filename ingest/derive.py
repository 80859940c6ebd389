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
from ingest.dates import date_of, is_day
from ingest.kinds import kind_of
from ingest.titles import title_of

DERIVING = "derive-1"
"""Names this way of deriving; documents that were described in another are described again."""

_LEAST_TEXT = 40
_HEAD = 4_000
"""Characters of the first two pages with text that are looked at."""
_TAIL = 1_500
"""Characters of the last page with text that are looked at."""

_COVER = 60
"""Words below which the first page of several is a cover."""

_CASE = re.compile(
    r"\b(?:zaak(?:nummer)?|(?:ons )?kenmerk|registratienummer)\b[ \t:.]{1,4}(?=\S*\d)([A-Z0-9][\w./-]{3,30})"
    r"|\b([ZD]-?\d{2}-\d{4,8})\b",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"^\W*(?:(?:classificatie|status|openbaarheid|rubricering)\s*:\s*)?(?:strikt\s+)?"
    r"(geheim|vertrouwelijk|niet openbaar|besloten(?: vergadering| deel)?)(?:\s*[-–(].{0,60})?[\s.!*]*$",
    re.IGNORECASE,
)
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
    written = [page.text for page in pages if len(page.text.strip()) >= _LEAST_TEXT]
    head = "\n".join(written[:2])[:_HEAD]
    lines = _lines(head)
    tail = _lines(written[-1][-_TAIL:]) if written else []
    stem = PurePosixPath(path).stem
    date = date_of(lines, tail, hints=(readable(pdf_title), stem))
    title = title_of(lines, pdf_title=readable(pdf_title), stem=stem, date=date, cover=_cover(written))
    return Derived(
        kind=kind_of(re.sub(r"[-_./]+", " ", path), title, lines, "\n".join(tail), pages=len(pages)),
        title=title,
        date=date,
        body=_body(" ".join(lines)),
        case_number=_case("\n".join(lines)),
        access=_access(lines),
    )


def _lines(text: str) -> list[str]:
    return [line for line in map(readable, text.splitlines()) if line]


def _cover(written: Sequence[str]) -> list[str]:
    """Return the lines of a first page that holds little more than a title."""
    return _lines(written[0]) if len(written) > 1 and len(written[0].split()) < _COVER else []


def _body(head: str) -> str:
    places = [(match.start(), name) for name, pattern in _BODIES if (match := re.search(pattern, head, re.IGNORECASE))]
    return min(places)[1] if places else ""


def _case(head: str) -> str:
    for found in _CASE.finditer(head):
        number = str(found.group(1) or found.group(2)).strip(".,/-")
        if not is_day(number):
            return number
    return ""


def _access(lines: Sequence[str]) -> Access:
    """Take a paper for secret when it says so in a line of its own; a clerk can open it, nobody can unread it."""
    for line in lines[:40]:
        found = _SECRET.match(line)
        if found:
            return Access.GEHEIM if found.group(1).lower() == "geheim" else Access.BESLOTEN
    return Access.OPENBAAR
