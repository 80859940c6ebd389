"""Whether another process wrote to a SQLite file, told without opening it."""

from __future__ import annotations

from pathlib import Path


def change_mark(path: Path) -> tuple[int, ...]:
    """Return a value that differs after every change by any process: the times and sizes of the file and its log.

    Args:
        path: the SQLite file; one that is not there has a mark too.
    """
    mark: list[int] = []
    for tail in ("", "-wal"):
        try:
            stat = path.with_name(path.name + tail).stat()
        except FileNotFoundError:
            mark += (0, 0)
        else:
            # The size too: the clock of many file systems ticks a few times a second only.
            mark += (stat.st_mtime_ns, stat.st_size)
    return tuple(mark)
