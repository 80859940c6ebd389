"""Small PDFs, made in a moment: what a source is filled with in these tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

LINE = 90


def a_pdf(*pages: str, title: str = "", hidden: bool = False) -> bytes:
    """Return a PDF with these page texts, one line of print for each line.

    Args:
        pages: text that Latin-1 can write; at least one page.
        title: what the PDF says of itself.
        hidden: whether the text is there and not to be seen, like that of a scan that was read.
    """
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(b"<< /Title (" + _escaped(title) + b") >>")
    kids = []
    for text in pages or ("",):
        objects.append(_content(text, hidden=hidden))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def a_locked_pdf(*pages: str, password: str, algorithm: str = "AES-256") -> bytes:
    """Return a PDF that opens with this password only."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf(*pages))))
    writer.encrypt(password, algorithm=algorithm)
    return _saved(writer)


def a_scan(*lines: str, turned: float = 0, height: int = 2339) -> bytes:
    """Return a PDF of one page that is nothing but an image of these lines.

    Args:
        lines: what is printed on it.
        turned: by how many degrees it lay askew, against the clock.
        height: of the page, in pixels of 200 to the inch.
    """
    page = Image.new("L", (1654, height), "white")
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((160, 200 + 90 * number), line, fill="black", font=ImageFont.load_default(size=44))
    page = page.rotate(turned, resample=Image.Resampling.BICUBIC, expand=turned % 90 == 0, fillcolor="white")
    out = io.BytesIO()
    page.save(out, format="PDF", resolution=200)
    return out.getvalue()


def laid_over(under: bytes, over: bytes) -> bytes:
    """Return the first page of one PDF with that of another over it, both from the lower left corner."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(over)))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(under)).pages[0], over=False)
    return _saved(writer)


def joined(*files: bytes) -> bytes:
    """Return the pages of several PDFs as one."""
    writer = PdfWriter()
    for file in files:
        writer.append(PdfReader(io.BytesIO(file)))
    return _saved(writer)


def put(folder: Path, papers: dict[str, bytes]) -> Path:
    """Write files into a folder, and return the folder."""
    for path, content in papers.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def _saved(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _content(text: str, *, hidden: bool) -> bytes:
    lines = [line[at : at + LINE] for line in text.split("\n") for at in range(0, max(1, len(line)), LINE)]
    shown = b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in lines)
    stream = (b"3 Tr " if hidden else b"") + b"BT /F1 11 Tf 14 TL 60 780 Td " + shown + b" ET"
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
