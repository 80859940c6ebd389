"""A question as the three legs see it, weighed by how rare its words are in public papers.

The engines could count that by themselves, and would count secret papers too: then the score of a public paper would
tell whether a word stands in a secret one. So they multiply and add what they are given, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from search.gram_counts import GramCounts
from search.index import QueryVectors
from search.sparse import grams, query_vector
from search.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class Rarity:
    """How rare the terms and the 5-grams of one generation are."""

    vocabulary: Vocabulary
    grams: GramCounts

    @classmethod
    def read(cls, vocabulary: Path, grams: Path) -> Rarity:
        """Read both back.

        Raises:
            DataError: a file is missing or damaged.
        """
        return cls(vocabulary=Vocabulary.read(vocabulary), grams=GramCounts.read(grams))

    def vectors(self, terms: Mapping[str, float], text: str, dense: Iterable[float]) -> QueryVectors:
        """Return what the legs are asked.

        Args:
            terms: the terms that are asked for, each with how strongly.
            text: what was asked, for its 5-grams.
            dense: its meaning, as the model has it.
        """
        known = self.vocabulary
        return QueryVectors(
            terms=query_vector({term: weight * known.idf(term) for term, weight in terms.items()}),
            grams=self.grams.weighed(query_vector(grams(text)), passages=known.passages),
            dense=tuple(dense),
        )
