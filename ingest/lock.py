"""One run at a time: a lock that the operating system lets go of when the run dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from council import Busy, make_folder


@contextmanager
def only_run(path: Path) -> Iterator[None]:
    """Hold the lock of a data folder.

    Raises:
        Busy: another run holds it; the message says which process.
        OSError: the data folder cannot be made or written.
    """
    make_folder(path.parent)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise Busy(f"{path}: another run (process {holder}) is writing here; wait until it is done") from error
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield
