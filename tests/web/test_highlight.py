"""The mark stands on the cited words: all of them, and no others."""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from council import Catalogue, DataFolder, Page, Span, Spans, clean, keep, sha256_of
from council.settings import Settings
from ingest import ingest, ocr
from tests.web.conftest import SAMPLE, Town
from web.page_boxes import Box
from web.page_image import PageImages, PageUnavailable, Picture

_GONE = re.compile(r"[\s\ufffe\x02\u00ad]+")


def squeezed(text: str) -> str:
    """Return text without white space and without the hyphens that only a line end made."""
    return _GONE.sub("", text)


@contextmanager
def opened(
    file: Path, number: int, *, password: str | None = None
) -> Iterator[tuple[pdfium.PdfPage, pdfium.PdfTextPage]]:
    document = pdfium.PdfDocument(file, password=password)
    page = document[number - 1]
    text_page = page.get_textpage()
    try:
        yield page, text_page
    finally:
        text_page.close()
        page.close()
        document.close()


def read_back(file: Path, number: int, boxes: tuple[Box, ...]) -> list[str]:
    """Return what PDFium finds in each box, by a road that shares nothing with how the boxes were made."""
    with opened(file, number) as (page, text_page):
        width, height = page.get_size()
        found = []
        for box in boxes:
            # A little within, so that letters of the next line that reach over are left out.
            left, top, right, bottom = box.left, box.top + 0.6, box.right, box.bottom - 0.6
            if page.get_rotation() == 90:
                sides = (top, left, bottom, right)
            else:
                assert page.get_rotation() == 0
                left_edge, lower_edge, _, _ = page.get_bbox()
                sides = (left_edge + left, lower_edge + height - bottom, left_edge + right, lower_edge + height - top)
            found.append(text_page.get_text_bounded(*sides))
        assert width > 0
        return found


def page_of(town: Town, part: str, number: int) -> Page:
    page = town.catalogue.page(town.sha(part), number)
    assert page is not None
    return page


def looked_up(town: Town, part: str, spans: Spans) -> Iterator[tuple[Span, Page, Picture]]:
    images = PageImages(town.data, Settings())
    for span in spans:
        page = page_of(town, part, span.page)
        yield span, page, images.picture(town.sha(part), page, [span])


PARTS = ("2022-09-13-raadsvoorstel", "mantelzorgkaart", "septembercirculaire", "begroting-2025", "2023-03-16-notulen")


@pytest.mark.parametrize("part", PARTS)
def test_the_boxes_of_every_sentence_hold_its_words_and_no_others(town: Town, part: str) -> None:
    """This test ensures that reading back what is marked gives exactly the quote, line ends and columns included."""
    file = town.data.original(town.sha(part))
    checked = 0
    for spans, _ in town.sentences(part)[::4]:
        for span, page, picture in looked_up(town, part, spans):
            quote = page.text[span.start : span.end]
            if re.search("ff|fi|fl", quote):
                continue  # PDFium reads a ligature back once for each of its letters
            assert squeezed("".join(read_back(file, page.number, picture.boxes))) == squeezed(quote)
            checked += 1
    assert checked > 8


def test_a_sentence_over_a_line_end_has_a_box_on_each_line(town: Town) -> None:
    """This test ensures that each box holds one line of the quote, in order."""
    part = "2022-09-13-raadsvoorstel"
    spans = next(
        spans
        for spans, said in town.sentences(part)
        for text in [page_of(town, part, spans[0].page).text[spans[0].start : spans[0].end]]
        if text.count("\r\n") == 1 and "1 april 2023" in said
    )
    ((span, page, picture),) = looked_up(town, part, spans)
    first, second = page.text[span.start : span.end].split("\r\n")
    assert len(picture.boxes) == 2
    assert picture.boxes[0].bottom <= picture.boxes[1].top + 2
    read = read_back(town.data.original(town.sha(part)), page.number, picture.boxes)
    assert [squeezed(each) for each in read] == [squeezed(first), squeezed(second)]


def test_a_word_broken_at_a_line_end_is_marked_on_both_lines(town: Town) -> None:
    """This test ensures that hyphenated words, which PDFium joins, still get both of their places."""
    part = "septembercirculaire"
    sha = town.sha(part)
    page = next(each for each in town.catalogue.pages(sha) if "\ufffe" in each.text)
    at = page.text.index("\ufffe")
    span = Span(page=page.number, start=at - 3, end=at + 4)
    picture = PageImages(town.data, Settings()).picture(sha, page, [span])
    assert len(picture.boxes) == 2
    assert picture.boxes[1].top > picture.boxes[0].top
    assert picture.boxes[1].left < picture.boxes[0].left


