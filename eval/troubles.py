"""What went wrong with a question: which kinds of failure there are, and which of them a question shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eval.result import Asked, Given

_WHOLE = 1.0 - 1e-6
_TENTH = 0.1 - 1e-6
"""Below this reciprocal rank the first helpful document stands below the tenth place."""


class Trouble(StrEnum):
    """A kind of failure, the gravest first: a wrong answer misleads, silence does not."""

    ANSWERED = "answered, though nothing answers it"
    SILENT = "not found, though it can be answered"
    WRONG = "no right sentence"
    LATER = "a right sentence, but not first"
    BURIED = "no helpful document among the first ten"


SAYS = {
    Trouble.ANSWERED: "The papers do not say this; the right reply was “not found”.",
    Trouble.SILENT: "The papers do say this; the product said that it found no answer.",
    Trouble.WRONG: "Sentences were quoted, and none of them was judged right.",
    Trouble.LATER: "A right sentence was quoted below one that was not judged right.",
    Trouble.BURIED: "No document of grade 2 or 3 stands on the first page of results.",
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
    if given.measures.get("RR", 1.0) < _TENTH:
        found.append(Trouble.BURIED)
    return tuple(found)
