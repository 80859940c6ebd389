"""The answer: three to five whole sentences, quoted, that together say most about what was asked; or that none does.

Nothing is written here. Each candidate sentence is weighed (:mod:`search.features`), the numbers are added with fixed
weights, and sentences are chosen one by one for what they add (maximal marginal relevance; Carbonell & Goldstein,
SIGIR 1998). Whether they answer at all is judged by the passage that holds most of the question on its own: words
gathered from five papers about five subjects are no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from council import Citation, Verdict
from search.embedding import Vectors
from search.features import CONTEXT, Candidate, Feature, Matrix, Weighed, weigh
from search.matching import PART
from search.question import Question

MOST = 5
LEAST = 3
WEIGHTS: dict[Feature, float] = {
    Feature.LEXICAL: 0.39,
    Feature.OWN: 0.13,
    Feature.DENSE: 0.19,
    Feature.RANK: 0.24,
    Feature.PASSAGE: 0.10,
    Feature.DOCUMENT: 0.09,
    Feature.SUMMARY: 0.07,
    Feature.KIND: 0.22,
    Feature.MOMENT: 0.12,
    Feature.NEWER: 0.05,
    Feature.YEAR: 0.07,
    Feature.PLACE: 0.04,
    Feature.ECHO: -0.25,
    Feature.TITLE: -0.20,
    Feature.STUMP: -0.14,
    Feature.LONG: -0.10,
}
"""What each feature adds to a sentence's score. Set by hand, then drawn a little towards what the 59 answerable
questions of the development half prefer (a softmax over candidates with a strong pull back to the hand-set values):
fitted freely they did worse on questions left out."""
_REPEAT = 0.2
"""How much of its score a sentence loses for being the same as one that was already chosen."""
_ANSWERED, _PARTIAL = 0.70, 0.50
"""Confidence from which the verdict is answered, or partial. On the development half the lower border keeps quiet on
one in five of what cannot be answered and one in ten of what can; two thirds and two fifths stay below the upper one.
The questions that cannot be answered name a real subject and differ from the papers in one word."""
_DENSE_SCALE = 1.3
"""Brings the cosine of a good sentence to about the height of the shares that it is averaged with."""
_NEAR_BEST = 0.55
"""A sentence below this share of the best one's score only fills up to the least number."""


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
    vectors: Vectors,
    asked: Vectors,
    *,
    embed_words: Callable[[Sequence[str]], Vectors] | None = None,
    without: Set[Feature] = frozenset(),
) -> Choice:
    """Choose the sentences that answer a question.

    Args:
        question: the question, with its weighed words.
        candidates: sentences of the best passages.
        vectors: their unit vectors, shape (candidates, dimension).
        asked: the question's unit vector, shape (dimension,).
        embed_words: gives unit vectors of single words, where the model is made for that.
        without: features that add nothing to a sentence's score (comparisons).

    Returns:
        Three to five sentences, best first, with the verdict; or none and ``not_found`` when too little fits.
    """
    if not candidates or not question.words:
        return NOTHING
    weighed = weigh(question, candidates, vectors, asked, embed_words)
    added = np.array([0.0 if feature in without else WEIGHTS[feature] for feature in Feature])
    scores = weighed.features @ added / max(added[added > 0.0].sum(), 1e-9)
    picked = _pick(scores, vectors, [candidate.text for candidate in candidates])
    union = weighed.touched[picked].max(axis=0)
    missing = tuple(word.text for word, share in zip(question.words, union, strict=True) if share < CONTEXT * PART)
    coverage = float(weighed.features[picked[0], Feature.PASSAGE])
    confidence = _confidence(question, candidates, weighed, picked)
    if confidence < _PARTIAL:
        verdict = Verdict.NOT_FOUND
    else:
        verdict = Verdict.ANSWERED if confidence >= _ANSWERED else Verdict.PARTIAL
    chosen = tuple(Chosen(candidate=candidates[at], score=float(np.clip(scores[at], 0.0, 1.0))) for at in picked)
    return Choice(
        sentences=() if verdict is Verdict.NOT_FOUND else chosen,
        verdict=verdict,
        coverage=min(coverage, 1.0),
        confidence=confidence,
        missing=missing,
    )


def _confidence(question: Question, candidates: Sequence[Candidate], weighed: Weighed, picked: Sequence[int]) -> float:
    """Return how sure it is, 0 to 1, that the chosen sentences answer the question.

    The mean of three: how much of the question the first sentence's passage holds with its headings, how much any one
    passage holds in its own sentences, and how near the nearest chosen sentence is in meaning.
    """
    weights = np.array([word.weight for word in question.words])
    passages = np.array([candidate.passage for candidate in candidates])
    fullest = max(float(weighed.own[passages == one].max(axis=0) @ weights) for one in set(passages.tolist()))
    first = float(weighed.features[picked[0], Feature.PASSAGE])
    near = _DENSE_SCALE * float(weighed.features[list(picked), Feature.DENSE].max())
    return float(np.clip((first + fullest / weights.sum() + near) / 3.0, 0.0, 1.0))


def _pick(scores: Matrix, vectors: Vectors, texts: Sequence[str]) -> list[int]:
    """Return the places of the sentences to quote, best first."""
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
    picked: list[int] = []
    said: set[str] = set()
    best = scores[order[0]]
    while len(picked) < MOST:
        rest = [at for at in order if at not in picked and texts[at] not in said]
        if not rest:
            break

        def gain(at: int) -> float:
            alike = max((float(vectors[at] @ vectors[p]) for p in picked), default=0.0)
            return float(scores[at]) - _REPEAT * max(0.0, alike - 0.6)

        nearest = max(rest, key=lambda at: (gain(at), -at))
        if len(picked) >= LEAST and scores[nearest] < _NEAR_BEST * best:
            break
        picked.append(nearest)
        said.add(texts[nearest])
    return picked
