"""What a document is built of: headings, contributions of speakers, paragraphs, table rows and notes, as spans.

Read off the text alone (line lengths, numbering, known heads), because every source gives text and few give more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from council import Page, Span, Spans, readable
from search.footnotes import parted
from search.headings import ITEM_LEVEL, PLAIN_LEVEL, is_numbered, level_of
from search.items import entries_of, items_of
from search.lines import Line, lines_of
from search.paragraphs import are_minutes, is_item, paragraphs_of
from search.tables import Columns, is_row
from search.turns import Manner, Turn, name_key, parties_in, turn_of

_TITLES = re.compile(r"^(?:de\s+)?(?:heer|dhr\.?|mevrouw|mevr\.?|mw\.?|raadslid)\s+", re.IGNORECASE)
_LEAST_REPORTS = 3
"""A paper that reports what people said this often is minutes that report."""


_SEEN = 3
"""Where so many numbered headings look like headings, none has to be told by its count."""


class Role(StrEnum):
    """What a block is for."""

    HEADING = "heading"
    TEXT = "text"
    ROW = "row"
    NOTE = "note"
    """The clerk tells who gets the floor: goes with what follows, and is not quoted."""
    FOOTNOTE = "footnote"
    """What stands at the foot of a page and is called by a mark in the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A heading, a paragraph or a table row, with what it stands under."""

    role: Role
    spans: Spans
    level: int = 0
    """Depth of a heading: 1 is highest."""
    speaker: str = ""
    """Who says this, in notulen; empty elsewhere."""
    table: tuple[str, ...] = ()
    """What stands above the columns of a row: their names or years, and the unit."""
    turn: bool = False
    """Whether somebody begins to speak here, so that what was read into the minutes before is over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Piece:
    """A paragraph with its words."""

    lines: list[Line]
    text: str


def blocks_of(pages: Sequence[Page]) -> list[Block]:
    """Return the blocks of a document in reading order.

    Args:
        pages: all its pages, in order.

    Returns:
        Blocks that together cover every line that is no furniture, none twice; the notes of all pages behind the rest.
    """
    whole = [parted(page) for page in lines_of(pages)]
    lines = [body for body, _ in whole]
    minutes = are_minutes(lines)
    pieces = [
        _Piece(lines=found, text=" ".join(line.text for line in found))
        for found in paragraphs_of(lines, minutes=minutes)
    ]
    told = _told_apart(pieces, minutes=minutes)
    turns = [turn_of(piece.lines[0].text) for piece in pieces]
    reports = not minutes and sum(turn is not None and turn.manner is Manner.REPORTED for turn in turns)
    heard = _Heard(
        minutes=minutes,
        reports=reports >= _LEAST_REPORTS,
        parties=parties_in(p.text for p in pieces) if minutes else {},
    )
    under = Columns()
    blocks: list[Block] = []
    for at, piece in enumerate(pieces):
        following = pieces[at + 1].text if at + 1 < len(pieces) else ""
        level = told[at] if at in told else _level(piece, minutes=minutes, spoken=bool(heard.speaker))
        single = len(piece.lines) == 1 and level in (0, PLAIN_LEVEL)
        table = under.of(piece.text, following) if single else None
        if table is not None:
            blocks.append(Block(role=Role.ROW, spans=_spans(piece.lines), speaker=heard.speaker, table=table))
            continue
        under.pass_by(piece.text, following, heading=bool(level), lines=len(piece.lines))
        blocks.append(replace(heard.block(piece, turns[at], level), spans=_spans(piece.lines)))
    notes = (Block(role=Role.FOOTNOTE, spans=_spans(note)) for _, notes in whole for note in notes)
    return [*blocks, *notes]


def _told_apart(pieces: Sequence[_Piece], *, minutes: bool) -> dict[int, int]:
    """Return the depth of what only the whole paper tells: agenda items, and entries of lists, which head nothing."""
    numbered = [
        _level(piece, minutes=minutes, spoken=False) if is_numbered(piece.lines[0].text) else 0 for piece in pieces
    ]
    entries = entries_of(numbered)
    seen = sum(level > 0 for at, level in enumerate(numbered) if at not in entries)
    items = items_of([piece.text for piece in pieces]) if seen < _SEEN else frozenset()
    return dict.fromkeys(entries, 0) | dict.fromkeys(items, ITEM_LEVEL)


def _level(piece: _Piece, *, minutes: bool, spoken: bool) -> int:
    texts = [line.text for line in piece.lines]
    if minutes and len(texts) > 1 and is_item(texts):
        return ITEM_LEVEL
    if turn_of(texts[0]) is not None or (len(texts) == 1 and is_row(texts[0])):
        return 0
    return level_of(texts, minutes=minutes, spoken=spoken)


class _Heard:
    """Who has the floor, from one paragraph to the next."""

    def __init__(self, *, minutes: bool, reports: bool, parties: dict[str, str]) -> None:
        self.speaker = ""
        self._minutes = minutes
        self._reports = reports
        self._parties = parties
        self._aside = ""

    def block(self, piece: _Piece, turn: Turn | None, level: int) -> Block:
        """Return what a paragraph is, without its spans; who speaks after it is remembered."""
        if level:
            self.speaker = self._aside = ""
            return Block(role=Role.HEADING, spans=(), level=level)
        if turn is not None and turn.manner is Manner.SPEAKS:
            return self._speaks(piece, turn)
        if turn is not None and self._minutes and turn.manner in (Manner.NOTE, Manner.GIVES):
            self.speaker = self._aside = ""
            short = turn.manner is Manner.GIVES and len(piece.lines) <= 2
            return Block(role=Role.NOTE if short else Role.TEXT, spans=(), turn=turn.manner is Manner.GIVES)
        if turn is not None and self._reports and turn.manner is Manner.REPORTED:
            return Block(role=Role.TEXT, spans=(), speaker=readable(turn.label))
        said_by = self._aside or self.speaker
        if self._aside and piece.text.endswith(")"):
            self._aside = ""
        return Block(role=Role.TEXT, spans=(), speaker=said_by)

    def _speaks(self, piece: _Piece, turn: Turn) -> Block:
        label = self._with_party(readable(turn.label))
        # An interruption between brackets does not end the contribution that it stands in.
        if turn.aside:
            self._aside = "" if piece.text.endswith(")") else label
        else:
            self.speaker, self._aside = label, ""
        return Block(role=Role.TEXT, spans=(), speaker=label, turn=not turn.aside)

    def _with_party(self, label: str) -> str:
        titled = _TITLES.match(label)
        party = self._parties.get(name_key(label[titled.end() :]), "") if titled and "(" not in label else ""
        return f"{label} ({party})" if party else label


def _spans(lines: list[Line]) -> Spans:
    """Return one span per page: from the first of its lines to the last."""
    return tuple(_joined(lines))


def _joined(lines: list[Line]) -> Iterator[Span]:
    for page in dict.fromkeys(line.page for line in lines):
        here = [line for line in lines if line.page == page]
        yield Span(page=page, start=here[0].start, end=here[-1].end)
