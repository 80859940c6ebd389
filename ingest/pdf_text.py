"""Page text through PDFium. The only module of the ingest that imports ``pypdfium2``.

The text is kept exactly as PDFium gives it; every offset in the catalogue counts in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from council import ReadError, clean

_LEAST_TEXT = 12
"""A page with fewer letters than this and an image on it is taken for a scan."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageText:
    """The text of one page, and whether it looks like an image that still has to be read."""

    text: str
    scan: bool


def read_pages(file: Path, *, password: str | None, most: int) -> list[PageText]:
    """Read the text of every page.

    Args:
        file: a PDF.
        password: what opens it, if anything is needed.
        most: a document with more pages is refused.

    Raises:
        ReadError: PDFium cannot open it, or it has no or too many pages.
    """
    try:
        document = pdfium.PdfDocument(file, password=password)
    except pdfium.PdfiumError as error:
        raise ReadError(f"PDFium cannot open it ({error})", "open it in a viewer and save it anew") from error
    try:
        if len(document) == 0:
            raise ReadError("it has no pages", "ask the sender for the document again")
        if len(document) > most:
            raise ReadError(f"it has {len(document)} pages", "split it, or raise RAADSPOOR_MAX_PAGES")
        return [_page(document, number) for number in range(len(document))]
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int) -> PageText:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return PageText(text="", scan=False)
    try:
        text_page = page.get_textpage()
        text = clean(text_page.get_text_range()) if text_page.count_chars() > 0 else ""
        text_page.close()
        letters = sum(c.isalnum() for c in text)
        return PageText(text=text, scan=letters < _LEAST_TEXT and _has_image(page))
    except pdfium.PdfiumError:
        return PageText(text="", scan=False)
    finally:
        page.close()


def _has_image(page: pdfium.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3)), None) is not None
