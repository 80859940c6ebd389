"""Back to the generation before, when the one of tonight turns out to be no good."""

from __future__ import annotations

from council import DataError, DataFolder
from council.settings import Settings
from search.aliases import is_there, point_to
from search.embedding import Embedder
from search.generation import Generation, before, roll_back
from search.indexing import fits
from search.soundness import must_be_sound


def go_back(settings: Settings, data: DataFolder, model: Embedder) -> Generation:
    """Make the generation before the live one live again. The catalogue stays as it is, and what it withdrew stays so.

    Args:
        settings: which engine.
        data: the data folder; the caller holds its lock.
        model: what readers embed questions with.

    Returns:
        The generation that is live from now on, until a run publishes another.

    Raises:
        DataError: there is no older generation, it is damaged or this program cannot read it, or the Qdrant server has
            lost it.
    """
    older = before(data)
    if not fits(older, settings, model):
        raise DataError(
            f"{older.folder(data)} was made with another model, engine or program, and nobody could search it; "
            "run raadspoor-ingest to build a new one"
        )
    must_be_sound(data, older)
    if not is_there(settings, older):
        raise DataError(
            f"the Qdrant server has no collection {older.collection} any more; run raadspoor-ingest to build a new one"
        )
    point_to(settings, older)
    roll_back(data, older)
    return older
