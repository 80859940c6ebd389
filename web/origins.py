"""Where each fact about a document comes from, as words and a link for the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from council import Catalogue, Document, Source
from web.urls import SearchState, source_url

_UNSURE = 0.65
"""Below this confidence the reader is told that the fact is not sure; ``python -m ingest.measuring`` shows why here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where one derived fact comes from."""

    field: str
    source: Source
    unsure: bool
    url: str
    """The page with the lines that it was read from marked; empty where the paper itself does not say it."""


def origins_of(catalogue: Catalogue, document: Document, state: SearchState) -> tuple[Origin, ...]:
    """Return where the derived facts about a document come from.

    Args:
        catalogue: knows their evidence.
        document: a document that the reader may see.
        state: the search that led here, for the way back.
    """
    return tuple(
        Origin(
            field=derivation.field,
            source=derivation.source,
            unsure=derivation.confidence < _UNSURE,
            url=source_url(document.sha256, derivation.evidence, state=state) if derivation.evidence else "",
        )
        for derivation in catalogue.derivations(document.sha256)
        if derivation.field in document.derived
    )


def origin_of(field: str, origins: tuple[Origin, ...]) -> Origin | None:
    """Return where one field comes from; None where it was given, or where an older ingest did not say."""
    return next((origin for origin in origins if origin.field == field), None)
