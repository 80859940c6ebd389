"""The data folder of one municipality: what lies where.

::

    DATA/                     where a run makes it, for its owner and group alone (0750)
      catalogue.sqlite        the truth: documents, pages, passages, runs; for its owner alone (0600)
      documents/ab/ab….pdf    the original bytes, by SHA-256
      readings/ab/ab….pdf     the same with a text layer, where OCR had to make one
      index/live.json         which generation is live (replaced in one rename)
      index/<generation>/     one generation of the index
      incoming/               copies of files that are being read; emptied by every run
      reports/                what each run did, for the clerk; for nobody else to read (0700)
      ingest.lock             held by the run that writes
      usage.sqlite            how the pages are used; only where RAADSPOOR_USAGE is on
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_SHA = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".part-"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths within one data folder. Nothing is created until it is needed."""

    root: Path

    @property
    def catalogue(self) -> Path:
        """The SQLite file that holds the truth."""
        return self.root / "catalogue.sqlite"

    @property
    def usage(self) -> Path:
        """The SQLite file that counts how the pages are used."""
        return self.root / "usage.sqlite"

    @property
    def index(self) -> Path:
        """The folder of index generations."""
        return self.root / "index"

    @property
    def incoming(self) -> Path:
        """Where a run puts files while it reads them; whatever a run that was killed left there is of no use."""
        return self.root / "incoming"

    @property
    def reports(self) -> Path:
        """The folder of kept reports; they name papers that nobody may see, so no page ever shows them."""
        return self.root / "reports"

    @property
    def lock(self) -> Path:
        """The file that the writing run holds locked."""
        return self.root / "ingest.lock"

    def original(self, sha256: str) -> Path:
        """Return where the original bytes of a document are kept.

        Raises:
            ValueError: ``sha256`` is not 64 hexadecimal digits (it may come from a URL).
        """
        return self._by_hash("documents", sha256)

    def reading(self, sha256: str) -> Path:
        """Return where the text-layered copy of a scanned document is kept; see :meth:`original` for errors."""
        return self._by_hash("readings", sha256)

    def readable_copy(self, sha256: str) -> Path:
        """Return the file whose text the catalogue holds: the text-layered copy if there is one, else the original."""
        reading = self.reading(sha256)
        return reading if reading.exists() else self.original(sha256)

    def _by_hash(self, branch: str, sha256: str) -> Path:
        if not is_sha256(sha256):
            raise ValueError(f"not a SHA-256: {sha256[:80]!r}")
        return self.root / branch / sha256[:2] / f"{sha256}.pdf"


def is_sha256(text: str) -> bool:
    """Whether a text is a SHA-256 as it is written here: 64 hexadecimal digits, the letters small."""
    return _SHA.fullmatch(text) is not None


def make_folder(path: Path) -> None:
    """Make a folder that nobody outside its owner's group can look into; one that is there stays as it is.

    Raises:
        OSError: there is no room or no right to make it.
    """
    path.mkdir(mode=0o750, parents=True, exist_ok=True)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(source: Path, target: Path) -> str:
    """Copy a file into the data folder so that it is there wholly or not at all.

    Returns:
        The SHA-256 of the bytes that were copied, which need not be those of a moment ago.

    Raises:
        OSError: with the source's path as its ``filename`` if the source cannot be read; else the target cannot be
            written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with whole(target) as out:
        for block in _blocks(source):
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


@contextmanager
def whole(target: Path) -> Iterator[BinaryIO]:
    """Give a file to write in that takes its place when all is written, and is gone when that fails.

    Args:
        target: its place, in a folder that is there. Until then it lies beside it, and only its owner may read it.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def unfinished(folder: Path) -> Iterator[Path]:
    """Yield what :func:`whole` left in a folder when the process that wrote was killed."""
    return folder.glob(f"{_UNFINISHED}*")


def _blocks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while block := file.read(1 << 20):
                yield block
    except OSError as error:
        error.filename = str(source)
        raise
