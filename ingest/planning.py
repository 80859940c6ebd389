"""What a run would do, found out on a copy of the catalogue that is thrown away: a dry run changes nothing.

The copy is brought up to date by the same steps as in a run, except that a file is hashed where a run would read it. So
what its text will say is not known: whether it can be read, whether it must be held back, whether it waits for OCR.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from council import Catalogue, DataError, DataFolder, IngestReport, ReadError, plain, sha256_of, snapshot
from council.settings import Settings
from ingest.changes import settle
from ingest.comparing import follow
from ingest.intake import TooLarge, attach, cannot_be_opened, must_be_fit, refuse_for_good, write_down
from ingest.progress import Progress
from ingest.reading import Read, Text, understand
from ingest.report import as_json, compiled, counts, remarks
from ingest.run import begin
from ingest.running import MAKE, Run, limits_of
from ingest.scope import Scope
from ingest.source import Found, look


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a run would do, as far as that is known without reading."""

    report: IngestReport
    """What the run would report if each file could be read; its pages, times and generation say nothing."""
    moved: tuple[str, ...]
    """New paths of files that only lie elsewhere; the report counts them as unchanged."""
    to_read: tuple[str, ...]
    """Files whose bytes are new."""
    to_cut_again: int
    """Papers that an older program went through, and that this one would go through again."""


def plan(source: Path, data: DataFolder, settings: Settings, *, municipality: str, scope: Scope) -> Plan:
    """Say what a run would do, and change nothing; a run that goes on meanwhile is not in the way.

    Raises:
        UsageError: as a run would.
        DataError: the catalogue cannot be copied, or the source went away.
    """
    started = time.monotonic()
    offer = look(source, data=data.root, may_be_empty=scope.keep_missing)
    limits = limits_of(settings)
    with _copy(data) as catalogue:
        catalogue.news.told(catalogue.news.events(), {})  # a run does not do again what it still has to tell
        run = begin(
            catalogue, offer, data, settings, limits, municipality=municipality, scope=scope, progress=Progress()
        )
        compared = follow(run)
        to_read = _take_in_unread(run, compared.fresh)
        settle(run)
        return Plan(
            report=compiled(run, "", time.monotonic() - started),
            moved=compared.moved,
            to_read=to_read,
            to_cut_again=len(catalogue.cut_otherwise(MAKE)),
        )


@contextmanager
def _copy(data: DataFolder) -> Iterator[Catalogue]:
    with tempfile.TemporaryDirectory(prefix="raadspoor-") as folder:
        target = Path(folder) / data.catalogue.name
        try:
            if data.catalogue.exists():
                snapshot(data.catalogue, target)
        except OSError as error:
            raise DataError(
                f"{data.catalogue} cannot be copied to {folder}: {error.strerror or error}; make room there, or set "
                "TMPDIR to a folder that has it"
            ) from error
        with closing(Catalogue(target, create=True)) as catalogue:
            yield catalogue


def _take_in_unread(run: Run, items: Iterable[Found]) -> tuple[str, ...]:
    """Do with files what a run does, as if each had been read and said nothing; return those that it would read."""
    new = []
    for item in items:
        try:
            must_be_fit(run, item)
            digest = sha256_of(item.file)
        except TooLarge as error:
            refuse_for_good(run, item, error.refusal)
        except ReadError as error:
            run.refuse(item.path, error)
        except OSError as error:
            run.refuse(item.path, cannot_be_opened(run, error))
        else:
            if run.catalogue.document(digest) is not None:
                attach(run, item, digest)
                continue
            unread = understand(Text(sha256=digest, path=item.path, pdf_title="", pages=()))
            write_down(run, [item], digest, Read(pages=(), pdf_title="", failed=(), understood=unread))
            new.append(item.path)
    return tuple(new)


def plan_json(found: Plan) -> dict[str, Any]:
    """Return a plan as plain values; ``docs/json.md`` describes them."""
    more = {"moved": found.moved, "to_read": found.to_read, "to_cut_again": found.to_cut_again}
    return {**as_json(found.report), "dry_run": True, **more}


def plan_text(found: Plan) -> str:
    """Return a plan in lines that a clerk can read."""
    report = found.report
    lines = ["Dry run: nothing was changed. A run would do this:", counts(report)]
    lines += [
        f"{len(found.to_read)} files would be read; what is wrong with them, or personal in them, shows only then",
        f"{len(found.moved)} were only moved; {found.to_cut_again} papers would be cut into passages anew",
    ]
    for head, paths in (
        ("Would be added", report.added),
        ("Would be changed", report.changed),
        ("Would be withdrawn", report.withdrawn),
        ("Moved here", found.moved),
    ):
        lines += [f"{head}: {plain(path)}" for path in paths]
    return "\n".join(lines + remarks(report))
