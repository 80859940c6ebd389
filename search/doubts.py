"""What makes a careful clerk hesitate over quotes that hold the words: they are of another matter, or of a closed one.

Most questions that no paper answers are put in the papers' own words, so how many words are found tells little. Two
things can be seen that tell more: whoever names the library of one village is not helped by a paper that never names
that village, and where a paper says that something is secret, the public papers will not tell it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.features import CONTEXT, Candidate, Matrix
from search.figures import counts, wanted
from search.intent import Asks, holds
from search.matching import PART
from search.question import Question

_SECRET = re.compile(
    r"""\b(?:geheim(?:e|en|houding)?(?!\s(?:stemm|stembr))
        |vertrouwelijke?
        |(?:niet\s(?:openbaa?re?|openbaar\sgemaakt))
        |beslotenheid
        |besloten\s(?:bijlagen?|stuk(?:ken)?|deel|vergadering|zitting|commissie\w*|\w*opzet))\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubts:
    """What speaks against showing an answer, whatever its words."""

    unnamed: bool = False
    """The document quoted first never names somebody or something that the question names."""
    secret: bool = False
    """A quoted sentence says that something is secret, and the question does not ask about that."""


def doubts(question: Question, whole: Matrix, candidates: Sequence[Candidate], picked: Sequence[int]) -> Doubts:
    """Return what speaks against an answer.

    Args:
        question: the question.
        whole: how far the passage of each candidate holds each word, shape (candidates, words).
        candidates: the sentences that could be quoted.
        picked: the places of those that would be, best first; at least one.
    """
    return Doubts(
        unnamed=bool(lacks_a_name(question, whole, candidates)[picked[0]]),
        secret=not is_about_secrecy(question.text) and any(is_about_secrecy(candidates[at].text) for at in picked),
    )


def holds_what_is_asked(question: Question, texts: Sequence[str]) -> bool:
    """Say whether any quote holds the kind of thing that is asked for, and counts what is to be counted.

    Args:
        question: the question; one that does not say what it asks for is content with anything.
        texts: the sentences that would be quoted.
    """
    asks = question.asks
    if asks is Asks.ANYTHING:
        return True
    asked = wanted(question.text)
    to_count = asks is Asks.AMOUNT and bool(asked.units or asked.things)
    return any(counts(text, asked) if to_count else holds(asks, text, question.text) for text in texts)


def lacks_a_name(question: Question, whole: Matrix, candidates: Sequence[Candidate]) -> NDArray[np.bool_]:
    """Say of each candidate whether no passage found of its document holds one of the names in the question.

    A name that stands nowhere in the papers does not count: it may be misspelt.

    Args:
        question: the question.
        whole: how far the passage of each candidate holds each word, shape (candidates, words).
        candidates: the sentences that could be quoted.
    """
    names = np.array([word.name for word in question.words], dtype=bool)
    if not names.any():
        return np.zeros(len(candidates), dtype=bool)
    numbers: dict[str, int] = {}
    document = np.array([numbers.setdefault(candidate.document.sha256, len(numbers)) for candidate in candidates])
    held = np.zeros((len(numbers), int(names.sum())))
    np.maximum.at(held, document, whole[:, names])
    return np.array(held.min(axis=1)[document] < CONTEXT * PART, dtype=bool)


def is_about_secrecy(text: str) -> bool:
    """Say whether a sentence tells that something is secret, confidential or dealt with behind closed doors."""
    return _SECRET.search(text) is not None
