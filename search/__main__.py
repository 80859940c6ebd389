"""``raadspoor-search``: arguments, output and exit code."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

from council import Access, Filters, Kind, Query, command

_KINDS = [kind.value for kind in Kind]
_ACCESS = [access.value for access in Access]


@command("raadspoor-search")
def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 2 wrong usage, 4 data folder trouble."""
    chosen = _parser().parse_args(arguments)

    from council import DataFolder, RaadspoorError
    from council.settings import from_environment
    from search.engine import Engine

    try:
        engine = Engine(DataFolder(chosen.data), from_environment())
        try:
            results, answer = engine.ask(_query(chosen))
        finally:
            engine.close()
    except RaadspoorError as error:
        print(f"raadspoor-search: {error}", file=sys.stderr)
        return error.exit_code
    if chosen.json:
        from search.as_json import results_json

        print(json.dumps(results_json(results, answer), ensure_ascii=False, indent=2))
    else:
        from search.as_text import as_text

        print(as_text(results, answer, explain=chosen.explain))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="raadspoor-search",
        description="Ask a question of the council papers in DATA: the documents found, then an answer in quotes.",
        epilog="Exit codes: 0 done (also when nothing was found), 2 wrong usage, 4 trouble with DATA.",
    )
    parser.add_argument("question", metavar="VRAAG", help="a question or a few words, in Dutch")
    parser.add_argument(
        "--data", metavar="DATA", type=Path, required=True, help="data folder that raadspoor-ingest made"
    )
    parser.add_argument("--kind", action="append", default=[], choices=_KINDS, metavar="KIND",
                        help="only this kind; may be given more than once: " + ", ".join(_KINDS))  # fmt: skip
    parser.add_argument("--from", dest="date_from", type=_day, metavar="DATE", help="only papers of this day or later")
    parser.add_argument("--to", dest="date_to", type=_day, metavar="DATE", help="only papers of this day or earlier")
    parser.add_argument("--access", action="append", default=[], choices=_ACCESS,
                        help="what the reader may see; openbaar if not given; may be given more than once")  # fmt: skip
    parser.add_argument("--limit", type=_positive, default=10, metavar="N", help="how many documents (default 10)")
    parser.add_argument("--explain", action="store_true", help="say of each document which words it was found by")
    parser.add_argument("--json", action="store_true", help="print JSON (docs/json.md)")
    return parser


def _query(chosen: argparse.Namespace) -> Query:
    filters = Filters(
        access=frozenset(map(Access, chosen.access or [Access.OPENBAAR])),
        kinds=frozenset(map(Kind, chosen.kind)),
        date_from=chosen.date_from,
        date_to=chosen.date_to,
    )
    return Query(text=chosen.question, filters=filters, limit=chosen.limit)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2024-03-12") from None


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
