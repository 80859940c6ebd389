"""From ranked passages to ranked documents, and how many of them there are per kind, year and body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from council import Catalogue, Document, FacetValue, Filters
from search.fusion import Fused

_FACETS = ("kind", "year", "body")
_FACET_VALUES = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A document that was found, with its passages that were found, best first."""

    document: Document
    passages: tuple[Fused, ...]


def by_document(catalogue: Catalogue, fused: Sequence[Fused], filters: Filters) -> tuple[Ranked, ...]:
    """Group passages by document, in the order of each document's best passage.

    The catalogue is asked once more whether a reader may see each document: the index can be older than the truth.
    """
    owners = catalogue.owners([item.id for item in fused])
    groups: dict[str, list[Fused]] = {}
    for item in fused:
        if item.id in owners:
            groups.setdefault(owners[item.id], []).append(item)
    visible = catalogue.all_visible(groups, filters)
    return tuple(
        Ranked(document=visible[sha256], passages=tuple(items)) for sha256, items in groups.items() if sha256 in visible
    )


def facets(ranked: Sequence[Ranked]) -> Mapping[str, tuple[FacetValue, ...]]:
    """Count the found documents per kind, year and body, most frequent first."""
    counts: dict[str, dict[str, int]] = {name: {} for name in _FACETS}
    for item in ranked:
        document = item.document
        year = f"{document.date.year}" if document.date else ""
        for name, value in (("kind", document.kind.value), ("year", year), ("body", document.body)):
            if value:
                counts[name][value] = counts[name].get(value, 0) + 1
    return {
        name: tuple(
            FacetValue(value=value, count=count)
            for value, count in sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))[:_FACET_VALUES]
        )
        for name, found in counts.items()
    }
