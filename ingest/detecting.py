"""How good the detector of citizen service numbers is, on lines of which it is known what their number is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from council import service_numbers
from ingest.labels import Numbered


@dataclass(frozen=True, kw_only=True, slots=True)
class Detected:
    """What the detector did with a list of numbers."""

    hits: int
    """Service numbers that were found."""
    missed: tuple[str, ...]
    """Lines whose service number was not found."""
    false: tuple[str, ...]
    """Lines in which something else was taken for one."""
    by_sort: tuple[tuple[str, int, int], ...]
    """Each sort of number, how many lines went wrong, and of how many."""

    @property
    def precision(self) -> float:
        """Which share of what was found is a service number; 1 where nothing was found."""
        found = self.hits + len(self.false)
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """Which share of the service numbers was found; 1 where there are none."""
        there = self.hits + len(self.missed)
        return self.hits / there if there else 1.0


def detected(numbers: Sequence[Numbered]) -> Detected:
    """Let the detector loose on each line by itself.

    A hit covers the number exactly; anything else that it marks in any line is a false one.
    """
    hits, missed, false = 0, [], []
    wrong: dict[str, list[bool]] = {}
    for each in numbers:
        found = [each.text[start:end] for start, end in service_numbers(each.text)]
        hit = each.personal and each.number in found
        others = [text for text in found if not (each.personal and text == each.number)]
        hits += hit
        missed += [each.text] if each.personal and not hit else []
        false += [each.text] * len(others)
        wrong.setdefault(each.sort, []).append(bool(others) or hit != each.personal)
    by_sort = tuple((sort, sum(each), len(each)) for sort, each in sorted(wrong.items()))
    return Detected(hits=hits, missed=tuple(missed), false=tuple(false), by_sort=by_sort)
