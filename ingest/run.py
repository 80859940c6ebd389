"""One run, from a folder of PDFs to a published index. The recipe reads from top to bottom in :func:`ingest`."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from council import (
    Access,
    Address,
    Catalogue,
    DataFolder,
    Document,
    IngestReport,
    Page,
    ReadError,
    Refusal,
    State,
    UsageError,
    keep,
    sha256_of,
)
from council.settings import Settings
from ingest import ocr
from ingest.derive import derive
from ingest.lock import only_run
from ingest.personal_data import service_numbers
from ingest.reading import Limits, Read, Task, read_all
from ingest.report import as_json
from ingest.source import Found, look
from search import CUTTING, Embedder, SentenceTransformerEmbedder, build, cut

_HELD = Refusal(
    path="",
    reason="it seems to hold a citizen service number",
    remedy="have the number removed and deliver the document again",
)


class Progress:
    """Told how far a run is; this one says nothing."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins, with so many things to do."""

    def step(self, done: int) -> None:
        """So many things of the stage are done."""


@dataclass(kw_only=True)
class _Run:
    """What a run has at hand and what it has found out so far."""

    settings: Settings
    data: DataFolder
    catalogue: Catalogue
    municipality: str
    source: str
    progress: Progress
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    held: list[Refusal] = field(default_factory=list)
    waiting: list[Refusal] = field(default_factory=list)
    unchanged: int = 0
    pages: int = 0


def ingest(
    source: Path,
    data: DataFolder,
    settings: Settings,
    *,
    municipality: str = "gm0000",
    progress: Progress | None = None,
    embedder: Callable[[], Embedder] | None = None,
) -> IngestReport:
    """Read what is new or changed in a source, and publish it.

    Args:
        source: a folder of PDFs, with or without a manifest.
        data: the data folder; made if it is not there.
        settings: bounds, model and engine.
        municipality: whose papers these are; a data folder holds one municipality.
        progress: told how far the run is.
        embedder: gives another model than the settings ask for.

    Returns:
        What was done; nothing that was refused is left out.

    Raises:
        UsageError: the source or its manifest cannot be used; nothing was changed.
        DataError: another run is writing, or the data folder is damaged.
    """
    started = time.monotonic()
    found = look(source)
    with only_run(data.lock):
        catalogue = Catalogue(data.catalogue, create=True)
        try:
            _must_be_one_municipality(catalogue, municipality)
            run = _Run(
                settings=settings,
                data=data,
                catalogue=catalogue,
                municipality=municipality,
                source=str(source.resolve()),
                progress=progress or Progress(),
            )
            number = catalogue.start_run(dt.datetime.now(dt.UTC))
            _take_in(run, found)
            _cut_again(run)
            published = _publish(run, embedder)
            if _read_scans(run):
                published = _publish(run, embedder)
            report = _report(run, published, time.monotonic() - started)
            catalogue.finish_run(number, dt.datetime.now(dt.UTC), as_json(report))
            return report
        finally:
            catalogue.close()


def _must_be_one_municipality(catalogue: Catalogue, municipality: str) -> None:
    known = next(catalogue.documents(), None)
    if known is not None and known.municipality != municipality:
        raise UsageError(
            f"this data folder holds the papers of {known.municipality}, not of {municipality}; "
            "give each municipality a folder of its own"
        )


# What is new, changed, gone


def _take_in(run: _Run, found: list[Found]) -> None:
    known = run.catalogue.addresses(run.source)
    hashes: dict[str, str] = {}
    fresh: dict[str, list[Found]] = {}
    for item in found:
        address = known.get(item.path)
        if address is not None and (address.size, address.changed) == (item.size, item.changed):
            _unchanged(run, item, address)
            hashes[item.path] = address.document
            continue
        digest = sha256_of(item.file)
        hashes[item.path] = digest
        fresh.setdefault(digest, []).append(item)
    _read_fresh(run, fresh, known)
    _forget_vanished(run, known, {item.path for item in found})
    _follow_manifest(run, found, hashes)


def _unchanged(run: _Run, item: Found, address: Address) -> None:
    if not address.document:
        reason, _, remedy = address.refusal.partition("\t")
        run.refused.append(Refusal(path=item.path, reason=reason, remedy=remedy))
        return
    document = run.catalogue.document(address.document)
    if document is None:
        return
    run.unchanged += 1
    if document.state is State.HELD:
        run.held.append(replace(_HELD, path=item.path))
    described = _described(item, document)
    if described != document:
        with run.catalogue.writing():
            run.catalogue.describe(described)


