"""Questions with everything that could be quoted for them, graded: what ``training/answer_weights.py`` learns from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import partial

import numpy as np
from numpy.typing import NDArray

from council import Catalogue, Citation, DataFolder, Query
from council.settings import Settings
from eval.answers import is_right
from eval.gold import Gold, Question, QuestionType
from eval.places import CataloguePapers, locate
from search import Engine
from search.confidence import strange
from search.doubts import Doubts, doubts
from search.features import Feature, weigh
from search.intent import Asks
from search.quoting import candidates
from training.made_up import FAR_OFF, HELD_OUT, NOT_HERE


class Source(StrEnum):
    """Where a question comes from."""

    GOLD = auto()
    FAR_OFF = auto()
    NOT_HERE = auto()
    HELD_OUT = auto()


_MADE_UP = {Source.FAR_OFF: FAR_OFF, Source.NOT_HERE: NOT_HERE, Source.HELD_OUT: HELD_OUT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One question with its candidates."""

    collection: str
    source: Source
    dossier: str
    answerable: bool
    measured: bool
    """Whether a right sentence is known, or known not to exist."""
    facts: tuple[str, ...]
    strange: float
    """How much of it hangs on one word that stands in no paper."""
    doubts: Callable[[Sequence[int]], Doubts]
    """What speaks against quoting candidates, by their places, best first."""
    features: NDArray[np.float64]
    grades: NDArray[np.int64]
    vectors: NDArray[np.float32]
    texts: tuple[str, ...]
    papers: tuple[str, ...]
    """The document of each candidate."""


def examples(gold: Gold, data: DataFolder, collection: str) -> list[Example]:
    """Return the questions of a gold set with everything that could be quoted for them."""
    engine, catalogue = Engine(data, Settings()), Catalogue(data.catalogue)
    embedder = engine._embedder
    judged = locate(gold, CataloguePapers(catalogue))
    found = []
    for source, question in _asked(gold):
        ranked = engine._find(Query(text=question.text))
        if not ranked.listing.ranked:
            continue
        votes = ranked.question.asks is Asks.VOTE
        items = candidates(engine.catalogue, ranked.listing.ranked, ranked.question.moment, votes=votes)
        weighed = weigh(ranked.question, items, engine._words)
        vectors = embedder.passages([item.said for item in items])
        weighed.features[:, Feature.DENSE] = np.clip(vectors @ ranked.asked, 0.0, 1.0)
        known = judged.get(question.id, ())
        right = [
            next(
                (
                    grade
                    for grade in (3, 2)
                    if is_right(
                        Citation(document=item.document.sha256, spans=item.spans),
                        [one for one in known if one.grade == grade],
                    )
                ),
                0,
            )
            for item in items
        ]
        found.append(
            Example(
                collection=collection,
                source=source,
                dossier=question.dossier,
                answerable=question.answerable,
                measured=not question.answerable or any(one.grade > 1 and one.places for one in known),
                facts=question.facts,
                strange=strange(ranked.question, weighed.anywhere),
                doubts=partial(doubts, ranked.question, weighed.whole, items),
                features=weighed.features,
                grades=np.array(right),
                vectors=vectors,
                texts=tuple(item.text for item in items),
                papers=tuple(item.document.sha256 for item in items),
            )
        )
    return found


def _asked(gold: Gold) -> Iterator[tuple[Source, Question]]:
    yield from ((Source.GOLD, question) for question in gold.questions)
    for source, texts in _MADE_UP.items():
        for text in texts:
            # A dossier of its own, so that folds part them.
            made = Question(id=text, text=text, type=QuestionType.OTHER, answerable=False, line=0, dossier=text)
            yield source, made
