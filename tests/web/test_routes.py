"""Each address gives its page."""

import hashlib
import re
import sqlite3
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from council import Citation, Page, readable, schema
from search.as_json import document_json
from tests.web.conftest import Town
from tests.web.page_text import read_html
from web.texts_nl import DUTCH

PARKING = "/zoeken?q=Wanneer+gaat+betaald+parkeren+in%3F"


def test_the_home_page_says_what_it_is_and_how_far_it_reaches(client: TestClient, town: Town) -> None:
    """This test ensures that a new reader sees a question box, the reach of the collection and the AI notice."""
    page = read_html(client.get("/").text)
    public = [each for each in town.catalogue.documents() if each.access == "openbaar"]
    days = sorted(each.date for each in public if each.date)
    (reach,) = page.within("reach")
    assert f"{len(public)} openbare documenten" in reach.text
    assert f"{DUTCH.day(days[0])} tot en met {DUTCH.day(days[-1])}" in reach.text
    assert "(AI)" in page.within("ai-note")[0].text
    assert any(field.attributes.get("name") == "q" for field in page.all("input"))


def test_every_example_question_on_the_home_page_is_answered(client: TestClient) -> None:
    """This test ensures that no example leads a first reader to nothing."""
    examples = [link for item in read_html(client.get("/").text).within("example-list") for link in item.all("a")]
    assert examples
    for link in examples:
        assert 'data-verdict="answered"' in client.get(link.attributes["href"]).text


def test_the_answer_comes_first_and_each_quote_leads_to_its_page(client: TestClient) -> None:
    """This test ensures that three to five quotes stand above the results and each link opens the marked page."""
    page = read_html(client.get(PARKING).text)
    (answer,) = page.within("answer")
    quotes = answer.within("quote")
    assert 3 <= len(quotes) <= 5
    assert "Automatisch gekozen citaten (AI)" in answer.text
    for quote in quotes:
        said = quote.all("blockquote")[0].text
        source = read_html(client.get(quote.within("cite-link")[0].attributes["href"]).text)
        assert source.within("cited")[0].all("blockquote")[0].text == said
        assert source.within("page-mark")
        assert source.within("line-marked")


def test_the_answer_is_marked_for_machines(client: TestClient) -> None:
    """This test ensures that another program can tell that the quotes were chosen by a computer."""
    page = read_html(client.get(PARKING).text)
    assert any(meta.attributes.get("name") == "ai-content" for meta in page.all("meta"))
    assert page.within("answer")[0].attributes["data-ai"] == "automatic-selection"


def test_results_show_all_that_a_reader_needs_to_choose(client: TestClient, town: Town) -> None:
    """This test ensures that a result has title, kind, date, marked snippet, page, PDF and the reason it was found."""
    first = read_html(client.get("/zoeken?q=mantelzorgkaart&soort=raadsinformatiebrief").text).within("hit")[0]
    assert "Mantelzorgkaart" in first.all("h3")[0].text
    assert first.within("kind")[0].text == "Raadsinformatiebrief"
    assert first.all("time")[0].attributes["datetime"] == "2023-04-11"
    assert any(hit.within("snippet")[0].all("mark") for hit in read_html(client.get(PARKING).text).within("hit"))
    assert any(f"/pdf/{town.sha('mantelzorgkaart')}#page=" in link.attributes["href"] for link in first.all("a"))
    why = first.within("why")[0]
    assert [term.text for term in why.all("dt")] == ["Woorden", "Delen van woorden", "Betekenis"]
    assert "plaats 1" in why.text


def test_the_link_of_a_result_marks_what_its_snippet_shows(client: TestClient) -> None:
    """This test ensures that a reader who follows a result finds marked what made them follow it."""
    first = read_html(client.get("/zoeken?q=mantelzorgkaart&soort=raadsinformatiebrief").text).within("hit")[0]
    snippet = first.within("snippet")[0].text.removesuffix(" …")
    source = read_html(client.get(first.all("h3")[0].all("a")[0].attributes["href"]).text)
    marked = " ".join(mark.text for line in source.within("lines") for mark in line.all("mark"))
    said = source.within("cited")[0].all("blockquote")[0].text
    assert snippet.split()[:6] == said.split()[:6]
    assert said.split()[0] in marked


def test_facets_narrow_and_chips_widen_again(client: TestClient) -> None:
    """This test ensures that a facet gives as many results as it says and its chip takes it away again."""
    page = read_html(client.get("/zoeken?q=parkeren").text)
    choice = page.within("facet")[0].all("a")[0]
    count = int(choice.within("count")[0].text)
    narrowed = read_html(client.get(choice.attributes["href"]).text)
    assert len(narrowed.within("hit")) == min(count, 10)
    assert len({hit.within("kind")[0].text for hit in narrowed.within("hit")}) == 1
    (chip,) = narrowed.within("chip")
    assert chip.attributes["href"] == "/zoeken?q=parkeren"


