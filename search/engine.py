"""A question in, ranked documents and a cited answer out.

One engine serves all threads of a process, one question at a time. It follows the pointer to the live generation, and
it never shows what the catalogue no longer allows: of a document that was withdrawn or made secret since the index was
built nothing is left in what the legs bring in, and everything shown is read from the catalogue and checked once more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from council import (
    Answer,
    Catalogue,
    DataFolder,
    Expression,
    Filters,
    Leg,
    Query,
    Results,
    Suggestion,
)
from council.settings import Settings
from search import dutch
from search.answer import NOTHING, choose
from search.embedding import Embedder, SentenceTransformerEmbedder, Vectors
from search.explaining import matches, nowhere
from search.expression import parse
from search.features import Feature
from search.following import Follower, Standing
from search.generation import Generation
from search.index import PassageIndex, QueryVectors, Scored
from search.intent import Asks
from search.lasting import set_apart
from search.naming import narrowings, resolved
from search.ordering import Ordering
from search.question import Question, prepare
from search.quoting import candidates, read_back
from search.ranking import Ranked
from search.reranking import Reranker, reranker_of
from search.selection import Listing, Selection, both, select
from search.showing import hits, still_visible
from search.vocabulary import Vocabulary
from search.word_vectors import WordVectors

CANDIDATES = 200
"""How many passages each leg brings in."""
_ANSWERING = 100
"""How many of the best documents an answer may quote."""
_CUT_AHEAD = 50_000
"""How many words are cut before anybody asks: a second's work, and nearly every word of nearly every passage."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """A ranking, before a page of it is shown."""

    question: Question
    expression: Expression
    asked: Vectors
    listing: Listing
    selection: Selection
    visible: Filters
    """What the reader may see and asked for, as far as it speaks of documents."""
    standing: Standing
    timings: Mapping[str, float]


