"""Names to narrow a search to, as links: those that the results have, and those that the question mentions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from council import Kind, Results
from web.pages import NameChoice
from web.urls import SearchState

FIELDS = {"party": "parties", "speaker": "speakers", "body": "bodies", "case_number": "cases"}
"""Each facet that goes by names, and where the address of a search keeps it."""
_SHOWN = 8


def names_to_narrow(state: SearchState, results: Results) -> Mapping[str, tuple[NameChoice, ...]]:
    """Return the names that the results have; a facet that is narrowed already, or is all one name, is left out.

    Args:
        state: the search as its address says it.
        results: the facets of what was found.
    """
    found = {}
    for field, attribute in FIELDS.items():
        values = results.facets.get(field, ())
        if not values or getattr(state, attribute) or (len(values) == 1 and values[0].count == results.total):
            continue
        found[field] = tuple(
            NameChoice(field=field, name=value.value, count=value.count, url=_with(state, attribute, value.value).url)
            for value in values[:_SHOWN]
        )
    return found


def offers(state: SearchState, results: Results) -> tuple[NameChoice, ...]:
    """Return what words of the question could be narrowed to: the search without that word, and with that filter.

    Args:
        state: the search as its address says it.
        results: what the engine offers.
    """
    if results.expression is not None and results.expression.selects:
        # Taking a word out of a question with signs could change what the signs mean.
        return ()
    return tuple(
        NameChoice(
            field=one.field,
            name=one.value,
            url=_with(replace(state, text=one.rest), {**FIELDS, "kind": "kinds"}[one.field], one.value).url,
        )
        for one in results.narrowings
    )


def _with(state: SearchState, attribute: str, value: str) -> SearchState:
    chosen: Kind | str = Kind(value) if attribute == "kinds" else value
    return replace(state, page=1, **{attribute: (*getattr(state, attribute), chosen)})  # type: ignore[arg-type]
