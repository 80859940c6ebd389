"""``raadspoor-ingest``: arguments, progress and exit code."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from council import command, may_lose

if TYPE_CHECKING:
    from ingest.scope import Scope


@command("raadspoor-ingest")
def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code; ``--help`` and ``docs/nightly.md`` list them."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    given = (chosen.source, chosen.show, chosen.release, chosen.hold, chosen.forget_source, chosen.rollback or None,
             chosen.mail or None)  # fmt: skip
    if len(given) - given.count(None) != 1:
        parser.error(
            "give one of these: a SOURCE to read, --show, --release or --hold with a document that was read, "
            "--forget-source, --rollback or --mail"
        )
    if (chosen.because is not None) != (chosen.release is not None or chosen.hold is not None):
        parser.error("--release and --hold want the reason: --because REASON; nothing else takes it")
    if chosen.source is None and (chosen.only or chosen.keep_missing or chosen.withdraw_all or chosen.dry_run):
        parser.error("--only, --keep-missing, --withdraw-all and --dry-run go with a SOURCE")
    from council import RaadspoorError, plain
    from ingest.stopping import Stopped, stoppable

    try:
        with stoppable():
            return _action(chosen)(chosen)
    except (RaadspoorError, Stopped) as error:
        print(f"raadspoor-ingest: {plain(str(error))}", file=sys.stderr)
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="raadspoor-ingest",
        description="Read a folder of council PDFs and publish it for searching. Only what is new or changed is read.",
        epilog="Exit codes: 0 all read, 2 wrong usage, an unusable manifest (nothing was changed) or most papers gone "
        "(none was withdrawn), 3 some files or "
        "pages could not be read (each is named with the reason and the remedy), 4 trouble with DATA (disk full, "
        "another make) or SOURCE went away, 6 another run or program is writing there (wait, and run again), 130 "
        "or 143 stopped from outside (run again to go on).",
    )
    parser.add_argument("source", metavar="SOURCE", type=Path, nargs="?",
                        help="folder of PDFs, with or without a manifest.jsonl")  # fmt: skip
    parser.add_argument("--data", metavar="DATA", type=Path, required=True, help="data folder; made if it is not there")
    parser.add_argument("--municipality", default="gm0000", type=_municipality, metavar="CODE",
                        help="whose papers these are, like gm0114 (default gm0000)")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the report as JSON (docs/json.md)")
    parser.add_argument("--only", action="append", default=[], metavar="PATTERN",
                        help="look only at paths like 'moties/*'; may be given again")  # fmt: skip
    parser.add_argument("--keep-missing", action="store_true",
                        help="SOURCE lists only what is new: what is not there stays")  # fmt: skip
    parser.add_argument("--withdraw-all", action="store_true",
                        help="most papers are gone, and they may be withdrawn")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true",
                        help="change nothing: say what a run would do")  # fmt: skip
    parser.add_argument("--show", metavar="DOCUMENT",
                        help="read nothing: say what is known of a document (path or SHA-256), and why")  # fmt: skip
    parser.add_argument("--release", metavar="DOCUMENT",
                        help="read nothing: let a document be found that is held back")  # fmt: skip
    parser.add_argument("--hold", metavar="DOCUMENT",
                        help="read nothing: hold a document back, so that nobody finds it")  # fmt: skip
    parser.add_argument("--forget-source", metavar="PATH", type=Path,
                        help="read nothing: withdraw all papers of a source folder that is gone")  # fmt: skip
    parser.add_argument("--because", metavar="REASON", help="why it is released or held back; kept, and told")
    parser.add_argument("--rollback", action="store_true",
                        help="read nothing: make the index before this one live again")  # fmt: skip
    parser.add_argument("--mail", action="store_true",
                        help="read nothing: mail the figures of the newest report to RAADSPOOR_MAIL_TO")  # fmt: skip
    return parser


def _action(chosen: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    if chosen.mail:
        return _mail
    if chosen.rollback:
        return _rollback
    if chosen.show is not None:
        return _show
    if chosen.release is not None or chosen.hold is not None:
        return _decide
    if chosen.forget_source is not None:
        return _forget
    return _plan if chosen.dry_run else _ingest


def _show(chosen: argparse.Namespace) -> int:
    from contextlib import closing

    from council import Catalogue, DataFolder
    from ingest import showing

    with closing(Catalogue(DataFolder(chosen.data).catalogue)) as catalogue:
        found = showing.shown(catalogue, chosen.show)
    as_json = chosen.json
    print(json.dumps(showing.as_json(found), ensure_ascii=False, indent=2) if as_json else showing.as_text(found))
    return 0


def _decide(chosen: argparse.Namespace) -> int:
    from council import DataFolder
    from ingest import releasing

    release = chosen.release is not None
    name = chosen.release if release else chosen.hold
    print(releasing.as_text(releasing.decide(DataFolder(chosen.data), name, release=release, because=chosen.because)))
    return 0


def _forget(chosen: argparse.Namespace) -> int:
    from council import DataFolder
    from ingest import forgetting

    print(forgetting.as_text(forgetting.forget_source(DataFolder(chosen.data), chosen.forget_source)))
    return 0


def _mail(chosen: argparse.Namespace) -> int:
    from council import DataFolder, plain
    from council.settings import from_environment
    from ingest.mailing import mail_newest

    settings = from_environment()
    mail_newest(DataFolder(chosen.data), settings)
    print(f"mailed to {plain(settings.mail_to)}")
    return 0


def _rollback(chosen: argparse.Namespace) -> int:
    from council import DataFolder
    from council.settings import from_environment
    from ingest import return_to_former

    print(
        f"{return_to_former(DataFolder(chosen.data), from_environment())} is live again, until the next run publishes"
    )
    return 0


def _scope(chosen: argparse.Namespace) -> Scope:
    from ingest import Scope

    return Scope(only=tuple(chosen.only), keep_missing=chosen.keep_missing, withdraw_all=chosen.withdraw_all)


def _plan(chosen: argparse.Namespace) -> int:
    from council import DataFolder
    from council.settings import from_environment
    from ingest import exit_code
    from ingest.planning import plan, plan_json, plan_text

    found = plan(
        chosen.source,
        DataFolder(chosen.data),
        from_environment(),
        municipality=chosen.municipality,
        scope=_scope(chosen),
    )
    print(json.dumps(plan_json(found), ensure_ascii=False, indent=2) if chosen.json else plan_text(found))
    return exit_code(found.report)


def _ingest(chosen: argparse.Namespace) -> int:
    from council import DataFolder
    from council.settings import from_environment
    from ingest import as_json, as_text, exit_code, ingest
    from ingest.progress import shown

    with shown(quiet=chosen.json) as progress:
        report = ingest(
            chosen.source,
            DataFolder(chosen.data),
            from_environment(),
            municipality=chosen.municipality,
            scope=_scope(chosen),
            progress=progress,
        )
    may_lose()  # it lies in DATA too, and the papers are published
    print(json.dumps(as_json(report), ensure_ascii=False, indent=2) if chosen.json else as_text(report))
    return exit_code(report)


def _municipality(text: str) -> str:
    if not re.fullmatch(r"gm\d{4}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no municipality code like gm0114")
    return text


if __name__ == "__main__":
    sys.exit(main())
