"""Generations of the index: what they hold, which one is live, and how another becomes live.

A generation is a folder that is never changed once it is live. The pointer ``index/live.json`` names the live one and
is replaced in one rename, so a reader sees the old or the new one and never something in between.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from council import DataError, DataFolder, NotIngested

POINTER = "live.json"
_NAME = "%Y%m%dT%H%M%S%f"


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

    def grams(self, data: DataFolder) -> Path:
        """Return where it lies in how many passages each 5-gram stands."""
        return self.folder(data) / "grams.npy"

    def sizes(self, data: DataFolder) -> Path:
        """Return where it lies how large each of its files is."""
        return self.folder(data) / "sizes.json"

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
    name = _pointed(data)
    if name is None:
        return None
    pointer = data.index / POINTER
    try:
        return _described(data.index / name)
    except FileNotFoundError:
        raise DataError(f"{pointer} names a generation that is not there; run raadspoor-ingest again") from None
    except (OSError, ValueError, TypeError) as error:
        raise DataError(f"{pointer} names {name}: {error}; run raadspoor-ingest again") from error


def _pointed(data: DataFolder) -> str | None:
    """Return which generation the pointer names, whatever became of it; None when nothing was ever published.

    Raises:
        DataError: the pointer is damaged.
    """
    pointer = data.index / POINTER
    try:
        return Path(json.loads(pointer.read_text(encoding="utf-8"))["generation"]).name
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{pointer}: {error}; run raadspoor-ingest again") from error


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


def next_name(data: DataFolder, now: dt.datetime) -> str:
    """Return the name of a generation that is begun now: the moment, by which generations are told older from newer.

    The clock may have been set back since the newest was begun. Then the name is the moment after that one, so that the
    order of names stays the order in which they were made.
    """
    moments = [now.replace(tzinfo=None)]
    for folder in data.index.iterdir() if data.index.is_dir() else ():
        with suppress(ValueError, OverflowError):
            moments.append(dt.datetime.strptime(folder.name, _NAME) + dt.timedelta(microseconds=1))
    return max(moments).strftime(_NAME)


def describe(data: DataFolder, generation: Generation) -> None:
    """Write what a generation was made with into its folder."""
    _write(generation.folder(data) / "generation.json", asdict(generation))


def publish(data: DataFolder, generation: Generation, *, keep: int = 2) -> None:
    """Make a generation live and remove old ones.

    Args:
        data: the data folder.
        generation: what becomes live.
        keep: how many generations stay, 2 or more: this one, the one that was live until now (a reader may be in the
            middle of it), and the newest before that. One that :func:`roll_back` turned away from is not among them.
    """
    previous = None
    # Its name is enough, and even that may be lost: what is damaged is not in the way of what takes its place.
    with suppress(DataError):
        previous = _pointed(data)
    for name in _complete(data):
        # Turned away from, or never published. It goes first, or it would be what comes before the new one.
        if previous is not None and previous < name != generation.name:
            _remove(data.index / name)
    _write(data.index / POINTER, {"generation": generation.name})
    prune(data, keep=keep)


def prune(data: DataFolder, *, keep: int) -> None:
    """Remove the generations that are older than the live one and those that stay before it.

    Called in a night without news too: the one before may have been killed between publishing and this.
    """
    current = _pointed(data)
    older = [name for name in _complete(data) if current is not None and name < current]
    for name in older[: -(keep - 1)]:
        _remove(data.index / name)


def before(data: DataFolder) -> Generation:
    """Return the newest complete generation that is older than the live one, even if the live one is damaged.

    Raises:
        NotIngested: nothing was ever published.
        DataError: the pointer is damaged, or there is no older generation.
    """
    name = _pointed(data)
    if name is None:
        raise NotIngested(f"{data.root} holds no index yet; run raadspoor-ingest SOURCE --data {data.root}")
    older = [each for each in _complete(data) if each < name]
    if not older:
        raise DataError(
            f"{data.index} holds no generation before {name}; RAADSPOOR_KEEP_GENERATIONS says how many are kept. "
            "Run raadspoor-ingest to build a new one"
        )
    try:
        return _described(data.index / older[-1])
    except (OSError, ValueError, TypeError) as error:
        raise DataError(f"{data.index / older[-1]}: {error}; run raadspoor-ingest to build a new one") from error


def roll_back(data: DataFolder, generation: Generation) -> None:
    """Make an older generation live again; the one that it takes the place of is removed when another is published."""
    _write(data.index / POINTER, {"generation": generation.name})


def _complete(data: DataFolder) -> list[str]:
    """Return the names of the generations that were finished, oldest first (:func:`next_name`)."""
    return sorted(folder.name for folder in data.index.iterdir() if folder.is_dir() and _is_complete(folder))


def _remove(folder: Path) -> None:
    """Remove a generation, its description first: a kill meanwhile leaves one that nobody takes for whole."""
    (folder / "generation.json").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def clear_unfinished(data: DataFolder) -> None:
    """Remove what runs that were killed left behind; the caller holds the lock, so nobody is building.

    A generation gets its own description last, when it is complete; until then its folder holds that of the one that
    it was copied from, or none.
    """
    if not data.index.is_dir():
        return
    for folder in sorted(data.index.iterdir()):
        if folder.is_dir() and not _is_complete(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _described(folder: Path) -> Generation:
    return Generation(**json.loads((folder / "generation.json").read_text(encoding="utf-8")))


def _is_complete(folder: Path) -> bool:
    try:
        found: object = json.loads((folder / "generation.json").read_text(encoding="utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return found == folder.name


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
