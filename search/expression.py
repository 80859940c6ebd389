"""The language of search engines, as council members know it from the web: what each sign and field means.

==========================  ======================================================================
``"vrij parkeren"``         these words, side by side, as they are spelt
``-huur``, ``-"te koop"``   not in passages that hold this
``a OR b``, ``a OF b``      at least one of the two
``soort:motie``             only this kind of paper (``kind:``, ``type:``)
``jaar:2024``               only papers of this year (``year:``); ``datum:`` takes a year, a month or a day (``date:``)
``van:…`` ``tot:…``         only papers from, and up to and including, a year, a month or a day (``from:``, ``to:``)
``fractie:VVD``             what this party said or handed in (``partij:``, ``party:``)
``spreker:Jansen``          what this person said (``speaker:``)
``orgaan:rekenkamer``       only papers of this body (``body:``)
``dossier:Z-22-10483``      only papers of this case (``zaak:``, ``zaaknummer:``, ``case:``)
==========================  ======================================================================

A value of several words stands between quotes: ``spreker:"De Vries"``. A hyphen within a word is a hyphen. What cannot
be understood is searched as plain words, with a remark that says so; nothing that is typed is an error.

In a sentence the signs are prose: who quotes an article in a question does not ask for papers that hold the quote. So a
text that ends as a sentence does, or has more than a dozen plain words, is taken at its words; only fields that can be
read narrow it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from council import Expression, Filters, Kind, Misread, Remark, Wish
from search.dutch import fold

FIELDS = {
    "soort": "kind", "kind": "kind", "type": "kind",
    "jaar": "date", "year": "date", "datum": "date", "date": "date",
    "van": "from", "vanaf": "from", "from": "from", "since": "from",
    "tot": "to", "t/m": "to", "to": "to", "until": "to",
    "fractie": "party", "partij": "party", "party": "party",
    "spreker": "speaker", "speaker": "speaker",
    "orgaan": "body", "body": "body",
    "dossier": "case", "zaak": "case", "zaaknummer": "case", "case": "case",
}  # fmt: skip
"""What each field is called, in Dutch and in English."""
_OWN_NAMES = {kind.value.replace("_", ""): kind for kind in Kind}
_KINDS = {
    **_OWN_NAMES,
    "voorstel": Kind.RAADSVOORSTEL, "proposal": Kind.RAADSVOORSTEL, "besluit": Kind.RAADSBESLUIT,
    "decision": Kind.RAADSBESLUIT, "amendment": Kind.AMENDEMENT, "motion": Kind.MOTIE,
    "vragen": Kind.SCHRIFTELIJKE_VRAGEN, "questions": Kind.SCHRIFTELIJKE_VRAGEN,
    "raadsvragen": Kind.SCHRIFTELIJKE_VRAGEN, "rib": Kind.RAADSINFORMATIEBRIEF, "brief": Kind.RAADSINFORMATIEBRIEF,
    "promise": Kind.TOEZEGGING, "ingekomenbrief": Kind.INGEKOMEN_STUK, "besluiten": Kind.BESLUITENLIJST,
    "minutes": Kind.NOTULEN, "verslag": Kind.NOTULEN, "budget": Kind.BEGROTING, "jaarrekening": Kind.JAARSTUKKEN,
    "jaarverslag": Kind.JAARSTUKKEN, "bylaw": Kind.VERORDENING, "report": Kind.RAPPORT, "annex": Kind.BIJLAGE,
}  # fmt: skip
_QUOTES = '"“”„‟«»″'
_OPEN = "“„«"
_CLOSE = {"“": "”", "„": "”“", "«": "»"}
_FIELD = re.compile(r"([a-z/]{2,10}):", re.IGNORECASE)
_ENDS = ",;.?!…"
_OR = frozenset({"OR", "OF"})
_PROSE = 12
"""More plain words than this are a sentence, whatever it ends with."""
_MOST = 40
"""Parts of a question that are looked at; what comes after is plain words."""
_YEAR = re.compile(r"([12]\d{3})")
_MONTH = re.compile(r"([12]\d{3})-(\d{1,2})")
_DAY = re.compile(r"([12]\d{3})-(\d{1,2})-(\d{1,2})")
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]([12]\d{3})")
Period = tuple[dt.date, dt.date]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """A stretch of a question: a word or a quoted phrase, with what stood before it."""

    text: str
    raw: str
    exact: bool = False
    minus: bool = False
    field: str = ""


@dataclass(kw_only=True, slots=True)
class _Reading:
    """What was understood so far."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    either: list[tuple[Wish, ...]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    excluding: list[str] = field(default_factory=list)
    filters: Filters = field(default_factory=Filters)
    remarks: list[Remark] = field(default_factory=list)


