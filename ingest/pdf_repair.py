"""Damaged and locked PDFs saved anew through pypdf. The only module of the ingest that imports it.

pypdf reads some files that PDFium gives up on, and opens some locks that PDFium does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pypdf import PasswordType, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

# What pypdf lets through from a damaged file, besides its own errors.
_DAMAGED = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError, OverflowError),
    *(AssertionError, NotImplementedError, ZeroDivisionError, EOFError),
)


def rewrite(file: Path, target: Path, *, passwords: Sequence[str]) -> bool:
    """Try to save a PDF anew so that PDFium can open it.

    Args:
        file: a PDF.
        target: where the copy goes.
        passwords: what to try if it is locked, after the empty password.

    Returns:
        Whether a file with at least one page was written.
    """
    try:
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
