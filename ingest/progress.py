"""Progress on a terminal, through Rich; silence where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

_NAMES = {"read": "Reading PDFs", "index": "Indexing passages", "scan": "Reading scans"}


class Progress:
    """Told how far a run is; this one says nothing."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins, with so many things to do."""

    def step(self, done: int) -> None:
        """So many things of the stage are done."""

    def warn(self, text: str) -> None:
        """Say what went wrong beside the run, even where nobody looks; the text must hold no control characters."""
        sys.stderr.write(f"raadspoor-ingest: {text}\n")


@contextmanager
def shown(*, quiet: bool) -> Iterator[Progress]:
    """Show progress on standard error while a run goes on, if that is a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield Progress()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console) as bars:
        yield _Shown(bars)


class _Shown(Progress):
    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def stage(self, name: str, total: int) -> None:
        self._task = self._bars.add_task(_NAMES[name], total=total) if total else None

    def step(self, done: int) -> None:
        if self._task is not None:
            self._bars.update(self._task, completed=done)
