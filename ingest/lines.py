"""The lines of a paper that are looked at to describe it, each with its address, so that what is read can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from council import Page, Span, Spans, readable

_LEAST_TEXT = 40
_HEAD = 4_000
"""Characters of the first two pages with text that are looked at."""
_TAIL = 1_500
"""Characters of the last page with text that are looked at."""
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""What :meth:`str.splitlines` takes for a line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """The first and last lines of a paper: as a reader sees them, and where they stand."""

    texts: tuple[str, ...]
    spans: tuple[Span, ...]
    head: int
    """How many of them are first lines; the rest are the last ones."""
    first_page: int
    """How many of them stand on the first page with text."""
    more: bool
    """Whether there is text after that page."""

    def evidence(self, first: int, last: int) -> Spans:
        """Return where the lines ``first`` up to and including ``last`` stand: one span a page."""
        found: list[Span] = []
        for span in self.spans[first : last + 1]:
            goes_on = bool(found) and found[-1].page == span.page
            start = found.pop().start if goes_on else span.start
            found.append(Span(page=span.page, start=start, end=span.end))
        return tuple(found)


def lines_of(pages: Sequence[Page]) -> Lines:
    """Return the first and last lines of a paper; pages with next to no text are passed over."""
    written = [page for page in pages if len(page.text.strip()) >= _LEAST_TEXT]
    head: list[tuple[str, Span]] = []
    room, first_page = _HEAD, 0
    for page in written[:2]:
        head += _lines(page, 0, max(0, room))
        room -= len(page.text) + 1
        first_page = first_page or len(head)
    tail = [*_lines(written[-1], max(0, len(written[-1].text) - _TAIL), None)] if written else []
    both = [*head, *tail]
    return Lines(
        texts=tuple(text for text, _ in both),
        spans=tuple(span for _, span in both),
        head=len(head),
        first_page=first_page,
        more=len(written) > 1,
    )


def _lines(page: Page, start: int, end: int | None) -> Iterator[tuple[str, Span]]:
    for found in _LINE.finditer(page.text, start, len(page.text) if end is None else min(end, len(page.text))):
        text = readable(found.group())
        if text:
            raw = found.group()
            begin = found.start() + len(raw) - len(raw.lstrip())
            yield text, Span(page=page.number, start=begin, end=begin + len(raw.strip()))
