"""Gives each piece a first vector from the company it keeps (word2vec, Mikolov et al. 2013).

The one module that knows gensim.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from gensim.models import Word2Vec
from numpy.typing import NDArray

_SETTLED = 50  # a piece seen more often than this has a vector worth measuring


def write_sentences(path: Path, sentences: Iterable[NDArray[np.int32]], size: int) -> NDArray[np.float64]:
    """Write each text's piece ids as a line for word2vec; return how often each of the `size` pieces came by."""
    counts = np.zeros(size, dtype=np.int64)
    with path.open("w", encoding="ascii") as lines:
        for ids in sentences:
            counts += np.bincount(ids, minlength=size)
            lines.write(" ".join(map(str, ids.tolist())) + "\n")
    return counts.astype(np.float64)


def word_vectors(
    sentences: Path, size: int, dimensions: int, epochs: int, seed: int, workers: int
) -> NDArray[np.float32]:
    """Return one vector of unit length for each piece id below `size`; pieces that were hardly seen get noise.

    With more than one worker the threads race for the same weights, so two runs differ in the last digits.
    """
    model = Word2Vec(
        corpus_file=str(sentences),
        vector_size=dimensions,
        window=8,
        min_count=5,
        sample=1e-4,
        sg=1,
        negative=5,
        alpha=0.035,
        epochs=epochs,
        seed=seed,
        workers=workers,
    )
    rows = np.random.default_rng(seed).normal(size=(size, dimensions)).astype(np.float32)
    for key, index in model.wv.key_to_index.items():
        rows[int(key)] = model.wv.vectors[index]
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def even_out(rows: NDArray[np.float32], counts: NDArray[np.float64]) -> NDArray[np.float32]:
    """Centre the vectors and give every direction the same spread (whitening), then bring each to unit length.

    Word vectors share a few strong directions that say what kind of word it is rather than what it means (Mu and
    Viswanath 2018); in a sum over a passage they drown the rest. Only pieces seen often set the measure.
    """
    often = counts > _SETTLED
    settled = rows[often] if int(often.sum()) > 2 * rows.shape[1] else rows
    centre = settled.mean(axis=0)
    _, spread, directions = np.linalg.svd(settled - centre, full_matrices=False)
    even = (rows - centre) @ directions.T / np.maximum(spread, 1e-6 * spread[0])
    return np.asarray(even / np.linalg.norm(even, axis=1, keepdims=True), dtype=np.float32)
