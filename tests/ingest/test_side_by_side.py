"""Documents side by side on the cores of one machine."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import ReadError
from ingest.side_by_side import Load, share, side_by_side


def nothing() -> None:
    """Stop nothing."""


def test_a_document_gets_its_share_of_the_cores() -> None:
    """This test ensures that one long document gets most cores and leaves one for the short ones beside it:
    8 x 200 / 220 = 7.3."""
    assert share(parts=200, left=220, free=8, cores=8) == 7
    assert share(parts=1, left=20, free=1, cores=8) == 1
    assert share(parts=3, left=3, free=8, cores=8) == 3
    assert share(parts=9, left=9, free=2, cores=8) == 2


@given(parts=st.lists(st.integers(1, 30), max_size=12), cores=st.integers(1, 9))
def test_no_more_hands_than_cores_are_ever_at_work(parts: list[int], cores: int) -> None:
    """This test ensures that every document is done once, the longest first, and that the machine is not overrun."""
    guard = threading.Lock()
    busy: list[int] = [0]
    most: list[int] = [0]

    def do(item: int, hands: int) -> int:
        with guard:
            busy[0] += hands
            most[0] = max(most[0], busy[0])
        assert 1 <= hands <= max(1, parts[item])
        with guard:
            busy[0] -= hands
        return item * 10

    loads = [Load(item=number, parts=count) for number, count in enumerate(parts)]
    outcomes = list(side_by_side(loads, cores, do, stop=nothing))
    assert sorted(outcomes) == [(number, number * 10) for number in range(len(parts))]
    assert most[0] <= cores


def test_what_cannot_be_read_is_the_outcome_of_that_document_alone() -> None:
    """This test ensures that the others go on."""
    refusal = ReadError("no", "do")

    def do(item: int, hands: int) -> int:
        if item == 1:
            raise refusal
        return item

    loads = [Load(item=number, parts=1) for number in range(3)]
    assert dict(side_by_side(loads, 1, do, stop=nothing)) == {0: 0, 1: refusal, 2: 2}


def test_whoever_stops_asking_stops_what_is_under_way() -> None:
    """This test ensures that a run that is stopped waits for nothing and begins nothing more."""
    stopped = threading.Event()
    begun: list[int] = []

    def do(item: int, hands: int) -> int:
        begun.append(item)
        if item:
            assert stopped.wait(60)
        return item

    loads = [Load(item=number, parts=9 - number) for number in range(9)]
    with (
        pytest.raises(KeyboardInterrupt),
        closing(side_by_side(loads, 2, do, stop=stopped.set)) as outcomes,
    ):
        next(outcomes)
        raise KeyboardInterrupt
    assert stopped.is_set()
    assert 8 not in begun
