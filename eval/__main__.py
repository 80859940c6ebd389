"""``raadspoor-eval``: arguments, output and exit code."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code: 0 measured, 2 wrong usage or input, 4 trouble with DATA."""
    chosen = _parser().parse_args(arguments)

    from council import RaadspoorError

    try:
        return _beir(chosen) if chosen.command == "beir" else _run(chosen)
    except RaadspoorError as error:
        print(f"raadspoor-eval: {error}", file=sys.stderr)
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="raadspoor-eval",
        description="Measure how well questions are answered, with plain BM25 beside it in the same run.",
        epilog="Exit codes: 0 measured, 2 wrong usage or input (the lines are named), 4 trouble with DATA.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run",
        help="put a gold set of judged questions to a data folder",
        description="Put a gold set to a data folder: ranking, answers, and silence where nothing answers.",
    )
    run.add_argument("gold", metavar="GOLD", type=Path, help="JSON lines, one judged question each")
    run.add_argument("--data", metavar="DATA", type=Path, required=True, help="data folder that raadspoor-ingest made")
    run.add_argument(
        "--split", choices=("dev", "test"), help="only this half of the gold set; tune on dev, never on test"
    )
    run.add_argument("--json", action="store_true", help="print JSON, with every question")
    beir = commands.add_parser(
        "beir",
        help="index and search a test collection in BEIR form",
        description="Index a BEIR folder in a temporary data folder and search it by the product's own road.",
    )
    beir.add_argument("folder", metavar="FOLDER", type=Path, help="holds corpus.jsonl, queries.jsonl and qrels.tsv")
    beir.add_argument("--run", metavar="OUT", type=Path, help="write what was found as a TREC run")
    beir.add_argument("--legs", action="store_true", help="search with terms, 4-grams and vectors alone too")
    beir.add_argument("--depth", metavar="N", type=_depth, default=100, help="documents per question (default 100)")
    beir.add_argument("--json", action="store_true", help="print JSON, with every question")
    return parser


def _run(chosen: argparse.Namespace) -> int:
    from council import DataFolder
    from council.settings import Settings
    from eval.gold import Split, only, read_gold
    from eval.provenance import provenance
    from eval.report import run_json
    from eval.run import evaluate
    from eval.terminal import print_run, progress

    settings = Settings()
    gold = read_gold(chosen.gold)
    if chosen.split:
        gold = only(gold, Split(chosen.split))
    with progress(quiet=chosen.json) as told:
        evaluation = evaluate(
            gold, DataFolder(chosen.data), settings, progress=lambda done, total: told("Asking", done, total)
        )
    made_by = provenance(settings, evaluation.generation)
    if chosen.json:
        print(json.dumps(run_json(evaluation, made_by), ensure_ascii=False, indent=2))
    else:
        print_run(evaluation, made_by)
    return 0


def _beir(chosen: argparse.Namespace) -> int:
    from council.settings import Settings
    from eval.beir import evaluate_beir
    from eval.collection import read_collection
    from eval.provenance import provenance
    from eval.report import beir_json
    from eval.systems import PRODUCT
    from eval.terminal import print_beir, progress
    from eval.trec import write_run

    collection = read_collection(chosen.folder)
    with progress(quiet=chosen.json) as told:
        result = evaluate_beir(collection, Settings(), legs=chosen.legs, depth=chosen.depth, progress=told)
    if chosen.run:
        write_run(chosen.run, result.systems[PRODUCT].rankings, tag="raadspoor")
    made_by = provenance(result.settings, result.generation)
    if chosen.json:
        print(json.dumps(beir_json(result, made_by), ensure_ascii=False, indent=2))
    else:
        print_beir(result, made_by)
    return 0


def _depth(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
