"""From ranked passages to ranked documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from council import Catalogue, Document, Filters
from search.fusion import Fused


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
