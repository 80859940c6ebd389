"""A run's report as one page in Dutch, that needs nothing but itself: no script, no picture, nothing from elsewhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from council import IngestReport
from ingest.report import plain


def as_page(report: IngestReport, moment: dt.datetime) -> str:
    """Return the report as an HTML page.

    Args:
        report: what the run did; names of files in it are somebody else's text, and are shown as nothing but text.
        moment: when the run ended.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["plain"] = plain
    return pages.get_template("report.html").render(report=report, moment=moment)
