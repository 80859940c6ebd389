"""Says how good a set of embeddings is: nDCG@10 on judged questions, Spearman's rho on rated sentence pairs."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from training.corpus import Rated, RetrievalSet

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
_DEPTH = 10


def ndcg(ranking: Sequence[str], relevant: dict[str, int]) -> float:
    """Return nDCG@10: gain as judged, discount 1 / log2(rank + 1), ranks from 1, divided by the best ranking's sum."""
    gained = sum(relevant.get(name, 0) / math.log2(rank + 1) for rank, name in enumerate(ranking[:_DEPTH], 1))
    best = sorted(relevant.values(), reverse=True)[:_DEPTH]
    return gained / sum(gain / math.log2(rank + 1) for rank, gain in enumerate(best, 1))


def retrieval_score(embed: Embed, judged: RetrievalSet, part_words: int | None = None) -> float:
    """Return the mean nDCG@10 over the judged questions, ties broken by id.

    A document is embedded whole, or, with `part_words`, in parts of that many words of which the best one counts.
    """
    names = sorted(judged.documents)
    parts = [_parts(judged.documents[name], part_words) for name in names]
    starts = np.cumsum([0] + [len(texts) for texts in parts[:-1]])
    vectors = embed([text for texts in parts for text in texts])
    questions = [name for name in judged.questions if name in judged.relevant]
    similarities = embed([judged.questions[name] for name in questions]) @ vectors.T
    scores = np.maximum.reduceat(similarities, starts, axis=1)
    orders = np.argsort(-scores, axis=1, kind="stable")[:, :_DEPTH]
    return float(
        np.mean(
            [
                ndcg([names[place] for place in order], judged.relevant[question])
                for question, order in zip(questions, orders, strict=True)
            ]
        )
    )


def similarity_score(embed: Embed, rated: Sequence[Rated]) -> float:
    """Return Spearman's rank correlation between the cosines and people's ratings."""
    left = embed([pair.left for pair in rated])
    right = embed([pair.right for pair in rated])
    return spearman((left * right).sum(axis=1).tolist(), [pair.score for pair in rated])


def spearman(left: Sequence[float], right: Sequence[float]) -> float:
    """Return Spearman's rho: Pearson's correlation of the ranks, where equal values share the mean of their ranks."""
    return float(np.corrcoef(_ranks(left), _ranks(right))[0, 1])


def _ranks(values: Sequence[float]) -> NDArray[np.float64]:
    _, place, times = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    mean_ranks = np.cumsum(times) - (times - 1) / 2
    return np.asarray(mean_ranks[place], dtype=np.float64)


def _parts(text: str, words: int | None) -> list[str]:
    cut = text.split()
    if words is None or len(cut) <= words:
        return [text]
    return [" ".join(cut[start : start + words]) for start in range(0, len(cut), words)]
