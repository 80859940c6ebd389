"""What is loaded to stay, and Python's search for garbage."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from search.lasting import set_apart


class _Knot:
    """Something that holds itself, which only a search for garbage can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_alive_is_not_looked_through_any_more() -> None:
    """This test ensures that what was loaded is out of the collector's sight, and its rounds come less often."""
    loaded, before = [[number] for number in range(1_000)], gc.get_threshold()[0]
    set_apart()
    assert gc.get_freeze_count() > len(loaded)
    assert not any(held is loaded for held in gc.get_objects())
    assert gc.get_threshold()[0] >= before


def test_garbage_is_freed_before_and_after() -> None:
    """This test ensures that nothing leaks: neither what was garbage at that moment, nor what became so later."""
    early = weakref.ref(_Knot())
    set_apart()
    assert early() is None
    late = weakref.ref(_Knot())
    gc.collect()
    assert late() is None


def test_what_was_replaced_is_freed_the_next_time() -> None:
    """This test ensures that a generation that was set apart goes when the next one is."""
    knot = _Knot()
    old = weakref.ref(knot)
    set_apart()
    del knot
    gc.collect()
    assert old() is not None
    set_apart()
    assert old() is None
