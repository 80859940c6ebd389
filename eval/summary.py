"""A result summed up: means with intervals, differences with their chance, groups of questions, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from eval.measures import MEASURES, Measure
from eval.result import Asked, Given, Result
from eval.significance import Difference, difference, holm, interval
from eval.systems import PRODUCT

Chosen = Callable[[Asked], bool]
"""Says whether a question belongs to a group."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The mean of one measure over a group of questions, with its 95 % interval."""

    mean: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """The difference of two systems on one measure, with its chance alone and among all that were looked at."""

    measure: Measure
    difference: Difference
    corrected: float
    """The p-value after Holm's correction."""


def cell(result: Result, system: str, measure: str, chosen: Chosen = lambda asked: True) -> Cell | None:
    """Return the mean of a measure with its interval; None where it could be taken on no question."""
    values = list(result.values(system, measure, chosen).values())
    if not values:
        return None
    low, high = interval(values, seed=result.seed)
    return Cell(mean=sum(values) / len(values), low=low, high=high, questions=len(values))


def taken(result: Result, system: str) -> tuple[Measure, ...]:
    """Return the measures that a system has a value of, in order."""
    names = {name for given in result.given(system) for name in given.measures}
    return tuple(measure for measure in MEASURES.values() if measure.name in names)


def compared(
    before: Result,
    after: Result,
    *,
    system: str = PRODUCT,
    other: str = PRODUCT,
    chosen: Chosen = lambda asked: True,
    seed: int | None = None,
) -> tuple[Compared, ...]:
    """Compare two systems on every measure that both have, on the questions that both were asked.

    Args:
        before: holds system A.
        after: holds system B; it may be the same result.
        system: name of A.
        other: name of B.
        chosen: which questions are looked at.
        seed: what chance is started with; that of ``after`` if not given.

    Returns:
        One comparison per measure, p-values corrected over all of them. ``verified`` compares what was quoted, so it is
        taken on the questions on which both quoted something.
    """
    found = []
    for measure in taken(before, system):
        a, b = before.values(system, measure.name, chosen), after.values(other, measure.name, chosen)
        item = on_common(a, b, seed=after.seed if seed is None else seed)
        if item:
            found.append((measure, item))
    corrected = holm([item.p for _, item in found])
    return tuple(
        Compared(measure=measure, difference=item, corrected=p)
        for (measure, item), p in zip(found, corrected, strict=True)
    )


def on_common(before: Mapping[str, float], after: Mapping[str, float], *, seed: int) -> Difference | None:
    """Compare two sets of values on the questions that both have; None where there is no such question."""
    common = before.keys() & after.keys()
    if not common:
        return None
    return difference({name: before[name] for name in common}, {name: after[name] for name in common}, seed=seed)


GROUPS: Mapping[str, Callable[[Asked], str]] = {
    "type": lambda asked: asked.type.value,
    "form": lambda asked: asked.form.value if asked.form else "",
    "length": lambda asked: asked.length,
    "kind of paper": lambda asked: asked.kind,
    "dossier": lambda asked: asked.dossier,
    "why nothing answers": lambda asked: asked.why.value if asked.why else "",
}
"""By what questions are told apart; a question without a value belongs to no group."""


def groups(result: Result, by: str) -> Mapping[str, Chosen]:
    """Return the groups of questions that occur, in the order in which they occur, and who belongs to each."""
    name_of = GROUPS[by]
    names = dict.fromkeys(name for asked in result.questions if (name := name_of(asked)))

    def members(name: str) -> Chosen:
        return lambda asked: name_of(asked) == name

    return {name: members(name) for name in names}


def failures(result: Result, system: str = PRODUCT) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the questions that went wrong, by what went wrong; a question may stand under several."""
    pairs = list(zip(result.questions, result.given(system), strict=True))

    def those(wrong: Callable[[Asked, Given], bool]) -> tuple[str, ...]:
        return tuple(asked.id for asked, given in pairs if wrong(asked, given))

    return {
        "answered though nothing answers it": those(lambda a, g: not a.answerable and not g.not_found),
        "not found though it can be answered": those(lambda a, g: a.answerable and g.not_found),
        "no right sentence": those(lambda a, g: not g.not_found and g.measures.get("any sentence") == 0.0),
        "right sentence, but not first": those(
            lambda a, g: g.measures.get("any sentence") == 1.0 and g.measures["first sentence"] == 0.0
        ),
        "no helpful document among the first ten": those(lambda a, g: g.measures.get("RR", 1.0) < 0.1 - 1e-9),
    }


def unjudged_sentences(given: Iterable[Given]) -> tuple[int, int]:
    """Return how many quoted sentences nobody judged, and how many there are."""
    sentences = [sentence for item in given for sentence in item.sentences]
    return sum(not sentence.judged for sentence in sentences), len(sentences)
