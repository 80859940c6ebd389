"""What ``manifest.jsonl`` says about the files of a source: one JSON object a line, one line a file.

A line that cannot be read stops the run before anything changes: it may have been the line that said ``geheim``.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from urllib.parse import urlsplit

from council import Access, Kind, ManifestError, readable
from ingest.names import Names, composed

MANIFEST = "manifest.jsonl"
_LOOKS_LIKE_IT = re.compile(r"manifest\.(?:jsonl?|ndjson)(?:\.txt)?", re.IGNORECASE)
_LONGEST = 2_000
_LISTED = 10
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_IN_PLAIN_WORDS = {
    "Extra data": "the line goes on after its object; give each file a line of its own",
    "Expecting value": "a value is missing",
    "Expecting property name": "the name of a field must stand there, between double quotes",
    "Illegal trailing comma": "the last field is followed by a comma",
    "Expecting ',' delimiter": "a comma is missing, or the brace at the end",
    "Expecting ':' delimiter": "a colon is missing",
    "Unterminated string": "a text has no double quote at its end",
    "Invalid control character": "a text holds a tab or another sign that must be written as \\t",
    "Invalid \\": "a backslash must be written twice",
}
_E = TypeVar("_E", Kind, Access)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the manifest says of one file. An empty value means that the manifest does not say."""

    file: str
    """Path of the file within the source."""
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
    closed: Access | None = None
    """A restriction that an earlier manifest stated and that this one is silent about. No line can say it."""

    @property
    def restriction(self) -> Access | None:
        """What keeps this file from the public: what the line says, or what is remembered where it is silent."""
        said = self.access or self.closed
        return None if said is Access.OPENBAAR else said

    def as_text(self) -> str:
        """Return what is said as one line of JSON that :func:`entry_of` reads."""
        said = {name: value for name in _FIELDS if (value := getattr(self, name))}
        return json.dumps(said, ensure_ascii=False, default=str)


_FIELDS = tuple(field.name for field in fields(Entry))
_OF_A_LINE = frozenset(_FIELDS) - {"closed"}


def entry_of(text: str) -> Entry | None:
    """Return what :meth:`Entry.as_text` wrote; nothing for an empty text.

    Its file is empty where the manifest has no line and only a restriction is remembered.
    """
    if not text:
        return None
    raw = json.loads(text)
    closed = raw.pop("closed", None)
    return replace(_entry(raw) if raw else Entry(file=""), closed=Access(closed) if closed else None)


def speaks(text: str) -> bool:
    """Say whether a text of :meth:`Entry.as_text` is that of a line, and not of a remembered restriction alone."""
    return text.startswith('{"file"')  # the first field of an entry, and never empty in a line


def remembered(entry: Entry | None, closed: Access | None) -> str:
    """Return what is to be kept of a file, as text: its line, and a restriction about which that is silent.

    Args:
        entry: the line, if there is one.
        closed: a restriction that was stated before.
    """
    if closed is None or (entry is not None and entry.access is not None):
        return entry.as_text() if entry else ""
    return replace(entry or Entry(file=""), closed=closed).as_text()


def read_manifest(path: Path) -> Mapping[str, Entry]:
    """Read a manifest.

    Args:
        path: the manifest; a missing one is an empty one.

    Returns:
        Entries by path within the source, as they are written there.

    Raises:
        ManifestError: lines that cannot be used, each by its number.
    """
    entries: dict[str, Entry] = {}
    wrong: list[str] = []
    for number, raw in enumerate(_lines(path), start=1):
        if not raw.strip():
            continue
        try:
            entry = _entry(json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once))
            if entry.file in entries:
                raise ValueError(f"file {entry.file!r} is named twice")
            entries[entry.file] = entry
        except json.JSONDecodeError as error:
            wrong.append(f"line {number}: no JSON from character {error.colno} on: {_plainly(error)}")
        except UnicodeDecodeError:
            wrong.append(f"line {number}: it holds letters that are not UTF-8; save the manifest as UTF-8")
        except RecursionError:
            wrong.append(f"line {number}: not a JSON object")
        except (ValueError, TypeError) as error:
            wrong.append(f"line {number}: {error}")
    names = Names(entries)
    wrong = wrong or list(filter(None, (_circle(entries, names, entry) for entry in entries.values())))[:1]
    if wrong:
        more = f" (and {len(wrong) - _LISTED} more)" if len(wrong) > _LISTED else ""
        listed = "; ".join(wrong[:_LISTED])
        raise ManifestError(f"{path}: {listed}{more}. Nothing was changed; repair the manifest and run again")
    return entries


def _plainly(error: json.JSONDecodeError) -> str:
    """Return what is wrong with a line in words of ours; Python's hold a second number of a line, which is always 1."""
    for start, plain in _IN_PLAIN_WORDS.items():
        if error.msg.startswith(start):
            return plain
    return "it cannot be understood"


def looks_like_one(path: str) -> bool:
    """Say whether a file may be meant as a manifest, by its name, although it lies elsewhere or is called otherwise."""
    return path != MANIFEST and _LOOKS_LIKE_IT.fullmatch(PurePosixPath(path).name) is not None


