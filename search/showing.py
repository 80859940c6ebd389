"""Ranked documents as a reader sees them: a page of hits, read from the catalogue in as few goes as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from council import Catalogue, Citation, Filters, Hit, Leg, LegPlace, Match, Passage, Twin, scanned
from search.finding import Finder
from search.fusion import Fused
from search.quoting import pages_of, reader
from search.ranking import Ranked
from search.snippet import snippet

_OTHERS = 3
"""How many more passages of a document a hit names."""
_NOWHERE = LegPlace(rank=0, score=0.0)
"""The place of what a leg did not bring in."""


def still_visible(catalogue: Catalogue, items: Sequence[Ranked], filters: Filters) -> tuple[Ranked, ...]:
    """Return the documents that the catalogue lets through at this moment, and of their twins those.

    The register that they were ranked by is as old as the question; what is shown is asked of the truth once more.
    """
    asked = [one.document.sha256 for item in items for one in (item, *item.twins)]
    visible = catalogue.still_visible(asked, filters)
    return tuple(
        item._replace(twins=tuple(twin for twin in item.twins if twin.document.sha256 in visible))
        for item in items
        if item.document.sha256 in visible
    )


def hits(
    catalogue: Catalogue, items: Sequence[Ranked], terms: Sequence[str], matches: Mapping[int, tuple[Match, ...]]
) -> tuple[Hit, ...]:
    """Return a page of hits; a passage that the catalogue lost a moment ago takes its hit along.

    Args:
        catalogue: where the texts are.
        items: the documents of the page, in order.
        terms: the terms of the question, to be marked.
        matches: which words of the question each passage holds.
    """
    passages = catalogue.passages([item.passages[0].id for item in items])
    pages = pages_of(catalogue, ((passage.document, passage.spans) for passage in passages.values()))
    read, finder = reader(pages), Finder(terms)
    spans = catalogue.spans_of(
        [one.id for item in items for one in (*_others(item), *(twin.passages[0] for twin in item.twins))]
    )

    def where(item: Ranked, passage: Fused) -> Citation:
        return Citation(document=item.document.sha256, spans=spans[passage.id])

    def hit(item: Ranked, passage: Passage) -> Hit:
        sentences = [read(passage.document, sentence) for sentence in passage.sentences]
        places = ((passage.document, span.page) for span in passage.spans)
        ocr, confidence = scanned(pages[place] for place in places if place in pages)
        legs = item.passages[0].legs
        return Hit(
            document=item.document,
            passage=passage,
            citation=Citation(document=passage.document, spans=passage.spans),
            snippet=snippet(sentences, finder, fallback=item.document.title),
            score=item.score,
            legs={leg: legs.get(leg, _NOWHERE) for leg in Leg},
            others=tuple(where(item, one) for one in _others(item) if one.id in spans),
            matches=matches.get(passage.id, ()),
            adjustments=item.adjustments,
            twins=tuple(
                Twin(document=twin.document, citation=where(twin, twin.passages[0]))
                for twin in item.twins
                if twin.passages[0].id in spans
            ),
            ocr=ocr,
            ocr_confidence=confidence,
        )

    return tuple(hit(item, passages[item.passages[0].id]) for item in items if item.passages[0].id in passages)


def _others(item: Ranked) -> Sequence[Fused]:
    return item.passages[1 : 1 + _OTHERS]
