"""Generations of the index: what they hold, which one is live, and how another becomes live.

A generation is a folder that is never changed once it is live. The pointer ``index/live.json`` names the live one and
is replaced in one rename, so a reader sees the old or the new one and never something in between.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from council import DataError, DataFolder, NotIngested

POINTER = "live.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Generation:
    """What one generation was made with; a reader that works otherwise must not read it."""

    name: str
    made: str
    model: str
    """Fingerprint of the embedding model, its prompts and its files."""
    dimension: int
    analysis: str
    average_terms: float
    """Mean number of terms of a passage: the length that BM25 measures against."""
    average_grams: float
    collection: str = ""
    """Name on the Qdrant server; empty for the embedded engine."""
    layout: str = ""
    """Names the form of the words and of what is stored beside the vectors; empty in what older programs made."""

    def folder(self, data: DataFolder) -> Path:
        """Return where this generation lies."""
        return data.index / self.name

    def store(self, data: DataFolder) -> Path:
        """Return where the embedded engine's files lie."""
        return self.folder(data) / "store"

    def vocabulary(self, data: DataFolder) -> Path:
        """Return where the vocabulary lies."""
        return self.folder(data) / "vocabulary.json"

    def words(self, data: DataFolder) -> Path:
        """Return the folder in which every word of every passage lies."""
        return self.folder(data) / "words"

    def lexicon(self, data: DataFolder) -> Path:
        """Return where the public words lie, as they are spelt."""
        return self.folder(data) / "lexicon.json"


def live(data: DataFolder) -> Generation | None:
    """Return the live generation, or None when nothing was ever published.

    Raises:
        DataError: the pointer or the generation's description is damaged.
    """
    pointer = data.index / POINTER
    try:
        name = json.loads(pointer.read_text(encoding="utf-8"))["generation"]
        return Generation(**json.loads((data.index / Path(name).name / "generation.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        if pointer.exists():
            raise DataError(f"{pointer} names a generation that is not there; run raadspoor-ingest again") from None
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{pointer}: {error}; delete it and run raadspoor-ingest again") from error


def must_be_live(data: DataFolder) -> Generation:
    """Return the live generation.

    Raises:
        NotIngested: nothing was ever published.
    """
    found = live(data)
    if found is None:
        raise NotIngested(f"{data.root} holds no index yet; run raadspoor-ingest SOURCE --data {data.root} first")
    return found


def pointer_mark(data: DataFolder) -> int:
    """Return a number that changes when another generation becomes live."""
    try:
        return (data.index / POINTER).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def describe(data: DataFolder, generation: Generation) -> None:
    """Write what a generation was made with into its folder."""
    _write(generation.folder(data) / "generation.json", asdict(generation))


def publish(data: DataFolder, generation: Generation) -> None:
    """Make a generation live and remove those that are older than the one before it."""
    previous = live(data)
    _write(data.index / POINTER, {"generation": generation.name})
    keep = {generation.name} | ({previous.name} if previous else set())
    for folder in sorted(data.index.iterdir()):
        if folder.is_dir() and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def clear_unfinished(data: DataFolder) -> None:
    """Remove what runs that were killed left behind; the caller holds the lock, so nobody is building.

    A generation gets its own description last, when it is complete; until then its folder holds that of the one that
    it was copied from, or none.
    """
    if not data.index.is_dir():
        return
    for folder in sorted(data.index.iterdir()):
        if folder.is_dir() and _described_as(folder) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)


def _described_as(folder: Path) -> object:
    try:
        return json.loads((folder / "generation.json").read_text(encoding="utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, content: dict[str, object]) -> None:
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
