"""Results as plain values, for programs. ``form`` rises when a field changes its meaning or goes.

Figures are not rounded: two runs are compared by them. Papers are named by address, never quoted, so a result may be
kept where the papers may not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from council import Citation
from eval.beir import MEASURES, BeirResult, Ranked
from eval.gold import QuestionType
from eval.provenance import Provenance
from eval.run import Evaluation, Scored, Summary, summarise
from eval.systems import PRODUCT

FORM = 1
AVERAGES = "Means over all judged questions; a question without a result or an answer counts 0"


def run_json(evaluation: Evaluation, made_by: Provenance) -> dict[str, Any]:
    """Return the measurement of a gold set as plain values."""
    splits = sorted({question.split or "" for question in evaluation.gold.questions})
    return {
        "form": FORM,
        "command": "run",
        **_circumstances(made_by),
        "gold": {"file": evaluation.gold.path.name, "sha256": evaluation.gold.sha256, "splits": splits},
        "papers": {"sha256": evaluation.papers, "documents": evaluation.documents},
        "averages": AVERAGES,
        "unplaced_quotes": evaluation.unplaced,
        "seconds": {"p50": evaluation.latency(0.5), "p95": evaluation.latency(0.95)},
        "systems": {
            name: {
                "all": _summary(summarise(scored)),
                "types": {kind.value: _summary(summary) for kind, summary in by_type(scored)},
            }
            for name, scored in evaluation.systems.items()
        },
        "questions": [
            {
                "id": items[0].question.id,
                "line": items[0].question.line,
                "type": items[0].question.type.value,
                "split": items[0].question.split,
                "dossier": items[0].question.dossier,
                "answerable": items[0].question.answerable,
                "systems": {name: _scored(item) for name, item in zip(evaluation.systems, items, strict=True)},
            }
            for items in zip(*evaluation.systems.values(), strict=True)
        ],
    }


def beir_json(result: BeirResult, made_by: Provenance) -> dict[str, Any]:
    """Return the measurement of a BEIR folder as plain values."""
    collection = result.collection
    return {
        "form": FORM,
        "command": "beir",
        **_circumstances(made_by),
        "collection": {
            "name": collection.folder.resolve().name,
            "sha256": dict(collection.hashes),
            "documents": len(collection.corpus),
            "questions": len(collection.questions),
            "unjudged_questions": collection.unjudged,
            "passages": result.passages,
        },
        "averages": AVERAGES,
        "depth": result.depth,
        "index_seconds": result.index_seconds,
        "systems": {name: _ranked(ranked) for name, ranked in result.systems.items()},
        "questions": [
            {"id": id_, "systems": {name: dict(ranked.scores[id_]) for name, ranked in result.systems.items()}}
            for id_ in collection.questions
        ],
    }


def by_type(scored: Iterable[Scored]) -> list[tuple[QuestionType, Summary]]:
    """Return the figures per type of question that occurs, in the order of :class:`eval.gold.QuestionType`."""
    items = list(scored)
    groups = ((kind, [item for item in items if item.question.type is kind]) for kind in QuestionType)
    return [(kind, summarise(group)) for kind, group in groups if group]


def troubles(evaluation: Evaluation) -> dict[str, list[str]]:
    """Return the ids of the product's questions that went wrong, by what went wrong."""
    scored = evaluation.systems[PRODUCT]
    return {
        "answered though nothing answers it": [
            item.question.id for item in scored if not item.question.answerable and not item.not_found
        ],
        "not found though it can be answered": [
            item.question.id for item in scored if item.question.answerable and item.not_found
        ],
        "no right sentence": [item.question.id for item in scored if item.any_right is False and not item.not_found],
        "right sentence, but not first": [
            item.question.id for item in scored if item.any_right and not item.first_right
        ],
    }


def _circumstances(made_by: Provenance) -> dict[str, Any]:
    return {"provenance": {**asdict(made_by), "made": made_by.made.isoformat()}}


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "questions": summary.questions,
        "answerable": summary.answerable,
        "with_judged_sentences": summary.with_sentences,
        **summary.documents,
        "page nDCG@10": summary.page,
        "first_sentence_right": summary.first_right,
        "any_sentence_right": summary.any_right,
        "unanswerable_not_found": summary.kept_silent,
        "answerable_not_found": summary.missed,
    }


def _scored(item: Scored) -> dict[str, Any]:
    return {
        **(item.documents or {}),
        "page nDCG@10": item.page,
        "first_sentence_right": item.first_right,
        "any_sentence_right": item.any_right,
        "verdict": item.outcome.verdict.value,
        "documents": list(item.outcome.documents),
        "pages": list(item.outcome.pages),
        "sentences": [
            {**_address(citation), "right": right}
            for citation, right in zip(item.outcome.sentences, item.right, strict=True)
        ],
        "seconds": item.outcome.seconds,
    }


def _address(citation: Citation) -> dict[str, Any]:
    return {"document": citation.document, "spans": [asdict(span) for span in citation.spans]}


def _ranked(ranked: Ranked) -> dict[str, Any]:
    return {
        **{measure: ranked.mean(measure) for measure in MEASURES},
        "seconds": {"p50": ranked.latency(0.5), "p95": ranked.latency(0.95)},
    }
