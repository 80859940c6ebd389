"""The documents and passages of one generation as the catalogue knows them now: who may see what, and exact counts.

The words of a generation (:mod:`search.fulltext`) say nothing of kinds, dates or access. Those are read from the
catalogue, anew whenever it changes: a paper that was closed or withdrawn a moment ago is in no count. Everything is one
number for each document or passage in an array, so that counting a hundred thousand takes a few milliseconds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from council import Catalogue, Document, FacetValue, Filters
from search.fulltext import FullText, Mask
from search.indexable import revision
from search.papers import Papers
from search.speakers import parties_of, speaker_of

MOST_VALUES = 50
"""How many values of a facet are given: the most frequent."""
_MOST_KEPT = 16
"""For how many filters it is kept what they let through."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Column:
    """One value for each document or passage: a number that stands for a name (in order); -1 stands for none."""

    names: tuple[str, ...]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, values: Sequence[str]) -> _Column:
        names = sorted(set(values) - {""})
        at = {name: number for number, name in enumerate(names)}
        return cls(names=tuple(names), codes=np.array([at.get(value, -1) for value in values], np.int64))

    def among(self, chosen: Collection[str]) -> Mask:
        # One answer for each name, and a last one, which -1 leads to, for none.
        wanted = np.array([*(name in chosen for name in self.names), "" in chosen], np.bool_)
        found: Mask = wanted[self.codes]
        return found

    def counted(self, codes: NDArray[np.int64], most: int | None) -> tuple[FacetValue, ...]:
        counts = np.bincount(codes[codes >= 0], minlength=len(self.names))
        found = np.flatnonzero(counts)
        # Names are in order, so those with the same count stay so.
        best = found[np.argsort(-counts[found], kind="stable")][:most]
        return tuple(FacetValue(value=self.names[at], count=int(counts[at])) for at in best.tolist())


