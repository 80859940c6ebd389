"""``python -m bench``: measure speed, memory and rivals, and write ``bench/results.json``.

Each measurement runs in a process of its own. One that fails leaves the others standing, and what was measured is kept
after each. A full run takes well over an hour on two cores, most of it filling the large collection.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.collections import MATERIAL
from bench.machine import ROOT, provenance
from bench.results import Measured, State, read_results, write_results
from council import DataFolder, UsageError

OUT = ROOT / "bench" / "results.json"


def main() -> int:
    """Run the chosen measurements and return 0; 1 when one of them failed, 2 for wrong usage."""
    asked = _arguments()
    try:
        if asked.table:
            from bench.table import TABLES

            print("\n".join(make(read_results(asked.out)) for make in TABLES.values()))
            return 0
        return _measure(asked)
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=100_000, help="size of the large collection (default 100000)")
    parser.add_argument("--material", type=Path, default=MATERIAL, help="folder of law text and public sets")
    parser.add_argument(
        "--data",
        type=Path,
        help="data folder of the large collection: used as it is if it holds an index, else filled and kept",
    )
    parser.add_argument(
        "--large",
        type=int,
        default=0,
        metavar="PASSAGES",
        help="measure a second one of this size; filling takes hours",
    )
    parser.add_argument("--large-data", type=Path, help="the same as --data, for the second one")
    parser.add_argument(
        "--rival-passages", type=int, default=20_000, help="passages of law text that all rivals search (default 20000)"
    )
    parser.add_argument(
        "--pages", type=int, default=20_000, help="pages of real papers that one night takes in (default 20000)"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="only the step of this name, or those that begin so, and what they need; the rest stays; can be repeated",
    )
    parser.add_argument("--list", action="store_true", help="print the names of the steps and do nothing")
    parser.add_argument("--table", action="store_true", help="print the figures of the file as tables and do nothing")
    parser.add_argument("--out", type=Path, default=OUT, help="where the figures go (default bench/results.json)")
    return parser.parse_args()


def _measure(asked: argparse.Namespace) -> int:
    from bench.plan import Sizes, chosen, steps
    from bench.running import run_all

    with tempfile.TemporaryDirectory(prefix="raadspoor-bench-") as folder:
        work = Path(folder)
        data = asked.data or work / "large"
        larger = asked.large_data or (work / "larger" if asked.large else None)
        todo = chosen(
            steps(
                Sizes(
                    work=work,
                    material=asked.material.resolve(),
                    data=data,
                    passages=asked.passages,
                    filled=_filled(data),
                    larger=asked.large or 500_000,
                    larger_data=larger,
                    larger_filled=larger is not None and _filled(larger),
                    rivals=asked.rival_passages,
                    pages=asked.pages,
                )
            ),
            asked.only,
        )
        if asked.list or not todo:
            print("\n".join(step.name for step in todo) or "no step has such a name; see --list")
            return 0 if todo else 2
        found = read_results(asked.out) if asked.only and asked.out.exists() else {}

        def keep(measured: Measured) -> None:
            found.pop(measured.name, None)
            found[measured.name] = measured
            write_results(asked.out, found)

        done = run_all(todo, provenance(), keep)
    failed = [measured.name for measured in done if measured.state is State.FAILED]
    print(f"written to {asked.out}" + (f"; failed: {', '.join(failed)}" if failed else ""))
    return int(bool(failed))


def _filled(data: Path) -> bool:
    """Return whether a data folder holds an index; refuse one that holds papers and none, which are somebody's."""
    folder = DataFolder(data)
    if (folder.index / "live.json").exists():
        return True
    if folder.catalogue.exists():
        raise UsageError(
            f"{data} holds papers without an index; name a folder that is filled, or one that is not there"
        )
    return False


if __name__ == "__main__":
    sys.exit(main())
