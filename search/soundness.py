"""Whether the files of a generation can be read: one that a disk lost is no reason for every later night to fail.

The index is derived, so what is damaged is built anew from the catalogue. Without this look a night without news would
find nothing to do, and one with news would go on from what it cannot read.
"""

from __future__ import annotations

import json

from council import DataError, DataFolder
from search.fulltext import FullText
from search.generation import Generation
from search.lexicon import Lexicon
from search.rarity import Rarity


def must_be_sound(data: DataFolder, generation: Generation) -> None:
    """Look through what lies beside the vectors, and whether those are there. On a server that is asked elsewhere.

    Raises:
        DataError: a file is missing or damaged.
    """
    FullText.read(generation.words(data))
    Lexicon.read(generation.lexicon(data))
    Rarity.read(generation.vocabulary(data), generation.grams(data))
    if not generation.collection:
        config = generation.store(data) / "edge_config.json"
        try:
            json.loads(config.read_bytes())
        except (OSError, ValueError) as error:
            raise DataError(f"{config}: {error}; run raadspoor-ingest again to build a new generation") from error
