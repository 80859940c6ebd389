"""Says how much each piece counts: a common piece tells little about what a text is about.

Smooth inverse frequency (Arora, Liang & Ma 2017): weight = a / (a + p), with p the piece's share of all pieces. The
share is the larger of two: in the law texts and in everyday Dutch (`wordfreq`). The law hardly ever says "ik", "mijn"
or "hoe", so by the law alone those would be the weightiest words of a resident's question.
"""

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from wordfreq import get_frequency_dict

from training.vocabulary import encode


def everyday_counts(tokenizer: Tokenizer) -> NDArray[np.float64]:
    """Return how often each piece stands in everyday Dutch, as shares that sum to 1."""
    frequencies = get_frequency_dict("nl")
    counts = np.zeros(tokenizer.get_vocab_size())
    for ids, frequency in zip(encode(tokenizer, frequencies), frequencies.values(), strict=True):
        np.add.at(counts, ids, frequency)
    return np.asarray(counts / counts.sum(), dtype=np.float64)


def inverse_frequency(
    law_counts: NDArray[np.float64], everyday: NDArray[np.float64], smoothing: float
) -> NDArray[np.float32]:
    """Return a weight between 0 and 1 for each piece; `smoothing` is the share at which a piece counts for half."""
    share = np.maximum(law_counts / law_counts.sum(), everyday)
    return np.asarray(smoothing / (smoothing + share), dtype=np.float32)
