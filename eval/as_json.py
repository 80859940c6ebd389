"""Results as plain values, for programs. ``form`` rises when a field changes its meaning or goes.

Figures are not rounded: two runs are compared by them. Papers are named by address, never quoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.ablating import Worth
from eval.beir import MEASURES, BeirResult, Ranked
from eval.provenance import Provenance
from eval.result import FORM, Result, as_values
from eval.significance import Difference
from eval.summary import Compared, cell, taken

AVERAGES = "Means over all questions on which a measure can be taken; a question without a result counts 0"


def run_json(result: Result) -> dict[str, Any]:
    """Return a result as plain values, with its means in front."""
    means: dict[str, dict[str, Any]] = {}
    for name in result.systems:
        cells = {measure.name: cell(result, name, measure.name) for measure in taken(result, name)}
        means[name] = {measure: asdict(found) for measure, found in cells.items() if found}
        silence = result.abstention(name)
        means[name]["abstention"] = {**asdict(silence), "precision": silence.precision, "recall": silence.recall}
        means[name]["seconds"] = {"p50": result.seconds(name, 0.5), "p95": result.seconds(name, 0.95)}
    return {"averages": AVERAGES, "means": means, **as_values(result)}


def compare_json(found: tuple[Compared, ...]) -> dict[str, Any]:
    """Return a comparison as plain values."""
    return {
        "form": FORM,
        "command": "compare",
        "measures": [
            {
                "measure": item.measure.name,
                **asdict(item.difference),
                "change": item.difference.change,
                "p_corrected": item.corrected,
            }
            for item in found
        ],
    }


def ablate_json(found: Sequence[Worth]) -> dict[str, Any]:
    """Return what each part is worth as plain values."""
    return {"form": FORM, "command": "ablate", "parts": _parts(found)}


def ablate_beir_json(found: Mapping[str, Sequence[Worth]]) -> dict[str, Any]:
    """Return what each part is worth on each of some BEIR folders, by name, as plain values."""
    collections = [{"name": name, "parts": _parts(parts)} for name, parts in found.items()]
    return {"form": FORM, "command": "ablate", "collections": collections}


def _parts(found: Sequence[Worth]) -> list[dict[str, Any]]:
    return [
        {
            "part": item.part.value,
            "name": item.name,
            "measures": {
                name: {**asdict(found), "change": found.change, "p_corrected": item.corrected[name]}
                for name, found in item.differences.items()
            },
        }
        for item in found
    ]


def beir_json(result: BeirResult, made_by: Provenance) -> dict[str, Any]:
    """Return the measurement of a BEIR folder as plain values."""
    collection = result.collection
    return {
        "form": FORM,
        "command": "beir",
        "provenance": {**asdict(made_by), "made": made_by.made.isoformat()},
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
        "against_bm25": {measure: _chance(result.against_baseline(measure)) for measure in MEASURES},
        "questions": [
            {"id": id_, "systems": {name: dict(ranked.scores[id_]) for name, ranked in result.systems.items()}}
            for id_ in collection.questions
        ],
    }


def _chance(found: Difference) -> dict[str, float]:
    return {"change": found.change, "low": found.low, "high": found.high, "p": found.p}


def _ranked(ranked: Ranked) -> dict[str, Any]:
    return {
        **{measure: ranked.mean(measure) for measure in MEASURES},
        "seconds": {"p50": ranked.latency(0.5), "p95": ranked.latency(0.95)},
    }
