"""The answer: three to five whole sentences, quoted, that together say most about what was asked; or that none does.

Nothing is written here. A sentence is scored by how much of the question's weight it holds (its passage's headings and
neighbours count in part, since *het krediet* means the pool only under a heading that says so), by its vector's
likeness to the question's, and by how high its passage was ranked. Sentences are then chosen one by one for what they
add (maximal marginal relevance; Carbonell & Goldstein, SIGIR 1998).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from council import Citation, Document, Spans, Verdict
from search.embedding import Vectors
from search.matching import PART, Matcher, Text, gives_what_is_asked
from search.question import Question

MOST = 5
LEAST = 3
_LEXICAL, _DENSE, _RANK, _KIND = 0.50, 0.22, 0.22, 0.08
_CONTEXT = 0.55
"""What a word of the question is worth in the headings or the sentence next to it, against 1 in the sentence itself."""
_REPEAT = 0.35
"""How much of its score a sentence loses for being the same as one that was already chosen."""
_ECHO = 0.25
"""What a question in the papers loses: it has the right words and answers nothing."""
_ANSWERED, _PARTIAL = 0.62, 0.42
"""Coverage from which the verdict is answered, or partial; set on the development half of the gold set."""
_NEAR_BEST = 0.55
"""A sentence below this share of the best one's score only fills up to the least number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A sentence that could be quoted."""

    document: Document
    spans: Spans
    text: str
    """As a reader sees it."""
    before: str
    """The sentence before it in the passage, or nothing."""
    headings: str
    """Title, headings and speaker of its passage."""
    speaker: str
    rank_score: float
    """The fused score of its passage, 0 to 1."""


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
    missing: tuple[str, ...]


NOTHING = Choice(sentences=(), verdict=Verdict.NOT_FOUND, coverage=0.0, missing=())


def choose(
    question: Question,
    candidates: Sequence[Candidate],
    vectors: Vectors,
    asked: Vectors,
    *,
    embed_words: Callable[[Sequence[str]], Vectors] | None = None,
) -> Choice:
    """Choose the sentences that answer a question.

    Args:
        question: the question, with its weighed words.
        candidates: sentences of the best passages.
        vectors: their unit vectors, shape (candidates, dimension).
        asked: the question's unit vector, shape (dimension,).
        embed_words: gives unit vectors of single words, where the model is made for that.

    Returns:
        Three to five sentences, best first, with the verdict; or :data:`NOTHING` when too little fits.
    """
    if not candidates or not question.words:
        return NOTHING
    weights = np.array([word.weight for word in question.words])
    # Per candidate and word of the question: 0 (absent) to 1 (the whole word in the sentence itself).
    touched = _touched(question, candidates, embed_words)
    lexical = touched @ weights / weights.sum()
    dense = np.clip(vectors @ asked, 0.0, 1.0)
    rank = np.array([candidate.rank_score for candidate in candidates])
    kind = np.array([gives_what_is_asked(question.asks, candidate.text) for candidate in candidates])
    form = np.array([_form(candidate.text) for candidate in candidates])
    scores = np.clip(_LEXICAL * lexical + _DENSE * dense + _RANK * rank + _KIND * kind - form, 0.0, 1.0)
    picked = _pick(scores, vectors, [candidate.text for candidate in candidates])
    union = touched[picked].max(axis=0)
    coverage = float(union @ weights / weights.sum())
    missing = tuple(word.text for word, share in zip(question.words, union, strict=True) if share < _CONTEXT * PART)
    if coverage < _PARTIAL:
        return Choice(sentences=(), verdict=Verdict.NOT_FOUND, coverage=coverage, missing=missing)
    verdict = Verdict.ANSWERED if coverage >= _ANSWERED else Verdict.PARTIAL
    sentences = tuple(Chosen(candidate=candidates[at], score=float(scores[at])) for at in picked)
    return Choice(sentences=sentences, verdict=verdict, coverage=coverage, missing=missing)


def _touched(
    question: Question, candidates: Sequence[Candidate], embed_words: Callable[[Sequence[str]], Vectors] | None
) -> NDArray[np.float64]:
    cut = cache(Text.of)
    here = [cut(candidate.text) for candidate in candidates]
    around = [f"{candidate.headings} . {candidate.before}" for candidate in candidates]
    near = [cut(candidate.headings) | cut(candidate.before) for candidate in candidates]
    matcher = Matcher(question, [*here, *near], embed_words)
    return np.array(
        [
            np.maximum(matcher.held(text, candidate.text), _CONTEXT * matcher.held(context, raw))
            for text, candidate, context, raw in zip(here, candidates, near, around, strict=True)
        ]
    )


def _form(text: str) -> float:
    """Return what a sentence loses for its form: an echo of the question, a stump, or a whole page without a stop."""
    words = len(text.split())
    echo = _ECHO if text.rstrip("\"'”’) ").endswith("?") else 0.0
    return echo + (0.15 if words < 5 else 0.10 if words > 70 else 0.0)


def _pick(scores: NDArray[np.float64], vectors: Vectors, texts: Sequence[str]) -> list[int]:
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
