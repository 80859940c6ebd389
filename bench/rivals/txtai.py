"""txtai: its hybrid of BM25 and vectors with its own settings, and this product's model. Alone in importing it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.rivals.rival import Passage
from council.settings import Settings
from search import SentenceTransformerEmbedder


class Txtai:
    """A :class:`bench.rivals.rival.Rival` in memory; only ids are stored beside the index, as with the others.

    The model is given as a function: txtai loads a model by name as a transformer, and ours is a static one.
    """

    def __init__(self) -> None:
        from txtai import Embeddings

        embedder = SentenceTransformerEmbedder.from_settings(Settings())
        embedder.queries(["gemeenteraad"])
        self._index = Embeddings(
            {
                "method": "external",
                "transform": lambda texts: embedder.passages(list(texts)),
                "hybrid": True,
                "content": False,
            }
        )

    def build(self, passages: Sequence[Passage]) -> None:
        """Index all passages."""
        self._index.index((passage.id, passage.text, None) for passage in passages)

    def search(self, text: str, limit: int) -> Sequence[int]:
        """Return the best passages; txtai adds the two scores with equal weights."""
        # It divides by the length of the vector, and one of a question without words has none.
        if not any(c.isalnum() for c in text):
            return []
        return [int(id_) for id_, _ in self._index.search(text, limit)]

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()


def opened(_folder: Path) -> Txtai:
    """Return it; it needs no folder."""
    return Txtai()
