"""What is right about papers and about numbers, by hand: the lists that :mod:`ingest.measuring` compares with."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from council import UsageError, sha256_of

_PLAIN = ("kind", "folder", "date", "meeting", "body", "case_number")
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is right for one field: any of these; an empty text where the paper says nothing."""

    field: str
    accepted: frozenset[str]
    """Titles as :func:`mark_of` writes them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """What is right about one paper. Fields without a word are not measured."""

    sha256: str
    kind: str
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbered:
    """A line with a number in it, which sort it is, and whether it is a citizen service number."""

    text: str
    number: str
    sort: str
    personal: bool


def mark_of(field: str, value: str) -> str:
    """Return how a value is compared: a title by the SHA-256 of its letters and figures, anything else as it is."""
    return hashlib.sha256(folded(value).encode()).hexdigest() if field == "title" else value


def folded(title: str) -> str:
    """Return the letters and figures of a title, small and without accents: spaces, signs and hyphens do not count."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def labels_of(path: Path) -> tuple[Label, ...]:
    """Read labels, or a manifest, whose files lie beside it.

    Raises:
        UsageError: it cannot be read, or a line is none of these; the line is named.
    """
    return tuple(_read(path, lambda raw: _label(raw, path.parent)))


def numbers_of(path: Path) -> tuple[Numbered, ...]:
    """Read a list of numbers in their lines.

    Raises:
        UsageError: it cannot be read, or a line is none of these; the line is named.
    """
    return tuple(_read(path, _numbered))


def _read(path: Path, made: Callable[[dict[str, Any]], _T]) -> Iterator[_T]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); give a file of JSON lines") from error
    for number, line in enumerate(lines, start=1):
        try:
            yield made(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
            raise UsageError(f"{path}, line {number}: {error!r}; see eval/gold/derived.md") from error


def _label(raw: dict[str, Any], home: Path) -> Label:
    sha256 = str(raw["sha256"]) if "sha256" in raw else sha256_of(home / str(raw["file"]))
    wanted = [Wanted(field=name, accepted=frozenset({raw[name] or ""})) for name in _PLAIN if name in raw]
    titles = [mark_of("title", raw["title"])] if "title" in raw else raw.get("titles", [])
    if titles:
        wanted.append(Wanted(field="title", accepted=frozenset(titles)))
    return Label(sha256=sha256, kind=str(raw["kind"]), wanted=tuple(wanted))


def _numbered(raw: dict[str, Any]) -> Numbered:
    found = Numbered(text=raw["text"], number=raw["number"], sort=raw["sort"], personal=raw["personal"])
    if found.text.count(found.number) != 1:
        raise ValueError(f"{found.number!r} must stand in the text once")
    return found
