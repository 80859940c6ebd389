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
from ingest.worth import too_little

_LONGEST_TITLE = 300
_LONGEST_LABEL = 20
_DEPTH = 3
"""How deep images are looked for in forms within forms."""
_LEAST_PART = 1 / 8
"""Share of a page that an image must cover to be looked at as a scanned part of it; a logo covers less."""
_PREVIEW = 200
"""Pixels that a page is wide when it is looked at whether an image is paper with print on it or a photograph."""
_WHITE = 200
_PAPER = (0.6, 0.997)
"""On paper with print, between these shares are white: less is a photograph, more a blank."""


class Locked(ReadError):
    """PDFium needs a password."""


class Damaged(ReadError):
    """PDFium makes nothing of the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageText:
    """The text of one page, and whether it looks as if there is more to read on it, in an image."""

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
        scan = _has_image(page) if too_little(text) else _has_scanned_part(page, text_page)
        text_page.close()
        label = clean(document.get_page_label(number) or "")[:_LONGEST_LABEL]
        return PageText(text=text, label=label, scan=scan)
    except (pdfium.PdfiumError, ValueError):
        return PageText(failed=True)
    finally:
        page.close()


def _has_image(page: pdfium.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEPTH)), None) is not None


def _images(page: pdfium.PdfPage) -> list[pdfium.PdfObject]:
    """Return the images that stand on a page itself; of the hundreds of lines that most pages hold nothing is made."""
    handle = page.raw
    objects = (raw.FPDFPage_GetObject(handle, at) for at in range(raw.FPDFPage_CountObjects(handle)))
    return [
        pdfium.PdfObject(one, page=page, pdf=page.pdf)
        for one in objects
        if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_IMAGE
    ]


def _has_scanned_part(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> bool:
    """Say whether a page with text of its own also holds an image that looks like paper with print on it.

    An image with text over it is a scan that was read before, or a background.
    """
    images = _images(page)
    if not images:
        return False
    left, bottom, right, top = page.get_bbox()
    for image in images:
        box = image.get_bounds()
        box = (max(left, box[0]), max(bottom, box[1]), min(right, box[2]), min(top, box[3]))
        area = max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
        if area < _LEAST_PART * (right - left) * (top - bottom) or not too_little(text_page.get_text_bounded(*box)):
            continue
        if _is_paper(page, box):
            return True
    return False


def _is_paper(page: pdfium.PdfPage, box: tuple[float, float, float, float]) -> bool:
    """Say whether a part of a page is mostly white with some ink; of a turned page all of it is looked at."""
    left, bottom, right, top = page.get_bbox()
    crop = (box[0] - left, box[1] - bottom, right - box[2], top - box[3]) if page.get_rotation() == 0 else (0, 0, 0, 0)
    bitmap = page.render(scale=_PREVIEW / max(1.0, right - left), crop=crop, grayscale=True)
    white = float((bitmap.to_numpy() >= _WHITE).mean())
    bitmap.close()
    return _PAPER[0] <= white <= _PAPER[1]
