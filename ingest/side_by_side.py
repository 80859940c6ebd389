"""Documents of different lengths side by side on the cores of one machine: never more hands than cores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

from council import ReadError

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True, slots=True)
class Load(Generic[T]):
    """Something to do, and into how many parts it falls that can be done at once."""

    item: T
    parts: int


def side_by_side(
    loads: Collection[Load[T]], cores: int, do: Callable[[T, int], R], *, stop: Callable[[], None]
) -> Generator[tuple[T, R | ReadError]]:
    """Do each thing in a thread, and yield what came of it as soon as it is done.

    Args:
        loads: what to do; the longest begins first, so that it does not run on alone at the end.
        cores: how many hands there are in all.
        do: is given a thing and how many hands it may use; may raise :class:`ReadError`.
        stop: makes every ``do`` that is under way end at once; called when the caller closes this before its end.
    """
    todo = sorted(loads, key=lambda load: -load.parts)
    free = cores
    at_hand: dict[Future[R], tuple[T, int]] = {}
    with ThreadPoolExecutor(max_workers=max(1, min(cores, len(todo)))) as pool:
        try:
            while todo or at_hand:
                while todo and free:
                    hands = share(todo[0].parts, sum(load.parts for load in todo), free, cores)
                    load = todo.pop(0)
                    at_hand[pool.submit(do, load.item, hands)] = (load.item, hands)
                    free -= hands
                done = wait(at_hand, return_when=FIRST_COMPLETED).done
                for future in done:
                    item, hands = at_hand.pop(future)
                    free += hands
                    outcome = _outcome(future)
                    yield item, outcome
        finally:
            if at_hand:
                stop()


def share(parts: int, left: int, free: int, cores: int) -> int:
    """Return how many hands something gets: its share of the work that is left, at least one, at most what helps.

    Args:
        parts: into how many parts it falls.
        left: how many parts are left in all, these included.
        free: how many hands are free, at least one.
        cores: how many hands there are in all.
    """
    return max(1, min(free, parts, round(cores * parts / left)))


def _outcome(future: Future[R]) -> R | ReadError:
    try:
        return future.result()
    except ReadError as error:
        return error
