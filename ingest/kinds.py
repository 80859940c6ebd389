"""Which kind of council paper this is, told from the paper itself.

A paper mostly says what it is: in a line of its own near the top, in its subject, or in the fixed words of its form
("draagt het college op", "de raad wordt voorgesteld", "geeft het woord aan"). Each of these is a vote; the name of the
file is only a small one. A letter is a case apart, since its subject names what it is about and not what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from council import Kind
from ingest.flow import RUNS_ON
from ingest.invitations import INVITATION
from ingest.letters import Letter, letter_in

_LABEL, _TITLE, _MENTION, _NAME, _LEAST = 5.0, 3.0, 1.0, 1.5, 1.5
_TOP = 14
"""Lines from the top among which a paper says what it is; the higher, the more it counts."""
_SUBJECTS = frozenset({Kind.RAADSINFORMATIEBRIEF, Kind.RAADSVOORSTEL, Kind.RAADSADRES, Kind.INGEKOMEN_STUK})
"""Kinds that a letter to the council is itself when its subject begins with their name."""
_LONG = 12
"""Pages from which a paper with a table of contents is taken for a report, if nothing says otherwise."""

_BEFORE = (
    r"^\W*(?:\d+[.)]?\s+)?(?:(?:definitieve?|concept|ontwerp|korte|voorlopige|openbare|gewijzigde?|vastgestelde?"
    r"|bijgevoegde?|bestuurlijke|gemeentelijke|nader|aanvullend|verkennend|eerste|tweede|derde"
    r"|beantwoording(?: van(?: de)?)?|antwoord(?:brief)?(?: op(?: de| het)?)?)[-\s]+)*"
)
_WORDS: Mapping[Kind, str] = {
    Kind.AMENDEMENT: r"(?:sub)?amendement",
    Kind.MOTIE: r"motie",
    Kind.INITIATIEFVOORSTEL: r"initiatief\s?(?:raads)?voorstel",
    Kind.SCHRIFTELIJKE_VRAGEN: r"(?:schriftelijke|technische|mondelinge|raads|art(?:ikel|\.)\s?\d+)[-\s]?vragen"
    r"|actualiteit\b(?!en)",
    Kind.RAADSINFORMATIEBRIEF: r"(?:raads|college|wethouders)(?:informatie)?brief|informatie(?:brief|nota)"
    r"|raadsmemo|rib\b",
    Kind.TOEZEGGING: r"(?:(?:lijst|overzicht|stand van zaken) (?:van |met )?(?:de )?(?:openstaande )?"
    r"(?:moties (?:en|&) )?)?toezegging(?:en)?(?:lijst|overzicht)?",
    Kind.RAADSADRES: r"raadsadres|adres aan de (?:\w+)?raad",
    Kind.INGEKOMEN_STUK: r"ingekomen (?:stuk|brief)|(?:open )?brief\b(?! aan het college)|petitie|zienswijze",
    Kind.BESLUITENLIJST: r"(?:\w+- en |b\s?(?:en|&)\s?w[-\s])?(?:besluiten|afspraken)lijst|lijst van besluiten"
    r"|besluiten (?:van )?(?:de )?\w*(?:vergadering|college|b\s?(?:en|&)\s?w)\b",
    Kind.NOTULEN: r"(?:raads|commissie)?notulen|(?:\w+ )?(?:raads|commissie)?verslag\S* (?:van|vergadering|raad)"
    r"|raadsverslag|handelingen van (?:de )?\w*(?:raad|staten)\b|(?:openbare )?vergadering op"
    r"|(?:ochtend|middag|avond)zitting",
    Kind.AGENDA: r"(?:raads|commissie|vergader|concept)?agenda\b",
    Kind.BEGROTING: r"(?:programma|meerjaren|ontwerp|concept)*begroting\s+(?:\d{4}|van\b)|programmabegroting",
    Kind.JAARSTUKKEN: r"jaarstukken|jaarrekening|jaarverslag",
    Kind.VERORDENING: r"(?:(?:algemene|plaatselijke|financiële|tijdelijke) ){0,2}\w*verordening",
    Kind.RAADSBESLUIT: r"(?:raads|(?<!voorgesteld )(?<!gevraagd ))besluit\b(?!\s*:\s*\w)(?! (?:van )?(?:het )?college)"
    r"|omgevingsvergunning"
    r"|extract\b",
    Kind.RAADSVOORSTEL: r"(?:raads|college|commissie)?(?:voorstel|voordracht)\b|conceptbesluit"
    r"|adviesnota (?:aan de )?(?:gemeente)?raad\b",
    Kind.RAPPORT: r"\w*rapport(?:age)?\b|fact\s?sheet|(?:tussen|eind)?evaluatie|\w*onderzoek\b|verkenning|\w*monitor\b"
    r"|quick\s?scan|beleidsplan|routekaart|notitie\b",
    Kind.BIJLAGE: r"bijlage(?!nr|nummer)",
}
_FORMS: Sequence[tuple[Kind, float, str]] = (
    (Kind.NOTULEN, 3, r"de voorzitter\W{1,3}(?:ik|dank|dames|we|wij|het|er|dan)\b|geeft het woord aan"),
    (Kind.NOTULEN, 3, r"\b(?:opent|heropent|schorst|sluit)\b.{0,40}\bvergadering\b"),
    (Kind.NOTULEN, 3, r"\bvergadering\b.{0,90}\bgehouden (?:op|te)\b"),
    (Kind.NOTULEN, 2, r"^(?:verslaglegging|notulist|afwezig)\b|^aanwezig\W+(?:de )?leden\b"),
    (Kind.AGENDA, 7, INVITATION),
    (Kind.AGENDA, 4, r"^agenda\b.{0,40}\b(?:raads\w+|commissie\w*|gemeenteraad)\b"),
    (Kind.AGENDA, 2, r"^\W*\d*\.?\s*(?:rondvraag|sluiting|insprekers|mededelingen|vaststell\w+(?: van de)? agenda)\b"),
    (Kind.AGENDA, 1, r"^(?:aanvang|locatie|plaats|zaal)\b"),
    (Kind.MOTIE, 5, r"(?:draagt|roept|verzoekt)\b.{0,40}\bcollege\b|gaat over tot de orde van de dag"),
    (Kind.MOTIE, 2, r"^\W*(?:constaterende|overwegende)\b|gehoord (?:de|het) (?:beraadslaging|debat)"),
    (Kind.AMENDEMENT, 5, r"besluit(?:punt)?\b.{0,80}\bte (?:wijzigen|vervangen|schrappen)|conceptbesluit als volgt"),
    (Kind.BESLUITENLIJST, 2, r"^\W*(?:besluit|afspraak|stemming|uitslag)\s*:|algemene stemmen|hoofdelijke stemming"),
    (
        Kind.RAADSVOORSTEL,
        4,
        r"stell(?:en|t) (?:wij )?u(?:w raad)? voor|adviseren (?:wij )?u\b.{0,40}\bbesluit te nemen"
        r"|^(?:gevraagde?|geadviseerde?|voorgestelde?) (?:beslissing|besluit)|^beslispunt",
    ),
    (Kind.RAADSVOORSTEL, 4, r"\b(?:raad|commissie|bestuur|u) wordt (?:gevraagd|voorgesteld)|voorgestelde? besluit"),
    (Kind.RAADSBESLUIT, 3, r"^(?:de raad van|het algemeen bestuur|het dagelijks bestuur|de gemeenteraad van)\b"),
    (Kind.RAADSBESLUIT, 4, r"^\W*(?:b\s?e\s?s\s?l\s?u\s?i\s?t|neemt .{0,80}volgende\s+besluit)\b\W*$"),
    (Kind.RAADSBESLUIT, 4, r"bestuur\w* .{0,60}\bbesluit\W*$"),
    (Kind.VERORDENING, 4, r"\bvast te stellen\W+de (?:na)?volgende verordening\b|\bvolgende verordening vast te"),
    (Kind.VERORDENING, 4, r"^artikel 1\b|deze verordening (?:wordt aangehaald|treedt)"),
    (Kind.SCHRIFTELIJKE_VRAGEN, 4, r"\bvolgende vragen\b|^vragen (?:die|aan het college|van)\b|^(?:antwoord|vraag) \d"),
    (Kind.RAADSADRES, 3, r"\braadsadres\b"),
    (Kind.TOEZEGGING, 2, r"\btoegezegd\b|^toezegging\b.{0,30}\bstand\b"),
    (Kind.RAPPORT, 3, r"\b(?:in|met) (?:dit|deze) (?:\w*rapport(?:age)?|fact\s?sheet|onderzoek|evaluatie)\b"),
    (Kind.RAPPORT, 2, r"^(?:bron|source)\s*:\s*\S"),
    (Kind.RAPPORT, 2, r"\b(?:onderzoeks(?:vra\w+|methode)|literatuuronderzoek|managementsamenvatting|respondenten)\b"),
)
_CONTENTS = re.compile(r"^\W*(?:inhoud(?:sopgave)?|samenvatting|executive summary|contents)\b", re.I | re.M)


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """One sign that a paper is of a kind, how much it weighs, and the line that it stands in."""

    kind: Kind
    weight: float
    line: int = -1
    """Counted through from the first of the head to the last of the tail; -1 where it stands in no line."""
    name: bool = False
    """It is only the name of the file or folder that says so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """The kind with the most votes, its strongest vote, and how far it is ahead of the next kind."""

    kind: Kind
    score: float
    lead: float
    strongest: Vote | None
    """None where the paper shows no sign of any kind."""