def parse(text: str) -> Expression:
    """Take a question apart.

    Args:
        text: whatever was typed.

    Returns:
        What it asks for. An expression that makes no sense comes back as plain words, with remarks.
    """
    reading = _Reading()
    parts = list(_parts(text, reading.remarks))
    if _is_prose(text, parts):
        return _prose(text, parts)
    at = 0
    while at < len(parts):
        group = _alternatives(parts, at)
        if len(group) > 1:
            _read_either(group, reading)
            at += 2 * len(group) - 1
        else:
            _read(parts[at], reading)
            at += 1
    _must_ask_something(reading)
    return Expression(
        words=" ".join(" ".join(reading.words).split()),
        phrases=tuple(dict.fromkeys(reading.phrases)),
        either=tuple(dict.fromkeys(reading.either)),
        without=tuple(dict.fromkeys(reading.without)),
        filters=reading.filters,
        remarks=tuple(dict.fromkeys(reading.remarks)),
    )


def period(text: str) -> Period | None:
    """Return the first and the last day that a year, a month or a day stands for, or None for what is none of them."""
    try:
        if found := _YEAR.fullmatch(text):
            return dt.date(int(found[1]), 1, 1), dt.date(int(found[1]), 12, 31)
        if found := _MONTH.fullmatch(text):
            year, month = int(found[1]), int(found[2])
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        if found := _DAY.fullmatch(text):
            day = dt.date(int(found[1]), int(found[2]), int(found[3]))
            return day, day
        if found := _DUTCH_DAY.fullmatch(text):
            day = dt.date(int(found[3]), int(found[2]), int(found[1]))
            return day, day
    except ValueError:
        return None
    return None


def _is_prose(text: str, parts: list[_Part]) -> bool:
    plain = sum(not (part.exact or part.minus or part.field) for part in parts)
    return plain > _PROSE or text.rstrip().rstrip(_QUOTES)[-1:] in tuple("?.!…")


def _prose(text: str, parts: list[_Part]) -> Expression:
    """Return a sentence as its words, less the fields in it that can be read."""
    reading = _Reading()
    signs = []
    for part in parts:
        before = len(reading.remarks)
        if part.field and not part.minus:
            _read_field(part, reading)
            if len(reading.remarks) == before:
                # What ends the sentence ends it still, though its last word was a field.
                text = text.replace(part.raw, part.raw[len(part.raw.rstrip(_ENDS)) :] or " ", 1)
        elif _has_words(part.text) and (part.exact or part.minus or _is_or(part)):
            signs.append(part.raw)
    # A colon at the end of a word is prose too: *Ik word 18 jaar: wat nu?*
    remarks = [remark for remark in reading.remarks if remark.code is not Misread.EMPTY_FIELD]
    if signs:
        remarks.append(Remark(code=Misread.SENTENCE, text=signs[0][:60]))
    return Expression(words=" ".join(text.split()), filters=reading.filters, remarks=tuple(remarks))


# Cutting into parts


def _parts(text: str, remarks: list[Remark]) -> Iterator[_Part]:
    at, seen = 0, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        if seen == _MOST:
            yield _Part(text=text[at:], raw="")
            return
        part, at = _part(text, at, remarks)
        seen += 1
        yield part


def _part(text: str, start: int, remarks: list[Remark]) -> tuple[_Part, int]:
    """Return the part that begins at ``start``, and where it ends."""
    at = start
    minus = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
    at += minus
    name = ""
    if found := _FIELD.match(text, at):
        name = FIELDS.get(found[1].lower(), "")
        at = found.end() if name else at
    if at < len(text) and text[at] in _QUOTES:
        closing = next((i for i in range(at + 1, len(text)) if _closes(text[at], text[i])), -1)
        if closing > 0:
            inner, end = text[at + 1 : closing], closing + 1
            return _Part(text=inner.strip(), raw=text[start:end], exact=True, minus=minus, field=name), end
        remarks.append(Remark(code=Misread.UNCLOSED_QUOTE, text=text[at : at + 60].strip()))
        return _Part(text="", raw=""), at + 1
    end = next((i for i in range(at, len(text)) if text[i].isspace()), len(text))
    # A quote in the middle of a word opens no phrase: a 6"-leiding is a pipe.
    return _Part(text=text[at:end], raw=text[start:end], minus=minus, field=name), end


