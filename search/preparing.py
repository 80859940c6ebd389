"""What the index and the words take of a passage: its terms and 5-grams as vectors, its words as keys.

This is the larger part of what indexing costs, and a function of texts alone. So with many passages it is done in
processes beside the one that embeds and writes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from council import DataError, die_with
from search import dutch
from search.fulltext import words_of
from search.lasting import set_apart
from search.listing import listed
from search.postings import Keys, keys_of
from search.sketch import Sketch, sketch_of
from search.sparse import SparseVector, gram_vector, passage_vector
from search.steps import Steps, left_out, without

T = TypeVar("T")

_WORTH_IT = 2_000
"""Passages from which another process is worth the seconds that it takes to start."""
_NEW_OBJECTS = 200_000
"""So many more objects than before, and a process that prepares looks for garbage."""
_AHEAD = 2
"""Batches for each process that are handed over before they are needed."""
_LOOK_AFTER = 2.0
"""Seconds; what takes longer makes the one that waits look whether all processes live."""
_LONGEST_WORD = 40
"""Longer is no word that anybody would look for by another spelling."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Averages:
    """The mean number of terms and of 5-grams of a passage: the lengths that BM25 measures against."""

    terms: float
    grams: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageText:
    """A passage's own text, as a reader sees it, that text as the sparse legs weigh it, and its lines."""

    own: str
    weighed: str
    lines: tuple[str, ...] = ()
    """Its sentences, list items and table rows, where it matters whether they only name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageWords:
    """What is to be found of a passage word by word."""

    terms: Keys
    """The key of each of its terms, once."""
    words: Keys
    """The keys of its own words, in order."""
    sketch: Sketch
    listed: float
    """Which share of its words stands in lines that only name."""
    spelt: tuple[tuple[str, str], ...]
    """Its different words, folded and as they are spelt, without those that are too long to be looked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """What the index and the words take of a passage."""

    terms: SparseVector
    grams: SparseVector
    vocabulary: tuple[str, ...]
    """Its terms, each once."""
    words: PassageWords


def prepare(text: PassageText, averages: Averages) -> Prepared:
    """Return what the index and the words take of a passage, in this process."""
    terms = dutch.terms(text.weighed)
    vocabulary = tuple(dict.fromkeys(terms))
    said = list(words_of(text.own))
    words = keys_of(folded for folded, _ in said)
    return Prepared(
        terms=passage_vector(terms, average=averages.terms),
        grams=gram_vector(text.weighed, average=averages.grams),
        vocabulary=vocabulary,
        words=PassageWords(
            terms=keys_of(vocabulary),
            words=words,
            sketch=sketch_of(words),
            listed=listed(text.lines),
            spelt=tuple(pair for pair in dict.fromkeys(said) if len(pair[0]) <= _LONGEST_WORD),
        ),
    )


Batch = tuple[Sequence[T], list[Prepared]]


def prepared(
    batches: Iterable[Sequence[T]],
    text: Callable[[T], PassageText],
    averages: Averages,
    *,
    passages: int,
    workers: int,
) -> Generator[Batch[T]]:
    """Yield batches in order, each with what was prepared; in other processes where there are enough passages.

    Args:
        batches: taken only as fast as they are prepared.
        text: gives the texts of an item of a batch.
        averages: of the index.
        passages: how many there are in all.
        workers: how many processes at most.

    Raises:
        DataError: a process was ended from outside.
    """
    if passages < _WORTH_IT:
        yield from ((batch, _all([text(item) for item in batch], averages, left_out())) for batch in batches)
        return
    # A fresh interpreter: a fork of a process with threads and open databases is not safe.
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
    )
    try:
        ahead = ((batch, pool.submit(_all, [text(item) for item in batch], averages, left_out())) for batch in batches)
        yield from _in_order(ahead, workers * _AHEAD, pool)
    except BrokenProcessPool as error:
        raise DataError(
            "a process that prepares passages was ended from outside, most likely for want of memory; the index before "
            "this one stays live: make room in memory, or set RAADSPOOR_WORKERS=1, and run again"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    rest: Iterator[tuple[Sequence[T], Future[list[Prepared]]]], most: int, pool: ProcessPoolExecutor
) -> Iterator[Batch[T]]:
    waiting = deque(islice(rest, most))
    while waiting:
        batch, future = waiting.popleft()
        found = result_of(future, pool)
        waiting.extend(islice(rest, 1))
        yield batch, found


def result_of(future: Future[T], pool: ProcessPoolExecutor) -> T:
    """Wait for what a process of a pool makes, and for no process that is gone.

    A pool notices by itself that a process ended, unless that happened while it wrote what it had made: then the pool
    waits for the rest without end, for it holds the other end of that pipe open itself.

    Raises:
        BrokenProcessPool: a process was ended from outside.
    """
    processes = list((pool._processes or {}).values())
    while True:
        try:
            return future.result(timeout=_LOOK_AFTER)
        except TimeoutError:
            if future.done():
                return future.result()
            if all(process.is_alive() for process in processes):
                continue
        for process in processes:
            process.kill()
        # Nobody writes any more, so the pool reads the end of the pipe and lets go.
        pool._result_queue._writer.close()  # type: ignore[attr-defined]  # there is no public way before Python 3.14
        raise BrokenProcessPool("a process ended while it wrote what it had made")


def _all(texts: Sequence[PassageText], averages: Averages, steps: Steps) -> list[Prepared]:
    with without(steps):
        return [prepare(text, averages) for text in texts]


def _begin(parent: int) -> None:
    """Make a worker of this process: gone when the run is, and deaf to the Ctrl-C that is meant for the run.

    What is prepared refers to nothing that refers back to it, so it goes when the last reference does. To have Python
    search for what does not, as often as it would, took a third of the time.
    """
    die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    set_apart(_NEW_OBJECTS)
    os.nice(5)
