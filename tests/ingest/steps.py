"""Every step that a run takes on the disk, numbered, so that a test can kill the run or fill the disk at any of them.

The steps are heard from the interpreter itself (audit hooks, and SQLite's own trace), not from our code: a step that is
added to the product is a step here too. What the embedded engine does, no interpreter hears; its calls are wrapped.
"""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.running import Run
from search.index_edge import EdgeIndex

_HEARD = {"open": "write", "os.rename": "rename", "os.mkdir": "mkdir", "os.remove": "remove", "os.rmdir": "rmdir"}
_WRITING = os.O_WRONLY | os.O_RDWR
_STATEMENTS = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE")
_ENGINE = ("upsert", "delete", "flush", "optimize", "close")

Strike = Callable[[int, str], None]
"""Called before each step, with its number and its kind."""


class Steps:
    """Listens to this process, which is made for it: what is listened to here cannot be undone.

    Args:
        root: the data folder; what happens elsewhere is no step.
        strike: what happens at which step.
    """

    def __init__(self, root: Path, strike: Strike) -> None:
        self.taken: list[str] = []
        """What each step was: its stage, its kind and its place."""
        self._root = f"{root}{os.sep}"
        self._stage = "begin"
        self._strike = strike
        self._telling = False
        sys.addaudithook(self._hear)
        self._follow_stages()
        self._follow_catalogue()
        for name in _ENGINE:
            self._wrap(name)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _HEARD and not self._telling and isinstance(args[0], (str, os.PathLike)):
            if event == "open" and not (isinstance(args[2], int) and args[2] & _WRITING):
                return
            path = os.fspath(args[0])
            # Whoever deletes a tree names what lies in it without its folder.
            if path.startswith(self._root):
                self._tell(_HEARD[event], _place(path.removeprefix(self._root)))
            elif event in ("os.remove", "os.rmdir") and os.sep not in path:
                self._tell(_HEARD[event], "in a tree")

    def _hear_statement(self, statement: str) -> None:
        words = statement.split()
        if words and words[0] in _STATEMENTS:
            self._tell("catalogue", words[0].lower())

    def _tell(self, kind: str, what: str) -> None:
        self._telling = True
        try:
            self.taken.append(f"{self._stage}: {kind} {what}")
            self._strike(len(self.taken) - 1, kind)
        finally:
            self._telling = False

    def _follow_stages(self) -> None:
        real = Run.timed

        @contextmanager
        def timed(run: Run, stage: str) -> Iterator[None]:
            self._stage = stage
            try:
                with real(run, stage):
                    yield
            finally:
                self._stage = f"after {stage}"

        Run.timed = timed  # type: ignore[method-assign]

    def _follow_catalogue(self) -> None:
        real = sqlite3.connect

        def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            connection = real(*args, **kwargs)
            connection.set_trace_callback(self._hear_statement)
            return connection

        sqlite3.connect = connect  # type: ignore[assignment]

    def _wrap(self, name: str) -> None:
        real = getattr(EdgeIndex, name)

        def told(index: EdgeIndex, *args: Any) -> Any:
            self._tell("engine", name)
            return real(index, *args)

        setattr(EdgeIndex, name, told)


def _place(path: str) -> str:
    """Return where a file lies, without what differs from run to run."""
    top, *rest = Path(path).parts
    if top != "index" or not rest:
        return top
    if len(rest) > 1:
        return f"index/…/{rest[1]}"
    return f"index/{rest[0] if '.' in rest[0] else '…'}"


@dataclass(frozen=True, kw_only=True, slots=True)
class KilledAt:
    """Ends this process at a step, as a power cut would."""

    number: int

    def __call__(self, at: int, kind: str) -> None:
        """Strike."""
        if at == self.number:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True, kw_only=True, slots=True)
class FullFrom:
    """Lets nothing be written from a step on, though things can still be removed."""

    number: int

    def __call__(self, at: int, kind: str) -> None:
        """Strike."""
        if at >= self.number and kind in ("write", "mkdir"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def never(at: int, kind: str) -> None:
    """Let every step be taken."""
