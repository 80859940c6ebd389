"""Page images, and where on them a quote stands. The only module of the web that imports ``pypdfium2``.

An address counts code points in the page text. PDFium numbers its characters in UTF-16 units and knows a box for each,
so an address becomes boxes without any searching for text: what is marked is what is cited, or nothing is.
PDFium is not safe for threads: one lock guards every call, and every object is closed before the lock is let go.
"""

from __future__ import annotations

import ctypes
import io
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from council import DataFolder, Page, RaadspoorError, Span
from council.settings import Settings
from web.page_boxes import Box, Character, joined

_PDFIUM = threading.Lock()
_PATIENCE = 30.0
"""Seconds that a reader waits for the pages of others before being told that it is busy."""
_MOST_PIXELS = 6_000_000
_LONGEST_SIDE = 3_000
_SMALL_SIDE = 420
_CACHE_BYTES = 48 << 20
_GRID = 64
"""Device units to a point: PDFium gives device places as whole numbers."""
_UNREAL = {0x20, 0x0D, 0x0A, 0x09, 0xA0}


class PageUnavailable(RaadspoorError):
    """The image of a page cannot be made: its file is gone, locked, or cannot be drawn."""


class DrawingBusy(RaadspoorError):
    """Too many pages are being drawn; the reader may try again in a moment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """How large a page is as it is seen, in points, and the boxes of what is cited on it, one for each line."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    same_text: bool = True
    """False when the file no longer gives the text that the catalogue holds, so that nothing could be marked."""


class PageImages:
    """Draws the pages of one data folder.

    Args:
        data: the data folder.
        settings: scale of the images, and the file of passwords.
    """

    def __init__(self, data: DataFolder, settings: Settings) -> None:
        self._data = data
        self._scale = settings.render_scale
        self._passwords = settings.passwords_to_try()
        self._drawn = _Drawn()

    def mark(self, sha256: str, number: int, *, small: bool = False) -> str:
        """Return what differs when :meth:`png` would give another image; nothing is drawn for it.

        Raises:
            PageUnavailable: the file is gone.
        """
        size = _SMALL_SIDE if small else self._scale
        file = self._data.readable_copy(sha256)
        try:
            changed = file.stat().st_mtime_ns
        except FileNotFoundError as error:
            raise _gone(file) from error
        return f"{sha256}-{number}-{'small' if small else 'large'}-{size:g}-{changed:x}"

    def png(self, sha256: str, number: int, *, small: bool = False) -> bytes:
        """Return a page as a PNG image.

        Args:
            sha256: the document.
            number: the page, from 1.
            small: a thumbnail instead of a page that can be read.

        Raises:
            PageUnavailable: the file is gone or locked, or has no such page.
            DrawingBusy: others are being served.
        """
        mark = self.mark(sha256, number, small=small)
        known = self._drawn.get(mark)
        if known is not None:
            return known
        with self._page(sha256, number) as page:
            # Somebody else may have had it drawn while this one waited.
            image = self._drawn.get(mark) or _draw(page, _SMALL_SIDE / max(page.get_size()) if small else self._scale)
            self._drawn.put(mark, image)
            return image

    def picture(self, sha256: str, page: Page, spans: Sequence[Span] = ()) -> Picture:
        """Return the size of a page and where the spans on it are seen.

        Args:
            sha256: the document.
            page: the page as the catalogue knows it.
            spans: what to mark; spans of other pages are left out.

        Raises:
            PageUnavailable: the file is gone or locked, or has no such page.
            DrawingBusy: others are being served.
        """
        wanted = [span for span in spans if span.page == page.number]
        with self._page(sha256, page.number) as drawn:
            width, height = drawn.get_size()
            picture = Picture(width=width, height=height)
            if not wanted:
                return picture
            with _text_of(drawn) as text_page:
                places = _places(text_page, page.text)
                if places is None:
                    return replace(picture, same_text=False)
                boxes: list[Box] = []
                for span in wanted:
                    characters = (_character(drawn, text_page, place) for place in places[span.start : span.end])
                    boxes += joined(filter(None, characters))
                return replace(picture, boxes=tuple(boxes))

    @contextmanager
    def _page(self, sha256: str, number: int) -> Iterator[pdfium.PdfPage]:
        """Lock PDFium and open one page."""
        file = self._file(sha256)
        if not _PDFIUM.acquire(timeout=_PATIENCE):
            raise DrawingBusy(f"page {number} of {sha256[:12]}… waited {_PATIENCE:.0f} s for other pages; ask again")
        try:
            with ExitStack() as stack:
                try:
                    document = self._open(file)
                    stack.callback(document.close)
                    if not 1 <= number <= len(document):
                        raise PageUnavailable(f"{file} has no page {number}")
                    document.init_forms()
                    page = document[number - 1]
                    stack.callback(page.close)
                    yield page
                except pdfium.PdfiumError as error:
                    raise PageUnavailable(f"{file}: PDFium cannot show page {number} ({error})") from error
        finally:
            _PDFIUM.release()

    def _file(self, sha256: str) -> Path:
        file = self._data.readable_copy(sha256)
        if not file.is_file():
            raise _gone(file)
        return file

    def _open(self, file: Path) -> pdfium.PdfDocument:
        for password in (None, *self._passwords):
            try:
                return pdfium.PdfDocument(file, password=password)
            except pdfium.PdfiumError as error:
                refused = error
        raise refused


