"""How the words of a generation are built: what stays of the one before, what goes, and what is new.

The words of new passages wait on disk and are sorted in parts, so that a large collection takes no more memory than a
small one, but for the result.
"""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Callable, Collection
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from search.fulltext import FullText
from search.lexicon import NO_WORDS, Lexicon
from search.postings import GONE, Keys, Postings, key_of, starts_of
from search.preparing import PassageWords
from search.sketch import NUMBERS


class WordBuilder:
    """Gathers the words of passages, and puts them together with what is kept.

    Args:
        old: the words of the generation before, if any.
        lexicon: its public words.
        wanted: the revisions that the new generation holds; of the old ones the others go.
        waiting: an empty folder, or one that is not there, in which words wait; removed by :meth:`finish`.
    """

    def __init__(self, old: FullText | None, lexicon: Lexicon, wanted: Collection[str], waiting: Path) -> None:
        self._old = old
        self._spelt = dict(lexicon.spelt)
        self._named = {key_of(word): word for word in lexicon.passages}
        kept = [(at, rev) for at, rev in enumerate(old.revisions if old else ()) if rev in wanted]
        self._kept_documents = np.array([at for at, _ in kept], np.int64)
        self._revisions = {rev: at for at, (_, rev) in enumerate(kept)}
        self._labels = {label: at for at, label in enumerate(old.labels if old else ("",))}
        self._ids, self._owners, self._speakers, self._sketches = array("q"), array("I"), array("I"), array("I")
        self._listed = array("f")
        waiting.mkdir(parents=True, exist_ok=True)
        self._waiting = waiting
        self._terms, self._words = _Waiting(waiting / "terms"), _Waiting(waiting / "words")
        self.held = frozenset(self._revisions)
        """The revisions whose words are known without adding them."""

    def add(self, revision: str, passage: int, label: str, found: PassageWords, *, public: bool) -> None:
        """Take in one passage.

        Args:
            revision: of its document.
            passage: its id.
            label: who speaks.
            found: its words and terms.
            public: whether everybody may see it; only then can its words be offered to readers.
        """
        if public:
            for word, spelt in found.spelt:
                self._named[key_of(word)] = word
                if spelt != word:
                    self._spelt[word] = spelt
        self._ids.append(passage)
        self._owners.append(self._revisions.setdefault(revision, len(self._revisions)))
        self._speakers.append(self._labels.setdefault(label, len(self._labels)))
        self._sketches.extend(found.sketch.tolist())
        self._listed.append(found.listed)
        self._terms.add(found.terms)
        self._words.add(found.words)

    def close(self) -> None:
        """Let go of the files in which words wait."""
        self._terms.close()
        self._words.close()

    def finish(self, folder: Path, lexicon: Path, is_public: Callable[[str], bool]) -> None:
        """Write the words of the new generation.

        Args:
            folder: where the words go.
            lexicon: where the public words go.
            is_public: says of a revision whether everybody may see its document.
        """
        made = self._joined()
        made.write(folder)
        public = np.array([is_public(revision) for revision in made.revisions], np.bool_)
        self._counted(made, public[made.owners] if len(made) else np.zeros(0, np.bool_)).write(lexicon)
        shutil.rmtree(self._waiting)

    def _joined(self) -> FullText:
        """Return the passages that stay, and after them the new ones."""
        old = self._old
        ids = np.array(self._ids, np.int64)
        owners = np.array(self._owners, np.uint32)
        speakers = np.array(self._speakers, np.uint32)
        sketches = np.array(self._sketches, np.uint32).reshape(-1, NUMBERS)
        listed = np.array(self._listed, np.float32)
        sizes = np.array(self._words.sizes, np.int64)
        if old is not None:
            new_owner = np.full(len(old.revisions), GONE, np.uint32)
            new_owner[self._kept_documents] = np.arange(len(self._kept_documents), dtype=np.uint32)
            stays = new_owner[old.owners] != GONE
            old_sizes = np.diff(old.begins)
            ids = np.concatenate((old.ids[stays], ids))
            owners = np.concatenate((new_owner[old.owners[stays]], owners))
            speakers = np.concatenate((old.speakers[stays], speakers))
            sizes = np.concatenate((old_sizes[stays] - 1, sizes))
            sketches = np.concatenate((old.sketches[stays], sketches))
            listed = np.concatenate((old.listed[stays], listed))
        # One empty place after each passage, so that no phrase runs from one into the next.
        begins = starts_of(sizes + 1)
        first = len(ids) - len(self._ids)
        terms = self._terms.postings(np.arange(first, len(ids)), each_its_own=False)
        words = self._words.postings(begins[first:-1], each_its_own=True)
        if old is not None:
            numbers = np.where(stays, np.cumsum(stays) - 1, GONE).astype(np.uint32)
            terms = old.terms.renumbered(numbers).followed_by(terms)
            places = np.full(int(old.begins[-1]), GONE, np.uint32)
            kept = np.repeat(stays, old_sizes)
            places[kept] = np.arange(int(begins[first]), dtype=np.uint32)
            words = old.words.renumbered(places).followed_by(words)
        return FullText(
            revisions=tuple(self._revisions),
            labels=tuple(self._labels),
            ids=ids,
            owners=owners,
            speakers=speakers,
            begins=begins,
            sketches=sketches,
            listed=listed,
            terms=terms,
            words=words,
        )

    def _counted(self, made: FullText, public: NDArray[np.bool_]) -> Lexicon:
        """Return the public words with the number of public passages that hold each."""
        if not len(made) or not public.any():
            return NO_WORDS
        owner = np.repeat(np.arange(len(made), dtype=np.uint32), np.diff(made.begins))
        found: dict[str, int] = {}
        for part in made.words.slices():
            starts = made.words.starts[part.start : part.stop + 1]
            passage = owner[made.words.numbers[starts[0] : starts[-1]]]
            at = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
            # Places rise within a word, so a passage that comes twice comes twice in a row.
            again = np.concatenate(([False], (at[1:] == at[:-1]) & (passage[1:] == passage[:-1])))
            counts = np.bincount(at[public[passage] & ~again], minlength=len(starts) - 1)
            for key, count in zip(made.words.keys[part].tolist(), counts.tolist(), strict=True):
                if count and key in self._named:
                    found[self._named[key]] = count
        return Lexicon(passages=found, spelt={word: spelt for word, spelt in self._spelt.items() if word in found})


class _Waiting:
    """Keys of passages that wait in a file until all are there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO = path.open("wb")
        self.sizes = array("I")
        """How many keys each passage has."""

    def add(self, keys: Keys) -> None:
        """Let the keys of the next passage wait."""
        self._file.write(keys.tobytes())
        self.sizes.append(len(keys))

    def close(self) -> None:
        """Write the last of them."""
        self._file.close()

    def postings(self, begins: NDArray[np.int64], *, each_its_own: bool) -> Postings:
        """Return the keys with their numbers.

        Args:
            begins: the first number of each passage.
            each_its_own: whether the numbers of a passage's keys count on from there, or are all this one.
        """
        self.close()
        sizes = np.array(self.sizes, np.int64)
        if not sizes.sum():
            return Postings.of(np.zeros(0, np.uint64), np.zeros(0, np.uint32))
        numbers = np.repeat(begins.astype(np.uint32), sizes)
        if each_its_own:
            first = starts_of(sizes)[:-1].astype(np.uint32)
            numbers += np.arange(len(numbers), dtype=np.uint32) - np.repeat(first, sizes)
        return Postings.of(np.memmap(self._path, np.uint64, mode="r"), numbers)
