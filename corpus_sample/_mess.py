"""What goes wrong with a PDF on its way to the archive: scanned, turned, locked or broken, the same at every build."""

from __future__ import annotations

import io
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
)

from corpus_sample._scan import DPI, opens, photograph
from corpus_sample._source import Source, SourceError


def spoil(pdf: bytes, source: Source) -> bytes:
    """`pdf` with the mess that `source` asks for; the bytes depend on the arguments alone.

    Raises `SourceError` where the mess names a page that is not there.
    """
    mess = source.mess
    pages = page_count(pdf)
    if late := [page for page in (*mess.half_scan, *mess.rotate) if page > pages]:
        raise SourceError(f"sources/{source.name}.md: `mess` names the pages {late}, but there are {pages}: correct it")
    if mess.scan or mess.half_scan:
        pdf = _scanned(pdf, range(1, pages + 1) if mess.scan else mess.half_scan, source)
    if mess.rotate:
        pdf = _turned(pdf, mess.rotate)
    if mess.password is not None:
        pdf = _locked(pdf, mess.password, source.name)
    return _broken(pdf, source) if mess.damaged else pdf


def page_count(pdf: bytes, password: str | None = None) -> int:
    """The number of pages, 0 where the file cannot be opened."""
    try:
        return len(PdfReader(io.BytesIO(pdf), password=password).pages)
    except PyPdfError:
        return 0


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _scanned(pdf: bytes, numbers: range | tuple[int, ...], source: Source) -> bytes:
    """Pictures in place of the pages `numbers`.

    A file of pictures only loses its bookmarks, and still calls itself tagged: scanners do so, and OCRmyPDF minds.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for number in numbers:
        _replace_by_picture(writer, writer.pages[number - 1], photograph(pdf, number, seed=source.name).jpeg)
    root = writer.root_object
    for key in ("/StructTreeRoot", "/Outlines", "/PageMode") if source.mess.scan else ("/StructTreeRoot", "/MarkInfo"):
        root.pop(NameObject(key), None)
    if source.mess.scan:
        writer.metadata = {"/Producer": "Dalmeren scanstraat", "/CreationDate": f"D:{source.date:%Y%m%d}120000Z"}
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    return _written(writer)


def _replace_by_picture(writer: PdfWriter, page: PageObject, jpeg: bytes) -> None:
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    image = StreamObject()
    image.set_data(jpeg)
    for key, value in {
        "/Type": "/XObject",
        "/Subtype": "/Image",
        "/ColorSpace": "/DeviceGray",
        "/Filter": "/DCTDecode",
    }.items():
        image[NameObject(key)] = NameObject(value)
    for key, number in {
        "/Width": round(width * DPI / 72),
        "/Height": round(height * DPI / 72),
        "/BitsPerComponent": 8,
    }.items():
        image[NameObject(key)] = NumberObject(number)
    content = DecodedStreamObject()
    content.set_data(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Scan Do Q".encode())
    pictures = DictionaryObject({NameObject("/Scan"): writer._add_object(image)})
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    for key in ("/Annots", "/StructParents", "/Group"):
        page.pop(NameObject(key), None)


def _turned(pdf: bytes, numbers: tuple[int, ...]) -> bytes:
    """Stores the pages `numbers`, which lie flat, upright with `/Rotate 90`, as office suites do: no eye sees it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for number in numbers:
        page = writer.pages[number - 1]
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        inner = page.get_contents()
        turned = DecodedStreamObject()
        turned.set_data(
            f"q 0 1 -1 0 {height:.3f} 0 cm\n".encode() + (b"" if inner is None else inner.get_data()) + b"\nQ"
        )
        page[NameObject("/Contents")] = writer._add_object(turned.flate_encode())
        for box in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
            if box in page:
                page[NameObject(box)] = RectangleObject(
                    (FloatObject(0), FloatObject(0), FloatObject(height), FloatObject(width))
                )
        page[NameObject("/Rotate")] = NumberObject(90)
        page.pop(NameObject("/Annots"), None)
    return _written(writer)


@contextmanager
def _settled(seed: str) -> Iterator[None]:
    """Draws from `seed` what pypdf draws from the system, so that a locked file too can be compared byte by byte.

    The password stands in the source for everyone to read, so nothing is protected that this could weaken.
    """
    dice = random.Random(seed)  # noqa: S311 - see above
    with patch.object(secrets, "token_bytes", dice.randbytes):
        yield


def _locked(pdf: bytes, password: str, seed: str) -> bytes:
    """AES-256; without `password` no reader opens it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    with _settled(seed):
        writer.encrypt(user_password=password, algorithm="AES-256")
        return _written(writer)


def _broken(pdf: bytes, source: Source) -> bytes:
    """The head of a download that stopped, with blocks of noughts in it: it begins as a PDF, and nothing opens it."""
    head = bytearray(pdf[: len(pdf) * 2 // 5])
    for start in range(64, len(head), 256):
        head[start : start + 96] = bytes(len(head[start : start + 96]))
    broken = bytes(head)
    if opens(broken) or page_count(broken):
        raise SourceError(
            f"sources/{source.name}.md: the damaged file can still be opened; damage it more in corpus_sample/_mess.py"
        )
    return broken
