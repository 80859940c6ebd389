"""Which engine to open: the embedded one, or a server when ``RAADSPOOR_QDRANT_URL`` names it."""

from __future__ import annotations

from council import DataError, DataFolder
from council.settings import Settings
from search.generation import Generation
from search.index import PassageIndex


def open_for_writing(
    settings: Settings, data: DataFolder, generation: Generation, municipality: str, old: Generation | None = None
) -> PassageIndex:
    """Open a generation that is being built.

    Args:
        settings: which engine.
        data: the data folder.
        generation: what is being built; its folder holds a copy of that of ``old``.
        municipality: whose papers these are.
        old: what it goes on from.
    """
    if generation.collection:
        index = _server(settings, generation, municipality, create=True)
        if old is not None:
            from search.aliases import take_over

            take_over(settings, old, generation, municipality)
        return index
    from search.index_edge import EdgeIndex

    return EdgeIndex(generation.store(data), dimension=generation.dimension)


def open_for_reading(settings: Settings, data: DataFolder, generation: Generation, municipality: str) -> PassageIndex:
    """Open the live generation, beside others who read it.

    Raises:
        DataError: it is not there or damaged.
    """
    if generation.collection:
        return _server(settings, generation, municipality, create=False)
    from search.index_edge import EdgeIndex

    return EdgeIndex(generation.store(data), dimension=generation.dimension, reading=True)


def _server(settings: Settings, generation: Generation, municipality: str, *, create: bool) -> PassageIndex:
    if not settings.qdrant_url:
        raise DataError("this index lies on a Qdrant server; set RAADSPOOR_QDRANT_URL to its address")
    from search.index_server import ServerIndex, connect

    return ServerIndex(
        connect(settings.qdrant_url, settings.qdrant_api_key.get_secret_value()),
        collection=generation.collection,
        dimension=generation.dimension,
        municipality=municipality,
        create=create,
    )
