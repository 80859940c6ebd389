"""``check``, ``export``, ``import``: arguments and output of what is done with a gold set."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_parsers(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add the commands to a parser."""
    check = commands.add_parser(
        "check",
        help="check a gold set, and that its quotes stand in the papers",
        description="Check the form of a gold set, and with --data that every paper, page and quote is there. Lines "
        "that are wrong are named.",
    )
    check.add_argument("gold", metavar="GOLD", type=Path, help="JSON lines, one judged question each")
    check.add_argument("--data", metavar="DATA", type=Path, help="data folder of raadspoor-ingest")
    check.set_defaults(handler=_check)
    export = commands.add_parser(
        "export",
        help="write a gold set in the forms of others",
        description="Write TREC qrels, a BEIR folder, or the gold set with addresses in place of quotes, which holds "
        "no text of the papers.",
    )
    export.add_argument("gold", metavar="GOLD", type=Path, help="JSON lines, one judged question each")
    export.add_argument("--data", metavar="DATA", type=Path, required=True, help="data folder of raadspoor-ingest")
    export.add_argument("--split", choices=("dev", "test"), help="only this half")
    export.add_argument("--qrels", metavar="FILE", type=Path, help="write TREC qrels")
    export.add_argument("--beir", metavar="FOLDER", type=Path, help="write corpus.jsonl, queries.jsonl, qrels.tsv")
    export.add_argument("--addresses", metavar="FILE", type=Path, help="write the gold set without text of the papers")
    export.add_argument("--level", choices=("document", "page"), default="document", help="of qrels and BEIR")
    export.set_defaults(handler=_export)
    taken = commands.add_parser(
        "import",
        help="make a gold set of questions and qrels that were judged elsewhere",
        description="Make a gold set of queries.jsonl and TREC qrels. Papers are named by SHA-256 or path, pages by "
        "those with # and a number.",
    )
    taken.add_argument("queries", metavar="QUERIES", type=Path, help="_id and text, a JSON object a line")
    taken.add_argument("qrels", metavar="QRELS", type=Path, help="question 0 document grade, a line each")
    taken.add_argument("--out", metavar="GOLD", type=Path, required=True, help="the gold set to write")
    taken.set_defaults(handler=_import)


def _check(chosen: argparse.Namespace) -> int:
    from council import Catalogue
    from eval.gold import read_gold
    from eval.places import CataloguePapers, locate

    gold = read_gold(chosen.gold)
    answerable = sum(question.answerable for question in gold.questions)
    judgements = sum(len(question.judgements) for question in gold.questions)
    print(f"{len(gold.questions)} questions, {answerable} answerable, {judgements} judgements; sha256 {gold.sha256}")
    if chosen.data:
        from council import DataFolder

        catalogue = Catalogue(DataFolder(chosen.data).catalogue)
        try:
            judged = locate(gold, CataloguePapers(catalogue))
        finally:
            catalogue.close()
        places = sum(len(item.places) for items in judged.values() for item in items)
        print(f"every paper and page is there; {places} places of judged sentences found")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from council import Catalogue, DataFolder, UsageError
    from eval.exchange import Level, addressed, qrels, write_beir, write_gold
    from eval.gold import read_half
    from eval.places import CataloguePapers, locate
    from eval.trec import write_qrels

    if not (chosen.qrels or chosen.beir or chosen.addresses):
        raise UsageError("say what to write: --qrels, --beir or --addresses")
    gold = read_half(chosen.gold, chosen.split)
    level = Level(chosen.level)
    catalogue = Catalogue(DataFolder(chosen.data).catalogue)
    try:
        judged = locate(gold, CataloguePapers(catalogue))
        if chosen.qrels:
            write_qrels(chosen.qrels, qrels(judged, level))
        if chosen.beir:
            write_beir(chosen.beir, gold, judged, catalogue, level)
    finally:
        catalogue.close()
    if chosen.addresses:
        write_gold(chosen.addresses, addressed(gold, judged))
    for path in filter(None, (chosen.qrels, chosen.beir, chosen.addresses)):
        print(f"written to {path}")
    return 0


def _import(chosen: argparse.Namespace) -> int:
    from eval.exchange import taken_over, write_gold
    from eval.gold import read_gold

    write_gold(chosen.out, taken_over(chosen.queries, chosen.qrels))
    print(f"{len(read_gold(chosen.out).questions)} questions written to {chosen.out}")
    return 0
