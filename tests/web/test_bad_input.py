"""Whatever is typed or sent, a plain page comes back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typst
from fastapi import FastAPI
from fastapi.testclient import TestClient

from council import DataError, DataFolder, sha256_of
from council.settings import Settings
from ingest import ingest
from search import Engine
from tests.web.conftest import Town
from tests.web.page_text import read_html, strange_scripts
from web.app import create_app

STRANGE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "quote out of an attribute": '"><b>parkeren</b>',
    "template": "{{ 7 * 7 }} {% raw %} {0.__class__}",
    "sql": "'; DROP TABLE documents; --",
    "emoji": "🚲🅿️👩‍👩‍👧 parkeren",
    "only emoji": "🚲🅿️👩‍👩‍👧",
    "nul": "parkeren\x00\x1b[31m",
    "right to left": "parkeren \u202e gnidreov",
    "arabic": "مواقف السيارات",
    "long": "parkeren " * 1_112,
    "one long word": "p" * 10_000,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_any_question_gets_a_page_that_holds_it_as_text(client: TestClient, text: str) -> None:
    """This test ensures that a question is searched or refused in plain words, and never becomes part of the page."""
    answer = client.get("/zoeken", params={"q": text})
    assert answer.status_code == 200
    page = read_html(answer.text)
    assert not [*strange_scripts(page), *page.all("b")]
    assert not [image for image in page.all("img") if "onerror" in image.attributes]
    field = next(each for each in page.all("input") if each.attributes.get("name") == "q")
    assert field.attributes["value"] == text[:2_000]
    assert client.get("/api/zoeken", params={"q": text}).status_code == 200


def test_a_question_of_ten_thousand_characters_gets_a_hint(client: TestClient) -> None:
    """This test ensures that who pastes a page is told that only its beginning was used."""
    answer = client.get("/zoeken", params={"q": STRANGE["long"]})
    assert "alleen het begin gebruikt" in answer.text
    assert len(answer.content) < 400_000


def test_a_question_of_stop_words_gets_a_hint_and_examples(client: TestClient) -> None:
    """This test ensures that nobody gets an empty page for an empty question."""
    page = read_html(client.get("/zoeken", params={"q": "de het en van"}).text)
    assert "Noem een onderwerp" in page.within("notice")[0].text
    assert page.within("example-list")
    assert not page.within("answer")


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_an_empty_question_gets_a_hint(client: TestClient, text: str) -> None:
    """This test ensures that pressing the button at once explains what to do."""
    page = read_html(client.get("/zoeken", params={"q": text}).text)
    assert "Typ een vraag" in page.within("notice")[0].text


@pytest.mark.parametrize(
    "query",
    [
        "van=gisteren",
        "van=2024-13-01",
        "tot=31-2-2024",
        "soort=roddel",
        "jaar=24",
        "jaar=٢٠٢٤",
        "p=0",
        "p=-1",
        "p=101",
        "p=1e3",
        "fractie=%00",
        "spreker=" + "A" * 301,
        "document=../../etc/passwd",
        "document=" + "A" * 64,
        "&".join(f"jaar={year}" for year in range(1990, 2011)),
    ],
)
def test_a_filter_that_cannot_be_read_is_explained(client: TestClient, query: str) -> None:
    """This test ensures that a mistyped filter gives 422, says which, and offers the search without it."""
    answer = client.get(f"/zoeken?q=parkeren&{query}")
    assert answer.status_code == 422
    page = read_html(answer.text)
    assert query.partition("=")[0] in page.within("lead")[0].text
    assert page.within("button")[0].attributes["href"] == "/zoeken?q=parkeren"
    assert client.get(f"/api/zoeken?q=parkeren&{query}").json()["error"]["status"] == 422


def test_a_period_that_ends_before_it_begins_is_explained(client: TestClient) -> None:
    """This test ensures that swapped days are told apart from unreadable ones."""
    answer = client.get("/zoeken?q=parkeren&van=2024-02-01&tot=2024-01-01")
    assert answer.status_code == 422
    assert "Draai de twee om" in answer.text


def test_dutch_days_are_understood(client: TestClient) -> None:
    """This test ensures that a browser without a date field does not shut its reader out."""
    page = read_html(client.get("/zoeken?q=parkeren&van=1-1-2024").text)
    assert page.within("chip")[0].text.endswith("1 januari 2024")


@pytest.mark.parametrize(
    "span", ["1", "1-2", "1-2-3-4", "0-1-2", "1-5-5", "1-9-3", "a-b-c", "1--1-5", "1-0-999999999", "١-٢-٣"]
)
def test_a_span_that_is_none_gives_422(client: TestClient, town: Town, span: str) -> None:
    """This test ensures that a broken citation is refused and not guessed at."""
    assert client.get(f"/bron/{town.sha('mantelzorgkaart')}/1", params={"span": span}).status_code == 422


@pytest.mark.parametrize("span", ["1-0-99999999", "77-0-10"])
def test_a_citation_that_does_not_stand_there_marks_nothing(client: TestClient, town: Town, span: str) -> None:
    """This test ensures that a quote without an address is never shown, and that the reader is told."""
    answer = client.get(f"/bron/{town.sha('mantelzorgkaart')}/1", params={"span": span})
    assert answer.status_code == 200
    page = read_html(answer.text)
    assert "bestaat niet in dit document" in page.within("notice")[0].text
    assert not page.within("cited")
    assert not page.all("mark")
    assert not page.within("page-mark")


@pytest.mark.parametrize("page", ["0", "99", "-1", "x", "1.5", "999999", "%00", "١"])
def test_a_page_that_is_not_there_gives_404(client: TestClient, town: Town, page: str) -> None:
    """This test ensures that a wrong page number is no error of the program."""
    sha = town.sha("mantelzorgkaart")
    assert client.get(f"/bron/{sha}/{page}").status_code == 404
    assert client.get(f"/pagina/{sha}/{page}.png").status_code == 404


@pytest.mark.parametrize(
    "path", ["/nope", "/document/", "/document/x", "/pdf/..%2f..%2fcatalogue.sqlite", "/static/../app.py"]
)
def test_an_unknown_address_gives_a_plain_page(client: TestClient, path: str) -> None:
    """This test ensures that a wrong address is answered in plain Dutch, with a way on."""
    answer = client.get(path)
    assert answer.status_code == 404
    page = read_html(answer.text)
    assert page.all("h1")[0].text == "Deze pagina is er niet"
    assert any(field.attributes.get("name") == "q" for field in page.all("input"))


def test_trouble_is_told_in_the_readers_language(client: TestClient) -> None:
    """This test ensures that errors are translated as well."""
    assert "This page is not here" in client.get("/nope?taal=en").text
    assert "Something is wrong with this web address" in client.get("/zoeken?q=x&p=zz").text


def test_nothing_can_be_written(client: TestClient) -> None:
    """This test ensures that the pages only read."""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.request(method, "/zoeken?q=parkeren")
        assert answer.status_code == 405
        assert "alleen lezen" in answer.text


def test_an_unexpected_error_tells_nothing_of_the_program(
    app: FastAPI, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that a fault of ours gives a plain page, with all headers and without a trace."""

    def fail(*_: object) -> None:
        raise RuntimeError("secret detail of the machine")

    monkeypatch.setattr(town.engine, "ask", fail)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/zoeken?q=parkeren")
        twin = client.get("/api/zoeken?q=parkeren")
    assert answer.status_code == twin.status_code == 500
    assert "Er ging iets mis" in answer.text
    assert "secret detail" not in answer.text + twin.text
    assert "Traceback" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_data_folder_in_trouble_asks_for_patience(app: FastAPI, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a reader who comes during maintenance is asked to come back."""

    def fail(*_: object) -> None:
        raise DataError("/srv/data/catalogue.sqlite is locked")

    monkeypatch.setattr(town.engine, "ask", fail)
    with TestClient(app) as client:
        answer = client.get("/zoeken?q=parkeren")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert "/srv" not in answer.text


def test_a_paper_that_holds_html_stays_text(tmp_path: Path) -> None:
    """This test ensures that neither the text of a paper nor what a manifest says of it can become part of a page."""
    source = tmp_path / "papers"
    source.mkdir()
    evil = "<script>alert(1)</script>"
    typ = tmp_path / "evil.typ"
    typ.write_text(f'= Motie\n#"De raad besluit {evil} om het zwembad <b>open</b> te houden."\n', encoding="utf-8")
    (source / "evil.pdf").write_bytes(typst.compile(str(typ)))
    said = {
        "file": "evil.pdf",
        "title": f"Motie {evil}",
        "body": f"fractie {evil}",
        "case_number": '"><img src=x onerror=alert(1)>',
        "date": "2024-01-01",
    }
    (source / "manifest.jsonl").write_text(json.dumps(said) + "\n", encoding="utf-8")
    data = DataFolder(tmp_path / "data")
    settings = Settings(ocr=False)
    ingest(source, data, settings, municipality="gm9901")
    engine = Engine(data, settings)
    sha = sha256_of(source / "evil.pdf")
    document = engine.catalogue.document(sha)
    assert document is not None
    # The ingest takes no such address; a catalogue may come from elsewhere.
    engine.catalogue.describe(replace(document, source_url="javascript:alert(1)"))
    with TestClient(create_app(engine, settings)) as client:
        for path in ("/zoeken?q=zwembad+open+houden", f"/bron/{sha}/1?span=1-0-30", f"/document/{sha}"):
            answer = client.get(path)
            assert answer.status_code == 200
            page = read_html(answer.text)
            assert not [*strange_scripts(page), *page.all("b")]
            assert not [each for each in page.all("img") if "onerror" in each.attributes]
            assert not [link for link in page.all("a") if link.attributes["href"].startswith("javascript")]
            assert evil in page.text
    engine.close()


def test_a_collection_that_answers_no_everyday_question_promises_no_examples(tmp_path: Path) -> None:
    """This test ensures that an empty question to a small collection gets a hint, and no heading over nothing."""
    source = tmp_path / "papers"
    source.mkdir()
    typ = tmp_path / "paper.typ"
    typ.write_text(
        "= Verslag van de kascommissie\nDe kascommissie keurt de rekening van het erf goed.\n", encoding="utf-8"
    )
    (source / "paper.pdf").write_bytes(typst.compile(str(typ)))
    data, settings = DataFolder(tmp_path / "data"), Settings(ocr=False)
    ingest(source, data, settings, municipality="gm9901")
    engine = Engine(data, settings)
    with TestClient(create_app(engine, settings)) as client:
        page = read_html(client.get("/zoeken?q=").text)
        assert "Typ een vraag" in page.within("notice")[0].text
        assert not page.within("example-list")
        assert not page.within("hits")
    engine.close()
