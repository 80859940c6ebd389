"""Progress on standard error: bars on a terminal, through Rich, and a line now and then for a log or a mail of cron."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from ingest.pace import UNITS, Pace

EVERY = 30.0
"""Seconds between two lines of one stage, at least."""

_NAMES = {"read": "Reading PDFs", "index": "Indexing passages", "scan": "Reading scans"}


class Progress:
    """Told how far a run is; this one says nothing, except what went wrong."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins, with so many things to do."""

    def step(self, done: int, *, pages: int = 0) -> None:
        """So many things of the stage are done, and so many pages were read in it, where it counts pages."""

    def warn(self, text: str) -> None:
        """Say what went wrong beside the run, even where nobody looks; the text must hold no control characters."""
        sys.stderr.write(f"raadspoor-ingest: {text}\n")


@contextmanager
def shown(*, quiet: bool) -> Iterator[Progress]:
    """Show progress on standard error while a run goes on: bars if that is a terminal, else lines.

    Args:
        quiet: show nothing, because a program reads what the command says.
    """
    console = Console(stderr=True)
    if quiet:
        yield Progress()
    elif not console.is_terminal:
        yield Lines(sys.stderr)
    else:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TextColumn("{task.fields[left]}"),
        )
        with Bars(*columns, console=console) as bars:
            yield Shown(bars)


class Shown(Progress):
    """A bar for each stage, with its speed and the time that is left."""

    def __init__(self, bars: Bars, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._bars = bars
        self._clock = clock
        self._task: TaskID | None = None
        self._pace: Pace | None = None

    def stage(self, name: str, total: int) -> None:
        """Begin a bar."""
        self._pace = Pace(name=name, total=total, began=self._clock())
        self._task = self._bars.add_task(_NAMES[name], total=total, speed="", left="") if total else None

    def step(self, done: int, *, pages: int = 0) -> None:
        """Move it on."""
        if self._task is not None and self._pace is not None:
            now = self._clock()
            speed, left = self._pace.speed(done, pages, now), self._pace.left(done, now)
            self._bars.update(self._task, completed=done, speed=speed, left=left)


class Lines(Progress):
    """A line where a stage begins and ends, and at most one every half minute in between."""

    def __init__(
        self,
        out: TextIO,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        self._out = out
        self._clock = clock
        self._now = now
        self._pace: Pace | None = None
        """The stage that goes on; none between two, and none where there is nothing to do."""
        self._said = 0.0

    def stage(self, name: str, total: int) -> None:
        """Say that a stage begins."""
        self._pace = Pace(name=name, total=total, began=self._clock()) if total else None
        if total:
            self._say(f"{name} begins, {total} {UNITS[name]}")

    def step(self, done: int, *, pages: int = 0) -> None:
        """Say how far it is, if that was not said a moment ago, or that it is done."""
        if self._pace is None:
            return
        now, pace = self._clock(), self._pace
        if done >= pace.total:
            self._pace = None
            self._say(f"{pace.name} done", f"{pace.total} {UNITS[pace.name]}", pace.speed(done, pages, now))
        elif now - self._said >= EVERY:
            so_far = f"{pace.name} {done}/{pace.total} {UNITS[pace.name]}"
            self._say(so_far, pace.speed(done, pages, now), pace.left(done, now))

    def _say(self, *parts: str) -> None:
        self._said = self._clock()
        with suppress(OSError):  # a log that is full or gone is no reason to stop reading papers
            self._out.write(f"{self._now():%Y-%m-%dT%H:%M:%S} {', '.join(part for part in parts if part)}\n")
            self._out.flush()
