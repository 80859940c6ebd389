"""Processes that end with the one that started them: nothing is left behind, however a run ends."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def die_with(parent: int, how: int = signal.SIGKILL) -> None:
    """Have the system send this process a signal when its parent ends, however that ends; only Linux can.

    Args:
        parent: the number of the process that started this one; if it is gone already, this one ends now.
        how: the signal.
    """
    if Path("/proc/self").exists():
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how)
        if os.getppid() != parent:
            os._exit(1)
