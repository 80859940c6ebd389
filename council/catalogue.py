"""The catalogue: one SQLite file (WAL) that holds the truth about every document, page and passage.

One process writes (the nightly ingest); any number read. What a reader may see is decided here, by one ``WHERE``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from council import schema
from council.catalogue_file import CatalogueFile
from council.change_mark import change_mark
from council.decisions import Decision
from council.derivation import Derivation
from council.errors import QuoteError
from council.filtering import filters_to_sql
from council.news import News
from council.records import Address, Citation, Document, Filters, Page, Passage, Spans, State


class Catalogue(CatalogueFile):
    """What is known of every document, and what a reader may see of it; :class:`CatalogueFile` opens it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        super().__init__(path, create=create)
        self.news = News(self._ask, self._change)
        """What no report has told yet."""

    # What the ingest writes

    def put(
        self,
        document: Document,
        pages: Iterable[Page],
        passages: Iterable[Passage],
        *,
        cutting: str,
        pdf_title: str = "",
    ) -> None:
        """Store a document with its pages and passages in place of what was known of the same bytes.

        Args:
            document: its description.
            pages: all its pages.
            passages: the parts that they were cut into.
            cutting: names the way of cutting.
            pdf_title: what the PDF's own information says, to derive a title from again.
        """
        kept = tuple(pages)
        document = replace(document, text_mark=schema.text_mark(kept))
        self._change("DELETE FROM documents WHERE sha256 = ?", (document.sha256,))
        marks = ", ".join("?" * 19)
        self._change(
            f"INSERT INTO documents ({schema.DOCUMENT_COLUMNS}, cutting, pdf_title) VALUES ({marks})",
            (*schema.document_row(document), cutting, pdf_title),
        )
        self._db.executemany(
            "INSERT INTO pages (document, number, text, label, ocr, waiting, confidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((document.sha256, p.number, p.text, p.label, p.ocr, p.waiting, p.confidence) for p in kept),
        )
        self._insert(passages)

    def describe(self, document: Document) -> None:
        """Store another description of a document whose bytes, pages and passages stay as they are."""
        names = schema.DOCUMENT_COLUMNS.split(", ")[1:]
        sets = ", ".join(f"{name} = ?" for name in names)
        row = schema.document_row(document)
        self._change(f"UPDATE documents SET {sets} WHERE sha256 = ?", (*row[1:], document.sha256))

    def explain(self, sha256: str, derivations: Iterable[Derivation]) -> None:
        """Store where the facts about a document come from, in place of what was known of that."""
        self._change("DELETE FROM derivations WHERE document = ?", (sha256,))
        rows = (schema.derivation_row(sha256, derivation) for derivation in derivations)
        self._db.executemany("INSERT INTO derivations VALUES (?, ?, ?, ?, ?, ?)", rows)

    def recut(self, sha256: str, passages: Iterable[Passage], *, cutting: str) -> None:
        """Replace the passages of a document after the way of cutting changed."""
        self._change("DELETE FROM passages WHERE document = ?", (sha256,))
        self._insert(passages)
        self._change("UPDATE documents SET cutting = ? WHERE sha256 = ?", (cutting, sha256))

    def _insert(self, passages: Iterable[Passage]) -> None:
        self._db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", map(schema.passage_row, passages))

    def set_state(self, sha256: str, state: State) -> None:
        """Say where a document stands from now on."""
        self._change("UPDATE documents SET state = ? WHERE sha256 = ?", (state.value, sha256))

    def put_address(self, address: Address) -> None:
        """Remember where a document was found, in place of what was known of that path."""
        self._change(
            "INSERT OR REPLACE INTO addresses VALUES (?, ?, ?, ?, ?, ?, ?)",
            astuple(address),
        )

    def drop_address(self, source: str, path: str) -> None:
        """Forget a path that is no longer there."""
        self._change("DELETE FROM addresses WHERE source = ? AND path = ?", (source, path))

    def rename_source(self, former: str, source: str) -> None:
        """Give a source another name, under which nothing is known yet."""
        self._change("UPDATE addresses SET source = ? WHERE source = ?", (source, former))

    def addresses(self, source: str) -> Mapping[str, Address]:
        """Return every path known within a source."""
        rows = self._ask("SELECT * FROM addresses WHERE source = ?", (source,))
        return {row["path"]: Address(**dict(row)) for row in rows}

    def all_addresses(self) -> tuple[Address, ...]:
        """Return every path known within any source."""
        return tuple(Address(**dict(row)) for row in self._ask("SELECT * FROM addresses ORDER BY source, path"))

    def states(self) -> Mapping[str, State]:
        """Return where every document stands, also those that are not found."""
        return {row["sha256"]: State(row["state"]) for row in self._ask("SELECT sha256, state FROM documents")}

    def pdf_title(self, sha256: str) -> str:
        """Return what the information in a document's PDF says of its title; often nothing, or nonsense."""
        row = next(self._ask("SELECT pdf_title FROM documents WHERE sha256 = ?", (sha256,)), None)
        return "" if row is None else str(row["pdf_title"])

    def addresses_of(self, sha256: str) -> tuple[Address, ...]:
        """Return every place, in any source, where a document was found."""
        rows = self._ask("SELECT * FROM addresses WHERE document = ? ORDER BY source, path", (sha256,))
        return tuple(Address(**dict(row)) for row in rows)

    def cut_otherwise(self, cutting: str) -> tuple[str, ...]:
        """Return the documents whose passages were cut in another way than ``cutting``."""
        rows = self._ask("SELECT sha256 FROM documents WHERE cutting <> ? ORDER BY sha256", (cutting,))
        return tuple(row["sha256"] for row in rows)

    def passage_count(self, sha256s: Iterable[str] | None = None) -> int:
        """Return how many passages these documents have; without any, all live ones."""
        if sha256s is not None:
            query = "SELECT count(*) FROM passages WHERE document IN (SELECT value FROM json_each(?))"
            return int(next(self._ask(query, (json.dumps(list(sha256s)),)))[0])
        query = "SELECT count(*) FROM passages JOIN documents ON document = sha256 WHERE state = ?"
        return int(next(self._ask(query, (State.LIVE.value,)))[0])

    def waiting(self) -> tuple[str, ...]:
        """Return the live documents with a page whose text could not be read yet."""
        rows = self._ask(
            "SELECT DISTINCT document FROM pages JOIN documents ON document = sha256 WHERE waiting AND state = ? "
            "ORDER BY document",
            (State.LIVE.value,),
        )
        return tuple(row["document"] for row in rows)

    def start_run(self, started: dt.datetime) -> int:
        """Write down that a run began and return its number."""
        cursor = self._change("INSERT INTO runs (started) VALUES (?)", (started.isoformat(),))
        return int(cursor.lastrowid or 0)

    def last_start(self) -> dt.datetime | None:
        """Return the latest moment at which a run began, whatever became of it."""
        found = next(self._ask("SELECT max(started) FROM runs"))[0]
        return dt.datetime.fromisoformat(found) if found else None

    def finish_run(self, run: int, finished: dt.datetime, report: Mapping[str, Any]) -> None:
        """Write down how a run ended, and that its report told of every decision until then."""
        text = json.dumps(report, ensure_ascii=False)
        self._change("UPDATE runs SET finished = ?, report = ? WHERE id = ?", (finished.isoformat(), text, run))
        self._change("UPDATE decisions SET told = ? WHERE told IS NULL", (run,))

    def decide(self, decision: Decision) -> None:
        """Write down what a clerk decided; what was decided before stays, and no longer counts."""
        row = schema.decision_row(decision)
        self._change("INSERT INTO decisions (document, day, released, reason, pages) VALUES (?, ?, ?, ?, ?)", row)

    def decisions(self, sha256: str) -> tuple[Decision, ...]:
        """Return what was decided about a document, the last one last: that one counts."""
        if next(self._ask("PRAGMA user_version"))[0] < schema.FIRST_WITH_DECISIONS:
            return ()
        rows = self._ask("SELECT * FROM decisions WHERE document = ? ORDER BY id", (sha256,))
        return tuple(map(schema.decision_of, rows))

    def untold_decisions(self) -> tuple[Decision, ...]:
        """Return what was decided since the last run that ended with a report, in order."""
        return tuple(map(schema.decision_of, self._ask("SELECT * FROM decisions WHERE told IS NULL ORDER BY id")))

    def last_run(self) -> Mapping[str, Any] | None:
        """Return the report of the newest run that ended, with ``finished``, or None."""
        row = next(self._ask("SELECT * FROM runs WHERE report IS NOT NULL ORDER BY id DESC LIMIT 1"), None)
        return None if row is None else {**json.loads(row["report"]), "finished": row["finished"]}

    # What everyone reads

    def document(self, sha256: str) -> Document | None:
        """Return a document in whatever state, or None."""
        columns = schema.DOCUMENT_COLUMNS
        row = next(self._ask(f"SELECT {columns} FROM documents WHERE sha256 = ?", (sha256,)), None)
        return None if row is None else schema.document_of(row)

    def documents(self, filters: Filters | None = None) -> Iterator[Document]:
        """Yield the live documents that the filters let through (all live ones without), newest first."""
        where, values = filters_to_sql(filters)
        query = f"SELECT {schema.DOCUMENT_COLUMNS} FROM documents WHERE {where} ORDER BY date DESC, sha256"
        for row in self._ask(query, values):
            yield schema.document_of(row)

    def gone(self) -> Iterator[Document]:
        """Yield the documents that were withdrawn."""
        query = f"SELECT {schema.DOCUMENT_COLUMNS} FROM documents WHERE state = ? ORDER BY sha256"
        return map(schema.document_of, self._ask(query, (State.WITHDRAWN.value,)))

    def visible(self, sha256: str, filters: Filters) -> Document | None:
        """Return a document if it is live and the filters let it through; else None, whatever the reason."""
        where, values = filters_to_sql(filters)
        query = f"SELECT {schema.DOCUMENT_COLUMNS} FROM documents WHERE sha256 = ? AND {where}"
        row = next(self._ask(query, (sha256, *values)), None)
        return None if row is None else schema.document_of(row)

    def reach(self, filters: Filters) -> tuple[int, dt.date | None]:
        """Return how many live documents the filters let through, and the date of the newest."""
        where, values = filters_to_sql(filters)
        row = next(self._ask(f"SELECT count(*), max(date) FROM documents WHERE {where}", values))
        return row[0], dt.date.fromisoformat(row[1]) if row[1] else None

    def pages(self, sha256: str) -> tuple[Page, ...]:
        """Return the pages of a document in order."""
        rows = self._ask("SELECT * FROM pages WHERE document = ? ORDER BY number", (sha256,))
        return tuple(map(schema.page_of, rows))

    def page(self, sha256: str, number: int) -> Page | None:
        """Return one page, or None."""
        query = "SELECT * FROM pages WHERE document = ? AND number = ?"
        row = next(self._ask(query, (sha256, number)), None)
        return None if row is None else schema.page_of(row)

    def pages_at(self, places: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Page]:
        """Return pages of any documents, each by its document and number; one that is no longer known is left out."""
        query = (
            "SELECT pages.* FROM json_each(?) AS place JOIN pages"
            " ON document = place.value ->> 0 AND number = place.value ->> 1"
        )
        rows = self._ask(query, (json.dumps(list(dict.fromkeys(places))),))
        return {(row["document"], row["number"]): schema.page_of(row) for row in rows}

    def unread(self, sha256s: Iterable[str]) -> Mapping[str, frozenset[int]]:
        """Return which pages of these documents hold what nobody read yet: a scan that waits for OCR, or failed in it.

        A scanned page on which OCR saw no word was read. A document without such a page is left out.
        """
        query = (
            "SELECT document, number FROM json_each(?) AS asked CROSS JOIN pages ON document = asked.value"
            " WHERE waiting"
        )
        found: dict[str, set[int]] = {}
        for row in self._ask(query, (json.dumps(list(sha256s)),)):
            found.setdefault(row["document"], set()).add(row["number"])
        return {sha256: frozenset(numbers) for sha256, numbers in found.items()}

    def spans_of(self, ids: Sequence[int]) -> Mapping[int, Spans]:
        """Return where these passages stand, and nothing else of them; an id that is no longer known is left out."""
        query = "SELECT id, spans FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return {row["id"]: schema.spans_of(row["spans"]) for row in self._ask(query, (json.dumps(list(ids)),))}

    def passages(self, ids: Sequence[int]) -> Mapping[int, Passage]:
        """Return the passages with these ids; an id that is no longer known is left out."""
        query = "SELECT * FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return {row["id"]: schema.passage_of(row) for row in self._ask(query, (json.dumps(list(ids)),))}

    def still_visible(self, sha256s: Iterable[str], filters: Filters) -> frozenset[str]:
        """Return which of these documents are live and let through by the filters; the others are left out."""
        where, values = filters_to_sql(filters)
        # Crossed, so that each is looked up by its key; left to itself, SQLite goes through all that are live.
        query = f"SELECT sha256 FROM json_each(?) AS asked CROSS JOIN documents ON sha256 = asked.value WHERE {where}"
        return frozenset(row["sha256"] for row in self._ask(query, (json.dumps(list(sha256s)), *values)))

    def passages_of(self, sha256: str) -> tuple[Passage, ...]:
        """Return the passages of a document in order."""
        rows = self._ask("SELECT * FROM passages WHERE document = ? ORDER BY ordinal", (sha256,))
        return tuple(map(schema.passage_of, rows))

    def derivations(self, sha256: str) -> tuple[Derivation, ...]:
        """Return where the facts about a document come from; nothing in a catalogue of make 1, which did not say."""
        if next(self._ask("PRAGMA user_version"))[0] == 1:
            return ()
        rows = self._ask("SELECT * FROM derivations WHERE document = ? ORDER BY field", (sha256,))
        return tuple(map(schema.derivation_of, rows))

    def quote(self, citation: Citation) -> str:
        """Return the page text at an address, exactly as it stands there; several spans have a line end between them.

        Raises:
            QuoteError: the document, the page or the offsets do not exist.
        """
        parts = []
        for span in citation.spans:
            page = self.page(citation.document, span.page)
            if page is None or span.end > len(page.text):
                raise QuoteError(
                    f"nothing stands at {citation.document[:12]}… page {span.page}, {span.start}–{span.end}"
                )
            parts.append(page.text[span.start : span.end])
        return "\n".join(parts)

    def change_mark(self) -> tuple[int, ...]:
        """Return a value that differs after every change by any process, for readers that keep something in memory."""
        return change_mark(self._path)
