"""Days in Dutch words."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from council import MONTH_PATTERN, MONTHS, SHORT_MONTHS, in_words


def test_there_are_twelve_months_and_each_has_its_short_form() -> None:
    """This test ensures that names and short forms stand in the same order, so that a number means the same month."""
    assert len(MONTHS) == len(SHORT_MONTHS) == len(set(MONTHS)) == len(set(SHORT_MONTHS)) == 12
    assert [name for name, short in zip(MONTHS, SHORT_MONTHS, strict=True) if not name.startswith(short)] == ["maart"]


@given(st.dates())
def test_a_day_in_words_is_that_day(date: dt.date) -> None:
    """This test ensures that whoever reads a day in words reads the same day."""
    found = re.fullmatch(rf"(\d+) ({MONTH_PATTERN}) (\d+)", in_words(date))
    assert found
    assert dt.date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])) == date
