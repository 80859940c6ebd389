"""How a document is cut into passages: about 180 words, never through a sentence, a speaker or an agenda item."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from council import Document, Page, Passage, Span, Spans, readable, split_sentences
from search.headings import ITEM_LEVEL, MOTION_LEVEL
from search.structure import Block, Role, blocks_of
from search.tables import same_columns
from search.votes import Votes, leads

CUTTING = "cut-6"
"""Names this way of cutting; passages that were cut in another are cut again."""
_LONGEST_HEADING = 160
_CUT_OFF = "…"
_LEAST = 60
"""A passage below this many words takes in the next paragraph even under a new small heading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cutting:
    """How documents become passages, and what is told of each; what is shipped unless a comparison asks otherwise."""

    words: int = 180
    """About how many words a passage holds."""
    overlap: int = 0
    """How many sentences of a passage stand once more in the next, where only the size parts them."""
    headings: bool = True
    """Whether a passage knows under which headings it stands."""
    columns: bool = True
    """Whether a passage with rows of a table knows what stands above its columns."""
    speaker: bool = True
    """Whether a passage knows who says it."""
    title: bool = True
    """Whether the document's title stands before the passage in the index."""
    opening: int = 2
    """How many times more the first words of a document count."""


SHIPPED = Cutting()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """The smallest thing that is never cut: one sentence, heading, note or table row."""

    spans: Spans
    words: int
    role: Role
    level: int
    headings: tuple[str, ...]
    table: tuple[str, ...]
    speaker: str
    vote: str = ""
    """The line that tabled what is voted on here."""

    @property
    def leads(self) -> bool:
        """Whether it only leads in what follows it."""
        return self.role is Role.HEADING or self.role is Role.NOTE

    def part(self, spans: Spans, words: int) -> _Unit:
        """Return a part of it, under and by the same."""
        return _Unit(
            spans=spans,
            words=words,
            role=self.role,
            level=self.level,
            headings=self.headings,
            table=self.table,
            speaker=self.speaker,
            vote=self.vote,
        )


def cut(document: Document, pages: Sequence[Page], cutting: Cutting = SHIPPED) -> tuple[Passage, ...]:
    """Cut a document into passages.

    Args:
        document: what it is; its title stands above every heading.
        pages: all its pages, in order.
        cutting: how; another than what is shipped is for comparisons.

    Returns:
        At least one passage; a document without any text gets one without spans, so that its title can be found.
    """
    texts = {page.number: page.text for page in pages}
    passages: list[Passage] = []
    for units in _groups(list(_units(blocks_of(pages), texts)), cutting):
        passages.append(_passage(document, len(passages), units, cutting))
    if not passages:
        passages.append(_passage(document, 0, [], cutting))
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
    votes = Votes()
    for block in blocks:
        words = readable(_text(block.spans, texts))
        if block.role is Role.HEADING:
            path = [item for item in path if item[0] < block.level]
            path.append((block.level, _short(words)))
        elif block.role is Role.FOOTNOTE:
            path = []
        elif block.turn:
            # Who speaks next does not speak under the motion that was read into the minutes before.
            path = [item for item in path if item[0] < MOTION_LEVEL]
        under = [title for _, title in path]
        vote = _vote(block, words, votes)
        whole = _Unit(
            spans=block.spans,
            words=len(words.split()),
            role=block.role,
            level=block.level,
            headings=(*under, *([vote] if vote and not _stands_in(vote, under) else [])),
            table=block.table,
            speaker=block.speaker,
            vote=vote,
        )
        if block.role in (Role.TEXT, Role.FOOTNOTE):
            for spans in _sentences(block.spans, texts):
                yield whole.part(spans, len(_text(spans, texts).split()))
        else:
            yield whole


def _vote(block: Block, text: str, votes: Votes) -> str:
    """Return what is voted on in a block; what a member says of a motion is no vote on it."""
    if block.role is Role.HEADING:
        votes.over()
    elif not leads(block.speaker) or (block.turn and not block.speaker):
        votes.member()
    if block.role is Role.FOOTNOTE or not leads(block.speaker):
        return ""
    # The rows of a table tell how each party voted.
    return votes.now if block.role is Role.ROW else votes.on(text, spoken=bool(block.speaker))


def _stands_in(line: str, headings: Sequence[str]) -> bool:
    """Say whether a line heads the text already, as an agenda item does; headings are cut off where they are long."""
    return any(heading.startswith(line) or line.startswith(heading.rstrip(_CUT_OFF)) for heading in headings)


def _short(heading: str) -> str:
    """Return a heading, cut off between two words where it is long."""
    if len(heading) <= _LONGEST_HEADING:
        return heading
    return heading[:_LONGEST_HEADING].rsplit(" ", 1)[0].rstrip(" ,;:(") + _CUT_OFF


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


def _groups(units: list[_Unit], cutting: Cutting) -> Iterator[list[_Unit]]:
    """Put units together until they hold as many words as are asked for; what leads in goes with what follows it."""
    group: list[_Unit] = []
    words = 0
    for unit in units:
        full = words + unit.words / 2 > cutting.words
        other = bool(group) and _is_other(unit, group, words)
        # A heading goes with what follows, but a table of contents is no heading of what comes after it.
        if group and (full or other) and not (words <= cutting.words and all(u.leads for u in group)):
            yield group
            again = [] if other else [u for u in group if not u.leads][-cutting.overlap :] if cutting.overlap else []
            group, words = again, sum(u.words for u in again)
        group.append(unit)
        words += unit.words
    if group:
        yield group


def _is_other(unit: _Unit, group: list[_Unit], words: int) -> bool:
    """Say whether a unit begins something that must not stand in one passage with what goes before it."""
    body = [u for u in group if not u.leads]
    if not body:
        return False
    if unit.role is Role.HEADING:
        return unit.level <= ITEM_LEVEL or words >= _LEAST
    if (unit.role is Role.FOOTNOTE) != (body[-1].role is Role.FOOTNOTE):
        return True
    if unit.vote != body[-1].vote:
        return True
    if unit.role is Role.NOTE or unit.speaker != body[-1].speaker:
        return True
    return unit.role is Role.ROW and any(u.role is Role.ROW and not same_columns(u.table, unit.table) for u in body)


def _passage(document: Document, ordinal: int, units: list[_Unit], cutting: Cutting) -> Passage:
    spans: list[Span] = []
    for unit in units:
        for span in unit.spans:
            if spans and spans[-1].page == span.page and spans[-1].end <= span.start:
                spans[-1] = Span(page=span.page, start=spans[-1].start, end=span.end)
            else:
                spans.append(span)
    body = [unit for unit in units if not unit.leads]
    first = next(iter(body or units), None)
    key = f"{document.sha256}|{ordinal}|{[(s.page, s.start, s.end) for s in spans]}"
    return Passage(
        id=int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % (2**63 - 1) + 1,
        document=document.sha256,
        ordinal=ordinal,
        spans=tuple(spans),
        sentences=tuple(unit.spans for unit in body),
        headings=_headings(first, body, cutting),
        speaker=first.speaker if first is not None and cutting.speaker else "",
    )


def _headings(first: _Unit | None, body: list[_Unit], cutting: Cutting) -> tuple[str, ...]:
    """Return the headings above a passage, and what stands above the columns of its rows, which are of one table."""
    path = first.headings if first is not None and cutting.headings else ()
    table = max((unit.table for unit in body), key=len, default=()) if cutting.columns else ()
    return (*path, *(line for line in table if not any(line in heading for heading in path)))
