"""Pages as an office scanner sees them: grey, a little askew, a little noisy, and without a letter of text."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

DPI = 150
_SKEW = 1.3  # degrees, counter-clockwise
_NOISE = 3.0  # standard deviation in grey levels of 255
_QUALITY = 38


@dataclass(frozen=True, kw_only=True)
class PageImage:
    """One page as a grey JPEG; `width` and `height` in pixels at `DPI`."""

    jpeg: bytes
    width: int
    height: int


def photograph(pdf: bytes, number: int, *, seed: str) -> PageImage:
    """Page `number` (from 1) of `pdf` as a scan; the same `seed` gives the same noise."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[number - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    askew = page.rotate(_SKEW, resample=Image.Resampling.BICUBIC, fillcolor=255)
    random = np.random.default_rng(zlib.crc32(f"{seed} {number}".encode()))
    grey = np.asarray(askew, dtype=np.float32) * 0.93 + 10  # paper is not white and ink is not black
    noisy = np.clip(grey + random.normal(0.0, _NOISE, grey.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(noisy).save(out, "JPEG", quality=_QUALITY, optimize=True)
    return PageImage(jpeg=out.getvalue(), width=page.width, height=page.height)


def opens(pdf: bytes, password: str | None = None) -> bool:
    """Whether PDFium opens this file and finds a page in it."""
    try:
        document = pdfium.PdfDocument(pdf, password=password)
    except pdfium.PdfiumError:
        return False
    try:
        return len(document) > 0
    finally:
        document.close()
