"""A pool: what systems returned and nobody judged, waiting to be judged, one question a line.

Pooling is how test collections too large to judge whole are judged fairly (Spärck Jones & van Rijsbergen 1975; TREC
since 1992): what several systems return at the top is put on one heap, and judged without knowing who returned it or
how high. Papers are named by address and never quoted, so a pool may be kept where the papers may not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from council import Span, UsageError, is_sha256
from eval.lines import Complaints, known_fields, number_in, objects, text_in

_QUESTION = frozenset({"id", "question", "need", "new", "until", "places"})
_PLACE = frozenset({"document", "page", "start", "end", "systems"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What is judged: a sentence on a page, or the page as a whole where no offsets are given."""

    document: str
    page: int
    offsets: tuple[int, int] | None = None

    @property
    def span(self) -> Span | None:
        """The sentence as a span; None for a whole page."""
        return Span(page=self.page, start=self.offsets[0], end=self.offsets[1]) if self.offsets else None

    @property
    def name(self) -> str:
        """Its name among all places: ``SHA256#page`` or ``SHA256#page:start-end``."""
        part = f":{self.offsets[0]}-{self.offsets[1]}" if self.offsets else ""
        return f"{self.document}#{self.page}{part}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A place that waits for a judgement."""

    place: Place
    systems: tuple[str, ...] = ()
    """Which systems returned it: for the figures, never for the judge."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pooled:
    """A question and what waits to be judged for it."""

    id: str
    text: str
    need: str = ""
    new: bool = False
    """Whether the gold set does not know it yet, so that a judge must describe it too."""
    until: dt.date | None = None
    """The day on which its text must be gone, as the reader who asked it was promised."""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """A pool, and the file that it stands in."""

    path: Path
    questions: tuple[Pooled, ...]

    @property
    def places(self) -> int:
        """How many places wait."""
        return sum(len(question.candidates) for question in self.questions)


def in_blind_order(question: str, candidates: Iterable[Candidate], *, seed: int) -> tuple[Candidate, ...]:
    """Return candidates in an order that says nothing of who ranked what where, and is the same at every run.

    Each is put by a hash of itself, so one more candidate does not move the others.
    """

    def key(candidate: Candidate) -> str:
        return hashlib.sha256(f"{seed}\n{question}\n{candidate.place.name}".encode()).hexdigest()

    return tuple(sorted(candidates, key=key))


def read_pool(path: Path) -> Pool:
    """Read a pool.

    Raises:
        UsageError: the file cannot be read, holds no question, or holds lines that are wrong, each named by its number.
    """
    complaints = Complaints(path)
    found: dict[str, Pooled] = {}
    for number, raw in objects(path, complaints):
        try:
            question = _question(raw)
            if question.id in found:
                raise ValueError(f"id {question.id!r} is given twice")
            found[question.id] = question
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    if not found:
        raise UsageError(f"{path} holds no question; make a pool with raadspoor-eval pool or add")
    return Pool(path=path, questions=tuple(found.values()))


def without_expired(pool: Pool, today: dt.date) -> Pool:
    """Return a pool without the questions whose term is over: their readers were promised that they are gone."""
    kept = tuple(question for question in pool.questions if question.until is None or question.until > today)
    return replace(pool, questions=kept)


def write_pool(pool: Pool) -> None:
    """Write a pool, as a whole or not at all; a pool without questions leaves an empty file.

    Raises:
        UsageError: the file cannot be written.
    """
    content = "".join(json.dumps(_plain(question), ensure_ascii=False) + "\n" for question in pool.questions)
    theirs = any(question.until for question in pool.questions)
    replace_file(pool.path, content.encode("utf-8", "replace"), private=theirs)


def replace_file(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put a file in the place of another, as a whole or not at all, with the rights that the other one had.

    Args:
        path: the file; a link is followed.
        content: what it shall hold.
        private: only its owner may read it, as with the questions of readers where they are kept.

    Raises:
        UsageError: it cannot be written.
    """
    path = path.resolve()
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as opened:
            if private:
                part.chmod(0o600)
            elif path.exists():
                part.chmod(path.stat().st_mode)
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {error.strerror}; choose another place") from error


def place_json(place: Place) -> dict[str, Any]:
    """Return a place as plain values, as every file names it."""
    offsets = {"start": place.offsets[0], "end": place.offsets[1]} if place.offsets else {}
    return {"document": place.document, "page": place.page, **offsets}


def place_in(raw: Mapping[str, Any]) -> Place:
    """Return the place that a line names.

    Raises:
        ValueError: it names none, or one that cannot be.
    """
    document = text_in(raw, "document", needed=True)
    if not is_sha256(document):
        raise ValueError(f"document {document[:20]!r} is no SHA-256 in lower case")
    offsets = None
    if "start" in raw or "end" in raw:
        start = number_in(raw, "start", low=0)
        offsets = (start, number_in(raw, "end", low=start + 1))
    return Place(document=document, page=number_in(raw, "page", low=1), offsets=offsets)


def _plain(question: Pooled) -> dict[str, Any]:
    values: dict[str, Any] = {"id": question.id, "question": question.text}
    if question.need:
        values["need"] = question.need
    if question.new:
        values["new"] = True
    if question.until:
        values["until"] = question.until.isoformat()
    values["places"] = [{**place_json(item.place), "systems": list(item.systems)} for item in question.candidates]
    return values


def _question(raw: Mapping[str, Any]) -> Pooled:
    known_fields(raw, _QUESTION)
    id_ = text_in(raw, "id", needed=True)
    if any(c.isspace() or not c.isprintable() for c in id_):
        raise ValueError(f"id {id_!r} holds white space or control characters")
    new = raw.get("new", False)
    if not isinstance(new, bool):
        raise ValueError("new must be true or false")
    return Pooled(
        id=id_,
        text=text_in(raw, "question", needed=True),
        need=text_in(raw, "need"),
        new=new,
        until=_day(text_in(raw, "until")),
        candidates=_candidates(raw.get("places", [])),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"until {text[:20]!r} is no day like 2026-01-31") from None


def _candidates(raw: object) -> tuple[Candidate, ...]:
    if not isinstance(raw, list):
        raise ValueError("places must be a list")
    found: dict[str, Candidate] = {}
    for at, item in enumerate(raw, start=1):
        try:
            if not isinstance(item, dict):
                raise ValueError("not a JSON object")
            known_fields(item, _PLACE)
            candidate = Candidate(place=place_in(item), systems=_systems(item.get("systems", [])))
            if candidate.place.name in found:
                raise ValueError("this place is given twice")
            found[candidate.place.name] = candidate
        except ValueError as error:
            raise ValueError(f"place {at}: {error}") from error
    return tuple(found.values())


def _systems(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(name, str) and name for name in raw):
        raise ValueError("systems must be a list of names")
    return tuple(raw)


def joined(questions: Sequence[Pooled], more: Iterable[Pooled]) -> tuple[Pooled, ...]:
    """Return questions followed by those that are not among them yet."""
    known = {question.id for question in questions}
    return (*questions, *(question for question in more if question.id not in known))
