"""Four numbers for each passage by which those that may say the same are found without reading them.

Of all rows of three words of a passage, hashed in four ways, the least value of each is kept. Two passages share one of
these with the probability of their resemblance (Broder, "On the resemblance and containment of documents", 1997): of
pairs that resemble each other by nine tenths, four in a thousand share fewer than two of the four. Which of the others
are really alike is for who reads them to say (:mod:`search.twins`).
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from search.postings import Keys

ROW = 3
"""Words in a row."""
FEWEST = 20
"""A passage of fewer words says too little to be told by."""
NUMBERS = 4
_SHARED = 2
"""How many of the four two passages share that may say the same."""
Sketch = NDArray[np.uint32]
_ROW_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_FACTORS = np.array([0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], np.uint64)
_HALF = np.uint64(32)


def sketch_of(words: Keys) -> Sketch:
    """Return the sketch of a passage: four numbers, all 0 for one that is too short.

    Args:
        words: the keys of its words, in order.
    """
    if len(words) < FEWEST:
        return np.zeros(NUMBERS, np.uint32)
    # Unsigned products wrap around, which is what makes hashes of them.
    rows = (sliding_window_view(words, ROW) * _ROW_FACTORS).sum(axis=1, dtype=np.uint64)
    rows ^= rows >> _HALF
    found: Sketch = ((rows[None, :] * _FACTORS[:, None]) >> _HALF).min(axis=1).astype(np.uint32)
    return found


def may_resemble(sketches: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Say which passages may say the same as which others: a symmetric table, a passage beside itself included.

    Args:
        sketches: a row of four numbers for each passage.
    """
    shared = (sketches[:, None, :] == sketches[None, :, :]) & (sketches != 0)
    found: NDArray[np.bool_] = shared.sum(axis=2) >= _SHARED
    return found
