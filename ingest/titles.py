"""What a paper is called: its stated subject, the line that says what it is, or the first lines of its cover.

The title in a PDF's information is believed only if the paper itself uses the same words: it is often left over from
the file that somebody started from.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from council import MONTHS, WEEKDAY_PATTERN, in_words
from ingest.dates import is_day
from ingest.flow import RUNS_ON
from ingest.invitations import invited_to
from ingest.letters import SALUTATION, greets

_MOST = 300
_RUNS_OVER = 6
"""Lines that a title may run over, besides the first."""
_FULL = 48
"""Characters from which a line of a title is a full one."""
_SUBJECT = re.compile(r"^\W*(?:onderwerp|betreft|titel)\b\s*:?\s*(.*)$", re.IGNORECASE)
_TABLE_HEAD = re.compile(r"\b(?:nadere info|nr\.|blz|pagina|bijlage|advies)\b", re.IGNORECASE)
_SAYS_WHAT = re.compile(
    r"^\W*(?:(?:definitieve?|concept|korte|voorlopige|openbare|gewijzigde?|initiatief)[-\s]*)*"
    r"(?:b\s?(?:en|&)\s?w[-\s])?(?:\w*agenda|\w*notulen|\w*verslag(?:$| (?:van|raad\w*|comm\w+))|\w*lijst"
    r"|(?:sub)?amendement|motie"
    r"|\w*voordracht|\w*voorstel|(?:(?:schriftelijke|mondelinge|technische) |raads)vragen|actualiteit"
    r"|\w*besluit(?:en)?"
    r"|(?:(?!(?:de|het|een|in|op|bij|met|dat|deze|gelet|gezien|besluit\w*)\b)\w+ ){0,3}\w*verordening"
    r"|omgevingsvergunning"
    r"|bijlage \w{1,3}(?: \([^)]{1,30}\))?(?:\s?[:–-]\s\w+|\s(?-i:[A-Z])\w{2,})|raadsadres|jaarstukken|\w*begroting"
    r"|\w*(?:vergadering|zitting) op)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:gewijzigde? )?(?:sub)?(?:amendement|motie|\w*voorstel|\w*vragen|\w*brief)\s\S*\d\S*", re.I)
"""A kind and a number, and nothing else."""
_BARE = re.compile(
    r"(?:initiatief|raads)voorstel|(?:gewijzigde? )?(?:(?:sub)?amendement|motie)"
    r"(?:\W+vreemd aan de (?:orde(?: van de dag)?|agenda)\W*)?"
    r"|(?:schriftelijke |raads)vragen(?:\W+(?:ex|conform|volgens|ingevolge))? art(?:ikel|\.) ?\d+.{0,30}",
    re.IGNORECASE,
)
"""What members hand in by its kind alone; its name is the next line, if that is one."""
_NAMED = re.compile(r"^(?:naam|titel)\s*:\s*", re.IGNORECASE)
_DECISION = re.compile(
    r"\W*(?:(?:ontwerp|concept)[-\s]?)?(?:raads)?besluit(?:\W+(?:nr|nummer)?\W*[\d/.-]*)?", re.IGNORECASE
)
"""A decision that says no more than that."""
_DECIDES = re.compile(r"^\W*(?:b\s?e\s?s\s?l\s?u\s?i\s?t(?:en)?)(?: als volgt)?\W*$", re.I)
_HOLDS_FIELD = re.compile(r"^[\w ]{2,25}:|.*\d{4}", re.IGNORECASE)
_POINT = re.compile(r"^(?:\W|\d{1,2}[.)]|[a-zI]\.)+\s*")
_OF_MEETING = re.compile(r"\W*(?:\w+\s){0,2}?\w*(?:agenda|notulen|verslag|besluitenlijst|afsprakenlijst)\b", re.I)
_NO_TITLE = re.compile(
    r"\.(?:docx?|dotx?|pdf|xlsx?|pptx?|indd|odt)\b"
    r"|^(?:microsoft|untitled|document\d*|scan|naamloos|jaar|datum|hierbij|dia)\b"
    r"|^\S*[\d_]\S*$|^[\W\d_]*$",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^\W*(?:gemeente(?:\s\S+){0,2}$|rekenkamer(?:commissie)?(?:\s\S+){0,3}$"
    r"|(?:gemeenteraad|gemeenteblad|(?:raads)?griffie)$|stadsdeel\b.{0,30}$"
    r"|(?:bezoek|post|retour)adres|postbus|telefoon|fax|e-?mail|internet|www\.|http|(?:vergader|publicatie)?datum"
    r"|zaaknummer|portefeuille|(?:ons |uw )?kenmerk|(?:aan|van|jaar|bijlagen?)\b|(?:raads|commissie)vergadering\b"
    r"|afdeling|nummer|(?:registratie|document|dossier|volg|bijlage|voorstel)(?:nr|nummer|kenmerk)\b|agendapunt|pagina|blad"
    r"|behandel(?:d|end)|versie|status|auteur|\d{4}\s?[A-Z]{2}\b|\w+(?:straat|plein|laan|weg)\b.{0,12}\d)"
    r"|\w+(?: \w+)? \d{1,4}\w?, \w+$"
    r"|@|\bwww\.|^\W*\d*\W*$|^.$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"^\W*(?:{SALUTATION}|aan\b|de (?:commissie|raad|gemeenteraad) (?:wordt|van|besluit)"
    r"|gelet op|gezien|besluit\b|samenvatting|inleiding|toelichting|bijlagen?\b|het (?:algemeen|dagelijks) bestuur"
    r"|agendapunt|een routebeschrijving"
    r"|(?:datum|aanvang|plaats|tijd|locatie|zaal|voorzitter|kenmerk|portefeuille\w*)\b)"
    r"|^\w[\w ]{2,25}:(?:\s|$)",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(r"^(?:\w+\s)?(?:[A-Z][\w'’-]+\s){0,3}\d{1,4}\w?,\s[A-Z][\w'’ -]+$")
"""A street with a number and a place."""
_OF_TOWN = re.compile(r"^gemeente\s[A-Z][\w'’-]+\s(?=(?:[A-Z]\S*\s)\S)", re.IGNORECASE)
"""A running head in front of a title in the same line."""
_YEARS = re.compile(r"\(?(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?\)?")
_IN_CONTENTS = re.compile(r"\D\s0?\d{1,2}$")
_WEEKDAY = re.compile(rf"\b(?:{WEEKDAY_PATTERN})\b", re.IGNORECASE)


class Way(StrEnum):
    """How a title was found, from the surest to a mere name."""

    SUBJECT = "subject"
    SAYS_WHAT = "says_what"
    COVER = "cover"
    INFORMATION = "information"
    FIRST_LINES = "first_lines"
    FILE_NAME = "file_name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Titled:
    """A title, how it was found, and the lines that it stands in; no lines where the paper itself does not say it."""

    text: str
    way: Way
    first: int = -1
    last: int = -1


def title_of(lines: Sequence[str], *, pdf_title: str, stem: str, date: dt.date | None, cover: int) -> Titled:
    """Tell the title of a paper.

    Args:
        lines: its first lines, readable.
        pdf_title: the title in the PDF's information, readable.
        stem: the file's name without its ending, for a paper that says nothing.
        date: its date; put behind a title that only says what the paper is.
        cover: how many of the lines are a first page that holds little more than a title; else 0.
    """
    believed = _believed(pdf_title, lines)
    found = believed if believed is not None and _tells(believed.text) else None
    found = found or _subject(lines, letter=not cover) or _first(lines[:cover], whole=True)
    found = (
        found
        or _says_what(lines, date)
        or believed
        or _decides(lines)
        or _over_salutation(lines)
        or _first(lines, whole=False)
    )
    named = Titled(text=stem.replace("-", " ").replace("_", " "), way=Way.FILE_NAME)
    found = found if found is not None and found.text else named
    return replace(found, text=found.text[:_MOST].strip())


def _tells(title: str) -> bool:
    """Say whether a title is enough for one who does not see the paper: a body and a day alone are not."""
    words = [word for word in re.findall(r"[^\W\d]+", _WEEKDAY.sub("", title)) if word.lower() not in MONTHS]
    return len(title.split()) > 3 and (len(words) > 3 or _SAYS_WHAT.match(title) is not None)


def _subject(lines: Sequence[str], *, letter: bool) -> Titled | None:
    """Return the stated subject; fields side by side are read only in a letter, and not in one behind a cover."""
    for at, line in enumerate(lines[:45]):
        marked = _SUBJECT.match(line)
        if marked is None or _TABLE_HEAD.search(marked.group(1)):
            continue
        # Two fields side by side have their names in one line, and what stands in them in the next.
        own = bool(marked.group(1)) and not (letter and _FURNITURE.match(marked.group(1)))
        begins = at if own else at + 1
        words = marked.group(1) if own else (lines[at + 1] if at + 1 < len(lines) else "")
        if len(words) > 3 and not _FURNITURE.match(words):
            text, last = _with_next(words, lines, begins)
            return Titled(text=text, way=Way.SUBJECT, first=at, last=last)
    return None


def _with_next(words: str, lines: Sequence[str], at: int) -> tuple[str, int]:
    """Add the lines over which a title runs on to its first ``words``; return it with the number of its last line."""
    last = at
    for number in range(at + 1, min(at + 1 + _RUNS_OVER, len(lines))):
        line = lines[number]
        joined = f"{words} {line}"
        open_bracket = words.count("(") > words.count(")")
        goes_on = (
            RUNS_ON.search(words) or line[0].islower() or line[0] in "(‘“\"'" or open_bracket or _left(words, line)
        )
        if not goes_on or _ENDS.match(line) or words.endswith((".", "?")) or len(joined) > _MOST:
            break
        words, last = joined, number
    return words, last


def _with_name(words: str, lines: Sequence[str], at: int) -> tuple[str, int]:
    """Add the next line to a kind and a number, if it can be the name of the paper."""
    following = _NAMED.sub("", lines[at + 1]) if at + 1 < len(lines) else ""
    named = 0 < len(following.split()) <= 14 and not following.endswith((",", ";", ":"))
    if not named or _ENDS.match(following) or _FURNITURE.search(following) or following.lower().startswith("de raad"):
        return words, at
    return _with_next(f"{words} {following}", lines, at + 1)


def _named_above(lines: Sequence[str], at: int) -> Titled | None:
    """Return the line above as the title, where forms print the name over the kind."""
    above = lines[at - 1] if at else ""
    able = 2 <= len(above.split()) <= 14 and not above.endswith((",", ";", ":", "."))
    if not able or _is_furniture(lines, at - 1, above) or _ENDS.match(above):
        return None
    return Titled(text=above, way=Way.SAYS_WHAT, first=at - 1, last=at - 1)


def _over_salutation(lines: Sequence[str]) -> Titled | None:
    """Return the line over *Geachte raad*, where letters name their subject without saying that they do."""
    for at, line in enumerate(lines[1:45], start=1):
        if greets(line):
            above = _named_above(lines, at)
            return replace(above, way=Way.FIRST_LINES) if above and not _HOLDS_FIELD.match(above.text) else None
    return None


def _left(words: str, line: str) -> bool:
    """Say whether a line goes on with a title that filled the line before: its last word, or years and more."""
    if len(words) < _FULL:
        return False
    word = len(line.split()) == 1 and line.isalpha() and not line.isupper() and not _FURNITURE.match(line)
    return word or (line[0].isdigit() and len(line.split()) > 3 and not re.match(r"\d+[.)]?\s", line))


def _says_what(lines: Sequence[str], date: dt.date | None) -> Titled | None:
    """Return the line that says what the paper is, with its date if the line says nothing else."""
    for at, line in enumerate(lines[:14]):
        meeting = invited_to(line)
        if meeting:
            text = f"Agenda {meeting} {in_words(date) if date else ''}"
            return Titled(text=text, way=Way.SAYS_WHAT, first=at, last=at)
        runs_on = at > 0 and RUNS_ON.search(lines[at - 1]) and not lines[at - 1].endswith("verordening:")
        leads = line.endswith((";", ",")) or (line.endswith(":") and len(line.split()) > 3)
        if not runs_on and _SAYS_WHAT.match(line) and len(line) < 160 and not leads:
            decided = _decides(lines) if _DECISION.fullmatch(line) else None
            if decided:
                return decided
            words, last = _with_next(line, lines, at)
            if last == at and (_NUMBERED.fullmatch(line) or _BARE.fullmatch(line)):
                words, last = _with_name(line, lines, at)
                named = _named_above(lines, at) if last == at and _BARE.fullmatch(line) else None
                if named:
                    return named
            undated = len(words.split()) <= 3 or _OF_MEETING.match(words)
            dated = undated and date is not None and not any(c.isdigit() or c == ":" for c in words)
            text = f"{words} {in_words(date)}" if dated and date is not None else words
            return Titled(text=text, way=Way.SAYS_WHAT, first=at, last=last)
    return None


def _decides(lines: Sequence[str]) -> Titled | None:
    """Return the first point of a decision that names no subject and only says who decides."""
    for at, line in enumerate(lines[:30]):
        if _DECIDES.match(line) and at + 1 < len(lines) and len(lines[at + 1].split()) > 2:
            words, last = _with_next(_POINT.sub("", lines[at + 1]), lines, at + 1)
            return Titled(text=f"Besluit: {words.rstrip(' ;.')}", way=Way.FIRST_LINES, first=at + 1, last=last)
    return None


def _believed(pdf_title: str, lines: Sequence[str]) -> Titled | None:
    bare = _WEEKDAY.sub("", pdf_title).strip(" ,-")
    if len(bare) < 6 or _NO_TITLE.search(pdf_title) or RUNS_ON.search(pdf_title) or is_day(bare):
        return None
    here = set(re.findall(r"\w+", " ".join(lines).lower()))
    words = re.findall(r"\w+", pdf_title.lower())
    known = sum(word in here for word in words) >= 0.8 * len(words) and len(words) > 1
    return Titled(text=pdf_title, way=Way.INFORMATION) if known else None


def _first(lines: Sequence[str], *, whole: bool) -> Titled | None:
    """Put the first lines together that are no letterhead: all of them, or as long as they run on."""
    title, first, last = "", 0, 0
    for at, printed in enumerate(lines[:20]):
        line = _OF_TOWN.sub("", printed)
        if title and whole and _YEARS.fullmatch(line):
            title, last = f"{title} {line}", at
            continue
        if _is_furniture(lines, at, line):
            if title and not line.isdigit():
                break
            continue
        if title and (len(title) > 90 or line in title):
            break
        first, last = (first if title else at), at
        title = f"{title} {line}".strip()
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if not (whole or RUNS_ON.search(line) or _goes_on(title, line, following)):
            break
    if not title:
        return None
    text = title if len(title) < 160 else title[:120].rsplit(" ", 1)[0] + " …"
    return Titled(text=text, way=Way.COVER if whole else Way.FIRST_LINES, first=first, last=last)


def _is_furniture(lines: Sequence[str], at: int, line: str) -> bool:
    """Say whether a line is letterhead, a date or a line of a table of contents."""
    words = sum(c.isalpha() for c in line) >= 0.5 * len(line)
    of_town = at > 0 and lines[at - 1].lower() == "gemeente"
    other = _FURNITURE.search(line) or _LETTERHEAD.match(line) or _IN_CONTENTS.search(line)
    return not words or of_town or is_day(line) or other is not None


def _goes_on(title: str, line: str, following: str) -> bool:
    """Say whether a title in short lines goes on in the next one: it does not where a sentence begins there."""
    short = len(line) < 32 and len(following) < 40 and not line.endswith(".")
    all_capitals = line.isupper() and following.isupper()
    return short and (len(title.split()) < 3 or following[:1].islower() or all_capitals)
