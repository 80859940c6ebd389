"""The lines of a page, and which of them are furniture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Page
from search.lines import lines_of
from tests.fakes import odd_text, pages_of


def shown(pages: tuple[Page, ...]) -> list[list[str]]:
    """Return the text of the lines that are left, per page."""
    return [[line.text for line in lines] for lines in lines_of(pages)]


def report(number: int, body: str) -> str:
    """Return a page of a report with two running heads, a running foot and a page number."""
    return f"Gemeente Dalmeren\r\nBegroting 2025, versie 2.0\r\n{body}\r\nRaad 12 maart 2024\r\nPagina {number} van 20"


def test_running_heads_and_page_numbers_over_many_pages_are_left_out() -> None:
    """This test ensures that a sentence that runs on to the next page has no head, foot or number in its middle."""
    bodies = [f"Bladzijde over {chr(96 + number) * 4}, en niets anders." for number in range(1, 21)]
    pages = pages_of(*(report(number, body) for number, body in enumerate(bodies, start=1)))
    assert shown(pages) == [[body] for body in bodies]


def test_heads_that_differ_between_left_and_right_pages_are_left_out() -> None:
    """This test ensures that a running head is found where it stands on every other page only."""
    texts = [f"{('Gemeente Dalmeren', 'Jaarstukken')[n % 2]} {n}\nTekst {chr(97 + n) * 3}." for n in range(10)]
    assert shown(pages_of(*texts)) == [[f"Tekst {chr(97 + n) * 3}."] for n in range(10)]


@pytest.mark.parametrize("row", ["Totaal {0}.250 {1}.300", "Baten {0}1 {1}2 {1}3", "Saldo € {0},5 mln", "€ {0}.{1}50"])
def test_table_rows_at_the_foot_of_many_pages_stay(row: str) -> None:
    """This test ensures that totals are not taken for page numbers because they stand at the foot of every page."""
    rows = [row.format(number, number + 3) for number in range(1, 7)]
    pages = pages_of(*(f"Begroting\nProgramma {chr(96 + n) * 3}.\n{rows[n - 1]}" for n in range(1, 7)))
    assert [lines[-1] for lines in shown(pages)] == rows


def test_what_the_pages_say_themselves_stays() -> None:
    """This test ensures that only what comes back at the edge of many pages is called furniture."""
    pages = [report(number, f"Alleen hier: {chr(96 + number) * 5}.") for number in range(1, 6)]
    pages[2] += "\r\nEen slotregel die maar een keer voorkomt."
    found = shown(pages_of(*pages))
    assert [lines[0] for lines in found] == [f"Alleen hier: {chr(96 + number) * 5}." for number in range(1, 6)]
    assert found[2][-1] == "Een slotregel die maar een keer voorkomt."


@pytest.mark.parametrize(
    "number",
    ["3", "- 3 -", "Pagina 3", "pagina 3 van 12", "blz. 3", "3/12", "3 / 12", "pag. 3", "iv", "XII", "Blad 3", "– 3 –"],
)
@pytest.mark.parametrize("place", ["top", "foot"])
def test_a_page_number_alone_on_the_outermost_line_is_left_out(number: str, place: str) -> None:
    """This test ensures that a page number is recognised on a single page too, wherever it stands."""
    body = "De raad stemt in.\nHet college voert uit."
    text = f"{number}\n{body}" if place == "top" else f"{body}\n{number}"
    assert shown(pages_of(text)) == [["De raad stemt in.", "Het college voert uit."]]


@pytest.mark.parametrize(
    "line", ["3 moties", "Artikel 3", "€ 3", "3,5 miljoen", "12.500", "in 2024", "12-03-2024", "De", "Ja", "3%", "3 a"]
)
def test_a_line_that_says_something_is_no_page_number(line: str) -> None:
    """This test ensures that short lines at the edge of a page are not thrown away with the page numbers."""
    assert shown(pages_of(f"{line}\nDe raad stemt in.\n{line}")) == [[line, "De raad stemt in.", line]]


def test_a_number_inside_the_page_stays() -> None:
    """This test ensures that a figure alone on its line in the middle of a page is not taken for a page number."""
    assert shown(pages_of("Kosten\n12\nDe raad stemt in.")) == [["Kosten", "12", "De raad stemt in."]]


def test_two_pages_alike_prove_no_running_head() -> None:
    """This test ensures that a title that stands on two pages is kept: two is no pattern."""
    assert shown(pages_of("Besluit\neen", "Besluit\ntwee")) == [["Besluit", "een"], ["Besluit", "twee"]]


def test_a_document_that_is_furniture_only_has_no_lines() -> None:
    """This test ensures that pages with nothing but a head and a number are no text at all."""
    assert shown(pages_of(*(f"Gemeente Dalmeren\n{number}" for number in range(1, 9)))) == [[]] * 8


@pytest.mark.parametrize("text", ["", " \r\n\t\n", "\n" * 1000])
def test_an_empty_page_has_no_lines(text: str) -> None:
    """This test ensures that blank pages are no trouble."""
    assert shown(pages_of(text, text, text)) == [[], [], []]


@given(st.lists(odd_text(200), max_size=6))
def test_a_line_stands_at_its_address_without_white_space_around_it(texts: list[str]) -> None:
    """This test ensures that the offsets of a line are those of the page text, in order, whatever the page holds."""
    pages = pages_of(*texts)
    found = lines_of(pages)
    assert len(found) == len(pages)
    for page, lines in zip(pages, found, strict=True):
        at = 0
        for line in lines:
            assert line.page == page.number
            assert at <= line.start < line.end
            assert page.text[line.start : line.end] == line.text == line.text.strip()
            assert not set(line.text) & {"\r", "\n"}
            at = line.end


@given(st.lists(odd_text(200), max_size=2))
def test_nothing_but_page_numbers_is_left_out_of_a_short_document(texts: list[str]) -> None:
    """This test ensures that on one or two pages at most the outermost lines go, and all between them stays."""
    for page, lines in zip(pages_of(*texts), lines_of(pages_of(*texts)), strict=True):
        rest = [part.strip() for part in page.text.replace("\r", "\n").split("\n") if part.strip()]
        left = [line.text for line in lines]
        assert left in (rest, rest[1:], rest[:-1], rest[1:-1])
