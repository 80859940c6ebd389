"""The words that stand in public papers, as they are spelt, with the number of passages that hold each.

What is offered to a reader (another spelling, the end of a word) comes from here, so it holds nothing of secret papers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path

from council import DataError


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """Folded words of public papers: in how many public passages each stands, and its spelling where that differs."""

    passages: Mapping[str, int]
    spelt: Mapping[str, str]

    def spelling(self, word: str) -> str:
        """Return a folded word as it is spelt, with its accents."""
        return self.spelt.get(word, word)

    def frequent(self, most: int) -> list[str]:
        """Return the words that stand in most passages, so many at most."""
        return nlargest(most, self.passages, key=self.passages.__getitem__)

    def write(self, path: Path) -> None:
        """Write the words to a file."""
        content = {"passages": dict(self.passages), "spelt": dict(self.spelt)}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """Read the words back.

        Raises:
            DataError: the file is missing or damaged.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return cls(passages=content["passages"], spelt=content["spelt"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}: {error}; run raadspoor-ingest again to build a new generation") from error


NO_WORDS = Lexicon(passages={}, spelt={})
