"""What the pages say back about a question: how it was read, other spellings, filters by name, reasons, suggestions."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Town
from tests.web.page_text import Element, read_html


def search(client: TestClient, typed: str, **more: str) -> Element:
    answer = client.get("/zoeken", params={"q": typed, **more})
    assert answer.status_code == 200
    return read_html(answer.text)


def test_a_part_that_is_not_understood_is_told(client: TestClient) -> None:
    """This test ensures that a mistake in the expression gives results and a sentence about it, in both languages."""
    page = search(client, "parkeren soort:motte")
    assert page.within("hit")
    assert "soort:motte" in page.within("notice")[0].text
    english = search(client, 'parkeren "eerste', taal="en")
    assert "quotation mark" in english.within("notice")[0].text


def test_another_spelling_is_a_link(client: TestClient) -> None:
    """This test ensures that a misspelt word is searched as it is, and offered as the papers spell it."""
    page = search(client, "parkreen centrum")
    (link,) = page.within("meant")[0].all("a")
    assert parse_qs(urlsplit(link.attributes["href"]).query) == {"q": ["parkeren centrum"]}
    assert not search(client, "parkeren centrum").within("meant")


def test_words_that_stand_in_no_paper_are_named(client: TestClient) -> None:
    """This test ensures that a reader learns at once which words no paper holds, in both languages, and only those."""
    typed = "Hoeveel OZB betaalt een gemiddelde woning met een helikopter?"
    page = search(client, typed)
    (told,) = page.within("nowhere")
    assert told.text == "Staat in geen enkel openbaar stuk: helikopter"
    assert not page.within("missing")
    (english,) = search(client, typed, taal="en").within("nowhere")
    assert english.text == "In no public paper: helikopter"
    assert not search(client, "parkeren centrum").within("nowhere")
    instead = search(client, "parkeren helikopter")
    assert not instead.within("nowhere")
    assert "helikopter" in [word.text for word in instead.within("missing-word")]


def test_a_name_in_the_question_is_offered_as_a_filter_and_not_forced(client: TestClient) -> None:
    """This test ensures that following the offer narrows the search, and that its chip takes that away."""
    page = search(client, "parkeren GD")
    (offer,) = page.within("offer")
    assert offer.text == "Alleen woorden en stukken van GD?"
    narrowed = read_html(client.get(offer.attributes["href"]).text)
    assert parse_qs(urlsplit(offer.attributes["href"]).query) == {"q": ["parkeren"], "fractie": ["GD"]}
    (chip,) = narrowed.within("chip")
    assert chip.text.endswith("GD")
    assert chip.attributes["href"] == "/zoeken?q=parkeren"
    assert not narrowed.within("offer")


@pytest.mark.parametrize(
    ("field", "question"),
    [("Fractie", "parkeren"), ("Spreker", "windpark"), ("Van wie", "parkeren"), ("Dossier", "parkeren")],
)
def test_every_name_gives_as_many_documents_as_it_says(client: TestClient, field: str, question: str) -> None:
    """This test ensures that the count beside a party, speaker, body or case number is the total after choosing it."""
    page = search(client, question)
    (names,) = (part for part in page.within("names") if part.all("summary")[0].text == field)
    choices = names.all("a")
    assert choices
    for choice in choices:
        found = client.get(choice.attributes["href"].replace("/zoeken", "/api/zoeken")).json()
        assert found["total"] == int(choice.within("count")[0].text)


def test_a_search_by_filters_alone_lists_the_newest_first(client: TestClient) -> None:
    """This test ensures that narrowing without a question shows papers, no answer, and no word of regret."""
    page = search(client, "soort:raadsvoorstel")
    days = [hit.all("time")[0].attributes["datetime"] for hit in page.within("hit")]
    assert days == sorted(days, reverse=True)
    assert len(days) > 1
    assert not page.within("answer")
    assert "het nieuwste bovenaan" in page.within("hits-head")[0].text
    assert search(client, "", soort="raadsvoorstel").within("hit")


def test_a_phrase_that_stands_nowhere_gives_advice(client: TestClient) -> None:
    """This test ensures that nothing found is no empty page."""
    page = search(client, '"paarse olifanten"', soort="motie")
    assert not page.within("hit")
    assert page.within("advice")


def test_a_result_says_which_words_it_was_found_by(client: TestClient) -> None:
    """This test ensures that the reasons name the word, its stem and how rare it is, or say that it is only alike."""
    why = search(client, '"eerste uur" parkeren').within("why")[0]
    told = [item.text for item in why.within("why-words")[0].all("li")]
    assert told[0].startswith("eerste uur: staat er letterlijk zo (in ")
    assert any(text.startswith("parkeren: staat er, in een vorm van ‘parker’ (in ") for text in told)
    pages = search(client, "parkeerregime")
    assert any("lijkt erop" in why.text or "alleen een deel" in why.text for why in pages.within("why"))


def test_suggestions_come_as_json_and_from_public_papers(client: TestClient, town: Town) -> None:
    """This test ensures that typing gets words and titles, none of a paper that this reader cannot see."""
    told = client.get("/api/suggesties", params={"q": "mantelz"}).json()
    assert told["typed"] == "mantelz"
    assert {"word", "title"} <= {one["kind"] for one in told["suggestions"]}
    assert town.sha("mantelzorgkaart") in {one["document"] for one in told["suggestions"]}
    hidden = client.get("/api/suggesties", params={"q": "huurovereenk"}).json()
    assert not any("huurovereenkomst" in one["text"].lower() for one in hidden["suggestions"])
    for typed in ("", "a", "\x00", "x" * 9_000, '"; DROP'):
        assert client.get("/api/suggesties", params={"q": typed}).status_code == 200
    assert client.get("/api/suggesties").json()["suggestions"] == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
    yield opened.new_page()
    opened.close()


def test_suggestions_can_be_chosen_with_the_keyboard(page: Page, address: str) -> None:
    """This test ensures that the field is a combobox: the list opens, arrows choose, Escape closes, Enter searches."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    field = page.get_by_role("combobox", name="Uw vraag")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("mantelz")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert field.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("mantelz")
    field.press_sequentially("o")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    chosen = options.first.locator("span").first.inner_text()
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(chosen)
    assert complaints == []


def test_a_suggestion_can_be_clicked_and_the_list_fits_the_screen(page: Page, address: str) -> None:
    """This test ensures that a finger is enough, on a phone."""
    page.goto(address)
    page.get_by_label("Uw vraag").press_sequentially("parkeer")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    option.click()
    expect(page.locator(".hit").first).to_be_visible()


def test_the_field_works_when_the_suggestions_fail(page: Page, address: str) -> None:
    """This test ensures that a server without suggestions costs nobody their search."""
    page.route("**/api/suggesties*", lambda route: route.abort())
    page.goto(address)
    field = page.get_by_label("Uw vraag")
    field.press_sequentially("mantelzorgkaart", delay=20)
    field.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()


def test_a_quoted_row_of_a_table_stands_beside_its_columns(client: TestClient) -> None:
    """This test ensures that a reader sees of which year a figure in a row is without opening the page."""
    quotes = search(client, "Hoeveel OZB betaalt een gemiddelde woning?").within("quote")
    (row,) = [quote for quote in quotes if "OZB gemiddelde woning € 333 € 355 € 371" in quote.text]
    assert "Heffing 2023 2024 2025" in row.within("hit-path")[0].text
    prose = [quote for quote in quotes if quote.all("blockquote")[0].text.strip().endswith(".")]
    assert prose
    assert not any(quote.within("hit-path") for quote in prose)
