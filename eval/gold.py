"""The gold set: questions as people would put them, and what in the papers answers them, judged by people.

One JSON object a line. A judgement names a paper (``file``: its path in the source; or ``document``: its SHA-256), a
page, and where on it: a ``quote`` as a reader sees it, or ``start`` and ``end`` in the page text, or neither when the
page as a whole was judged; without a page the paper as a whole was. Here the file is read and its form checked; whether
the quotes stand is for :mod:`eval.places`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from council import UsageError, is_sha256, readable
from eval.lines import Complaints, known_fields, number_in, objects, text_in

HIGHEST_GRADE = 3
"""0 = judged and beside the point, 1 = about it, 2 = part of the answer, 3 = answers it."""
RIGHT_GRADE = 2
"""From this grade on, what was judged helps to answer the question."""

_QUESTION = frozenset(
    {"id", "split", "question", "type", "form", "dossier", "need", "answerable", "why", "facts", "judgements"}
)
_JUDGEMENT = frozenset({"file", "document", "page", "quote", "start", "end", "grade"})
_E = TypeVar("_E", bound=StrEnum)


class QuestionType(StrEnum):
    """What is asked for, or how: the figures are told apart by it."""

    AMOUNT = "amount"
    DATE = "date"
    PERSON = "person"
    VOTE = "vote"
    DECISION = "decision"
    REASON = "reason"
    PROMISE = "promise"
    COMPARISON = "comparison"
    LIST = "list"
    KEYWORD = "keyword"
    VAGUE = "vague"
    OTHER = "other"
    """Not told apart: a question that was taken over from another collection."""


class QuestionForm(StrEnum):
    """How it is put, whatever is asked: one searcher does well on sentences and fails on a wrong letter."""

    QUESTION = "question"
    KEYWORDS = "keywords"
    MEMORY = "memory"
    MISSPELT = "misspelt"


class Why(StrEnum):
    """Why no public paper answers a question: a searcher that is silent for the one may talk for the other."""

    ABSENT = "absent"
    """A detail, or a whole subject, that no paper tells of."""
    LATER = "later"
    """Something that happened after the last paper that tells of the matter."""
    FALSE_PREMISE = "false_premise"
    """It takes for granted what the papers contradict."""
    HIDDEN = "hidden"
    """It stands only in a paper that is secret, withdrawn, replaced, held back or broken."""


class Split(StrEnum):
    """What a question is for: to tune on, or to report and never to tune on."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """One judgement as it is written: of ``file`` and ``document`` one is given, of quote and offsets at most one."""

    page: int
    """From 1; 0 where the paper was judged as a whole."""
    grade: int
    file: str = ""
    document: str = ""
    quote: str = ""
    offsets: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question with what is known about it, and the line that it stands on."""

    id: str
    text: str
    type: QuestionType
    answerable: bool
    line: int
    split: Split | None = None
    form: QuestionForm | None = None
    why: Why | None = None
    """Only where nothing answers it, and None too where its maker did not say."""
    dossier: str = ""
    need: str = ""
    facts: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """A gold set, and the SHA-256 of the file that it was read from."""

    path: Path
    sha256: str
    questions: tuple[Question, ...]


def read_gold(path: Path) -> Gold:
    """Read a gold set and check its form.

    Args:
        path: a file of JSON lines.

    Raises:
        UsageError: the file cannot be read, holds no question, or holds lines that are wrong, each named by its number.
    """
    complaints = Complaints(path)
    questions: dict[str, Question] = {}
    for number, raw in objects(path, complaints):
        try:
            question = _question(raw, number)
            if question.id in questions:
                raise ValueError(f"id {question.id!r} stands on line {questions[question.id].line} already")
            questions[question.id] = question
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    if not questions:
        raise UsageError(f"{path} holds no question; write one JSON object a line")
    return Gold(path=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), questions=tuple(questions.values()))


def only(gold: Gold, split: Split) -> Gold:
    """Return a gold set with the questions of one split.

    Raises:
        UsageError: it has none.
    """
    chosen = tuple(question for question in gold.questions if question.split is split)
    if not chosen:
        raise UsageError(f"{gold.path} holds no question with the split {split.value!r}; leave the split out")
    return replace(gold, questions=chosen)


