"""Scans as they come: askew, upside down, half of a document, half of a page, or under a text that says nothing."""

from __future__ import annotations

import re

import pytest

from council import Page
from ingest import ocr
from tests.ingest.conftest import Town, must_have
from tests.ingest.papers import a_pdf, a_scan, joined, laid_over

LINES = (
    "Geachte leden van de gemeenteraad van Dalmeren,",
    "De bewoners van de Kastanjelaan vragen om een zebrapad",
    "bij de basisschool. Elke ochtend steken daar ruim honderd",
    "kinderen over, terwijl auto's er vijftig kilometer per uur",
    "mogen rijden. In maart gebeurde er een ongeluk met een",
    "fietser. Wij stellen voor om de snelheid te verlagen en",
    "een drempel aan te leggen voor het nieuwe schooljaar.",
    "Met vriendelijke groet, namens de buurtvereniging.",
)
DIGITAL = "Bladzijde die digitaal is gemaakt\nmet twee regels over het zwembad."
TURNED = (4.0, -3.0, 90, 180, 270)


def words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\w{4,}", text)}


WANTED = words(" ".join(LINES))


def read_twice(town: Town, content: bytes) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """Return the pages of a document before and after its scans were read."""
    must_have(ocr.available("nld"), "Tesseract with Dutch")
    town.put(brief=content)
    town.night(ocr=False)
    before = town.catalogue.pages(town.papers()["brief"].sha256)
    report = town.night(ocr=True)
    assert (report.partly, report.waiting) == ((), ())
    return before, town.catalogue.pages(town.papers()["brief"].sha256)


def shifted(text: str, by: int = 3) -> str:
    """Return a text as a font without a table of its characters gives it: other letters."""
    return re.sub(r"[a-z]", lambda m: chr((ord(m[0]) - 97 + by) % 26 + 97), text.lower())


def test_scans_askew_on_their_side_and_upside_down_are_read(town: Town) -> None:
    """This test ensures that the words of a page are found however it lay in the scanner, with a confidence, and that a
    digital page beside them keeps its text letter by letter."""
    content = joined(a_pdf(DIGITAL), *(a_scan(*LINES, turned=turned) for turned in TURNED))
    before, after = read_twice(town, content)
    assert [page.waiting for page in before] == [False] + [True] * len(TURNED)
    assert after[0] == before[0]
    assert after[0].text.replace("\r\n", "\n") == DIGITAL
    for turned, page in zip(TURNED, after[1:], strict=True):
        assert len(WANTED & words(page.text)) >= 0.8 * len(WANTED), (turned, page.text)
        assert page.ocr
        assert (page.confidence or 0) > 0.75, turned


def test_a_page_of_which_one_half_is_a_scan_keeps_its_text_and_gains_the_rest(town: Town) -> None:
    """This test ensures that a clipping pasted under digital text is found, and the digital text stays as it is."""
    before, after = read_twice(town, laid_over(a_scan(*LINES, height=1400), a_pdf(DIGITAL)))
    assert (before[0].waiting, before[0].ocr) == (True, False)
    assert before[0].text in after[0].text
    assert len(WANTED & words(after[0].text)) >= 0.8 * len(WANTED)
    assert after[0].ocr
    assert after[0].confidence is not None


def test_an_image_without_words_leaves_a_digital_page_as_it_is(town: Town) -> None:
    """This test ensures that crosses and strokes of a drawing do not become words on a page with text of its own."""
    drawing = a_scan(*["|--/    |---|   //--|"] * 12, height=1400)
    before, after = read_twice(town, laid_over(drawing, a_pdf(DIGITAL)))
    assert before[0].waiting
    assert (after[0].text, after[0].ocr, after[0].waiting, after[0].confidence) == (before[0].text, False, False, None)


def test_a_text_layer_that_says_nothing_is_read_anew(town: Town) -> None:
    """This test ensures that what is seen on the page takes the place of a worthless layer over it, and that a good
    layer, which a scanner made, is left alone."""
    worthless = laid_over(a_scan(*LINES), a_pdf("\n".join(map(shifted, LINES)), hidden=True))
    good = laid_over(a_scan(*LINES), a_pdf("\n".join(LINES), hidden=True))
    before, after = read_twice(town, joined(worthless, good))
    assert [page.waiting for page in before] == [True, False]
    assert len(WANTED & words(before[0].text)) == 0
    assert len(WANTED & words(after[0].text)) >= 0.8 * len(WANTED)
    assert shifted("gemeenteraad") not in after[0].text
    assert (after[0].ocr, after[1]) == (True, before[1])


@pytest.mark.parametrize("hidden", [False, True])
def test_a_worthless_layer_waits_where_there_is_no_ocr(town: Town, hidden: bool) -> None:
    """This test ensures that the clerk is told of it, and that the document stays."""
    town.put(brief=a_pdf("\n".join(map(shifted, LINES)), hidden=hidden))
    report = town.night(ocr=False)
    assert [item.path for item in report.waiting] == ["brief.pdf"]
    assert "brief" in town.papers()
