"""What a judge says of a question that the gold set does not know yet: all that its line there needs besides grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from council import readable
from eval.gold import QuestionType, Why
from eval.lines import known_fields, text_in

LONGEST = 2_000
"""Characters of a question, a need, or the facts together."""
_FIELDS = frozenset({"text", "type", "answerable", "why", "need", "facts"})


class FieldError(ValueError):
    """A field of a form cannot be used.

    Args:
        field: its name.
        what: what is wrong with it, as a sentence goes on after the name.
    """

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field} {what}")
        self.field = field


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """What a new question will say in the gold set."""

    text: str
    """The question in the judge's words."""
    type: QuestionType
    answerable: bool
    why: Why | None = None
    """Why nothing answers it, where nothing does."""
    need: str = ""
    facts: tuple[str, ...] = ()


def described_as(
    *, text: str, type_: str, answerable: object, why: str = "", need: str = "", facts: Sequence[str] = ()
) -> Description:
    """Return a description, if it is one that the gold set can hold.

    Raises:
        FieldError: it is not.
    """
    if not readable(text):
        raise FieldError("text", "is empty")
    if type_ not in list(QuestionType):
        raise FieldError("type", f"{type_[:20]!r} is none of {', '.join(QuestionType)}")
    if not isinstance(answerable, bool):
        raise FieldError("answerable", "must be true or false")
    if why and why not in list(Why):
        raise FieldError("why", f"{why[:20]!r} is none of {', '.join(Why)}")
    if answerable and why:
        raise FieldError("why", "must be left out where the papers answer")
    kept = tuple(dict.fromkeys(readable(fact) for fact in facts if readable(fact)))
    if kept and not answerable:
        raise FieldError("facts", "must be left out where nothing answers")
    for name, value in (("text", text), ("need", need), ("facts", "".join(kept))):
        if len(value) > LONGEST:
            raise FieldError(name, f"is longer than {LONGEST} characters")
    return Description(
        text=readable(text),
        type=QuestionType(type_),
        answerable=answerable,
        why=Why(why) if why else None,
        need=readable(need),
        facts=kept,
    )


def description_json(about: Description) -> dict[str, Any]:
    """Return a description as plain values, as a judge's file holds it."""
    values: dict[str, Any] = {"text": about.text, "type": about.type.value, "answerable": about.answerable}
    if about.why:
        values["why"] = about.why.value
    if about.need:
        values["need"] = about.need
    return {**values, "facts": list(about.facts)}


def description_in(raw: object) -> Description:
    """Return the description that a judge's file holds.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(raw, dict):
        raise ValueError("described must be an object, or skip")
    known_fields(raw, _FIELDS)
    facts = raw.get("facts", [])
    if not isinstance(facts, list) or not all(isinstance(fact, str) for fact in facts):
        raise ValueError("facts must be a list of texts")
    return described_as(
        text=text_in(raw, "text"),
        type_=text_in(raw, "type"),
        answerable=raw.get("answerable"),
        why=text_in(raw, "why"),
        need=text_in(raw, "need"),
        facts=facts,
    )
