"""Who begins to speak on a line: the labels of verbatim minutes, and the sentences of minutes that report.

*De heer JANSEN (VVD):* gives what follows to that member, until another speaks or the next agenda item begins.
*Mevrouw Bos (D66) vraagt of …* gives that paragraph and no more. What stands within a contribution about another
member (*De heer Jansen heeft gelijk: …*) is no label: words are never put into another's mouth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from search.address import ADDRESSED, GUESTS, OFFICE
from search.tables import LINES_AT_HAND

_PARTICLES = frozenset(
    "van de den der het 't ’t ‘t te ten ter in op el al la le du von zu da dos d’ d' en aan bij tot uit von".split()
)
_OPENS = re.compile(r"^(\(|\[)?\s*(?:\*\*|__)?\s*(?:(?:Spreker|Spreekster|Woordvoerder)\s*:\s*)?")
_BRACKETS = re.compile(r"\s*\(([^()]{1,60})\)")
_LABEL_LENGTH = 90
_NAME_WORDS = 6
_REPORTS = frozenset(
    """zegt zei vraagt vroeg stelt stelde geeft gaf deelt deelde merkt merkte vindt vond antwoordt antwoordde reageert
    reageerde licht lichtte verklaart verklaarde wijst wees benadrukt benadrukte concludeert concludeerde constateert
    constateerde opent opende sluit sloot schorst schorste heropent heropende hervat hervatte dankt dankte bedankt
    bedankte meldt meldde dient diende trekt trok herinnert herinnerde noemt noemde verwijst verwees verzoekt verzocht
    spreekt sprak kondigt kondigde leest las legt legde wil wilde wenst wenste hoopt hoopte meent meende acht achtte
    pleit pleitte steunt steunde roept riep brengt bracht bevestigt bevestigde betoogt betoogde informeert informeerde
    zegde onderschrijft onderschreef beaamt beaamde memoreert memoreerde interrumpeert interrumpeerde
    ondersteunt ondersteunde complimenteert complimenteerde feliciteert feliciteerde begrijpt begreep betreurt betreurde
    waardeert waardeerde verwacht verwachtte vreest vreesde twijfelt twijfelde adviseert adviseerde denkt dacht hecht
    hechtte kiest koos mist miste ziet zag bestrijdt bestreed herhaalt herhaalde nuanceert nuanceerde schetst
    schetste suggereert suggereerde waarschuwt waarschuwde""".split()
)
"""What minutes say that somebody does; told of a member with title and name at the beginning of a paragraph."""
_CHAIR = re.compile(r"^De\s+voorzit(?:ter|ster)\s+([a-zë]+)\b", re.IGNORECASE)
_RITUAL = re.compile(
    r"""^(?:Aan\sde\sorde\s(?:is|zijn|komt|komen)\b
        |(?:De\s(?:moties?|voordracht|voordrachten|amendementen|subamendementen)|Het\s(?:sub)?(?:amendement|voorstel))\b
            .{0,160}\b(?:wordt|worden)\s(?:hierop\s|hierna\s|vervolgens\s|daarop\s)?
            (?:bij\szitten|bij\shandopsteken|met\salgemene\sstemmen|zonder\s(?:hoofdelijke\s)?stemming|met\s\d+\sstemmen)
        |De\s(?:discussie|beraadslaging(?:en)?|algemene\sbeschouwingen)\b.{0,40}\b(?:wordt|worden)\s(?:gesloten|geopend|geschorst))
    """,
    re.VERBOSE,
)
"""What the clerk writes between two contributions: what comes up, and how the council votes."""
_GIVES_THE_WORD = re.compile(
    r"^De\s+voorzit(?:ter|ster)\s+geeft\s+(?:hierna|vervolgens|eerst|nu)?\s*het\s+woord\b", re.I
)


_MEMBER = re.compile(
    r"\b(?:[Dd]e\s+heer|[Mm]evrouw|[Dd]hr\.|[Mm]w\.)\s+([^\s(),.:;][^(),.:;]{1,40}?)\s+\(([A-Z\d][^()]{0,30})\)"
)


class Manner(StrEnum):
    """How a line tells who speaks."""

    SPEAKS = "speaks"
    """A label: what follows is said by this person."""
    REPORTED = "reported"
    """A sentence that reports what this person said: this paragraph, and no more."""
    NOTE = "note"
    """The clerk tells what the chair does; nobody is quoted."""
    GIVES = "gives"
    """The clerk tells to whom the chair gives the floor."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """Who begins to speak, and how the line tells it."""

    manner: Manner
    label: str
    """As it is printed, without brackets that hold no party; empty for what nobody says."""
    aside: bool = False
    """An interruption between brackets, after which the speaker before goes on."""


@lru_cache(LINES_AT_HAND)
def turn_of(text: str) -> Turn | None:
    """Return who begins to speak on a line, or None when nobody does."""
    opens = _OPENS.match(text)
    aside = bool(opens and opens[1])
    bare = text[opens.end() :] if opens else text
    chair = _CHAIR.match(bare)
    if chair and not aside and chair[1].lower() in _REPORTS:
        gives = _GIVES_THE_WORD.match(bare)
        return Turn(manner=Manner.GIVES if gives else Manner.NOTE, label="")
    if not aside and _RITUAL.match(bare):
        return Turn(manner=Manner.NOTE, label="")
    label = _label(bare)
    if label:
        return Turn(manner=Manner.SPEAKS, label=label, aside=aside)
    return None if aside else _reported(bare)


def may_begin(text: str) -> bool:
    """Say whether somebody with a label begins to speak on a line."""
    found = turn_of(text)
    return found is not None and found.manner is Manner.SPEAKS


def parties_in(texts: Iterable[str]) -> dict[str, str]:
    """Return the party of each member whom a paper names with one and only one, as the list of who is present does.

    Args:
        texts: the paragraphs of one paper.

    Returns:
        Parties by :func:`name_key`.
    """
    found: dict[str, set[str]] = {}
    for text in texts:
        for name, party in _MEMBER.findall(text):
            found.setdefault(name_key(name), set()).add(party)
    return {name: next(iter(parties)) for name, parties in found.items() if len(parties) == 1}


def name_key(name: str) -> str:
    """Return a surname so that *VAN ’T WOUT* and *Van 't Wout* are one."""
    return " ".join(name.casefold().replace("‘", "'").replace("’", "'").split())