class _Drawn:
    """Images that were drawn before, the newest used last; safe for threads, and never waits for PDFium."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._images: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def get(self, mark: str) -> bytes | None:
        with self._lock:
            if mark in self._images:
                self._images.move_to_end(mark)
            return self._images.get(mark)

    def put(self, mark: str, image: bytes) -> None:
        with self._lock:
            self._bytes += len(image) - len(self._images.pop(mark, b""))
            self._images[mark] = image
            while self._bytes > _CACHE_BYTES and len(self._images) > 1:
                self._bytes -= len(self._images.popitem(last=False)[1])


def _gone(file: Path) -> PageUnavailable:
    return PageUnavailable(f"{file} is not there; run raadspoor-ingest again")


def _draw(page: pdfium.PdfPage, scale: float) -> bytes:
    width, height = page.get_size()
    scale = min(scale, _LONGEST_SIDE / max(width, height), (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        image = bitmap.to_pil().convert("RGB")
        # Most pages hold black text only: one channel is a third of the bytes.
        red, green, blue = image.split()
        if red.tobytes() == green.tobytes() == blue.tobytes():
            image = red
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=6)
        return out.getvalue()
    finally:
        bitmap.close()


@contextmanager
def _text_of(page: pdfium.PdfPage) -> Iterator[pdfium.PdfTextPage]:
    text_page = page.get_textpage()
    try:
        yield text_page
    finally:
        text_page.close()


def _places(text_page: pdfium.PdfTextPage, expected: str) -> list[int] | None:
    """Return for each code point of the page text PDFium's number of that character.

    None when PDFium does not give the expected text: an address in another text would mark the wrong words.
    """
    if text_page.count_chars() < 1:
        return [] if not expected else None
    units = text_page.get_text_range(errors="surrogatepass")
    places: list[int] = []
    kept: list[str] = []
    at = 0
    for character in units:
        point = ord(character)
        # A lone surrogate has a place but is in no stored text: ``council.clean`` takes it out.
        if not 0xD800 <= point <= 0xDFFF:
            places.append(raw.FPDFText_GetCharIndexFromTextIndex(text_page, at))
            kept.append(character)
        at += 2 if point > 0xFFFF else 1
    return places if "".join(kept) == expected else None


def _character(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, place: int) -> Character | None:
    """Return where one character is seen; None for white space and for what PDFium made up."""
    if place < 0 or raw.FPDFText_GetUnicode(text_page, place) in _UNREAL:
        return None
    try:
        room = _seen(page, text_page.get_charbox(place, loose=True))
        ink = _seen(page, text_page.get_charbox(place))
    except pdfium.PdfiumError:
        return None
    if room.width <= 0 or room.height <= 0:
        return None
    return Character(room=room, ink=ink, size=raw.FPDFText_GetFontSize(text_page, place))


def _seen(page: pdfium.PdfPage, sides: tuple[float, float, float, float]) -> Box:
    """Translate left, bottom, right and top on the page to where they are seen; turned and cropped pages included."""
    left, bottom, right, top = sides
    corners = [_device(page, left, top), _device(page, right, bottom)]
    (left, right), (top, bottom) = (sorted(side) for side in zip(*corners, strict=True))
    return Box(left=left, top=top, width=right - left, height=bottom - top)


def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * _GRID), round(height * _GRID), 0, x, y, across, down)
    return across.value / _GRID, down.value / _GRID
