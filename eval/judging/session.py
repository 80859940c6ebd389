"""The way of one judge through a pool: one step per place, and one to describe each question that is new."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from council import UsageError, readable
from eval.judging.agreement import same_description
from eval.judging.describing import LONGEST, Description, FieldError
from eval.judging.judgements import Described, Graded, Judgements, Pen
from eval.judging.pool import Place, Pool, Pooled


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to judge."""

    question: Pooled
    place: Place | None
    """None where the question itself is described."""
    number: int
    """From 1, over all steps."""
    number_in_question: int
    """From 1, over the steps of this question."""
    of_question: int
    """How many steps this question has."""

    @property
    def name(self) -> str:
        """A short name that only this step has: a form that was shown before the pool changed is told by it."""
        what = self.place.name if self.place else "described"
        return hashlib.sha256(f"{self.question.id}\n{what}".encode()).hexdigest()[:16]


def steps_of(pool: Pool) -> tuple[Step, ...]:
    """Return the steps through a pool: a new question is described once its places have been seen."""
    found: list[Step] = []
    for question in pool.questions:
        places: list[Place | None] = [candidate.place for candidate in question.candidates]
        places += [None] if question.new else []
        found += [
            Step(
                question=question,
                place=place,
                number=len(found) + at,
                number_in_question=at,
                of_question=len(places),
            )
            for at, place in enumerate(places, start=1)
        ]
    return tuple(found)


def only_differing(pool: Pool, one: Judgements, other: Judgements) -> Pool:
    """Return the part of a pool on which two judges differ: what a third has to settle.

    Raises:
        UsageError: they differ on nothing that both have seen.
    """
    questions = []
    for question in pool.questions:
        kept = tuple(item for item in question.candidates if _differ(one, other, question.id, item.place))
        a, b = one.described.get(question.id), other.described.get(question.id)
        described = a is not None and b is not None and not same_description(a, b)
        if kept or described:
            questions.append(replace(question, candidates=kept, new=described))
    if not questions:
        raise UsageError(f"{one.judge} and {other.judge} differ on nothing that both have judged; nothing to settle")
    return replace(pool, questions=tuple(questions))


def _differ(one: Judgements, other: Judgements, question: str, place: Place) -> bool:
    a, b = one.graded.get((question, place)), other.graded.get((question, place))
    return a is not None and b is not None and a.grade != b.grade


class Session:
    """A judge at work. Threads may share it.

    Args:
        pool: what there is to judge.
        pen: writes down what is said, and knows what was said before.

    Raises:
        UsageError: there is nothing to judge.
    """

    def __init__(self, pool: Pool, pen: Pen) -> None:
        self.steps = steps_of(pool)
        if not self.steps:
            raise UsageError(f"{pool.path} holds nothing to judge; its questions may be past their term")
        self._pen = pen
        self._graded = dict(pen.before.graded)
        self._described = dict(pen.before.described)
        self._lock = threading.Lock()

    @property
    def done(self) -> int:
        """How many steps are behind."""
        return sum(map(self.is_done, self.steps))

    def is_done(self, step: Step) -> bool:
        """Say whether something was said at a step."""
        if step.place is None:
            return step.question.id in self._described
        return (step.question.id, step.place) in self._graded

    def graded(self, step: Step) -> Graded | None:
        """Return what was said of a place before."""
        return self._graded.get((step.question.id, step.place)) if step.place else None

    def described(self, step: Step) -> Described | None:
        """Return what was said of a new question before."""
        return self._described.get(step.question.id)

    def open_after(self, number: int) -> Step | None:
        """Return the next step at which nothing was said, after this one or else from the beginning; None if all is."""
        later = self.steps[number:]
        return next((step for step in _chain(later, self.steps) if not self.is_done(step)), None)

    def grade(self, step: Step, grade: int | None, note: str = "") -> None:
        """Write down a judgement of a place.

        Raises:
            FieldError: the note is too long.
            ValueError: the step is not about a place.
            UsageError: it could not be written.
        """
        if step.place is None:
            raise ValueError("this step describes a question")
        note = _note(note)
        graded = Graded(question=step.question.id, place=step.place, grade=grade, note=note)
        with self._lock:
            self._pen.grade(graded)
            self._graded[graded.key] = graded

    def describe(self, step: Step, description: Description | None, note: str = "") -> None:
        """Write down what is said of a new question.

        Raises:
            FieldError: the note is too long, or the words are those of a reader, who was promised that they would be
                gone.
            ValueError: the step is about a place.
            UsageError: it could not be written.
        """
        if step.place is not None:
            raise ValueError("this step grades a place")
        if description and needs_own_words(step.question) and _bare(description.text) == _bare(step.question.text):
            raise FieldError("own words", "are needed for the question")
        described = Described(question=step.question.id, description=description, note=_note(note))
        with self._lock:
            self._pen.describe(described)
            self._described[described.question] = described


def needs_own_words(question: Pooled) -> bool:
    """Say whether the words of a question may not be kept for good: its reader was promised a last day."""
    return question.until is not None


def _bare(text: str) -> str:
    """Return the letters and digits of a text, in small letters: another comma makes no words of one's own."""
    return "".join(c for c in readable(text).casefold() if c.isalnum())


def _note(text: str) -> str:
    note = readable(text)
    if len(note) > LONGEST:
        raise FieldError("note", f"is longer than {LONGEST} characters")
    return note


def _chain(*parts: Iterable[Step]) -> Iterator[Step]:
    for part in parts:
        yield from part
