"""One measurement in one process, so that memory and warm-up of one cannot colour another."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.collections import SAMPLE, fill_up, questions
from bench.machine import peak_mib, resident_mib
from council import Catalogue, DataFolder, Query
from council.settings import Settings
from ingest import ingest
from search import Engine, SentenceTransformerEmbedder, build

MUNICIPALITY = "gm9901"
Figures = dict[str, float | int]


def reading(data: Path) -> Figures:
    """Ingest the sample into an empty folder: pages per second, end to end and published, without OCR."""
    settings = Settings(ocr=False)
    started = time.perf_counter()
    report = ingest(SAMPLE, DataFolder(data), settings, municipality=MUNICIPALITY)
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    ingest(SAMPLE, DataFolder(data), settings, municipality=MUNICIPALITY)
    return {
        "pages": report.pages,
        "passages": report.passages,
        "seconds": round(seconds, 2),
        "pages_per_second": round(report.pages / seconds, 1),
        "second_run_seconds": round(time.perf_counter() - started, 2),
        "peak_mib": peak_mib(),
    }


def embedding(data: Path) -> Figures:
    """Embed the sample's passages with the shipped model: passages per second, median of five rounds."""
    from search.indexing import indexables

    catalogue = Catalogue(DataFolder(data).catalogue)
    texts = [item.in_context for document in catalogue.documents() for item in indexables(catalogue, document)]
    embedder = SentenceTransformerEmbedder.from_settings(Settings())
    started = time.perf_counter()
    embedder.queries(["gemeenteraad"])
    loading = time.perf_counter() - started
    rounds = []
    for _ in range(5):
        started = time.perf_counter()
        embedder.passages(texts)
        rounds.append(len(texts) / (time.perf_counter() - started))
    return {
        "passages": len(texts),
        "passages_per_second": round(statistics.median(rounds)),
        "load_seconds": round(loading, 2),
        "peak_mib": peak_mib(),
    }


def filling(data: Path, passages: int) -> Figures:
    """Fill the collection up with law text and publish it: seconds to cut and to index."""
    folder = DataFolder(data)
    catalogue = Catalogue(folder.catalogue)
    started = time.perf_counter()
    held = fill_up(catalogue, municipality=MUNICIPALITY, passages=passages)
    cut = time.perf_counter() - started
    embedder = SentenceTransformerEmbedder.from_settings(Settings())
    started = time.perf_counter()
    build(Settings(), folder, catalogue, lambda: embedder, municipality=MUNICIPALITY)
    return {
        "passages": held,
        "cut_seconds": round(cut, 1),
        "index_seconds": round(time.perf_counter() - started, 1),
        "peak_mib": peak_mib(),
    }


def asking(data: Path) -> Figures:
    """Ask every question of the gold set three times: latency of a search, and of a search with its answer, in ms."""
    embedder = SentenceTransformerEmbedder.from_settings(Settings())
    embedder.queries(["gemeenteraad"])
    before = resident_mib()
    started = time.perf_counter()
    engine = Engine(DataFolder(data), Settings(), embedder=embedder)
    opening = time.perf_counter() - started
    engine.warm()
    asked = [Query(text=question) for question in questions()]
    for query in asked[:10]:
        engine.ask(query)
    searches = _times(engine.search, asked * 3)
    answers = _times(engine.ask, asked * 3)
    figures: Figures = {
        "passages": engine.vocabulary.passages,
        "questions": len(asked),
        "open_seconds": round(opening, 3),
        "search_p50_ms": round(statistics.median(searches), 1),
        "search_p95_ms": round(_p95(searches), 1),
        "answer_p50_ms": round(statistics.median(answers), 1),
        "answer_p95_ms": round(_p95(answers), 1),
        "memory_model_mib": before,
        "memory_all_mib": resident_mib(),
    }
    engine.close()
    return figures


def _times(call: Callable[[Query], object], queries: Sequence[Query]) -> list[float]:
    """Return the milliseconds of each call."""
    found = []
    for query in queries:
        started = time.perf_counter()
        call(query)
        found.append((time.perf_counter() - started) * 1000)
    return found


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


if __name__ == "__main__":
    import json

    name, folder, *rest = sys.argv[1:]
    found = {"reading": reading, "embedding": embedding, "asking": asking}.get(name)
    figures = found(Path(folder)) if found else filling(Path(folder), int(rest[0]))
    print(json.dumps(figures))