def _closes(opened: str, sign: str) -> bool:
    return sign in _CLOSE.get(opened, "") or (sign in _QUOTES and sign not in _OPEN)


# Understanding


def _alternatives(parts: list[_Part], at: int) -> list[_Part]:
    """Return the parts that are joined by OR from ``at`` on; one part is no choice."""
    group = [parts[at]]
    while at + 2 < len(parts) and _is_or(parts[at + 1]) and not (_is_or(parts[at + 2]) or _is_or(group[-1])):
        at += 2
        group.append(parts[at])
    return group if all(not (part.minus or part.field) and part.text for part in group) else group[:1]


def _is_or(part: _Part) -> bool:
    return part.raw in _OR and not part.exact


def _read_either(group: Iterable[_Part], reading: _Reading) -> None:
    wishes = tuple(Wish(text=part.text, exact=part.exact) for part in group if _has_words(part.text))
    if wishes:
        reading.either.append(wishes)
        reading.words += [wish.text for wish in wishes]


def _read(part: _Part, reading: _Reading) -> None:
    if _is_or(part):
        reading.remarks.append(Remark(code=Misread.LOOSE_OR, text=part.text))
    elif part.minus and part.field:
        reading.remarks.append(Remark(code=Misread.FIELD_WITHOUT, text=part.raw[:60]))
        reading.words.append(part.text)
    elif part.field:
        _read_field(part, reading)
    elif part.minus and _has_words(part.text):
        reading.without.append(part.text)
        reading.excluding.append(part.raw)
    elif part.exact and _has_words(part.text) and not part.minus:
        reading.phrases.append(part.text)
        reading.words.append(part.text)
    else:
        reading.words.append(part.raw or part.text)


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in fold(text))


def _read_field(part: _Part, reading: _Reading) -> None:
    """Add a filter; what cannot be one is words."""
    filters, value = reading.filters, part.text.strip().strip(_ENDS)
    remark: Misread | None = None
    if not value:
        remark = Misread.EMPTY_FIELD
    elif part.field == "kind":
        kind = kind_of(value)
        if kind is None:
            remark = Misread.UNKNOWN_KIND
        else:
            reading.filters = replace(filters, kinds=filters.kinds | {kind})
    elif part.field in ("date", "from", "to"):
        remark = _read_days(part.field, value, reading)
    else:
        name = {"party": "parties", "speaker": "speakers", "body": "bodies", "case": "case_numbers"}[part.field]
        known: frozenset[str] = getattr(filters, name)
        reading.filters = replace(filters, **{name: known | {value}})  # type: ignore[arg-type]
    if remark:
        reading.remarks.append(Remark(code=remark, text=part.raw[:60]))
        reading.words.append(value)


def kind_of(value: str, *, own_name: bool = False) -> Kind | None:
    """Return the kind of paper that words name, in the singular or the plural; None for what names none.

    Args:
        value: as it was typed.
        own_name: whether only a kind's own name will do, and no other word for it, such as *brief*.
    """
    bare = "".join(c for c in fold(value) if c.isalnum())
    stump = bare.removesuffix("en")
    # raadsvoorstellen, moties, amendementen, verordeningen
    forms = (bare, bare.removesuffix("s"), stump, stump[:-1] if stump[-2:-1] == stump[-1:] else stump)
    names = _OWN_NAMES if own_name else _KINDS
    return next((names[form] for form in forms if form in names), None)


def _read_days(name: str, value: str, reading: _Reading) -> Misread | None:
    """Narrow the period; return what is wrong where it makes none."""
    found = period(value)
    if found is None:
        return Misread.BAD_DATE
    old = reading.filters
    if name == "date" and _YEAR.fullmatch(value):
        # Several years are a choice; a month or a day is a period.
        reading.filters = replace(old, years=old.years | {found[0].year})
        return None
    first = found[0] if name in ("date", "from") else old.date_from
    last = found[1] if name in ("date", "to") else old.date_to
    if first and last and first > last:
        return Misread.SWAPPED_DATES
    reading.filters = replace(old, date_from=first, date_to=last)
    return None


def _must_ask_something(reading: _Reading) -> None:
    """Make words of exclusions that stand alone: all papers but some is no question."""
    asks = reading.words or reading.phrases or reading.either or reading.filters != Filters()
    if reading.without and not asks:
        reading.remarks.append(Remark(code=Misread.ONLY_WITHOUT, text=" ".join(reading.excluding)[:60]))
        reading.words += reading.without
        reading.without.clear()
