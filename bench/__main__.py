"""``python -m bench``: measure on the sample and at 100,000 passages, and write ``bench/results.json``."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.collections import LAWS
from bench.machine import ROOT, provenance


def main() -> int:
    """Run every measurement, each in a process of its own, and return 0."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000, help="size of the large collection (default 100000)")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results.json", help="where the figures go")
    chosen = parser.parse_args()

    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="raadspoor-bench-") as folder:
        data = str(Path(folder) / "data")
        figures["ingest_sample"] = _measured("reading", data)
        figures["embed"] = _measured("embedding", data)
        figures["ask_sample"] = _measured("asking", data)
        if LAWS.exists():
            figures["fill"] = _measured("filling", data, str(chosen.passages))
            figures["ask_large"] = _measured("asking", data)
        else:
            print(f"{LAWS.name} is not there: the large collection is not measured", file=sys.stderr)
    results = {
        "command": "make bench",
        "measured": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        **provenance(),
        "figures": figures,
    }
    chosen.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(f"written to {chosen.out}")
    return 0


def _measured(*arguments: str) -> dict[str, object]:
    print(f"{arguments[0]} …", end=" ", flush=True)
    command = [sys.executable, "-m", "bench.measure", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(found))
    return found


if __name__ == "__main__":
    sys.exit(main())
