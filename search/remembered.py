"""What a function made of each thing, looked up like a dictionary.

``functools.lru_cache`` moves what it finds to the front of a list, which costs three times as much as finding it. That
counts where every word of every passage is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(dict[K, V]):
    """A function's values by what it was given: ``remembered[key]`` is ``make(key)``, made once.

    When it holds as many as it may, those that nobody asks for until it is full again are forgotten.

    Args:
        make: the function; what it gives may be shared by all who ask.
        most: how many values are held; beside them lie as many that may be forgotten.
    """

    def __init__(self, make: Callable[[K], V], *, most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most
        self._before: dict[K, V] = {}

    def __missing__(self, key: K) -> V:
        """Make the value, or fetch it from among those that were to be forgotten."""
        before = self._before
        found = before[key] if key in before else self._make(key)
        if len(self) >= self._most:
            self._before = dict(self)
            self.clear()
        self[key] = found
        return found