def _read_fresh(run: _Run, fresh: Mapping[str, list[Found]], known: Mapping[str, Address]) -> None:
    """Read the bytes that were never read before; bytes that are known only get one more address."""
    tasks = []
    for digest, items in fresh.items():
        items.sort(key=lambda item: (item.entry is None, item.path))
        run.duplicates += [item.path for item in items[1:]]
        document = run.catalogue.document(digest)
        if document is None:
            tasks.append(Task(key=digest, file=items[0].file, repaired=run.data.reading(digest)))
            continue
        with run.catalogue.writing():
            if document.state is State.WITHDRAWN:
                run.catalogue.set_state(digest, State.LIVE)
                run.added.append(items[0].path)
            elif items[0].path not in known:
                run.duplicates.append(items[0].path)
            else:
                run.unchanged += 1
            _address(run, digest, items, known)
    run.progress.stage("read", len(tasks))
    limits = _limits(run.settings)
    workers = run.settings.workers or os.cpu_count() or 1
    for done, (task, outcome) in enumerate(read_all(tasks, limits, workers=min(workers, max(1, len(tasks)))), start=1):
        _store(run, fresh[task.key], task, outcome, known)
        run.progress.step(done)


def _store(
    run: _Run, items: list[Found], task: Task, outcome: Read | ReadError, known: Mapping[str, Address]
) -> None:
    """Put one document that was read into the catalogue, or write down why it could not be read."""
    first = items[0]
    if isinstance(outcome, ReadError):
        for item in items:
            run.refused.append(Refusal(path=item.path, reason=outcome.reason, remedy=outcome.remedy))
        with run.catalogue.writing():
            _address(run, "", items, known, refusal=f"{outcome.reason}\t{outcome.remedy}")
        return
    keep(first.file, run.data.original(task.key))
    document = _document(run, first, task.key, outcome)
    if any(True for page in outcome.pages for _ in service_numbers(page.text)):
        document = replace(document, state=State.HELD)
        run.held += [replace(_HELD, path=item.path) for item in items]
    with run.catalogue.writing():
        run.catalogue.put(document, outcome.pages, cut(document, outcome.pages), cutting=CUTTING)
        _address(run, task.key, items, known)
    (run.changed if first.path in known and known[first.path].document else run.added).append(first.path)
    run.pages += len(outcome.pages)


def _document(run: _Run, item: Found, digest: str, read: Read) -> Document:
    derived = derive(item.path, read.title, read.pages)
    bare = Document(
        sha256=digest,
        title=derived.title,
        kind=derived.kind,
        municipality=run.municipality,
        body=derived.body,
        date=derived.date,
        case_number=derived.case_number,
        access=derived.access,
        page_count=len(read.pages),
        filename=item.path,
        derived=frozenset({"title", "kind", "date", "body", "case_number", "access"}),
    )
    return _described(item, bare)


def _described(item: Found, document: Document) -> Document:
    """Return the document with what the manifest says of it; what it says is no longer derived."""
    entry = item.entry
    if entry is None:
        return document
    said = {
        "title": entry.title,
        "kind": entry.kind,
        "date": entry.date,
        "body": entry.body,
        "meeting": entry.meeting,
        "agenda_item": entry.agenda_item,
        "case_number": entry.case_number,
        "source_url": entry.source_url,
        # A manifest that lists a file without a word on access calls it public: that is what it is listed for.
        "access": entry.access or Access.OPENBAAR,
    }
    given = {name: value for name, value in said.items() if value}
    return replace(document, **given, derived=document.derived - given.keys())  # type: ignore[arg-type]


def _address(
    run: _Run, digest: str, items: Iterable[Found], known: Mapping[str, Address], *, refusal: str = ""
) -> None:
    for item in items:
        before = known.get(item.path)
        run.catalogue.put_address(
            Address(
                source=run.source,
                path=item.path,
                document=digest,
                size=item.size,
                changed=item.changed,
                refusal=refusal,
            )
        )
        if before is not None and before.document not in ("", digest):
            _leave(run, before.document, State.SUPERSEDED)
            if digest:
                _is_version_of(run, digest, before.document)


def _forget_vanished(run: _Run, known: Mapping[str, Address], present: set[str]) -> None:
    for path in sorted(known.keys() - present):
        with run.catalogue.writing():
            run.catalogue.drop_address(run.source, path)
            if known[path].document and _leave(run, known[path].document, State.WITHDRAWN):
                run.withdrawn.append(path)


def _leave(run: _Run, digest: str, state: State) -> bool:
    """Take a document out of search if it no longer has any address; say whether it went."""
    document = run.catalogue.document(digest)
    if document is None or document.state is State.SUPERSEDED or run.catalogue.addresses_of(digest):
        return False
    run.catalogue.set_state(digest, state)
    return True


def _is_version_of(run: _Run, new: str, old: str) -> None:
    document = run.catalogue.document(new)
    if document is not None and document.version_of != old:
        run.catalogue.describe(replace(document, version_of=old))


