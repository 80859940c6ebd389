"""The answer: up to five whole sentences, quoted, that together say most about what was asked; or that none does.

Nothing is written here. Each candidate sentence is weighed (:mod:`search.features`), the numbers are added with fixed
weights, and sentences are chosen one by one for what they add (maximal marginal relevance; Carbonell & Goldstein,
SIGIR 1998). Whether they are shown at all is for :mod:`search.confidence`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from council import Citation, Verdict
from search.confidence import confidence, verdict_of
from search.doubts import doubts, holds_what_is_asked
from search.embedding import Vectors
from search.features import CONTEXT, Candidate, Feature, Matrix, weigh
from search.intent import Asks, holds, is_after
from search.matching import PART
from search.question import Question

MOST = 5
LEAST = 3
WEIGHTS: dict[Feature, float] = {
    Feature.LEXICAL: 0.43,
    Feature.OWN: 0.05,
    Feature.RELATIVE: 0.17,
    Feature.HEADINGS: 0.16,
    Feature.DENSE: 0.24,
    Feature.RANK: 0.29,
    Feature.PASSAGE: 0.08,
    Feature.DOCUMENT: 0.26,
    Feature.SUMMARY: 0.09,
    Feature.KIND: 0.25,
    Feature.COUNTS: 0.21,
    Feature.FIGURES: 0.20,
    Feature.MOMENT: 0.26,
    Feature.NEWER: 0.15,
    Feature.YEAR: 0.08,
    Feature.PLACE: 0.05,
    Feature.ECHO: -0.26,
    Feature.TITLE: -0.25,
    Feature.STUMP: -0.20,
    Feature.LONG: -0.17,
    Feature.SAID: 0.25,
}
"""What each feature adds to a sentence's score: ``training/answer_weights.py`` says how they were set, and how well
they do on questions that they were not set on."""
SHORTLIST = 96
"""Of how many sentences the nearness in meaning is worked out; one that is not among these without it is not chosen."""
_REPEAT = 0.2
"""How much of its score a sentence loses for being the same as one that was already chosen."""
_ALIKE = 0.6
"""Cosine from which two sentences begin to say the same."""
_NEAR_BEST = 0.75
"""A sentence below this share of the best one's score only fills up to three."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A sentence that was chosen, and how well it fits (0 to 1)."""

    candidate: Candidate
    score: float

    @property
    def citation(self) -> Citation:
        """Where it stands."""
        return Citation(document=self.candidate.document.sha256, spans=self.candidate.spans)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What was chosen, and what it leaves open."""

    sentences: tuple[Chosen, ...]
    verdict: Verdict
    coverage: float
    confidence: float
    missing: tuple[str, ...]


NOTHING = Choice(sentences=(), verdict=Verdict.NOT_FOUND, coverage=0.0, confidence=0.0, missing=())


def choose(
    question: Question,
    candidates: Sequence[Candidate],
    asked: Vectors,
    embed: Callable[[Sequence[str]], Vectors],
    *,
    embed_words: Callable[[Sequence[str]], Vectors] | None = None,
    latest: date | None = None,
    without: Set[Feature] = frozenset(),
) -> Choice:
    """Choose the sentences that answer a question.

    Args:
        question: the question, with its weighed words.
        candidates: sentences of the best passages.
        asked: the question's unit vector, shape (dimension,).
        embed: gives unit vectors of sentences, shape (sentences, dimension).
        embed_words: gives unit vectors of single words, where the model is made for that.
        latest: the date of the newest document that was searched.
        without: features that add nothing to a sentence's score (comparisons).

    Returns:
        Three to five sentences, fewer where nothing else says anything, with the verdict; or none and ``not_found``
        when too little fits. The best comes first, then those of one passage as they are printed there.
    """
    if not candidates or not question.words:
        return NOTHING
    weighed = weigh(question, candidates, embed_words)
    added = np.array([0.0 if feature in without else WEIGHTS[feature] for feature in Feature])
    scores = weighed.features @ added
    best = np.argsort(-scores, kind="stable")[:SHORTLIST]
    vectors = embed([candidates[at].said for at in best])
    scores = scores[best] + added[Feature.DENSE] * np.clip(vectors @ asked, 0.0, 1.0)
    kept = [candidates[at] for at in best]
    telling = weighed.features[best, Feature.TITLE] == 0.0
    picked = pick(scores, vectors, [one.text for one in kept], [one.document.sha256 for one in kept], telling)
    doubted = doubts(question, weighed.whole, candidates, best[picked].tolist())
    sure = confidence(question, scores, weighed.anywhere, doubted)
    after = is_after(question.text, latest)
    quoted = [kept[at] for at in picked]
    fits = holds_what_is_asked(question, [one.text for one in quoted]) and not _mixed(question, quoted)
    verdict = Verdict.NOT_FOUND if after else verdict_of(sure, question, fits=fits)
    found = weighed.anywhere if verdict is Verdict.NOT_FOUND else weighed.touched[best[picked]].max(axis=0)
    missing = tuple(
        word.text
        for word, share in zip(question.words, found, strict=True)
        if share < CONTEXT * PART or (after and word.text.isdigit() and int(word.text) in question.years)
    )
    shares = np.clip(scores / added[added > 0.0].sum(), 0.0, 1.0)
    chosen = [Chosen(candidate=candidates[best[at]], score=float(shares[at])) for at in picked]
    return Choice(
        sentences=() if verdict is Verdict.NOT_FOUND else _as_printed(chosen),
        verdict=verdict,
        coverage=min(float(weighed.features[best[picked[0]], Feature.PASSAGE]), 1.0),
        confidence=sure,
        missing=missing,
    )


def _mixed(question: Question, quoted: Sequence[Candidate]) -> bool:
    """Say whether a vote is asked for and votes on more than one thing would be quoted: then a reader has to choose."""
    if question.asks is not Asks.VOTE:
        return False
    return len({one.under for one in quoted if holds(Asks.VOTE, one.text, question.text)}) > 1


def _as_printed(chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Return the best first, then the others, those of one passage together and as they are printed there.

    The points of a decision that are quoted from the last to the first are hard to read.
    """
    first, *others = chosen
    places = {one.candidate.passage: at for at, one in reversed(list(enumerate(others)))}
    where = [
        (places[one.candidate.passage], [(span.page, span.start) for span in one.candidate.spans]) for one in others
    ]
    return (first, *(others[at] for at in sorted(range(len(others)), key=where.__getitem__)))


