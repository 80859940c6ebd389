"""Figures that tell something, apart from digits that only name a thing.

*12* in "op 12 maart", *2023* in "RIB-2023-12" and *3* in "3. Financiën" answer no question about an amount. Nor does a
figure that the question holds itself: who asks about the 412 signatures is told nothing by *412*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from council import MONTH_PATTERN
from search.dutch import STOP_WORDS, fold, terms_of

_NAMES = re.compile(
    rf"""\b[A-Z]{{1,4}}[-.]?\d[\d./-]*          # case numbers: M-2022-21, RIB-2024-38, Z-24-12560
    |^[^\w€]*(?:\d{{1,2}}(?:\.\d{{1,2}})*|\d{{3}})[.)°º]+\s          # the number of a point, or of a heading
    |^[^\w€]*\d{{1,2}}(?:\.\d{{1,2}})*\s(?=["'„“‘(]|(?-i:[A-ZÀ-Ý]))
    |\b(?:artikel|punt|agendapunt|pagina|bijlage|vraag|figuur|tabel|hoofdstuk|fase|lid)\s\d[\d.]*
    |\b(?:nrs?|afd|art|blz|pag)\.?\s?[‘’']?\d[\d.]*
    |\b\d{{1,2}}(?:e|ste|de)?\s(?:{MONTH_PATTERN})\b(?:\s(?:19|20)\d\d)?
    |\b(?:{MONTH_PATTERN})\s(?:19|20)\d\d\b
    |\b\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}\b
    |(?<![\d.,€])(?<!€\s)\b(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?\b(?![.,]\d)
    |\b\d{{1,2}}[.:]\d\d\suur\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WRITTEN = (
    "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien"
    "|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend"
)
_FIGURE = re.compile(
    rf"(?P<euro>€\s?)?(?P<sign>[-+−]\s?)?(?P<value>(?<![\w.,])\d[\d.,]*(?<![.,])|\b(?:{_WRITTEN})\b)"
    r"(?P<unit>\s?%|\s?(?:procent|miljoen|miljard|mln|mld|ton|euro)\b)?(?:[*†‡]?\s+(?P<next>[^\W\d_]+))?"
    r"(?:\s+(?P<after>[^\W\d_]+))?",
    re.IGNORECASE,
)
_MONEY = re.compile(r"euro|miljoen|miljard|mln|mld|ton", re.IGNORECASE)
_ASKS_MONEY = re.compile(
    r"\b(?:kost(?:en|te|ten)?|betaal(?:t|d|de)?|betalen|bedrag(?:en)?|duur(?:der)?|prijs|geld|euro|uit te geven)\b"
    r"|\w*(?:krediet|kosten|budget|bezuiniging(?:en)?|besparing(?:en)?|tekort|subsidie|vergoeding|boete|uitgaven"
    r"|uitgeven|inkomsten|opbrengst(?:en)?|tegenvaller|schade|lasten|bijdrage)\b",
    re.IGNORECASE,
)
_ASKS_RATE = re.compile(r"\b(?:\w*tarief|tarieven)\b", re.IGNORECASE)
_ASKS_SHARE = re.compile(r"\b(?:percentage|procent|aandeel|welk deel)\b|%", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"\b(?:hoe\s?vee?l|aantal)\s+(?:(?:extra|meer|minder|andere|nieuwe|verschillende|van|de|die|deze|dit)\s+)*"
    r"([^\W\d_]+)(?:\s+([^\W\d_]+))?",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"(?:is|zijn|was|waren|werd|werden|wordt|worden|heeft|hebben|had|hadden|kan|kunnen|mag|mogen|moet|moeten|zal|zullen|gaat|gaan"
    r"|ging|gingen|komt|komen|kwam|kwamen|krijgt|krijgen|kreeg|kregen|kost|kosten|kostte|blijft|blijven|bleef|bleven|trok|trekt"
    r"|trekken|steeg|stegen|stijgt|stijgen|daalde|daalden|daalt|dalen|slonk|groeide|groeit|nam|neemt|nemen|ligt|lag|lagen|wil|wilde"
    r"|willen|vraagt|vroeg|geeft|geven|gaf|gaven|betaalt|betalen|betaalde|levert|leverde|scheelt|bedraagt|bedroeg|verdient|verdienen)",
    re.IGNORECASE,
)
"""What may stand behind *hoeveel* and is counted by nobody: *Hoeveel bleef er over?*"""
_HOW_LONG = re.compile(r"\bhoe\s?(?:lang|snel)\b", re.IGNORECASE)
_SPANS = frozenset("seconde seconden minuut minuten uur uren dag dagen week weken maand maanden jaar jaren".split())


class Unit(StrEnum):
    """What a figure counts, where that can be read off it."""

    MONEY = "money"
    SHARE = "share"
    SPAN = "span"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a question wants counted."""

    units: frozenset[Unit] = frozenset()
    """Any of these will do; none where the question does not say."""
    things: frozenset[str] = frozenset()
    """Terms of what is counted, as *trainingsuren* after *hoeveel*."""
    besides: frozenset[str] = frozenset()
    """Figures that the question holds already."""


def figures(text: str) -> frozenset[str]:
    """Return the figures in a text that tell something, as they are written, in lower case."""
    return frozenset(figure.value for figure in _parsed(text))


@lru_cache(maxsize=64)
def wanted(question: str) -> Wanted:
    """Return what a question wants counted, as far as its words say so."""
    besides = figures(question)
    many = _HOW_MANY.search(question)
    if many and not _NO_THING.fullmatch(many[1]) and not _ASKS_MONEY.search(" ".join(filter(None, many.groups()))):
        things = _terms(many.groups())
        if things:
            return Wanted(units=frozenset({Unit.OTHER}), things=things, besides=besides)
    units = (
        {Unit.SPAN}
        if _HOW_LONG.search(question)
        else {Unit.SHARE}
        if _ASKS_SHARE.search(question)
        else {Unit.MONEY, Unit.SHARE}
        if _ASKS_RATE.search(question)
        else {Unit.MONEY}
        if _ASKS_MONEY.search(question)
        else set[Unit]()
    )
    return Wanted(units=frozenset(units), besides=besides)


def told(text: str, asked: Wanted) -> frozenset[str]:
    """Return the figures in a text that the question does not hold already."""
    return figures(text) - asked.besides


def counts(text: str, asked: Wanted) -> bool:
    """Say whether a text tells a figure that counts what is asked for."""
    return any(
        bool(asked.things & figure.things) if asked.things else figure.unit in asked.units
        for figure in _parsed(text)
        if figure.value not in asked.besides
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Figure:
    """A figure as it is written, its unit, and the terms of the two words after it."""

    value: str
    unit: Unit
    things: frozenset[str]


# The same sentences come back in question after question, and reading them is most of the work.
@lru_cache(maxsize=8_000)
def _parsed(text: str) -> tuple[_Figure, ...]:
    return tuple(
        _Figure(value=found["value"].lower(), unit=_unit(found), things=_terms((found["next"], found["after"])))
        for found in _FIGURE.finditer(_NAMES.sub(" ", text))
    )


def _unit(found: re.Match[str]) -> Unit:
    unit = (found["unit"] or "").strip().lower()
    if found["euro"] or (unit and _MONEY.fullmatch(unit)):
        return Unit.MONEY
    if unit in ("%", "procent"):
        return Unit.SHARE
    return Unit.SPAN if fold(found["next"] or "") in _SPANS else Unit.OTHER


def _terms(words: tuple[str | None, ...]) -> frozenset[str]:
    return frozenset(term for word in words if word and fold(word) not in STOP_WORDS for term in terms_of(word))
