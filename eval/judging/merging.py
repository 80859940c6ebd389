"""Judgements become lines of the gold set, where the judges agree or somebody settled it.

Nobody's judgement is averaged. What two judges say differently waits for a third who settles it, unless the lower of
the two grades was asked for. Lines that nothing is added to stay as they are, byte for byte, and what comes out must
read as a gold set, or nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from council import UsageError, readable
from eval.gold import RIGHT_GRADE, Gold, Question, Split
from eval.judging.agreement import same_description
from eval.judging.describing import Description
from eval.judging.judgements import Described, Judgements
from eval.judging.pool import Place, Pool, Pooled

_NUMBERED = re.compile(r"(.*?)([0-9]+)")


class Rule(StrEnum):
    """What is done where two judges gave different grades."""

    WAIT = "wait"
    """Nothing, until a third settles it."""
    LOWER = "lower"
    """The lower grade counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """A judgement that goes into the gold set."""

    place: Place
    grade: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLine:
    """A question that goes into the gold set."""

    id: str
    description: Description
    split: Split | None
    judgements: tuple[Added, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Something that stays out for now, and why."""

    question: str
    what: str
    """A place's name, or "the question"."""
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """What goes into the gold set, and what stays out."""

    additions: Mapping[str, tuple[Added, ...]]
    """Judgements by the id of a question that the gold set has."""
    new: tuple[NewLine, ...]
    held: tuple[Held, ...]
    already: int
    """Judgements that the gold set holds already, with the same grade."""

    @property
    def empty(self) -> bool:
        """Whether the gold set stays as it is."""
        return not self.additions and not self.new


@dataclass(kw_only=True, slots=True)
class _Plan:
    """A merge that is being worked out."""

    additions: dict[str, list[Added]] = field(default_factory=dict)
    new: list[NewLine] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    already: int = 0

    def hold(self, question: str, what: str, why: str) -> None:
        self.held.append(Held(question=question, what=what, why=why))


def plan_merge(
    gold: Gold,
    pool: Pool,
    judges: Sequence[Judgements],
    *,
    settled: Judgements | None = None,
    rule: Rule = Rule.WAIT,
    split: Split | None = None,
) -> Merge:
    """Work out what goes into a gold set; nothing is written.

    Args:
        gold: the gold set.
        pool: what was judged.
        judges: one judge, or two.
        settled: what a third said; it counts wherever it says something.
        rule: what is done where two judges differ and nobody settled it.
        split: which half new questions go to; a question never changes sides afterwards.

    Raises:
        UsageError: the files are not of different judges or not of this pool, a question of the pool is not in the
            gold set, or new questions need a split.
    """
    _must_fit(pool, [*judges, *([settled] if settled else [])])
    by_id = {question.id: question for question in gold.questions}
    by_text = {_bare(question.text): question for question in gold.questions}
    numbers = _free_ids(by_id)
    plan = _Plan()
    for pooled in pool.questions:
        agreed = _agreed(pooled, judges, settled, rule, plan)
        description = _description(pooled, judges, settled, plan) if pooled.new else None
        text = _bare(description.text) if description else ""
        known = by_text.get(text) if pooled.new else by_id.get(pooled.id)
        if known is not None:
            _add_to(known, agreed, plan)
        elif not pooled.new:
            raise UsageError(f"{pool.path}: {pooled.id!r} is no question of {gold.path}; give its own gold set")
        elif description and any(_bare(line.description.text) == text for line in plan.new):
            plan.hold(pooled.id, "the question", "another new question has the same words")
        elif description and _fits(pooled.id, description, agreed, plan):
            plan.new.append(NewLine(id=next(numbers), description=description, split=split, judgements=agreed))
    if plan.new and split is None and any(question.split for question in gold.questions):
        raise UsageError(
            f"{gold.path} has halves; say with --split which of them its {len(plan.new)} new questions go to"
        )
    return Merge(
        additions={id_: tuple(added) for id_, added in plan.additions.items()},
        new=tuple(plan.new),
        held=tuple(plan.held),
        already=plan.already,
    )


def _must_fit(pool: Pool, files: Sequence[Judgements]) -> None:
    names = [file.judge for file in files]
    if len(set(names)) != len(names):
        raise UsageError(f"the files are of {', '.join(names)}; each must be of another judge")
    places = {(question.id, item.place) for question in pool.questions for item in question.candidates}
    questions = {question.id for question in pool.questions}
    for file in files:
        if not (file.graded.keys() & places or file.described.keys() & questions):
            raise UsageError(f"{file.path} says nothing of {pool.path}; give the files that were made by judging it")


def _agreed(
    pooled: Pooled, judges: Sequence[Judgements], settled: Judgements | None, rule: Rule, plan: _Plan
) -> tuple[Added, ...]:
    """Return the judgements of a question that count; what differs is held."""
    found = []
    for candidate in pooled.candidates:
        key = (pooled.id, candidate.place)
        last = settled.graded.get(key) if settled else None
        said = [file.graded[key].grade for file in judges if key in file.graded]
        grade = last.grade if last else None
        if grade is None and not said:
            continue
        if grade is None and len(said) < len(judges):
            plan.hold(pooled.id, candidate.place.name, "one of the judges has not judged it yet")
            continue
        if grade is None and len(set(said)) > 1:
            given = [each for each in said if each is not None]
            if rule is Rule.WAIT or len(given) < len(said):
                shown = " and ".join("passed over" if each is None else str(each) for each in said)
                plan.hold(pooled.id, candidate.place.name, f"the judges differ: {shown}")
                continue
            grade = min(given)
        elif grade is None:
            grade = said[0]
        if grade is not None:
            found.append(Added(place=candidate.place, grade=grade))
    return tuple(found)


def _description(
    pooled: Pooled, judges: Sequence[Judgements], settled: Judgements | None, plan: _Plan
) -> Description | None:
    """Return what a new question will say; where the judges differ it is held."""
    last = settled.described.get(pooled.id) if settled else None
    if last:
        return last.description
    said: list[Described] = [file.described[pooled.id] for file in judges if pooled.id in file.described]
    if len(said) < len(judges):
        if said or any(key[0] == pooled.id for file in judges for key in file.graded):
            plan.hold(pooled.id, "the question", "not every judge has described it yet")
        return None
    if not all(same_description(said[0], other) for other in said[1:]):
        plan.hold(pooled.id, "the question", "the judges describe it differently")
        return None
    return said[0].description


def _add_to(question: Question, agreed: Iterable[Added], plan: _Plan) -> None:
    """Add judgements to a question that the gold set has, as far as it does not say otherwise."""
    before = {
        Place(document=item.document, page=item.page, offsets=item.offsets): item.grade
        for item in question.judgements
        if item.document and not item.quote
    }
    waiting = plan.additions.get(question.id, [])
    before |= {item.place: item.grade for item in waiting}
    for item in agreed:
        if item.place in before:
            plan.already += before[item.place] == item.grade
            if before[item.place] != item.grade:
                plan.hold(question.id, item.place.name, f"the gold set says {before[item.place]}, not {item.grade}")
        elif item.grade >= RIGHT_GRADE and not question.answerable:
            plan.hold(
                question.id, item.place.name, f"graded {item.grade}, but by the gold set nothing answers the question"
            )
        else:
            waiting.append(item)
    if waiting:
        plan.additions[question.id] = waiting


def _fits(id_: str, description: Description, agreed: Iterable[Added], plan: _Plan) -> bool:
    """Say whether a new question and its judgements can both be true; if not it is held."""
    right = any(item.grade >= RIGHT_GRADE for item in agreed)
    if description.answerable and not right:
        plan.hold(id_, "the question", "it is said to be answered, but no place has grade 2 or 3 yet")
    if right and not description.answerable:
        plan.hold(id_, "the question", "it is said to have no answer, but a place has grade 2 or 3")
    return description.answerable == right


def _bare(text: str) -> str:
    return readable(text).casefold()


def _free_ids(known: Mapping[str, object]) -> Iterator[str]:
    """Yield ids that follow the highest number, in the form of the ids that are there."""
    numbered = [found for id_ in known if (found := _NUMBERED.fullmatch(id_)) and len(found[2]) < 10]
    prefix = numbered[-1][1] if numbered else "q"
    same = [found[2] for found in numbered if found[1] == prefix]
    width = max(map(len, same), default=3)
    for number in count(max(map(int, same), default=0) + 1):
        id_ = f"{prefix}{number:0{width}}"
        if id_ not in known:
            yield id_
