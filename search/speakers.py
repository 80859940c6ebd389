"""Who speaks and for which party: what the label above a contribution says, and who handed a paper in.

A party goes by the name that is printed behind a speaker, mostly initials. A name of several words is brought to its
initials (*Partij van de Arbeid*: PvdA), so that a motion of that party and a contribution for it are found together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from council import Document, Kind
from search.address import ADDRESSED, GUESTS, OFFICE
from search.dutch import fold

_PARTY = re.compile(r"\(([^()]{1,40})\)\s*$")
_PERSON = re.compile(r"[^\W\d_][\w'’.\-]*(?:\s+[\w'’.\-]+){0,5}")
_BETWEEN = re.compile(r"\s*[,;/&+]\s*|\s+en\s+")
_OF_PARTIES = frozenset({Kind.MOTIE, Kind.AMENDEMENT, Kind.INITIATIEFVOORSTEL, Kind.SCHRIFTELIJKE_VRAGEN})
"""Kinds of papers that parties hand in, so that the body they come from names parties."""
_NO_PARTY = frozenset({"gemeenteraad", "raad", "college", "griffie", "rekenkamer", "presidium", "burgemeester"})
_LONGEST = 60
_MOST = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """Who speaks: the label as it is printed, the person's name without form of address, and the party."""

    label: str
    name: str = ""
    """Empty where the label is an office (*De voorzitter*) or no name at all."""
    party: str = ""


def speaker_of(label: str) -> Speaker:
    """Read the label above a contribution, such as ``De heer Jansen (VVD)``.

    What is between brackets is a party only behind a member's name: *Inspreker De Wit (huisarts)* speaks for none.
    """
    found = _PARTY.search(label)
    bare = (label[: found.start()] if found else label).strip()
    addressed = ADDRESSED.match(bare)
    name = bare[addressed.end() :].strip() if addressed else bare
    nameless = not addressed and (found is None or OFFICE.fullmatch(bare))
    if nameless or not _PERSON.fullmatch(name) or len(name) > _LONGEST:
        return Speaker(label=label)
    of_party = found is not None and not OFFICE.fullmatch(found[1]) and not bare.lower().startswith(GUESTS)
    return Speaker(label=label, name=name, party=party_name(found[1]) if found and of_party else "")


def parties_of(document: Document, label: str) -> tuple[str, ...]:
    """Return whose words a passage is: the speaker's party, or the parties that handed the paper in."""
    if label:
        party = speaker_of(label).party
        return (party,) if party else ()
    if document.kind not in _OF_PARTIES or len(document.body) > _LONGEST * 4:
        return ()
    names = [name for name in _BETWEEN.split(document.body) if name.strip()]
    if any(fold(word) in _NO_PARTY for name in names for word in name.split()):
        return ()
    return tuple(dict.fromkeys(party_name(name) for name in names[:_MOST] if len(name) <= _LONGEST))


def party_name(text: str) -> str:
    """Return the short name of a party: initials of a name of several words, else the name as it is."""
    words = " ".join(text.replace("\0", "").split()).removeprefix("fractie ").split()
    if len(words) < 2:
        return "".join(words)
    return "".join(word[0] for word in words if word[0].isalnum())
