"""What a paper is called: its stated subject, the line that says what it is, or the first lines of its cover.

The title in a PDF's information is believed only if the paper itself uses the same words: it is often left over from
the file that somebody started from.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ingest.dates import is_day

_MOST = 200
_SUBJECT = re.compile(r"^\W*(?:onderwerp|betreft|titel)\b\s*:?\s*(.*)$", re.IGNORECASE)
_TABLE_HEAD = re.compile(r"\b(?:nadere info|nr\.|blz|pagina|bijlage|advies)\b", re.IGNORECASE)
_SAYS_WHAT = re.compile(
    r"^\W*(?:(?:definitieve?|concept|korte|voorlopige|openbare|gewijzigde?|initiatief)[-\s]*)*"
    r"(?:\w*agenda|\w*notulen|\w*verslag (?:van|raad|comm\w+)|\w*lijst|(?:sub)?amendement|motie"
    r"|\w*voordracht|\w*voorstel|(?:schriftelijke|mondelinge|technische) vragen|actualiteit|\w*besluit|\w*verordening"
    r"|omgevingsvergunning"
    r"|raadsadres|jaarstukken|\w*begroting|\w*(?:vergadering|zitting) op)\b",
    re.IGNORECASE,
)
_INVITED = re.compile(
    r"uitgenodigd voor (?:de |een )?(?:openbare )?(vergadering van (?:de|het) \w+(?: \w+)?)$", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"\.(?:docx?|dotx?|pdf|xlsx?|pptx?|indd|odt)\b"
    r"|^(?:microsoft|untitled|document\d*|scan|naamloos|jaar|datum|hierbij|dia)\b"
    r"|^\S*[\d_]\S*$|^[\W\d_]*$",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^\W*(?:gemeente(?:\s\S+){0,2}$|(?:gemeenteraad|gemeenteblad|(?:raads)?griffie)$|stadsdeel\b.{0,30}$"
    r"|(?:bezoek|post|retour)adres|postbus|telefoon|fax|e-?mail|internet|www\.|http|(?:vergader|publicatie)?datum"
    r"|zaaknummer|portefeuille|(?:ons |uw )?kenmerk|(?:aan|van|jaar|bijlagen?)\b|afdeling|nummer|agendapunt|pagina|blad"
    r"|behandeld|versie|status|auteur|\d{4}\s?[A-Z]{2}\b|\w+(?:straat|plein|laan|weg)\b.{0,12}\d)"
    r"|@|\bwww\.|^\W*\d*\W*$|^.$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^\W*(?:geachte|beste|aan\b|de (?:commissie|raad|gemeenteraad) (?:wordt|van|besluit)|gelet op|gezien|besluit\b"
    r"|samenvatting|inleiding|toelichting|bijlagen?\b|het (?:algemeen|dagelijks) bestuur|agendapunt"
    r"|een routebeschrijving"
    r"|(?:datum|aanvang|plaats|tijd|locatie|zaal|voorzitter|kenmerk|portefeuille\w*)\b)"
    r"|^\w[\w ]{2,25}:(?:\s|$)",
    re.IGNORECASE,
)
_IN_CONTENTS = re.compile(r"\D\s0?\d{1,2}$")
RUNS_ON = re.compile(
    r"(?:\b(?:de|het|een|en|of|van|tot|voor|aan|in|op|over|met|door|uit|bij|om|te|der|des|naar|per|inzake)|[,:&-])$",
    re.IGNORECASE,
)
"""Ends a line that goes on in the next one."""
_WEEKDAY = re.compile(r"\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b", re.IGNORECASE)
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def title_of(lines: Sequence[str], *, pdf_title: str, stem: str, date: dt.date | None, cover: Sequence[str]) -> str:
    """Tell the title of a paper.

    Args:
        lines: its first lines, readable.
        pdf_title: the title in the PDF's information, readable.
        stem: the file's name without its ending, for a paper that says nothing.
        date: its date; put behind a title that only says what the paper is.
        cover: the lines of a first page that holds little more than a title; else nothing.
    """
    believed = _believed(pdf_title, lines)
    found = (believed if len(believed.split()) > 3 else "") or _subject(lines)
    found = found or _first(cover, whole=True) or _says_what(lines, date)
    found = found or believed or _first(lines, whole=False)
    return (found or stem.replace("-", " ").replace("_", " "))[:_MOST].strip()


def _subject(lines: Sequence[str]) -> str:
    for at, line in enumerate(lines[:45]):
        marked = _SUBJECT.match(line)
        if marked is None or _TABLE_HEAD.search(marked.group(1)):
            continue
        rest = lines[at + 1 :] if marked.group(1) else lines[at + 2 :]
        words = marked.group(1) or (lines[at + 1] if at + 1 < len(lines) else "")
        if len(words) > 3 and not _FURNITURE.match(words):
            return _with_next(words, rest)
    return ""


def _with_next(words: str, rest: Sequence[str]) -> str:
    """Add the lines over which a title runs on."""
    for line in rest[:4]:
        joined = f"{words} {line}"
        open_bracket = words.count("(") > words.count(")")
        goes_on = RUNS_ON.search(words) or line[0].islower() or line[0] in "(‘“\"'" or open_bracket
        if not goes_on or _ENDS.match(line) or words.endswith((".", "?")) or len(joined) > _MOST:
            break
        words = joined
    return words


def _says_what(lines: Sequence[str], date: dt.date | None) -> str:
    """Return the line that says what the paper is, with its date if the line says nothing else."""
    for at, line in enumerate(lines[:14]):
        invited = _INVITED.search(line)
        if invited:
            return f"Agenda {invited.group(1)} {_in_words(date) if date else ''}"
        runs_on = at > 0 and RUNS_ON.search(lines[at - 1])
        if not runs_on and _SAYS_WHAT.match(line) and len(line) < 160 and not line.endswith((";", ",")):
            words = _with_next(line, lines[at + 1 :])
            bare = len(words.split()) <= 3 and not any(c.isdigit() or c == ":" for c in words)
            return f"{words} {_in_words(date)}" if bare and date is not None else words
    return ""


def _in_words(date: dt.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _believed(pdf_title: str, lines: Sequence[str]) -> str:
    bare = _WEEKDAY.sub("", pdf_title).strip(" ,-")
    if len(bare) < 6 or _NO_TITLE.search(pdf_title) or RUNS_ON.search(pdf_title) or is_day(bare):
        return ""
    here = set(re.findall(r"\w+", " ".join(lines).lower()))
    words = re.findall(r"\w+", pdf_title.lower())
    return pdf_title if sum(word in here for word in words) >= 0.8 * len(words) and len(words) > 1 else ""


def _first(lines: Sequence[str], *, whole: bool) -> str:
    """Put the first lines together that are no letterhead: all of them, or as long as they run on."""
    title = ""
    for at, line in enumerate(lines[:20]):
        words = sum(c.isalpha() for c in line) >= 0.5 * len(line)
        if not words or is_day(line) or _FURNITURE.search(line) or _IN_CONTENTS.search(line):
            if title and not line.isdigit():
                break
            continue
        if title and (len(title) > 90 or line in title):
            break
        title = f"{title} {line}".strip()
        following = lines[at + 1] if at + 1 < len(lines) else ""
        short = len(line) < 32 and len(following) < 40 and not line.endswith(".")
        if not (whole or short or RUNS_ON.search(line)):
            break
    return title if len(title) < 160 else title[:120].rsplit(" ", 1)[0] + " …"