def test_a_sentence_over_two_pages_is_marked_on_both(town: Town) -> None:
    """This test ensures that each page marks its own half."""
    part = "begroting-2025"
    spans, _ = next(found for found in town.sentences(part) if len({s.page for s in found[0]}) == 2)
    file = town.data.original(town.sha(part))
    found = list(looked_up(town, part, spans))
    assert len({page.number for _, page, _ in found}) == 2
    for span, page, picture in found:
        read = "".join(read_back(file, page.number, picture.boxes))
        assert squeezed(read) == squeezed(page.text[span.start : span.end]) != ""


def test_a_turned_page_is_marked_where_it_is_seen(town: Town) -> None:
    """This test ensures that a page with a rotation is marked upright, within its own width and height."""
    part = "bodemonderzoek"
    file = town.data.original(town.sha(part))
    with pdfium.PdfDocument(file) as document:
        turned = next(at + 1 for at in range(len(document)) if document[at].get_rotation() == 90)
    checked = 0
    for spans, _ in town.sentences(part):
        for span, page, picture in looked_up(town, part, spans):
            quote = page.text[span.start : span.end]
            if span.page != turned or re.search("ff|fi|fl", quote):
                continue
            assert picture.width > picture.height
            for box in picture.boxes:
                assert 0 <= box.left < box.right <= picture.width
                assert 0 <= box.top < box.bottom <= picture.height
                assert box.height < 25
            assert squeezed("".join(read_back(file, page.number, picture.boxes))) == squeezed(quote)
            checked += 1
    assert checked >= 3


def test_a_scan_is_marked_on_its_ink(tmp_path: Path) -> None:
    """This test ensures that a mark on a scan covers print: the words are dark on the image right where it is."""
    if not ocr.available("nld"):
        pytest.fail(ocr.REMEDY) if os.environ.get("CI") == "true" else pytest.skip(ocr.REMEDY)
    letter = SAMPLE / "pdf/2024/2024-03-04-ingekomen-brief-zwemvereniging-dalmeren.pdf"
    (tmp_path / "in").mkdir()
    keep(letter, tmp_path / "in" / "brief.pdf")
    data = DataFolder(tmp_path / "data")
    ingest(tmp_path / "in", data, Settings())
    catalogue, sha = Catalogue(data.catalogue), sha256_of(letter)
    images = PageImages(data, Settings())
    passage = catalogue.passages_of(sha)[0]
    marked = 0
    for spans in passage.sentences:
        for span in spans:
            page = catalogue.page(sha, span.page)
            assert page is not None
            assert page.ocr
            assert 0.7 < (page.confidence or 0) <= 1
            picture = images.picture(sha, page, [span])
            assert picture.same_text
            scan = _pixels(images.png(sha, page.number))
            for box in picture.boxes:
                darkest = _darkest(scan, box, picture)
                assert darkest < 110, (span, box)
                assert box.height < 30
                marked += 1
    catalogue.close()
    assert marked > 5


def _pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def _darkest(image: Image.Image, box: Box, picture: Picture) -> int:
    across, down = image.width / picture.width, image.height / picture.height
    left, right = round(box.left * across), round(box.right * across)
    return min(image.crop((left, round(box.top * down), right, round(box.bottom * down))).tobytes())


# Papers made for one trouble each


def made(tmp_path: Path, pdf: bytes, *, password: str | None = None) -> tuple[DataFolder, str, Page]:
    """Return a data folder with one document, and its first page as the ingest would keep it."""
    file = tmp_path / "made.pdf"
    file.write_bytes(pdf)
    sha = sha256_of(file)
    data = DataFolder(tmp_path / "data")
    keep(file, data.original(sha))
    with opened(file, 1, password=password) as (_, text_page):
        return data, sha, Page(number=1, text=clean(text_page.get_text_range()))


def typeset(tmp_path: Path, body: str) -> bytes:
    source = tmp_path / "made.typ"
    source.write_text(f'#set page(width: 14cm, height: 9cm)\n#set text(lang: "nl")\n{body}\n', encoding="utf-8")
    return typst.compile(str(source))


def test_characters_beyond_the_basic_plane_do_not_shift_the_mark(tmp_path: Path) -> None:
    """This test ensures that addresses, which count code points, meet PDFium's count of UTF-16 units."""
    data, sha, page = made(tmp_path, typeset(tmp_path, "De som $bold(A) cal(B) bold(C)$ is voor het zwembad bedoeld."))
    assert any(ord(c) > 0xFFFF for c in page.text)
    at = page.text.index("zwembad")
    span = Span(page=1, start=at, end=at + len("zwembad"))
    picture = PageImages(data, Settings()).picture(sha, page, [span])
    assert read_back(data.original(sha), 1, picture.boxes)[0].strip() == "zwembad"


