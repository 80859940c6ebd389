"""The command line of the making: `python -m training --data DATA --out search/models/raadspoor-static-nl`."""

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Make the model as the arguments say; return 0, or 2 where data is missing."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Make the Dutch embedding model.")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds training/ and retrieval/")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write the model into")
    parser.add_argument("--seed", type=int, default=1, help="seed of everything drawn by lot (default 1)")
    parser.add_argument(
        "--threads", type=int, default=2, help="threads to use (default 2); with 1 a run repeats exactly"
    )
    parser.add_argument("--quick", action="store_true", help="a tiny model in under a minute, to see that all works")
    chosen = parser.parse_args(arguments)

    os.environ["RAYON_NUM_THREADS"] = str(chosen.threads)  # read by the tokenizers library when it is first used
    # Imported late: torch and gensim take seconds, and --help should not.
    import torch

    from training.corpus import MissingDataError
    from training.recipe import QUICK, Recipe, make

    torch.set_num_threads(chosen.threads)
    base = QUICK if chosen.quick else Recipe()
    recipe = replace(base, seed=chosen.seed, threads=chosen.threads, schedule=replace(base.schedule, seed=chosen.seed))
    began = time.monotonic()
    try:
        make(
            chosen.data,
            chosen.out,
            recipe,
            lambda what: print(f"{time.monotonic() - began:6.0f} s  {what}", flush=True),
        )
    except MissingDataError as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
