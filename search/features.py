"""What speaks for and against quoting a sentence, as numbers: one row per candidate, one column per :class:`Feature`.

A sentence's own words count whole; those of its passage's headings and of the sentence before it count in part, since
*het krediet* means the pool only under a heading that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache

import numpy as np
from numpy.typing import NDArray

from council import Document, Kind, Spans
from search.embedding import Vectors
from search.intent import Asks, Moment, holds
from search.matching import Matcher, Text
from search.question import Question

CONTEXT = 0.55
"""What a word of the question is worth in the headings or the sentence before, against 1 in the sentence itself."""
AROUND = 0.35
"""What it is worth anywhere else in the passage."""
HEADED = 0.9
"""What it is worth in the headings, where the passage as a whole is judged."""

Matrix = NDArray[np.float64]
_FIGURE = re.compile(r"€|%|\d[.,]\d|\d")
_NO_FIGURE = re.compile(
    r"\b[A-Z]{1,3}-\d[\d-]*|\b\d{1,2} [a-z]{3,9} (?:19|20)\d\d\b|\b(?:19|20)\d\d\b|^\d{1,2}(?:\.\d{1,2})*[.)]?\s",
    re.IGNORECASE,
)
"""Digits that name a thing and tell nothing: case numbers, dates, years, the number of a heading."""
_CLOSING = re.compile(r"^Aldus (?:vastgesteld|besloten)\b(?!.*\bstem)", re.IGNORECASE)
_VOTE_WORTH = 1.8
"""A question about a vote is answered by nothing but a vote, however much else is said about the subject."""
_SUMS_UP = re.compile(
    r"\b(?:samenvatting|(?:voorgesteld )?besluit|raadsbesluit|conclusies?|in het kort|kern|uitkomst|stemming)\b",
    re.IGNORECASE,
)
_DECIDED = frozenset({Kind.BESLUITENLIJST, Kind.RAADSBESLUIT, Kind.VERORDENING, Kind.NOTULEN})
_FOLLOWS_UP = frozenset({Kind.TOEZEGGING, Kind.RAADSINFORMATIEBRIEF, Kind.BESLUITENLIJST, Kind.NOTULEN})


class Feature(IntEnum):
    """The columns."""

    LEXICAL = 0
    """Share of the question's weight in the sentence and, in part, around it."""
    OWN = auto()
    """Share of the question's weight in the sentence itself."""
    DENSE = auto()
    """Cosine of the sentence's vector and the question's."""
    RANK = auto()
    """Fused score of its passage."""
    PASSAGE = auto()
    """Share of the question's weight in its whole passage with the headings above it."""
    DOCUMENT = auto()
    """Fused score of the best passage of its document."""
    SUMMARY = auto()
    """1 if it stands where a paper says what it comes down to: summary, decision, conclusion."""
    KIND = auto()
    """1 if it holds the kind of thing that is asked for; more where nothing else will do."""
    MOMENT = auto()
    """How new its document is among those found (how old, if the question is about the beginning), if that is asked."""
    NEWER = auto()
    """How new its document is among those found, whatever is asked."""
    YEAR = auto()
    """1 if the document, or the sentence, is of a year that the question names."""
    PLACE = auto()
    """1 if such a thing usually stands in this kind of document: a vote in a besluitenlijst, a promise in a list."""
    ECHO = auto()
    """1 if it is itself a question."""
    TITLE = auto()
    """1 if it only names a subject."""
    STUMP = auto()
    """1 if it has fewer than five words."""
    LONG = auto()
    """1 if it has more than seventy words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A sentence that could be quoted."""

    document: Document
    passage: int
    """Id of the passage that it stands in."""
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
class Weighed:
    """All candidates weighed: what each holds of each word of the question, and its features."""

    own: Matrix
    """Shape (candidates, words): 0 (absent) to 1 (the whole word in the sentence itself)."""
    touched: Matrix
    """The same, with what stands around the sentence counted in part."""
    features: Matrix
    """Shape (candidates, features)."""


