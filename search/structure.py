"""What a document is built of: headings, contributions of speakers, paragraphs and table rows, as spans.

Read off the text alone (line lengths, numbering, known heads), because every source gives text and few give more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from council import Page, Span, Spans, readable
from search.dutch import STOP_WORDS
from search.lines import Line, lines_of


class Role(StrEnum):
    """What a block is for."""

    HEADING = "heading"
    TEXT = "text"
    ROW = "row"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A heading, a paragraph or a table row, with what it stands under."""

    role: Role
    spans: Spans
    level: int = 0
    """Depth of a heading: 1 is highest."""
    speaker: str = ""
    """Who says this, in notulen; empty elsewhere."""


_SPEAKER = re.compile(
    r"^\(?(?:De heer|Mevrouw|Mevr\.|Mw\.|Dhr\.|Wethouder|Burgemeester|Raadslid|De griffier|De voorzitter|Voorzitter|"
    r"De VOORZITTER|De burgemeester|Inspreker|De inspreker|Insprekers?)\b[^:.?!;]{0,70}?:(?=\s|$)"
)
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})[.)°]?\s+(?=[A-ZÀ-Ý„“\"'(])")
_NAMED = re.compile(
    r"^(?:(?:Hoofdstuk|Paragraaf|Afdeling|Titel|Artikel|Bijlage|Deel|Programma|Agendapunt|Aanbeveling|Conclusie|Onderdeel)"
    r"\s+(?:[\dIVXLC]+(?:[.:]\d+)*[a-z]?|[A-Z])\b[.:]?.*)$"
)
_KNOWN = frozenset(
    title.strip()
    for title in """samenvatting, inleiding, aanleiding, achtergrond, doel, voorgesteld besluit, ontwerpbesluit,
    raadsbesluit, besluit, beslispunten, beoogd effect, beoogd resultaat, argumenten,
    kanttekeningen, risico's, financien, financiën, financiele gevolgen, financiële gevolgen,
    dekking, participatie, communicatie, participatie en communicatie, planning, uitvoering,
    bijlagen, bijlage, vervolg, conclusie, conclusies, aanbevelingen, toelichting, stemming, vragen,
    antwoorden, opening, sluiting, rondvraag, mededelingen, vragenhalfuur, toezeggingen, moties,
    amendementen, constaterende dat, overwegende dat, verzoekt het college, spreekt uit,
    besluitvorming, kader, juridisch kader, duurzaamheid, evaluatie, leeswijzer, voorwoord,
    ondertekening""".replace("\n", " ").split(",")
)
_LABEL = re.compile(
    r"^(?:Geachte|Beste|Aan:|Aan de|Betreft|Onderwerp|Behandeld door|Datum|Kenmerk|Portefeuillehouder|Zaaknummer|"
    r"Nummer|Bijlagen?:|Raadsvergadering|Agendapunt|Ingediend|Steller|Contact|Afzender)\b"
)
"""What the lines of a letterhead begin with: each stands on its own."""
_SALUTATION = re.compile(r"^(?:Geachte|Beste)\b.{0,60},$")
_BULLET = re.compile(r"^(?:[•●▪◦○■□–—*·-]\s*\S|(?:\d{1,2}[.)°]|[a-z][.)]|[ivx]{1,4}[.)])\s+\S)")
_NUMBER = re.compile(r"(?<!\w)[-−–]?\s?(?:€\s?)?\d[\d.,]*%?(?!\w)")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_SHORT_LINE = 0.72
"""A line shorter than this share of the page's usual line ends its paragraph, if the next begins anew."""


def blocks_of(pages: Sequence[Page]) -> list[Block]:
    """Return the blocks of a document in reading order.

    Args:
        pages: all its pages, in order.

    Returns:
        Blocks that together cover every line that is no furniture, none twice.
    """
    blocks: list[Block] = []
    speaker = ""
    for lines in _paragraphs(lines_of(pages)):
        first = lines[0].text
        level = _heading_level(lines)
        spoken = _SPEAKER.match(first)
        said_by = speaker
        if level:
            said_by = speaker = ""
        elif spoken:
            said_by = readable(spoken.group()).strip("(: ")
            # An interruption between brackets does not end the contribution that it stands in.
            if not (first.startswith("(") and lines[-1].text.endswith(")")):
                speaker = said_by
        role = Role.HEADING if level else Role.ROW if len(lines) == 1 and _is_row(first) else Role.TEXT
        blocks.append(Block(role=role, spans=_spans(lines), level=level, speaker=said_by))
    return blocks


def _paragraphs(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """Join lines to paragraphs, also over the edge of a page."""
    open_lines: list[Line] = []
    for lines in pages:
        width = _usual_width(lines)
        for line in lines:
            if open_lines and _begins_anew(open_lines[-1], line, width):
                yield open_lines
                open_lines = []
            open_lines.append(line)
    if open_lines:
        yield open_lines


def _usual_width(lines: list[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.85)] if lengths else 0


def _begins_anew(last: Line, line: Line, width: int) -> bool:
    if _SPEAKER.match(line.text) or _BULLET.match(line.text) or _NAMED.match(line.text):
        return True
    if _is_row(line.text) or _is_row(last.text):
        return True
    if _LABEL.match(line.text) or _SALUTATION.match(last.text):
        return True
    runs_on = line.text[:1].islower()
    if _title_like(line.text) or (_title_like(last.text) and not runs_on):
        return True
    if line.page != last.page:
        # A paragraph runs on over the page only if it visibly stopped in mid-sentence.
        return bool(_ENDS.search(last.text)) or not (runs_on or line.text[:1].isdigit() or _hangs(last.text))
    short = len(last.text) < _SHORT_LINE * width
    ended = bool(_ENDS.search(last.text)) or len(last.text) < 0.5 * width
    return short and not runs_on and ended and not _hangs(last.text)


def _hangs(text: str) -> bool:
    """Say whether a line stops at a word that cannot be the last of a sentence or a title."""
    return text.endswith(",") or text.rsplit(None, 1)[-1].lower() in STOP_WORDS


def _title_like(text: str) -> bool:
    """Say whether one line is certainly a heading by its looks."""
    bare = text.rstrip(":").strip().casefold()
    if bare in _KNOWN:
        return True
    if _ENDS.search(text) and not text.endswith("?"):
        return False
    if _NUMBERED.match(text) and len(text) <= 90:
        return True
    return len(text) <= 80 and _in_capitals(text)


def _in_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    # One word in capitals is a letterhead or an abbreviation more often than a heading.
    several = len(text.split()) > 1
    return several and len(letters) >= 5 and text[0].isalnum() and all(c.isupper() for c in letters)


def _heading_level(lines: list[Line]) -> int:
    """Return the depth of a heading, or 0 for what is none."""
    text = " ".join(line.text for line in lines)
    if len(lines) > 3 or len(text) > 160 or _is_row(text):
        return 0
    if lines[0].text.rstrip(":").strip().casefold() in _KNOWN:
        return 2
    if _ENDS.search(text) and not text.endswith("?"):
        return 0
    numbered = _NUMBERED.match(text)
    if numbered and len(text) <= 140:
        return 1 + numbered.group(1).count(".") + 1
    if _NAMED.match(text) and len(text) <= 140:
        return 2
    if _in_capitals(text):
        return 1
    plain = len(lines) == 1 and 3 < len(text) <= 70 and text[0].isupper() and "," not in text
    return 3 if plain and not _BULLET.match(text) and not _SPEAKER.match(text) and len(text.split()) <= 9 else 0


def _is_row(text: str) -> bool:
    """Say whether a line is a table row: two or more figures, and more figures than words of prose would have."""
    figures = _NUMBER.findall(text)
    words = [word for word in text.split() if any(c.isalpha() for c in word)]
    return len(figures) >= 2 and len(figures) * 3 >= len(words) and not text.endswith(".")


def _spans(lines: list[Line]) -> Spans:
    """Return one span per page: from the first of its lines to the last."""
    spans: list[Span] = []
    for line in lines:
        if spans and spans[-1].page == line.page:
            spans[-1] = Span(page=line.page, start=spans[-1].start, end=line.end)
        else:
            spans.append(Span(page=line.page, start=line.start, end=line.end))
    return tuple(spans)