def test_the_period_form_narrows_to_days(client: TestClient) -> None:
    """This test ensures that only papers within the given days are found, and that empty fields leave the address."""
    sent = client.get("/zoeken?q=parkeren&van=2024-01-01&tot=&soort=")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/zoeken?q=parkeren&van=2024-01-01"
    page = read_html(client.get(sent.headers["location"]).text)
    days = [hit.all("time")[0].attributes["datetime"] for hit in page.within("hit")]
    assert days
    assert min(days) >= "2024-01-01"
    assert page.within("chip")[0].text.endswith("vanaf 1 januari 2024")


def test_pages_of_results_follow_each_other(client: TestClient) -> None:
    """This test ensures that the second page goes on where the first stopped, with the answer on the first only."""
    first = read_html(client.get("/zoeken?q=gemeente").text)
    following = next(link for link in first.all("a") if link.attributes.get("rel") == "next")
    second = read_html(client.get(following.attributes["href"]).text)
    titles = [hit.all("h3")[0].text for page in (first, second) for hit in page.within("hit")]
    assert len(titles) == len(set(titles)) > 10
    assert first.within("answer")
    assert not second.within("answer")


def test_a_page_past_the_last_results_leads_back(client: TestClient) -> None:
    """This test ensures that an old link to a page of results that is no more there does not end in nothing."""
    page = read_html(client.get("/zoeken?q=parkeren&p=90").text)
    assert any(link.attributes["href"] == "/zoeken?q=parkeren" for link in page.within("hits")[0].all("a"))


def test_nothing_found_is_said_with_how_far_was_looked(client: TestClient) -> None:
    """This test ensures that an unanswerable question gets an honest no, the missing words, and advice."""
    page = read_html(client.get("/zoeken?q=ruimtevaart+naar+Jupiter").text)
    (answer,) = page.within("answer")
    assert re.search(r"Niet gevonden in \d+ documenten tot en met \d+ \w+ 20\d\d", answer.all("h2")[0].text)
    assert "Jupiter" in [word.text for word in answer.within("missing-word")]
    assert not answer.all("blockquote")
    assert answer.within("advice")


def test_a_search_within_one_document_finds_only_that(client: TestClient, town: Town) -> None:
    """This test ensures that the search box of a document searches that document."""
    sha = town.sha("bodemonderzoek")
    page = read_html(client.get(f"/zoeken?q=PFOS&document={sha}").text)
    assert len(page.within("hit")) == 1
    assert "Nader bodemonderzoek" in page.within("chip")[0].text


def test_the_source_view_holds_page_text_and_facts(client: TestClient, town: Town) -> None:
    """This test ensures that the page, its text, its facts and a way to refer to it stand together."""
    sha = town.sha("2022-09-13-raadsvoorstel")
    spans, said = next(found for found in town.sentences("2022-09-13-raadsvoorstel") if "1 april 2023" in found[1])
    span = spans[0]
    html = client.get(f"/bron/{sha}/{span.page}?span={span.page}-{span.start}-{span.end}").text
    page = read_html(html)
    assert page.within("cited")[0].all("blockquote")[0].text == said
    assert page.all("image")[0].attributes["href"].startswith(f"/pagina/{sha}/{span.page}.png")
    reference = page.all("textarea")[0].text
    assert said in reference
    assert f"http://testserver/bron/{sha}/{span.page}?span={span.page}-{span.start}-{span.end}" in reference
    facts = {fact.all("dt")[0].text: fact.all("dd")[0].text for fact in page.within("facts")[0].all("div")}
    assert facts["Zaaknummer"] == "Z-22-10790"
    assert facts["Datum"] == "13 september 2022"
    links = [link.attributes["href"] for link in page.all("a")]
    assert f"/pdf/{sha}#page={span.page}" in links


def test_a_quote_over_two_pages_leads_from_one_to_the_other(client: TestClient, town: Town) -> None:
    """This test ensures that both halves of a sentence are marked, each on its own page, with a link between them."""
    sha = town.sha("begroting-2025")
    spans, said = next(found for found in town.sentences("begroting-2025") if len({s.page for s in found[0]}) == 2)
    query = "&".join(f"span={span.page}-{span.start}-{span.end}" for span in spans)
    first = read_html(client.get(f"/bron/{sha}/{spans[0].page}?{query}").text)
    assert first.within("cited")[0].all("blockquote")[0].text == said
    (link,) = first.within("continues")[0].all("a")
    second = read_html(client.get(link.attributes["href"]).text)
    assert second.within("cited")[0].all("blockquote")[0].text == said
    for page in (first, second):
        assert page.within("page-mark")
        assert page.within("line-marked")
    assert second.within("continues")[0].all("a")[0].attributes["href"].startswith(f"/bron/{sha}/{spans[0].page}?")


