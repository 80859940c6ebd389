"""Rows of figures, and what stands above their columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.tables import Columns, goes_on, is_head, is_row, names_columns, unit_of
from tests.fakes import odd_text


@pytest.mark.parametrize(
    "line",
    ["Lasten 144.300 146.100 148.000", "1 Bestuur en dienstverlening 13.890 14.200", "OZB woning € 333 € 355 € 371"],
)
def test_a_line_of_figures_is_a_row(line: str) -> None:
    """This test ensures that amounts beside a name are a row."""
    assert is_row(line)


@pytest.mark.parametrize(
    "line",
    [
        "5. Programmabegroting 2024",
        "3. Gebiedsvisies en jaarplannen [19:35 - 20:05]",
        "Vastgesteld op 14 december 2023, 19.30 uur",
        "Ontwerp van 1 oktober 2024. Bedragen × € 1.000,",
        "de lasten van € 1.200 en de baten van € 1.300 zijn in het eerste jaar",
    ],
)
def test_dates_numbers_of_headings_and_prose_are_no_row(line: str) -> None:
    """This test ensures that a sentence is not cut to pieces because it holds dates or amounts."""
    assert not is_row(line)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("(x € 1.000)", "x € 1.000"),
        ("Bedragen × € 1.000", "Bedragen × € 1.000"),
        ("Alle bedragen x € 1.000", "Alle bedragen x € 1.000"),
        ("in € 1.000", "in € 1.000"),
        ("bedragen in duizenden euro's", "bedragen in duizenden euro's"),
        ("in miljoenen euro's", "in miljoenen euro's"),
        ("€ x 1.000", "€ x 1.000"),
        ("De fietsbrug kost € 1.000", ""),
    ],
)
def test_a_unit_is_read_as_it_is_printed(line: str, unit: str) -> None:
    """This test ensures that the ways in which budgets state their unit are known, and an amount is not one of them."""
    assert unit_of(line) in (unit, unit.removeprefix("bedragen "))


def test_years_head_columns_and_other_figures_do_not() -> None:
    """This test ensures that a line of years is the head of a table and a row with a year in it is not."""
    assert is_head("Saldo 2025 2026 2027 2028")
    assert is_head("Programma Rekening 2023 Begroting 2024 Begroting 2025")
    assert is_head("(x € 1.000)")
    assert not is_head("Meicirculaire 2024 860 420 880")
    assert not is_head("2022 en 2023 zijn afgewezen met het oog op")


def test_words_name_the_columns_of_the_row_beneath() -> None:
    """This test ensures that a head needs a word for each figure, and one for what the row is about."""
    assert names_columns("Risico Maximaal Kans Gewogen", "Jeugdhulp, open einde 4.500 70% 3.150")
    assert not names_columns("Vertrouwen", "Inwoners 12 13")
    assert not names_columns("Wij zien dat het tekort groeit.", "Inwoners 12 13")
    assert goes_on("Overige 1.910")


def test_a_row_knows_the_years_and_the_unit_of_the_whole_paper() -> None:
    """This test ensures that a unit that holds for all tables is told with each row, and years only with their own."""
    above = Columns()
    above.pass_by("Bedragen × € 1.000,", "tenzij anders aangegeven.", heading=False, lines=1)
    assert above.of("Saldo 2025 2026", "Lasten 12 13") == ("Saldo 2025 2026", "Bedragen × € 1.000")
    assert above.of("Lasten 12 13", "") == ("Saldo 2025 2026", "Bedragen × € 1.000")
    above.pass_by("Een nieuwe paragraaf.", "", heading=True, lines=1)
    assert above.of("Baten 14 15", "") == ("Bedragen × € 1.000",)


def test_a_unit_in_a_heading_ends_with_the_next_heading() -> None:
    """This test ensures that thousands of one table are not told of the next."""
    above = Columns()
    above.pass_by("Lasten per jaar (x € 1.000)", "", heading=True, lines=1)
    assert above.of("Personeel 12 13", "") == ("x € 1.000",)
    above.pass_by("Bezoekers", "", heading=True, lines=1)
    assert above.of("Zwembad 12 13", "") == ()


@given(st.lists(odd_text(60), min_size=1, max_size=8))
def test_no_line_is_too_odd(lines: list[str]) -> None:
    """This test ensures that whatever stands in a table gives its head as it was printed, and no error."""
    above = Columns()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        found = above.of(line, following)
        assert found is None or all(any(text in other for other in lines) for text in found if not unit_of(text))
