"""Text, title and page labels of a PDF through PDFium. The only module of the ingest that imports ``pypdfium2``.

The text is kept exactly as PDFium gives it; every offset in the catalogue counts in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from council import ReadError, clean

_LEAST_TEXT = 12
"""A page with fewer letters than this and an image on it is taken for a scan."""
_LONGEST_TITLE = 300
_LONGEST_LABEL = 20
_DEPTH = 3
"""How deep images are looked for in forms within forms."""


class Locked(ReadError):
    """PDFium needs a password."""


class Damaged(ReadError):
    """PDFium makes nothing of the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageText:
    """The text of one page, and whether it looks like an image that still has to be read."""

    text: str = ""
    label: str = ""
    """What is printed as its number, where the PDF defines one."""
    scan: bool = False
    failed: bool = False
    """PDFium could not make anything of the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfText:
    """What PDFium reads of a file."""

    title: str
    pages: tuple[PageText, ...]

    @property
    def failed(self) -> int:
        """How many pages could not be read."""
        return sum(page.failed for page in self.pages)


def read_pdf(file: Path, *, most: int) -> PdfText:
    """Read the text of every page.

    Args:
        file: a PDF.
        most: a document with more pages is refused.

    Raises:
        Locked: it needs a password.
        Damaged: PDFium cannot open it.
        ReadError: it has no or too many pages.
    """
    with _opened(file) as document:
        if len(document) > most:
            raise ReadError(f"it has {len(document)} pages", "split it, or raise RAADSPOOR_MAX_PAGES")
        title = clean(document.get_metadata_value("Title") or "")[:_LONGEST_TITLE]
        return PdfText(title=title, pages=tuple(_page(document, number) for number in range(len(document))))


@contextmanager
def _opened(file: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Locked(
                "it is locked with a password",
                "ask the sender for an open copy, or put the password in the file that RAADSPOOR_PASSWORDS names",
            ) from error
        raise Damaged("it is damaged and could not be repaired", "open it in a viewer and save it anew") from error
    try:
        yield document
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int) -> PageText:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return PageText(failed=True)
    try:
        text_page = page.get_textpage()
        text = clean(text_page.get_text_range()) if text_page.count_chars() > 0 else ""
        text_page.close()
        letters = sum(c.isalnum() for c in text)
        label = clean(document.get_page_label(number) or "")[:_LONGEST_LABEL]
        return PageText(text=text, label=label, scan=letters < _LEAST_TEXT and _has_image(page))
    except (pdfium.PdfiumError, ValueError):
        return PageText(failed=True)
    finally:
        page.close()


def _has_image(page: pdfium.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEPTH)), None) is not None