def test_what_was_derived_is_said_to_be(client: TestClient, town: Town) -> None:
    """This test ensures that a fact read off the document is not shown as one that the municipality gave."""
    derived = read_html(client.get(f"/document/{town.sha('begroting-2025')}").text)
    given = read_html(client.get(f"/document/{town.sha('mantelzorgkaart')}").text)
    dates = [fact for fact in derived.within("facts")[0].all("div") if fact.all("dt")[0].text == "Datum"]
    assert dates[0].within("derived")
    dates = [fact for fact in given.within("facts")[0].all("div") if fact.all("dt")[0].text == "Datum"]
    assert not dates[0].within("derived")


def test_a_derived_fact_leads_to_the_line_that_it_was_read_from(client: TestClient, town: Town) -> None:
    """This test ensures that a reader can check a derived date on the page itself, in both languages."""
    sha = town.sha("begroting-2025")
    (dated,) = [each for each in town.catalogue.derivations(sha) if each.field == "date"]
    words = readable(town.catalogue.quote(Citation(document=sha, spans=dated.evidence)))
    for language, said in (("nl", "afgeleid uit het stuk"), ("en", "derived from the paper")):
        client.cookies.set("taal", language)
        page = read_html(client.get(f"/document/{sha}").text)
        day = {"nl": "Datum", "en": "Date"}[language]
        (fact,) = [each for each in page.within("facts")[0].all("div") if each.all("dt")[0].text == day]
        assert fact.within("derived")[0].text == said
        (link,) = fact.within("derived-line")
        assert day in link.text
        marked = read_html(client.get(link.attributes["href"]).text)
        assert marked.within("cited")[0].all("blockquote")[0].text == words
        assert marked.within("line-marked")
    client.cookies.clear()


def test_a_scan_that_waits_for_ocr_says_so(client: TestClient, town: Town) -> None:
    """This test ensures that a page without text says why it is not seen; nothing of it leads to an image or a file."""
    page = read_html(client.get(f"/bron/{town.sha('zwemvereniging')}/1").text)
    assert page.within("notice")[0].text == DUTCH.source_unread
    assert not page.all("image")
    assert not [link for link in page.all("a") if re.match("/(pdf|pagina)/", link.attributes.get("href", ""))]


@pytest.mark.parametrize(
    ("language", "confidence", "said"),
    [
        ("nl", 0.934, "Tekst gelezen uit een scan, ongeveer 93% zeker"),
        ("en", 0.934, "Text read from a scan, about 93% certain"),
        ("nl", 0.9999, "ongeveer 99% zeker"),
        ("nl", None, "Tekst gelezen uit een scan; hoe zeker die is, is niet bekend"),
        ("en", None, "Text read from a scan; how certain it is, is not known"),
    ],
)
def test_text_from_a_scan_says_so_and_how_sure_it_is(
    client: TestClient,
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    confidence: float | None,
    said: str,
) -> None:
    """This test ensures that the paper page, each hit and each quoted sentence tell it in the reader's language, that
    nothing is ever wholly certain, and that a figure that is not known is not made up."""
    question = "Wanneer gaat betaald parkeren in?"
    assert "cite-ocr" not in client.get("/zoeken", params={"q": question}).text
    real = schema.page_of

    def scanned(row: sqlite3.Row) -> Page:
        return replace(real(row), ocr=True, confidence=confidence)

    monkeypatch.setattr(schema, "page_of", scanned)
    client.cookies.set("taal", language)
    results = read_html(client.get("/zoeken", params={"q": question}).text)
    assert results.within("cite-ocr")
    assert len(results.within("hit-ocr")) == len(results.within("hit"))
    for mark in (*results.within("cite-ocr"), *results.within("hit-ocr")):
        assert said in mark.text
    assert said in read_html(client.get(f"/bron/{town.sha('2023-03-16-notulen')}/1").text).within("notice")[0].text
    client.cookies.clear()


def test_a_document_shows_its_pages_and_that_it_replaces_another(client: TestClient, town: Town) -> None:
    """This test ensures that every page can be reached, and that a corrected version says that it is one."""
    page = read_html(client.get(f"/document/{town.sha('kostenraming-waterlelie-gewijzigd')}").text)
    assert len(page.within("thumbnails")[0].all("a")) == 1
    assert "vervangt een eerdere versie" in page.within("facts")[0].text
    minutes = read_html(client.get(f"/document/{town.sha('2023-03-16-notulen')}").text)
    assert len(minutes.within("thumbnails")[0].all("img")) == town.document("2023-03-16-notulen").page_count


