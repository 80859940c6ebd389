"""``pool``, ``judge``, ``agree``, ``merge``, ``add``: arguments, and what is done with them.

A handler returns the exit code or raises one of our errors, which carries it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

_DEEPEST = 20
_DATA = "data folder of raadspoor-ingest"


def add_parsers(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add the commands to a parser."""
    for add in (add_pool_parser, add_judge_parser, add_agree_parser, add_merge_parser, add_add_parser):
        add(commands)


def add_pool_parser(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add ``pool`` to a parser."""
    pool = commands.add_parser(
        "pool",
        help="collect what several results hold that nobody judged",
        description="Put what the systems of some results returned and nobody judged on one heap, in an order that "
        "says nothing of who ranked what where.",
    )
    pool.add_argument("gold", metavar="GOLD", type=Path, help="the gold set that the results asked")
    pool.add_argument("results", metavar="RESULT", type=Path, nargs="+", help="files that raadspoor-eval run wrote")
    pool.add_argument("--data", metavar="DATA", type=Path, required=True, help=_DATA)
    pool.add_argument("--out", metavar="POOL", type=Path, required=True, help="the pool to write; must not exist yet")
    pool.add_argument(
        "--depth", metavar="N", type=_depth, default=10, help="documents of each ranking, at most 20 (default 10)"
    )
    pool.add_argument(
        "--system", metavar="NAME", action="append", default=[], help="only this system; may be given more than once"
    )
    pool.add_argument("--seed", metavar="N", type=int, default=1, help="what the order is drawn with (default 1)")
    pool.set_defaults(handler=_pool)


def add_judge_parser(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add ``judge`` to a parser."""
    judge = commands.add_parser(
        "judge",
        help="judge a pool on a page in the browser",
        description="Serve a page for judging on this machine. Every judgement is kept at once; stopped and started "
        "again, it goes on where it was.",
    )
    judge.add_argument("pool", metavar="POOL", type=Path, help="made by raadspoor-eval pool or add")
    judge.add_argument("--data", metavar="DATA", type=Path, required=True, help=_DATA)
    judge.add_argument("--judge", metavar="NAME", required=True, help="who judges: letters, digits, - and _")
    judge.add_argument("--out", metavar="FILE", type=Path, help="the judge's file (default POOL.NAME.jsonl)")
    judge.add_argument(
        "--differing", metavar="FILE", type=Path, nargs=2, help="only what these two judges differ on, to settle it"
    )
    judge.add_argument("--product", metavar="URL", default="", help="where the product runs, to link to its pages")
    judge.add_argument("--language", choices=("nl", "en"), default="nl", help="of the page (default nl)")
    judge.add_argument("--port", type=_port, default=8010, help="port to listen on (default 8010; 0 picks a free one)")
    judge.set_defaults(handler=_judge)


def add_agree_parser(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add ``agree`` to a parser."""
    agree = commands.add_parser(
        "agree",
        help="say how far two judges agree",
        description="Compare two judges: Cohen's kappa, plain, weighted and of helpful or not, and where they differ.",
    )
    agree.add_argument("pool", metavar="POOL", type=Path, help="what they judged")
    agree.add_argument("judgements", metavar="JUDGEMENTS", type=Path, nargs=2, help="the files of the two judges")
    agree.set_defaults(handler=_agree)


def add_merge_parser(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add ``merge`` to a parser."""
    merge = commands.add_parser(
        "merge",
        help="put judgements into the gold set",
        description="Add what one judge said, or what two agree on, to the gold set. What they differ on stays out "
        "until a third has settled it.",
    )
    merge.add_argument("gold", metavar="GOLD", type=Path, help="the gold set; replaced as a whole")
    merge.add_argument("pool", metavar="POOL", type=Path, help="what was judged")
    merge.add_argument("judgements", metavar="JUDGEMENTS", type=Path, nargs="+", help="the files of one judge or two")
    merge.add_argument("--settled", metavar="FILE", type=Path, help="the file of the judge who settles differences")
    merge.add_argument(
        "--rule",
        choices=("wait", "lower"),
        default="wait",
        help="where grades differ and nobody settled it: wait (default), or take the lower one",
    )
    merge.add_argument("--split", choices=("dev", "test"), help="the half that new questions go to")
    merge.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    merge.set_defaults(handler=_merge)


def add_add_parser(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type of its subparsers to itself
    """Add ``add`` to a parser."""
    add = commands.add_parser(
        "add",
        help="pool new questions: of readers who allowed it, or your own",
        description="Put questions that readers allowed to be kept into a pool, or one of your own, with what was "
        "shown and what is found now. Personal data are masked.",
    )
    add.add_argument("pool", metavar="POOL", type=Path, help="the pool to add to; made if it is not there")
    add.add_argument("--data", metavar="DATA", type=Path, required=True, help=_DATA)
    add.add_argument("--question", metavar="TEXT", help="a question of your own, in place of those of readers")
    add.add_argument(
        "--depth", metavar="N", type=_depth_or_none, default=10, help="documents found now, 0 to 20 (default 10)"
    )
    add.add_argument("--seed", metavar="N", type=int, default=1, help="what the order is drawn with (default 1)")
    add.set_defaults(handler=_add)


def _pool(chosen: argparse.Namespace) -> int:
    from council import Catalogue, DataFolder, UsageError
    from eval.gold import read_gold
    from eval.judging.pool import write_pool
    from eval.judging.pooling import make_pool
    from eval.judging.terminal import print_pooling
    from eval.places import CataloguePapers
    from eval.result import read_result
    from eval.run import papers_mark

    if chosen.out.exists():
        raise UsageError(f"{chosen.out} is there already, and may have been judged; choose another place for the pool")
    gold = read_gold(chosen.gold)
    results = {path.name.partition(".")[0]: read_result(path) for path in chosen.results}
    if len(results) < len(chosen.results):
        raise UsageError("two results have the same name, and their systems could not be told apart; rename one")
    catalogue = Catalogue(DataFolder(chosen.data).catalogue)
    try:
        found = make_pool(
            gold,
            results,
            CataloguePapers(catalogue),
            mark=papers_mark(catalogue),
            out=chosen.out,
            systems=chosen.system,
            depth=chosen.depth,
            seed=chosen.seed,
        )
    finally:
        catalogue.close()
    if not found.pool.questions:
        raise UsageError("everything that these results hold was judged; there is nothing to pool")
    write_pool(found.pool)
    print_pooling(found)
    return 0


def _judge(chosen: argparse.Namespace) -> int:
    import datetime as dt

    from council import Catalogue, DataFolder
    from eval.judging.app import Desk
    from eval.judging.judgements import Pen, judgements_path, read_judgements
    from eval.judging.pool import read_pool, without_expired
    from eval.judging.server import serve
    from eval.judging.session import Session, only_differing
    from eval.judging.terminal import print_torn
    from eval.judging.texts import LANGUAGES
    from eval.links import product_base

    product = product_base(chosen.product)
    pool = without_expired(read_pool(chosen.pool), dt.date.today())
    if chosen.differing:
        pool = only_differing(pool, *map(read_judgements, chosen.differing))
    catalogue = Catalogue(DataFolder(chosen.data).catalogue)
    try:
        with Pen(chosen.out or judgements_path(chosen.pool, chosen.judge), chosen.judge) as pen:
            print_torn([pen.before])
            desk = Desk(
                session=Session(pool, pen),
                judge=chosen.judge,
                catalogue=catalogue,
                texts=LANGUAGES[chosen.language],
                product=product,
            )
            serve(desk, chosen.port, ready=lambda address: print(f"{desk.judge} can judge on {address}", flush=True))
    finally:
        catalogue.close()
    return 0


def _agree(chosen: argparse.Namespace) -> int:
    from eval.judging.agreement import agreement
    from eval.judging.judgements import read_judgements
    from eval.judging.pool import read_pool
    from eval.judging.terminal import print_agreement, print_torn

    pool = read_pool(chosen.pool)
    files = [read_judgements(path) for path in chosen.judgements]
    print_torn(files)
    print_agreement(agreement(*files), {question.id: question.text for question in pool.questions})
    return 0


def _merge(chosen: argparse.Namespace) -> int:
    import datetime as dt

    from council import UsageError
    from eval.gold import Split, read_gold
    from eval.judging.gold_writing import merged_content, write_merge
    from eval.judging.judgements import read_judgements
    from eval.judging.merging import Rule, plan_merge
    from eval.judging.pool import read_pool, without_expired
    from eval.judging.terminal import print_merge, print_torn

    if len(chosen.judgements) > 2:
        raise UsageError("give the files of one judge or two; a third settles what they differ on, with --settled")
    gold = read_gold(chosen.gold)
    pool = without_expired(read_pool(chosen.pool), dt.date.today())
    judges = [read_judgements(path) for path in chosen.judgements]
    settled = read_judgements(chosen.settled) if chosen.settled else None
    print_torn([*judges, *([settled] if settled else [])])
    split = Split(chosen.split) if chosen.split else None
    merge = plan_merge(gold, pool, judges, settled=settled, rule=Rule(chosen.rule), split=split)
    if chosen.dry_run:
        merged_content(gold, merge)
    elif not merge.empty:
        write_merge(gold, merge)
    print_merge(merge, str(gold.path), written=not chosen.dry_run)
    return 0


def _add(chosen: argparse.Namespace) -> int:
    import datetime as dt

    from council import Catalogue, DataFolder
    from council.settings import from_environment
    from eval.judging.feedback import add_own, opened_pool, searching, take_in
    from eval.judging.pool import write_pool
    from eval.judging.terminal import print_addition

    settings, data, pool = from_environment(), DataFolder(chosen.data), opened_pool(chosen.pool)
    catalogue = Catalogue(data.catalogue)
    try:
        with searching(data, settings, depth=chosen.depth) as search:
            if chosen.question is not None:
                addition = add_own(pool, chosen.question, search, seed=chosen.seed)
            else:
                addition = take_in(pool, data, settings, search, catalogue, today=dt.date.today(), seed=chosen.seed)
    finally:
        catalogue.close()
    if addition.added or addition.gone:
        write_pool(addition.pool)
    if addition.gone or not addition.refused:
        print_addition(addition)
    if addition.refused:
        raise addition.refused
    return 0


def _depth(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _DEEPEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {_DEEPEST}")
    return int(text)


def _depth_or_none(text: str) -> int:
    return 0 if text == "0" else _depth(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port number")
    return int(text)
