"""Which measurements there are, in which order, and what each needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.collections import JUDGED_SETS, LAW_TEXT
from bench.quantising import Form
from bench.rivals.rival import ENTRIES

_LONGEST = 3_600
_LONGEST_FILLING = 12 * 3_600
_NAIVE_PAGES = 200
"""Pages that the naive way takes in: enough to tell its pace, which is a few pages a second."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One measurement."""

    name: str
    does: tuple[str, ...]
    """What ``bench.measure`` is called with."""
    needs: tuple[str, ...] = ()
    """Steps whose work it stands on: they are done whenever it is, and it is passed over when one fails."""
    seconds: int = _LONGEST
    """After so long it is stopped and counts as failed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """What is measured on, and where it lies."""

    work: Path
    """An empty folder for whatever is made."""
    material: Path
    """Where the law text and the public sets lie."""
    data: Path
    passages: int
    filled: bool
    """Whether the data folder holds an index already and is used as it is."""
    larger: int = 0
    """Passages of the second collection; 0 leaves it out."""
    larger_data: Path | None = None
    larger_filled: bool = False
    rivals: int = 20_000
    pages: int = 20_000
    """Pages of real papers that one night takes in."""


def steps(sizes: Sizes) -> list[Step]:
    """Return every step, in an order in which each finds what it needs."""
    return [*_sample(sizes), *_nights(sizes), *_large(sizes), *_larger(sizes), *_rivals(sizes)]


def chosen(every: Sequence[Step], only: Sequence[str]) -> list[Step]:
    """Return the steps that ``only`` names, and what they stand on; all, if nothing is named.

    Args:
        every: all steps.
        only: names, or beginnings of names where no step has that name.
    """
    if not only:
        return list(every)
    by_name = {step.name: step for step in every}
    wanted = {
        name for name in by_name for start in only if name == start or (start not in by_name and name.startswith(start))
    }
    rest = list(wanted)
    while rest:
        rest = [need for name in rest for need in by_name[name].needs if need not in wanted]
        wanted.update(rest)
    return [step for step in every if step.name in wanted]


def _sample(sizes: Sizes) -> list[Step]:
    data = str(sizes.work / "sample")
    needs = ("reading",)
    return [
        Step(name="reading", does=("reading", data)),
        Step(name="embedding", does=("embedding", data), needs=needs),
        Step(name="searching_sample", does=("searching", data), needs=needs),
        Step(name="answering_sample", does=("answering", data), needs=needs),
    ]


def _nights(sizes: Sizes) -> list[Step]:
    material = str(sizes.material)
    return [
        Step(name="nights", does=("nights", str(sizes.work / "nights"), material, str(sizes.pages))),
        Step(name="naive", does=("naive", material, str(_NAIVE_PAGES))),
    ]


def _large(sizes: Sizes) -> list[Step]:
    data, vectors = str(sizes.data), str(sizes.work / "vectors.npz")
    filling, needs = _filling("filling_large", sizes, sizes.data, sizes.passages, sizes.filled)
    return [
        *filling,
        Step(name="searching_large", does=("searching", data), needs=needs),
        Step(name="answering_large", does=("answering", data), needs=needs),
        Step(name="crowding_large", does=("crowding", data), needs=needs),
        Step(name="crowding_several_large", does=("crowding_several", data), needs=needs),
        Step(name="dense_large", does=("dense", data, vectors), needs=needs),
        *(
            Step(name=f"quantising_{form}", does=("quantising", vectors, form.value), needs=("dense_large",))
            for form in Form
        ),
    ]


def _larger(sizes: Sizes) -> list[Step]:
    if sizes.larger_data is None:
        return []
    data = str(sizes.larger_data)
    filling, needs = _filling("filling_larger", sizes, sizes.larger_data, sizes.larger, sizes.larger_filled)
    return [
        *filling,
        Step(name="searching_larger", does=("searching", data), needs=needs),
        Step(name="answering_larger", does=("answering", data), needs=needs),
    ]


def _filling(name: str, sizes: Sizes, data: Path, passages: int, filled: bool) -> tuple[list[Step], tuple[str, ...]]:
    if filled:
        return [], ()
    sample = Step(name=f"{name}_sample", does=("reading", str(data)))
    step = Step(
        name=name,
        does=("filling", str(data), str(sizes.material), str(passages)),
        needs=(sample.name,),
        seconds=_LONGEST_FILLING,
    )
    return [sample, step], (name,)


def _rivals(sizes: Sizes) -> list[Step]:
    found = []
    for collection in (*JUDGED_SETS, LAW_TEXT):
        folder, material = str(sizes.work / collection), str(sizes.material)
        gathering = f"gathering_{collection}"
        found.append(Step(name=gathering, does=("gathering", folder, material, collection, str(sizes.rivals))))
        found += [
            Step(
                name=f"rival_{name}_{collection}",
                does=("comparing", folder, material, collection, name),
                needs=(gathering,),
            )
            for name in ENTRIES
        ]
    return found
