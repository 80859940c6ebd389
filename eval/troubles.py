"""What went wrong with a question: which kinds of failure there are, and which of them a question shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eval.gold import RIGHT_GRADE
from eval.result import Asked, Given

_TEN = 10
_WHOLE = 1.0 - 1e-9


class Trouble(StrEnum):
    """A kind of failure, the gravest first: a wrong answer misleads, silence does not."""

    ANSWERED = "answered, though nothing answers it"
    SILENT = "not found, though it can be answered"
    WRONG = "no right sentence"
    LATER = "a right sentence, but not first"
    BURIED = "a helpful paper is not among the first ten"


SAYS = {
    Trouble.ANSWERED: "The papers do not say this; the right reply was “not found”.",
    Trouble.SILENT: "The papers do say this; the product said that it found no answer.",
    Trouble.WRONG: "Sentences were quoted, and none of them was judged right.",
    Trouble.LATER: "A right sentence was quoted below one that was not judged right.",
    Trouble.BURIED: "A paper of grade 2 or 3 stands below the tenth place, or was not found.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Failing:
    """A question that went wrong."""

    asked: Asked
    given: Given
    troubles: tuple[Trouble, ...]
    """At least one, the gravest first."""


def troubles(asked: Asked, given: Given) -> tuple[Trouble, ...]:
    """Return what went wrong with a question, the gravest first; nothing where all went well."""
    if not asked.answerable:
        return () if given.not_found else (Trouble.ANSWERED,)
    found = [Trouble.SILENT] if given.not_found else []
    first, any_ = given.measures.get("first sentence"), given.measures.get("any sentence")
    if not given.not_found and any_ is not None:
        if any_ < _WHOLE:
            found.append(Trouble.WRONG)
        elif first is not None and first < _WHOLE:
            found.append(Trouble.LATER)
    if _buried(given):
        found.append(Trouble.BURIED)
    return tuple(found)


def _buried(given: Given) -> bool:
    helpful = [(one.grade or 0) >= RIGHT_GRADE for one in given.found]
    if len(helpful) >= _TEN and all(helpful[:_TEN]):
        return False  # there are more of them than the first ten can hold
    return given.measures.get("recall@20", 1.0) < _WHOLE or any(helpful[_TEN:])