class Engine:
    """Searches one data folder.

    Args:
        data: the data folder.
        settings: model, engine and weights.
        embedder: another embedder than the settings ask for (tests, comparisons).
        without: features that add nothing to a sentence's score (comparisons).
        reranker: another reranker than the settings ask for.

    Raises:
        NotIngested: nothing was ever published there.
        ModelMismatch: the index was made with another model or analysis.
        DataError: the reranker is not there.
    """

    def __init__(
        self,
        data: DataFolder,
        settings: Settings,
        *,
        embedder: Embedder | None = None,
        without: Set[Feature] = frozenset(),
        reranker: Reranker | None = None,
    ) -> None:
        chosen = reranker or reranker_of(settings)
        self.data = data
        self.settings = settings
        self._without = without
        self.catalogue = Catalogue(data.catalogue)
        with ExitStack() as opened:
            opened.callback(self.catalogue.close)
            self._ordering = Ordering(self.catalogue, settings, chosen)
            self._embedder = embedder or SentenceTransformerEmbedder.from_settings(settings)
            self._follower = Follower(data, settings, self.catalogue, model=self._embedder.fingerprint)
            opened.pop_all()
        self._words = WordVectors(self._embedder.queries)
        # Python runs one thread at a time: questions that wait their turn are answered sooner than those that share it.
        self._turn = threading.Lock()

    @property
    def generation(self) -> Generation:
        """The generation that answers now."""
        return self._follower.live.generation

    @property
    def vocabulary(self) -> Vocabulary:
        """How rare each term is in it."""
        return self._follower.live.rarity.vocabulary

    def warm(self) -> None:
        """Cut the frequent words and ask a question now, so that the first readers wait for nothing.

        For a process that goes on: it collects its garbage less often from here on (:mod:`search.lasting`).

        Raises:
            DataError: the index, the catalogue or the reranker does not answer.
        """
        for word in self._follower.live.lexicon.frequent(_CUT_AHEAD):
            dutch.terms_of(word)
        # A compound, so that everything there is to load is asked for: spellings and names too.
        self.search(Query(text="gemeenteraadsvergadering"))
        set_apart()

    def close(self) -> None:
        """Let go of the index and the catalogue."""
        self._follower.close()
        self.catalogue.close()

    def search(self, query: Query) -> Results:
        """Return one page of documents for a question."""
        with self._turn:
            return self._results(query, self._find(query))

    def ask(self, query: Query) -> tuple[Results, Answer]:
        """Return one page of documents and the cited answer."""
        with self._turn:
            found = self._find(query)
            started = time.perf_counter()
            answer = self._answer(found, self.catalogue.reach(query.filters)[1])
            took = time.perf_counter() - started
            results = self._results(query, found)
        return replace(results, timings={**results.timings, "answer": took}), answer

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Return what somebody who is typing may mean, out of public papers."""
        return self._follower.standing().suggester()(typed)

    # Finding

    def _find(self, query: Query) -> _Found:
        clock = _Clock()
        standing = self._follower.standing()
        live, register = standing.live, standing.register
        allowed = replace(query.filters, without=query.filters.without | standing.revoked)
        expression = resolved(parse(query.text), register.names, allowed)
        question = prepare(expression.words, live.rarity.vocabulary, live.council_words())
        clock.lap("analyse")
        filters = both(allowed, expression.filters)
        asked_terms = question.asked_terms
        selection = select(live.fulltext, register, expression, asked_terms, filters)
        if not question.words and selection.possible:
            question = replace(question, hint="newest_first")
        clock.lap("select")
        asked, numbers = np.zeros(0, np.float32), np.zeros(0, np.int64)
        ranked: Sequence[Ranked] = ()
        if question.words and selection.possible:
            asked = self._embedder.queries([question.text])[0]
            clock.lap("embed")
            vectors = live.rarity.vectors(asked_terms, question.text, asked.tolist())
            legs = _brought(live.index, vectors, selection)
            clock.lap("legs")
            quoted = expression.quotes
            ranking = self._ordering.ranked(legs, question, live.fulltext, register, selection.within, quoted=quoted)
            clock.lap("rank")
            ranked, numbers = self._ordering.reranked(ranking, question), ranking.numbers
            clock.lap("rerank")
        listing = Listing(
            ranked,
            numbers,
            self._ordering.folded(ranked, live.fulltext),
            selection=selection,
            fulltext=live.fulltext,
            register=register,
        )
        clock.lap("fold")
        return _Found(
            question=question,
            expression=expression,
            asked=asked,
            listing=listing,
            selection=selection,
            visible=filters,
            standing=standing,
            timings=clock.laps,
        )

    # Showing

    def _results(self, query: Query, found: _Found) -> Results:
        started = time.perf_counter()
        live, register, selection = found.standing.live, found.standing.register, found.selection
        page = still_visible(self.catalogue, found.listing.page(query.offset, query.limit), found.visible)
        facets = register.facets(selection.matching, selection.documents)
        held = matches(
            [item.passages[0].id for item in page],
            found.question,
            found.expression,
            live.fulltext,
            register,
        )
        return Results(
            query=query,
            hits=hits(self.catalogue, page, found.question.terms, held),
            total=selection.total,
            searched=int(selection.within.sum()),
            latest=register.latest(selection.within),
            facets=facets,
            timings={**found.timings, "show": time.perf_counter() - started},
            hint=found.question.hint,
            alike=found.listing.alike,
            folded=found.listing.folded,
            expression=found.expression,
            narrowings=narrowings(found.expression.words, found.standing.names(), found.visible, facets),
            meant=found.standing.speller.meant(found.question, query.text),
            nowhere=nowhere(found.question, live.fulltext, register),
        )

    # Answering

    def _answer(self, found: _Found, latest: date | None) -> Answer:
        ranked = still_visible(self.catalogue, found.listing.ranked[:_ANSWERING], found.visible)
        votes = found.question.asks is Asks.VOTE and not found.selection.filters.limit_passages
        sentences = candidates(self.catalogue, ranked, found.question.moment, votes=votes)
        if sentences:
            choice = choose(
                found.question,
                sentences,
                found.asked,
                self._embedder.passages,
                embed_words=self._words if self._embedder.knows_words else None,
                latest=latest,
                without=self._without,
            )
        else:
            choice = NOTHING
        quotes = tuple(filter(None, (read_back(self.catalogue, chosen) for chosen in choice.sentences)))
        if not quotes:
            choice = replace(choice, sentences=(), verdict=NOTHING.verdict)
        return Answer(
            sentences=quotes,
            verdict=choice.verdict,
            coverage=choice.coverage,
            confidence=choice.confidence,
            missing=choice.missing,
        )


def _brought(index: PassageIndex, vectors: QueryVectors, selection: Selection) -> Mapping[Leg, Sequence[Scored]]:
    """Return the best passages of each leg among those that the reader may see and asked for."""
    out = selection.kept_out
    found = index.search(vectors, selection.filters, limit=CANDIDATES + len(out))
    return {leg: [one for one in passages if one[0] not in out][:CANDIDATES] for leg, passages in found.items()}


class _Clock:
    """Measures the steps of one question, in seconds."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self._last
        self._last = now
