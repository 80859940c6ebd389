"""How sure Tesseract was of a page, from its hOCR."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.ocr_plugin import mean, words

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<html><body><div class='ocr_page' title='image "x.png"; bbox 0 0 100 100'>
<span class='ocr_line' title="bbox 0 0 90 10; x_size 30">
<span class='ocrx_word' id='word_1' title='bbox 0 0 40 10; x_wconf 96'>raad</span>
<span class='ocrx_word' id='word_2' title='bbox 41 0 60 10; x_wconf 60'><strong>A&amp;B</strong></span>
<span class='ocrx_word' id='word_3' title='bbox 61 0 62 10; x_wconf 95'> </span>
<span class='ocrx_word' id='word_4' title='bbox 63 0 64 10'>zonder</span>
</span></div></body></html>"""


def test_words_are_found_with_their_confidence() -> None:
    """This test ensures that marks within a word and escaped signs do no harm, and that neither a blank nor a word of
    which nothing is said counts."""
    assert words(HOCR) == [("raad", 0.96), ("A&B", 0.6)]


def test_the_mean_counts_each_word_by_its_characters() -> None:
    """This test ensures that a long word weighs more: (4 x 0.96 + 3 x 0.60) / 7 = 5.64 / 7."""
    assert mean(words(HOCR)) == pytest.approx(5.64 / 7)


def test_a_page_without_words_has_no_confidence() -> None:
    """This test ensures that the empty hOCR of a page that was given up, and a blank page, get no figure."""
    assert mean(words("")) is None
    assert mean(words("<html><body><div class='ocr_page'></div></body></html>")) is None


@given(st.text())
def test_no_hocr_gives_anything_but_a_share(hocr: str) -> None:
    """This test ensures that whatever comes out of Tesseract, a confidence stays between 0 and 1."""
    found = mean(words(f"<span class='ocrx_word' title='x_wconf {hocr}'>woord</span>{hocr}"))
    assert found is None or 0 <= found <= 1
