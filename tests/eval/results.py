"""Results that were never measured, for tests of what is done with results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from council import Verdict
from eval.gold import QuestionType, Split
from eval.provenance import Provenance
from eval.result import Asked, Given, GoldMark, PapersMark, Result
from eval.systems import PRODUCT
from tests.fakes import sha_of


def made_by(**changes: Any) -> Provenance:
    good: dict[str, Any] = {
        "made": dt.datetime(2024, 3, 12, 20, 15, tzinfo=dt.UTC),
        "commit": "a" * 40,
        "libraries": {"torch": "2.13.0"},
        "model": "fake-16",
        "generation": "g1",
        "analysis": "dutch-1",
        "settings": {"weight_terms": 1.0},
        "machine": {"system": "Linux", "processor": "x86_64", "cores": 2, "python": "3.11.7"},
    }
    return Provenance(**{**good, **changes})


def asked(id_: str, **changes: Any) -> Asked:
    good: dict[str, Any] = {
        "id": id_,
        "line": 1,
        "text": f"Vraag {id_}?",
        "need": "weten",
        "type": QuestionType.AMOUNT,
        "form": None,
        "split": Split.DEV,
        "dossier": "zwembad",
        "answerable": True,
        "why": None,
        "kind": "raadsvoorstel",
        "words": 2,
        "mark": f"mark-{id_}",
    }
    return Asked(**{**good, **changes})


def given_(measures: Mapping[str, float], **changes: Any) -> Given:
    good: dict[str, Any] = {
        "found": (),
        "sentences": (),
        "verdict": Verdict.ANSWERED,
        "confidence": 0.8,
        "seconds": 0.1,
        "cpu_seconds": 0.1,
        "measures": measures,
    }
    return Given(**{**good, **changes})


def a_result(values: Mapping[str, Sequence[float]], *, system: str = PRODUCT, **changes: Any) -> Result:
    """Return a result whose questions have these values: per measure one for each question."""
    count = len(next(iter(values.values())))
    ids = [f"q{at}" for at in range(count)]
    good: dict[str, Any] = {
        "command": "run",
        "made_by": made_by(),
        "gold": GoldMark(file="gold.jsonl", sha256=sha_of("gold")),
        "papers": PapersMark(sha256=sha_of("papers"), text=sha_of("text"), documents=3),
        "seed": 7,
        "unplaced": 0,
        "memory_mib": 512.0,
        "questions": tuple(asked(id_) for id_ in ids),
        "systems": {
            system: tuple(given_({name: per[at] for name, per in values.items()}) for at in range(count)),
        },
    }
    return Result(**{**good, **changes})
