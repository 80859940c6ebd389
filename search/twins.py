"""Documents that say the same are shown as one, with links to the others.

One paper lies at two addresses, a draft stays beside the final version, a proposal is printed again in its appendix: a
page of results that says one thing ten times hides nine others. Two passages are alike by their *resemblance* (Broder,
"On the resemblance and containment of documents", 1997): the rows of three words that both have, as a share of those
that either has. Sketches say which of the best may be alike (:mod:`search.sketch`); only those are read and counted.

A figure is what papers of one form differ by, this year's rates from last year's: passages with other figures are never
folded. Nothing is hidden either: a document is only ever folded under one that is shown, and is linked there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.fulltext import folded_words
from search.ranking import Ranked
from search.sketch import FEWEST, ROW, may_resemble

_ALIKE = 0.9
"""The resemblance from which two passages say the same."""


class _Print:
    """A passage as it is compared; its rows are made when its figures leave room for doubt, which is seldom."""

    def __init__(self, text: str) -> None:
        self.words = folded_words(text)
        self.figures = Counter(word for word in self.words if not word.isalpha() and any(map(str.isdigit, word)))

    @cached_property
    def rows(self) -> frozenset[tuple[str, ...]]:
        return frozenset(zip(*(self.words[at:] for at in range(ROW)), strict=False))


def resemblance(one: str, other: str) -> float:
    """Return which share of the rows of three words that either text has, both have: 0 to 1.

    Texts of fewer than twenty words resemble nothing, and so do texts with other figures.
    """
    return _resemblance(_Print(one), _Print(other))


def folded(
    ranked: Sequence[Ranked],
    sketches: NDArray[np.uint32],
    lengths: NDArray[np.integer],
    texts_of: Callable[[Sequence[Ranked]], Sequence[str]],
) -> tuple[Ranked, ...]:
    """Return the documents with those that say the same as a better one put under it, in the order that they have.

    Args:
        ranked: documents that the reader may see, best first.
        sketches: a row for the best passage of each.
        lengths: how many words each of these passages has.
        texts_of: gives their texts; asked once, for those only whose sketch and length are like another's.
    """
    near = may_resemble(sketches)
    # What is more than a tenth longer has rows that the other lacks, and reading both to count them costs more.
    near &= np.minimum.outer(lengths, lengths) >= _ALIKE * np.maximum.outer(lengths, lengths)
    np.fill_diagonal(near, val=False)
    suspects = np.flatnonzero(near.any(axis=1)).tolist()
    texts = texts_of([ranked[at] for at in suspects]) if suspects else ()
    prints = {at: _Print(text) for at, text in zip(suspects, texts, strict=True)}
    kept = {at: item for at, item in enumerate(ranked) if at not in prints}
    for at in suspects:
        like = (other for other in np.flatnonzero(near[at, :at]).tolist() if other in kept)
        under = next((other for other in like if _resemblance(prints[at], prints[other]) >= _ALIKE), None)
        if under is None:
            kept[at] = ranked[at]
        else:
            kept[under] = kept[under]._replace(twins=(*kept[under].twins, ranked[at]))
    return tuple(kept[at] for at in sorted(kept))


def _resemblance(one: _Print, other: _Print) -> float:
    if min(len(one.words), len(other.words)) < FEWEST or one.figures != other.figures:
        return 0.0
    if one.words == other.words:
        return 1.0
    both = len(one.rows & other.rows)
    return both / (len(one.rows) + len(other.rows) - both)
