"""The tables of the catalogue and how rows become records.

The schema's number stands in ``PRAGMA user_version``; another number means another make of data folder.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable
from typing import Any

from council.decisions import Decision
from council.derivation import Derivation, Source
from council.records import Access, Document, Kind, Page, Passage, Span, Spans, State

VERSION = 4
FIRST_WITH_DECISIONS = 4
READABLE = frozenset({1, 2, 3, VERSION})
"""Makes that can be read. Make 1 has no derivations, neither 1 nor 2 has the confidence of a scanned page, and only
make 4 has decisions of clerks and what no report told; the next run of the ingest adds what is missing (``ADDED``)."""

_DERIVATIONS = """
CREATE TABLE IF NOT EXISTS derivations (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    field TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL, confidence REAL NOT NULL, evidence TEXT NOT NULL,
    PRIMARY KEY (document, field)
) WITHOUT ROWID;
"""
# Not bound to the table of documents: a document that is read anew is put there anew, and what was decided stays.
_DECISIONS = """
CREATE TABLE IF NOT EXISTS decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL, day TEXT NOT NULL, released INTEGER NOT NULL, reason TEXT NOT NULL, pages TEXT NOT NULL,
    told INTEGER
);
CREATE INDEX IF NOT EXISTS decisions_document ON decisions (document);
"""
_NEWS = """
CREATE TABLE IF NOT EXISTS news (
    document TEXT PRIMARY KEY, event TEXT NOT NULL DEFAULT '', withdrawn TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
"""
_WAITING = "CREATE INDEX IF NOT EXISTS pages_waiting ON pages (document, number) WHERE waiting;"
"""Few pages wait and many are looked at: it is asked at every page and result that is shown."""
ADDED = {1: _DERIVATIONS, 2: "ALTER TABLE pages ADD COLUMN confidence REAL", 3: _DECISIONS + _NEWS + _WAITING}
"""What each make lacks that the next one has."""

TABLES = (
    _DERIVATIONS
    + _DECISIONS
    + _NEWS
    + """
CREATE TABLE IF NOT EXISTS documents (
    sha256 TEXT PRIMARY KEY,
    title TEXT NOT NULL, kind TEXT NOT NULL, municipality TEXT NOT NULL, body TEXT NOT NULL,
    date TEXT, meeting TEXT, agenda_item TEXT NOT NULL, case_number TEXT NOT NULL, source_url TEXT NOT NULL,
    access TEXT NOT NULL, page_count INTEGER NOT NULL, version_of TEXT NOT NULL, filename TEXT NOT NULL,
    state TEXT NOT NULL, text_mark TEXT NOT NULL, derived TEXT NOT NULL, cutting TEXT NOT NULL, pdf_title TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_state ON documents (state, access, date);

CREATE TABLE IF NOT EXISTS pages (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL, text TEXT NOT NULL, label TEXT NOT NULL, ocr INTEGER NOT NULL, waiting INTEGER NOT NULL,
    confidence REAL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, spans TEXT NOT NULL, sentences TEXT NOT NULL, headings TEXT NOT NULL,
    speaker TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document, ordinal);

CREATE TABLE IF NOT EXISTS addresses (
    source TEXT NOT NULL, path TEXT NOT NULL, document TEXT NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL,
    refusal TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (source, path)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS addresses_document ON addresses (document);

CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL, finished TEXT, report TEXT
);
"""
    + _WAITING
)

TABLE_NAMES = frozenset(re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", TABLES))

DOCUMENT_COLUMNS = (
    "sha256, title, kind, municipality, body, date, meeting, agenda_item, case_number, source_url, access, "
    "page_count, version_of, filename, state, text_mark, derived"
)


def additions(make: int) -> str:
    """Return what brings a catalogue of an older make up to date, each step of it wholly or not at all."""
    steps = ((ADDED[older], older + 1) for older in range(make, VERSION))
    return "\n".join(f"BEGIN; {added}; PRAGMA user_version = {newer}; COMMIT;" for added, newer in steps)


def document_row(document: Document) -> tuple[Any, ...]:
    """Return a document as the values of ``DOCUMENT_COLUMNS``."""
    return (
        document.sha256,
        document.title,
        document.kind.value,
        document.municipality,
        document.body,
        document.date.isoformat() if document.date else None,
        document.meeting.isoformat() if document.meeting else None,
        document.agenda_item,
        document.case_number,
        document.source_url,
        document.access.value,
        document.page_count,
        document.version_of,
        document.filename,
        document.state.value,
        document.text_mark,
        " ".join(sorted(document.derived)),
    )


def document_of(row: sqlite3.Row) -> Document:
    """Return the document in a row of ``DOCUMENT_COLUMNS``."""
    return Document(
        sha256=row["sha256"],
        title=row["title"],
        kind=Kind(row["kind"]),
        municipality=row["municipality"],
        body=row["body"],
        date=dt.date.fromisoformat(row["date"]) if row["date"] else None,
        meeting=dt.date.fromisoformat(row["meeting"]) if row["meeting"] else None,
        agenda_item=row["agenda_item"],
        case_number=row["case_number"],
        source_url=row["source_url"],
        access=Access(row["access"]),
        page_count=row["page_count"],
        version_of=row["version_of"],
        filename=row["filename"],
        state=State(row["state"]),
        text_mark=row["text_mark"],
        derived=frozenset(row["derived"].split()),
    )


def page_of(row: sqlite3.Row) -> Page:
    """Return the page in a row of the table ``pages``."""
    return Page(
        number=row["number"],
        text=row["text"],
        label=row["label"],
        ocr=bool(row["ocr"]),
        waiting=bool(row["waiting"]),
        confidence=row["confidence"] if "confidence" in row.keys() else None,  # noqa: SIM118 (a row is no mapping)
    )


def passage_row(passage: Passage) -> tuple[Any, ...]:
    """Return a passage as the values of the table ``passages``, in the table's order."""
    return (
        passage.id,
        passage.document,
        passage.ordinal,
        _dump([_numbers(passage.spans)])[1:-1],
        _dump([_numbers(sentence) for sentence in passage.sentences]),
        _dump(list(passage.headings)),
        passage.speaker,
    )


def passage_of(row: sqlite3.Row) -> Passage:
    """Return the passage in a row of the table ``passages``."""
    return Passage(
        id=row["id"],
        document=row["document"],
        ordinal=row["ordinal"],
        spans=spans_of(row["spans"]),
        sentences=tuple(_spans(numbers) for numbers in json.loads(row["sentences"])),
        headings=tuple(json.loads(row["headings"])),
        speaker=row["speaker"],
    )


def spans_of(text: str) -> Spans:
    """Return the spans in a value of the column ``spans``."""
    return _spans(json.loads(text))


def derivation_row(sha256: str, derivation: Derivation) -> tuple[Any, ...]:
    """Return what is known of one field of a document as the values of the table ``derivations``, in its order."""
    return (
        sha256,
        derivation.field,
        derivation.value,
        derivation.source.value,
        derivation.confidence,
        _dump(_numbers(derivation.evidence)),
    )


def derivation_of(row: sqlite3.Row) -> Derivation:
    """Return the derivation in a row of the table ``derivations``."""
    return Derivation(
        field=row["field"],
        value=row["value"],
        source=Source(row["source"]),
        confidence=row["confidence"],
        evidence=_spans(json.loads(row["evidence"])),
    )


def decision_row(decision: Decision) -> tuple[Any, ...]:
    """Return a decision as the values of the table ``decisions`` from ``document`` to ``pages``."""
    day, pages = decision.day.isoformat(), _dump(list(decision.pages))
    return (decision.document, day, decision.released, decision.reason, pages)


def decision_of(row: sqlite3.Row) -> Decision:
    """Return the decision in a row of the table ``decisions``."""
    return Decision(
        document=row["document"],
        day=dt.date.fromisoformat(row["day"]),
        released=bool(row["released"]),
        reason=row["reason"],
        pages=tuple(json.loads(row["pages"])),
    )


def text_mark(pages: Iterable[Page]) -> str:
    """Return a short text that differs when the text of any page does."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(page.text.encode())
        digest.update(b"\f")
    return digest.hexdigest()[:16]


def _numbers(spans: Spans) -> list[int]:
    return [number for span in spans for number in (span.page, span.start, span.end)]


def _spans(numbers: list[int]) -> Spans:
    triples = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return tuple(Span(page=page, start=start, end=end) for page, start, end in triples)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
