"""What a heading looks like: numbering, known names, capitals, a short line alone; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from council import MONTH_PATTERN
from search.dutch import STOP_WORDS
from search.tables import LINES_AT_HAND

_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?)([.)°º]?)\s+(?=[A-ZÀ-Ý„“‘\"'(])")
_NAMED = re.compile(
    r"^(?:(?:Hoofdstuk|Paragraaf|Afdeling|Titel|Artikel|Bijlage|Deel|Programma|Agendapunt|Beslispunt|Aanbeveling|"
    r"Conclusie|Onderdeel)\s+(?:[\dIVXLC]+(?:[.:]\d+)*[a-z]?|[A-Z])\b[.:]?.*)$"
)
_FORM_FIELD = re.compile(r"^(?:Agendapunt|Nummer)\s*:?\s*\d{1,3}[a-z]?$")
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
_CONTENTS = frozenset({"index", "register", "inhoud", "inhoudsopgave"})
_BACK_MATTER = _CONTENTS | {"presentielijst", "colofon"}
_LABEL = re.compile(
    r"^(?:Geachte|Beste|Aan:|Aan de|Betreft|Onderwerp|Behandeld door|Datum|Kenmerk|Portefeuillehouder|Zaaknummer|"
    r"Nummer|Bijlagen?:|Raadsvergadering|Agendapunt|Ingediend|Steller|Contact|Afzender|[UO](?:w|ns) kenmerk|"
    r"Soort vergadering|Doorkiesnummer|Gemeenteblad)\b"
)
"""What the lines of a letterhead begin with: each stands on its own."""
_SALUTATION = re.compile(r"^(?:Geachte|Beste)\b.{0,60},$")
_ADDRESS = re.compile(
    r"^Postbus\b|\b\d{4}\s?[A-Z]{2}\b|@|\bwww\.|https?:|^(?:Telefoon|Fax|E-?mai[lt]|Bezoekadres|Postadres|Locatie|"
    r"Plaats|Tijd|Aanvang|Bron|Kopie aan|Pagina|Vergaderdatum|Publicatiedatum)\b|"
    r"(?:straat|weg|laan|plein|gracht|kade|dijk|singel|markt|park|haven)\s\d{1,4}\s?[a-zA-Z]?$",
    re.IGNORECASE,
)
"""What stands in a letterhead, or under a figure, and begins nothing."""
_PERSON = re.compile(
    r"^(?:De heer|Dhr|Mevrouw|Mevr|Mw|Wethouder|Burgemeester|Secretaris|Griffier|Fractievoorzitter|Raadslid|"
    r"Voorzitter|Directeur|Hoogachtend|Met vriendelijke groet)\b|^(?:[A-Z]\.\s?)+(?:[a-z]+\s)*[A-Z]"
)
"""Who signs or is addressed."""
_SAYS = re.compile(r"\b(?:u|ik|wij|wordt|worden|heeft|hebben|hebt)\b|\.(?:nl|com|org|eu|pdf)\b", re.IGNORECASE)
"""What stands in a sentence, or an address on the web, and hardly in a heading that asks nothing."""
_NOTE_TO = re.compile(r"\((?:19|20)\d\d\)|\blid \d|https?:|\bibid")
"""What stands in a footnote: *5 TNO (2021): …*."""
_BULLET = re.compile(r"^(?:[•●▪◦○■□–—*·-]\s*\S|(?:\d{1,2}[.)°º]|[a-z][.)]|[ivx]{1,4}[.)])\s+\S)")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_NAME_PARTS = frozenset({"der", "den", "ter", "ten", "'t", "’t", "‘t", "nr.", "d.d.", "art.", "dhr.", "mw."})
_OPEN = _NAME_PARTS | frozenset("van de het een en of te met voor tot in bij door als dat die deze".split())
_ENTRY = re.compile(rf"^(?:\d{{1,2}}\s(?:{MONTH_PATTERN})(?:\s\d{{4}})?\s+)?[A-Z]{{1,3}}-\d{{2,4}}-\d")
"""A line of a list that begins with a number such as *T-2024-15*, or with the day that it must be done by."""
_FIGURE = re.compile(rf"\d[.,]\d|\d%|€|\b[A-Z]{{1,3}}-\d{{2,4}}-\d|\b(?:{MONTH_PATTERN})\s\d{{4}}$")
"""What a short line of a plan or a list tells and a heading does not: an amount, a number of a case, a date."""
_LABELLED = re.compile(r"\w:\s")
_TO_DO = re.compile(r"\bte\s+\w{2,}(?:en|aan|ien|oen)\b")
_QUESTION = 45
"""Characters; a longer numbered question asks something, a shorter one may head what answers it."""
DECISION_LEVEL = 6
"""How deep *Besluit:* and the like stand in minutes, where they belong to a motion that is read into them."""
MOTION_LEVEL = 5
ENTRY_LEVEL = 4
"""How deep the entries of a numbered list (*32° Raadsadres van …*) stand."""
PLAIN_LEVEL = 3
"""How deep a short line alone stands, which is a heading by nothing but its shortness."""
ITEM_LEVEL = 2
"""How deep an agenda item stands; from here up a passage never runs on into the next part."""


@lru_cache(LINES_AT_HAND)
def ends(text: str) -> bool:
    """Say whether a line ends as a sentence does."""
    return _ENDS.search(text) is not None


def hangs(text: str) -> bool:
    """Say whether a line stops at a word that cannot be the last of a sentence or a title."""
    last = text.rsplit(None, 1)[-1].lower()
    return text.endswith((",", "-", "€")) or last in STOP_WORDS or last in _NAME_PARTS


def _is_open(text: str) -> bool:
    """Say whether a text stops where no title does: *van de*, *tot het*; a title may well end with *over*."""
    return text.endswith((",", "-", "€")) or text.rsplit(None, 1)[-1].lower() in _OPEN


@lru_cache(LINES_AT_HAND)
def stands_alone(text: str) -> bool:
    """Say whether a line begins something new by its first words: a list item, a named part, a letterhead's label."""
    begins = _BULLET.match(text) or _NAMED.match(text) or _LABEL.match(text) or _ENTRY.match(text)
    return begins is not None or _has_leaders(text)


