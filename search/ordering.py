"""From what the legs bring in to the documents as they are shown: each step is a module, and here is their order.

Passages are fused (``weights``, ``fusion``), those that only name subjects lose a little (``listing``), and they are
grouped by document with what kin lend (``ranking``), tipped towards decisions and new papers (``preference``), read
anew by a cross-encoder if there is one (``reranking``), and those that say the same are put together (``twins``). Each
step writes on a document what it changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from council import Catalogue, Leg
from council.settings import Settings
from search.fulltext import FullText, Mask
from search.fusion import fuse
from search.index import Scored
from search.indexable import Indexable
from search.listing import weighed_down
from search.preference import preferred
from search.question import Question
from search.quoting import pages_of, reader
from search.ranking import Ranked, Ranking, by_document, with_kin
from search.register import Register
from search.reranking import Reranker, reranked
from search.twins import folded
from search.weights import weights_for

_COMPARED = 30
"""How many of the best documents are held against each other."""


class Ordering:
    """Puts documents in order.

    Args:
        catalogue: where the texts are, and who may see what.
        settings: the weights, and which steps are taken.
        reranker: None where there is none.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings, reranker: Reranker | None) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._reranker = reranker

    def ranked(
        self,
        legs: Mapping[Leg, Sequence[Scored]],
        question: Question,
        fulltext: FullText,
        register: Register,
        within: Mask,
        *,
        quoted: bool,
    ) -> Ranking:
        """Return every document that the legs brought in and the reader may see, best first.

        Args:
            legs: per leg its candidates.
            question: what was asked.
            fulltext: tells which passages only name subjects.
            register: what the catalogue says of each document now.
            within: which documents the reader may see and narrowed to.
            quoted: whether the question requires a phrase between quotes.
        """
        fused = fuse(legs, weights_for(question, self._settings, quoted=quoted), fulltext.numbers)
        found = by_document(weighed_down(fused, fulltext), fulltext.owners, register.papers, within)
        return preferred(with_kin(found), question, strength=self._settings.prefer, newest=register.latest(within))

    def reranked(self, ranked: Ranking, question: Question) -> Sequence[Ranked]:
        """Return the documents as the reranker has them; as they are without one.

        Raises:
            DataError: the reranker cannot be loaded.
        """
        if self._reranker is None:
            return ranked
        texts = self._in_context(ranked[: self._settings.rerank_depth])
        return reranked(ranked, self._reranker.scores(question.text, texts).tolist())

    def folded(self, ranked: Sequence[Ranked], fulltext: FullText) -> tuple[Ranked, ...]:
        """Return the first documents, three pages of them, as they are shown: some of them under another.

        Args:
            ranked: the documents, best first.
            fulltext: holds the sketches of their passages.
        """
        first = tuple(ranked[:_COMPARED])
        if not self._settings.fold or not first:
            return first
        numbers = np.array([fulltext.numbers[item.passages[0].id] for item in first])
        lengths = fulltext.begins[numbers + 1] - fulltext.begins[numbers]
        return folded(first, fulltext.sketches[numbers], lengths, self._texts)

    def _texts(self, items: Sequence[Ranked]) -> list[str]:
        """Return the text of the best passage of documents; nothing where the catalogue lost it a moment ago."""
        spans = self._catalogue.spans_of([item.passages[0].id for item in items])
        places = [(item.document.sha256, spans.get(item.passages[0].id, ())) for item in items]
        read = reader(pages_of(self._catalogue, places))
        return [read(*place) for place in places]

    def _in_context(self, items: Sequence[Ranked]) -> list[str]:
        """Return the same with the title and the headings before it."""
        passages = self._catalogue.passages([item.passages[0].id for item in items])
        return [
            Indexable(document=item.document, passage=found, text=text).in_context
            if (found := passages.get(item.passages[0].id))
            else ""
            for item, text in zip(items, self._texts(items), strict=True)
        ]
