"""Whose words a question asks for, and which sentences are theirs: *Wat zei wethouder De Vries over …*.

A name in a question is found in what others say about its bearer just as well. Who asks what somebody said wants what
stands in the minutes behind that name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search import dutch
from search.address import ANYBODYS
from search.question import Question

_ASKS = re.compile(
    r"""\bwat\s(?:zei|zegt|zeiden|zeggen|vond|vindt|vonden|vinden|vroeg|vroegen|dacht|denkt|antwoord(?:t|de|den)
            |beto(?:ogt|ogde)|stelde|bracht|wil(?:de)?|heeft\s.{1,60}\b(?:gezegd|gevraagd|geantwoord|ingebracht))\b
        |\bhoe\s(?:dacht|denkt|reageer(?:t|de)|beoordeel(?:t|de)|antwoord(?:t|de)|kijkt|keek)\b
        |\b(?:standpunt|mening|reactie|inbreng|bijdrage|betoog|visie|woorden|antwoord)\s(?:hierop\s)?van\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = frozenset(dutch.terms(ANYBODYS))
_SAYING = _ADDRESS | frozenset(
    dutch.terms(
        "zei zegt zeiden zeggen gezegd vond vindt vonden vinden dacht denkt denken vroeg vroegen gevraagd antwoordde "
        "antwoordt antwoord reageerde reageert reactie betoogde betoogt betoog standpunt mening inbreng bijdrage visie"
    )
)
"""What a label tells without saying it: that somebody says something; his first sentence is not the better for it."""


def asks_whose_words(text: str) -> bool:
    """Say whether a question asks what somebody said or thought."""
    return _ASKS.search(text) is not None


def said_by(question: Question, labels: Sequence[str]) -> NDArray[np.bool_]:
    """Say of each sentence which words of the question its label stands for, where that fits as well as any does.

    Args:
        question: the question; where it does not ask for somebody's words, no label fits.
        labels: who says each sentence, as it is printed (*De heer JANSEN (VVD)*); empty where nobody does.

    Returns:
        Shape (labels, words), True for the words of the name and for those that only ask what was said; all False in
        the row of a label that is not that of who is asked about.
    """
    held = np.zeros((len(labels), len(question.words)), dtype=bool)
    if not asks_whose_words(question.text):
        return held
    named = {
        label: [not terms.isdisjoint(word.terms) for word in question.words]
        for label in set(labels)
        if (terms := frozenset(dutch.terms(label)) - _ADDRESS)
    }
    weights = np.array([word.weight for word in question.words])
    worth = {label: float(weights @ holds) for label, holds in named.items()}
    most = max(worth.values(), default=0.0)
    saying = np.array([not _SAYING.isdisjoint(word.terms) for word in question.words])
    for at, label in enumerate(labels):
        if most > 0.0 and worth.get(label) == most:
            held[at] = saying | named[label]
    return held
