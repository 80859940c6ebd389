"""Which numbers belong to each key: an inverted index in three arrays, read from disk only where it is asked.

Keys are texts, known by 64 bits of their BLAKE2b hash: at a million keys the chance that any two share one is one in 37
million. Numbers are those of passages, or of places in a running text; for each key they rise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Keys = NDArray[np.uint64]
GONE = 0xFFFFFFFF
"""The number that stands for none."""
AT_ONCE = 4 << 20
"""About how many numbers are worked on at a time, so that building takes no more memory for a larger collection."""
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
    def of(cls, keys: Keys, numbers: Numbers, *, at_once: int = AT_ONCE) -> Postings:
        """Sort pairs of a key and a number, of which none may come twice.

        Args:
            keys: may be read from disk.
            numbers: one for each.
            at_once: about how many pairs are sorted at a time; that bounds the memory that sorting takes.
        """
        count = max(1, -(-len(keys) // at_once))
        borders = [0, *(part * (2**64 // count) for part in range(1, count)), 2**64]
        parts = [cls._sorted(keys, numbers, low, high) for low, high in pairwise(borders)]
        sizes = np.concatenate([np.diff(part.starts) for part in parts])
        return cls(
            keys=np.concatenate([part.keys for part in parts]),
            starts=starts_of(sizes),
            numbers=np.concatenate([part.numbers for part in parts]),
        )

    @classmethod
    def _sorted(cls, keys: Keys, numbers: Numbers, low: int, high: int) -> Postings:
        """Sort the pairs whose key lies from a border up to the next. Keys are hashes, so all parts are about alike."""
        if (low, high) != (0, 2**64):
            within = np.flatnonzero((keys >= np.uint64(low)) & (keys <= np.uint64(high - 1)))
            keys, numbers = keys[within], numbers[within]
        order = np.lexsort((numbers, keys))
        keys, numbers = keys[order], numbers[order]
        first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
        return cls(keys=keys[first], starts=np.append(first, len(keys)).astype(np.int64), numbers=numbers)

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

    def renumbered(self, renumber: NDArray[np.uint32]) -> Postings:
        """Return the same with other numbers, in the same order.

        Args:
            renumber: the new number of every old one: higher for a higher one, or :data:`GONE`, which is left out.
        """
        sizes = np.zeros(len(self.keys), np.int64)
        parts = [np.zeros(0, np.uint32)]
        for part in self.slices():
            numbers = renumber[self.numbers[self.starts[part.start] : self.starts[part.stop]]]
            kept = numbers != GONE
            before = starts_of(kept)
            sizes[part] = np.diff(before[self.starts[part.start : part.stop + 1] - self.starts[part.start]])
            parts.append(numbers[kept])
        left = sizes > 0
        return Postings(keys=self.keys[left], starts=starts_of(sizes[left]), numbers=np.concatenate(parts))

    def followed_by(self, other: Postings) -> Postings:
        """Return these and others together; for each key its own numbers come first, which are the lower ones."""
        keys = np.union1d(self.keys, other.keys)
        places = [(one, np.searchsorted(keys, one.keys)) for one in (self, other)]
        sizes = np.zeros((2, len(keys)), np.int64)
        for row, (one, at) in zip(sizes, places, strict=True):
            row[at] = np.diff(one.starts)
        starts = starts_of(sizes.sum(axis=0))
        numbers = np.zeros(starts[-1], np.uint32)
        for (one, at), before in zip(places, (0, sizes[0]), strict=True):
            begins = (starts[:-1] + before)[at]
            for part in one.slices():
                first, last = one.starts[part.start], one.starts[part.stop]
                shift = np.repeat(begins[part] - one.starts[part], np.diff(one.starts[part.start : part.stop + 1]))
                numbers[np.arange(first, last) + shift] = one.numbers[first:last]
        return Postings(keys=keys, starts=starts, numbers=numbers)

    def slices(self, at_once: int = AT_ONCE) -> Iterator[slice]:
        """Yield slices of the keys that together are all, each with about so many numbers, or one key with more."""
        begin = 0
        while begin < len(self.keys):
            end = int(np.searchsorted(self.starts, self.starts[begin] + at_once, side="right")) - 1
            end = max(end, begin + 1)
            yield slice(begin, end)
            begin = end

    def counts(self) -> Mapping[int, int]:
        """Return how many numbers each key has."""
        return dict(zip(self.keys.tolist(), np.diff(self.starts).tolist(), strict=True))


_PARTS = ("keys", "starts", "numbers")


def keys_of(texts: Iterable[str]) -> Keys:
    """Return the keys of many texts."""
    return np.fromiter((key_of(text) for text in texts), dtype=np.uint64)


def starts_of(sizes: NDArray[np.integer] | NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where each of some rows begins that lie behind one another, and where the last ends.

    Args:
        sizes: of each row.
    """
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))


def save(path: Path, array: NDArray[np.generic]) -> None:
    """Write an array beside its place and put it there in one rename."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.save(file, np.ascontiguousarray(array), allow_pickle=False)
    part.replace(path)


def holds(numbers: Numbers, number: int) -> bool:
    """Say whether a number is among numbers that are in order."""
    return bool(which_of([number], numbers)[0])


def which_of(wanted: Sequence[int], numbers: Numbers) -> NDArray[np.bool_]:
    """Say of each of some numbers whether it is among numbers that are in order."""
    if not len(numbers):
        return np.zeros(len(wanted), np.bool_)
    # As numbers of the same kind: for any other the whole array would be copied.
    asked = np.array(wanted, numbers.dtype)
    found: NDArray[np.bool_] = numbers[np.minimum(numbers.searchsorted(asked), len(numbers) - 1)] == asked
    return found
