"""Amounts, dates, articles and case numbers: however they are written, they meet."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch import terms
from search.references import forms
from search.steps import Step
from tests.fakes import odd_text


def found(text: str) -> list[str]:
    """Return the one form of everything in a text that is written in many ways."""
    return [form.term for form in forms(text)]


@pytest.mark.parametrize(
    ("shared", "spellings"),
    [
        (
            "1200000",
            [
                "€ 1,2 mln",
                "1.200.000 euro",
                "1,2 miljoen",
                "1200000",
                "€ 1.200.000,-",
                "EUR 1.200.000,00",
                "1200000,00",
                "1.2 miljoen",
                "€ 1 200 000",
                "€1,2M",
                "€ 1.200k",
                "1,2 MLN.",
                "1.200 duizend",
            ],
        ),
        ("1500000", ["anderhalf miljoen", "Anderhalve miljoen", "1,5 mln", "€ 15 ton"]),
        ("500000", ["een half miljoen", "0,5 miljoen", "€ 500.000"]),
        ("2000000000", ["twee miljard", "2 mld", "2.000.000.000"]),
        ("250000", ["€ 250k", "€ 2,5 ton", "250 duizend euro", "250.000"]),
        ("12500,75", ["€ 12.500,75", "12500,75"]),
        (
            "2024-03-12",
            [
                "12 maart 2024",
                "12-03-2024",
                "12/3/2024",
                "12-3-2024",
                "12.03.2024",
                "12 mrt. 2024",
                "12e maart 2024",
                "12 MAART 2024",
                "2024-03-12",
                "12-03-24",
            ],
        ),
        ("artikel 4.11", ["art. 4.11", "artikel 4.11", "Artikel 4.11, eerste lid", "art 4.11", "(ART. 4.11)"]),
        ("artikel 4:11a", ["art. 4:11a Awb", "Artikel 4:11a"]),
        ("z-24-012345", ["Z24-012345", "z24-012345", "Z-24-012345", "Z/24/012345", "(Z24-012345)"]),
        ("2024-123", ["2024/123", "2024-123"]),
        ("rib-2024-38", ["RIB-2024-38", "rib-2024/38"]),
    ],
)
def test_all_spellings_of_one_thing_share_its_term(shared: str, spellings: list[str]) -> None:
    """This test ensures that who writes an amount, date or number in one way finds it written in any other."""
    assert [spelling for spelling in spellings if shared not in terms(spelling)] == []


@pytest.mark.parametrize(
    "text",
    [
        "31-02-2024", "45 maart 2024", "12-13-2024", "0-0-2024", "112 maart 2024", "12 maart 20245", "1-12-03-2024",
        "12-03-2024-5", "tel. 06-12345678", "start 4.11", "kaart 3", "€ 10 m2", "€ 10 m²", "100 200 300",
        "1.2.3 miljoen",
        "versie 12.03.2024.1", "X", "3 kinderen",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    """This test ensures that impossible dates, phone numbers and rows of figures stay words like any other."""
    assert found(text) == []


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(["miljoen", "mln", "miljard", "mld", "duizend"]))
def test_an_amount_in_words_is_the_number_that_it_stands_for(whole: int, decimals: int, scale: str) -> None:
    """This test ensures that no digit is lost between *1,234 miljoen* and 1234000."""
    factor = {"miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9, "duizend": 1000}[scale]
    assert found(f"€ {whole},{decimals:03d} {scale}") == [str(whole * factor + decimals * factor // 1000)]
    assert found(f"{whole} {scale}") == [str(whole * factor)]


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_is_one_day_however_it_is_written(day: dt.date) -> None:
    """This test ensures that the day comes before the month, and that every day of the calendar is known."""
    assert found(f"op {day.day}-{day.month}-{day.year}.") == [day.isoformat()]
    assert found(f"op {day.day:02d}/{day.month:02d}/{day.year},") == [day.isoformat()]


@given(st.from_regex(r"[A-Z]{1,4}[-/.]?[0-9]{2,4}[-/][0-9]{2,6}", fullmatch=True))
def test_a_case_number_is_one_whatever_stands_between_its_pieces(number: str) -> None:
    """This test ensures that a number is found whole by another sign, in small letters, and in brackets."""
    assert found(number) == found(f"({number.lower()})") == found(number.replace("/", "-"))
    assert len(found(number)) == 1


@given(odd_text(100), odd_text(100))
def test_whatever_a_page_holds_forms_are_found_and_stand_where_they_say(before: str, after: str) -> None:
    """This test ensures that no text breaks the reading of figures, and that places are places in that very text."""
    text = f"{before}\nop 12 maart 2024 voor 1,2 mln volgens artikel 4.11 en dossier Z-24-012345 dus\n{after}"
    assert {"2024-03-12", "1200000", "artikel 4.11", "z-24-012345"} <= {*found(text)}
    for form in forms(text):
        assert 0 <= form.start < form.end <= len(text)
        assert form.term
        assert any(c.isalnum() for c in text[form.start : form.end])


def test_a_letter_that_grows_moves_nothing() -> None:
    """This test ensures that a capital I with a dot, which becomes two letters when lower-cased, shifts no mark."""
    text = "İİİ 12 maart 2024"
    (form,) = forms(text)
    assert text[form.start : form.end] == "12 maart 2024"


@pytest.mark.parametrize("step", [Step.NUMBERS, Step.DATES, Step.REFERENCES])
def test_each_kind_can_be_left_out_alone(step: Step) -> None:
    """This test ensures that a comparison of one kind leaves the others as they are."""
    text = "€ 2 mln, 3 mei 2024, artikel 7"
    kinds = {Step.NUMBERS: "2000000", Step.DATES: "2024-05-03", Step.REFERENCES: "artikel 7"}
    assert found(text) == list(kinds.values())
    assert [form.term for form in forms(text, frozenset({step}))] == [kinds[one] for one in kinds if one != step]
