"""What a source folder offers: its PDFs, and what ``manifest.jsonl`` says about them.

A line of the manifest that cannot be read stops the run before anything changes: it may have been the line that said
``geheim``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from council import Access, Kind, ManifestError, UsageError

MANIFEST = "manifest.jsonl"
_TEXTS = ("title", "body", "agenda_item", "case_number", "source_url", "municipality")
_KNOWN = {"file", "kind", "date", "meeting", "access", "replaces", "withdrawn", *_TEXTS}
_LONGEST = 2_000
_E = TypeVar("_E", Kind, Access)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the manifest says of one file. An empty value means that the manifest does not say."""

    file: str
    title: str = ""
    kind: Kind | None = None
    date: dt.date | None = None
    body: str = ""
    meeting: dt.date | None = None
    agenda_item: str = ""
    case_number: str = ""
    source_url: str = ""
    access: Access | None = None
    replaces: str = ""
    """Path of the older version that this file takes the place of."""
    withdrawn: dt.date | None = None
    """The day on which this paper was taken back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One PDF in the source: its path within it, its size in bytes and its time of change in nanoseconds."""

    path: str
    file: Path
    size: int
    changed: int
    entry: Entry | None


def look(source: Path) -> list[Found]:
    """List the PDFs of a source, in order of their paths.

    Args:
        source: a folder; its subfolders belong to it. Links that lead out of it are passed over.

    Raises:
        UsageError: the folder is not there, is empty, or holds no PDF.
        ManifestError: a line of the manifest cannot be used.
    """
    if not source.is_dir():
        raise UsageError(f"{source} is not a folder; give the folder that holds the PDFs")
    root = source.resolve()
    entries = read_manifest(root / MANIFEST)
    files = sorted(path for path in root.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    found = []
    for file in files:
        if not file.resolve().is_relative_to(root):
            continue
        path = file.relative_to(root).as_posix()
        stat = file.stat()
        found.append(
            Found(path=path, file=file, size=stat.st_size, changed=stat.st_mtime_ns, entry=entries.get(path))
        )
    if not found:
        empty = not any(root.iterdir())
        raise UsageError(f"{source} {'is empty' if empty else 'holds no PDF'}; give a folder with .pdf files in it")
    absent = sorted(entries.keys() - {item.path for item in found})
    if absent:
        listed = ", ".join(absent[:5]) + (" …" if len(absent) > 5 else "")
        raise ManifestError(f"{source / MANIFEST} names {len(absent)} files that are not there: {listed}")
    return found


def read_manifest(path: Path) -> Mapping[str, Entry]:
    """Read a manifest: one JSON object a line, one line a file.

    Args:
        path: the manifest; a missing one is an empty one.

    Returns:
        Entries by path within the source.

    Raises:
        ManifestError: lines that cannot be used, each by its number.
    """
    if not path.exists():
        return {}
    entries: dict[str, Entry] = {}
    wrong: list[str] = []
    for number, raw in enumerate(path.read_bytes().splitlines(), start=1):
        if not raw.strip():
            continue
        try:
            entry = _entry(json.loads(raw.decode("utf-8-sig")))
            if entry.file in entries:
                raise ValueError(f"file {entry.file!r} is named twice")
            entries[entry.file] = entry
        except (ValueError, TypeError) as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        more = f" (and {len(wrong) - 10} more)" if len(wrong) > 10 else ""
        raise ManifestError(f"{path}: " + "; ".join(wrong[:10]) + more + ". Nothing was changed; repair and run again")
    return entries


def _entry(raw: Any) -> Entry:
    if not isinstance(raw, dict):
        raise ValueError("not a JSON object")
    unknown = sorted(raw.keys() - _KNOWN)
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}")
    texts = {name: _text(raw, name) for name in _TEXTS if name != "municipality"}
    return Entry(
        file=_inside(raw, "file", required=True),
        kind=_one_of(Kind, raw, "kind"),
        access=_one_of(Access, raw, "access"),
        date=_day(raw, "date"),
        meeting=_day(raw, "meeting"),
        withdrawn=_day(raw, "withdrawn"),
        replaces=_inside(raw, "replaces", required=False),
        **texts,
    )


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int):
        raise ValueError(f"{name} must be text")
    text = " ".join(str(value).split())
    if len(text) > _LONGEST:
        raise ValueError(f"{name} is longer than {_LONGEST} characters")
    return text


def _inside(raw: Mapping[str, Any], name: str, *, required: bool) -> str:
    value = raw.get(name)
    if not value and not required:
        return ""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError(f"{name} must be the path of a file within the source")
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{name} {value!r} leads out of the source")
    return path.as_posix()


def _one_of(choices: type[_E], raw: Mapping[str, Any], name: str) -> _E | None:
    value = raw.get(name)
    if value in (None, ""):
        return None
    try:
        return choices(value)
    except ValueError:
        raise ValueError(f"{name} {value!r} is none of {', '.join(choices)}") from None


def _day(raw: Mapping[str, Any], name: str) -> dt.date | None:
    value = raw.get(name)
    if value in (None, ""):
        return None
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} {value!r} is no date like 2024-03-12") from None
