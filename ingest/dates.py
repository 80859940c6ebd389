"""The day that belongs to a paper: of the meeting, the letter or the decision, told from where a date stands.

A paper is full of dates of other things. One counts when it stands where papers write their own: behind "Datum", alone
on its line, behind a place, in the line that says what the paper is, or in the closing words of a decision.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from council import MONTH_PATTERN, SHORT_MONTHS, WEEKDAY_PATTERN
from ingest.flow import goes_on
from ingest.invitations import invites_on

_DAY = re.compile(
    # A scan may put a space in the year.
    rf"\b(\d{{1,2}})\s+({MONTH_PATTERN}|(?:{'|'.join(SHORT_MONTHS)}|sept)\b\.?)\s+((?:19|20)\d\s?\d)\b"
    r"|\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d{2})\b|\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b",
    re.IGNORECASE,
)
_SHORT_DAY = re.compile(
    r"\b(?:\w*datum|d\.?d\.?)(?:\s\w+)?[\s:]{1,4}(?:[a-z]{2,9}dag\s)?(\d{1,2})[-/](\d{1,2})[-/](\d{2})(?![-/\w])", re.I
)
"""A day with two figures for the year: believed only behind a word that says that it is one."""
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)")
_WEEKDAY = rf"(?:(?:{WEEKDAY_PATTERN})\W*)?"
_FOR_IT = re.compile(
    r"^\W*(?:vergader|raads|zittings)?datum\b"
    r"(?!\s+(?:(?:college)?besluit|college|voorstel|publicatie|vorige|volgende|raad\w*|commissie)\b)",
    re.I,
)
_DECIDED = re.compile(
    r"(?:^|[·|.;]\s)\W*(?:datum (?:besluit|college(?:besluit|vergadering)?|voorstel|indiening)"
    r"|(?:besluit )?(?:van )?(?:het )?college(?:vergadering|besluit)?|ingediend|ingezonden|gesteld|ingekomen|ontvangen"
    r"|(?:vastgesteld|besloten) door het college)"
    r"(?:\s+(?:college|van|b\s?(?:en|&)\s?w|op|d\.d\.))*\W*$",
    re.I,
)
"""What a date of the college or of whoever asks stands behind; a form may hold several such fields in one line."""
_PUBLISHED = re.compile(r"^\W*(?:publicatiedatum|datum publicatie|verzonden)\b", re.I)
_STAND = re.compile(
    r"\b(?:stand|peildatum|versie(?: \d[\d.]*)?|\w*rapport(?:age)?|notitie|memo|concept|definitief)"
    r"\W*(?:van|per|op)?\W*$",
    re.I,
)
_ALONE = re.compile(rf"^\W*(?:(?-i:[A-Z])[\w'’ -]{{2,30}},\s*)?(?:de\s+)?{_WEEKDAY}$", re.I)
_SAYS_WHAT = re.compile(
    r"^\W*(?:\w+\s+){0,3}?(?:\w*agenda|\w*notulen|\w*verslag|\w*lijst|motie|amendement|\w*vragen|\w*voordracht|\w*voorstel"
    r"|\w*besluit|\w*vergadering op|\w*zitting|actualiteit|memo|\w*brief)\b",
    re.I,
)
_MEETING = re.compile(
    r"\b(?:\w*vergadering|vergaderend|bijeen|zitting|raadscommissie|commissie \w+|voor de raad"
    r"|behandeling in de raad)\b"
    rf"(?:\s+(?:bijeen|van|op|d\.d\.|der|de|raad|gemeenteraad)){{0,4}}\W*{_WEEKDAY}$",
    re.I,
)
_FOR_MEETING = re.compile(
    r"^\W*(?:besluit|voordracht|voorstel|agenda|stukken)\b.{0,60}\bvergadering(?: van| op)?\W*$", re.I
)
"""A heading that goes on with the day of the meeting in the next line."""
_MEETING_FIELD = re.compile(
    r"^\W*(?:(?:raads|commissie|vergader|zittings)datum|datum (?:raads|commissie)?(?:vergadering|behandeling)"
    r"|(?:beoogde )?(?:behandeling (?:in )?)?(?:de )?(?:raads|commissie)?vergadering|raadscommissie"
    r"|(?:beoogde )?behandeling (?:in )?(?:de )?(?:raad|commissie)|(?:datum )?raad)"
    rf"(?: en agendapunt)?(?:\s+(?:van|op|d\.d\.)){{0,2}}(?:\W+(?:\w+ )?\w*raad)?\W*{_WEEKDAY}$",
    re.I,
)
"""A field of a form that holds the day of the meeting."""
_PAST = re.compile(r"\b(?:in|tijdens|na|sinds) (?:de|uw|onze|het|een)\b[^,;]{0,60}$", re.I)
"""Prose about another meeting."""
_CLOSED = re.compile(r"\baldus\b.{0,160}$|\b(?:besloten|aangenomen) in\b.{0,120}$", re.I | re.S)
_ADOPTED = re.compile(
    r"(?:\baldus\s)?\bvastgesteld (?:door de (?:gemeente)?raad )?in\b[^.;]{0,60}\b\w*vergadering\b[^.;]{0,60}$",
    re.I | re.S,
)
"""Closes a decision with its day; minutes close so with the day of the next meeting, which adopts them."""
_HELD = re.compile(rf"\bgehouden\b(?:\s+(?:te [A-Z][\w'’-]+|op|d\.?d\.?)){{0,3}}\W*{_WEEKDAY}$", re.I)
"""How minutes say when the meeting was that they are of."""
_LEANS_ON = re.compile(
    r"^\W*(?:gelezen|gezien|gelet op|gehoord|naar aanleiding van|in (?:antwoord|reactie) op)\b", re.I
)
"""Begins a line that names another paper, or a decision that went before."""
_MINUTES = re.compile(r"^\W*(?:\w+\s+){0,3}?\w*(?:notulen|verslag|lijst|handelingen)\b", re.I)
_OF_ANOTHER = re.compile(r"\b(?:vaststell|goedkeur|behandel|bespre[ek])", re.I)
_OTHER = re.compile(
    r"\b(?:volgende|vorige|uiterlijk|vóór|voor|tot|t/m|sinds|per|vanaf|ingang van|geboren"
    r"|(?:notulen|verslag|brief|motie) van|vastgesteld (?:op|in)|vaststell\w+ .{0,40})"
    rf"\W*(?:(?:de|het|is|raads\w*|openbare|\w*vergadering|van|op)\s+)*{_WEEKDAY}$",
    re.I,
)
_ENOUGH = 3.0
_LONGEST = 300
_TOP = 20
"""Lines from the top among which a heading or a field of a form stands."""
_EARLY = 30
"""Lines from the top among which a day alone is the paper's own."""
_HEADING = 6
"""Lines from the top among which minutes name themselves; further down, minutes are an item of a meeting."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A day, the lines that it stands in, and how much those weigh; no lines where only a name or title has it."""

    day: dt.date
    weight: float
    first: int = -1
    last: int = -1
    hint: int = -1
    """Which of the hints gave it."""


