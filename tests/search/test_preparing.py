"""Passages are prepared beside the process that writes: the same as within it, in order, and never half."""

import multiprocessing
import os
import signal
import struct
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

import numpy as np
import psutil
import pytest

from council import DataError
from search import dutch
from search.indexable import PassageText
from search.preparing import _WORTH_IT, Averages, Prepared, prepare, prepared, result_of
from search.steps import Step, without

AVERAGES = Averages(terms=4.0, grams=30.0)
TEXTS = [f"De raad besluit over agendapunt {number} van de zwembaden en het café." for number in range(40)]


def batches() -> Iterator[list[str]]:
    """Yield batches of ten passages."""
    yield from (TEXTS[at : at + 10] for at in range(0, len(TEXTS), 10))


def text_of(text: str) -> PassageText:
    """Return a text with a title before it."""
    return PassageText(own=text, weighed=f"Raadsvoorstel. {text}")


def made(passages: int) -> list[tuple[str, Prepared]]:
    """Prepare all texts as one would with so many passages."""
    found = prepared(batches(), text_of, AVERAGES, passages=passages, workers=2)
    return [pair for batch, ready in found for pair in zip(batch, ready, strict=True)]


def same(one: Prepared, other: Prepared) -> bool:
    """Say whether two passages were prepared alike."""
    arrays = ((one.words.terms, other.words.terms), (one.words.words, other.words.words))
    return (
        (one.terms, one.grams, one.vocabulary, one.words.spelt)
        == (other.terms, other.grams, other.vocabulary, other.words.spelt)
        and all(np.array_equal(mine, theirs) for mine, theirs in arrays)
        and np.array_equal(one.words.sketch, other.words.sketch)
    )


def test_other_processes_prepare_what_this_one_would_in_the_same_order() -> None:
    """This test ensures that where passages are prepared changes nothing, and that none is lost or twice."""
    for found in (made(len(TEXTS)), made(_WORTH_IT)):
        assert [text for text, _ in found] == TEXTS
        assert all(same(ready, prepare(text_of(text), AVERAGES)) for text, ready in found)


def test_a_step_that_is_left_out_here_is_left_out_there() -> None:
    """This test ensures that a comparison of analyses reaches the other processes."""
    with without({Step.STOP_WORDS}):
        (_, ready), *_ = made(_WORTH_IT)
        assert "de" in ready.vocabulary
        assert set(ready.vocabulary) == set(dutch.terms(text_of(TEXTS[0]).weighed))


def test_a_process_that_is_ended_ends_the_build_with_a_remedy() -> None:
    """This test ensures that passages never go missing with a process, and that who runs it learns what to do."""
    with closing(prepared(batches(), text_of, AVERAGES, passages=_WORTH_IT, workers=1)) as found:
        next(found)
        (worker,) = (child for child in psutil.Process().children() if "multiprocessing.spawn" in str(child.cmdline()))
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(DataError, match="RAADSPOOR_WORKERS"):
            for _ in range(len(TEXTS)):
                next(found)


def ends_while_it_writes() -> None:
    """End this process of a pool in the middle of what it tells, as the kernel may where memory runs out."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals and frame.f_back is not None:
        frame = frame.f_back
    # The length of a message of a thousand bytes, and ten of them.
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 1_000) + b"x" * 10)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_process_that_ends_while_it_writes_is_not_waited_for(workers: int) -> None:
    """This test ensures that half a message holds no night up: it is told, and the other processes end too."""
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
    future = pool.submit(ends_while_it_writes)
    processes = list(pool._processes.values())
    with pytest.raises(BrokenProcessPool):
        result_of(future, pool)
    pool.shutdown()
    assert not any(process.is_alive() for process in processes)


def test_no_process_is_left_when_a_build_is_cut_short() -> None:
    """This test ensures that whatever goes wrong while writing takes the helpers along."""
    before = {child.pid for child in psutil.Process().children()}
    found = prepared(batches(), text_of, AVERAGES, passages=_WORTH_IT, workers=1)
    next(found)
    found.close()
    left = [child for child in psutil.Process().children() if child.pid not in before]
    assert [child for child in left if "spawn_main" in str(child.cmdline())] == []
