"""A kept report as a page in Dutch, through Jinja2: the only module of the ingest that imports it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from council import WEEKDAYS, IngestReport, in_words
from ingest.in_dutch import in_dutch

if TYPE_CHECKING:
    from jinja2 import Environment

PARTS = (
    ("added", "Toegevoegd"),
    ("changed", "Gewijzigd"),
    ("withdrawn", "Niet meer te vinden"),
    ("opened", "Nu openbaar"),
    ("unchanged", "Niet veranderd"),
    ("duplicates", "Dubbel"),
    ("refused", "Niet gelezen"),
    ("partly", "Deels gelezen"),
    ("waiting", "Wacht op OCR"),
    ("held", "Tegengehouden"),
    ("closed", "Nog gesloten"),
    ("manifest", "Over het manifest"),
)
"""What is counted of a run: the field of its report, and how it is called."""
CALLING = ("refused", "partly", "waiting", "held", "closed", "manifest")
"""The fields whose remarks somebody has to look at: while there is one, no headline says that all is well."""
_STAGES = {
    "compare": "Map vergelijken met de vorige keer",
    "read": "Nieuwe en gewijzigde pdf’s lezen",
    "recut": "Eerder gelezen stukken opnieuw indelen",
    "index": "Zoekindex maken",
    "scan": "Scans lezen (OCR)",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Night:
    """One run as it is kept: its report, or why there is none."""

    begun: dt.datetime
    municipality: str
    source: str
    report: IngestReport | None = None
    failed: str = ""
    failed_code: int = 0


def page(night: Night) -> str:
    """Return one HTML page that needs nothing beside it: no script, no image, no other file.

    Every text is escaped, and what cannot be seen in a name is written out, as in ``\\u202e``.
    """
    return _environment().get_template("report.html").render(night=night, parts=PARTS, stages=_STAGES)


def mail_page(*, head: str, about: str, counts: Iterable[tuple[str, int]], where: str) -> str:
    """Return the figures of a night as the HTML part of a mail."""
    return _environment().get_template("mail.html").render(head=head, about=about, counts=counts, where=where)


def visible(value: object) -> object:
    """Write out what cannot be seen: control characters, turns of reading direction, odd spaces, lone surrogates."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in value)


def dutch_moment(moment: dt.datetime) -> str:
    """Return a moment as in *woensdag 25 november 2026, 02:00 uur*."""
    return f"{WEEKDAYS[moment.weekday()]} {in_words(moment)}, {moment:%H:%M} uur"


def number(value: float) -> str:
    """Return a number as Dutch writes it: *1.200*, and *0,5* for what is not whole."""
    text = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
    return text.translate({ord(","): ".", ord("."): ","})


def duration(seconds: float) -> str:
    """Return a time as in *2 uur 5 min*, *3 min 20 s* or *0,4 s*: never more than two units."""
    if seconds < 10:
        return f"{number(float(seconds))} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{minutes // 60} uur {minutes % 60} min"


def remarked(report: IngestReport) -> int:
    """Return how many remarks somebody has to look at."""
    gone = sum(not source.there for source in report.other_sources)
    return gone + sum(len(getattr(report, field)) for field in CALLING)


def pages_a_second(report: IngestReport) -> float | None:
    """Return how many pages were read in a second of the stages that read, or nothing where none was read."""
    seconds = sum(stage.seconds for stage in report.stages if stage.name in {"read", "scan"})
    return report.pages / seconds if report.pages and seconds > 0 else None


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        in_dutch=in_dutch,
        moment=dutch_moment,
        number=number,
        duration=duration,
        remarked=remarked,
        pages_a_second=pages_a_second,
    )
    return made