def _label(bare: str) -> str:
    """Return the label before the colon, or nothing where there is none."""
    head, colon, after = bare[: _LABEL_LENGTH + 1].partition(":")
    if not colon or (after and not after[0].isspace() and after[0] != "*"):
        return ""
    said = bare[len(head) + 1 :].strip("*_ \t")
    name, brackets = _split(head.strip("*_ \t"))
    if name[:1].isupper() and OFFICE.fullmatch(name):
        return _with_party(name, brackets) if _is_speech(said) else ""
    titled = ADDRESSED.match(name) if name[:1].isupper() else None
    if titled:
        return _with_party(name, brackets) if _is_name(name[titled.end() :]) else ""
    known = _party(brackets) or any(OFFICE.fullmatch(held) for held in brackets)
    return _with_party(name, brackets) if known and _is_name(name) and _is_speech(said) else ""


def _reported(bare: str) -> Turn | None:
    titled = ADDRESSED.match(bare)
    if not titled or not bare[:1].isupper():
        return None
    words = _BRACKETS.sub("", bare[titled.end() : titled.end() + _LABEL_LENGTH]).split()
    for at, word in enumerate(words[: _NAME_WORDS + 1]):
        if word in _REPORTS and at and _is_name(" ".join(words[:at])):
            end = re.search(rf"\s{re.escape(word)}\b", bare[titled.end() :])
            label = bare[: titled.end() + end.start()] if end else ""
            return Turn(manner=Manner.REPORTED, label=_with_party(*_split(label)))
    return None


def _split(label: str) -> tuple[str, list[str]]:
    """Return a label without its brackets, and what stands in them."""
    return " ".join(_BRACKETS.sub(" ", label).split()), _BRACKETS.findall(label)


def _party(brackets: list[str]) -> str:
    """Return what can be a party: *(VVD)* or *(50PLUS)*, and not *(stemverklaring)*."""
    able = (held.strip() for held in brackets if held[:1].isupper() or held[:1].isdigit())
    return next((held for held in able if any(c.isalpha() for c in held)), "")


def _with_party(name: str, brackets: list[str]) -> str:
    # An inspreker's brackets say who they are and not for which party they speak; they stay as they are printed.
    held = _party(brackets) or next((b for b in brackets if name.lower().startswith(GUESTS)), "")
    return f"{name} ({held})" if held else name


def _is_name(text: str) -> bool:
    """Say whether all words are those of a name: capitals, initials and words such as *van der*."""
    words = text.replace(",", " ").split()
    if not 0 < len(words) <= _NAME_WORDS or (
        any(c in text for c in ".!?;") and not re.search(r"\b[A-Z]\.|\bdrs?\.", text)
    ):
        return False
    names = [word for word in words if word.lower() not in _PARTICLES]
    return bool(names) and all(_is_name_word(word) for word in names)


def _is_name_word(word: str) -> bool:
    first = word.lstrip("’‘'\"(")[:1]
    return first.isupper() or word.lower() in ("mr.", "drs.", "dr.", "ir.", "ing.", "prof.", "mr", "dr", "ir")


def _is_speech(text: str) -> bool:
    """Say whether what follows a bare office is said by it: *Voorzitter: Ik open …*, and not *Voorzitter: A. Bos*."""
    words = text.split()
    if not words:
        return True
    if not text.lstrip("\"“„'‘’(…. ")[:1].isupper():
        return False
    common = [word for word in words[:8] if word[:1].islower() and word.lower().strip(",.") not in _PARTICLES]
    return bool(common) or (len(words) <= 4 and words[-1].endswith((".", "!", "?")))
