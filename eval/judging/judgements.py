"""What one judge said of a pool: one file per judge, one line per judgement, only ever added to.

The last line on a place counts, so a judge can change their mind and what they thought before stays on record. A line
is on the disk before the next place is shown. A line that was cut short by a crash was never confirmed to the judge, so
it is left out, and that is said.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from council import UsageError
from eval.gold import HIGHEST_GRADE
from eval.judging.describing import Description, description_in, description_json
from eval.judging.pool import Place, place_in, place_json
from eval.lines import Complaints, content_of, known_fields, number_in, objects, text_in

SKIP = "skip"
_JUDGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_GRADED = frozenset({"judge", "question", "document", "page", "start", "end", "grade", "note", "when"})
_DESCRIBED = frozenset({"judge", "question", "described", "note", "when"})

Key = tuple[str, Place]
"""A question's id, and a place that is judged for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Graded:
    """A judgement of a place."""

    question: str
    place: Place
    grade: int | None
    """0 to 3; None where the judge passed it over."""
    note: str = ""

    @property
    def key(self) -> Key:
        """What was judged, for which question."""
        return self.question, self.place


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """What a judge said of a new question."""

    question: str
    description: Description | None
    """None where the judge passed it over: it should not become a question of the gold set."""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgements:
    """Everything that one judge said; of each place and question the last thing."""

    path: Path
    judge: str
    """Empty where nothing was judged yet."""
    graded: Mapping[Key, Graded] = field(default_factory=dict)
    described: Mapping[str, Described] = field(default_factory=dict)
    torn: bool = False
    """Whether the last line was cut short, and is left out."""


def judge_name(text: str) -> str:
    """Return a judge's name.

    Raises:
        UsageError: it cannot be part of a file's name everywhere.
    """
    if not _JUDGE.fullmatch(text):
        raise UsageError(f"{text[:40]!r} is no name for a judge: 1 to 32 letters, digits, - and _, no space or accent")
    return text


def judgements_path(pool: Path, judge: str) -> Path:
    """Return where a judge's file lies unless another place was chosen: beside the pool."""
    return pool.with_name(f"{pool.name.removesuffix('.jsonl')}.{judge_name(judge)}.jsonl")


def read_judgements(path: Path) -> Judgements:
    """Read a judge's file.

    Raises:
        UsageError: the file cannot be read, is of two judges, or holds lines that are wrong, each named by its number.
    """
    whole, torn = _whole(content_of(path))
    complaints = Complaints(path)
    judge = ""
    graded: dict[Key, Graded] = {}
    described: dict[str, Described] = {}
    for number, raw in objects(path, complaints, content=whole):
        try:
            name = text_in(raw, "judge", needed=True)
            if judge and name != judge:
                raise ValueError(f"judge {name!r}, and the lines before are of {judge!r}: one file per judge")
            judge = name
            if "described" in raw:
                about = _described(raw)
                described[about.question] = about
            else:
                one = _graded(raw)
                graded[one.key] = one
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    return Judgements(path=path, judge=judge, graded=graded, described=described, torn=torn)


def _whole(content: bytes) -> tuple[bytes, bool]:
    """Return the lines that were written whole, and whether one was cut short after them."""
    end = content.rfind(b"\n") + 1
    try:
        if not content[end:].strip() or isinstance(json.loads(content[end:]), dict):
            return content, False
    except (ValueError, RecursionError):
        pass
    return content[:end], True


class Pen:
    """Writes one judge's file. While it is open no other can be opened on it.

    Args:
        path: the file; made if it is not there.
        judge: whose it is.

    Raises:
        UsageError: the file is another judge's, is being written by another process, is wrong, or cannot be written.
    """

    def __init__(self, path: Path, judge: str) -> None:
        self._judge = judge_name(judge)
        try:
            self._file = path.open("ab", buffering=0)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}; choose another place with --out") from error
        try:
            self._begin(path)
        except BaseException:
            self._file.close()
            raise

    def _begin(self, path: Path) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"{path} is being written by another process; stop the other raadspoor-eval judge first"
            ) from error
        self.before = read_judgements(path)
        """What stood there already."""
        if self.before.judge not in ("", self._judge):
            raise UsageError(f"{path} holds the judgements of {self.before.judge!r}; choose another name or place")
        content = path.read_bytes()
        if self.before.torn:
            os.ftruncate(self._file.fileno(), content.rfind(b"\n") + 1)
        elif content and not content.endswith(b"\n"):
            self._file.write(b"\n")

    def grade(self, graded: Graded) -> None:
        """Write a judgement of a place; it is on the disk when this returns.

        Raises:
            UsageError: it could not be written, for instance because the disk is full.
        """
        said = {"grade": SKIP if graded.grade is None else graded.grade}
        self._write({"question": graded.question, **place_json(graded.place), **said}, graded.note)

    def describe(self, described: Described) -> None:
        """Write what was said of a new question; see :meth:`grade`."""
        about = described.description
        self._write(
            {"question": described.question, "described": description_json(about) if about else SKIP}, described.note
        )

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Pen:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self.close()

    def _write(self, values: Mapping[str, Any], note: str) -> None:
        noted = {"note": note} if note else {}
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        line = json.dumps({"judge": self._judge, **values, **noted, "when": when}, ensure_ascii=False) + "\n"
        content = line.encode("utf-8", "replace")
        before = os.fstat(self._file.fileno()).st_size
        try:
            if self._file.write(content) != len(content):
                raise OSError(None, "not all of it could be written")
            os.fsync(self._file.fileno())
        except OSError as error:
            os.ftruncate(self._file.fileno(), before)
            raise UsageError(f"the judgement could not be written: {error.strerror}") from error


def _graded(raw: Mapping[str, Any]) -> Graded:
    known_fields(raw, _GRADED)
    grade = None if raw.get("grade") == SKIP else number_in(raw, "grade", low=0, high=HIGHEST_GRADE)
    _when(raw)
    return Graded(
        question=text_in(raw, "question", needed=True), place=place_in(raw), grade=grade, note=text_in(raw, "note")
    )


def _described(raw: Mapping[str, Any]) -> Described:
    known_fields(raw, _DESCRIBED)
    _when(raw)
    about = raw["described"]
    return Described(
        question=text_in(raw, "question", needed=True),
        description=None if about == SKIP else description_in(about),
        note=text_in(raw, "note"),
    )


def _when(raw: Mapping[str, Any]) -> None:
    text = text_in(raw, "when", needed=True)
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"when {text[:30]!r} is no moment like 2026-01-31T12:00:00+00:00") from None
