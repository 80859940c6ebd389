"""The day that belongs to a paper: of the meeting, the letter or the decision, told from where a date stands.

A paper is full of dates of other things. One counts when it stands where papers write their own: behind "Datum", alone
on its line, behind a place, in the line that says what the paper is, or in the closing words of a decision.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_SHORT = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
_DAY = re.compile(
    # A scan may put a space in the year.
    rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT)}|sept)\b\.?)\s+((?:19|20)\d\s?\d)\b"
    r"|\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d{2})\b|\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b",
    re.IGNORECASE,
)
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)")
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag\W*)?"
_FOR_IT = re.compile(
    r"^\W*(?:vergader|raads|zittings)?datum\b(?!\s+(?:besluit|college|voorstel|publicatie|vorige|volgende))", re.I
)
_DECIDED = re.compile(
    r"^\W*(?:datum (?:besluit|college|voorstel|indiening)|besluit college|college(?:vergadering|besluit)?|ingediend"
    r"|(?:vastgesteld|besloten) door het college)\b",
    re.I,
)
_PUBLISHED = re.compile(r"^\W*(?:publicatiedatum|datum publicatie|verzonden)\b", re.I)
_STAND = re.compile(
    r"\b(?:stand|peildatum|versie|\w*rapport(?:age)?|notitie|memo|concept|definitief)\W*(?:van|per|op)?\W*$", re.I
)
_ALONE = re.compile(rf"^\W*(?:[A-Z][\w'’ -]{{2,30}},\s*)?(?:de\s+)?{_WEEKDAY}$", re.I)
_SAYS_WHAT = re.compile(
    r"^\W*(?:\w+\s+){0,3}?(?:\w*agenda|\w*notulen|\w*verslag|\w*lijst|motie|amendement|\w*vragen|\w*voordracht|\w*voorstel"
    r"|\w*besluit|\w*vergadering op|\w*zitting|actualiteit|memo|\w*brief)\b",
    re.I,
)
_MEETING = re.compile(
    r"\b(?:\w*vergadering|zitting|raadscommissie|voor de raad|behandeling in de raad)\b"
    rf"(?:\s+(?:bijeen|van|op|d\.d\.|der|de|raad|gemeenteraad)){{0,4}}\W*{_WEEKDAY}$",
    re.I,
)
_CLOSED = re.compile(r"\baldus\b.{0,160}$|\b(?:besloten|aangenomen) in\b.{0,120}$", re.I | re.S)
_OTHER = re.compile(
    r"\b(?:volgende|vorige|uiterlijk|vóór|voor|tot|t/m|sinds|per|vanaf|ingang van|geboren"
    r"|(?:notulen|verslag|brief|motie) van|vastgesteld (?:op|in)|vaststell\w+ .{0,40})"
    rf"\W*(?:(?:de|het|is|raads\w*|openbare|\w*vergadering|van|op)\s+)*{_WEEKDAY}$",
    re.I,
)
_ENOUGH = 3.0


def date_of(lines: Sequence[str], tail: Sequence[str], *, hints: Sequence[str]) -> dt.date | None:
    """Tell the date of a paper, or None when it does not give one.

    Args:
        lines: its first lines, readable.
        tail: its last lines, readable.
        hints: titles and names that may hold a date; they only help where the paper itself is silent.
    """
    weighed = [*_weighed(lines, closing=False), *_weighed(tail, closing=True)]
    best = max(weighed, key=lambda item: item[0], default=(0.0, None))
    if best[0] >= _ENOUGH:
        return best[1]
    for hint in hints:
        for day in (*(day for _, _, day in _days(hint)), *_packed(hint)):
            return day
    return None


def is_day(text: str) -> bool:
    """Say whether a text is nothing but a date."""
    found = _DAY.fullmatch(text.strip())
    return found is not None and _day(found) is not None


def _weighed(lines: Sequence[str], *, closing: bool) -> Iterator[tuple[float, dt.date]]:
    # In one piece, since a date may stand over a line end.
    text = "\n".join(lines)
    for start, end, day in _days(text):
        line = text.rfind("\n", 0, start) + 1
        above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : max(0, line - 1)]
        at = text.count("\n", 0, start)
        weight = _weight(text[line:start], text[end:].partition("\n")[0], above, at, closing=closing)
        if closing and weight >= 0 and _CLOSED.search(text[max(0, start - 200) : start]):
            weight = max(weight, 4.2)
        # Of two that weigh the same the first one counts.
        yield weight - at / 1000, day


def _weight(before: str, after: str, above: str, at: int, *, closing: bool) -> float:
    top = at < 20 and not closing and len(before) < 120
    if _FOR_IT.match(before) and len(before) < 60:
        return 6.0
    if _DECIDED.match(before) and len(before) < 60:
        return 4.6
    if _PUBLISHED.match(before):
        return 3.1
    if _ALONE.match(before):
        if _FOR_IT.match(above) and not any(True for _ in _days(above)):
            return 5.5
        if len(after) < 30 and (at < 30 or closing) and not _OTHER.search(above + " "):
            return 4.0
    if _OTHER.search(before):
        return -1.0
    if top and _SAYS_WHAT.match(before):
        return 4.5 - at / 20
    if not closing and _STAND.search(before):
        return 3.6
    if not closing and _MEETING.search(before):
        return 3.4
    return 0.0


def _days(text: str) -> Iterator[tuple[int, int, dt.date]]:
    for match in _DAY.finditer(text):
        day = _day(match)
        if day is not None:
            yield match.start(), match.end(), day


def _day(match: re.Match[str]) -> dt.date | None:
    day, month, year, day2, month2, year2, year3, month3, day3 = match.groups()
    try:
        if month:
            number = next(n for n, name in enumerate(_SHORT) if month.lower().replace("maart", "mrt").startswith(name))
            return dt.date(int("".join(year.split())), number + 1, int(day))
        if day2:
            return dt.date(int(year2), int(month2), int(day2))
        return dt.date(int(year3), int(month3), int(day3))
    except ValueError:
        return None


def _packed(text: str) -> Iterator[dt.date]:
    for match in _PACKED.finditer(text):
        try:
            yield dt.date(*map(int, match.groups()))
        except ValueError:
            continue
