"""What a document says about itself where no manifest does: kind, title, days, body, case number, and secrecy.

Each fact comes with the lines that it was read from and a confidence, so that a reader knows that no clerk said it and
can look for themselves. How often that confidence is right is measured by :mod:`ingest.measuring`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from council import Access, Derivation, Kind, Page, Source, Spans, readable
from ingest.bodies import Mention, access_of, body_of, case_of
from ingest.dates import Dated, date_of, meeting_of
from ingest.kinds import Told, kind_of
from ingest.lines import Lines, lines_of
from ingest.titles import Titled, Way, title_of

DERIVING = "derive-4"
"""Names this way of deriving; documents that were described in another are described again."""

_COVER = 60
"""Words below which the first page of several is a cover."""
_OF_MEETINGS = frozenset({Kind.AGENDA, Kind.NOTULEN, Kind.BESLUITENLIJST})
"""Kinds whose day is that of the meeting itself."""
_AT_MEETINGS = frozenset({Kind.MOTIE, Kind.AMENDEMENT})
"""Kinds that are handed in at a meeting, so that their day is its day unless they say otherwise."""

_SURE_TITLE = {
    Way.SUBJECT: 0.95,
    Way.SAYS_WHAT: 0.9,
    Way.COVER: 0.8,
    Way.INFORMATION: 0.75,
    Way.FIRST_LINES: 0.6,
    Way.FILE_NAME: 0.2,
}
"""How sure each way is: set by hand, and held against what is right by ``python -m ingest.measuring papers``."""
_SURE_DATE = ((5.0, 0.97), (4.3, 0.92), (3.5, 0.85), (3.0, 0.7))
"""From which weight on a day of the paper's own is how sure; set by hand like the ways of titles."""
_HINTED = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Derived:
    """What could be read off a document; empty where nothing could."""

    kind: Kind
    title: str
    date: dt.date | None
    body: str
    case_number: str
    access: Access
    meeting: dt.date | None = None
    derivations: tuple[Derivation, ...] = ()
    """Where each of these comes from; a field that the paper says nothing of has none."""


def derive(path: str, pdf_title: str, pages: Sequence[Page]) -> Derived:
    """Read a document's description off the document itself.

    Args:
        path: where it lies within the source; the names of file and folder are a hint.
        pdf_title: what the PDF's own information says.
        pages: its pages.
    """
    lines = lines_of(pages)
    head, tail = lines.texts[: lines.head], lines.texts[lines.head :]
    stem = PurePosixPath(path).stem
    date = date_of(head, tail, hints=(readable(pdf_title), stem))
    day = date.day if date else None
    title = title_of(head, pdf_title=readable(pdf_title), stem=stem, date=day, cover=_cover(lines))
    told = kind_of(_as_words(path), title.text, head, tail, pages=len(pages))
    meeting = _meeting(told.kind, date, head)
    body, case, access = body_of(told.kind, head, tail), case_of(told.kind, head), access_of(head)
    found = (
        *_of_kind(told, title, lines, path),
        *_of_title(title, lines),
        *_of_day("date", date, lines, (Source.PDF_INFORMATION, Source.FILENAME)),
        *_of_day("meeting", meeting, lines, (Source.PDF_INFORMATION, Source.FILENAME)),
        *(said for name, mention in (("body", body), ("case_number", case), ("access", access))
          for said in _of_mention(name, mention, lines)),
    )  # fmt: skip
    return Derived(
        kind=told.kind,
        title=title.text,
        date=day,
        meeting=meeting.day if meeting else None,
        body=body.text if body else "",
        case_number=case.text if case else "",
        access=Access(access.text) if access else Access.OPENBAAR,
        derivations=found,
    )


def _meeting(kind: Kind, date: Dated | None, head: Sequence[str]) -> Dated | None:
    if kind in _OF_MEETINGS:
        return date or meeting_of(head)
    return meeting_of(head) or (date if kind in _AT_MEETINGS else None)


def _as_words(path: str) -> str:
    return "".join(" " if c in "-_./" else c for c in path)


def _cover(lines: Lines) -> int:
    """Return how many lines a first page has that holds little more than a title; else 0."""
    words = sum(len(text.split()) for text in lines.texts[: lines.first_page])
    return lines.first_page if lines.more and words < _COVER else 0


def _of_kind(told: Told, title: Titled, lines: Lines, path: str) -> Iterator[Derivation]:
    vote = told.strongest
    if vote is None:
        return
    evidence: Spans = ()
    source = Source.DOCUMENT
    if vote.line >= 0:
        evidence = lines.evidence(vote.line, vote.line)
    elif vote.name:
        named = kind_of(_as_words(PurePosixPath(path).stem), "", (), (), pages=0).kind is told.kind
        source = Source.FILENAME if named else Source.FOLDER
    elif title.first >= 0:
        evidence = lines.evidence(title.first, title.last)
    elif title.way is not Way.SUBJECT:
        source = Source.FILENAME if title.way is Way.FILE_NAME else Source.PDF_INFORMATION
    yield Derivation(
        field="kind", value=told.kind.value, source=source, confidence=sure_of_kind(told), evidence=evidence
    )


def sure_of_kind(told: Told) -> float:
    """Return how likely a kind is right: the more votes it has, and the farther it is ahead of the next one.

    A half at no lead and no votes, 0.98 at eight of each; a name alone (1.5 votes) is little more than a guess. The
    form of the curve is set by hand.
    """
    reached = min(told.score, 8.0) / 8.0
    ahead = min(max(told.lead, 0.0), 8.0) / 8.0
    return round(0.5 + 0.24 * reached + 0.24 * ahead, 2)


def _of_title(title: Titled, lines: Lines) -> Iterator[Derivation]:
    sources = {Way.INFORMATION: Source.PDF_INFORMATION, Way.FILE_NAME: Source.FILENAME}
    if title.text:
        yield Derivation(
            field="title",
            value=title.text,
            source=sources.get(title.way, Source.DOCUMENT),
            confidence=_SURE_TITLE[title.way],
            evidence=lines.evidence(title.first, title.last) if title.first >= 0 else (),
        )


def _of_day(field: str, dated: Dated | None, lines: Lines, hints: Sequence[Source]) -> Iterator[Derivation]:
    if dated is not None:
        sure = next((share for least, share in _SURE_DATE if dated.weight >= least), _SURE_DATE[-1][1])
        yield Derivation(
            field=field,
            value=dated.day.isoformat(),
            source=Source.DOCUMENT if dated.first >= 0 else hints[dated.hint],
            confidence=sure if dated.first >= 0 else _HINTED,
            evidence=lines.evidence(dated.first, dated.last) if dated.first >= 0 else (),
        )


def _of_mention(field: str, mention: Mention | None, lines: Lines) -> Iterator[Derivation]:
    if mention is not None:
        yield Derivation(
            field=field,
            value=mention.text,
            source=Source.DOCUMENT,
            confidence=mention.sure,
            evidence=lines.evidence(mention.line, mention.line),
        )
