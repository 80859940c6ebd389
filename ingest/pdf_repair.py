"""Damaged and locked PDFs saved anew through pypdf. The only module of the ingest that imports it.

pypdf reads some files that PDFium gives up on, and opens some locks that PDFium does not know.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pypdf import PasswordType, PdfReader, PdfWriter
from pypdf.errors import PyPdfError


class _TooLong(Exception):
    """Saving a file anew takes more time than it is worth."""


# What pypdf lets through from a damaged file, besides its own errors.
_DAMAGED = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError, OverflowError),
    *(AssertionError, NotImplementedError, ZeroDivisionError, EOFError, MemoryError, _TooLong),
)


def rewrite(file: Path, target: Path, *, passwords: Sequence[str], seconds: int) -> bool:
    """Try to save a PDF anew so that PDFium can open it.

    Args:
        file: a PDF.
        target: where the copy goes.
        passwords: what to try if it is locked, after the empty password.
        seconds: how long it may take, so that what PDFium could read is not lost with what it could not.

    Returns:
        Whether a file with at least one page was written.
    """
    try:
        with _bounded(seconds):
            reader = PdfReader(file, strict=False)
            if reader.is_encrypted and not _opens(reader, passwords):
                return False
            writer = PdfWriter(clone_from=reader)
            if len(writer.pages) == 0:
                return False
            writer.write(target)
    except _DAMAGED:
        target.unlink(missing_ok=True)
        return False
    return True


def _opens(reader: PdfReader, passwords: Sequence[str]) -> bool:
    return any(reader.decrypt(password) is not PasswordType.NOT_DECRYPTED for password in ("", *passwords))


@contextmanager
def _bounded(seconds: int) -> Iterator[None]:
    """End what is done within after so many seconds; only a main thread can, and workers work in theirs."""

    def ring(number: int, frame: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
