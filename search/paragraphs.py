"""Lines joined to paragraphs, also over the edge of a page: what stands apart, and what runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from council import MONTH_PATTERN
from search.headings import ends, hangs, is_named, is_numbered, is_salutation, stands_alone, title_like
from search.lines import Line
from search.tables import goes_on, is_head, is_prose, is_row
from search.turns import Manner, may_begin, turn_of

_SHORT_LINE = 0.72
"""A line shorter than this share of the page's usual line ends its paragraph, if the next begins anew."""
_ITEM_NUMBER = re.compile(r"^\d{1,3}\s?[a-zA-Z]?\.?$")
_ITEM_LINES = 6
"""An agenda item's title is no longer than this many lines."""
_DECIDES = re.compile(
    r"^(?:De (?:raad|agenda|motie|vergadering|fracties?)|Het (?:amendement|voorstel)|Besluit|Tegen|Voor)\b"
)
"""How the sentence begins that tells what was decided, after one that reports what somebody said."""
_POINT = re.compile(r"^(\d{1,3})\.\s+[A-ZÀ-Ý]")
_DAY = re.compile(rf"\b\d{{1,2}}\s(?:{MONTH_PATTERN})$")
_YEAR = re.compile(r"(?:19|20)\d\d\b")
"""A date over the end of a line: *30 juni*, *2013 35.530 mensen*. No table has its columns begin like that."""
_CLOSES = re.compile(r"[.,;:!?)](?:\s|$)")
"""What closes the sentence before, on a line of its own because the mark of a note stands between."""
_LEAST_TURNS = 3
"""A paper in which people begin to speak this often is minutes."""


def are_minutes(pages: list[list[Line]]) -> bool:
    """Say whether a paper tells word for word who says what."""
    found = 0
    for lines in pages:
        found += sum(may_begin(line.text) for line in lines)
        if found >= _LEAST_TURNS:
            return True
    return False


def paragraphs_of(pages: list[list[Line]], *, minutes: bool) -> Iterator[list[Line]]:
    """Yield the paragraphs of a paper, each as its lines.

    Args:
        pages: the lines of each page, furniture left out.
        minutes: whether the paper tells who says what; then a number alone on a line is that of an agenda item, and
            stands in one paragraph with the title that follows it.
    """
    open_lines: list[Line] = []
    for lines in pages:
        width = _usual_width(lines)
        for at, line in enumerate(lines):
            after = lines[at + 1].text if at + 1 < len(lines) else ""
            numbers = minutes and _numbers_an_item(open_lines[-1].text if open_lines else "", line.text, after, width)
            in_title = bool(open_lines) and minutes and is_item([line.text for line in open_lines])
            if in_title and not numbers:
                new = _title_is_over(open_lines, line, width)
            else:
                new = bool(open_lines) and (numbers or _begins_anew(open_lines, line, after, width))
            if new:
                yield open_lines
                open_lines = []
            open_lines.append(line)
    if open_lines:
        yield open_lines


def is_item(lines: list[str]) -> bool:
    """Say whether lines are an agenda item's number and, from the second on, its title."""
    return _ITEM_NUMBER.match(lines[0]) is not None and (len(lines) == 1 or lines[1][:1].isupper())


def _numbers_an_item(before: str, text: str, after: str, width: int) -> bool:
    """Say whether a number alone on a line begins an agenda item: a title follows, and nothing is left unfinished."""
    if not _ITEM_NUMBER.match(text) or not after[:1].isupper() or is_row(after) or turn_of(after):
        return False
    return (
        ends(before) or before.endswith(")") or not before or (len(before) < _SHORT_LINE * width and not hangs(before))
    )


def _title_is_over(open_lines: list[Line], line: Line, width: int) -> bool:
    if len(open_lines) == 1:
        return False
    last = open_lines[-1].text
    if len(open_lines) > _ITEM_LINES or turn_of(line.text):
        return True
    if hangs(last) or line.text[:1].islower():
        return False
    return ends(last) or last.endswith(")") or len(last) < _SHORT_LINE * width


def _usual_width(lines: list[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.85)] if lengths else 0


def _begins_anew(open_lines: list[Line], line: Line, after: str, width: int) -> bool:
    last = open_lines[-1]
    if _CLOSES.match(line.text) or (_YEAR.match(line.text) and _DAY.search(last.text)):
        return False
    # A row stands alone; what looks like one further on in a paragraph is a line of it that holds two figures.
    row = is_row(last.text) and not is_prose(last.text, line.text)
    stands = _is_row_after(line.text, last.text) and not is_prose(line.text, after)
    if stands or (len(open_lines) == 1 and row) or is_head(last.text):
        return True
    if _ends_a_sentence(open_lines, line.text, width):
        return False
    if stands_alone(line.text) or is_salutation(last.text) or _turns(open_lines, line.text):
        return True
    runs_on = line.text[:1].islower()
    if title_like(line.text) or _may_be_item(open_lines, line.text):
        return True
    if title_like(last.text) and not runs_on and not _title_goes_on(last.text, line.text, width):
        return True
    if len(open_lines) == 1 and is_named(last.text) and not (runs_on or hangs(last.text)):
        return True
    if line.page != last.page:
        # A paragraph runs on over the page only if it visibly stopped in mid-sentence.
        return ends(last.text) or not (runs_on or line.text[:1].isdigit() or hangs(last.text))
    short = len(last.text) < _SHORT_LINE * width
    ended = ends(last.text) or len(last.text) < 0.5 * width
    return short and not runs_on and ended and not hangs(last.text)


def _ends_a_sentence(open_lines: list[Line], text: str, width: int) -> bool:
    """Say whether a line begins with the figure that closes a sentence, *… in 2023 / 17. Daarmee …*, and is no point:
    both lines are full, the one before stops at a year or a word that cannot be the last, and no such point is next."""
    found = _POINT.match(text)
    last = open_lines[-1].text
    if found is None or min(len(last), len(text)) < _SHORT_LINE * width or not (hangs(last) or last[-1].isdigit()):
        return False
    number, before = int(found[1]), _POINT.match(open_lines[0].text)
    return number != 1 and (before is None or number != int(before[1]) + 1)


def _may_be_item(open_lines: list[Line], text: str) -> bool:
    """Say whether a numbered paragraph may be an agenda item that ends as a sentence does, with its text beneath it."""
    return len(open_lines) <= 3 and is_numbered(open_lines[0].text) and ends(open_lines[-1].text) and text[:1].isupper()


def _turns(open_lines: list[Line], text: str) -> bool:
    """Say whether another begins to speak here, or the one goes on who was interrupted between brackets."""
    turn = turn_of(text)
    if turn is not None and (turn.manner is not Manner.REPORTED or ends(open_lines[-1].text)):
        return True
    if ends(open_lines[-1].text) and _DECIDES.match(text):
        begun = turn_of(open_lines[0].text)
        return begun is not None and begun.manner is Manner.REPORTED
    return open_lines[-1].text.endswith(")") and open_lines[0].text.startswith("(") and may_begin(open_lines[0].text)


def _is_row_after(text: str, before: str) -> bool:
    return is_row(text) or is_head(text) or ((is_row(before) or goes_on(before)) and goes_on(text))


def _title_goes_on(last: str, text: str, width: int) -> bool:
    """Say whether a numbered title goes on in the next line: in brackets, or, where it fills its line, after *van* and
    with *9 oktober 2013*."""
    if not is_numbered(last):
        return False
    open_end = hangs(last) or (text[:1].isdigit() and not is_numbered(text))
    return text.startswith("(") or (len(last) >= _SHORT_LINE * width and open_end)
