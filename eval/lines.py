"""Text files of one record a line: read whole, and refused with the number of every line that is wrong.

A figure from half of the data looks like any other figure, so nothing is skipped: one bad line stops the evaluation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from council import UsageError

_SHOWN = 10


class Complaints:
    """Gathers what is wrong with a file, line by line, so that its maker can repair all of it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, what: object) -> None:
        """Note what is wrong with a line; lines count from 1."""
        self._found.append((line, str(what)))

    def settle(self) -> None:
        """Refuse the file if anything was noted.

        Raises:
            UsageError: names the first ten lines and says how many more there are.
        """
        if self._found:
            shown = "; ".join(f"line {line}: {what}" for line, what in sorted(self._found)[:_SHOWN])
            more = f" (and {len(self._found) - _SHOWN} more)" if len(self._found) > _SHOWN else ""
            raise UsageError(f"{self._path}: {shown}{more}. Nothing was measured; repair and run again")


def content_of(path: Path) -> bytes:
    """Return what stands in a file.

    Raises:
        UsageError: the file cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}; give an existing file") from error


def texts(path: Path, complaints: Complaints, *, content: bytes | None = None) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that are not blank, with their numbers; a line that is not UTF-8 is complained of.

    Args:
        path: the file.
        complaints: where to complain.
        content: what stands in it, where that was read already.

    Raises:
        UsageError: the file cannot be opened.
    """
    content = content_of(path) if content is None else content
    for number, raw in enumerate(content.splitlines(), start=1):
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            complaints.add(number, "not UTF-8")
            continue
        if text.strip():
            yield number, text


def objects(
    path: Path, complaints: Complaints, *, content: bytes | None = None
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the JSON objects of a file with their line numbers; what is none is complained of. See :func:`texts`."""
    for number, text in texts(path, complaints, content=content):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            complaints.add(number, f"not JSON: {error}")
            continue
        if isinstance(found, dict):
            yield number, found
        else:
            complaints.add(number, "not a JSON object")


def text_in(raw: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    """Return a field that holds text, empty when it is absent.

    Raises:
        ValueError: it holds something else, or nothing though it is needed.
    """
    value = raw.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} must be text" if name in raw else f"{name} is missing")
    if needed and not value.strip():
        raise ValueError(f"{name} is empty")
    return value


def number_in(raw: Mapping[str, Any], name: str, *, low: int, high: int | None = None) -> int:
    """Return a field that holds a whole number within bounds.

    Raises:
        ValueError: it is absent, no whole number, or out of bounds.
    """
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number" if name in raw else f"{name} is missing")
    if value < low or (high is not None and value > high):
        raise ValueError(
            f"{name} {value} is out of range: {f'{low} to {high}' if high is not None else f'{low} or more'}"
        )
    return value


def known_fields(raw: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse a field that nobody reads: most often it is a known one, misspelt.

    Raises:
        ValueError: names the field.
    """
    unknown = sorted(raw.keys() - known)
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; known are {', '.join(sorted(known))}")
