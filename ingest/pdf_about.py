"""What a PDF says about itself, passwords, and repair, through pypdf. The only module of the ingest that imports it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PasswordType, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from council import ReadError

# What pypdf lets through from a damaged file, besides its own errors.
_DAMAGED = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError, OverflowError)
_LONGEST = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """The document information of a PDF. All of it is what somebody once typed, or a program made up."""

    title: str = ""
    labels: tuple[str, ...] = ()
    """The printed number of each page, where the PDF defines one; else empty."""
    password: str | None = None
    """What opened it: nothing needed (None), the empty password, or one of those given."""


def read_about(file: Path, *, passwords: Sequence[str]) -> About:
    """Read title and page labels, and find the password if one is needed.

    Args:
        file: a PDF.
        passwords: what to try on a locked one, after the empty password.

    Raises:
        ReadError: it is locked and nothing opens it.
    """
    try:
        reader = PdfReader(file)
        password = _unlock(reader, passwords) if reader.is_encrypted else None
        title = reader.metadata.title if reader.metadata else ""
        has_labels = "/PageLabels" in reader.trailer["/Root"]
        labels = tuple(str(label)[:20] for label in reader.page_labels) if has_labels else ()
        return About(title=str(title or "")[:_LONGEST], labels=labels, password=password)
    except _DAMAGED:
        return About()


def _unlock(reader: PdfReader, passwords: Sequence[str]) -> str:
    for password in ("", *passwords):
        if reader.decrypt(password) is not PasswordType.NOT_DECRYPTED:
            return password
    raise ReadError(
        "it is locked with a password",
        "ask the sender for an open copy, or put the password in the file that RAADSPOOR_PASSWORDS names",
    )


def rewrite(file: Path, target: Path) -> bool:
    """Try to save a damaged PDF anew so that PDFium can open it.

    Returns:
        Whether a file with at least one page was written to ``target``.
    """
    try:
        writer = PdfWriter(clone_from=PdfReader(file, strict=False))
        if len(writer.pages) == 0:
            return False
        writer.write(target)
    except _DAMAGED:
        target.unlink(missing_ok=True)
        return False
    return True
