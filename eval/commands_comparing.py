"""``compare``, ``gate``, ``accept``, ``ablate``: arguments and output of what holds versions against each other."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from eval.commands_measuring import add_seed

ACCEPTED = Path("eval") / "accepted.json"
SHUT = 5
"""Exit code of a gate that stays shut."""


def add_parsers(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add the commands to a parser."""
    compare = commands.add_parser(
        "compare",
        help="compare two results, or two systems of one",
        description="Compare two results question by question: differences, intervals, and whether they are more than "
        "chance.",
    )
    compare.add_argument("before", metavar="A", type=Path, help="a result that run, answers or score wrote")
    compare.add_argument("after", metavar="B", type=Path, help="another, or the same to compare two systems of it")
    compare.add_argument("--system", default="Raadspoor", metavar="NAME", help="system of A (default Raadspoor)")
    compare.add_argument("--other", default="Raadspoor", metavar="NAME", help="system of B (default Raadspoor)")
    compare.add_argument("--split", choices=("dev", "test"), help="only this half")
    compare.add_argument(
        "--common", action="store_true", help="gold sets may differ: compare the questions that are the same in both"
    )
    compare.add_argument("--json", action="store_true", help="print JSON")
    compare.add_argument("--seed", metavar="N", type=int, help="start of chance (default: that of B)")
    compare.set_defaults(handler=_compare)
    gate = commands.add_parser(
        "gate",
        help="fail when this version is worse than what was accepted",
        description="Score this version and hold it against the accepted result. Exit code 5 when a measure fell by "
        "more than chance, or when a quote does not stand at its address.",
    )
    gate.add_argument("gold", metavar="GOLD", type=Path, help="the gold set")
    gate.add_argument("--data", metavar="DATA", type=Path, required=True, help="data folder of raadspoor-ingest")
    gate.add_argument("--accepted", metavar="FILE", type=Path, default=ACCEPTED, help=f"(default {ACCEPTED})")
    gate.add_argument("--out", metavar="FILE", type=Path, help="write the new result, for accept and report")
    gate.set_defaults(handler=_gate)
    accept = commands.add_parser(
        "accept",
        help="make a result the measure of later versions",
        description="Make a result the one that the gate holds later versions against. Logged with its reason.",
    )
    accept.add_argument("result", metavar="RESULT", type=Path, help="a result that run or gate wrote")
    accept.add_argument("--why", required=True, help="the reason, for the log")
    accept.add_argument("--accepted", metavar="FILE", type=Path, default=ACCEPTED, help=f"(default {ACCEPTED})")
    accept.set_defaults(handler=_accept)
    ablate = commands.add_parser(
        "ablate",
        help="switch each part off and print what it is worth",
        description="Score the product without each leg, each step of the Dutch analysis, each feature of the answer "
        "and each choice about passages, on the development half unless told otherwise. Of BEIR folders the ranking is "
        "scored, without each leg and step.",
    )
    ablate.add_argument("gold", metavar="GOLD", type=Path, nargs="+", help="the gold set, or BEIR folders")
    ablate.add_argument("--data", metavar="DATA", type=Path, help="data folder of raadspoor-ingest (with a gold set)")
    ablate.add_argument("--split", choices=("dev", "test"), default="dev", help="which half (default dev)")
    ablate.add_argument(
        "--only",
        choices=("leg", "step", "feature", "passage"),
        action="append",
        help="only these parts; may be repeated",
    )
    ablate.add_argument("--json", action="store_true", help="print JSON")
    add_seed(ablate)
    ablate.set_defaults(handler=_ablate)


def _compare(chosen: argparse.Namespace) -> int:
    from eval.as_json import compare_json
    from eval.comparing import compare
    from eval.result import read_result
    from eval.terminal import print_comparison

    found = compare(
        read_result(chosen.before),
        read_result(chosen.after),
        system=chosen.system,
        other=chosen.other,
        common=chosen.common,
        chosen=lambda asked: not chosen.split or asked.split == chosen.split,
        seed=chosen.seed,
    )
    if chosen.json:
        print(json.dumps(compare_json(found), ensure_ascii=False, indent=2))
    else:
        names = (f"{chosen.before} ({chosen.system})", f"{chosen.after} ({chosen.other})")
        print_comparison(found, before=names[0], after=names[1])
    return 0


def _gate(chosen: argparse.Namespace) -> int:
    from council import DataFolder
    from council.settings import from_environment
    from eval.accepting import gate
    from eval.gold import read_gold
    from eval.result import read_result, write_result
    from eval.run import evaluate
    from eval.systems import PRODUCT
    from eval.terminal import print_comparison, progress

    accepted = read_result(chosen.accepted)
    with progress(quiet=False) as told:
        now = evaluate(
            read_gold(chosen.gold),
            DataFolder(chosen.data),
            from_environment(),
            command="gate",
            systems=(PRODUCT,),
            seed=accepted.seed,
            progress=lambda done, total: told("Asking", done, total),
        )
    if chosen.out:
        write_result(chosen.out, now)
    found = gate(accepted, now)
    print_comparison(found.compared, before=f"accepted, {accepted.made_by.commit[:12]}", after="this version")
    for notice in found.notices:
        print(f"Note: {notice}")
    for reason in found.reasons:
        print(f"SHUT: {reason}")
    if not found.reasons:
        print(f"OPEN: no measure fell by more than chance on {found.questions} questions")
    return SHUT if found.reasons else 0


def _accept(chosen: argparse.Namespace) -> int:
    from eval.accepting import accept
    from eval.result import read_result

    result = read_result(chosen.result)
    accept(result, chosen.accepted, why=chosen.why)
    print(f"{chosen.accepted} now holds {len(result.questions)} questions of commit {result.made_by.commit[:12]}")
    return 0


def _ablate(chosen: argparse.Namespace) -> int:
    from council import DataFolder, UsageError
    from council.settings import from_environment
    from eval.ablating import Part, ablate
    from eval.as_json import ablate_json
    from eval.gold import read_half
    from eval.terminal import progress
    from eval.terminal_ablating import print_worth

    if all(path.is_dir() for path in chosen.gold):
        return _ablate_folders(chosen)
    if len(chosen.gold) > 1 or chosen.data is None:
        raise UsageError("ablate takes one gold set with --data DATA, or BEIR folders")
    with progress(quiet=chosen.json) as told:
        found = ablate(
            read_half(chosen.gold[0], chosen.split),
            DataFolder(chosen.data),
            from_environment(),
            parts=frozenset(map(Part, chosen.only or Part)),
            seed=chosen.seed,
            progress=told,
        )
    if chosen.json:
        print(json.dumps(ablate_json(found), ensure_ascii=False, indent=2))
    else:
        print_worth(found)
    return 0


def _ablate_folders(chosen: argparse.Namespace) -> int:
    from council.settings import from_environment
    from eval.ablating import Part
    from eval.ablating_beir import PARTS, ablate_beir
    from eval.as_json import ablate_beir_json
    from eval.collection import folders_in, read_collection
    from eval.terminal import progress
    from eval.terminal_ablating import print_worth

    found = {}
    for folder in (inner for given in chosen.gold for inner in folders_in(given)):
        with progress(quiet=chosen.json) as told:
            found[folder.resolve().name] = ablate_beir(
                read_collection(folder),
                from_environment(),
                parts=frozenset(map(Part, chosen.only or PARTS)),
                seed=chosen.seed,
                progress=told,
            )
    if chosen.json:
        print(json.dumps(ablate_beir_json(found), ensure_ascii=False, indent=2))
        return 0
    for name, parts in found.items():
        print_worth(parts, of=name)
    return 0
