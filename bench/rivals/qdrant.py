"""qdrant-client's local mode: this product's terms and vectors, fused by rank as Qdrant does. Alone in importing it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from bench.rivals.rival import Passage
from council.settings import Settings
from search import SentenceTransformerEmbedder, dutch
from search.sparse import SparseVector, passage_vector, query_vector

if TYPE_CHECKING:
    from qdrant_client import models

_NAME = "passages"
_BATCH = 512
_CANDIDATES = 200


class QdrantLocal:
    """A :class:`bench.rivals.rival.Rival` in memory: a dense and a sparse leg, fused by reciprocal rank."""

    def __init__(self) -> None:
        from qdrant_client import QdrantClient, models

        self._models = models
        self._client = QdrantClient(":memory:")
        self._embedder = SentenceTransformerEmbedder.from_settings(Settings())
        self._embedder.queries(["gemeenteraad"])

    def build(self, passages: Sequence[Passage]) -> None:
        """Embed all passages, cut them to terms and upload both."""
        models = self._models
        self._client.create_collection(
            _NAME,
            vectors_config={
                "dense": models.VectorParams(size=self._embedder.dimension, distance=models.Distance.COSINE)
            },
            sparse_vectors_config={"terms": models.SparseVectorParams(modifier=models.Modifier.IDF)},
        )
        terms = [dutch.terms(passage.text) for passage in passages]
        average = fmean(len(found) for found in terms) if terms else 0.0
        for at in range(0, len(passages), _BATCH):
            batch = passages[at : at + _BATCH]
            dense = self._embedder.passages([passage.text for passage in batch])
            points = [
                models.PointStruct(
                    id=passage.id,
                    vector={
                        "dense": dense[number].tolist(),
                        "terms": self._sparse(passage_vector(terms[at + number], average=average)),
                    },
                )
                for number, passage in enumerate(batch)
            ]
            self._client.upsert(_NAME, points)

    def search(self, text: str, limit: int) -> Sequence[int]:
        """Return the best passages of the fused ranking."""
        models = self._models
        dense, sparse = self._embedder.queries([text])[0], query_vector(dutch.terms(text))
        legs = []
        if dense.any():
            legs.append(models.Prefetch(query=dense.tolist(), using="dense", limit=max(limit, _CANDIDATES)))
        if sparse.indices:
            legs.append(models.Prefetch(query=self._sparse(sparse), using="terms", limit=max(limit, _CANDIDATES)))
        if not legs:
            return []
        fusion = models.FusionQuery(fusion=models.Fusion.RRF)
        found = self._client.query_points(_NAME, prefetch=legs, query=fusion, limit=limit, with_payload=False)
        return [int(point.id) for point in found.points]

    def close(self) -> None:
        """Let go of the collection."""
        self._client.close()

    def _sparse(self, vector: SparseVector) -> models.SparseVector:
        return self._models.SparseVector(indices=list(vector.indices), values=list(vector.values))


def opened(_folder: Path) -> QdrantLocal:
    """Return it; it needs no folder."""
    return QdrantLocal()
