"""Which engine to open: the embedded one, or a server when ``RAADSPOOR_QDRANT_URL`` names it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

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
    """Open the live generation.

    The embedded engine allows one process; when another holds the store (the web page, while someone searches on the
    command line), a copy in a temporary folder is opened instead and removed on closing.
    """
    if generation.collection:
        return _server(settings, generation, municipality, create=False)
    from search.index_edge import EdgeIndex

    store = generation.store(data)
    if not store.is_dir():
        raise DataError(f"{store} is missing; run raadspoor-ingest again to build a new generation")
    try:
        return EdgeIndex(store, dimension=generation.dimension, create=False)
    except DataError as refused:
        folder = Path(tempfile.mkdtemp(prefix="raadspoor-"))
        try:
            copy = shutil.copytree(store, folder / "store")
            return EdgeIndex(copy, dimension=generation.dimension, create=False, temporary=folder)
        except (DataError, OSError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise DataError(f"{store} cannot be copied to {folder}: {error}; make room there") from error
            # The copy cannot be opened either: the store is damaged, and its own name is the one to tell.
            raise refused from None


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
