"""The lines of a page, and which of them are furniture: running heads, running feet and page numbers.

Furniture stays in the page text (addresses never move) but out of the passages: it says nothing, and a sentence that
runs on to the next page must not have a page number in its middle.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from council import Page

_LINE = re.compile(r"[^\r\n]+")
_LONE_NUMBER = re.compile(r"(?<![\d.,])(?<!\d )\d{1,4}(?![.,]?\d)(?! \d)")
_PAGE_NUMBER = re.compile(
    r"^[\s–—|•·*~.()\[\]-]*(?:(?:pagina|pag\.?|blz\.?|blad|page)\s*)?"
    r"\d{1,4}(?:\s*(?:van|/|-|of)\s*(?:\d{1,4})?)?[\s–—|•·*~.()\[\]-]*$",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"^[ivxlcIVXLC]{1,6}$")
_EDGE = 9
"""How many lines from the top or the foot of a page can be furniture, if all before them are."""
_SHARE = 0.4
"""On which share of the pages a line must come back to be called running."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One printed line: its page, its place in that page's text without the white space around it, and its text."""

    page: int
    start: int
    end: int
    text: str


def lines_of(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the lines of each page, furniture left out.

    Args:
        pages: all pages of one document, in order.

    Returns:
        One list per page, in the order of the page's text.
    """
    whole = [list(_lines(page)) for page in pages]
    running = _running(whole)
    return [_body(lines, running) for lines in whole]


def _lines(page: Page) -> Iterator[Line]:
    for found in _LINE.finditer(page.text):
        text = found.group().strip()
        if text:
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            yield Line(page=page.number, start=start, end=start + len(text), text=text)


def _shape(line: Line) -> str:
    """Return a line with its page number hidden, so that *pagina 3 van 9* and *pagina 4 van 9* look alike.

    Amounts and rows of figures stay as they are: the last rows of tables look alike too, and they say something.
    """
    return _LONE_NUMBER.sub("#", line.text).casefold()


def _at_edge(at: int, count: int) -> bool:
    return at < _EDGE or at >= count - _EDGE


def _running(pages: list[list[Line]]) -> set[str]:
    """Return the shapes that come back at the edge of at least three pages and 40 % of them all."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_shape(line) for at, line in enumerate(lines) if _at_edge(at, len(lines))})
    least = max(3, round(_SHARE * len(pages)))
    return {shape for shape, count in seen.items() if count >= least}


def _body(lines: list[Line], running: set[str]) -> list[Line]:
    """Return a page's lines without its furniture, taken off from the outside inwards."""
    low, high = 0, len(lines)
    while low < min(high, _EDGE) and _is_furniture(lines[low], low == 0, running):
        low += 1
    while high > max(low, len(lines) - _EDGE) and _is_furniture(lines[high - 1], high == len(lines), running):
        high -= 1
    return lines[low:high]


def _is_furniture(line: Line, outermost: bool, running: set[str]) -> bool:
    if outermost and (_PAGE_NUMBER.match(line.text) or _ROMAN.match(line.text)):
        return True
    return _shape(line) in running
