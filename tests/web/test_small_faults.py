"""Small things that made a page say something odd."""

from fastapi.testclient import TestClient

from tests.web.page_text import read_html


def test_a_question_of_spaces_still_has_a_heading_and_a_title(client: TestClient) -> None:
    """This test ensures that no page is without a name, whatever was typed."""
    page = read_html(client.get("/zoeken?q=+++").text)
    assert page.all("h1")[0].text.strip()
    assert page.all("title")[0].text.split("·")[0].strip(" -–|")


def test_the_second_page_says_so_in_its_title(client: TestClient) -> None:
    """This test ensures that two pages of results can be told apart in a list of tabs."""
    first, second = (read_html(client.get(f"/zoeken?q=parkeren&p={p}").text).all("title")[0].text for p in (1, 2))
    assert first != second
    assert "pagina 2" in second


def test_a_choice_that_leaves_nothing_says_so(client: TestClient) -> None:
    """This test ensures that nobody reads that something was not found in 0 documents."""
    text = client.get("/zoeken?q=parkeren&jaar=1800").text
    assert "in 0 documenten" not in text
    assert "Geen stuk past bij wat u hebt gekozen" in text


def test_one_document_is_one_document(client: TestClient) -> None:
    """This test ensures that counts of one are in the singular, for who hears them too."""
    assert "1 documenten" not in client.get("/zoeken?q=parkeren").text


def test_an_address_that_cannot_be_read_gives_advice_on_dates_for_dates_only(client: TestClient) -> None:
    """This test ensures that who mistypes a kind of paper is not told how to write a date."""
    assert "Schrijf een datum" in client.get("/zoeken?q=x&van=gisteren").text
    assert "Schrijf een datum" not in client.get("/zoeken?q=x&soort=foo").text
