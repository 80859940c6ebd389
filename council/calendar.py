"""Months and days of the week by their Dutch names, and a day as it is written."""

from __future__ import annotations

import datetime as dt

MONTHS = tuple("januari februari maart april mei juni juli augustus september oktober november december".split())
"""Their names, in order."""
SHORT_MONTHS = tuple("jan feb mrt apr mei jun jul aug sep okt nov dec".split())
"""The same in short, without a full stop; *febr* and *sept* are written as well."""
MONTH_PATTERN = "|".join(MONTHS)
"""Any of their names, as a piece of a pattern."""
WEEKDAYS = tuple("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split())
"""From Monday on, as Python counts them."""
WEEKDAY_PATTERN = "|".join(WEEKDAYS)
"""Any of those, as a piece of a pattern."""


def in_words(date: dt.date) -> str:
    """Return a day as in *12 maart 2024*."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
