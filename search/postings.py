"""Which numbers belong to each key: an inverted index in three arrays, read from disk only where it is asked.

Keys are texts, known by 64 bits of their BLAKE2b hash: at a million keys the chance that any two share one is one in 37
million. Numbers are those of passages, or of places in a running text; for each key they rise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Keys = NDArray[np.uint64]
GONE = 0xFFFFFFFF
"""The number that stands for none."""
_NOTHING: Numbers = np.zeros(0, np.uint32)


@lru_cache(maxsize=500_000)
def key_of(text: str) -> int:
    """Return the key of a text."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, kw_only=True, slots=True)
class Postings:
    """Keys (rising), where the numbers of each begin (one more than there are keys), and the numbers."""

    keys: Keys
    starts: NDArray[np.int64]
    numbers: Numbers

    @classmethod
    def of(cls, keys: Keys, numbers: Numbers) -> Postings:
        """Sort pairs of a key and a number, of which none may come twice."""
        order = np.lexsort((numbers, keys))
        keys, numbers = keys[order], numbers[order]
        first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
        starts = np.append(first, len(keys)).astype(np.int64)
        return cls(keys=keys[first], starts=starts, numbers=numbers)

    @classmethod
    def read(cls, folder: Path, name: str) -> Postings:
        """Open what :meth:`write` wrote.

        Raises:
            OSError, ValueError: a file is not there or damaged.
        """
        # As plain arrays over the mapped files: each slice of a `memmap` runs code of its own.
        keys, starts, numbers = (
            np.asarray(np.load(folder / f"{name}.{part}.npy", mmap_mode="r", allow_pickle=False)) for part in _PARTS
        )
        if len(starts) != len(keys) + 1 or starts[-1] != len(numbers):
            raise ValueError(f"{name} does not fit together")
        return cls(keys=keys, starts=starts, numbers=numbers)

    def write(self, folder: Path, name: str) -> None:
        """Write three files; an array that is in use on disk is replaced and not written over."""
        for part in _PARTS:
            save(folder / f"{name}.{part}.npy", getattr(self, part))

    def __getitem__(self, text: str) -> Numbers:
        """Return the numbers of a text; none for one that is not known."""
        key = np.uint64(key_of(text))
        at = int(self.keys.searchsorted(key))
        if at == len(self.keys) or self.keys[at] != key:
            return _NOTHING
        return self.numbers[self.starts[at] : self.starts[at + 1]]

    def pairs(self, renumber: NDArray[np.uint32]) -> tuple[Keys, Numbers]:
        """Return all pairs with other numbers; those whose new number is :data:`GONE` are left out.

        Args:
            renumber: the new number of every old one.
        """
        keys = np.repeat(self.keys, np.diff(self.starts))
        numbers = renumber[self.numbers]
        kept = numbers != GONE
        return keys[kept], numbers[kept]

    def counts(self) -> Mapping[int, int]:
        """Return how many numbers each key has."""
        return dict(zip(self.keys.tolist(), np.diff(self.starts).tolist(), strict=True))


_PARTS = ("keys", "starts", "numbers")


def keys_of(texts: Iterable[str]) -> Keys:
    """Return the keys of many texts."""
    return np.fromiter((key_of(text) for text in texts), dtype=np.uint64)


def save(path: Path, array: NDArray[np.generic]) -> None:
    """Write an array beside its place and put it there in one rename."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.save(file, np.ascontiguousarray(array), allow_pickle=False)
    part.replace(path)


def holds(numbers: Numbers, number: int) -> bool:
    """Say whether a number is among numbers that are in order."""
    # As a number of the same kind: for any other the whole array would be copied.
    at = int(numbers.searchsorted(numbers.dtype.type(number)))
    return at < len(numbers) and int(numbers[at]) == number
