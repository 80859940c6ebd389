"""Counts become the page of use: weeks, a chart of bars, totals; and a CSV with one row a day."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from council import DayOfUse, Usage, Use, added_up

_PERIODS = (4, 13, 53)
_WEEK = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)
COLUMNS = (
    "dag",
    "zoekvragen",
    "beantwoord",
    "deels",
    "niet_gevonden",
    "niets_gevraagd",
    "bronnen_geopend",
    "antwoorden_met_bron",
    "mediaan_seconden_tot_bron",
    "mediaan_seconden_zoeken",
    "oordeel_ja",
    "oordeel_deels",
    "oordeel_nee",
)
"""The first row of the CSV; ``docs/commands.md`` says what each column is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodChoice:
    """A period to look at the use of."""

    weeks: int
    url: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekOfUse:
    """What was counted in one week, and its bar in the chart: stacked parts, in percent of the highest bar."""

    first: dt.date
    last: dt.date
    use: Use
    parts: tuple[tuple[str, float, float], ...]
    """Name, upper side and height of each part, from the bottom up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UsagePage:
    """How the pages are used."""

    periods: tuple[PeriodChoice, ...]
    weeks: tuple[WeekOfUse, ...]
    """Oldest first."""
    total: Use
    highest: int
    """Searches in the busiest week."""
    usage_days: int
    keep_days: int
    note: str


def usage_page(usage: Usage, *, weeks: str, note: str) -> UsagePage:
    """Return the page of use.

    Args:
        usage: has the counts.
        weeks: how many weeks to look back, as the address says it; what is no choice gives the middle one.
        note: what to tell a reader who took a question back.

    Raises:
        DataError: the counts cannot be read now.
    """
    chosen = next((each for each in _PERIODS if str(each) == weeks), _PERIODS[1])
    shown = tuple(_weeks(usage.days(), usage.today, chosen))
    highest = max((use.searches for _, use in shown), default=0)
    return UsagePage(
        periods=tuple(
            PeriodChoice(weeks=each, url=f"/gebruik?weken={each}", chosen=each == chosen) for each in _PERIODS
        ),
        weeks=tuple(
            WeekOfUse(first=monday, last=monday + 6 * _DAY, use=use, parts=_parts(use, highest))
            for monday, use in shown
        ),
        total=added_up(use for _, use in shown),
        highest=highest,
        usage_days=usage.usage_days,
        keep_days=usage.keep_days,
        note=note,
    )


def usage_csv(days: Sequence[DayOfUse], today: dt.date) -> str:
    """Return the counts with one row for each day from the first one counted to today, and lines that end as RFC 4180.

    Every value is a day or a number without a sign, so no spreadsheet can take one for a formula.
    """
    counted = {each.day: each.use for each in days}
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    day = min(counted, default=today + _DAY)
    while day <= today:
        rows.writerow(_row(day, counted.get(day, Use())))
        day += _DAY
    return out.getvalue()


def _row(day: dt.date, use: Use) -> tuple[str | int, ...]:
    return (
        day.isoformat(),
        use.searches,
        use.answered,
        use.partial,
        use.not_found,
        use.nothing_asked,
        use.opened,
        use.with_source,
        "" if use.median_first is None else f"{use.median_first:.1f}",
        "" if use.median_took is None else f"{use.median_took:.3f}",
        use.yes,
        use.partly,
        use.no,
    )


def _weeks(days: Sequence[DayOfUse], today: dt.date, most: int) -> Iterator[tuple[dt.date, Use]]:
    """Yield each week, by its Monday, from the first one in the period in which anything was counted."""
    this = today - today.weekday() * _DAY
    start = this - (most - 1) * _WEEK
    counted = [each for each in days if start <= each.day <= today]
    if not counted:
        return
    monday = counted[0].day - counted[0].day.weekday() * _DAY
    while monday <= this:
        yield monday, added_up(each.use for each in counted if monday <= each.day < monday + _WEEK)
        monday += _WEEK


def _parts(use: Use, highest: int) -> tuple[tuple[str, float, float], ...]:
    parts = []
    top = 100.0
    for name in ("answered", "partial", "not_found", "nothing_asked"):
        height = 100.0 * getattr(use, name) / highest if highest else 0.0
        top -= height
        if height:
            parts.append((name, top, height))
    return tuple(parts)
