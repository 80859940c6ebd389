"""A question without the people in it: what is replaced, and what a council question must keep."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import mask
from tests.fakes import odd_text

# All invented; the account numbers are the examples of the banks' own documentation.
MASKED = {
    "Mail naar jan.de-vries+raad@example.co.nl.": "Mail naar [e-mailadres].",
    "Bel 06-12345678 of (020) 123 45 67!": "Bel [telefoonnummer] of [telefoonnummer]!",
    "020-1234567/06 12 34 56 78": "[telefoonnummer]/[telefoonnummer]",
    "mijn rekening is nl91 abna 0417 1643 00 graag": "mijn rekening is [rekeningnummer] graag",
    "Dorpsstraat 12, 3941 AB Doorn": "Dorpsstraat [adres] Doorn",
    "op 3941AB 12a staat een boom": "op [adres] staat een boom",
    "Mijn nummer is 123456782": "Mijn nummer is [persoonlijk nummer]",
    "123 456 782 en 1234.56.782": "[persoonlijk nummer] en [persoonlijk nummer]",
    "BSN 10000008": "BSN [persoonlijk nummer]",
    "BSN 123.456.782": "BSN [persoonlijk nummer]",
    "Wat zei de heer A.B. van der Berg over parkeren?": "Wat zei de heer [naam] over parkeren?",
    "Wat zei mevrouw Jansen-de Wit in 2023?": "Wat zei mevrouw [naam] in 2023?",
    "meneer jansen woont daar": "meneer [naam] woont daar",
    "Dhr. Bakker, mevr. P. Smit en mw. 't Hart": "Dhr. [naam], mevr. [naam] en mw. [naam]",
    "Mevrouw Anna de Boer Pietersen zei": "Mevrouw [naam] zei",
    "Mail jan@example.nl (06-12345678)": "Mail [e-mailadres] ([telefoonnummer])",
}
KEPT = [
    "Wat kost het zwembad: 18.550.000 of 18.550.001 euro?",
    "Het krediet van € 123456782 en van 111222333 euro",
    "€ 123.456.782, 123.456.782 en 1.234.567,89",
    "Wat is besloten op 01-02-2024 12 moties, 06-12-2024 10 uur en 2024-03-12?",
    "Zaak Z-22-10483, Z24-0815 en motie M-2022-14",
    "begroting 2024 EN 2025, 2024-2028, jaren 2022 2023 2024",
    "bestemmingsplan 2500 ha, 12 MW windmolens en 1500 kg 12 zakken",
    "1500kg 12, 2500 EUR 12 en 3941 AB",
    "Wat heeft mevrouw de wethouder toegezegd?",
    "Wat zegt mevrouw over het zwembad?",
    "De heer en mevrouw die bezwaar maakten",
    "bel 112, 14 0343 of 0800-1234",
    "NL91 ABNA 0417 1643 01 is geen rekening",
    "artikel 213a, lid 2 van de Gemeentewet",
    "De 25 moties van de raad van 12 juni 2024",
    "het besluit @ de raad",
    "123456789 past niet",
]


@pytest.mark.parametrize(("text", "expected"), MASKED.items())
def test_personal_data_make_place_for_a_word(text: str, expected: str) -> None:
    """This test ensures that what is somebody's is replaced whole, and nothing beside it."""
    assert mask(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_a_council_question_is_about_is_kept(text: str) -> None:
    """This test ensures that amounts, days, case numbers, years and titles without a name survive."""
    assert mask(text) == text


@given(st.integers(0, 10**12), st.sampled_from(["", "€ ", "euro "]))
def test_every_amount_survives(amount: int, sign: str) -> None:
    """This test ensures that an amount with full stops between the thousands is never taken for a person's number."""
    text = f"Is {sign}{amount:,} uitgegeven?".replace(",", ".")
    assert mask(text) == text


@given(st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)), st.integers(0, 99))
def test_every_day_survives_with_a_number_behind_it(day: dt.date, number: int) -> None:
    """This test ensures that a day is never taken for a telephone number, however it is written."""
    for form in ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%Y%m%d"):
        text = f"Besloten op {day.strftime(form)} {number} keer in {day.year} en {day.year + 1}."
        assert mask(text) == text


@given(st.integers(0, 99), st.integers(0, 999_999), st.sampled_from("ZMAR"))
def test_every_case_number_survives(year: int, number: int, letter: str) -> None:
    """This test ensures that a reader can ask for a case, a motion or an amendment by its number."""
    text = f"Wat staat er in {letter}-{year:02d}-{number:05d} en {letter}{year:02d}-{number}?"
    assert mask(text) == text


def service_number(first: int) -> str | None:
    """Return the service number that begins with eight digits, if there is one: its last digit is what is left over."""
    digits = [int(sign) for sign in f"{first:08d}"]
    rest = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
    return f"{first:08d}{rest}" if rest < 10 else None


@given(st.integers(1, 99_999_999).map(service_number).filter(bool), st.sampled_from(["{}", "is {}?", "({})", "nr:{}"]))
def test_no_service_number_survives(number: str, around: str) -> None:
    """This test ensures that nine digits that pass the eleven-test are replaced without a word that names them."""
    assert number not in mask(around.format(number))


@given(st.integers(100_000_000, 999_999_999), st.sampled_from(["0{}", "+31{}", "+31 {}", "0031{}", "+31(0){}"]))
def test_no_telephone_number_survives(number: int, form: str) -> None:
    """This test ensures that any ten digits that begin with a nought are replaced, whatever area they name."""
    assert mask(f"Bel {form.format(number)} graag.") == "Bel [telefoonnummer] graag."


PIECES = st.sampled_from(
    "06 12345678 020 123 45 67 1234 AB 12a NL91 ABNA 0417164300 jan@ example.nl mevrouw dhr. de heer Van den Berg a.b. "
    "BSN 123456782 € euro [naam] +31 (0) - . , / @".split()
)


@given(st.lists(PIECES | st.sampled_from(["", " ", "\u00a0", "\n"]), max_size=40).map(" ".join) | odd_text(400))
def test_masking_again_changes_nothing(text: str) -> None:
    """This test ensures that any text can be masked, and that no replacement is itself taken for something."""
    once = mask(text)
    assert mask(once) == once
    known = r"\[(?:e-mailadres|telefoonnummer|rekeningnummer|persoonlijk nummer|adres|naam)\]"
    left = re.split(known, once)
    assert all(part in text for part in left)


@pytest.mark.parametrize(
    "piece",
    [
        "06-",
        "a.",
        "a@",
        "a@a.",
        "1234 AB ",
        "NL91 ABNA ",
        "mevrouw ",
        "mevr. A.",
        "van de ",
        "BSN ",
        "1-1 ",
        "(0",
        "0 ",
    ],
)
def test_a_text_made_to_be_slow_takes_time_in_proportion(piece: str) -> None:
    """This test ensures that no pattern goes back over what it has read: a megabyte ends before the suite gives up."""
    text = piece * (1_000_000 // len(piece))
    assert mask(text)