def date_of(head: Sequence[str], tail: Sequence[str], *, hints: Sequence[str]) -> Dated | None:
    """Tell the date of a paper, or None when it does not give one.

    Args:
        head: its first lines, readable.
        tail: its last lines, readable.
        hints: titles and names that may hold a date; they only help where the paper itself is silent.

    Returns:
        The day; its lines are counted through from the first of ``head`` to the last of ``tail``.
    """
    adopted = not any(_MINUTES.match(line) and not _OF_ANOTHER.search(line) for line in head[:_HEADING])
    weighed = [*_weighed(head, 0, adopted=adopted), *_weighed(tail, len(head), closing=True, adopted=adopted)]
    best = max(weighed, key=lambda found: found.weight, default=None)
    if best is not None and best.weight >= _ENOUGH:
        return best
    for number, hint in enumerate(hints):
        for day in (*(day for _, _, day in _days(hint)), *_packed(hint)):
            return Dated(day=day, weight=0.0, hint=number)
    return None


def meeting_of(head: Sequence[str]) -> Dated | None:
    """Tell the day of the meeting that a paper says it is for or from; None where it names none in so many words.

    Args:
        head: its first lines, readable.
    """
    text = "\n".join(head)
    weighed = [
        Dated(day=day, weight=weight, first=at, last=at + text.count("\n", start, end))
        for start, end, day in _days(text)
        for before, above, at in [_around(text, start)]
        if (weight := _weight_of_meeting(before, above, at))
    ]
    # A proposal passes a committee first; the meeting that it is for is the one that decides.
    return max(weighed, key=lambda found: (found.weight, -found.first), default=None)


def _weight_of_meeting(before: str, above: str, at: int) -> float:
    """Return how much a day weighs as that of the meeting that a paper is for or from; 0 if it is none."""
    named = _last_part(before)
    if _MEETING_FIELD.search(named):
        return 5.0 if "commissie" in named.lower() else 6.0
    if _ALONE.match(before) and (_FOR_MEETING.search(above) or _MEETING_FIELD.search(above)):
        return 4.0
    other = _OTHER.search(before) or _PAST.search(before) or _DECIDED.search(before[-90:])
    return 4.0 if at < _TOP and not other and _MEETING.search(before) else 0.0


def _last_part(before: str) -> str:
    """Return what stands before a date in its own field, where a form holds several in one line."""
    return re.split(r"[·|;]|\.\s", before)[-1]


