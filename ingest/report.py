"""A run's report, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from council import IngestReport, Refusal


def as_json(report: IngestReport) -> dict[str, Any]:
    """Return the report as plain values; ``docs/commands.md`` describes them."""
    return asdict(report)


def exit_code(report: IngestReport) -> int:
    """Return 0 when everything was read, 3 when some files were refused."""
    return 3 if report.refused else 0


def as_text(report: IngestReport) -> str:
    """Return the report in lines that a clerk can read."""
    lines = [
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.withdrawn)} withdrawn, "
        f"{report.unchanged} unchanged, {len(report.duplicates)} duplicates, {len(report.refused)} refused, "
        f"{len(report.waiting)} waiting, {len(report.held)} held back",
        f"{report.pages} pages read in {report.seconds:.1f} s; {report.passages} passages are published",
    ]
    lines += _listed("Refused", report.refused)
    lines += _listed("Waiting", report.waiting)
    lines += _listed("Held back", report.held)
    lines += [f"Same document twice: {_plain(path)}" for path in report.duplicates]
    return "\n".join(lines)


def _listed(head: str, refusals: Iterable[Refusal]) -> list[str]:
    return [f"{head}: {_plain(r.path)}: {_plain(r.reason)}; {r.remedy}" for r in refusals]


def _plain(text: str) -> str:
    """Take out what could command a terminal: a file name is somebody else's text."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
