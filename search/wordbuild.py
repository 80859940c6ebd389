"""How the words of a generation are built: what stays of the one before, what goes, and what is new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.fulltext import FullText, words_of
from search.lexicon import NO_WORDS, Lexicon
from search.postings import GONE, Keys, Postings, key_of, keys_of
from search.sketch import NUMBERS, Sketch, sketch_of

_LONGEST_WORD = 40
"""Longer is no word that anybody would look for by another spelling."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Added:
    """A passage that was taken in."""

    passage: int
    document: int
    speaker: int
    terms: Keys
    words: Keys
    sketch: Sketch


class WordBuilder:
    """Gathers the words of passages, and puts them together with what is kept.

    Args:
        old: the words of the generation before, if any.
        lexicon: its public words.
        wanted: the revisions that the new generation holds; of the old ones the others go.
    """

    def __init__(self, old: FullText | None, lexicon: Lexicon, wanted: Collection[str]) -> None:
        self._old = old
        self._spelt = dict(lexicon.spelt)
        self._named = {key_of(word): word for word in lexicon.passages}
        kept = [(at, rev) for at, rev in enumerate(old.revisions if old else ()) if rev in wanted]
        self._kept_documents = np.array([at for at, _ in kept], np.int64)
        self._revisions = {rev: at for at, (_, rev) in enumerate(kept)}
        self._labels = {label: at for at, label in enumerate(old.labels if old else ("",))}
        self._new: list[_Added] = []
        self.held = frozenset(self._revisions)
        """The revisions whose words are known without adding them."""

    def add(self, revision: str, passage: int, label: str, text: str, terms: Iterable[str], *, public: bool) -> None:
        """Take in one passage.

        Args:
            revision: of its document.
            passage: its id.
            label: who speaks.
            text: its own text, as a reader sees it.
            terms: its terms, as the ranking knows them.
            public: whether everybody may see it; only then can its words be offered to readers.
        """
        folded = []
        for word, spelt in words_of(text):
            folded.append(word)
            if public and len(word) <= _LONGEST_WORD:
                self._named[key_of(word)] = word
                if spelt != word:
                    self._spelt[word] = spelt
        document = self._revisions.setdefault(revision, len(self._revisions))
        speaker = self._labels.setdefault(label, len(self._labels))
        words = keys_of(folded)
        self._new.append(
            _Added(
                passage=passage,
                document=document,
                speaker=speaker,
                terms=keys_of(set(terms)),
                words=words,
                sketch=sketch_of(words),
            )
        )

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

    def _joined(self) -> FullText:
        old = self._old
        ids = np.array([one.passage for one in self._new], np.int64)
        owners = np.array([one.document for one in self._new], np.uint32)
        speakers = np.array([one.speaker for one in self._new], np.uint32)
        sizes = np.array([len(one.words) for one in self._new], np.int64)
        sketches = np.array([one.sketch for one in self._new], np.uint32).reshape(-1, NUMBERS)
        term_keys, term_numbers = _none(), _no_numbers()
        word_keys, word_numbers = _none(), _no_numbers()
        if old is not None:
            new_owner = np.full(len(old.revisions), GONE, np.uint32)
            new_owner[self._kept_documents] = np.arange(len(self._kept_documents), dtype=np.uint32)
            stays = new_owner[old.owners] != GONE
            renumber = np.where(stays, np.cumsum(stays) - 1, GONE).astype(np.uint32)
            term_keys, term_numbers = old.terms.pairs(renumber)
            old_sizes = np.diff(old.begins)
            ids = np.concatenate((old.ids[stays], ids))
            owners = np.concatenate((new_owner[old.owners[stays]], owners))
            speakers = np.concatenate((old.speakers[stays], speakers))
            sizes = np.concatenate((old_sizes[stays] - 1, sizes))
            sketches = np.concatenate((old.sketches[stays], sketches))
        # One empty place after each passage, so that no phrase runs from one into the next.
        begins = np.concatenate(([0], np.cumsum(sizes + 1))).astype(np.int64)
        if old is not None:
            shift = np.zeros(len(old), np.int64)
            shift[stays] = begins[: int(stays.sum())] - old.begins[:-1][stays]
            places = np.arange(old.begins[-1], dtype=np.int64) + np.repeat(shift, old_sizes)
            moved = np.where(np.repeat(stays, old_sizes), places, GONE).astype(np.uint32)
            word_keys, word_numbers = old.words.pairs(moved)
        first = len(ids) - len(self._new)
        terms = [(one.terms, np.full(len(one.terms), first + at, np.uint32)) for at, one in enumerate(self._new)]
        words = [
            (one.words, np.arange(begins[first + at], begins[first + at] + len(one.words), dtype=np.uint32))
            for at, one in enumerate(self._new)
        ]
        return FullText(
            revisions=tuple(self._revisions),
            labels=tuple(self._labels),
            ids=ids,
            owners=owners,
            speakers=speakers,
            begins=begins,
            sketches=sketches,
            terms=_postings(term_keys, term_numbers, terms),
            words=_postings(word_keys, word_numbers, words),
        )

    def _counted(self, made: FullText, public: NDArray[np.bool_]) -> Lexicon:
        """Return the public words with the number of public passages that hold each."""
        if not len(made) or not public.any():
            return NO_WORDS
        passage = np.repeat(np.arange(len(made), dtype=np.uint32), np.diff(made.begins))[made.words.numbers]
        at = np.repeat(np.arange(len(made.words.keys)), np.diff(made.words.starts))
        # Places rise within a word, so a passage that comes twice comes twice in a row.
        again = np.concatenate(([False], (at[1:] == at[:-1]) & (passage[1:] == passage[:-1])))
        counts = np.bincount(at[public[passage] & ~again], minlength=len(made.words.keys))
        found = {
            self._named[key]: count
            for key, count in zip(made.words.keys.tolist(), counts.tolist(), strict=True)
            if count and key in self._named
        }
        return Lexicon(passages=found, spelt={word: spelt for word, spelt in self._spelt.items() if word in found})


def _postings(keys: Keys, numbers: NDArray[np.uint32], added: list[tuple[Keys, NDArray[np.uint32]]]) -> Postings:
    return Postings.of(
        np.concatenate([keys, *(one[0] for one in added)]), np.concatenate([numbers, *(one[1] for one in added)])
    )


def _none() -> Keys:
    return np.zeros(0, np.uint64)


def _no_numbers() -> NDArray[np.uint32]:
    return np.zeros(0, np.uint32)
