"""Sequences that lie in arrays, whose items are made when somebody looks at them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")


class Rows(Sequence[T]):
    """A sequence of which hundreds are put in order for each question, and ten are shown."""

    __slots__ = ()

    @abstractmethod
    def at(self, places: NDArray[np.int64]) -> tuple[T, ...]:
        """Return the items at these places, counted from 0."""

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        """Return the item at a place, or those at some.

        Raises:
            IndexError: there is no such place.
        """
        if isinstance(at, slice):
            return self.at(np.arange(len(self))[at])
        return self.at(np.array([range(len(self))[at]]))[0]
