"""Worker processes with bounds on time and memory, through ``pebble``. The only module that imports it.

A file from outside may be made to crash, hang or swell its reader. So nothing is parsed in the process that writes the
catalogue: a worker does it, and what happens to the worker happens to that one file.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import time
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from council import ReadError, die_with

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4
"""Tasks per worker that are handed over before they are needed."""
_PER_WORKER = 500
"""Tasks after which a worker is replaced, so that what a library leaks is given back."""
_GRACE = 60
"""Seconds over the bound after which a pool that finished nothing is taken for broken."""
_CRASHED = ReadError("it crashed the process that read it", "open it in a viewer and save it anew")


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """How much one task may take."""

    seconds: int
    megabytes: int


def in_workers(
    function: Callable[[T], R], tasks: Iterable[T], bounds: Bounds, *, workers: int
) -> Iterator[tuple[T, R | ReadError]]:
    """Call a function with each task in worker processes, and yield what came of each as soon as it is done.

    Args:
        function: importable by its name; may raise :class:`ReadError`.
        tasks: its arguments; taken only as fast as they are done, so a long list costs no memory.
        bounds: for each task.
        workers: how many processes.

    Yields:
        Each task with its outcome. Whatever a task does to its worker, the outcome is a :class:`ReadError`.
    """
    rest = iter(tasks)
    while True:
        suspects: list[T] = []
        yield from _in_one_pool(function, rest, suspects, bounds, workers)
        if not suspects:
            return
        # The pool itself broke while these were at hand. Alone, only the one that breaks it does so again.
        for task in suspects:
            guilty: list[T] = []
            yield from _in_one_pool(function, iter([task]), guilty, bounds, 1)
            if guilty:
                yield task, _CRASHED


def _in_one_pool(
    function: Callable[[T], R], tasks: Iterator[T], unfinished: list[T], bounds: Bounds, workers: int
) -> Iterator[tuple[T, R | ReadError]]:
    """Work through the tasks; those that were at hand when the pool broke are left in ``unfinished``."""
    at_hand: dict[Future[R], T] = {}
    # A fresh interpreter per worker: a fork of a process with threads and open databases is not safe.
    context = multiprocessing.get_context("spawn")
    with ProcessPool(
        max_workers=workers, max_tasks=_PER_WORKER, context=context, initializer=_bound, initargs=(bounds, os.getpid())
    ) as pool:
        try:
            while True:
                for task in islice(tasks, workers * _AHEAD - len(at_hand)):
                    try:
                        at_hand[pool.schedule(function, args=(task,), timeout=bounds.seconds)] = task
                    except RuntimeError:  # the pool broke
                        unfinished.append(task)
                        break
                if unfinished or not at_hand:
                    break
                done = _first_done(pool, at_hand, bounds)
                if not done:
                    break
                for future in done:
                    task = at_hand.pop(future)
                    outcome = _outcome(future, bounds)
                    if outcome is None:
                        unfinished.append(task)
                    else:
                        yield task, outcome
            unfinished += at_hand.values()
        finally:
            for future in at_hand:
                future.cancel()
            pool.stop()  # type: ignore[no-untyped-call]


def _first_done(pool: ProcessPool, at_hand: Collection[Future[R]], bounds: Bounds) -> Collection[Future[R]]:
    """Wait for some of the tasks; none is done when the pool broke, or lost sight of a task."""
    latest = time.monotonic() + bounds.seconds + _GRACE
    while True:
        done = wait(at_hand, timeout=1.0, return_when=FIRST_COMPLETED).done
        if done or not pool.active or time.monotonic() > latest:
            return done


def _outcome(future: Future[R], bounds: Bounds) -> R | ReadError | None:
    """Return what came of a task; None when the pool broke before it was done."""
    try:
        return future.result()
    except ReadError as error:
        return error
    except (BrokenProcessPool, CancelledError):
        return None
    except FutureTimeout:
        return ReadError(
            f"reading took over {bounds.seconds} s", "raise RAADSPOOR_READ_SECONDS, or ask for a simpler PDF"
        )
    except MemoryError:
        return ReadError(f"reading took over {bounds.megabytes} MiB", "raise RAADSPOOR_READ_MEGABYTES")
    except ProcessExpired as error:
        # Whoever stops a run may tell its workers too. That is no fault of the file, which is tried again.
        return None if abs(error.exitcode) == signal.SIGTERM else _CRASHED
    except (Exception, SystemExit) as error:  # whatever else a file provokes in a parser is that file's fault alone
        return ReadError(f"it could not be read ({type(error).__name__}: {str(error)[:200]})", "save it anew")


def _bound(bounds: Bounds, parent: int) -> None:
    """Make a worker of this process: bounded, silent, and gone when the run is."""
    die_with(parent)
    limit_memory(bounds.megabytes)
    os.nice(5)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def limit_memory(megabytes: int) -> None:
    """Bound the memory of this process and those that it starts; what needs more fails alone."""
    most = megabytes << 20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