def test_a_cropped_page_is_marked_within_what_is_seen(tmp_path: Path) -> None:
    """This test ensures that a page whose visible part begins elsewhere is marked in that part."""
    (tmp_path / "whole.pdf").write_bytes(typeset(tmp_path, "De raad stemt in met het krediet."))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "whole.pdf"))
    box = writer.pages[0].mediabox
    writer.pages[0].cropbox = RectangleObject((40, 30, float(box.right), float(box.top)))
    writer.write(tmp_path / "cropped.pdf")
    data, sha, page = made(tmp_path, (tmp_path / "cropped.pdf").read_bytes())
    at = page.text.index("krediet")
    span = Span(page=1, start=at, end=at + len("krediet"))
    images = PageImages(data, Settings())
    picture = images.picture(sha, page, [span])
    assert (round(picture.width), round(picture.height)) == (round(float(box.right)) - 40, round(float(box.top)) - 30)
    assert read_back(data.original(sha), 1, picture.boxes)[0].strip(" .") == "krediet"
    assert _darkest(_pixels(images.png(sha, 1)), picture.boxes[0], picture) < 110


def test_a_locked_paper_is_shown_when_its_password_is_known(tmp_path: Path) -> None:
    """This test ensures that what the ingest could open, the page image can open as well, and nothing else."""
    (tmp_path / "open.pdf").write_bytes(typeset(tmp_path, "De raad stemt in met het krediet."))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "open.pdf"))
    writer.encrypt("geheim-woord", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    data, sha, page = made(tmp_path, (tmp_path / "locked.pdf").read_bytes(), password="geheim-woord")
    with pytest.raises(PageUnavailable):
        PageImages(data, Settings()).png(sha, 1)
    known = tmp_path / "passwords.txt"
    known.write_text("iets-anders\ngeheim-woord\n", encoding="utf-8")
    images = PageImages(data, Settings(passwords=str(known)))
    assert images.png(sha, 1).startswith(b"\x89PNG")
    assert images.picture(sha, page, [Span(page=1, start=0, end=7)]).boxes


def test_another_text_is_never_marked(tmp_path: Path) -> None:
    """This test ensures that a file that changed under the catalogue marks nothing rather than the wrong words."""
    data, sha, page = made(tmp_path, typeset(tmp_path, "De raad stemt in met het krediet."))
    other = Page(number=1, text=page.text.replace("krediet", "verzoek"))
    picture = PageImages(data, Settings()).picture(sha, other, [Span(page=1, start=0, end=7)])
    assert not picture.same_text
    assert not picture.boxes


def test_a_huge_page_gives_a_bounded_image(tmp_path: Path) -> None:
    """This test ensures that a drawing of metres across cannot fill the memory of the server."""
    source = tmp_path / "huge.typ"
    source.write_text("#set page(width: 500cm, height: 400cm)\nTekening", encoding="utf-8")
    data, sha, _ = made(tmp_path, typst.compile(str(source)))
    image = _pixels(PageImages(data, Settings(render_scale=4)).png(sha, 1))
    assert image.width * image.height <= 6_100_000
    assert max(image.size) <= 3_001


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    """This test ensures that who runs the server learns which file is missing."""
    data = DataFolder(tmp_path)
    with pytest.raises(PageUnavailable, match="is not there"):
        PageImages(data, Settings()).png("a" * 64, 1)


def test_an_image_is_drawn_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that the second reader of a page does not wait for it to be drawn again."""
    import web.page_image

    images = PageImages(town.data, Settings())
    sha = town.sha("mantelzorgkaart")
    first = images.png(sha, 1)
    monkeypatch.setattr(web.page_image, "_draw", lambda *_: pytest.fail("drawn again"))
    assert images.png(sha, 1) is first
    with web.page_image._PDFIUM:  # others are being drawn
        assert images.png(sha, 1) is first


def test_another_scale_is_another_image(town: Town) -> None:
    """This test ensures that a browser does not keep images of before the municipality chose larger ones."""
    sha = town.sha("mantelzorgkaart")
    few, many = (PageImages(town.data, Settings(render_scale=scale)) for scale in (1, 2))
    assert few.mark(sha, 1) != many.mark(sha, 1)
    assert few.mark(sha, 1, small=True) == many.mark(sha, 1, small=True) != few.mark(sha, 1)


def test_many_readers_at_once_get_their_own_pages(town: Town) -> None:
    """This test ensures that threads do not meet inside PDFium."""
    from concurrent.futures import ThreadPoolExecutor

    images = PageImages(town.data, Settings(render_scale=0.5))
    sha = town.sha("2023-03-16-notulen")
    numbers = [1 + at % town.document("2023-03-16-notulen").page_count for at in range(40)]
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda number: images.png(sha, number), numbers))
    once = {number: images.png(sha, number) for number in set(numbers)}
    assert drawn == [once[number] for number in numbers]
    assert len(set(once.values())) == len(once)
