"""One run, from a folder of PDFs to a published index. The recipe reads from top to bottom in :func:`ingest`."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from council import Address, Catalogue, DataError, DataFolder, IngestReport, NotIngested, ReadError, UsageError, plain
from council.settings import Settings
from ingest.changes import settle
from ingest.comparing import follow
from ingest.intake import clear, take_in
from ingest.kept import Keeper
from ingest.lock import only_run
from ingest.openness import not_public
from ingest.progress import Progress
from ingest.reading import Limits, Text, understand
from ingest.report import about_source, as_json, compiled
from ingest.running import MAKE, Run, limits_of
from ingest.scans import read_scans
from ingest.scope import Scope
from ingest.source import Offer, look
from ingest.standing import closed_when_gone, redescribe
from ingest.workers import in_workers
from search import Embedder, SentenceTransformerEmbedder, build, go_back

EVERYTHING = Scope()
"""The whole source, in which what is gone was taken back."""

_BYTES_A_PASSAGE = 12 << 10
_BYTES_TO_BEGIN = 200 << 20
"""Room that the embedded engine takes for its files before it holds anything, and on top of that for each passage."""


def ingest(
    source: Path,
    data: DataFolder,
    settings: Settings,
    *,
    municipality: str = "gm0000",
    scope: Scope = EVERYTHING,
    progress: Progress | None = None,
    embedder: Callable[[], Embedder] | None = None,
) -> IngestReport:
    """Read what is new or changed in a source, and publish it.

    What must no longer be seen is taken out of sight before anything slow begins; the index follows at the end, and
    until then the engine leaves out what the catalogue no longer allows.

    Args:
        source: a folder of PDFs, with or without a manifest.
        data: the data folder; made if it is not there.
        settings: bounds, model and engine.
        municipality: whose papers these are; a data folder holds one municipality.
        scope: how much of the source is looked at.
        progress: told how far the run is.
        embedder: gives another model than the settings ask for.

    Returns:
        What was done; nothing that was refused is left out.

    Raises:
        UsageError: the source or its manifest cannot be used, and nothing was changed but that a report says so; or
            most of its papers are gone, and none was withdrawn for that.
        DataError: another run is writing, the disk is full, or the data folder is damaged.
    """
    started = time.monotonic()
    progress = progress or Progress()
    keeper = Keeper(
        folder=data.reports,
        most=settings.keep_reports,
        begun=dt.datetime.now().astimezone(),
        municipality=municipality,
        source=str(source.absolute()),
        warn=progress.warn,
    )
    with keeper.keeping_wrong_usage(data):
        offer = look(source, data=data.root, may_be_empty=scope.keep_missing)
        for stray in offer.strays:
            progress.warn(f"{plain(stray)} looks like a manifest and is not read; only manifest.jsonl in SOURCE is")
        if not data.catalogue.exists():
            scope.limited(offer, {})  # a pattern that matches nothing must not leave a data folder behind
        limits = limits_of(settings)  # wrong usage shows before anything is made
    keeper = replace(keeper, source=offer.source)
    with (
        _disk(data),
        only_run(data.lock),
        keeper.keeping_failure(),
        _disk(data),  # what goes wrong on the disk has its remedy before it is kept
        closing(Catalogue(data.catalogue, create=True)) as catalogue,
    ):
        run = begin(catalogue, offer, data, settings, limits, municipality=municipality, scope=scope, progress=progress)
        _deliver(catalogue, keeper)
        number = catalogue.start_run(dt.datetime.now(dt.UTC))
        clear(run)
        _follow_changes(run)
        with run.timed("recut"):
            _cut_again(run)
        generation = _publish(run, embedder)
        with run.timed("scan"):
            was_scanned = read_scans(run)
        if was_scanned:
            settle(run)
            generation = _publish(run, embedder)
        clear(run)
        report = compiled(run, generation, time.monotonic() - started)
        for line in map(about_source, report.other_sources):
            if line:
                progress.warn(line)
        files = keeper.made(report)
        with catalogue.writing():
            catalogue.finish_run(number, dt.datetime.now(dt.UTC), as_json(report))
            if files is not None:
                catalogue.news.told(_told_of(run, report), files)
        _deliver(catalogue, keeper)
        return report


def _told_of(run: Run, report: IngestReport) -> list[str]:
    """Return the documents that a report names as added or changed."""
    known = run.catalogue.addresses(run.source)
    return [known[path].document for path in (*report.added, *report.changed)]


def _deliver(catalogue: Catalogue, keeper: Keeper) -> None:
    """Put reports into their folder: that of this run, or one that a run that was killed had only laid ready."""
    if keeper.put(catalogue.news.ready()):
        catalogue.news.delivered()


def begin(
    catalogue: Catalogue,
    offer: Offer,
    data: DataFolder,
    settings: Settings,
    limits: Limits,
    *,
    municipality: str,
    scope: Scope,
    progress: Progress,
) -> Run:
    """Put together what a run has at hand.

    Raises:
        UsageError: the data folder holds another municipality, or the scope matches nothing.
    """
    _must_be_one_municipality(catalogue, municipality)
    known = _known(catalogue, offer)
    today, warnings = _today(catalogue, progress)
    return Run(
        settings=settings,
        data=data,
        catalogue=catalogue,
        municipality=municipality,
        offer=offer,
        looked_at=scope.limited(offer, known),
        scope=scope,
        limits=limits,
        known=known,
        closed=not_public(catalogue, known.values()),
        closed_when_gone=closed_when_gone(catalogue),
        progress=progress,
        today=today,
        warnings=warnings,
    )


def _known(catalogue: Catalogue, offer: Offer) -> Mapping[str, Address]:
    """Return what is known of a source. A program before this one named it after what a link leads to: that is taken
    over once, so that nothing is read again."""
    known = catalogue.addresses(offer.source)
    former = str(offer.root)
    if known or former == offer.source:
        return known
    with catalogue.writing():
        catalogue.rename_source(former, offer.source)
    return catalogue.addresses(offer.source)


def return_to_former(data: DataFolder, settings: Settings, *, embedder: Callable[[], Embedder] | None = None) -> str:
    """Make the generation before the live one live again, and return its name.

    Raises:
        DataError: another run is writing, nothing was ever published, or there is no older generation to be read.
    """
    if not data.root.is_dir():
        raise NotIngested(f"{data.root} is not there; give the data folder of a run")
    model = embedder() if embedder else SentenceTransformerEmbedder.from_settings(settings)
    with _disk(data), only_run(data.lock):
        return go_back(settings, data, model).name


@contextmanager
def _disk(data: DataFolder) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or data.root
        raise DataError(
            f"{where}: {error.strerror or error}; make room or give rights, and run again: what was done so far is kept"
        ) from error


def _must_be_one_municipality(catalogue: Catalogue, municipality: str) -> None:
    known = next(catalogue.documents(), None)
    if known is not None and known.municipality != municipality:
        raise UsageError(
            f"this data folder holds the papers of {known.municipality}, not of {municipality}; "
            "give each municipality a folder of its own"
        )


def _today(catalogue: Catalogue, progress: Progress) -> tuple[dt.date, tuple[str, ...]]:
    """Return the day, or that of the last run and a warning where the clock stands before it.

    A clock that was set back must not bring papers back whose day of withdrawal has come.
    """
    now, last = dt.datetime.now().astimezone(), catalogue.last_start()
    if last is None or now >= last:
        return now.date(), ()
    here, there = (f"{moment.astimezone():%Y-%m-%d %H:%M}" for moment in (now, last))
    warning = (
        f"the clock of this machine says {here}, and an earlier run began at {there}; set it right. What was withdrawn "
        "by then stays so"
    )
    progress.warn(warning)
    return last.astimezone().date(), (warning,)


def _follow_changes(run: Run) -> None:
    """Bring the catalogue up to date with the source."""
    with run.timed("compare"):
        compared = follow(run)
    with run.timed("read"):
        take_in(run, compared.fresh)
        settle(run)


def _cut_again(run: Run) -> None:
    """Go through documents again that an older program cut or described; their addresses stay what they were."""
    catalogue = run.catalogue
    tasks = (
        Text(
            sha256=digest,
            path=document.filename,
            pdf_title=catalogue.pdf_title(digest),
            pages=catalogue.pages(digest),
        )
        for digest in catalogue.cut_otherwise(MAKE)
        if (document := catalogue.document(digest)) is not None
    )
    for task, outcome in in_workers(understand, tasks, run.bounds, workers=run.workers):
        if isinstance(outcome, ReadError):
            run.refuse(task.path, outcome)
            continue
        with catalogue.writing():
            catalogue.recut(task.sha256, outcome.passages, cutting=MAKE)
            redescribe(catalogue, task.sha256)


def _must_have_room(run: Run) -> None:
    """Refuse to build an index on a disk that it will fill.

    The embedded engine writes through memory maps, and the system ends a process whose map finds no room, without a
    word. So the room is looked at before.

    Raises:
        DataError: there is not enough room; the live index stays as it is.
    """
    if run.settings.qdrant_url:
        return
    folders = run.data.index.iterdir() if run.data.index.is_dir() else ()
    largest = max((_size(folder) for folder in folders if folder.is_dir()), default=0)
    need = max(largest, run.catalogue.passage_count() * _BYTES_A_PASSAGE) + _BYTES_TO_BEGIN
    free = shutil.disk_usage(run.data.root).free
    if free < need:
        raise DataError(
            f"{run.data.index}: a new index may need {need >> 20} MiB and {free >> 20} MiB are free; make room and run "
            "again: what was read is kept, and the index before this one stays live"
        )


def _size(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))


def _publish(run: Run, embedder: Callable[[], Embedder] | None) -> str:
    chosen = embedder or (lambda: SentenceTransformerEmbedder.from_settings(run.settings))

    def told(done: int, total: int) -> None:
        if done == 0:
            run.progress.stage("index", total)
        run.progress.step(done)

    _must_have_room(run)
    with run.timed("index"):
        built = build(
            run.settings,
            run.data,
            run.catalogue,
            chosen,
            municipality=run.municipality,
            progress=told,
            warn=lambda text: run.progress.warn(plain(text)),
        )
    return built.name
