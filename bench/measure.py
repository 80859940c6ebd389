"""One measurement in one process, so that memory and warm-up of one cannot colour another.

``python -m bench.measure NAME ARGUMENT…`` prints what was measured as one line of JSON, or why it was not.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.asking import answering, crowding, crowding_several, searching
from bench.collections import LAWS, MUNICIPALITY, SAMPLE, fill_up
from bench.dense import dense_leg
from bench.machine import peak_mib
from bench.naive import naive
from bench.nights import nights, papers
from bench.quantising import quantised
from bench.results import Figures, NotHereError, State
from bench.side_by_side import compared, gather
from council import Catalogue, DataFolder
from council.settings import Settings
from ingest import ingest
from search import SentenceTransformerEmbedder, build
from search.indexable import indexables


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


def filling(data: Path, material: Path, passages: int) -> Figures:
    """Fill the collection up with law text and publish it: seconds to cut and to index."""
    folder = DataFolder(data)
    catalogue = Catalogue(folder.catalogue)
    started = time.perf_counter()
    held = fill_up(catalogue, material / LAWS, passages=passages)
    cut = time.perf_counter() - started
    print(f"  {held} passages cut in {cut:.0f} s", file=sys.stderr, flush=True)
    embedder = SentenceTransformerEmbedder.from_settings(Settings())
    started = time.perf_counter()
    build(Settings(), folder, catalogue, lambda: embedder, municipality=MUNICIPALITY, progress=_telling())
    return {
        "passages": held,
        "cut_seconds": round(cut, 1),
        "index_seconds": round(time.perf_counter() - started, 1),
        "peak_mib": peak_mib(),
    }


def _telling() -> Callable[[int, int], None]:
    """Return what tells on the terminal whenever another ten thousand passages are indexed."""
    told = 0

    def tell(done: int, documents: int) -> None:
        nonlocal told
        if done // 10_000 > told:
            told = done // 10_000
            print(f"  {done} passages indexed", file=sys.stderr, flush=True)

    return tell


def measured(name: str, arguments: list[str]) -> Figures:
    """Make one measurement by name, with its arguments as they stand on a command line."""
    data, *rest = arguments
    folder = Path(data)
    if name == "filling":
        return filling(folder, Path(rest[0]), int(rest[1]))
    if name == "nights":
        return nights(folder, Path(rest[0]), int(rest[1]))
    if name == "naive":
        return naive(papers(folder), pages=int(rest[0]))
    if name == "gathering":
        return gather(folder, Path(rest[0]), rest[1], int(rest[2]))
    if name == "comparing":
        return compared(folder, Path(rest[0]), rest[1], rest[2])
    if name == "dense":
        return dense_leg(folder, Path(rest[0]))
    if name == "quantising":
        return quantised(folder, rest[0])
    plain = {
        "reading": reading,
        "embedding": embedding,
        "searching": searching,
        "answering": answering,
        "crowding": crowding,
        "crowding_several": crowding_several,
    }
    return plain[name](folder)


def main() -> int:
    """Make the measurement that the command line names; 0 when there is a last line to read, whatever it says."""
    name, *arguments = sys.argv[1:]
    said: dict[str, object] = {"state": State.MEASURED, "figures": {}, "why": ""}
    try:
        said["figures"] = measured(name, arguments)
    except NotHereError as error:
        said |= {"state": State.NOT_MEASURED, "why": str(error)}
    except Exception as error:  # whatever broke, the measurements after it are still worth having
        said |= {"state": State.FAILED, "why": f"{type(error).__name__}: {error}"}
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
