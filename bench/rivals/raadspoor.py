"""This product: its own index over the catalogue that the passages were read from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.rivals.rival import Passage
from council import Catalogue, DataFolder, Query
from council.settings import Settings
from search import Engine, SentenceTransformerEmbedder, build


class Raadspoor:
    """A :class:`bench.rivals.rival.Rival`. Its search does all that a reader gets: filters, counts, facets, snippets.

    Args:
        folder: a data folder with a catalogue and without an index.
    """

    def __init__(self, folder: Path) -> None:
        self._data = DataFolder(folder)
        self._settings = Settings(qdrant_url="")
        self._embedder = SentenceTransformerEmbedder.from_settings(self._settings)
        self._embedder.queries(["gemeenteraad"])
        self._engine: Engine | None = None

    def build(self, passages: Sequence[Passage]) -> None:
        """Build and publish the index of the catalogue, which holds just these passages."""
        catalogue = Catalogue(self._data.catalogue)
        if catalogue.passage_count() != len(passages):
            raise ValueError(f"{len(passages)} passages were given and {self._data.catalogue} holds others")
        municipality = next(document.municipality for document in catalogue.documents())
        build(self._settings, self._data, catalogue, lambda: self._embedder, municipality=municipality)
        catalogue.close()
        self._engine = Engine(self._data, self._settings, embedder=self._embedder)
        self._engine.warm()

    def search(self, text: str, limit: int) -> Sequence[int]:
        """Return the best passage of each of the best documents."""
        if self._engine is None:
            raise ValueError("nothing was built yet")
        return [hit.passage.id for hit in self._engine.search(Query(text=text, limit=limit)).hits]

    def close(self) -> None:
        """Close the engine."""
        if self._engine is not None:
            self._engine.close()


def opened(folder: Path) -> Raadspoor:
    """Return it, with its data in a folder."""
    return Raadspoor(folder)
