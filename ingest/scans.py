"""Scanned pages, once a run: what was born digital is published before, so that nobody waits for the slowest part."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from council import Address, Document, Page, ReadError, State
from ingest import ocr
from ingest.reading import Read, Task, read
from ingest.running import MAKE, Event, Run, read_back, written
from ingest.standing import redescribe
from ingest.workers import in_workers


def read_scans(run: Run) -> bool:
    """Read the scanned pages that were not read yet; say whether any text came of it."""
    if not at_hand(run):
        return False
    digests = [digest for digest in run.catalogue.waiting() if _is_looked_at(run, digest)]
    digests = [digest for digest in digests if not _failed_before(run, digest)]
    run.progress.stage("scan", len(digests))
    for done, digest in enumerate(digests, start=1):
        document = run.catalogue.document(digest)
        if document is not None:
            try:
                _read_scan(run, document)
            except ReadError as error:
                _note(run, digest, error)
        run.progress.step(done)
    return bool(digests)


def at_hand(run: Run) -> bool:
    """Say whether scans can be read in this run."""
    return run.settings.ocr and ocr.available(run.settings.ocr_language)


def _is_looked_at(run: Run, digest: str) -> bool:
    places = run.catalogue.addresses_of(digest)
    return not run.scope.only or any(place.source == run.source and run.scope.holds(place.path) for place in places)


def _mark(run: Run) -> str:
    return f"{ocr.READING}|{run.settings.ocr_language}|{run.settings.ocr_seconds}|{run.mark}"


def _failed_before(run: Run, digest: str) -> bool:
    return any(read_back("", address.refusal)[1] == _mark(run) for address in run.catalogue.addresses_of(digest))


def _note(run: Run, digest: str, error: ReadError) -> None:
    """Write down that the scans of a document could not be read, so that the next night does not try in vain."""
    with run.catalogue.writing():
        for address in run.catalogue.addresses_of(digest):
            if not address.refusal or _is_ours(address):
                run.catalogue.put_address(replace(address, refusal=written(error, _mark(run))))


def _is_ours(address: Address) -> bool:
    """Say whether what could not be read of a document is its scans."""
    return read_back("", address.refusal)[1].startswith(f"{ocr.READING}|")


def _read_scan(run: Run, document: Document) -> None:
    digest = document.sha256
    run.data.incoming.mkdir(parents=True, exist_ok=True)
    layered = run.data.incoming / f"{digest}.scan.pdf"
    original = run.data.readable_copy(digest)
    if not original.is_file():
        raise ReadError("its file is missing from the data folder", "run without it, deliver it again and run again")
    try:
        ocr.add_text_layer(
            original,
            layered,
            language=run.settings.ocr_language,
            seconds=run.settings.ocr_seconds,
            megabytes=run.settings.read_megabytes,
            jobs=run.workers,
        )
        found = _read_layered(run, document, layered)
        pages = _merged(run.catalogue.pages(digest), found.pages)
        _store(run, document, layered, pages, found)
    finally:
        layered.unlink(missing_ok=True)


def _read_layered(run: Run, document: Document, layered: Path) -> Read:
    repaired = layered.with_suffix(".repaired.pdf")
    task = Task(sha256=document.sha256, file=layered, repaired=repaired, path=document.filename, limits=run.limits)
    _, outcome = next(iter(in_workers(read, [task], run.bounds, workers=1)))
    if isinstance(outcome, ReadError):
        raise outcome
    if repaired.exists():
        repaired.replace(layered)
    return outcome


def _merged(before: tuple[Page, ...], after: tuple[Page, ...]) -> tuple[Page, ...]:
    if len(before) != len(after):
        raise ReadError("reading the scan gave another number of pages", "scan it anew, or ask for the original file")
    return tuple(
        replace(new, label=old.label, ocr=old.waiting or old.ocr, waiting=False)
        for old, new in zip(before, after, strict=True)
    )


def _store(run: Run, document: Document, layered: Path, pages: tuple[Page, ...], found: Read) -> None:
    target = run.data.reading(document.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    pdf_title = run.catalogue.pdf_title(document.sha256)
    if found.understood.personal:
        document = replace(document, state=State.HELD)
    layered.replace(target)
    with run.catalogue.writing():
        run.catalogue.put(document, pages, found.understood.passages, cutting=MAKE, pdf_title=pdf_title)
        for address in run.catalogue.addresses_of(document.sha256):
            if _is_ours(address):
                run.catalogue.put_address(replace(address, refusal=""))
        redescribe(run.catalogue, document.sha256)
    run.events.setdefault(document.sha256, Event.CHANGED)
    run.count_personal(found.understood.counts)
