"""Reading one PDF in a process of its own, with bounds on time, memory, pages and size.

A file from outside may be made to crash, hang or swell its reader. So nothing is parsed in the process that writes the
catalogue: a worker does it, and what happens to the worker happens to that one file.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from council import Page, ReadError

_HEADER = 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A file to read."""

    key: str
    """What the caller knows it by."""
    file: Path
    repaired: Path
    """Where a rewritten copy may be put, if the file can only be read so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The bounds within which a file must be read."""

    seconds: int
    megabytes: int
    most_pages: int
    most_megabytes: int
    passwords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What was read of one file."""

    key: str
    pages: tuple[Page, ...]
    title: str
    """What the PDF's own information says; often nothing, or nonsense."""


def read(task: Task, limits: Limits) -> Read:
    """Read one PDF, in this process.

    Raises:
        ReadError: it is no PDF, too large, locked, damaged, or has no pages.
    """
    from ingest.pdf_about import read_about, rewrite
    from ingest.pdf_text import read_pages

    _must_be_pdf(task.file, limits)
    about = read_about(task.file, passwords=limits.passwords)
    try:
        texts = read_pages(task.file, password=about.password, most=limits.most_pages)
    except ReadError:
        task.repaired.parent.mkdir(parents=True, exist_ok=True)
        if about.password is not None or not rewrite(task.file, task.repaired):
            raise
        try:
            texts = read_pages(task.repaired, password=None, most=limits.most_pages)
        except ReadError:
            task.repaired.unlink(missing_ok=True)
            raise
    labels = about.labels if len(about.labels) == len(texts) else ("",) * len(texts)
    pages = tuple(
        Page(number=number, text=page.text, label=label if label != str(number) else "", waiting=page.scan)
        for number, (page, label) in enumerate(zip(texts, labels, strict=True), start=1)
    )
    return Read(key=task.key, pages=pages, title=about.title)


def read_all(tasks: Iterable[Task], limits: Limits, *, workers: int) -> Iterator[tuple[Task, Read | ReadError]]:
    """Read many PDFs in worker processes and yield each as it is done, in the order of the tasks.

    Args:
        tasks: what to read; taken only as fast as they are done, so a long list costs no memory.
        limits: the bounds for each.
        workers: how many processes.
    """
    waiting: list[tuple[Task, ProcessFuture]] = []
    rest = iter(tasks)
    # A fresh interpreter per worker: a fork of a process with threads and open databases is not safe.
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=workers, max_tasks=500, context=context, initializer=_bound, initargs=(limits,)) as pool:
        try:
            while True:
                for task in islice(rest, workers * 4 - len(waiting)):
                    waiting.append((task, pool.schedule(read, args=(task, limits), timeout=limits.seconds)))
                if not waiting:
                    break
                task, future = waiting.pop(0)
                yield task, _outcome(future, limits)
        finally:
            for _, future in waiting:
                future.cancel()
            pool.stop()


def _outcome(future: ProcessFuture, limits: Limits) -> Read | ReadError:
    try:
        found: Read = future.result()
        return found
    except ReadError as error:
        return error
    except FutureTimeout:
        return ReadError(f"reading took over {limits.seconds} s", "raise RAADSPOOR_READ_SECONDS, or ask for a simpler PDF")
    except MemoryError:
        return ReadError(f"reading took over {limits.megabytes} MiB", "raise RAADSPOOR_READ_MEGABYTES")
    except ProcessExpired as error:
        return ReadError(f"it crashed its reader (exit {error.exitcode})", "open it in a viewer and save it anew")
    except Exception as error:  # whatever else a hostile file provokes in a parser is that file's fault alone
        return ReadError(f"it could not be read ({type(error).__name__}: {str(error)[:200]})", "save it anew")


def _must_be_pdf(file: Path, limits: Limits) -> None:
    size = file.stat().st_size
    if size == 0:
        raise ReadError("the file is empty", "ask the sender for the document again")
    if size > limits.most_megabytes << 20:
        raise ReadError(f"the file is {size >> 20} MiB", "make it smaller, or raise RAADSPOOR_MAX_MEGABYTES")
    with file.open("rb") as opened:
        if b"%PDF-" not in opened.read(_HEADER):
            raise ReadError("it is not a PDF", "convert it to PDF")


def _bound(limits: Limits) -> None:
    """Bound the memory of a worker; a file that needs more fails alone."""
    most = limits.megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
