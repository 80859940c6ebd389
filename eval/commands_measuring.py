"""``run``, ``answers``, ``score``, ``beir``: arguments and output of what measures."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eval.result import Result


def add_parsers(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add the commands to a parser."""
    run = commands.add_parser(
        "run",
        help="put a gold set of judged questions to a data folder",
        description="Put a gold set to a data folder: ranking, answers, and silence where nothing answers; plain BM25 "
        "beside the ranking.",
    )
    _add_gold(run)
    run.add_argument("--trec", metavar="FILE", type=Path, help="write the documents that were found as a TREC run")
    run.set_defaults(handler=_run)
    answers = commands.add_parser(
        "answers",
        help="measure the answers against three baselines",
        description="Measure the answers, with three baselines in the same run: the first sentences of the best "
        "passage, LexRank, and BM25 over sentences.",
    )
    _add_gold(answers)
    answers.set_defaults(handler=_answers)
    score = commands.add_parser(
        "score",
        help="score a TREC run that another system made",
        description="Score a TREC run. Documents are named by SHA-256 or by path, pages by those with # and a number.",
    )
    _add_gold(score)
    score.add_argument("trec", metavar="RUN", type=Path, help="question Q0 document rank score tag, a line each")
    score.set_defaults(handler=_score)
    beir = commands.add_parser(
        "beir",
        help="index and search test collections in BEIR form",
        description="Index each BEIR folder in a temporary data folder, search it by the product's own road, and "
        "search it with plain BM25 in the same run.",
    )
    beir.add_argument(
        "folders",
        metavar="FOLDER",
        type=Path,
        nargs="+",
        help="holds corpus.jsonl, queries.jsonl and qrels.tsv, or folders that do",
    )
    beir.add_argument("--run", metavar="OUT", type=Path, help="write what was found as a TREC run (one folder only)")
    beir.add_argument("--legs", action="store_true", help="search with terms, 5-grams and vectors alone too")
    beir.add_argument("--depth", metavar="N", type=_depth, default=100, help="documents per question (default 100)")
    beir.add_argument("--json", action="store_true", help="print JSON, with every question")
    beir.set_defaults(handler=_beir)


def _add_gold(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", metavar="GOLD", type=Path, help="JSON lines, one judged question each")
    parser.add_argument("--data", metavar="DATA", type=Path, required=True, help="data folder of raadspoor-ingest")
    parser.add_argument(
        "--split", choices=("dev", "test"), help="only this half of the gold set; tune on dev, never on test"
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="write the result, for compare, gate, report and pool")
    parser.add_argument("--json", action="store_true", help="print JSON, with every question")
    add_seed(parser)


def add_seed(parser: argparse.ArgumentParser) -> None:
    """Add the argument that says what chance is started with."""
    parser.add_argument(
        "--seed", metavar="N", type=int, default=20_240_312, help="start of chance for intervals and tests"
    )


def _run(chosen: argparse.Namespace) -> int:
    from eval.run import EVERY
    from eval.systems import PRODUCT, RANKING
    from eval.trec import write_run

    # Without --out nothing looks at the baselines of the answers, and they take most of the time.
    result = _evaluated(chosen, "run", EVERY if chosen.out else RANKING)
    if chosen.trec:
        pairs = zip(result.questions, result.given(PRODUCT), strict=True)
        found = {asked.id: [(item.document, item.score) for item in given.found] for asked, given in pairs}
        write_run(chosen.trec, found, tag="raadspoor")
    return _shown(result, chosen)


def _answers(chosen: argparse.Namespace) -> int:
    from eval.systems import ANSWERING

    return _shown(_evaluated(chosen, "answers", ANSWERING), chosen)


def _score(chosen: argparse.Namespace) -> int:
    from council import DataFolder
    from council.settings import from_environment
    from eval.foreign import score_run
    from eval.gold import read_half

    gold = read_half(chosen.gold, chosen.split)
    return _shown(score_run(gold, chosen.trec, DataFolder(chosen.data), from_environment(), seed=chosen.seed), chosen)


def _evaluated(chosen: argparse.Namespace, command: str, systems: Sequence[str]) -> Result:
    from council import DataFolder
    from council.settings import from_environment
    from eval.gold import read_half
    from eval.run import evaluate
    from eval.terminal import progress

    with progress(quiet=chosen.json) as told:
        return evaluate(
            read_half(chosen.gold, chosen.split),
            DataFolder(chosen.data),
            from_environment(),
            command=command,
            systems=systems,
            seed=chosen.seed,
            progress=lambda done, total: told("Asking", done, total),
        )


def _shown(result: Result, chosen: argparse.Namespace) -> int:
    from eval.as_json import run_json
    from eval.result import write_result
    from eval.terminal import print_result

    if chosen.out:
        write_result(chosen.out, result)
    if chosen.json:
        print(json.dumps(run_json(result), ensure_ascii=False, indent=2))
    else:
        print_result(result)
    return 0


def _beir(chosen: argparse.Namespace) -> int:
    from council import UsageError
    from council.settings import from_environment
    from eval.as_json import beir_json
    from eval.beir import evaluate_beir
    from eval.collection import folders_in, read_collection
    from eval.provenance import provenance
    from eval.result import FORM
    from eval.systems import PRODUCT
    from eval.terminal import print_beir, progress
    from eval.trec import write_run

    folders = [inner for folder in chosen.folders for inner in folders_in(folder)]
    if chosen.run and len(folders) > 1:
        raise UsageError(f"--run writes one run and {len(folders)} folders are given; give one folder")
    found = []
    for folder in folders:
        collection = read_collection(folder)
        with progress(quiet=chosen.json) as told:
            result = evaluate_beir(collection, from_environment(), legs=chosen.legs, depth=chosen.depth, progress=told)
        made_by = provenance(result.settings, result.generation)
        if chosen.run:
            write_run(chosen.run, result.systems[PRODUCT].rankings, tag="raadspoor")
        if chosen.json:
            found.append(beir_json(result, made_by))
        else:
            print_beir(result, made_by)
    if chosen.json:
        whole = {"form": FORM, "command": "beir", "collections": found}
        print(json.dumps(whole, ensure_ascii=False, indent=2))
    return 0


def _depth(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)