def kind_of(name: str, title: str, head: Sequence[str], tail: Sequence[str], *, pages: int) -> Told:
    """Tell the kind of a paper.

    Args:
        name: file and folders, as words.
        title: its title, as far as is known.
        head: its first lines, readable.
        tail: its last lines.
        pages: how many pages it has.
    """
    text = "\n".join([*head, *tail])
    votes = [*_forms(text)]
    letter = letter_in(text)
    votes += [_of_letter(letter)] if letter else []
    formal = {vote.kind for vote in votes}
    for kind in _WORDS:
        # Plans for a town are called agendas too; one of a meeting has its form as well.
        only_named = kind is Kind.AGENDA and kind not in formal
        votes += _words(kind, name, title, head, believed=not only_named, letter=letter is not None)
    if pages >= _LONG:
        contents = _CONTENTS.search(text)
        line = text.count("\n", 0, contents.start()) if contents else -1
        votes.append(Vote(kind=Kind.RAPPORT, weight=2.0 if contents else 1.0, line=line))
    return _counted(votes)


def _counted(votes: Sequence[Vote]) -> Told:
    scores = {kind: sum(vote.weight for vote in votes if vote.kind is kind) for kind in _WORDS}
    best, second = sorted(scores, key=lambda kind: -scores[kind])[:2]
    if scores[best] < _LEAST:
        return Told(kind=Kind.OVERIG, score=scores[best], lead=0.0, strongest=None)
    strongest = max((vote for vote in votes if vote.kind is best), key=lambda vote: (vote.line >= 0, vote.weight))
    return Told(kind=best, score=scores[best], lead=scores[best] - scores[second], strongest=strongest)


