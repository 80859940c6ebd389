"""Memory that a library let go of goes back to the system.

The C library keeps what was freed for each thread that allocated it. The embedded engine optimises in threads of its
own, new ones every time, so what one of them left is of no use to the next, and a process grows by it again and again.
"""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Give freed memory back to the system, where the C library can (glibc); it takes some milliseconds."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
