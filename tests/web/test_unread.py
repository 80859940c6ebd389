"""Pages that OCR has not read yet: nobody looked what stands on them, so nobody sees them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from council import Access, DataFolder, Document
from council.settings import Settings
from ingest import ingest
from search import Engine
from tests.fakes import FakeEmbedder
from tests.ingest.papers import a_pdf, a_scan, joined, put
from tests.web.page_text import read_html
from web.app import create_app
from web.texts_nl import DUTCH

TEXT = "Raadsvoorstel\nOnderwerp: een fietspad langs de molen\nDatum 3 maart 2021\nHet college vraagt de raad om geld."
SEEN, UNSEEN = 1, 2
"""Page 1 of the paper is written, page 2 is a scan."""


class Half:
    """A paper of which one page was read and one waits, beside one that is whole."""

    def __init__(self, home: Path) -> None:
        self.source = put(home / "source", {"half.pdf": joined(a_pdf(TEXT), a_scan("x")), "heel.pdf": a_pdf(TEXT * 2)})
        self.data = DataFolder(home / "data")
        ingest(self.source, self.data, Settings(ocr=False, workers=1), municipality="gm9901", embedder=FakeEmbedder)
        self.engine = Engine(self.data, Settings(), embedder=FakeEmbedder())

    def paper(self, name: str) -> Document:
        return next(each for each in self.engine.catalogue.documents() if each.filename == name)

    def reader(self, *, show_unread: bool = False) -> TestClient:
        return TestClient(create_app(self.engine, Settings(show_unread=show_unread)))

    def read_scan(self) -> None:
        """Have OCR see no word on the scan, as on the back of a sheet."""
        catalogue, document = self.engine.catalogue, self.paper("half.pdf")
        pages = [replace(page, waiting=False) for page in catalogue.pages(document.sha256)]
        passages = catalogue.passages_of(document.sha256)
        with catalogue.writing():
            catalogue.put(document, pages, passages, cutting="x")


@pytest.fixture
def half(tmp_path: Path) -> Iterator[Half]:
    made = Half(tmp_path)
    yield made
    made.engine.close()


def addresses(sha256: str, page: int) -> tuple[str, ...]:
    return (f"/pagina/{sha256}/{page}.png", f"/pagina/{sha256}/{page}.png?maat=klein", f"/pdf/{sha256}")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_was_not_read_is_not_given_out(half: Half, method: str) -> None:
    """This test ensures that neither the image nor the thumbnail of a page that waits, nor the file that it is in, is
    given out, and that a browser that kept a copy does not hear that it may show it."""
    sha256 = half.paper("half.pdf").sha256
    with half.reader(show_unread=True) as reader:
        tags = {at: reader.get(at).headers.get("etag", "") for at in addresses(sha256, UNSEEN)}
    with half.reader() as reader:
        for address in addresses(sha256, UNSEEN):
            assert reader.request(method, address).status_code == 404
            assert reader.request(method, address, headers={"If-None-Match": tags[address]}).status_code == 404
            assert reader.request(method, address, headers={"Range": "bytes=0-99"}).status_code == 404
        assert DUTCH.document_unread in reader.get(f"/pdf/{sha256}").text


def test_the_rest_of_the_paper_is_there(half: Half) -> None:
    """This test ensures that the paper is found and described, that its written page is seen, and that another paper is
    as it was."""
    document, whole = half.paper("half.pdf"), half.paper("heel.pdf")
    with half.reader() as reader:
        found = reader.get("/api/zoeken", params={"q": "fietspad molen"}).json()
        assert document.sha256 in {hit["document"]["sha256"] for hit in found["hits"]}
        assert reader.get(f"/api/document/{document.sha256}").json()["title"] == document.title
        for address in addresses(document.sha256, SEEN)[:2] + addresses(whole.sha256, SEEN):
            assert reader.get(address).status_code == 200, address
        seen = read_html(reader.get(f"/bron/{document.sha256}/{SEEN}").text)
        assert seen.all("image") and DUTCH.document_unread in seen.text


def test_no_page_leads_to_what_is_not_given_out(half: Half) -> None:
    """This test ensures that result, paper and page say that it waits, and link to nothing that answers 404."""
    sha256 = half.paper("half.pdf").sha256
    with half.reader() as reader:
        pages = {
            address: reader.get(address).text
            for address in ("/zoeken?q=fietspad+molen", f"/document/{sha256}", f"/bron/{sha256}/{UNSEEN}")
        }
    for address, text in pages.items():
        assert f"/pdf/{sha256}" not in text, address
        assert f"/pagina/{sha256}/{UNSEEN}" not in text, address
    assert f"/pagina/{sha256}/{SEEN}" in pages[f"/document/{sha256}"]
    assert DUTCH.document_unread in pages[f"/document/{sha256}"]
    assert DUTCH.source_unread in pages[f"/bron/{sha256}/{UNSEEN}"]


def test_a_page_on_which_ocr_saw_nothing_was_read(half: Half) -> None:
    """This test ensures that the back of a sheet keeps no paper out of sight."""
    half.read_scan()
    with half.reader() as reader:
        for address in addresses(half.paper("half.pdf").sha256, UNSEEN):
            assert reader.get(address).status_code == 200


def test_a_municipality_may_choose_otherwise(half: Half) -> None:
    """This test ensures that RAADSPOOR_SHOW_UNREAD gives out what waits, and says that it was not read."""
    sha256 = half.paper("half.pdf").sha256
    with half.reader(show_unread=True) as reader:
        for address in addresses(sha256, UNSEEN):
            assert reader.get(address).status_code == 200
        page = read_html(reader.get(f"/bron/{sha256}/{UNSEEN}").text)
        assert page.within("notice")[0].text == DUTCH.source_waiting
        assert page.all("image")
        assert f"/pdf/{sha256}" in reader.get("/zoeken?q=fietspad+molen").text


def test_a_secret_scan_is_not_told_from_one_that_never_was(half: Half) -> None:
    """This test ensures that only a paper that may be known says that it waits."""
    document = half.paper("half.pdf")
    catalogue = half.engine.catalogue
    with catalogue.writing():
        catalogue.describe(replace(document, access=Access.GEHEIM))
    with half.reader() as reader:
        for address in addresses(document.sha256, UNSEEN):
            hidden = reader.get(address)
            unknown = reader.get(address.replace(document.sha256, "0" * 64))
            assert hidden.text.replace(document.sha256, "0" * 64) == unknown.text
