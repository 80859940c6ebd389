"""Scanned pages, once a run: what was born digital is published before, so that nobody waits for the slowest part."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from council import Address, Document, Event, Page, ReadError, State
from ingest import ocr
from ingest.held import must_hold
from ingest.programs import Programs
from ingest.reading import Read, Task, read
from ingest.running import MAKE, Run, read_back, written
from ingest.side_by_side import Load, side_by_side
from ingest.standing import redescribe
from ingest.workers import in_workers
from ingest.worth import is_worthless


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scan:
    """A document with pages that are to be read, and where the copy with their text goes."""

    document: Document
    pages: tuple[Page, ...]
    original: Path
    layered: Path

    @property
    def waiting(self) -> tuple[int, ...]:
        """The numbers of the pages to read."""
        return tuple(page.number for page in self.pages if page.waiting)

    @property
    def wanted(self) -> ocr.Wanted:
        """The same, by what becomes of the text that they have."""
        whole = tuple(page.number for page in self.pages if page.waiting and is_worthless(page.text))
        return ocr.Wanted(whole=whole, part=tuple(number for number in self.waiting if number not in whole))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """What was read of a document with scanned pages, and how sure that is, by page."""

    found: Read
    confidences: Mapping[int, float]


def read_scans(run: Run) -> bool:
    """Read the scanned pages that were not read yet, documents side by side; say whether any text came of it."""
    if not at_hand(run):
        return False
    digests = [digest for digest in run.catalogue.waiting() if _is_looked_at(run, digest)]
    digests = [digest for digest in digests if not _failed_before(run, digest)]
    scans = [_scan(run, document) for digest in digests if (document := run.catalogue.document(digest)) is not None]
    run.progress.stage("scan", len(scans))
    run.data.incoming.mkdir(parents=True, exist_ok=True)
    programs = Programs()

    def see(scan: _Scan, hands: int) -> _Seen:
        return _see(run, scan, hands, programs)

    loads = [Load(item=scan, parts=len(scan.waiting)) for scan in scans]
    with closing(side_by_side(loads, run.workers, see, stop=programs.end)) as outcomes:
        for done, (scan, outcome) in enumerate(outcomes, start=1):
            try:
                if isinstance(outcome, ReadError):
                    raise outcome
                _store(run, scan, outcome)
            except ReadError as error:
                _note(run, scan.document.sha256, error)
            finally:
                scan.layered.unlink(missing_ok=True)
            run.progress.step(done, pages=len(run.scanned))
    return bool(scans)


def at_hand(run: Run) -> bool:
    """Say whether scans can be read in this run."""
    return run.settings.ocr and ocr.available(run.settings.ocr_language)


def _scan(run: Run, document: Document) -> _Scan:
    return _Scan(
        document=document,
        pages=run.catalogue.pages(document.sha256),
        original=run.data.readable_copy(document.sha256),
        layered=run.data.incoming / f"{document.sha256}.scan.pdf",
    )


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
    return read_back("", address.refusal)[1].startswith("ocr-")


def _see(run: Run, scan: _Scan, hands: int, programs: Programs) -> _Seen:
    """Read the scans of one document; this runs beside others, so it leaves the catalogue alone."""
    if not scan.original.is_file():
        raise ReadError("its file is missing from the data folder", "run without it, deliver it again and run again")
    settings = run.settings
    effort = ocr.Effort(
        language=settings.ocr_language,
        seconds=settings.ocr_seconds,
        megabytes=settings.read_megabytes,
        jobs=hands,
    )
    confidences = ocr.add_text_layer(scan.original, scan.layered, scan.wanted, effort, programs)
    return _Seen(found=_read_layered(run, scan), confidences=confidences)


def _read_layered(run: Run, scan: _Scan) -> Read:
    repaired = scan.layered.with_suffix(".repaired.pdf")
    task = Task(
        sha256=scan.document.sha256,
        file=scan.layered,
        repaired=repaired,
        path=scan.document.filename,
        limits=run.limits,
    )
    _, outcome = next(iter(in_workers(read, [task], run.bounds, workers=1)))
    if isinstance(outcome, ReadError):
        raise outcome
    if repaired.exists():
        repaired.replace(scan.layered)
    return outcome


def _merged(before: tuple[Page, ...], seen: _Seen) -> tuple[Page, ...]:
    after = seen.found.pages
    if len(before) != len(after):
        raise ReadError("reading the scan gave another number of pages", "scan it anew, or ask for the original file")
    return tuple(_with(old, new, seen.confidences.get(old.number)) for old, new in zip(before, after, strict=True))


def _with(old: Page, new: Page, confidence: float | None) -> Page:
    """Return a page with its new text, or as it was where nothing was read on it."""
    if not old.waiting or (confidence is None and not is_worthless(old.text)):
        return replace(old, text=new.text, waiting=False)
    return replace(new, label=old.label, ocr=True, waiting=False, confidence=confidence)


def _store(run: Run, scan: _Scan, seen: _Seen) -> None:
    document = scan.document
    pages = _merged(scan.pages, seen)
    target = run.data.reading(document.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    pdf_title = run.catalogue.pdf_title(document.sha256)
    understood = seen.found.understood
    if must_hold(run.catalogue, document.sha256, pages, personal=understood.personal):
        document = replace(document, state=State.HELD)
    scan.layered.replace(target)
    with run.catalogue.writing():
        run.catalogue.put(document, pages, understood.passages, cutting=MAKE, pdf_title=pdf_title)
        for address in run.catalogue.addresses_of(document.sha256):
            if _is_ours(address):
                run.catalogue.put_address(replace(address, refusal=""))
        redescribe(run.catalogue, document.sha256)
        run.catalogue.news.tell(document.sha256, Event.CHANGED)
    run.count_personal(understood.counts)
    run.scanned += [(document.sha256, pages[number - 1]) for number in scan.waiting if pages[number - 1].ocr]
