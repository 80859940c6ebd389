"""Small PDFs, made in a moment: what a source is filled with in these tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

LINE = 90


def a_pdf(*pages: str, title: str = "") -> bytes:
    """Return a PDF with these page texts, one line of print for each line.

    Args:
        pages: text that Latin-1 can write; at least one page.
        title: what the PDF says of itself.
    """
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(b"<< /Title (" + _escaped(title) + b") >>")
    kids = []
    for text in pages or ("",):
        objects.append(_content(text))
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


def a_scan(*lines: str) -> bytes:
    """Return a PDF of one page that is nothing but an image of these lines."""
    page = Image.new("L", (1654, 2339), "white")
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((160, 200 + 90 * number), line, fill="black", font=ImageFont.load_default(size=44))
    out = io.BytesIO()
    page.save(out, format="PDF", resolution=200)
    return out.getvalue()


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


def _content(text: str) -> bytes:
    lines = [line[at : at + LINE] for line in text.split("\n") for at in range(0, max(1, len(line)), LINE)]
    shown = b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in lines)
    stream = b"BT /F1 11 Tf 14 TL 60 780 Td " + shown + b" ET"
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
