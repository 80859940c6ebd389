"""How likely it is that one of the quoted sentences answers the question, and what verdict follows from that.

Five things tell: how high the best sentence scores; how many others score nearly as high, as the entropy of a softmax
over the scores (where twenty sentences are as good as the best, none of them is the one); how much of the question
hangs on one word that stands in no paper; and the two of :mod:`search.doubts`. A logistic function brings them
to a probability (Platt, "Probabilistic outputs for support vector machines", 1999). ``training/answer_weights.py`` fits
its weights.
"""

from __future__ import annotations

import math

import numpy as np

from council import Verdict
from search.doubts import Doubts
from search.features import Matrix
from search.question import Question

SHARPNESS = 10.0
"""What scores are multiplied by in the softmax: the value with which the weights of the features were fitted."""
_ALWAYS, _BEST, _RIVALS, _STRANGE, _UNNAMED, _SECRET = -1.15, 1.47, -0.38, -2.48, -0.8, -0.8
ANSWERED, PARTIAL = 0.52, 0.31
"""Confidence from which the verdict is answered, or partial. The lower border keeps quiet on one in ten of the
development questions that can be answered. At the upper one a wrong answer without reserve is held to cost one and a
half times what a reserve on a right one costs (0.6 / 0.4): of the questions of the gold sets that are just above it
six in ten get a right sentence, and fewer where all those are counted that nobody could answer."""


def confidence(question: Question, scores: Matrix, anywhere: Matrix, doubts: Doubts) -> float:
    """Return the probability, 0 to 1, that one of the sentences that would be quoted is a right answer.

    Args:
        question: the question, with at least one word.
        scores: of the sentences that could be quoted, at least one, in any order.
        anywhere: how far any passage holds each word of the question, 0 to 1.
        doubts: what speaks against the answer, whatever its words.
    """
    evidence = _ALWAYS + _BEST * float(scores.max()) + _RIVALS * rivals(scores) + _STRANGE * strange(question, anywhere)
    evidence += _UNNAMED * doubts.unnamed + _SECRET * doubts.secret
    return 1.0 / (1.0 + math.exp(-evidence))


def strange(question: Question, anywhere: Matrix) -> float:
    """Return how much of the question hangs on one word that stands in no paper: its share of the weight, 0 to 1.

    Who asks *hoeveel laadpalen* of papers without a single one is not helped by other *palen*. Where the passages hold
    parts of the word, words near it in meaning or one that is spelt like it, it counts for what they leave of it. The
    most telling word counts and not the sum: a long question put in other words than the papers' holds many such words,
    each of little weight.

    Args:
        question: the question, with at least one word.
        anywhere: how far any passage that was found holds each word, 0 to 1.
    """
    return float((_absent(question) * (1.0 - anywhere)).max())


def rivals(scores: Matrix) -> float:
    """Return how many sentences compete for the first place, as the entropy of a softmax in nats: 0 for one alone."""
    shares = np.exp(SHARPNESS * (scores - scores.max()))
    shares /= shares.sum()
    return float(-(shares * np.log(np.maximum(shares, 1e-12))).sum())


def verdict_of(sure: float, question: Question, *, fits: bool) -> Verdict:
    """Return what is said of an answer that is so sure.

    Args:
        sure: the confidence in it.
        question: the question. Where most of it stands in no paper, what is like it answers in part at best.
        fits: whether any quote holds the kind of thing that is asked for; without it they answer in part at best.
    """
    if sure < PARTIAL:
        return Verdict.NOT_FOUND
    absent = _absent(question)
    return Verdict.ANSWERED if sure >= ANSWERED and fits and absent.sum() <= 0.5 else Verdict.PARTIAL


def _absent(question: Question) -> Matrix:
    """Return the share of the question's weight of each word that stands in no paper, 0 for one that does."""
    weights = np.array([word.weight for word in question.words])
    return np.where([word.stands for word in question.words], 0.0, weights / weights.sum())