def pick(
    scores: Matrix, vectors: Vectors, texts: Sequence[str], papers: Sequence[str], telling: NDArray[np.bool_]
) -> list[int]:
    """Return the places of the sentences to quote, best first.

    What falls far behind the best only fills up to three, and only with what the papers that are quoted say besides:
    no subject alone, no thanks to the reader, and nothing of a paper about something else.

    Args:
        scores: of the sentences to choose from, at least one.
        vectors: their unit vectors, shape (sentences, dimension).
        texts: what they say.
        papers: the documents that they stand in.
        telling: which of them do more than name a subject, lead a meeting, or open or close a letter.
    """
    alike = np.zeros(len(scores))
    left = np.ones(len(scores), dtype=bool)
    picked: list[int] = []
    while len(picked) < MOST and left.any():
        gain = np.where(left, scores - _REPEAT * np.maximum(0.0, alike - _ALIKE), -np.inf)
        nearest = int(gain.argmax())
        if scores[nearest] < _NEAR_BEST * scores.max():
            if len(picked) >= LEAST:
                break
            if picked and not (telling[nearest] and papers[nearest] in {papers[at] for at in picked}):
                left[nearest] = False
                continue
        picked.append(nearest)
        left &= np.array([text != texts[nearest] for text in texts])
        alike = np.maximum(alike, vectors @ vectors[nearest])
    return picked
