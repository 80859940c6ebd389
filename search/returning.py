"""Back to the generation before, when the one of tonight turns out to be no good."""

from __future__ import annotations

from council import DataError, DataFolder, UsageError
from council.settings import Settings
from search.embedding import Embedder
from search.generation import Generation, before, roll_back
from search.indexing import fits


def go_back(settings: Settings, data: DataFolder, model: Embedder) -> Generation:
    """Make the generation before the live one live again. The catalogue stays as it is, and what it withdrew stays so.

    Args:
        settings: which engine.
        data: the data folder; the caller holds its lock.
        model: what readers embed questions with.

    Returns:
        The generation that is live from now on, until a run publishes another.

    Raises:
        UsageError: the index lies on a Qdrant server, which is changed in place.
        DataError: there is no older generation, or this program cannot read it.
    """
    if settings.qdrant_url:
        raise UsageError("an index on a Qdrant server has no older generation; restore a snapshot of the server")
    older = before(data)
    if not fits(older, settings, model):
        raise DataError(
            f"{older.folder(data)} was made with another model or an older program, and nobody could search it; "
            "run raadspoor-ingest to build a new one"
        )
    roll_back(data, older)
    return older
