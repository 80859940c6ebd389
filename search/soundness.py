"""Whether the files of a generation can be read: one that a disk lost is no reason for every later night to fail.

The index is derived, so what is damaged is built anew from the catalogue. Without this look a night without news would
find nothing to do, and one with news would go on from what it cannot read. What lies beside the vectors is read; of the
engine's own files, which may be many gigabytes, it is seen whether they are there and as large as they were.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from council import DataError, DataFolder
from search.fulltext import FullText
from search.generation import Generation
from search.lexicon import Lexicon
from search.rarity import Rarity

_CONFIG = "edge_config.json"
"""Whoever opens the engine writes its settings there anew."""
_REMEDY = "run raadspoor-ingest again to build a new generation"


def remember_sizes(data: DataFolder, generation: Generation) -> None:
    """Write down how large each file of the engine is; the last that is done to a generation before it is described."""
    generation.sizes(data).write_text(json.dumps(_sizes(data, generation)), encoding="ascii")


def must_be_sound(data: DataFolder, generation: Generation) -> None:
    """Look through what lies beside the vectors, and whether those are there. On a server that is asked elsewhere.

    Raises:
        DataError: a file is missing or damaged.
    """
    FullText.read(generation.words(data))
    Lexicon.read(generation.lexicon(data))
    Rarity.read(generation.vocabulary(data), generation.grams(data))
    if generation.collection:
        return
    config = generation.store(data) / _CONFIG
    try:
        json.loads(config.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{config}: {error}; {_REMEDY}") from error
    _must_be_as_large(data, generation)


def _must_be_as_large(data: DataFolder, generation: Generation) -> None:
    path = generation.sizes(data)
    try:
        written = dict(json.loads(path.read_text(encoding="ascii")))
    except FileNotFoundError:
        return  # of an older program
    except (OSError, ValueError, TypeError) as error:
        raise DataError(f"{path}: {error}; {_REMEDY}") from error
    found = _sizes(data, generation)
    for name, size in written.items():
        if found.get(name) != size:
            now = f"{found[name]} bytes and not {size}" if name in found else "not there"
            raise DataError(f"{generation.store(data) / name} is {now}; {_REMEDY}")


def _sizes(data: DataFolder, generation: Generation) -> Mapping[str, int]:
    store = generation.store(data)
    if not store.is_dir():
        return {}
    return {
        path.relative_to(store).as_posix(): path.stat().st_size
        for path in sorted(store.rglob("*"))
        if path.is_file() and path.name != _CONFIG
    }
