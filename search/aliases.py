"""Generations on a Qdrant server: each a collection of its own, and for each municipality an alias of the live one.

A run writes into a collection that nobody reads yet and begins with a copy of what the live one holds. Readers open the
collection that the live generation names, because the words and the vocabulary in the data folder are those of that one
and of no other; the alias says the same to who looks at the server, and is moved in one step. With the embedded engine
there is nothing to do here.
"""

from __future__ import annotations

import re

from council import DataFolder
from council.settings import Settings
from search.generation import Generation

_NAME = re.compile(r"(raadspoor-.+)-\d{8}T\d{12}")


def collection_of(municipality: str, generation: str) -> str:
    """Return the name of the collection of a municipality's generation: its alias and the generation's name."""
    return f"raadspoor-{municipality}-{generation}"


def is_there(settings: Settings, generation: Generation) -> bool:
    """Say whether the server still has the collection of a generation.

    Raises:
        DataError: the server does not answer; so do the functions below.
    """
    if not generation.collection:
        return True
    from search.index_server import names_on

    return generation.collection in names_on(settings)


def take_over(settings: Settings, old: Generation, new: Generation, municipality: str) -> None:
    """Copy what a generation holds into the collection of a new one, which is there and empty."""
    from search.index_server import copy_points

    copy_points(settings, old.collection, new.collection, municipality)


def point_to(settings: Settings, generation: Generation) -> None:
    """Make the alias of a municipality name this generation's collection, and no other at any moment."""
    if alias := _alias_of(generation.collection):
        from search.index_server import move_alias

        move_alias(settings, alias, generation.collection)


def sweep(settings: Settings, data: DataFolder, municipality: str) -> None:
    """Remove the collections of a municipality that belong to no generation in its data folder.

    Those are the ones that were pruned, turned away from, or left by a run that was killed. What belongs to another
    municipality, or is not named as a generation is, stays.
    """
    if not settings.qdrant_url:
        return
    from search.index_server import drop, names_on

    kept = {collection_of(municipality, folder.name) for folder in data.index.glob("*/")}
    alias = _alias_of(collection_of(municipality, "00000000T000000000000"))
    drop(settings, [name for name in names_on(settings) if _alias_of(name) == alias and name not in kept])


def _alias_of(collection: str) -> str:
    """Return the alias of the municipality that a collection belongs to; empty for what is named otherwise."""
    named = _NAME.fullmatch(collection)
    return named.group(1) if named else ""
