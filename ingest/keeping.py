"""What each run did, kept in the data folder: as JSON for a program and as a page for the clerk."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from council import DataFolder, IngestReport
from ingest.report import as_json
from ingest.report_page import as_page

_NAME = "%Y-%m-%dT%H%M%S"


def keep(report: IngestReport, data: DataFolder, moment: dt.datetime, *, most: int) -> Path:
    """Write a report as two files of one name, and let go of the oldest.

    Args:
        report: what the run did.
        data: where; only its owner can read the folder of reports, which may name papers that are not public.
        moment: when the run ended, in the clock of the clerk: the name of the files.
        most: how many reports stay.

    Returns:
        The page.

    Raises:
        OSError: there is no room, or no right to write.
    """
    folder = data.reports
    folder.mkdir(mode=0o700, exist_ok=True)
    name, again = moment.strftime(_NAME), 1
    while (folder / f"{name}.json").exists():
        # A clock that was put back, or two runs within a second: no report is written over.
        again += 1
        name = f"{moment.strftime(_NAME)}-{again}"
    page = folder / f"{name}.html"
    _write(page, as_page(report, moment))
    _write(folder / f"{name}.json", json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n")
    _prune(folder, most)
    return page


def _write(path: Path, text: str) -> None:
    # In one go, so that a run that is killed here leaves no half a report.
    half = path.with_name(f".{path.name}")
    half.write_text(text, encoding="utf-8", errors="backslashreplace")
    half.replace(path)


def _prune(folder: Path, most: int) -> None:
    def age(path: Path) -> tuple[int, str]:
        return path.stat().st_mtime_ns, path.name

    for old in sorted(folder.glob("[0-9]*.json"), key=age)[:-most]:
        old.with_suffix(".html").unlink(missing_ok=True)
        old.unlink(missing_ok=True)