def _follow_manifest(run: _Run, found: list[Found], hashes: Mapping[str, str]) -> None:
    """Carry out what the manifest says about older versions and papers that were taken back."""
    for item in found:
        digest = hashes.get(item.path, "")
        document = run.catalogue.document(digest) if digest and item.entry else None
        if document is None or item.entry is None:
            continue
        older = hashes.get(item.entry.replaces, "") if item.entry.replaces else ""
        with run.catalogue.writing():
            if older and older != digest:
                _is_version_of(run, digest, older)
                run.catalogue.set_state(older, State.SUPERSEDED)
            if item.entry.withdrawn and document.state is State.LIVE:
                run.catalogue.set_state(digest, State.WITHDRAWN)
                run.withdrawn.append(item.path)


# Passages, index, scans


def _cut_again(run: _Run) -> None:
    """Cut documents again that were cut by an older program; their addresses stay what they were."""
    for digest in run.catalogue.cut_otherwise(CUTTING):
        document = run.catalogue.document(digest)
        if document is not None:
            with run.catalogue.writing():
                run.catalogue.recut(digest, cut(document, run.catalogue.pages(digest)), cutting=CUTTING)


def _publish(run: _Run, embedder: Callable[[], Embedder] | None) -> str:
    chosen = embedder or (lambda: SentenceTransformerEmbedder.from_settings(run.settings))

    def told(done: int, documents: int) -> None:
        if done == 0:
            run.progress.stage("index", documents)
        run.progress.step(done)

    generation = build(
        run.settings, run.data, run.catalogue, chosen, municipality=run.municipality, progress=told
    )
    return generation.name


def _read_scans(run: _Run) -> bool:
    """Read the scanned pages; say whether any text came of it."""
    digests = run.catalogue.waiting()
    if not digests:
        return False
    if not (run.settings.ocr and ocr.available(run.settings.ocr_language)):
        why = "it has scanned pages and no OCR is at hand" if run.settings.ocr else "OCR is switched off"
        run.waiting += [Refusal(path=_name(run, d), reason=why, remedy=ocr.REMEDY) for d in digests]
        return False
    run.progress.stage("scan", len(digests))
    for done, digest in enumerate(digests, start=1):
        try:
            _read_scan(run, digest)
        except ReadError as error:
            run.waiting.append(Refusal(path=_name(run, digest), reason=error.reason, remedy=error.remedy))
        run.progress.step(done)
    return True


def _read_scan(run: _Run, digest: str) -> None:
    document = run.catalogue.document(digest)
    if document is None:
        return
    target = run.data.reading(digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part.pdf")
    original = run.data.readable_copy(digest)
    jobs = run.settings.workers or os.cpu_count() or 1
    settings = run.settings
    ocr.add_text_layer(original, part, language=settings.ocr_language, seconds=settings.ocr_seconds, jobs=jobs)
    task = Task(key=digest, file=part, repaired=part.with_suffix(".repaired.pdf"))
    _, outcome = next(iter(read_all([task], _limits(settings), workers=1)))
    if isinstance(outcome, ReadError):
        part.unlink(missing_ok=True)
        raise outcome
    before = run.catalogue.pages(digest)
    pages = tuple(
        replace(new, label=old.label, ocr=old.waiting, waiting=False) for old, new in zip(before, outcome.pages, strict=True)
    )
    part.replace(target)
    described = _derive_again(document, pages)
    if any(True for page in pages for _ in service_numbers(page.text)):
        described = replace(described, state=State.HELD)
        run.held.append(replace(_HELD, path=document.filename))
    with run.catalogue.writing():
        run.catalogue.put(described, pages, cut(described, pages), cutting=CUTTING)


def _derive_again(document: Document, pages: tuple[Page, ...]) -> Document:
    """Read the description off a document that was an image the first time; what the manifest said stays."""
    derived = derive(document.filename, "", pages)
    found = {name: getattr(derived, name) for name in document.derived}
    return replace(document, **{name: value for name, value in found.items() if value})


def _name(run: _Run, digest: str) -> str:
    document = run.catalogue.document(digest)
    return document.filename if document else digest


def _limits(settings: Settings) -> Limits:
    passwords: tuple[str, ...] = ()
    if settings.passwords:
        try:
            passwords = tuple(Path(settings.passwords).read_text(encoding="utf-8").splitlines())
        except OSError as error:
            raise UsageError(f"RAADSPOOR_PASSWORDS: {error}") from error
    return Limits(
        seconds=settings.read_seconds,
        megabytes=settings.read_megabytes,
        most_pages=settings.max_pages,
        most_megabytes=settings.max_megabytes,
        passwords=passwords,
    )


def _report(run: _Run, generation: str, seconds: float) -> IngestReport:
    return IngestReport(
        source=run.source,
        added=tuple(run.added),
        changed=tuple(run.changed),
        withdrawn=tuple(run.withdrawn),
        unchanged=run.unchanged,
        duplicates=tuple(run.duplicates),
        held=tuple(run.held),
        waiting=tuple(run.waiting),
        refused=tuple(sorted(run.refused, key=lambda refusal: refusal.path)),
        pages=run.pages,
        passages=sum(len(run.catalogue.passages_of(d.sha256)) for d in run.catalogue.documents()),
        seconds=seconds,
        generation=generation,
    )
