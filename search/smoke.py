"""Whether a new generation answers: of each kind of document, the rarest words of one are asked of all three legs.

What is asked for is a passage of that document, or one that says just the same, among papers of that kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from council import Access, DataError, Filters, Kind, Leg
from search import dutch
from search.checking import AGAIN, Made, even
from search.embedding import Embedder
from search.fulltext import FullText, folded_words
from search.index import QueryVectors
from search.indexable import Indexable
from search.sparse import gram_vector, term_index

_LOOKED_AT = 2
"""Passages of a kind of which the one with the rarest words is asked for."""
_WORDS = 5
_LIMIT = 50
"""Passages that each leg is asked for."""


def must_answer(made: Made, model: Embedder) -> None:
    """Refuse a generation that does not find, for some kind, what it should.

    A kind of which nothing that was looked at has a word is not asked for.

    Raises:
        DataError: it names the kind and the leg.
    """
    kinds = made.numbers_by_kind()
    chosen = {kind: even(numbers, _LOOKED_AT) for kind, numbers in kinds.items()}
    items = made.read(sorted({number for numbers in chosen.values() for number in numbers}))
    asked: dict[Kind, _Asked] = {}
    for kind, numbers in chosen.items():
        number, rarest = min(((number, _rarest(made.fulltext, items[number])) for number in numbers), key=_rarity)
        if rarest:
            words = " ".join(word for _, word in rarest)
            asked[kind] = _Asked(number=number, item=items[number], words=words, known=rarest[0][0])
    vectors = model.queries([one.words for one in asked.values()]) if asked else ()
    for (kind, one), dense in zip(asked.items(), vectors, strict=True):
        question = made.rarity.vectors(Counter(dutch.terms(one.words)), one.words, dense.tolist())
        _must_find(made, kind, kinds[kind], one, question)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A passage that is asked for by some of its words."""

    number: int
    item: Indexable
    words: str
    known: int
    """How many passages hold the rarest of these words."""


_Words = Sequence[tuple[int, str]]
"""Words, each after the number of passages that it stands in; the rarest first."""


def _rarest(fulltext: FullText, item: Indexable) -> _Words:
    found = set()
    for word in set(folded_words(item.weighed)):
        if terms := dutch.terms(word):
            found.add((min(len(fulltext.terms[term]) for term in terms), word))
    return sorted(found)[:_WORDS]


def _rarity(one: tuple[int, _Words]) -> tuple[bool, _Words]:
    return not one[1], one[1]


def _must_find(made: Made, kind: Kind, of_kind: NDArray[np.int64], asked: _Asked, question: QueryVectors) -> None:
    filters = Filters(access=frozenset(Access), kinds=frozenset({kind}))
    found = made.index.search(question, filters, limit=_LIMIT)
    for leg in _should_find(asked.item, question):
        if not found[leg]:
            raise DataError(f"the new index finds no {kind} by its {leg}, though there are {len(of_kind)}; {AGAIN}")
    numbers = {made.fulltext.numbers.get(one, -1) for scored in found.values() for one, _ in scored}
    if not np.isin(list(numbers), of_kind).all():
        raise DataError(f"the new index takes other papers for a {kind}; {AGAIN}")
    owners = made.fulltext.owners
    # Where more passages hold each of its words than are asked for, it may rightly come after all of them.
    if asked.known > _LIMIT or any(owners[one] == owners[asked.number] for one in numbers):
        return
    if not any(other.text == asked.item.text for other in made.read(sorted(numbers)).values()):
        sha256 = asked.item.document.sha256
        raise DataError(f"the new index does not find document {sha256[:12]}…, a {kind}, by its own words; {AGAIN}")


def _should_find(item: Indexable, question: QueryVectors) -> list[Leg]:
    """Return the legs by which the passage can be found: those that it shares something with the question in."""
    held = {term_index(term) for term in dutch.terms(item.weighed)}
    runs = gram_vector(item.weighed, average=1.0).indices
    return [
        *([Leg.TERMS] if held & {*question.terms.indices} else []),
        *([Leg.GRAMS] if {*runs} & {*question.grams.indices} else []),
        *([Leg.DENSE] if any(question.dense) else []),
    ]
