"""The notes at the foot of a page, told from the text above them by their numbers and by the marks that call them.

The text of a PDF runs straight from the last line of the text into the first note, and from the last note into the next
page. So a note would end the sentence that it interrupts, and be quoted as a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from council import MONTHS
from search.lines import Line

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = re.compile(r"^(\d{1,3})(?=\s|$|[A-ZÀ-Ý][a-zà-ÿ])\s*")
_SAYS = re.compile(r"[\"'“„‘(]?(?:[A-ZÀ-Ý]|https?:|www\.)")
_MARK = re.compile(
    r"(?:(?<=[a-zà-ÿ][^\W\d_])(?<!\bkm)|(?<=[^\W\d_][.,;:!?)”’\"'\]])|(?<=[%\d][)”’\"'\]]))(\d{1,3})(?=[\s.,;:!?)”’\"'\]–-]|$)"
)
"""A number that sticks to the word or the sign before it, as a small raised one does: *woonden2*. *m2* is none."""
_LOOSE_MARK = re.compile(r"([^\W\d_]+|[)”’\"'\]]) (\d{1,3})(?=[.,;:]|$)")
"""The same where the PDF leaves a space: *werkgever 14.*"""
_ANY_NUMBER = re.compile(r"(?<=\s)\d{1,3}(?=[\s.,;:)]|$)")
_COUNTED = frozenset(MONTHS) | frozenset(
    """artikel art lid sub punt agendapunt beslispunt vraag vragen bijlage bijlagen tabel figuur grafiek kaart bladzijde
    pagina blz hoofdstuk paragraaf deel fase stap variant scenario optie nummer nr motie amendement zaal gebouw wijk
    kavel klasse categorie niveau lijn a b c de het een van in op om tot met en of tussen per plus min circa ongeveer
    naar voor na is was""".split()
)
"""After these words a number is what it says, and no mark."""
_COLUMNS = re.compile(r"\d[\d.,]*%?\s+[-–]?\s?(?:€\s?)?\d[\d.,]*%?$")
"""How a row of a table ends, which may begin with a number too."""
_ABOVE = 0.4
"""Which share of a page's lines stands above its notes at least."""
_LINES_EACH = 8
"""A note has no more lines than this, on average; what goes on longer is a list, or a column beside."""
_SHORT = 4
"""So few lines for each, and notes are told by their count even if some are called by no mark that can be seen."""


def parted(lines: Sequence[Line]) -> tuple[list[Line], list[list[Line]]]:
    """Return the lines of a page without its notes, and the lines of each note.

    The first note must be called by a mark in the text above: one that sticks to its word, or one that may be a mark
    where an empty line stands above the note and it is no point of a list, or the next note is surely one. A drawn line
    above it tells it too. The others count on from there. Whatever follows the last on its page belongs to it.

    Args:
        lines: of one page, in order, furniture left out.
    """
    texts = [line.text.translate(_RAISED) for line in lines]
    starts = [(at, number) for at in range(len(texts)) if (number := _number(texts, at))]
    for place, (at, number) in enumerate(starts):
        if at < _ABOVE * len(lines):
            continue
        begins = _begins(texts, starts[place:])
        goes_on = any(before == number - 1 for _, before in starts[:place])
        if _are_notes(texts, begins, number, lines[at], goes_on=goes_on):
            ends = [*begins[1:], len(lines)]
            return list(lines[:at]), [list(lines[low:high]) for low, high in zip(begins, ends, strict=True)]
    return list(lines), []


def _begins(texts: Sequence[str], starts: Sequence[tuple[int, int]]) -> list[int]:
    """Return where the first note begins, and those that count on from it."""
    (first, number), *later = starts
    found = [first]
    for at, counted in later:
        if counted == number + len(found) and _SAYS.match(_text(texts, at)):
            found.append(at)
    return found


def _are_notes(texts: Sequence[str], begins: Sequence[int], number: int, line: Line, *, goes_on: bool) -> bool:
    """Say whether what begins on these lines, and is numbered from there on, are notes.

    Args:
        texts: the lines of the page.
        begins: where the first begins, and those that count on from it.
        number: that of the first.
        line: that on which it begins.
        goes_on: whether a line above begins with the number before it.
    """
    first = begins[0]
    stuck, loose, numbers = _marks(texts[:first]), _loose_marks(texts[:first]), _numbers(texts[:first])
    followed = len(begins) > 1 and begins[1] - first <= _SHORT and number + 1 in stuck
    # A list begins with 1, so a loose 1 tells nothing.
    listed = goes_on or number == 1
    called = (
        number in stuck
        or line.ruled
        or (followed and number in numbers)
        or (line.apart and number in loose and not listed)
    )
    says = followed or _SAYS.match(_text(texts, first)) is not None
    each = (len(texts) - first) / len(begins)
    seen = len((stuck | numbers).intersection(range(number, number + len(begins))))
    return called and says and each <= _LINES_EACH and (2 * seen >= len(begins) or each <= _SHORT)


def _number(texts: Sequence[str], at: int) -> int:
    """Return the number of the note that may begin on a line, or 0."""
    found = _NUMBER.match(texts[at])
    return int(found[1]) if found and _text(texts, at) and not _COLUMNS.search(texts[at], found.end()) else 0


def _text(texts: Sequence[str], at: int) -> str:
    """Return what a line says behind its number; where that is alone on it, what the next one says."""
    return _NUMBER.sub("", texts[at]) or (texts[at + 1] if at + 1 < len(texts) else "")


def _marks(texts: Sequence[str]) -> set[int]:
    return {int(number) for text in texts for number in _MARK.findall(text)}


def _loose_marks(texts: Sequence[str]) -> set[int]:
    found = (mark for text in texts for mark in _LOOSE_MARK.findall(text))
    return {int(number) for before, number in found if before.lower() not in _COUNTED}


def _numbers(texts: Sequence[str]) -> set[int]:
    return {int(number) for text in texts for number in _ANY_NUMBER.findall(text)}
