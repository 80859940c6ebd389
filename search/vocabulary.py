"""How rare each term is in what is published: in how many passages it stands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from council import DataError
from search.sparse import idf


class Vocabulary:
    """Document frequencies of terms over the passages of one generation."""

    def __init__(self, passages: int = 0, frequencies: Counter[str] | None = None) -> None:
        self.passages = passages
        self._frequencies = frequencies if frequencies is not None else Counter()

    def __len__(self) -> int:
        return len(self._frequencies)

    def __iter__(self) -> Iterator[str]:
        return iter(self._frequencies)

    def add(self, terms: Iterable[str]) -> None:
        """Count one passage's terms in."""
        self.passages += 1
        self._frequencies.update(set(terms))

    def remove(self, terms: Iterable[str]) -> None:
        """Count one passage's terms out again."""
        self.passages = max(0, self.passages - 1)
        for term in set(terms):
            self._frequencies[term] -= 1
            if self._frequencies[term] <= 0:
                del self._frequencies[term]

    def frequency(self, term: str) -> int:
        """Return in how many passages a term stands."""
        return self._frequencies.get(term, 0)

    def idf(self, term: str) -> float:
        """Return the inverse document frequency of a term (:func:`search.sparse.idf`)."""
        return idf(self.passages, self.frequency(term))

    def write(self, path: Path) -> None:
        """Write the vocabulary to a file."""
        content = {"passages": self.passages, "frequencies": dict(self._frequencies)}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Vocabulary:
        """Read a vocabulary back.

        Raises:
            DataError: the file is missing or damaged.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return cls(int(content["passages"]), Counter(content["frequencies"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}: {error}; run raadspoor-ingest again to build a new generation") from error
