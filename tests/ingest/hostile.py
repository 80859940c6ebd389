"""What a file can do to the process that reads it."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
import time
import warnings

from council import ReadError


def suffer(what: str) -> str:
    """Do to this process what ``what`` says."""
    match what.partition(" ")[0]:
        case "refuse":
            raise ReadError("een reden", "een remedie")
        case "exit":
            os._exit(7)
        case "crash":
            ctypes.string_at(0)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "swell":
            return str(len(bytearray(8 << 30)))
        case "deep":
            return suffer(what)
        case "odd":
            raise OddError(what, object())
        case "noise":
            sys.stdout.write("ruis\n")
            os.write(2, b"ruis\n")
            warnings.warn("ruis", stacklevel=1)
            logging.getLogger("x").warning("ruis")
        case "result":
            return lambda: what  # type: ignore[return-value]
        case "leave":
            sys.exit(3)
    return f"{what} ok"


class OddError(Exception):
    """An error that cannot cross from one process to another."""

    def __init__(self, what: str, thing: object) -> None:
        super().__init__(what)
        self.thing = (thing, lambda: thing)
