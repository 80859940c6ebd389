"""Ranked documents as a reader sees them: a page of hits, read from the catalogue in as few goes as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from council import Catalogue, Citation, Document, Filters, Hit, Leg, LegPlace, Passage, Twin
from search.explaining import Explainer
from search.quoting import reader
from search.ranking import Ranked
from search.snippet import snippet

_OTHERS = 3
"""How many more passages of a document a hit names."""


def still_visible(catalogue: Catalogue, items: Sequence[Ranked], filters: Filters) -> tuple[Ranked, ...]:
    """Return the documents that the catalogue lets through at this moment, and of their twins those.

    The register that they were ranked by is as old as the question; what is shown is asked of the truth once more.
    """
    asked = [one.document.sha256 for item in items for one in (item, *item.twins)]
    visible = catalogue.all_visible(asked, filters)
    return tuple(
        replace(item, twins=tuple(twin for twin in item.twins if twin.document.sha256 in visible))
        for item in items
        if item.document.sha256 in visible
    )


def hits(catalogue: Catalogue, items: Sequence[Ranked], terms: Sequence[str], explainer: Explainer) -> tuple[Hit, ...]:
    """Return a page of hits; a passage that the catalogue lost a moment ago takes its hit along.

    Args:
        catalogue: where the texts are.
        items: the documents of the page, in order.
        terms: the terms of the question, to be marked.
        explainer: tells which words of the question a passage holds.
    """
    shown = [one for item in items for one in (*item.passages[: 1 + _OTHERS], *(t.passages[0] for t in item.twins))]
    passages = catalogue.passages([one.id for one in shown])
    return tuple(_hit(catalogue, item, passages, terms, explainer) for item in items if item.passages[0].id in passages)


def _hit(
    catalogue: Catalogue,
    item: Ranked,
    passages: Mapping[int, Passage],
    terms: Sequence[str],
    explainer: Explainer,
) -> Hit:
    best, *others = item.passages[: 1 + _OTHERS]
    passage, read = passages[best.id], reader(catalogue, item.document.sha256)
    return Hit(
        document=item.document,
        passage=passage,
        citation=_where(item.document, passage),
        snippet=snippet([read(spans) for spans in passage.sentences], terms, fallback=item.document.title),
        score=item.score,
        legs={leg: best.legs.get(leg, LegPlace(rank=0, score=0.0)) for leg in Leg},
        other_passages=tuple(passages[fused.id] for fused in others if fused.id in passages),
        matches=explainer.matches(passage.id),
        adjustments=item.adjustments,
        twins=tuple(
            Twin(document=twin.document, citation=_where(twin.document, passages[twin.passages[0].id]))
            for twin in item.twins
            if twin.passages[0].id in passages
        ),
    )


def _where(document: Document, passage: Passage) -> Citation:
    return Citation(document=document.sha256, spans=passage.spans)
