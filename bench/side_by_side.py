"""One way to search on one collection: how good, how fast, how long to build, how much memory."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.collections import JUDGED, LAW_TEXT, LAWS, fill_up, put_judged
from bench.machine import peak_mib, resident
from bench.questions import law_questions
from bench.results import Figures, NotHereError
from bench.rivals.rival import ENTRIES, Passage, Rival, open_rival, version_of
from bench.timing import timed
from council import Catalogue, DataFolder
from eval.averages import mean
from eval.collection import Collection, read_collection
from eval.ranking import score_rankings
from search.indexable import indexables

_BEST = 10
_DEPTH = 50
"""Passages that are asked for to have ten documents of them."""
_LAW_QUESTIONS = 200
_MEASURE = "nDCG@10"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shared:
    """A collection as everybody gets it."""

    passages: Sequence[Passage]
    documents: Mapping[int, str]
    """Per passage the file name of its document, which is the name that judgements use."""


def gather(folder: Path, material: Path, name: str, passages: int) -> Figures:
    """Put a collection's papers into a catalogue, cut into passages and not indexed: what everybody starts from."""
    catalogue = Catalogue(DataFolder(folder).catalogue, create=True)
    if name == LAW_TEXT:
        held = fill_up(catalogue, material / LAWS, passages=passages)
    else:
        held = put_judged(catalogue, read_collection(_judged(material, name)))
    catalogue.close()
    return {"passages": held}


def compared(folder: Path, material: Path, collection: str, name: str) -> Figures:
    """Build one rival on a gathered collection and ask it every question once.

    Raises:
        NotHereError: its library is not on this machine.
    """
    release = version_of(name)
    catalogue = Catalogue(DataFolder(folder).catalogue)
    shared = _shared(catalogue)
    judged = None if collection == LAW_TEXT else read_collection(_judged(material, collection))
    texts = list(judged.questions.values()) if judged else law_questions(catalogue, _LAW_QUESTIONS)
    catalogue.close()
    with tempfile.TemporaryDirectory(prefix="raadspoor-bench-", dir=folder.parent) as own:
        shutil.copytree(folder, own, dirs_exist_ok=True)
        rival = open_rival(name, Path(own))
        before = resident()
        started = time.perf_counter()
        rival.build(shared.passages)
        built = time.perf_counter() - started
        print(f"  built in {built:.1f} s", file=sys.stderr, flush=True)
        rival.search("gemeenteraadsvergadering", _BEST)
        # Timed before it is judged: judging asks the same questions, and a repetition would be quicker.
        times = timed(lambda text: rival.search(text, _BEST), texts)
        now = resident()
        quality = _quality(rival, judged, shared, ENTRIES[name].finds_documents) if judged else {}
        rival.close()
    return {
        "version": release,
        "passages": len(shared.passages),
        **quality,
        "questions": len(texts),
        "build_seconds": round(built, 1),
        "p50_ms": times.p50,
        "p95_ms": times.p95,
        "own_mib": now.own - before.own,
        "mapped_mib": now.mapped - before.mapped,
        "peak_mib": peak_mib(),
    }


def by_best_passage(ids: Sequence[int], documents: Mapping[int, str], limit: int) -> list[str]:
    """Return documents in the order of the best passage of each."""
    return list(dict.fromkeys(documents[id_] for id_ in ids))[:limit]


def _quality(rival: Rival, collection: Collection, shared: _Shared, finds_documents: bool) -> Figures:
    depth = _BEST if finds_documents else _DEPTH
    rankings = {
        id_: by_best_passage(rival.search(text, depth), shared.documents, _BEST)
        for id_, text in collection.questions.items()
    }
    scores = score_rankings(collection.qrels, rankings, [_MEASURE])
    return {"ndcg_at_10": round(mean(found[_MEASURE] for found in scores.values()) or 0.0, 3)}


def _shared(catalogue: Catalogue) -> _Shared:
    passages: list[Passage] = []
    documents: dict[int, str] = {}
    for document in catalogue.documents():
        for item in indexables(catalogue, document):
            passages.append(Passage(id=item.passage.id, text=item.in_context))
            documents[item.passage.id] = document.filename
    return _Shared(passages=sorted(passages, key=lambda passage: passage.id), documents=documents)


def _judged(material: Path, name: str) -> Path:
    folder = material / JUDGED / name
    if not folder.is_dir():
        raise NotHereError(f"{JUDGED / name} is not there; name the folder that holds it with --material")
    return folder
