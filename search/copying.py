"""A copy of a generation that takes no more of the disk than what was written into it.

The embedded engine lays out files of 32 MiB and more and writes a few places of them. Copied byte for byte, their empty
rest is written out too: a quarter of a gigabyte for the smallest index, each night.
"""

from __future__ import annotations

import os
from pathlib import Path

_BLOCK = 1 << 18
_NOTHING = bytes(_BLOCK)


def copied(source: Path, target: Path) -> None:
    """Copy a folder and all that lies in it; what holds nothing but zeros is left a hole.

    Raises:
        OSError: the target is there already, the source cannot be read, or the disk is full.
    """
    target.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if path.is_dir():
            copied(path, target / path.name)
        else:
            _copied(path, target / path.name)


def _copied(source: Path, target: Path) -> None:
    try:
        _write(source, target)
    except OSError as error:
        error.filename = error.filename or str(target)  # a write that finds no room does not say where
        raise


def _write(source: Path, target: Path) -> None:
    with source.open("rb") as file, target.open("wb") as out:
        while block := file.read(_BLOCK):
            if block == _NOTHING[: len(block)]:
                out.seek(len(block), os.SEEK_CUR)
            else:
                out.write(block)
        out.truncate()
