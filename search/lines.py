"""The lines of a page, and which of them are furniture: running heads, running feet, page numbers and drawn lines.

Furniture stays in the page text (addresses never move) but out of the passages: it says nothing, and a sentence that
runs on to the next page must not have a page number in its middle. What is printed above the columns of a table is no
furniture, however often it comes back: the rows beneath it mean nothing without it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from council import Page
from search.tables import is_head

_LINE = re.compile(r"[^\r\n]+")
_LONE_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?![.,]?\d)")
_PAGE_NUMBER = re.compile(
    r"^[\s–—|•·*~.()\[\]-]*(?:(?:pagina|pag\.?|blz\.?|blad|page)\s*)?"
    r"\d{1,4}(?:\s*(?:van|/|-|of)\s*(?:\d{1,4})?)?[\s–—|•·*~.()\[\]-]*$",
    re.IGNORECASE,
)
_COUNTS_PAGES = re.compile(r"\b(?:pagina|pag|blz|bladzijde|blad|page)\b|\d\s*(?:van|/|of)\s*\d", re.IGNORECASE)
_RULE = re.compile(r"^[_=–—-]{5,}$")
"""A line that is drawn, above a note or for a signature."""
_ROMAN = re.compile(r"^[ivxlcIVXLC]{1,6}$")
_EDGE = 9
"""How many lines from the top or the foot of a page can be furniture, if all before them are."""
_SHARE = 0.4
"""On which share of the pages a line must come back to be called running."""
_FEW = 2
"""On so few pages nothing comes back often enough; a running head is known by saying no more than the title."""
_TITLE_LINES = 9
_TITLE_WORDS = 3
"""So many words at least, and fewer than one in so many that is not among those at the head of the first page."""
_WORD = re.compile(r"\w+")
_NUMBERS = 4
"""A running line holds no more numbers than these; a line with more is what the page is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One printed line: its page, its place in that page's text without the white space around it, and its text."""

    page: int
    start: int
    end: int
    text: str
    apart: bool = False
    """Whether an empty line stands above it."""
    ruled: bool = False
    """Whether a line that is drawn stands above it."""


def lines_of(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the lines of each page, furniture left out.

    Args:
        pages: all pages of one document, in order.

    Returns:
        One list per page, in the order of the page's text.
    """
    whole = [list(_lines(page)) for page in pages]
    if len(whole) == _FEW:
        whole = [whole[0], _without_title(whole[1], whole[0])]
    running = _running(whole)
    return [_body(lines, running) for lines in whole]


def _lines(page: Page) -> Iterator[Line]:
    apart = ruled = False
    ended = 0
    for found in _LINE.finditer(page.text):
        whole = found.group()
        text = whole.strip()
        drawn = bool(_RULE.match(text))
        apart |= not text or page.text.count("\n", ended, found.start()) > 1
        ruled |= drawn
        ended = found.end()
        if text and not drawn:
            start = found.start() + len(whole) - len(whole.lstrip())
            yield Line(page=page.number, start=start, end=start + len(text), text=text, apart=apart, ruled=ruled)
            apart = ruled = False


def _shapes(line: Line) -> set[str]:
    """Return what a line would look like on every page if it were furniture.

    Each of its numbers is either the same everywhere (*2024*) or counts with the pages (*3* on page 3, *4* on page 4).
    So *Artikel 4* at the head of one page and *Artikel 9* at that of another are not alike. Where a line says that it
    counts pages (*pagina 3 van 9*), its numbers are hidden, for the count may begin anew within one file.
    """
    text = line.text.casefold()
    numbers = list(_LONE_NUMBER.finditer(text))
    if not numbers or len(numbers) > _NUMBERS:
        return {text}
    pieces = [text[low:high] for low, high in _between(numbers, len(text))]
    ways = [(found.group(), f"#{int(found.group()) - line.page:+}") for found in numbers]
    shapes = {"".join(_woven(pieces, chosen)) for chosen in product(*ways)}
    return shapes | {_LONE_NUMBER.sub("#", text)} if _COUNTS_PAGES.search(text) else shapes


def _between(numbers: Sequence[re.Match[str]], length: int) -> Iterator[tuple[int, int]]:
    low = 0
    for found in numbers:
        yield low, found.start()
        low = found.end()
    yield low, length


def _woven(pieces: Sequence[str], numbers: Iterable[str]) -> Iterator[str]:
    yield pieces[0]
    for number, piece in zip(numbers, pieces[1:], strict=True):
        yield number
        yield piece


def _without_title(lines: list[Line], first: list[Line]) -> list[Line]:
    """Return the lines of a second page without a first one that only repeats what the first page is headed by."""
    if not lines:
        return lines
    words = _WORD.findall(lines[0].text.casefold())
    head = {word for line in first[:_TITLE_LINES] for word in _WORD.findall(line.text.casefold())}
    new = sum(word not in head for word in words)
    repeats = len(words) >= _TITLE_WORDS and new * _TITLE_WORDS < len(words)
    closed = lines[0].text.endswith((".", ":", ";", ","))
    return lines[1:] if repeats and not closed and lines[0].text[:1].isupper() and not is_head(lines[0].text) else lines


def _at_edge(at: int, count: int) -> bool:
    return at < _EDGE or at >= count - _EDGE


def _running(pages: list[list[Line]]) -> set[str]:
    """Return the shapes that come back at the edge of at least three pages and 40 % of them all."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for lines in pages:
        edge = (line for at, line in enumerate(lines) if _at_edge(at, len(lines)) and not is_head(line.text))
        seen.update({shape for line in edge for shape in _shapes(line)})
    least = max(3, round(_SHARE * len(pages)))
    return {shape for shape, count in seen.items() if count >= least}


def _body(lines: list[Line], running: set[str]) -> list[Line]:
    """Return a page's lines without its furniture, taken off from the outside inwards."""
    low, high = 0, len(lines)
    left = set(running)
    while low < min(high, _EDGE) and _is_furniture(lines[low], low == 0, left):
        low += 1
    left = set(running)
    while high > max(low, len(lines) - _EDGE) and _is_furniture(lines[high - 1], high == len(lines), left):
        high -= 1
    return lines[low:high]


def _is_furniture(line: Line, outermost: bool, running: set[str]) -> bool:
    """Say whether a line is furniture, and take its shapes off those that are left: none stands there twice.

    A number that stands alone twice at the head of a page is the page's number, and then that of an agenda item.
    """
    shapes = _shapes(line)
    found = bool(shapes & running) and not is_head(line.text)
    running -= shapes
    return found or (outermost and bool(_PAGE_NUMBER.match(line.text) or _ROMAN.match(line.text)))