def _forms(text: str) -> Iterator[Vote]:
    """Yield a vote for each of the fixed words of a form that a text holds."""
    for kind, weight, pattern in _FORMS:
        found = re.search(pattern, text, re.IGNORECASE | re.MULTILINE)
        if found:
            yield Vote(kind=kind, weight=weight, line=text.count("\n", 0, found.start()))


def _words(kind: Kind, name: str, title: str, head: Sequence[str], *, believed: bool, letter: bool) -> Iterator[Vote]:
    """Yield the votes of lines, title and file name that use the words for a kind."""
    words = _WORDS[kind]
    begins = re.compile(rf"{_BEFORE}(?:{words})", re.IGNORECASE)
    mentions = re.compile(rf"\b(?:{words})", re.IGNORECASE)
    if believed:
        label = _label(kind, head, begins, re.compile(rf"\b(?:{words})\W*$", re.IGNORECASE))
        if label is not None:
            yield label
        if begins.match(title) and (kind in _SUBJECTS or not letter):
            yield Vote(kind=kind, weight=_TITLE)
    if mentions.search(title):
        yield Vote(kind=kind, weight=_MENTION)
    if mentions.search(name):
        yield Vote(kind=kind, weight=_NAME, name=True)


@lru_cache(2 * _TOP)
def _runs_on(line: str) -> bool:
    """Say whether the line after this one goes on with it; each kind asks it of the same lines."""
    return RUNS_ON.search(line) is not None


def _label(kind: Kind, lines: Sequence[str], begins: re.Pattern[str], ends: re.Pattern[str]) -> Vote | None:
    """Return the vote of the first line that says what the paper is."""
    for at, line in enumerate(lines[:_TOP]):
        runs_on = at > 0 and _runs_on(lines[at - 1])
        short = len(line.split()) <= 4
        if not runs_on and ((len(line) < 120 and begins.match(line)) or (short and ends.search(line))):
            return Vote(kind=kind, weight=_LABEL * (1 - at / (2 * _TOP)), line=at)
    return None


def _of_letter(letter: Letter) -> Vote:
    """Return the vote of a letter to the council."""
    kind, weight = (Kind.RAADSINFORMATIEBRIEF, 6.0) if letter.own else (Kind.INGEKOMEN_STUK, 3.0)
    return Vote(kind=kind, weight=weight, line=letter.line)