def read_half(path: Path, split: str | None) -> Gold:
    """Read a gold set, or the half of it with this split; see :func:`read_gold` and :func:`only` for errors."""
    gold = read_gold(path)
    return only(gold, Split(split)) if split else gold


def _question(raw: Mapping[str, Any], line: int) -> Question:
    known_fields(raw, _QUESTION)
    if not isinstance(raw.get("answerable"), bool):
        raise ValueError("answerable must be true or false")
    id_ = text_in(raw, "id", needed=True)
    if any(c.isspace() or not c.isprintable() for c in id_):
        raise ValueError(f"id {id_!r} holds white space or control characters, which a TREC run cannot hold")
    question = Question(
        id=id_,
        text=text_in(raw, "question", needed=True),
        type=_one_of(QuestionType, text_in(raw, "type", needed=True), "type"),
        answerable=raw["answerable"],
        line=line,
        split=_perhaps(Split, raw, "split"),
        form=_perhaps(QuestionForm, raw, "form"),
        why=_perhaps(Why, raw, "why"),
        dossier=text_in(raw, "dossier"),
        need=text_in(raw, "need"),
        facts=_facts(raw),
        judgements=tuple(_judgement(item, at) for at, item in enumerate(_list(raw, "judgements"), start=1)),
    )
    _check_whole(question)
    return question


def _check_whole(question: Question) -> None:
    """Refuse a question of which the parts contradict each other."""
    right = any(judgement.grade >= RIGHT_GRADE for judgement in question.judgements)
    if question.answerable and not right:
        raise ValueError(f"answerable, but no judgement has grade {RIGHT_GRADE} or {HIGHEST_GRADE}")
    if not question.answerable and right:
        raise ValueError(f"not answerable, but a judgement has grade {RIGHT_GRADE} or {HIGHEST_GRADE}")
    if question.answerable and question.why:
        raise ValueError(f"answerable, but why is {question.why.value!r}")


def _judgement(raw: object, at: int) -> Judgement:
    try:
        if not isinstance(raw, dict):
            raise ValueError("not a JSON object")
        known_fields(raw, _JUDGEMENT)
        file, document = text_in(raw, "file"), text_in(raw, "document")
        if bool(file) == bool(document):
            raise ValueError("give either file or document")
        if document and not is_sha256(document):
            raise ValueError(f"document {document[:20]!r} is no SHA-256 in lower case")
        page = number_in(raw, "page", low=1) if "page" in raw else 0
        if not page and raw.keys() & {"quote", "start", "end"}:
            raise ValueError("page is missing")
        return Judgement(
            file=file,
            document=document,
            page=page,
            grade=number_in(raw, "grade", low=0, high=HIGHEST_GRADE),
            quote=_quote(raw),
            offsets=_offsets(raw),
        )
    except ValueError as error:
        raise ValueError(f"judgement {at}: {error}") from error


def _quote(raw: Mapping[str, Any]) -> str:
    if "quote" not in raw:
        return ""
    if "start" in raw or "end" in raw:
        raise ValueError("give either a quote or start and end")
    quote = readable(text_in(raw, "quote", needed=True))
    if not any(c.isalnum() for c in quote):
        raise ValueError(f"quote {quote!r} holds no letter or digit")
    return quote


def _offsets(raw: Mapping[str, Any]) -> tuple[int, int] | None:
    if "start" not in raw and "end" not in raw:
        return None
    start = number_in(raw, "start", low=0)
    return start, number_in(raw, "end", low=start + 1)


def _perhaps(choices: type[_E], raw: Mapping[str, Any], name: str) -> _E | None:
    value = text_in(raw, name)
    return _one_of(choices, value, name) if value else None


def _one_of(choices: type[_E], value: str, name: str) -> _E:
    try:
        return choices(value)
    except ValueError:
        raise ValueError(f"{name} {value!r} is none of {', '.join(choices)}") from None


def _facts(raw: Mapping[str, Any]) -> tuple[str, ...]:
    facts = _list(raw, "facts")
    if not all(isinstance(fact, str) and fact.strip() for fact in facts):
        raise ValueError("facts must be texts that are not empty")
    return tuple(facts)


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    value = raw.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list")
    return value
