"""The clerk's nights: many papers at once, the night after without news, and one with a few new papers.

The real papers are copied again and again, each copy with a line of its own at its end, so that no two have the same
bytes. Their words repeat, which spares the program looking at a new word; their pages, passages and vectors do not.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count, islice
from pathlib import Path

import psutil

from bench.collections import MUNICIPALITY
from bench.machine import own_bytes
from bench.results import Figures, NotHereError
from council import DataFolder, IngestReport
from council.settings import Settings
from ingest import ingest
from ingest.progress import Progress

PAPERS = Path("council_pdfs")
"""Within the material: real papers, a folder for each kind."""
_LOOK = 0.5
"""Seconds between two looks at how much memory all processes take."""
_ENOUGH = 20
"""Steps of a stage from which its thirds can be held against each other."""
_NEWS = 20
"""Papers that come in on a small night."""


def papers(material: Path) -> list[Path]:
    """Return the real papers.

    Raises:
        NotHereError: they are not on this machine.
    """
    found = sorted((material / PAPERS).rglob("*.pdf"))
    if not found:
        raise NotHereError(f"no papers lie in {PAPERS} of the material")
    return found


def nights(folder: Path, material: Path, pages: int) -> Figures:
    """Take in so many pages, end to end and published, without OCR; then a night without news, and one with a few.

    Args:
        folder: an empty folder, for the copies and for the data.
        material: where the real papers lie.
        pages: at least so many.
    """
    source, data = folder / "source", DataFolder(folder / "data")
    every = papers(material)
    fill = _copies(every, source)
    settings = Settings(ocr=False)
    per_round = _pages_of(every, folder, settings)
    _deliver(fill, -(-pages // per_round) * len(every))
    watch = _Watch()
    with _memory() as memory:
        report, seconds = _night(source, data, settings, watch)
    _, idle = _night(source, data, settings)
    _deliver(fill, _NEWS)
    _, small = _night(source, data, settings)
    return {
        "pages": report.pages,
        "passages": report.passages,
        "files": len(report.added),
        "seconds": round(seconds, 1),
        "pages_per_second": round(report.pages / seconds, 1),
        **{f"{stage.name}_seconds": round(stage.seconds, 1) for stage in report.stages},
        **watch.figures(),
        "peak_mib": memory.most,
        "second_run_seconds": round(idle, 2),
        "small_night_files": _NEWS,
        "small_night_seconds": round(small, 1),
    }


class _Watch(Progress):
    """Notes when each stage was how far."""

    def __init__(self) -> None:
        self._seen: dict[str, list[tuple[float, float]]] = {}
        self._name, self._total = "", 1

    def stage(self, name: str, total: int) -> None:
        """Begin to note another stage."""
        self._name, self._total = name, max(total, 1)
        self._seen[name] = [(time.perf_counter(), 0.0)]

    def step(self, done: int, *, pages: int = 0) -> None:
        """Note how far it is."""
        self._seen[self._name].append((time.perf_counter(), done / self._total))

    def figures(self) -> Figures:
        """Return for each stage how much longer its last third took than its middle one; the first holds the start."""
        return {
            f"{name}_growth": round(self._seconds(name, 2 / 3, 1.0) / max(self._seconds(name, 1 / 3, 2 / 3), 1e-9), 2)
            for name, seen in self._seen.items()
            if len(seen) > _ENOUGH
        }

    def _seconds(self, name: str, low: float, high: float) -> float:
        seen = self._seen[name]
        return next(at for at, share in seen if share >= high) - next(at for at, share in seen if share >= low)


class _Memory:
    """The most that this process and those that it started held at one time, in MiB."""

    def __init__(self) -> None:
        self.most = 0

    def look(self) -> None:
        """Look once."""
        held = 0
        for process in [me := psutil.Process(os.getpid()), *me.children(recursive=True)]:
            with suppress(psutil.Error):
                held += own_bytes(process)
        self.most = max(self.most, held >> 20)


@contextmanager
def _memory() -> Iterator[_Memory]:
    memory, over = _Memory(), threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK):
            memory.look()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        over.set()
        thread.join()


def _night(
    source: Path, data: DataFolder, settings: Settings, progress: Progress | None = None
) -> tuple[IngestReport, float]:
    began = time.perf_counter()
    report = ingest(source, data, settings, municipality=MUNICIPALITY, progress=progress)
    return report, time.perf_counter() - began


def _copies(every: Sequence[Path], source: Path) -> Iterator[Path]:
    """Write copy after copy, each as it is asked for."""
    for number in count():
        for file in every:
            target = source / f"{number:03d}" / f"{file.parent.name}-{file.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes() + b"\n%% copy %d\n" % number)
            yield target


def _deliver(copies: Iterator[Path], files: int) -> None:
    """Have so many more copies written."""
    for _ in islice(copies, files):
        pass


def _pages_of(every: Sequence[Path], folder: Path, settings: Settings) -> int:
    """Return how many pages the papers hold, by taking them in once; that warms the machine up too."""
    once = folder / "once"
    _deliver(_copies(every, once), len(every))
    return ingest(once, DataFolder(folder / "warm"), settings, municipality=MUNICIPALITY).pages
