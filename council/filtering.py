"""Filters as SQL: what a reader may see, and what they asked for, as one ``WHERE`` over the table of documents."""

from __future__ import annotations

import json
from typing import Any

from council.records import Filters, State


def filters_to_sql(filters: Filters | None) -> tuple[str, list[Any]]:
    """Return a condition and its values; the values are always bound, never written into the text.

    Args:
        filters: what to let through; without them every live document passes. What limits passages (``speakers``,
            ``parties``, ``passages``) is left to who ranks passages.
    """
    terms = ["state = ?"]
    bound: list[Any] = [State.LIVE.value]
    if filters is None:
        return terms[0], bound
    for column, chosen, exclude in (
        ("access", sorted(filters.access), False),
        ("kind", sorted(filters.kinds), False),
        ("body", sorted(filters.bodies), False),
        ("substr(date, 1, 4)", [f"{year:04d}" for year in sorted(filters.years)], False),
        ("sha256", sorted(filters.documents), False),
        ("case_number", sorted(filters.case_numbers), False),
        ("sha256", sorted(filters.without), True),
    ):
        if chosen or column == "access":
            # As one JSON value, so that no number of choices can exceed the limit on bound values.
            terms.append(f"{column} {'NOT ' if exclude else ''}IN (SELECT value FROM json_each(?))")
            # SQLite cuts a JSON string off at a NUL; no value that we keep has one, so such a choice matches nothing.
            bound.append(json.dumps([str(value) for value in chosen if "\0" not in value]))
    for column, day in (("date >= ?", filters.date_from), ("date <= ?", filters.date_to)):
        if day is not None:
            terms.append(column)
            bound.append(day.isoformat())
    return " AND ".join(terms), bound
