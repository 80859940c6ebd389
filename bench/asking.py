"""Questions put to an engine: how soon it opens, how long a search and an answer take, alone and in a crowd."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from bench.machine import Resident, children_own_mib, resident
from bench.questions import gold_questions, law_questions, mixed
from bench.results import Figures
from bench.timing import timed
from council import DataFolder, Query
from council.settings import Settings
from search import Engine, Searches, SentenceTransformerEmbedder, open_searches

_LAW_QUESTIONS = 355
_CROWD = 8
_CROWD_QUESTIONS = 800
_ROUNDS = 3
"""How often a crowd asks so many: the pace of a machine changes from one moment to the next."""
_FIRST = "gemeenteraadsvergadering over de begroting"
"""Asked before anything is measured, and never again."""
_PER = 100_000


@dataclass(frozen=True, kw_only=True, slots=True)
class _Opened:
    engine: Engine
    before: Resident
    """Of this process with the model and without the engine."""
    seconds: float
    first_ms: float


def searching(data: Path) -> Figures:
    """Search with questions that are all different, without an answer: milliseconds, seconds to open, and memory."""
    opened = _open(data)
    engine = opened.engine
    asked = [Query(text=text) for text in mixed(engine.catalogue, _LAW_QUESTIONS)]
    times = timed(engine.search, asked)
    now, passages = resident(), engine.vocabulary.passages
    own, mapped = now.own - opened.before.own, now.mapped - opened.before.mapped
    engine.close()
    return {
        "passages": passages,
        "questions": len(asked),
        "open_seconds": round(opened.seconds, 2),
        "first_ms": round(opened.first_ms, 1),
        "p50_ms": times.p50,
        "p95_ms": times.p95,
        "model_mib": opened.before.own + opened.before.mapped,
        "engine_own_mib": own,
        "engine_mapped_mib": mapped,
        "own_mib_per_100000": round(own * _PER / max(passages, 1)),
        "mapped_mib_per_100000": round(mapped * _PER / max(passages, 1)),
    }


def answering(data: Path) -> Figures:
    """Ask the questions of the gold set, each once, with an answer: milliseconds."""
    engine = _open(data).engine
    asked = [Query(text=text) for text in gold_questions()]
    times = timed(engine.ask, asked)
    passages = engine.vocabulary.passages
    engine.close()
    return {"passages": passages, "questions": len(asked), "p50_ms": times.p50, "p95_ms": times.p95}


def crowding(data: Path) -> Figures:
    """Let eight threads search at once on one engine, with questions that are all different: searches a second."""
    engine = _open(data).engine
    figures = _crowded(engine)
    engine.close()
    return figures


def crowding_several(data: Path) -> Figures:
    """Let eight threads search at once, with a process that searches for each core: searches a second, and memory."""
    several = open_searches(DataFolder(data), Settings(searchers=max(2, os.cpu_count() or 1)))
    figures = _crowded(several)
    own = children_own_mib()
    several.close()
    return {**figures, "processes": len(own), "own_mib_each": round(sum(own) / len(own))}


def _crowded(engine: Searches) -> Figures:
    """Ask in rounds, each with questions of its own, and return the figures of the middle one."""
    texts = law_questions(engine.catalogue, _ROUNDS * _CROWD_QUESTIONS, skip=_LAW_QUESTIONS)
    asked = [Query(text=text) for text in texts]
    rounds = [timed(engine.search, asked[at::_ROUNDS], threads=_CROWD) for at in range(_ROUNDS)]
    times = sorted(rounds, key=attrgetter("a_second"))[_ROUNDS // 2]
    return {
        "passages": engine.catalogue.passage_count(),
        "questions": len(asked),
        "rounds": _ROUNDS,
        "threads": _CROWD,
        "queries_per_second": times.a_second,
        "p50_ms": times.p50,
        "p95_ms": times.p95,
    }


def _open(data: Path) -> _Opened:
    embedder = SentenceTransformerEmbedder.from_settings(Settings())
    embedder.queries(["gemeenteraad"])
    before = resident()
    started = time.perf_counter()
    engine = Engine(DataFolder(data), Settings(), embedder=embedder)
    seconds = time.perf_counter() - started
    engine.warm()
    started = time.perf_counter()
    engine.search(Query(text=_FIRST))
    first = (time.perf_counter() - started) * 1000
    return _Opened(engine=engine, before=before, seconds=seconds, first_ms=first)
