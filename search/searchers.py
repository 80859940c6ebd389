"""Several engines in processes of their own, for more questions at once than one can answer.

One :class:`search.Engine` takes one question at a time, for Python runs one thread at a time. Here each question goes
to a process that is free. All read the same index, each with the model and what it loads beside it, so the price is
memory. Whoever asks notices no difference: the same questions get the same answers, and the same errors are raised.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
from collections.abc import Callable
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, TypeVar

from council import Answer, Catalogue, DataError, DataFolder, Query, RaadspoorError, Results, Suggestion
from council.settings import Settings
from search.engine import Engine
from search.generation import Generation, must_be_live

A = TypeVar("A")
R = TypeVar("R")

_PATIENCE = 10.0
"""Seconds that a process has to finish what it does when all end."""
_ENDED = "ended, most likely for want of memory; make room in memory, or set RAADSPOOR_SEARCHERS to less"


class Searches(Protocol):
    """Answers questions about one data folder. Threads may share it."""

    data: DataFolder
    catalogue: Catalogue

    @property
    def generation(self) -> Generation:
        """The generation that answers now."""
        ...

    def search(self, query: Query) -> Results:
        """Return one page of documents for a question."""
        ...

    def ask(self, query: Query) -> tuple[Results, Answer]:
        """Return one page of documents and the cited answer."""
        ...

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Return what somebody who is typing may mean, out of public papers."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


def open_searches(data: DataFolder, settings: Settings) -> Searches:
    """Return what answers questions, ready for the first: an engine in this process, or as many as the settings say.

    Raises:
        RaadspoorError: whatever an :class:`Engine` raises.
    """
    if settings.searchers > 1:
        return Searchers(data, settings)
    engine = Engine(data, settings)
    try:
        engine.warm()
    except BaseException:
        engine.close()
        raise
    return engine


class Searchers:
    """As many engines as the settings say, each in a process of its own. Threads may share it.

    Args:
        data: the data folder.
        settings: how many, and how each of them searches.

    Raises:
        RaadspoorError: whatever an :class:`Engine` raises.
    """

    def __init__(self, data: DataFolder, settings: Settings) -> None:
        self.data = data
        self.catalogue = Catalogue(data.catalogue)
        self._settings = settings
        self._cores = _cores()
        self._all = [self._begun(number) for number in range(settings.searchers)]
        self._free: queue.Queue[int] = queue.Queue()
        """The numbers of those that nobody waits for."""
        try:
            for number, searcher in enumerate(self._all):
                searcher.wait()
                self._free.put(number)
        except EOFError:
            self.close()
            raise DataError(f"a process that searches {_ENDED}") from None
        except RaadspoorError:
            self.close()
            raise

    @property
    def generation(self) -> Generation:
        """The generation that is live."""
        return must_be_live(self.data)

    def search(self, query: Query) -> Results:
        """Return one page of documents for a question."""
        return self._asked(Engine.search, query)

    def ask(self, query: Query) -> tuple[Results, Answer]:
        """Return one page of documents and the cited answer."""
        return self._asked(Engine.ask, query)

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Return what somebody who is typing may mean, out of public papers."""
        return self._asked(Engine.suggest, typed)

    def close(self) -> None:
        """End the processes and let go of the catalogue."""
        for searcher in self._all:
            searcher.close()
        self.catalogue.close()

    def _asked(self, call: Callable[[Engine, A], R], asked: A) -> R:
        """Let a process that is free make a call; if that one is ended meanwhile, another, until all were tried."""
        for _ in (*self._all, None):
            number = self._free.get()
            try:
                return self._all[number].made(call, asked)
            except EOFError:
                self._all[number].close()
                self._all[number] = self._begun(number)
            finally:
                self._free.put(number)
        raise DataError(f"every process that searches {_ENDED}")

    def _begun(self, number: int) -> _Searcher:
        core = self._cores[number % len(self._cores)] if self._cores else None
        return _Searcher(self.data, self._settings, core)


class _Searcher:
    """One process with one engine. Only one thread may use it at a time."""

    def __init__(self, data: DataFolder, settings: Settings, core: int | None) -> None:
        # A fresh interpreter: a fork of a process with threads and open databases is not safe.
        context = multiprocessing.get_context("spawn")
        self._line, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, data.root, settings, core), daemon=True)
        self._process.start()
        far.close()
        self._is_ready = False

    def wait(self) -> None:
        """Wait until its engine is open.

        Raises:
            RaadspoorError: it cannot be opened.
            EOFError: the process was ended.
        """
        if not self._is_ready:
            self._heard()
            self._is_ready = True

    def made(self, call: Callable[[Engine, A], R], asked: A) -> R:
        """Return what a call gives there, or raise what it raises.

        Raises:
            EOFError: the process was ended, or its engine could not be opened.
        """
        self.wait()
        try:
            self._line.send((call, asked))
        except OSError:
            raise EOFError from None
        found: R = self._heard()
        return found

    def _heard(self) -> Any:  # noqa: ANN401  # whatever the call gave
        try:
            found = self._line.recv()
        except OSError:
            raise EOFError from None
        if isinstance(found, Exception):
            raise found
        return found

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._line.send(None)
        self._process.join(_PATIENCE)
        self._process.kill()
        self._process.join()
        self._line.close()


def _cores() -> list[int]:
    """Return the numbers of the cores that this process may use; nothing on a system that does not tell."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def _serve(line: Connection, root: Path, settings: Settings, core: int | None) -> None:
    """Make calls on an engine until the line ends, which it does with the parent; Ctrl-C is meant for the parent.

    It stays on one core. The engine hands parts of every question to threads of its own, which on another core begin
    with cold caches: that costs an eighth of all the work, and here the other cores have questions of their own.
    """
    if core is not None:
        os.sched_setaffinity(0, {core})
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        engine = Engine(DataFolder(root), settings)
        engine.warm()
    except RaadspoorError as error:
        line.send(error)
        return
    with closing(engine), suppress(EOFError, BrokenPipeError):
        line.send(None)
        while (told := line.recv()) is not None:
            call, asked = told
            try:
                found = call(engine, asked)
            except Exception as error:  # it belongs to whoever asked
                found = error
            line.send(found)
