"""``python -m ingest.bounded PARENT MEGABYTES MODULE …``: a Python program that is bounded and dies with its parent."""

from __future__ import annotations

import runpy
import sys

if __name__ == "__main__":
    from council import die_with
    from ingest.workers import limit_memory

    _, parent, megabytes, module, *rest = sys.argv
    die_with(int(parent))
    limit_memory(int(megabytes))
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
