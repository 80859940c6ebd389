"""Page text as printed lines, with parts of it marked. What is shown is derived; the text itself is not touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from council.records import Span

# PDFium puts U+FFFE or U+0002 where a word is broken at a line end, mostly without a line end of its own.
_BREAK = re.compile(r"(?P<hyphen>[\ufffe\x02\u00ad])?(?:\r\n|\r|\n)|(?P<joined>[\ufffe\x02])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A stretch of a line that is marked, or is not."""

    text: str
    marked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedLine:
    """One printed line; lines without anything to see are not counted."""

    number: int
    parts: tuple[Part, ...]

    @property
    def marked(self) -> bool:
        """Whether any of it is marked."""
        return any(part.marked for part in self.parts)


def printed_lines(text: str, spans: Sequence[Span]) -> tuple[PrintedLine, ...]:
    """Return the lines of a page.

    Args:
        text: the page text as the catalogue holds it.
        spans: what to mark in it, all of this page.
    """
    found: list[PrintedLine] = []
    for start, end, hyphen in _ends(text):
        parts = [part for part in _parts(text, start, end, spans) if part.text]
        if not "".join(part.text for part in parts).strip():
            continue
        if hyphen:
            parts[-1] = Part(text=parts[-1].text + "-", marked=parts[-1].marked)
        found.append(PrintedLine(number=len(found) + 1, parts=tuple(parts)))
    return tuple(found)


def _ends(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each line, and whether a broken word ends it."""
    start = 0
    for end in _BREAK.finditer(text):
        yield start, end.start(), bool(end["hyphen"] or end["joined"])
        start = end.end()
    yield start, len(text), False


def _parts(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Part]:
    borders = {start, end}
    for span in spans:
        borders |= {at for at in (span.start, span.end) if start < at < end}
    ordered = sorted(borders)
    for left, right in pairwise(ordered):
        marked = any(span.start <= left and right <= span.end for span in spans)
        yield Part(text=_shown(text[left:right]), marked=marked)


def _shown(text: str) -> str:
    """Return text with every kind of space as one, and without what commands a screen or turns its direction."""
    return "".join(" " if c.isspace() else c if c.isprintable() else "" for c in text)