def test_page_images_are_bounded_and_asked_for_each_time(client: TestClient, town: Town) -> None:
    """This test ensures that an image has a fixed size and an ETag that works, and is never shown without asking."""
    sha = town.sha("mantelzorgkaart")
    mark = town.document("mantelzorgkaart").text_mark
    large = client.get(f"/pagina/{sha}/1.png?v={mark}")
    small = client.get(f"/pagina/{sha}/1.png?maat=klein&v={mark}")
    assert large.headers["content-type"] == small.headers["content-type"] == "image/png"
    assert int.from_bytes(large.content[16:20], "big") == 1191
    assert int.from_bytes(small.content[20:24], "big") == 420
    assert large.headers["cache-control"] == small.headers["cache-control"] == "private, no-cache"
    assert large.headers["etag"] != small.headers["etag"]
    again = client.get(f"/pagina/{sha}/1.png?v={mark}", headers={"If-None-Match": large.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    other = client.get(f"/pagina/{sha}/1.png?v={mark}", headers={"If-None-Match": small.headers["etag"]})
    assert other.content == large.content
    beyond = f"/pagina/{sha}/{town.document('mantelzorgkaart').page_count + 1}.png"
    assert client.get(beyond, headers={"If-None-Match": large.headers["etag"]}).status_code == 404


def test_the_pdf_is_the_original_byte_for_byte(client: TestClient, town: Town) -> None:
    """This test ensures that a reader can check a quote against the very bytes that the municipality gave."""
    sha = town.sha("mantelzorgkaart")
    answer = client.get(f"/pdf/{sha}")
    assert hashlib.sha256(answer.content).hexdigest() == sha
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert client.get(f"/pdf/{sha}", headers={"Range": "bytes=0-4"}).content == b"%PDF-"


@pytest.mark.parametrize("path", ["/over", "/toegankelijkheid", "/"])
def test_both_languages_have_the_same_sections(client: TestClient, path: str) -> None:
    """This test ensures that no chapter is lost in translation."""
    dutch = read_html(client.get(path).text)
    english = read_html(client.get(f"{path}?taal=en").text)
    assert dutch.all("html")[0].attributes["lang"] == "nl"
    assert english.all("html")[0].attributes["lang"] == "en"
    shape = [[each.tag for each in page.all("h1", "h2", "h3", "li", "p")] for page in (dutch, english)]
    assert shape[0] == shape[1]
    assert dutch.all("h1")[0].text != english.all("h1")[0].text


def test_the_language_is_remembered(client: TestClient) -> None:
    """This test ensures that a reader chooses a language once."""
    client.get("/?taal=en")
    assert 'lang="en"' in client.get("/over").text
    switch = read_html(client.get("/zoeken?q=parkeren&jaar=2024").text).within("language")[0]
    assert switch.attributes["href"] == "/zoeken?q=parkeren&jaar=2024&taal=nl"
    client.get(switch.attributes["href"])
    assert '<html lang="nl"' in client.get("/over").text


def test_an_unknown_language_is_dutch(client: TestClient) -> None:
    """This test ensures that no cookie and no address can ask for a language that is not there."""
    answer = client.get("/?taal=xx")
    assert '<html lang="nl"' in answer.text
    assert "set-cookie" not in answer.headers


def test_the_api_gives_what_the_command_line_gives(client: TestClient, town: Town) -> None:
    """This test ensures that programs get the documented JSON form, public papers only."""
    found = client.get("/api/zoeken?q=mantelzorgkaart&soort=raadsinformatiebrief").json()
    assert found["form"] == 1
    assert found["hits"][0]["document"]["sha256"] == town.sha("mantelzorgkaart")
    assert found["answer"]["verdict"] in ("answered", "partial", "not_found")
    assert {hit["document"]["kind"] for hit in found["hits"]} == {"raadsinformatiebrief"}
    one = client.get(f"/api/document/{town.sha('mantelzorgkaart')}").json()
    assert one == {"form": 1, **document_json(town.document("mantelzorgkaart"))}


def test_health_counts_public_papers_only(client: TestClient, town: Town) -> None:
    """This test ensures that a watcher can see that the site works without learning what is secret."""
    state = client.get("/gezond").json()
    assert state["status"] == "ok"
    assert state["documents"] == sum(1 for each in town.catalogue.documents() if each.access == "openbaar")
    assert state["generation"] == town.engine.generation.name


def test_head_is_answered_like_get_without_the_body(client: TestClient) -> None:
    """This test ensures that programs that check links are served."""
    answer = client.head("/over")
    assert answer.status_code == 200
    assert not answer.content
