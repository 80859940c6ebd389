"""A plugin of OCRmyPDF that keeps how sure Tesseract was of each page. The only module that imports ``ocrmypdf``.

Tesseract gives each word a confidence (``x_wconf``, 0 to 100) in the hOCR that OCRmyPDF makes its text layer from, and
OCRmyPDF throws it away. So nothing is read twice: the hOCR is looked at where it passes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from html.parser import HTMLParser
from pathlib import Path

from ocrmypdf import hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine
from PIL import Image

from ingest.ocr import FOLDER, PART
from ingest.skew import skew
from ingest.worth import worth

_FEWEST_WORDS = 5
_LEAST_BELIEVED = 0.6

_CONFIDENCE = re.compile(r"\bx_wconf\s+(\d+(?:\.\d+)?)")
_PAGE = re.compile(r"(\d{6})_")
"""How OCRmyPDF begins the names of the files of a page."""


class Engine(TesseractOcrEngine):
    """Tesseract, whose confidences are kept, on pages that are laid level by our own measure."""

    @staticmethod
    def get_deskew(input_file: Path, options: object) -> float:
        """Return by how many degrees against the clock a page is to be turned."""
        with Image.open(input_file) as page:
            return skew(page)

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: object) -> None:
        """Have a page read, and leave its confidence in the folder."""
        TesseractOcrEngine.generate_hocr(input_file, output_hocr, output_text, options)  # type: ignore[no-untyped-call]
        page = _PAGE.match(output_hocr.name)
        if page is None:
            return
        seen = words(output_hocr.read_text(encoding="utf-8", errors="replace"))
        if os.environ.get(PART) and not is_believed(seen):
            output_hocr.write_text("", encoding="utf-8")  # as OCRmyPDF itself leaves a page that it gives up
        elif (found := mean(seen)) is not None:
            Path(os.environ[FOLDER], page[1]).write_text(f"{found:.4f}", encoding="ascii")


@hookimpl
def get_ocr_engine(options: object) -> Engine:
    """Give OCRmyPDF the engine."""
    return Engine()


def words(hocr: str) -> list[tuple[str, float]]:
    """Return the words of an hOCR page, each with its confidence from 0 to 1."""
    parser = _Words()
    parser.feed(hocr)
    parser.close()
    return parser.found


def mean(found: Iterable[tuple[str, float]]) -> float | None:
    """Return the mean confidence of words, each counted as often as it has characters; None where there are none."""
    weighed = [(len(word), confidence) for word, confidence in found]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * confidence for weight, confidence in weighed) / total if total else None


def is_believed(found: Collection[tuple[str, float]]) -> bool:
    """Say whether the words that were seen in a part of a page are print, and no noise of a photograph or a chart."""
    longer = [word for word, _ in found if sum(map(str.isalpha, word)) > 2]
    sure = mean(found)
    if sure is None or len(longer) < _FEWEST_WORDS or sure < _LEAST_BELIEVED:
        return False
    return not worth(" ".join(word for word, _ in found)).nothing


class _Words(HTMLParser):
    """Collects the ``ocrx_word`` elements of an hOCR page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, float]] = []
        self._confidence: float | None = None
        self._depth = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a word, or go into one."""
        if self._confidence is not None:
            self._depth += 1
            return
        known = {name: value or "" for name, value in attrs}
        if "ocrx_word" in known.get("class", "").split() and (said := _CONFIDENCE.search(known.get("title", ""))):
            self._confidence, self._depth, self._text = min(float(said[1]), 100.0) / 100, 1, []

    def handle_endtag(self, tag: str) -> None:
        """End a word, or come out of what stands in it."""
        if self._confidence is None:
            return
        self._depth -= 1
        if self._depth == 0:
            if word := "".join(self._text).strip():
                self.found.append((word, self._confidence))
            self._confidence = None

    def handle_data(self, data: str) -> None:
        """Take the letters of a word."""
        if self._confidence is not None:
            self._text.append(data)
