"""What speaks for and against quoting a sentence, as numbers: one row per candidate, one column per :class:`Feature`.

A sentence's own words count whole; those of its passage's headings and of the sentence before it count in part, since
*het krediet* means the pool only under a heading that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

from council import Document, Kind, Spans
from search import form
from search.embedding import Vectors
from search.figures import counts, told, wanted
from search.intent import Asks, Moment, asks_for_questions, holds, tallies
from search.matching import Matcher, Text
from search.question import Question
from search.saying import said_by

CONTEXT = 0.7
"""What a word of the question is worth in the headings or the sentence before, against 1 in the sentence itself."""
AROUND = 0.35
"""What it is worth anywhere else in the passage."""
HEADED = 0.9
"""What it is worth in the headings, where the passage as a whole is judged."""

Matrix = NDArray[np.float64]
_VOTE_WORTH = 1.8
"""A question about a vote is answered by nothing but a vote, however much else is said about the subject."""
_TALLY_WORTH = 0.4
_MAY_COUNT = frozenset({Asks.AMOUNT, Asks.ANYTHING, Asks.DECISION})
"""Who asks for a vote, a reason or a date may name money and not want any."""
_MOST_FIGURES = 4
_DECIDED = frozenset({Kind.BESLUITENLIJST, Kind.RAADSBESLUIT, Kind.VERORDENING, Kind.NOTULEN})
_FOLLOWS_UP = frozenset({Kind.TOEZEGGING, Kind.RAADSINFORMATIEBRIEF, Kind.BESLUITENLIJST, Kind.NOTULEN})


class Feature(IntEnum):
    """The columns."""

    LEXICAL = 0
    """Share of the question's weight in the sentence and, in part, around it."""
    OWN = auto()
    """Share of the question's weight in the sentence itself."""
    RELATIVE = auto()
    """LEXICAL as a share of the best candidate's: a question in other words than the papers' is held by none whole."""
    HEADINGS = auto()
    """Share of the question's weight in the title and the headings above the sentence."""
    DENSE = auto()
    """Cosine of the sentence's vector and the question's."""
    RANK = auto()
    """Fused score of its passage."""
    PASSAGE = auto()
    """Share of the question's weight in its whole passage with the headings above it."""
    DOCUMENT = auto()
    """Fused score of the best passage of its document."""
    SUMMARY = auto()
    """1 if it stands where a paper says what it comes down to: summary, decision, conclusion, what a motion asks."""
    KIND = auto()
    """1 if it holds the kind of thing that is asked for; more where nothing else will do."""
    COUNTS = auto()
    """1 if it tells a figure in the unit that is asked for: money, a share, a time, or so many of the thing named."""
    FIGURES = auto()
    """How many figures it tells that the question does not hold, up to four, as a share, if an amount is asked."""
    MOMENT = auto()
    """How new its document is among those found (how old, if the question is about the beginning), if that is asked."""
    NEWER = auto()
    """How new its document is among those found, whatever is asked."""
    YEAR = auto()
    """1 if the document, or the sentence, is of a year that the question names."""
    PLACE = auto()
    """1 if such a thing usually stands in this kind of document: a vote in a besluitenlijst, a promise in a list."""
    ECHO = auto()
    """1 if it is itself a question, unless it is asked what somebody asked."""
    TITLE = auto()
    """1 if it only names a subject, leads a meeting, opens or closes a letter, or lists what stands where."""
    STUMP = auto()
    """1 if it has fewer than five words."""
    LONG = auto()
    """1 if it has more than seventy words."""
    SAID = auto()
    """1 if it is said by who is asked about, if the question asks what somebody said."""


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
    under: tuple[str, ...] = ()
    """The headings and columns above it, where it is a table row."""
    listed: bool = False
    """Whether it is an entry of a table of contents."""
    resolves: bool = False
    """Whether a motion or a decision says here what it asks for."""

    @property
    def said(self) -> str:
        """Its text without the label of who speaks, which says nothing about the subject."""
        label, colon, rest = self.text.partition(":")
        bare = label.lstrip("([ ")
        return rest.strip() or self.text if colon and bare and self.speaker.startswith(bare) else self.text


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """All candidates weighed: what each holds of each word of the question, and its features."""

    touched: Matrix
    """Shape (candidates, words): 0 (absent) to 1 (the whole word in the sentence), what stands around it in part."""
    whole: Matrix
    """Shape (candidates, words): how far the passage of each holds each word, headings included, 0 to 1."""
    anywhere: Matrix
    """Shape (words,): how far the passage that holds most of a word holds it, headings included, 0 to 1."""
    features: Matrix
    """Shape (candidates, features)."""


