"""What smaller vectors would save and cost, measured in a store of the embedded engine that holds nothing else.

The product keeps whole vectors. Here the same vectors are stored anew in each form, in a process and a folder of their
own, with the engine's defaults for the graph. "rescored" asks for four times as many, and orders them by the whole
vectors, which then stay on disk.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bench.dense import Embedded, Vectors, mean_recall
from bench.machine import resident
from bench.results import Figures
from bench.timing import timed

if TYPE_CHECKING:
    import qdrant_edge as qe

_BATCH = 1_000
_LIMIT = 200
"""As many as the product's dense leg brings in."""
_OVERSAMPLING = 4.0


class Form(StrEnum):
    """How the vectors are kept."""

    FLOAT = "float32"
    INT8 = "int8"
    INT8_RESCORED = "int8_rescored"
    BINARY = "binary"
    BINARY_RESCORED = "binary_rescored"

    @property
    def bits(self) -> int:
        """Bits per dimension of what is searched."""
        return 32 if self is Form.FLOAT else 8 if self in {Form.INT8, Form.INT8_RESCORED} else 1

    @property
    def rescored(self) -> bool:
        """Whether the whole vectors decide the order in the end."""
        return self in {Form.INT8_RESCORED, Form.BINARY_RESCORED}


def quantised(kept: Path, form: str) -> Figures:
    """Store vectors in one form, open the store anew and ask: recall, milliseconds, and what it takes of memory."""
    import qdrant_edge as qe

    chosen, found = Form(form), Embedded.load(kept)
    with tempfile.TemporaryDirectory(prefix="raadspoor-bench-", dir=kept.parent) as folder:
        config = _config(chosen, found.passages.shape[1])
        shard = qe.EdgeShard.create(folder, config)
        for at in range(0, len(found.ids), _BATCH):
            rows = zip(found.ids[at : at + _BATCH].tolist(), found.passages[at : at + _BATCH].tolist(), strict=True)
            points = [qe.Point(id_, {"dense": vector}, None) for id_, vector in rows]
            shard.update(qe.UpdateOperation.upsert_points(points))
        shard.optimize()
        shard.flush()
        shard.close()
        before = resident()
        shard = qe.EdgeShard.load(folder)
        ask = _asker(shard, chosen)
        times = timed(ask, list(found.questions))
        now = resident()
        recall = mean_recall(found, ask)
        shard.close()
    return {
        "passages": len(found.ids),
        "questions": len(found.questions),
        "vectors_mib": round(found.passages.size * chosen.bits / 8 / 2**20, 1),
        "recall_at_10": round(recall, 4),
        "p50_ms": times.p50,
        "p95_ms": times.p95,
        "own_mib": now.own - before.own,
        "mapped_mib": now.mapped - before.mapped,
    }


def _config(form: Form, dimension: int) -> qe.EdgeConfig:
    import qdrant_edge as qe

    smaller: qe.ScalarQuantizationConfig | qe.BinaryQuantizationConfig | None = None
    if form.bits == 8:
        smaller = qe.ScalarQuantizationConfig(qe.ScalarType.Int8, memory=qe.Memory.Cached)
    elif form.bits == 1:
        smaller = qe.BinaryQuantizationConfig(memory=qe.Memory.Cached)
    whole = qe.Memory.Cached if smaller is None else qe.Memory.Cold
    params = qe.EdgeVectorParams(dimension, qe.Distance.Cosine, quantization_config=smaller, memory=whole)
    return qe.EdgeConfig(vectors={"dense": params})


def _asker(shard: qe.EdgeShard, form: Form) -> Callable[[Vectors], Sequence[int]]:
    import qdrant_edge as qe

    smaller = qe.QuantizationSearchParams(rescore=form.rescored, oversampling=_OVERSAMPLING if form.rescored else None)
    params = qe.SearchParams(quantization=None if form is Form.FLOAT else smaller)

    def ask(question: Vectors) -> Sequence[int]:
        request = qe.QueryRequest(
            limit=_LIMIT, query=qe.Query.Nearest(question.tolist(), "dense"), params=params, with_payload=False
        )
        return [int(point.id) for point in shard.query(request)]

    return ask
