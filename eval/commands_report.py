"""``raadspoor-eval report``: its arguments, and what they set going."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add_parsers(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add the command to a parser."""
    report = commands.add_parser(
        "report",
        help="write a result as one HTML page, with plots and every failing question",
        description="Write a result as one self-contained HTML page: what it comes to in words, tables and plots, and "
        "each question that went wrong with what came instead.",
    )
    report.add_argument("result", metavar="RESULT", type=Path, help="a file that raadspoor-eval run wrote")
    report.add_argument(
        "--against", metavar="OTHER", type=Path, help="result of another version, to show wins and losses against"
    )
    report.add_argument(
        "--gold", metavar="GOLD", type=Path, help="the gold set that was asked: shows what was expected"
    )
    report.add_argument(
        "--data", metavar="DATA", type=Path, help="the data folder that was asked: shows titles and texts of papers"
    )
    report.add_argument(
        "--product", metavar="URL", default="", help="where the product runs: links each question and quote into it"
    )
    report.add_argument(
        "--out", metavar="FILE", type=Path, default=Path("report.html"), help="the page (default report.html)"
    )
    report.set_defaults(handler=run_report)


def run_report(chosen: argparse.Namespace) -> int:
    """Write the page and say where it is.

    Raises:
        UsageError: a file cannot be read or written, or does not belong to the result.
        DataError: the data folder cannot be read.
    """
    from council import DataFolder
    from eval.gold import read_gold
    from eval.reporting.writing import write_report
    from eval.result import read_result

    write_report(
        read_result(chosen.result),
        chosen.out,
        against=read_result(chosen.against) if chosen.against else None,
        gold=read_gold(chosen.gold) if chosen.gold else None,
        data=DataFolder(chosen.data) if chosen.data else None,
        product=chosen.product,
    )
    sys.stdout.write(f"{chosen.out}\n")
    return 0
