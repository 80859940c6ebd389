"""What everybody who takes part must do, and how one is opened by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from bench.results import NotHereError


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One passage as everybody gets it."""

    id: int
    """Above 0, and rising within a collection."""
    text: str
    """Title, headings and text: what this product searches too."""


class Rival(Protocol):
    """Something that can be filled once and searched. It has its model loaded when it is opened."""

    def build(self, passages: Sequence[Passage]) -> None:
        """Take all passages in. Called once, before the first search."""
        ...

    def search(self, text: str, limit: int) -> Sequence[int]:
        """Return the ids of the best passages, best first, each once, at most ``limit``.

        Any text is a question: signs that the library reads as operators are words or nothing here, never an error.
        """
        ...

    def close(self) -> None:
        """Let go of files and threads."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Somebody who takes part."""

    title: str
    module: str
    distribution: str = ""
    """Name of the distribution that has to be installed; empty when none has to be."""
    finds_documents: bool = False
    """Whether its search gives one passage per document by itself."""


ENTRIES = {
    "raadspoor": Entry(title="Raadspoor", module="bench.rivals.raadspoor", finds_documents=True),
    "txtai": Entry(title="txtai, hybrid", module="bench.rivals.txtai", distribution="txtai"),
    "qdrant": Entry(title="qdrant-client, local, hybrid", module="bench.rivals.qdrant", distribution="qdrant-client"),
    "fts5": Entry(title="SQLite FTS5", module="bench.rivals.fts5"),
}


def open_rival(name: str, folder: Path) -> Rival:
    """Return a rival that keeps its files in a folder.

    Args:
        name: one of :data:`ENTRIES`.
        folder: of its own; for Raadspoor it holds the catalogue that the passages are from.

    Raises:
        NotHereError: its library is not on this machine.
    """
    version_of(name)
    opened: Rival = import_module(ENTRIES[name].module).opened(folder)
    return opened


def version_of(name: str) -> str:
    """Return the version of a rival's library; empty when that is no distribution.

    Raises:
        NotHereError: the library is not on this machine.
    """
    distribution = ENTRIES[name].distribution
    try:
        return version(distribution) if distribution else ""
    except PackageNotFoundError:
        raise NotHereError(f"{distribution} is not installed; install it with: make rivals") from None