def _around(text: str, start: int) -> tuple[str, str, int]:
    """Return what stands before a place in its line, the line above, and the number of the line."""
    line = text.rfind("\n", 0, start) + 1
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : max(0, line - 1)]
    # A field or heading is short; of a long line only the end is looked at, and it can be neither.
    before = text[line:start] if start - line <= _LONGEST else "x" + text[start - _LONGEST : start]
    return before, above, text.count("\n", 0, start)


def is_day(text: str) -> bool:
    """Say whether a text is nothing but a date."""
    found = _DAY.fullmatch(text.strip())
    return found is not None and _day(found) is not None


def _weighed(lines: Sequence[str], counted: int, *, closing: bool = False, adopted: bool = False) -> Iterator[Dated]:
    """Yield every day with its weight; ``adopted`` says that what was adopted in a meeting is the paper itself."""
    # In one piece, since a date may stand over a line end.
    text = "\n".join(lines)
    for start, end, day in _days(text):
        before, above, at = _around(text, start)
        weight = _weight(before, text[end:].partition("\n")[0], above, at, closing=closing)
        before_it = text[max(0, start - 200) : start]
        adopts = _ADOPTED.search(before_it) if closing else _ADOPTED.match(before)
        if (adopted and adopts) or (closing and weight >= 0 and _CLOSED.search(before_it)):
            weight = max(weight, 4.2)
        last = at + text.count("\n", start, end)
        # Of two that weigh the same the first one counts.
        yield Dated(day=day, weight=weight - at / 1000, first=counted + at, last=counted + last)


def _weight(before: str, after: str, above: str, at: int, *, closing: bool) -> float:
    """Return how much a day weighs as the paper's own; below 0 if it is that of something else."""
    flow = f"{above} {before}" if goes_on(above, before) else before
    field = _weight_of_field(before)
    if field:
        return field
    if _LEANS_ON.match(flow) or (_ALONE.match(before) and _LEANS_ON.match(above)):
        return -1.0
    top = at < _TOP and not closing and len(before) < 120
    other = bool(_OTHER.search(before))
    heading = _weight_of_heading(flow, at, other=other) if top else 0.0
    if heading and at < _HEADING:
        return heading
    alone = _weight_alone(after, above, early=at < _EARLY or closing) if _ALONE.match(before) else 0.0
    if alone:
        return alone
    meeting = _weight_of_its_meeting(before, flow) if top else 0.0
    if meeting:
        return meeting
    if other:
        return -1.0
    return heading or (0.0 if closing else _weight_in_text(before))


def _weight_of_field(before: str) -> float:
    if _FOR_IT.match(before) and len(before) < 60:
        return 6.0
    if len(before) < 90 and _DECIDED.search(before):
        return 4.6
    return 3.1 if _PUBLISHED.match(before) else 0.0


def _weight_of_heading(flow: str, at: int, *, other: bool) -> float:
    """Return how much a day weighs in a line that says what the paper is; minutes name themselves at the very top."""
    if _OF_ANOTHER.search(flow):
        return 0.0
    named = _SAYS_WHAT.match(flow) and not other
    minutes = at < _HEADING and (_MINUTES.match(flow) or _HELD.search(flow))
    return 4.5 - at / 20 if named or minutes else 0.0


def _weight_alone(after: str, above: str, *, early: bool) -> float:
    if _FOR_IT.match(above) and not any(True for _ in _days(above)):
        return 5.5
    if _FOR_MEETING.search(above):
        return 4.0
    apart = above.endswith((".", ";")) or not _OTHER.search(above + " ")
    return 4.0 if len(after) < 30 and early and apart else 0.0


def _weight_of_its_meeting(before: str, flow: str) -> float:
    if _MEETING_FIELD.search(before):
        return 3.5
    return 5.0 if invites_on(flow) else 0.0


def _weight_in_text(before: str) -> float:
    if _STAND.search(before):
        return 3.6
    return 3.4 if _MEETING.search(before) else 0.0


def _days(text: str) -> Iterator[tuple[int, int, dt.date]]:
    for match in _DAY.finditer(text):
        day = _day(match)
        if day is not None:
            yield match.start(), match.end(), day
    for match in _SHORT_DAY.finditer(text):
        with suppress(ValueError):
            yield match.start(1), match.end(), dt.date(2000 + int(match[3]), int(match[2]), int(match[1]))


def _day(match: re.Match[str]) -> dt.date | None:
    day, month, year, day2, month2, year2, year3, month3, day3 = match.groups()
    try:
        if month:
            # Letters of a scan that only look like others (*ſeptember*, *meı*) match, and need not name a month.
            name = month.casefold().replace("maart", "mrt")
            number = next((n for n, short in enumerate(SHORT_MONTHS, start=1) if name.startswith(short)), 0)
            return dt.date(int("".join(year.split())), number, int(day))
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
