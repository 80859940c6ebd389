"""Which passages a search may show, and which documents it counts, exactly and over all papers.

A document *matches* when one of its passages that the filters let through holds what the question requires: every
phrase, one of each group of alternatives and nothing that is excluded. Where the question has words and requires
nothing, a passage matches that shares a term with it. Where it has no words but narrows, every paper within matches.
``total`` and the facets count the documents that match. The legs may bring others that are only alike (in meaning, or
in letters); those are listed where they rank, and counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from council import Expression, Filters, Wish
from search import dutch
from search.fulltext import FullText, Mask
from search.fusion import Fused
from search.index import EVERYTHING
from search.ranking import Ranked
from search.register import Register

_FEW = 50
"""Passages up to which it is sooner to take them out than to filter by them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What one search may show and counts."""

    filters: Filters
    """What the legs are given: nothing to filter by where only a few passages are kept out."""
    kept_out: frozenset[int]
    """The ids of those few: whatever a leg brings in of them is dropped before anything looks at it."""
    possible: bool
    """Whether any passage may be shown at all."""
    within: Mask
    """Which documents could have been found, as far as the filters go."""
    matching: Mask
    """Which passages match."""
    documents: Mask
    """Which documents match."""

    @property
    def total(self) -> int:
        """How many documents match."""
        return int(self.documents.sum())


def select(
    fulltext: FullText, register: Register, expression: Expression, terms: Iterable[str], filters: Filters
) -> Selection:
    """Return what a search may show and counts.

    Args:
        fulltext: the words of the generation.
        register: what the catalogue says of its documents.
        expression: what the question requires.
        terms: the terms of the question.
        filters: what the reader may see and narrowed to.
    """
    within, documents = register.within(filters)
    required = _required(fulltext, expression)
    without = [fulltext.with_phrase(phrase) for phrase in expression.without]
    allowed = within & ~np.logical_or.reduce(without) if without else within
    asked = list(terms)
    if not asked and not expression.selects and not _narrows(filters):
        # Nothing was asked, so nothing is found.
        allowed = np.zeros(len(fulltext), np.bool_)
    if required is not None:
        allowed = matching = allowed & required
    else:
        matching = allowed & fulltext.with_terms(asked) if asked else allowed
    few = len(allowed) - np.count_nonzero(allowed) <= _FEW
    # An engine asks each passage that it comes upon whether the filters let it through: a quarter to a third of what a
    # search costs it. Of a few that are kept out, so many more are asked for, and the best of the rest are the same.
    if few:
        filters = EVERYTHING
    elif required is not None:
        filters = replace(filters, passages=frozenset(fulltext.ids[allowed].tolist()))
    elif without:
        excluded = frozenset(fulltext.ids[within & ~allowed].tolist())
        filters = replace(filters, without_passages=filters.without_passages | excluded)
    return Selection(
        filters=filters,
        kept_out=frozenset(fulltext.ids[~allowed].tolist()) if few else frozenset(),
        possible=bool(allowed.any()),
        within=documents,
        matching=matching,
        documents=fulltext.documents(matching),
    )


def _narrows(filters: Filters) -> bool:
    """Say whether filters limit anything beside what a reader may see."""
    return filters != Filters(access=filters.access, without=filters.without)


def both(one: Filters, other: Filters) -> Filters:
    """Return filters that let through what two let through; ``one`` says who may see what."""
    changes: dict[str, object] = {}
    for name in ("kinds", "bodies", "years", "documents", "case_numbers", "speakers", "parties"):
        mine: frozenset[object] = getattr(one, name)
        theirs: frozenset[object] = getattr(other, name)
        changes[name] = mine & theirs if mine and theirs else mine | theirs
        if mine and theirs and not mine & theirs:
            # Nothing is both, and an empty choice would mean no limit.
            changes["passages"] = frozenset()
    first = [day for day in (one.date_from, other.date_from) if day]
    last = [day for day in (one.date_to, other.date_to) if day]
    return replace(one, date_from=max(first, default=None), date_to=min(last, default=None), **changes)  # type: ignore[arg-type]


def _required(fulltext: FullText, expression: Expression) -> Mask | None:
    """Return which passages hold everything that is required; None where nothing is."""
    masks = [fulltext.with_phrase(phrase) for phrase in expression.phrases]
    masks += [np.logical_or.reduce([_with_wish(fulltext, wish) for wish in group]) for group in expression.either]
    if not masks:
        return None
    found: Mask = np.logical_and.reduce(masks)
    return found


def _with_wish(fulltext: FullText, wish: Wish) -> Mask:
    tokens = [] if wish.exact else list(dutch.tokens(wish.text))
    if len(tokens) != 1:
        return fulltext.with_phrase(wish.text)
    # The whole word, in any of its forms: one part of a compound is not what was asked for.
    return fulltext.with_terms(tokens[0].terms[:1])


class Listing:
    """Documents in the order in which they are shown: the ranked ones, then all others that match, newest first.

    Args:
        ranked: the documents that the legs brought in, best first.
        found: their numbers, in any order.
        first: the first of them as they are shown, some under another.
        selection: what matches.
        fulltext: the words of the generation.
        register: what the catalogue says of its documents.
    """

    def __init__(
        self,
        ranked: Sequence[Ranked],
        found: NDArray[np.int64],
        first: Sequence[Ranked],
        *,
        selection: Selection,
        fulltext: FullText,
        register: Register,
    ) -> None:
        self.ranked = ranked
        self._first = tuple(first)
        self._selection = selection
        self._fulltext = fulltext
        self._register = register
        shown = np.zeros(len(selection.documents), np.bool_)
        shown[found] = True
        self._others = selection.documents & ~shown
        self.alike = len(ranked) - int((selection.documents & shown).sum())
        """How many of the ranked documents do not match, and are only alike."""
        self.folded = sum(len(item.twins) for item in self._first)
        """How many of the ranked documents are shown under another."""

    def __len__(self) -> int:
        """Return how many documents can be shown, each at a place of its own."""
        return self._places + int(self._others.sum())

    @property
    def _places(self) -> int:
        return len(self.ranked) - self.folded

    @cached_property
    def _rest(self) -> NDArray[np.int64]:
        """The numbers of the documents that no leg brought in, newest first; a first page hardly ever gets to them."""
        rest = np.flatnonzero(self._others)
        return rest[np.argsort(-self._register.papers.days[rest], kind="stable")]

    def page(self, offset: int, limit: int) -> tuple[Ranked, ...]:
        """Return one page of documents."""
        end = offset + limit
        # Below the first, a document stands as many places higher as were put under others.
        below = self.ranked[max(offset, len(self._first)) + self.folded : end + self.folded]
        rest = self._rest[max(0, offset - self._places) : end - self._places] if end > self._places else ()
        return (*self._first[offset:end], *below, *map(self._unranked, rest))

    def _unranked(self, number: int) -> Ranked:
        """Return a document that no leg brought in, by its first passage that matches."""
        matching = np.flatnonzero(self._selection.matching & (self._fulltext.owners == number))
        ids = self._fulltext.ids[matching].tolist()
        document = self._register.papers.known(number)
        return Ranked(document=document, passages=tuple(Fused(id=one, score=0.0) for one in ids[:4]), score=0.0)
