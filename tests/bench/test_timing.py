"""Percentiles by hand, and that each is asked once, by so many at a time."""

from __future__ import annotations

from threading import Barrier

from bench.timing import Times, timed


def test_percentiles_are_values_that_were_measured() -> None:
    """This test ensures that p50 and p95 are nearest ranks: of 1 to 20 ms the 10th and the 19th."""
    times = Times(each_ms=tuple(float(value) for value in range(20, 0, -1)), seconds=4.0)
    assert (times.p50, times.p95, times.a_second) == (10.0, 19.0, 5.0)


def test_one_slow_call_of_a_hundred_is_not_the_95th() -> None:
    """This test ensures that the tail is neither hidden nor taken for more than it is."""
    times = Times(each_ms=(*[1.0] * 94, 7.0, *[900.0] * 5), seconds=1.0)
    assert (times.p50, times.p95) == (1.0, 7.0)


def test_nothing_measured_gives_zero_and_no_error() -> None:
    """This test ensures that an empty list of questions does not break a whole run."""
    times = timed(lambda text: text, [])
    assert (times.p50, times.p95, times.a_second) == (0.0, 0.0, 0.0)


def test_each_question_is_asked_once_in_order() -> None:
    """This test ensures that no repetition flatters a figure."""
    asked: list[str] = []
    times = timed(asked.append, ["a", "b", "c"])
    assert asked == ["a", "b", "c"]
    assert len(times.each_ms) == 3


def test_so_many_callers_ask_at_the_same_time() -> None:
    """This test ensures that eight readers are eight at once: the calls below return only when eight have come."""
    barrier = Barrier(8, timeout=30)
    asked: list[int] = []

    def call(item: int) -> None:
        barrier.wait()
        asked.append(item)

    times = timed(call, range(16), threads=8)
    assert sorted(asked) == list(range(16))
    assert len(times.each_ms) == 16
