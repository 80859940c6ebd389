"""What can be seen of a sentence without knowing the question: whether it asks, only names a subject, or sums up."""

from __future__ import annotations

import re

_FIGURE = re.compile(r"€|%|\d[.,]\d|\d")
_NO_FIGURE = re.compile(
    r"""\b[A-Z]{1,3}-\d[\d-]*
        |\b\d{1,2}\s[a-z]{3,9}\s(?:19|20)\d\d\b|\b(?:19|20)\d\d\b|\b\d{1,2}[.:]\d\d\suur\b
        |^\d{1,3}[a-z]?(?:\.\d{1,2})*[.)°º]?\s
        |\b(?:nrs?|afd|artikel|art|bijlage|agendapunt|punt|pagina|blz)\.?\s?\d+
        |\b\d[\d.,]*\s?[KM]B\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Digits that name a thing and tell nothing: case numbers, dates, years, hours, the number of a heading, an item or an
appendix, the size of a file."""
_HANDED_IN = re.compile(
    r"""^\W*(?:\d{1,4}\s?[°ºe.)]?\s)?(?:gewijzigde?\s)?(?:motie|amendement|voorstel|voordracht|brief|raadsadres)\s
        (?:van|nr)\b[^:;]*\b(?:inzake|betreffende|over|tot)\b[^:;]*\([^()]*\b(?:nr|afd)\b[^()]*\)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a meeting names what was handed in: *Motie van het raadslid … inzake … (Gemeenteblad afd. 1, nr. 578).*"""
_CLOSING = re.compile(r"^Aldus (?:vastgesteld|besloten)\b(?!.*\bstem)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:\.{4}|(?:\. ){4}|…{2})[. …]*\d{1,3}\b(?![.,]\d)")
"""What stands in a line of a table of contents or an index: dots, and the number of a page."""
_PROCEDURE = re.compile(
    r"""\bpunt\svan\sorde\b|^aan\sde\sorde\s(?:is|zijn|komt|komen)\b
        |\b(?:gevoegd|gezamenlijk|gelijktijdig)\s(?:te\sworden\s)?(?:worden\s)?behandeld\b
        |\bhet\swoord\sis\saan\b|\b(?:geef|geeft|verleen|verleent|krijgt|heeft)\s(?:\S+\s){0,6}het\swoord\b
        |\b(?:schors|schorst|heropen|heropent)\s(?:nu\s)?(?:de|deze)\s(?:raads)?vergadering\b
        |^(?:alvast|bij\svoorbaat)\s(?:hartelijk\s|zeer\s)?(?:be)?dankt?\b
        |(?:^|:\s)(?:(?:mijnheer|meneer|mevrouw)\s(?:de\s)?)?(?:voorzitter,?\s)?(?:hartelijk\s)?dank(?:\su)?(?:\swel)?
            (?:,?\s(?:(?:mijnheer|meneer|mevrouw)\s(?:de\s)?)?voorzitter)?[.!]$
        |\b(?:zal|wil)\s(?:ik\s)?(?:het\s)?(?:ook\s|heel\s|graag\s|maar\s)*kort\s(?:houden|zijn)[.!]$
        |\bfout!\s(?:bladwijzer|verwijzingsbron)\b
        |^(?:ondertekening|met\svriendelijke\sgroet|hoogachtend|geachte)\b
        |^(?:(?:de|wij\shebben\sde)\s)?(?:volgende\s)?vragen(?:\sdie\s(?:we|wij)\shebben)?:$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What a meeting does with itself, and how a letter begins and ends: nobody asks for that."""
_LONGEST_PROCEDURE = 30
"""Words up to which nothing else is said beside it."""
_SUMS_UP = re.compile(
    r"\b(?:samenvatting|(?:voorgesteld )?besluit|raadsbesluit|conclusies?|in het kort|kern|uitkomst|stemming)\b",
    re.IGNORECASE,
)


TO_BE_DONE = r"\bte\s\w{2,}(?:en|aan|ien|oen)\b"
"""What is to be done: *vast te stellen*, *een plan te maken*."""
_TO_BE_DONE = re.compile(TO_BE_DONE, re.IGNORECASE)
_RESOLVES = re.compile(
    r"""(?:^\W*(?:en\s|de\sraad\s)?|[,;:]\s(?:en\s)?)
            (?:verzoekt|draagt|roept|nodigt)\b.{0,40}\b(?:college|burgemeester|wethouder|presidium|griffier?)\b
        |^\W*(?:(?:en|de\sraad)\s)?(?:spreekt\s(?:als\s.{0,30})?uit|besluit(?:en)?)\b[^.]{0,40}:?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RESOLVED = re.compile(r"^\W*(?:en\s)?gaat\sover\stot\sde\sorde|^toelichting\b|^ondertekening\b", re.IGNORECASE)


def resolves(text: str) -> bool:
    """Say whether a motion or a decision begins here to say what it asks for: *verzoekt het college*, *besluit:*."""
    return _RESOLVES.search(text) is not None


def has_resolved(text: str) -> bool:
    """Say whether it has said so: *en gaat over tot de orde van de dag*."""
    return _RESOLVED.search(text) is not None


def is_question(text: str) -> bool:
    """Say whether a sentence is itself a question."""
    return text.rstrip("\"'”’) ").endswith("?")


def sums_up(headings: str) -> bool:
    """Say whether a paper says under these headings what it comes down to."""
    return _SUMS_UP.search(headings) is not None


def tells_a_figure(text: str) -> bool:
    """Say whether a line holds a figure that tells something, and not only digits that name a thing."""
    # Most lines hold no digit at all, and looking for one is much cheaper than for what only names a thing.
    return _FIGURE.search(text) is not None and _FIGURE.search(_NO_FIGURE.sub(" ", text)) is not None


def is_procedure(text: str) -> bool:
    """Say whether a sentence only leads a meeting, or opens or closes a letter: *Het woord is aan …*"""
    return len(text.split()) <= _LONGEST_PROCEDURE and _PROCEDURE.search(text) is not None


def only_names(text: str, title: str) -> bool:
    """Say whether a line only names a subject: no full stop, no figure and nothing to be done, a line of a table of
    contents, or nothing that the title does not say."""
    if (
        set(text.split()) <= set(title.split())
        or _CLOSING.search(text)
        or _CONTENTS.search(text)
        or _HANDED_IN.search(text)
    ):
        return True
    stops = (".", "!", ";", ":", "”", "'", "’")
    return not text.endswith(stops) and not tells_a_figure(text) and not _TO_BE_DONE.search(text)
