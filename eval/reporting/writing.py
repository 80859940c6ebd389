"""A result becomes one page that stands by itself: no script and no request, by day, night and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from council import DataFolder, UsageError
from eval.gold import Gold
from eval.html import render
from eval.links import product_base
from eval.reporting.changes import Changes, changes
from eval.reporting.context import circumstances, introduction
from eval.reporting.cost import Cost, cost
from eval.reporting.failures import FailureGroup, expectations, failure_groups
from eval.reporting.groups import SHOWN_SAYS, GroupView, group_views
from eval.reporting.paired import product_of, within
from eval.reporting.quality import CHECK_SAYS, Quality, quality
from eval.reporting.silence import Silence, silence
from eval.reporting.tables import SMALL, Table
from eval.reporting.verdict import Findings, findings
from eval.reporting.wordings import wordings
from eval.result import Result


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """All that the page shows, in order."""

    product: str
    made: str
    questions: int
    introduction: tuple[str, ...]
    findings: Findings
    circumstances: Table
    quality: Quality
    checks: tuple[tuple[str, str], ...]
    groups: tuple[GroupView, ...]
    group_measures: tuple[tuple[str, str], ...]
    small: int
    silence: Silence
    changes: Changes
    cost: Cost
    failures: tuple[FailureGroup, ...]
    failed: int
    words_shown: bool
    """Whether titles and texts of papers could be read."""


def write_report(
    result: Result,
    out: Path,
    *,
    against: Result | None = None,
    gold: Gold | None = None,
    data: DataFolder | None = None,
    product: str = "",
) -> None:
    """Write the page, as a whole or not at all.

    Args:
        result: what is reported.
        out: the HTML file.
        against: the result of another version; without it, wins and losses are against the first baseline.
        gold: the gold set that was asked, to show what was expected.
        data: the papers that were asked, to show titles and texts.
        product: where the product runs, to link into it.

    Raises:
        UsageError: the gold set, the papers or the other result do not fit; the address is none; the file cannot be
            written; or Matplotlib is not installed.
        DataError: the data folder cannot be read.
    """
    html = report_html(result, against=against, gold=gold, data=data, product=product)
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(html.encode("utf-8"))
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"{out} cannot be written: {error.strerror}; choose another place for the report") from error


def report_html(
    result: Result,
    *,
    against: Result | None = None,
    gold: Gold | None = None,
    data: DataFolder | None = None,
    product: str = "",
) -> str:
    """Return the page; the arguments are those of :func:`write_report`, and the same ones give the same bytes."""
    base = product_base(product)
    if gold is not None and gold.sha256 != result.gold.sha256:
        raise UsageError(
            f"{gold.path} is not the gold set that was asked ({gold.sha256[:12]}… and {result.gold.sha256[:12]}…); "
            "give that one, or run again"
        )
    compared = within(result)
    with wordings(data, result) as words:
        expected = expectations(gold, words) if gold is not None else {}
        failures = failure_groups(result, expected, words, base)
    report = Report(
        product=product_of(result),
        made=result.made_by.made.strftime("%Y-%m-%d"),
        questions=len(result.questions),
        introduction=introduction(result),
        findings=findings(result, compared),
        circumstances=circumstances(result, against),
        quality=quality(result, compared),
        checks=CHECK_SAYS,
        groups=group_views(result),
        group_measures=SHOWN_SAYS,
        small=SMALL,
        silence=silence(result),
        changes=changes(result, against, compared),
        cost=cost(result),
        failures=failures,
        failed=sum(len(group.failures) for group in failures),
        words_shown=data is not None,
    )
    return render("report.html", report=report)