def weigh(
    question: Question,
    candidates: Sequence[Candidate],
    embed_words: Callable[[Sequence[str]], Vectors] | None,
) -> Weighed:
    """Weigh every candidate, all but its nearness in meaning, which is only worth working out for the best.

    Args:
        question: the question, with its weighed words.
        candidates: at least one sentence.
        embed_words: gives unit vectors of single words, where the model is made for that.
    """
    weights = np.array([word.weight for word in question.words])
    weights /= weights.sum()
    said = said_by(question, [candidate.speaker for candidate in candidates])
    held = _held(question, candidates, embed_words, said)
    features = np.zeros((len(candidates), len(Feature)))
    lexical = held.touched @ weights
    features[:, Feature.LEXICAL] = lexical
    features[:, Feature.OWN] = held.own @ weights
    features[:, Feature.RELATIVE] = lexical / max(float(lexical.max()), 1e-9)
    features[:, Feature.HEADINGS] = held.headings @ weights
    features[:, Feature.PASSAGE] = held.whole @ weights
    features[:, Feature.DOCUMENT] = _best_of_document(candidates)
    features[:, Feature.RANK] = [candidate.rank_score for candidate in candidates]
    features[:, Feature.YEAR] = [_of_year(question, candidate) for candidate in candidates]
    newness = _newness(candidates)
    features[:, Feature.NEWER] = newness
    if question.moment is Moment.LATEST:
        features[:, Feature.MOMENT] = newness
    elif question.moment is Moment.FIRST:
        features[:, Feature.MOMENT] = 1.0 - newness
    _add_what_is_asked(question, candidates, features)
    _add_form(candidates, features)
    if asks_for_questions(question.text):
        features[:, Feature.ECHO] = 0.0
    features[:, Feature.SAID] = said.any(axis=1)
    return Weighed(touched=held.touched, whole=held.whole, anywhere=held.whole.max(axis=0), features=features)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    """What each candidate holds of each word of the question, shape (candidates, words)."""

    own: Matrix
    headings: Matrix
    touched: Matrix
    whole: Matrix
    """In the whole passage and the headings above it."""


def _held(
    question: Question,
    candidates: Sequence[Candidate],
    embed_words: Callable[[Sequence[str]], Vectors] | None,
    said: NDArray[np.bool_],
) -> _Held:
    texts = {text for item in candidates for text in (item.text, item.before, item.headings)}
    cut = {text: Text.of(text) for text in sorted(texts)}
    matcher = Matcher(question, list(cut.values()), embed_words)
    found = {text: matcher.held(terms, text) for text, terms in cut.items()}
    # The label stands before the first sentence of a contribution only, and that is mostly a greeting.
    own = np.maximum([found[item.text] for item in candidates], said)
    headings = np.array([found[item.headings] for item in candidates])
    context = np.maximum(headings, np.array([found[item.before] for item in candidates]))
    passages = np.array([candidate.passage for candidate in candidates])
    around = np.zeros_like(own)
    for passage in set(passages.tolist()):
        around[passages == passage] = own[passages == passage].max(axis=0)
    return _Held(
        own=own,
        headings=headings,
        touched=np.maximum(own, np.maximum(CONTEXT * context, AROUND * around)),
        whole=np.maximum(around, HEADED * context),
    )


def _add_what_is_asked(question: Question, candidates: Sequence[Candidate], features: Matrix) -> None:
    """Fill in whether each candidate holds the kind of thing, and the figures, that are asked for."""
    asks = question.asks
    asked = wanted(question.text)
    worth = _VOTE_WORTH if asks is Asks.VOTE else 1.0
    for at, candidate in enumerate(candidates):
        features[at, Feature.KIND] = worth * holds(asks, candidate.text, question.text)
        if asks is Asks.VOTE and tallies(candidate.text):
            features[at, Feature.KIND] += _TALLY_WORTH
        features[at, Feature.PLACE] = _in_place(asks, candidate.document.kind)
        features[at, Feature.COUNTS] = asks in _MAY_COUNT and counts(candidate.text, asked)
        if asks is Asks.AMOUNT:
            features[at, Feature.FIGURES] = min(len(told(candidate.text, asked)), _MOST_FIGURES) / _MOST_FIGURES


def _add_form(candidates: Sequence[Candidate], features: Matrix) -> None:
    """Fill in what can be seen of each candidate without knowing the question."""
    for at, candidate in enumerate(candidates):
        text, words = candidate.text, candidate.text.split()
        features[at, Feature.SUMMARY] = candidate.resolves or form.sums_up(candidate.headings)
        features[at, Feature.ECHO] = form.is_question(text)
        names = form.only_names(text, candidate.document.title) or form.is_procedure(text)
        features[at, Feature.TITLE] = names or candidate.listed
        features[at, Feature.STUMP] = len(words) < 5
        features[at, Feature.LONG] = len(words) > 70


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
