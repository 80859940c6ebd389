"""Values that are made once and looked up like a dictionary."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.remembered import Remembered


def test_a_value_is_made_once() -> None:
    """This test ensures that a value is made when it is first asked for, and not again."""
    made: list[int] = []

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    remembered = Remembered(double, most=10)
    assert [remembered[number] for number in (3, 4, 3, 3, 4)] == [6, 8, 6, 6, 8]
    assert made == [3, 4]


@given(asked=st.lists(st.integers(0, 40)), most=st.integers(1, 8))
def test_it_never_holds_more_than_it_may_and_never_errs(asked: list[int], most: int) -> None:
    """This test ensures that whatever is forgotten, every value is right and no more are held than may be."""
    remembered = Remembered(str, most=most)
    for number in asked:
        assert remembered[number] == str(number)
        assert len(remembered) <= most


def test_what_is_asked_for_stays() -> None:
    """This test ensures that of a full memory the things that are still asked for are not made anew."""
    made: list[int] = []
    remembered = Remembered(lambda number: made.append(number) or number, most=2)
    for number in (1, 2, 3, 1, 4, 1):
        remembered[number]  # asked for, whatever it is
    assert made.count(1) == 1
    assert made == [1, 2, 3, 4]