class Register:
    """What the catalogue says of the documents of one generation.

    Args:
        fulltext: the generation's documents, passages and speakers.
        catalogue: the truth.
    """

    def __init__(self, fulltext: FullText, catalogue: Catalogue) -> None:
        self._fulltext = fulltext
        current = {revision(document): document for document in catalogue.documents()}
        self.papers = Papers.of([current.get(rev) for rev in fulltext.revisions])
        """The documents by their number."""
        known = self.papers.documents
        self._access = _Column.of([one.access.value if one else "" for one in known])
        self._columns = {
            "kind": _Column.of([one.kind.value if one else "" for one in known]),
            "year": _Column.of([f"{one.date.year:04d}" if one and one.date else "" for one in known]),
            "body": _Column.of([one.body if one else "" for one in known]),
            "case_number": _Column.of([one.case_number if one else "" for one in known]),
            "access": self._access,
        }
        self._speakers = _Column(names=fulltext.labels, codes=fulltext.speakers.astype(np.int64))
        self._parties = _Said.of(*_parties(fulltext, known), owners=fulltext.owners)
        self._persons = _Said.of(*_persons(fulltext), owners=fulltext.owners)
        self._shas = {rev.partition(".")[0]: number for number, rev in enumerate(fulltext.revisions)}
        self._let_through: dict[Filters, tuple[Mask, Mask]] = {}

    def revoked(self) -> frozenset[str]:
        """Return the documents of the generation that the catalogue no longer knows in the form that is indexed."""
        known = zip(self._fulltext.revisions, self.papers.documents, strict=True)
        return frozenset(rev.partition(".")[0] for rev, one in known if one is None)

    def visible(self, filters: Filters) -> Mask:
        """Return which documents the filters let through, as far as they speak of documents."""
        found = self._access.among({level.value for level in filters.access})
        found &= self._access.codes >= 0
        for name, chosen in (
            ("kind", {kind.value for kind in filters.kinds}),
            ("year", {f"{year:04d}" for year in filters.years}),
            ("body", filters.bodies),
            ("case_number", filters.case_numbers),
        ):
            if chosen:
                found &= self._columns[name].among(chosen)
        if filters.date_from is not None:
            found &= self.papers.days >= filters.date_from.toordinal()
        if filters.date_to is not None:
            found &= (self.papers.days > 0) & (self.papers.days <= filters.date_to.toordinal())
        if filters.documents:
            found &= self._named(filters.documents)
        if filters.without:
            found &= ~self._named(filters.without)
        return found

    def within(self, filters: Filters) -> tuple[Mask, Mask]:
        """Return which passages the filters let through, and which documents these belong to; neither to be changed.

        Kept for a few filters: most questions come without any, and this is the same until the catalogue changes.
        """
        kept = self._let_through.get(filters)
        if kept is None:
            passages = self.passages(filters)
            kept = passages, self._fulltext.documents(passages)
            for mask in kept:
                mask.flags.writeable = False
            if len(self._let_through) >= _MOST_KEPT:
                self._let_through.clear()
            self._let_through[filters] = kept
        return kept

    def passages(self, filters: Filters) -> Mask:
        """Return which passages the filters let through."""
        found: Mask = self.visible(filters)[self._fulltext.owners]
        if filters.speakers:
            labels = self._fulltext.labels
            found &= np.isin(self._speakers.codes, [at for at, label in enumerate(labels) if label in filters.speakers])
        if filters.parties:
            found &= self._fulltext.mask(self._parties.passages_of(filters.parties))
        for ids, within in ((filters.passages, True), (filters.without_passages, False)):
            if ids is not None:
                held = self._fulltext.mask(
                    np.array([self._fulltext.numbers[one] for one in ids if one in self._fulltext.numbers], np.int64)
                )
                found &= held if within else ~held
        return found

    def latest(self, documents: Mask) -> dt.date | None:
        """Return the newest date among these documents."""
        day = int(self.papers.days[documents].max(initial=0))
        return dt.date.fromordinal(day) if day else None

    def facets(
        self, passages: Mask, documents: Mask, *, most: int | None = MOST_VALUES
    ) -> Mapping[str, tuple[FacetValue, ...]]:
        """Count the documents of these passages for each value of each facet, the most frequent values first.

        Args:
            passages: what matches.
            documents: which documents these belong to.
            most: how many values of each facet; all where it is None.

        Of a document with several speakers only those count who speak in one of the passages, and are called by name.
        """
        found = {name: column.counted(column.codes[documents], most) for name, column in self._columns.items()}
        found["party"] = self._parties.counted(passages, most)
        found["speaker"] = self._persons.counted(passages, most)
        return found

    def names(self, field: str, filters: Filters) -> tuple[str, ...]:
        """Return every party, speaker, body or case number of what the filters let through, for names to be known by.

        Args:
            field: ``party``, ``speaker``, ``body`` or ``case_number``.
            filters: who asks.
        """
        if field in self._columns:
            column = self._columns[field]
            codes = column.codes[self.visible(filters)]
            return tuple(column.names[code] for code in np.unique(codes[codes >= 0]).tolist())
        said = {"party": self._parties, "speaker": self._persons}[field]
        return tuple(value.value for value in said.counted(self.passages(filters), None))

    def _named(self, shas: Iterable[str]) -> Mask:
        found = np.zeros(len(self.papers.documents), np.bool_)
        found[[self._shas[sha] for sha in shas if sha in self._shas]] = True
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """Whose words passages are: pairs of a passage and a name, each with the number of its document and name together.

    A document in which a name comes twenty times has that number twenty times, so it is counted once without sorting.
    """

    names: tuple[str, ...]
    passages: NDArray[np.int64]
    codes: NDArray[np.int64]
    together: NDArray[np.int64]
    code_of: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        passages: NDArray[np.int64],
        codes: NDArray[np.int64],
        *,
        owners: NDArray[np.uint32],
    ) -> _Said:
        size = max(len(names), 1)
        keys, together = np.unique(owners[passages].astype(np.int64) * size + codes, return_inverse=True)
        return cls(names=tuple(names), passages=passages, codes=codes, together=together, code_of=keys % size)

    def passages_of(self, chosen: Collection[str]) -> NDArray[np.int64]:
        wanted = [at for at, name in enumerate(self.names) if name in chosen]
        return self.passages[np.isin(self.codes, wanted)]

    def counted(self, passages: Mask, most: int | None) -> tuple[FacetValue, ...]:
        seen = np.zeros(len(self.code_of), np.bool_)
        seen[self.together[passages[self.passages]]] = True
        return _Column(names=self.names, codes=self.code_of).counted(self.code_of[seen], most)


_Pairs = tuple[Sequence[str], NDArray[np.int64], NDArray[np.int64]]


def _persons(fulltext: FullText) -> _Pairs:
    names = sorted(label for label in fulltext.labels if speaker_of(label).name)
    code = {label: at for at, label in enumerate(names)}
    codes = np.array([code.get(label, -1) for label in fulltext.labels], np.int64)[fulltext.speakers]
    passages = np.flatnonzero(codes >= 0)
    return names, passages, codes[passages]


def _parties(fulltext: FullText, documents: Sequence[Document | None]) -> _Pairs:
    by_label = [speaker_of(label).party for label in fulltext.labels]
    by_document = {
        number: parties for number, one in enumerate(documents) if one is not None and (parties := parties_of(one, ""))
    }
    names = sorted({*by_label, *(party for parties in by_document.values() for party in parties)} - {""})
    code = {name: at for at, name in enumerate(names)}
    spoken = np.array([code.get(party, -1) for party in by_label], np.int64)[fulltext.speakers]
    said = np.flatnonzero(spoken >= 0)
    handed = np.flatnonzero((fulltext.speakers == 0) & np.isin(fulltext.owners, list(by_document)))
    pairs = [
        (passage, code[party])
        for passage, owner in zip(handed.tolist(), fulltext.owners[handed].tolist(), strict=True)
        for party in by_document[owner]
    ]
    more = np.array(pairs, np.int64).reshape(-1, 2)
    return names, np.concatenate((said, more[:, 0])), np.concatenate((spoken[said], more[:, 1]))


Known = Callable[[str, Filters], tuple[str, ...]]
"""Gives the names of a field within filters: :meth:`Register.names`."""
