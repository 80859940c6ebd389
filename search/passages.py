"""How a document is cut into passages: about 180 words, never through a sentence, a speaker or an agenda item."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from council import Document, Page, Passage, Span, Spans, readable, split_sentences
from search.structure import Block, Role, blocks_of

CUTTING = "cut-1"
"""Names this way of cutting; passages that were cut in another are cut again."""
WORDS = 180
_LEAST = 60
"""A passage below this many words takes in the next paragraph even under a new small heading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """The smallest thing that is never cut: one sentence, heading or table row."""

    spans: Spans
    words: int
    heading: int
    headings: tuple[str, ...]
    speaker: str


def cut(document: Document, pages: Sequence[Page]) -> tuple[Passage, ...]:
    """Cut a document into passages.

    Args:
        document: what it is; its title stands above every heading.
        pages: all its pages, in order.

    Returns:
        At least one passage; a document without any text gets one without spans, so that its title can be found.
    """
    texts = {page.number: page.text for page in pages}
    passages: list[Passage] = []
    for units in _groups(list(_units(blocks_of(pages), texts))):
        passages.append(_passage(document, len(passages), units))
    if not passages:
        passages.append(_passage(document, 0, []))
    return tuple(passages)


def text_of(passage: Passage, page_text: Callable[[int], str]) -> str:
    """Return a passage's text as a reader sees it.

    Args:
        passage: the passage.
        page_text: gives the text of a page by its number.
    """
    # Joined as the catalogue joins a quote, so that a word that is broken over a page is one word here too.
    return readable("\n".join(page_text(span.page)[span.start : span.end] for span in passage.spans))


def _units(blocks: list[Block], texts: dict[int, str]) -> Iterator[_Unit]:
    path: list[tuple[int, str]] = []
    for block in blocks:
        words = readable(_text(block.spans, texts))
        if block.role is Role.HEADING:
            path = [item for item in path if item[0] < block.level]
            path.append((block.level, words[:160]))
        headings = tuple(title for _, title in path)
        whole = _Unit(
            spans=block.spans, words=len(words.split()), heading=block.level, headings=headings, speaker=block.speaker
        )
        if block.role is Role.TEXT:
            for spans in _sentences(block.spans, texts):
                yield replace(whole, spans=spans, words=len(_text(spans, texts).split()))
        else:
            yield whole


def _sentences(spans: Spans, texts: dict[int, str]) -> Iterator[Spans]:
    """Yield the sentences of a block; one that runs over a page has a span on each."""
    joined = _text(spans, texts)
    for start, end in split_sentences(joined):
        found = []
        at = 0
        for span in spans:
            length = span.end - span.start
            low, high = max(start, at), min(end, at + length)
            if low < high:
                found.append(Span(page=span.page, start=span.start + low - at, end=span.start + high - at))
            at += length + 1
        yield tuple(found)


def _text(spans: Spans, texts: dict[int, str]) -> str:
    return "\n".join(texts[span.page][span.start : span.end] for span in spans)


def _groups(units: list[_Unit]) -> Iterator[list[_Unit]]:
    """Put units together until about 180 words are reached; a heading goes with what follows it."""
    group: list[_Unit] = []
    words = 0
    for unit in units:
        full = words + unit.words / 2 > WORDS
        turn = bool(group) and unit.speaker != group[-1].speaker
        new_part = bool(unit.heading) and any(not u.heading for u in group) and (unit.heading <= 2 or words >= _LEAST)
        # A heading goes with what follows, but a table of contents is no heading of what comes after it.
        headings_only = words <= WORDS and all(u.heading for u in group)
        if group and (full or turn or new_part) and not headings_only:
            yield group
            group, words = [], 0
        group.append(unit)
        words += unit.words
    if group:
        yield group


def _passage(document: Document, ordinal: int, units: list[_Unit]) -> Passage:
    spans: list[Span] = []
    for unit in units:
        for span in unit.spans:
            if spans and spans[-1].page == span.page and spans[-1].end <= span.start:
                spans[-1] = Span(page=span.page, start=spans[-1].start, end=span.end)
            else:
                spans.append(span)
    body = [unit for unit in units if not unit.heading]
    key = f"{document.sha256}|{ordinal}|{[(s.page, s.start, s.end) for s in spans]}"
    return Passage(
        id=int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % (2**63 - 1) + 1,
        document=document.sha256,
        ordinal=ordinal,
        spans=tuple(spans),
        sentences=tuple(unit.spans for unit in body),
        headings=(body or units)[0].headings if units else (),
        speaker=(body or units)[0].speaker if units else "",
    )
