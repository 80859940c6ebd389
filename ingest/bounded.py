"""``python -m ingest.bounded PARENT MEGABYTES MODULE …``: a Python program that is bounded and dies with its parent.

What it started dies with it: it leads a session of its own, and takes all of that along.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys


def _end_session(number: int, frame: object) -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    from council import die_with
    from ingest.workers import limit_memory

    _, parent, megabytes, module, *rest = sys.argv
    if os.getpgrp() == os.getpid():  # else it would take along who started it
        signal.signal(signal.SIGTERM, _end_session)
    die_with(int(parent), signal.SIGTERM)
    limit_memory(int(megabytes))
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
