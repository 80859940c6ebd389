"""What is loaded to stay is kept out of Python's search for garbage, which would stop every reader to look through it.

An open generation and an embedding model are half a million objects. The collector goes through all of them now and
then, for the better part of a second, in the middle of somebody's question, and finds nothing: they live until the next
generation does. So they are set apart; what questions leave behind is still collected, and there is little of it.
"""

from __future__ import annotations

import gc

_YOUNG = 10_000
"""New objects from which the youngest are looked through: a question makes some thousands, and few of them last."""


def set_apart(young: int = _YOUNG) -> None:
    """Set everything that is alive apart, less what is garbage at this moment; again after much of it was replaced.

    Args:
        young: new objects from which the youngest are looked through.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(young, *gc.get_threshold()[1:])