def must_be_no_other(root: Path, strays: Iterable[str]) -> tuple[str, ...]:
    """Refuse files that somebody plainly took for the manifest: what they close would be public.

    Args:
        root: the source.
        strays: files in it that look like a manifest.

    Returns:
        Those that may be something else: in a subfolder, and under another name than that of the manifest.

    Raises:
        ManifestError: one that lies beside where the manifest belongs, or that has its name elsewhere.
    """
    other = []
    for stray in strays:
        path = PurePosixPath(stray)
        if len(path.parts) > 1 and path.name.lower() != MANIFEST:
            other.append(stray)
        elif not _is_the_same(root / stray, root / MANIFEST):
            raise ManifestError(
                f"{root / stray} would be passed over: the manifest is {root / MANIFEST} and no other file. Nothing "
                "was changed; put its lines there, or give this file another name, and run again"
            )
    return tuple(other)


def _is_the_same(stray: Path, manifest: Path) -> bool:
    """Say whether both names are of one file, as where capitals do not count."""
    try:
        return stray.samefile(manifest)
    except OSError:
        return False


def must_be_told_apart(path: Path, entries: Mapping[str, Entry], there: Collection[str]) -> None:
    """Refuse two lines for one name, written in two ways, unless both files are there.

    Args:
        path: the manifest.
        entries: its lines, by their files.
        there: the files of the source.

    Raises:
        ManifestError: a name is given twice, and the one line could open what the other closes.
    """
    first: dict[str, str] = {}
    for file in entries:
        other = first.setdefault(composed(file), file)
        if other != file and not (other in there and file in there):
            raise ManifestError(
                f"{path}: file {file!r} is named twice, its accents written in two ways. Nothing was changed; repair "
                "the manifest and run again"
            )


def _lines(path: Path) -> Sequence[bytes]:
    try:
        return path.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ManifestError(
            f"{path} cannot be read ({error.strerror}). Nothing was changed; repair the manifest and run again"
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            # The second could say "openbaar" where the first said "geheim".
            raise ValueError(f"field {name!r} is given twice")
        found[name] = value
    return found


def _circle(entries: Mapping[str, Entry], names: Names, entry: Entry) -> str:
    """Say that papers replace one another in a circle, so that none of them would be found; empty if not."""
    seen = [entry.file]
    following = names.find(entry.replaces) or entry.replaces
    while following:
        if following in seen:
            return f"{' replaces '.join([*seen, following])}: none of them would be the newest"
        seen.append(following)
        older = entries[following].replaces if following in entries else ""
        following = names.find(older) or older
    return ""


def _entry(raw: object) -> Entry:
    if not isinstance(raw, dict):
        raise ValueError("not a JSON object")
    unknown = sorted(raw.keys() - _OF_A_LINE)
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; known are {', '.join(sorted(_OF_A_LINE))}")
    return Entry(
        file=_inside(raw, "file", required=True),
        kind=_one_of(Kind, raw, "kind"),
        access=_one_of(Access, raw, "access"),
        date=_day(raw, "date"),
        meeting=_day(raw, "meeting"),
        withdrawn=_day(raw, "withdrawn"),
        replaces=_inside(raw, "replaces", required=False),
        source_url=_url(raw, "source_url"),
        title=_text(raw, "title"),
        body=_text(raw, "body"),
        agenda_item=_text(raw, "agenda_item"),
        case_number=_text(raw, "case_number"),
    )


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"{name} must be text")
    text = readable(_whole(str(value), name))
    if len(text) > _LONGEST:
        raise ValueError(f"{name} is longer than {_LONGEST} characters")
    return text


def _whole(text: str, name: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{name} holds half a character (\\ud800 to \\udfff); write it out") from None
    return text


def _url(raw: Mapping[str, Any], name: str) -> str:
    text = _text(raw, name)
    # It becomes a link: anything but a web address could run a program in the reader's browser.
    if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).netloc or " " in text):
        raise ValueError(f"{name} {text[:80]!r} is no web address like https://raad.example.nl/stuk/1")
    return text


def _inside(raw: Mapping[str, Any], name: str, *, required: bool) -> str:
    value = raw.get(name)
    if value in (None, "") and not required:
        return ""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError(f"{name} must be the path of a file within the source")
    path = PurePosixPath(_whole(value, name))
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(f"{name} {value[:80]!r} leads out of the source")
    return path.as_posix()


def _one_of(choices: type[_E], raw: Mapping[str, Any], name: str) -> _E | None:
    value = raw.get(name)
    if value in (None, ""):
        return None
    try:
        return choices(value)
    except ValueError:
        raise ValueError(f"{name} {str(value)[:80]!r} is none of {', '.join(choices)}") from None


def _day(raw: Mapping[str, Any], name: str) -> dt.date | None:
    value = raw.get(name)
    if value in (None, ""):
        return None
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError(value)
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{name} {str(value)[:80]!r} is no date like 2024-03-12") from None
