"""Files into the data folder and documents into the catalogue.

A file is copied first, and the copy is what is hashed, read and kept: so these three are about the same bytes, whatever
happens to the file meanwhile. Bytes are kept before the catalogue knows of them, and all that is known of one document
is written in one transaction: so a run may be killed at any moment, and the next one goes on.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from council import Address, DataError, Document, Event, ReadError, State, keep, sha256_of
from ingest.held import must_hold
from ingest.reading import Read, Task, read
from ingest.running import MAKE, Run, written
from ingest.source import Found, is_gone
from ingest.standing import described, explained, link_versions, redescribe, wanted_states
from ingest.workers import in_workers


@dataclass(kw_only=True)
class _Batch:
    """The files that are on their way."""

    number: int = 0
    done: int = 0
    at_hand: dict[str, list[Found]] = field(default_factory=dict)
    """Files that wait for the same bytes to be read."""
    refused: dict[str, ReadError] = field(default_factory=dict)
    """Bytes that could not be read: the next file with them need not be tried."""


def take_in(run: Run, items: Iterable[Found]) -> None:
    """Read files that are new or changed; bytes that are known already only get one more address."""
    wanted = list(items)
    run.progress.stage("read", len(wanted))
    batch = _Batch()
    workers = max(1, min(run.workers, len(wanted)))
    for task, outcome in in_workers(read, _tasks(run, wanted, batch), run.bounds, workers=workers):
        for_it = batch.at_hand.pop(task.sha256)
        if isinstance(outcome, ReadError):
            batch.refused[task.sha256] = outcome
            for item in for_it:
                refuse_for_good(run, item, outcome)
        else:
            _store(run, for_it, task, outcome)
        task.file.unlink(missing_ok=True)
        task.repaired.unlink(missing_ok=True)
        batch.done += len(for_it)
        run.progress.step(batch.done, pages=run.pages)
    run.progress.step(len(wanted), pages=run.pages)  # the last files may be copies, or could not be opened


def clear(run: Run) -> None:
    """Remove what a run that was killed left half copied."""
    shutil.rmtree(run.data.incoming, ignore_errors=True)


def find_moved(run: Run, fresh: Iterable[Found], vanished: Iterable[str]) -> set[str]:
    """Give documents whose file was only moved their new address, and return the new paths.

    They are looked for before anything is withdrawn, so that nobody misses them for the length of a night.
    """
    gone: dict[str, list[Address]] = {}
    for path in vanished:
        gone.setdefault(run.known[path].document, []).append(run.known[path])
    gone.pop("", None)
    sizes = {address.size for addresses in gone.values() for address in addresses}
    moved = set()
    for item in fresh:
        if item.size not in sizes or is_doubtful(run, item):
            continue
        try:
            digest = sha256_of(item.file)
        except OSError as error:
            cannot_be_opened(run, error)
            continue
        if digest in gone and run.data.original(digest).exists():
            attach(run, item, digest, moved_from=gone[digest])
            moved.add(item.path)
    return moved


def attach(run: Run, item: Found, digest: str, *, moved_from: Iterable[Address] = ()) -> None:
    """Give a document that is known another address, in place of those that it was moved from."""
    with run.catalogue.writing():
        run.catalogue.put_address(run.address(item, digest, moved_from=moved_from))
        _leave(run, item, digest)
        redescribe(run.catalogue, digest)


def _tasks(run: Run, items: Iterable[Found], batch: _Batch) -> Iterator[Task]:
    """Copy one file after another, and yield those whose bytes are new."""
    for item in items:
        staged = run.data.incoming / f"{batch.number}.pdf"
        batch.number += 1
        try:
            found, digest = _copied(run, item, staged)
        except ReadError as error:
            run.refuse(item.path, error)
            batch.done += 1
            continue
        except TooLarge as error:
            refuse_for_good(run, item, error.refusal)
            batch.done += 1
            continue
        if digest in batch.at_hand:
            batch.at_hand[digest].append(found)
        elif digest in batch.refused:
            refuse_for_good(run, found, batch.refused[digest])
            batch.done += 1
        elif run.catalogue.document(digest) is not None:
            _put(staged, run.data.original(digest))
            attach(run, found, digest)
            batch.done += 1
        else:
            batch.at_hand[digest] = [found]
            repaired = staged.with_suffix(".repaired.pdf")
            yield Task(sha256=digest, file=staged, repaired=repaired, path=found.path, limits=run.limits)
            continue
        staged.unlink(missing_ok=True)


class TooLarge(Exception):
    """A file is not worth copying; unlike what cannot be opened, that holds until it or a bound changes."""

    def __init__(self, refusal: ReadError) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def _copied(run: Run, item: Found, staged: Path) -> tuple[Found, str]:
    """Copy a file and return it as it was then, with its hash.

    Raises:
        TooLarge: it is not worth copying.
        ReadError: it cannot be opened, or changes just now.
    """
    must_be_fit(run, item)
    try:
        before = item.file.stat()
        digest = keep(item.file, staged)
        after = item.file.stat()
    except OSError as error:
        if str(error.filename) != str(item.file):
            raise
        raise cannot_be_opened(run, error) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError("it changed while it was being read", "run again when it is complete")
    return replace(item, size=after.st_size, changed=after.st_mtime_ns), digest


def cannot_be_opened(run: Run, error: OSError) -> ReadError:
    """Tell one file that cannot be opened, which is returned as a refusal, from a whole source that went away.

    Raises:
        DataError: it did. To refuse each of its files would hide that, and so would a withdrawal.
    """
    if is_gone(run.offer.root):
        raise DataError(
            f"{run.offer.root} went away while it was read ({error.strerror}); nothing was withdrawn for that, and "
            "what was read is kept: see to it that the folder is there and run again"
        ) from error
    return ReadError(
        f"the file cannot be opened ({error.strerror})",
        "let the user who runs this read it; what was known of it stays as it was",
    )


def must_be_fit(run: Run, item: Found) -> None:
    """Look at what can be known of a file without opening it.

    Raises:
        TooLarge: it is not worth copying.
        ReadError: it may be secret.
    """
    if is_doubtful(run, item):
        raise ReadError(
            f"it has no line in the manifest, and the line for {run.looked_at.unmatched} restricts access and has no "
            "file",
            "correct the name in the manifest, so that nothing secret is shown by mistake",
        )
    if item.size > run.settings.max_megabytes << 20:
        raise TooLarge(
            ReadError(f"the file is {item.size >> 20} MiB", "make it smaller, or raise RAADSPOOR_MAX_MEGABYTES")
        )


def is_doubtful(run: Run, item: Found) -> bool:
    """Say whether a file must wait, since a line that restricts access may have been meant for it."""
    return bool(run.looked_at.unmatched) and item.entry is None


def refuse_for_good(run: Run, item: Found, error: ReadError) -> None:
    """Write down that a file could not be read, and within which bounds that holds."""
    before = run.known.get(item.path)
    if before is not None and before.document:
        error = ReadError(error.reason, f"{error.remedy}; until then its former version is not shown either")
    with run.catalogue.writing():
        run.catalogue.put_address(run.address(item, "", refusal=written(error, run.mark)))
        _leave(run, item, "")


def _store(run: Run, items: list[Found], task: Task, found: Read) -> None:
    """Put one document that was read into the catalogue."""
    digest = task.sha256
    _put(task.file, run.data.original(digest))
    if task.repaired.exists():
        _put(task.repaired, run.data.reading(digest))
    else:
        run.data.reading(digest).unlink(missing_ok=True)
    write_down(run, items, digest, found)


def write_down(run: Run, items: list[Found], digest: str, found: Read) -> None:
    """Put what was read of one document into the catalogue, in one transaction."""
    refusal = written(_partly(found.failed), run.mark) if found.failed else ""
    addresses = [run.address(item, digest, refusal=refusal) for item in items]
    with run.catalogue.writing():
        for address in addresses:
            run.catalogue.put_address(address)
        document = _document(run, digest, found, addresses)
        run.catalogue.put(document, found.pages, found.understood.passages, cutting=MAKE, pdf_title=found.pdf_title)
        run.catalogue.explain(digest, explained(document, found.understood.derived))
        for item in items:
            _leave(run, item, digest)
        run.catalogue.news.tell(digest, Event.ADDED)
        if document.state is State.WITHDRAWN:
            run.catalogue.news.withdraw(digest, document.filename)
    run.pages += len(found.pages)
    run.count_personal(found.understood.counts)


def _document(run: Run, digest: str, found: Read, addresses: list[Address]) -> Document:
    own = found.understood.derived
    bare = Document(
        sha256=digest,
        title=own.title,
        kind=own.kind,
        municipality=run.municipality,
        body=own.body,
        date=own.date,
        page_count=len(found.pages),
        state=wanted_states(addresses, run.today)[digest],
    )
    personal = found.understood.personal
    if bare.state is State.LIVE and must_hold(run.catalogue, digest, found.pages, personal=personal):
        bare = replace(bare, state=State.HELD)
    return described(bare, own, addresses)


def _partly(failed: tuple[int, ...]) -> ReadError:
    listed = ", ".join(map(str, failed[:10])) + (" …" if len(failed) > 10 else "")
    return ReadError(f"page {listed} could not be read", "open it in a viewer, save it anew and deliver it again")


def _put(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    file.replace(target)


def _leave(run: Run, item: Found, digest: str) -> None:
    """See to the document that lay at this path until now, if it was another one."""
    before = run.known.get(item.path)
    if before is None or before.document in ("", digest):
        return
    if run.catalogue.addresses_of(before.document):
        redescribe(run.catalogue, before.document)
        return
    run.catalogue.set_state(before.document, State.SUPERSEDED)
    if digest:
        run.catalogue.news.follow(digest, before.document)
        link_versions(run.catalogue, digest, before.document)