def _has_leaders(text: str) -> bool:
    """Say whether a line holds the dots between a title and its page in a table of contents."""
    return "...." in text or ". . . . " in text or "……" in text


def is_salutation(text: str) -> bool:
    """Say whether a line addresses the reader of a letter."""
    return _SALUTATION.match(text) is not None


def is_contents(path: Sequence[str]) -> bool:
    """Say whether what stands under these headings, the highest first, is a table of contents or an index."""
    return any(heading.rstrip(":").strip().casefold() in _CONTENTS for heading in path)


def is_named(text: str) -> bool:
    """Say whether a line names a numbered part: *Artikel 4*, *Bijlage 1*."""
    return _NAMED.match(text) is not None


def is_numbered(text: str) -> bool:
    """Say whether a line begins with the number of a heading."""
    return _NUMBERED.match(text) is not None


@lru_cache(LINES_AT_HAND)
def title_like(text: str) -> bool:
    """Say whether one line is certainly a heading by its looks."""
    bare = text.rstrip(":").strip().casefold()
    if bare in _KNOWN or bare in _BACK_MATTER:
        return True
    if (ends(text) and not text.endswith("?")) or _has_leaders(text):
        return False
    if is_numbered(text) and len(text) <= 90:
        return True
    return len(text) <= 80 and _in_capitals(text)


def level_of(lines: list[str], *, minutes: bool, spoken: bool) -> int:
    """Return the depth of a heading, 1 for the highest, or 0 for what is none.

    Args:
        lines: the lines of one paragraph.
        minutes: whether the paper tells who says what; then *Besluit:* belongs to what is read into it.
        spoken: whether somebody is speaking, so that a short line is more likely a short sentence.
    """
    text = " ".join(lines)
    if len(lines) > 3 or len(text) > 160 or _FORM_FIELD.match(text) or _has_leaders(text):
        return 0
    bare = lines[0].rstrip(":").strip().casefold()
    if len(lines) == 1 and bare in _BACK_MATTER:
        return ITEM_LEVEL
    if bare in _KNOWN:
        if not lines[0].endswith(":"):
            return ITEM_LEVEL
        return DECISION_LEVEL if minutes else PLAIN_LEVEL
    if (ends(text) and not text.endswith("?")) or _is_open(text):
        return 0
    return _level_by_looks(text, spoken=spoken, single=len(lines) == 1)


def _level_by_looks(text: str, *, spoken: bool, single: bool) -> int:
    numbered = _NUMBERED.match(text)
    if numbered and len(text) <= 140:
        return _numbered_level(text, numbered)
    if _NAMED.match(text) and len(text) <= 140:
        return ITEM_LEVEL
    if _ADDRESS.search(text) or _LABEL.match(text):
        return 0
    if _in_capitals(text):
        return 1
    plain = single and 3 < len(text) <= 70 and text[0].isupper() and not any(c in text for c in ",|")
    figures = _FIGURE.search(text)
    labelled = ":" in text and _LABELLED.search(text)
    short = len(text.split()) <= 9 and not figures and not labelled and not _BULLET.match(text)
    told = _PERSON.match(text) or (_SAYS.search(text) and not text.endswith("?"))
    return PLAIN_LEVEL if plain and short and not told and not spoken else 0


def _numbered_level(text: str, numbered: re.Match[str]) -> int:
    depth = numbered[1].count(".")
    rest = text[numbered.end() :]
    if text.endswith("?") and not depth and len(text) > _QUESTION:
        return 0
    if not depth and ((len(text) > 60 and _TO_DO.search(rest)) or (not numbered[2] and _NOTE_TO.search(rest))):
        return 0
    if numbered[2] in ("°", "º"):
        return MOTION_LEVEL if rest.startswith(("Motie", "Amendement")) else ENTRY_LEVEL
    return ITEM_LEVEL + depth


def _in_capitals(text: str) -> bool:
    if not text.isupper():
        return False
    letters = [c for c in text if c.isalpha()]
    # One word in capitals is a letterhead or an abbreviation more often than a heading.
    several = len(text.split()) > 1
    return several and len(letters) >= 5 and text[0].isalnum() and all(c.isupper() for c in letters)
