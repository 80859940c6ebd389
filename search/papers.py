"""What the ranking goes by of the documents of a generation: one number for each document in an array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from council import Document, Kind

_KINDS = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Papers:
    """Documents by their number in the generation, and their facts in arrays of that length."""

    documents: tuple[Document | None, ...]
    """None for one that changed or left since the generation was made."""
    days: NDArray[np.int64]
    """The date as the day's number since the year 1, as ``date.toordinal`` counts; 0 without a date."""
    kinds: NDArray[np.int64]
    """The place of its kind in :class:`Kind`; -1 where the document is None."""
    kin: NDArray[np.int64]
    """The same number for documents of one title and one date; -1 for one without a title."""

    @classmethod
    def of(cls, documents: Sequence[Document | None]) -> Papers:
        """Return the facts of documents."""
        families: dict[object, int] = {}
        kin = [
            families.setdefault((one.title, one.date), len(families)) if one and one.title else -1 for one in documents
        ]
        return cls(
            documents=tuple(documents),
            days=np.array([one.date.toordinal() if one and one.date else 0 for one in documents], np.int64),
            kinds=np.array([_KINDS[one.kind] if one else -1 for one in documents], np.int64),
            kin=np.array(kin, np.int64),
        )

    def known(self, number: int) -> Document:
        """Return a document that the reader may see: then the catalogue knows it."""
        document = self.documents[number]
        assert document is not None  # noqa: S101  # what may be seen is known to the catalogue
        return document
