"""Results and answers as plain values: the one JSON form that the command line and the web page both give.

``docs/json.md`` describes every field; ``form`` rises when a field changes its meaning or goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from council import Answer, AnswerSentence, Citation, Document, Expression, Hit, Results, Suggestion

FORM = 1


def results_json(results: Results, answer: Answer | None) -> dict[str, Any]:
    """Return a search, with its answer if one was asked for, as plain values."""
    return {
        "form": FORM,
        "question": results.query.text,
        "hint": results.hint,
        "expression": _expression(results.expression) if results.expression else None,
        "meant": results.meant,
        "nowhere": list(results.nowhere),
        "narrowings": [{"field": one.field, "value": one.value, "rest": one.rest} for one in results.narrowings],
        "total": results.total,
        "alike": results.alike,
        "folded": results.folded,
        "searched_documents": results.searched,
        "latest_document": results.latest.isoformat() if results.latest else None,
        "hits": [_hit(rank, hit) for rank, hit in enumerate(results.hits, start=results.query.offset + 1)],
        "facets": {
            name: [{"value": value.value, "count": value.count} for value in values]
            for name, values in results.facets.items()
        },
        "answer": _answer(answer) if answer is not None else None,
        "seconds": {name: round(seconds, 6) for name, seconds in results.timings.items()},
    }


def suggestions_json(typed: str, suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    """Return what somebody who is typing may mean as plain values."""
    return {
        "form": FORM,
        "typed": typed,
        "suggestions": [
            {"text": one.text, "kind": one.kind, "query": one.query, "document": one.document} for one in suggestions
        ],
    }


def document_json(document: Document) -> dict[str, Any]:
    """Return a document's description as plain values."""
    return {
        "sha256": document.sha256,
        "title": document.title,
        "kind": document.kind.value,
        "date": document.date.isoformat() if document.date else None,
        "body": document.body,
        "meeting": document.meeting.isoformat() if document.meeting else None,
        "agenda_item": document.agenda_item,
        "case_number": document.case_number,
        "source_url": document.source_url,
        "access": document.access.value,
        "pages": document.page_count,
        "file": document.filename,
        "derived": sorted(document.derived),
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return an address as plain values; offsets count code points in the page text."""
    return {
        "document": citation.document,
        "spans": [{"page": span.page, "start": span.start, "end": span.end} for span in citation.spans],
    }


def _hit(rank: int, hit: Hit) -> dict[str, Any]:
    return {
        "rank": rank,
        "score": round(hit.score, 6),
        "document": document_json(hit.document),
        "page": hit.citation.spans[0].page if hit.citation.spans else 1,
        "citation": citation_json(hit.citation),
        "headings": list(hit.passage.headings),
        "speaker": hit.passage.speaker,
        "ocr": hit.ocr,
        "ocr_confidence": _share(hit.ocr_confidence),
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
        "explain": [
            {
                "word": match.word,
                "term": match.term,
                "part": match.part,
                "passages": match.passages,
                "weight": round(match.weight, 4),
            }
            for match in hit.matches
        ],
        "legs": {leg.value: {"rank": place.rank, "score": round(place.score, 6)} for leg, place in hit.legs.items()},
        "adjustments": [
            {
                "cause": one.cause.value,
                "change": round(one.change, 6),
                "lenders": [lender.sha256 for lender in one.lenders],
                "rank": one.place.rank if one.place else None,
            }
            for one in hit.adjustments
        ],
        "twins": [
            {"document": document_json(twin.document), "citation": citation_json(twin.citation)} for twin in hit.twins
        ],
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _expression(expression: Expression) -> dict[str, Any]:
    filters = expression.filters
    return {
        "words": expression.words,
        "phrases": list(expression.phrases),
        "either": [[{"text": wish.text, "exact": wish.exact} for wish in group] for group in expression.either],
        "without": list(expression.without),
        "filters": {
            "kinds": sorted(kind.value for kind in filters.kinds),
            "years": sorted(filters.years),
            "from": filters.date_from.isoformat() if filters.date_from else None,
            "to": filters.date_to.isoformat() if filters.date_to else None,
            "parties": sorted(filters.parties),
            "speakers": sorted(filters.speakers),
            "bodies": sorted(filters.bodies),
            "case_numbers": sorted(filters.case_numbers),
        },
        "remarks": [{"code": remark.code.value, "text": remark.text} for remark in expression.remarks],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "made_by": "Raadspoor, automatic selection of quotes (AI); nothing is written by a machine",
        "verdict": answer.verdict.value,
        "coverage": round(answer.coverage, 4),
        "confidence": round(answer.confidence, 4),
        "missing": list(answer.missing),
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
    }


def _sentence(sentence: AnswerSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "score": round(sentence.score, 4),
        "speaker": sentence.speaker,
        "under": list(sentence.under),
        "ocr": sentence.ocr,
        "ocr_confidence": _share(sentence.ocr_confidence),
        "page": sentence.citation.spans[0].page,
        "citation": citation_json(sentence.citation),
        "document": document_json(sentence.document),
    }
