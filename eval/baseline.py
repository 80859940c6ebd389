"""Plain BM25, the baseline in every run, through ``bm25s``: the only module that imports it.

Words are lower-cased and nothing else: no stop words, stems or parts of compounds. k1 = 1.2, b = 0.75 and the inverse
document frequency that is never below 0 (the library's method ``lucene``; Kamphuis et al., "Which BM25 Do You Mean?",
ECIR 2020). Ties go to the name that sorts first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

K1 = 1.2
B = 0.75
_WORD = re.compile(r"\w+")


class Bm25:
    """Texts that can be ranked for a question.

    Args:
        texts: the texts by name.
        k1: how soon a repeated word stops to count.
        b: how far length counts: 0 not at all, 1 wholly.
    """

    def __init__(self, texts: Mapping[str, str], *, k1: float = K1, b: float = B) -> None:
        import bm25s

        self._names = list(texts)
        worded = [words(text) for text in texts.values()]
        # The library cannot index a collection without a single word.
        self._index = bm25s.BM25(k1=k1, b=b, method="lucene") if any(worded) else None
        if self._index is not None:
            self._index.index(worded, show_progress=False)

    def rank(self, question: str) -> Sequence[tuple[str, float]]:
        """Return the texts that share a word with a question and their scores, best first."""
        asked = words(question)
        if self._index is None or not asked:
            return []
        scores = self._index.get_scores(asked).tolist()
        found = ((name, float(score)) for name, score in zip(self._names, scores, strict=True) if score > 0.0)
        return sorted(found, key=lambda item: (-item[1], item[0]))


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.lower())