def weigh(
    question: Question,
    candidates: Sequence[Candidate],
    vectors: Vectors,
    asked: Vectors,
    embed_words: Callable[[Sequence[str]], Vectors] | None,
) -> Weighed:
    """Weigh candidate sentences against a question; see :func:`search.answer.choose` for the arguments."""
    weights = np.array([word.weight for word in question.words])
    own, touched, passage = _held(question, candidates, embed_words)
    features = np.zeros((len(candidates), len(Feature)))
    features[:, Feature.LEXICAL] = touched @ weights / weights.sum()
    features[:, Feature.OWN] = own @ weights / weights.sum()
    features[:, Feature.PASSAGE] = passage @ weights / weights.sum()
    features[:, Feature.DOCUMENT] = _best_of_document(candidates)
    features[:, Feature.SUMMARY] = [_SUMS_UP.search(candidate.headings) is not None for candidate in candidates]
    features[:, Feature.DENSE] = np.clip(vectors @ asked, 0.0, 1.0)
    features[:, Feature.RANK] = [candidate.rank_score for candidate in candidates]
    worth = _VOTE_WORTH if question.asks is Asks.VOTE else 1.0
    features[:, Feature.KIND] = [worth * holds(question.asks, candidate.text) for candidate in candidates]
    newness = _newness(candidates)
    features[:, Feature.NEWER] = newness
    if question.moment is Moment.LATEST:
        features[:, Feature.MOMENT] = newness
    elif question.moment is Moment.FIRST:
        features[:, Feature.MOMENT] = 1.0 - newness
    features[:, Feature.YEAR] = [_of_year(question, candidate) for candidate in candidates]
    features[:, Feature.PLACE] = [_in_place(question.asks, candidate.document.kind) for candidate in candidates]
    for at, candidate in enumerate(candidates):
        text, words = candidate.text, candidate.text.split()
        features[at, Feature.ECHO] = text.rstrip("\"'”’) ").endswith("?")
        features[at, Feature.TITLE] = _only_names(text, candidate.document.title)
        features[at, Feature.STUMP] = len(words) < 5
        features[at, Feature.LONG] = len(words) > 70
    return Weighed(own=own, touched=touched, features=features)


def _held(
    question: Question, candidates: Sequence[Candidate], embed_words: Callable[[Sequence[str]], Vectors] | None
) -> tuple[Matrix, Matrix, Matrix]:
    """Return what each candidate holds of each word: itself, with what stands around it, and its whole passage."""
    cut = cache(Text.of)
    here = [cut(candidate.text) for candidate in candidates]
    near = [cut(candidate.headings) | cut(candidate.before) for candidate in candidates]
    matcher = Matcher(question, [*here, *near], embed_words)
    own = np.array([matcher.held(text, item.text) for text, item in zip(here, candidates, strict=True)])
    context = np.array(
        [matcher.held(text, f"{item.headings} . {item.before}") for text, item in zip(near, candidates, strict=True)]
    )
    passages = np.array([candidate.passage for candidate in candidates])
    around = np.array([own[passages == passage].max(axis=0) for passage in passages])
    whole = np.maximum(around, HEADED * context)
    return own, np.maximum(own, np.maximum(CONTEXT * context, AROUND * around)), whole


def _best_of_document(candidates: Sequence[Candidate]) -> list[float]:
    best: dict[str, float] = {}
    for candidate in candidates:
        key = candidate.document.sha256
        best[key] = max(best.get(key, 0.0), candidate.rank_score)
    return [best[candidate.document.sha256] for candidate in candidates]


def _newness(candidates: Sequence[Candidate]) -> Matrix:
    """Return 0 for the oldest document found to 1 for the newest; those without a date stand in the middle."""
    days = [candidate.document.date.toordinal() if candidate.document.date else None for candidate in candidates]
    known = [day for day in days if day is not None]
    if not known or min(known) == max(known):
        return np.full(len(candidates), 0.5)
    low, width = min(known), max(known) - min(known)
    return np.array([0.5 if day is None else (day - low) / width for day in days])


def _of_year(question: Question, candidate: Candidate) -> bool:
    if not question.years:
        return False
    of_document = candidate.document.date is not None and candidate.document.date.year in question.years
    return of_document or any(str(year) in candidate.text for year in question.years)


def _in_place(asks: Asks, kind: Kind) -> bool:
    if asks in (Asks.VOTE, Asks.DECISION):
        return kind in _DECIDED
    return asks is Asks.PROMISE and kind in _FOLLOWS_UP


def _only_names(text: str, title: str) -> bool:
    """Say whether a line only names a subject: no full stop and no figure, or nothing that the title does not say."""
    if set(text.split()) <= set(title.split()) or _CLOSING.search(text):
        return True
    stops = (".", "!", ";", ":", "”", "'", "’")
    return not text.endswith(stops) and not _FIGURE.search(_NO_FIGURE.sub(" ", text))
