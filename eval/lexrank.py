"""Which sentences of a text are most like all the others: LexRank through ``sumy``, the only module that imports it.

Erkan & Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization", JAIR 22, 2004, with the
library's own threshold and damping. Sentences and words are cut as the plain baseline cuts them, so nothing of the
product's Dutch analysis helps or hinders it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eval.baseline import words
from eval.extra import missing


def most_central(sentences: Sequence[str], most: int) -> list[int]:
    """Return the places of the most central sentences, the most central first.

    Args:
        sentences: the sentences of a text, in order; what is said twice is one sentence.
        most: how many places to return at most.

    Raises:
        UsageError: ``sumy`` is not installed.
    """
    try:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.summarizers.lex_rank import LexRankSummarizer
    except ImportError as error:
        raise missing("LexRank", error) from error

    places: dict[str, int] = {}
    for at, text in enumerate(sentences):
        if words(text):
            places.setdefault(text.strip(), at)
    document: Any = ObjectDocumentModel([Paragraph([Sentence(text, _Words()) for text in places])])
    rank = LexRankSummarizer()
    found: list[int] = []
    # Sentences without a word in common have no centre: the library divides nought by nought and keeps their order.
    with np.errstate(invalid="ignore"):
        # It gives its choice in the order of the text; who joins when the choice grows by one is the next in rank.
        for count in range(1, min(most, len(places)) + 1):
            chosen = [places[str(sentence)] for sentence in rank(document, count)]
            found += [at for at in chosen if at not in found]
    return found


class _Words:
    """Cuts a sentence for the library."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(words(sentence))
