"""Every word of every passage, to find and to count exactly: which passages hold a term, and which a phrase.

The three legs rank and give the best few hundred; this knows all. It is derived from the catalogue, built with the
generation and kept in its folder, whichever engine ranks. It holds the words of secret papers too, as hashes without
their text; what a reader may see is decided by who asks it (:mod:`search.register`). Words are runs of letters and
figures, folded; a phrase is a row of them, whatever stands between (*Zuid-Holland*: two words).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from council import DataError
from search.dutch import fold
from search.postings import Numbers, Postings, save

WORDS_FORM = "words-4"
"""Names this form; a generation with another is built anew."""
_RUN = re.compile(r"[^\W_]+")
_STICKS = re.compile(r"\d(?<=[^\W\d_]{4}\d)(?=\d{0,2}(?![^\W_]))")
"""Where figures stick to the end of a word: the mark of a note (*woonden2*), or *bijlage1*, which is *bijlage 1*."""
Mask = NDArray[np.bool_]


def words_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield every word of a text, stop words too: as it is compared (folded), and as it is spelt, in small letters."""
    for found in _RUN.finditer(_STICKS.sub(r" \g<0>", text)):
        spelt = found.group()
        if spelt.isascii():
            yield spelt.lower(), spelt.lower()
        else:
            for piece in _RUN.findall(fold(spelt)):
                yield piece, spelt.lower()


def folded_words(text: str) -> list[str]:
    """Return every word of a text as it is compared."""
    text = _STICKS.sub(r" \g<0>", text)
    if text.isascii():
        return _RUN.findall(text.lower())
    found: list[str] = []
    for spelt in _RUN.findall(text):
        if spelt.isascii():
            found.append(spelt.lower())
        else:
            found += _RUN.findall(fold(spelt))
    return found


@dataclass(frozen=True, kw_only=True)
class FullText:
    """The words of one generation. Passages and documents are numbered from 0, in no order that means anything."""

    revisions: tuple[str, ...]
    """The revision of each document: its SHA-256, a dot and a mark."""
    labels: tuple[str, ...]
    """The label of each speaker; the first is empty, for passages that nobody speaks."""
    ids: NDArray[np.int64]
    """The id of each passage."""
    owners: NDArray[np.uint32]
    """The number of the document that each passage belongs to."""
    speakers: NDArray[np.uint32]
    """The number of the label above each passage."""
    begins: NDArray[np.int64]
    """Where the words of each passage begin in the row of all words, and where the last ends."""
    sketches: NDArray[np.uint32]
    """The sketch of each passage, a row of four."""
    listed: NDArray[np.float32]
    """Which share of the words of each passage stands in lines that only name, 0 to 1 (:mod:`search.listing`)."""
    terms: Postings
    """Term to passages, as the ranking knows terms: title, headings and speaker count in."""
    words: Postings
    """Word to places in the row of all words: the passage's own text."""

    @classmethod
    def read(cls, folder: Path) -> FullText:
        """Open the words of a generation.

        Raises:
            DataError: a file is missing or damaged.
        """
        try:
            names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
            arrays = {part: np.load(folder / f"{part}.npy", allow_pickle=False) for part in _ARRAYS}
            found = cls(
                revisions=tuple(names["revisions"]),
                labels=tuple(names["labels"]),
                terms=Postings.read(folder, "terms"),
                words=Postings.read(folder, "words"),
                **arrays,
            )
            of_passages = (found.ids, found.owners, found.speakers, found.begins[1:], found.sketches, found.listed)
            if len({len(part) for part in of_passages}) != 1:
                raise ValueError("its parts are not of one length")
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise DataError(f"{folder}: {error}; run raadspoor-ingest again to build a new generation") from error
        return found

    def write(self, folder: Path) -> None:
        """Write the words into a folder, each file in place of an older one."""
        folder.mkdir(parents=True, exist_ok=True)
        for part in _ARRAYS:
            save(folder / f"{part}.npy", getattr(self, part))
        self.terms.write(folder, "terms")
        self.words.write(folder, "words")
        names = {"revisions": self.revisions, "labels": self.labels}
        (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self.ids)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each passage by its id."""
        return dict(zip(self.ids.tolist(), range(len(self.ids)), strict=True))

    @cached_property
    def _runs(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Where each row of passages of one document begins, and which document it is: passages lie side by side."""
        begins = np.flatnonzero(np.concatenate(([True], self.owners[1:] != self.owners[:-1])))[: len(self)]
        return begins, self.owners[begins]

    def documents(self, passages: Mask) -> Mask:
        """Return which documents passages belong to, one yes or no for each document."""
        found = np.zeros(len(self.revisions), np.bool_)
        begins, whose = self._runs
        if len(begins):
            found[whose[np.logical_or.reduceat(passages, begins)]] = True
        return found

    def mask(self, numbers: NDArray[np.integer]) -> Mask:
        """Return passages by their numbers as one yes or no for each passage."""
        found = np.zeros(len(self), np.bool_)
        found[numbers] = True
        return found

    def with_terms(self, terms: Iterable[str]) -> Mask:
        """Return which passages share a term with a question, in their text, title, headings or speaker."""
        found = np.zeros(len(self), np.bool_)
        for term in terms:
            found[self.terms[term]] = True
        return found

    def with_phrase(self, phrase: str) -> Mask:
        """Return which passages hold these words, side by side and in this order, in their own text."""
        places = self._places([word for word, _ in words_of(phrase)])
        if len(places) < len(self):
            return self.mask(np.searchsorted(self.begins, places, side="right") - 1)
        # A common word: it is quicker to look where each passage begins among the places than the other way round.
        found: Mask = np.diff(np.searchsorted(places, self.begins)) > 0
        return found

    def _places(self, words: list[str]) -> NDArray[np.int64]:
        """Return where a row of words begins; the rarest is looked up first."""
        lists: list[tuple[int, Numbers]] = [(at, self.words[word]) for at, word in enumerate(words)]
        if not lists:
            return np.zeros(0, np.int64)
        lists.sort(key=lambda one: len(one[1]))
        shift, rarest = lists[0]
        found = rarest.astype(np.int64) - shift
        found = found[found >= 0]
        for offset, places in lists[1:]:
            if not len(found):
                break
            wanted = found + offset
            at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
            found = found[places[at] == wanted]
        return found

    def stands(self, word: str, among: Mask) -> bool:
        """Say whether a word stands in any of the passages ``among``, in their own text."""
        return any(
            bool(among[np.searchsorted(self.begins, places, side="right") - 1].any())
            for places in _a_few_at_a_time(self.words[word])
        )

    def holds(self, term: str, among: Mask) -> bool:
        """Say whether any of the passages ``among`` has a term, in its text, title, headings or speaker."""
        return any(bool(among[passages].any()) for passages in _a_few_at_a_time(self.terms[term]))


def _a_few_at_a_time(numbers: Numbers) -> Iterator[Numbers]:
    """Yield numbers in slices: most words stand in the first passages that are looked at."""
    return (numbers[at : at + _LOOK] for at in range(0, len(numbers), _LOOK))


_LOOK = 1_000
_ARRAYS = ("ids", "owners", "speakers", "begins", "sketches", "listed")
