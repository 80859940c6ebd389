"""Personal data in text: which are seen, where they stand, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import bank_accounts, email_addresses, homes, service_numbers, telephone_numbers
from council.personal_data import passes_eleven_test, passes_iban_test
from tests.fakes import odd_text

Detector = Callable[[str], Iterator[tuple[int, int]]]

# Invented; each passes the eleven-test unless its line says otherwise.
PERSONAL = [
    "Mijn BSN is 123456782.",
    "bsn: 123456782",
    "BSN 1234.56.782",
    "BSN 1234 56 782",
    "BSN 123 456 782",
    "BSN: 123-456-782",
    "BSN: 123\u00a0456\u00a0782",
    "BSN-nummer 123456782",
    "B.S.N. 123456782",
    "burgerservicenummer 123456782",
    "Burger Service Nummer: 123456782",
    "burger-service-nummer\n123456782",
    "burgerservicenr. 123456782",
    "sofinummer 123456782",
    "sofi-nummer: 111222333",
    "persoonsnummer 123456782",
    "123456782 (BSN)",
    "BSN/RSIN: 123456782",
    "BSN of fiscaal nummer: 123456782",
    "KvK 12345678, BSN 123456782",
    "IBAN NL91ABNA0417164300, burgerservicenummer 123456782",
    "Telefoon 020-5522062, BSN 123456782",
    "Naam J. Jansen, geboren 01-02-1980, wonende Dijk 3 te Dalmeren, BSN:\n\t123456782",
    "BSN 10000008",
    "BSN: 010000008",
]
OTHER = [
    "Mijn BSN is 123456789.",
    "123456782",
    "Het bedrag is 123456782 euro.",
    "KvK 123456782",
    "KvK-nummer: 12345678",
    "Kamer van Koophandel 123456782",
    "RSIN 123456782",
    "btw-nummer NL123456782B01",
    "BSN? Nee: btw NL123456782B01",
    "Het BSN van de ondernemer wordt nergens gevraagd, alleen het RSIN 123456782",
    "IBAN NL91ABNA0417164300",
    "rekeningnummer 123456782",
    "bankrekening 12.34.56.782",
    "Telefoon 06-12345678",
    "tel. 0123456782",
    "BSN 0123456782 heeft tien cijfers",
    "BSN 1234567820",
    "BSN 123456782,50",
    "BSN-procedure, zaaknummer 123456782",
    "kenmerk 123456782",
    "Artikel 12 over het BSN; dossiernummer: 123456782",
    "vestigingsnummer 123456782",
    "gironummer 123456782",
    "EAN 123456782",
    "12-34-56-78-2",
    "BSN ja, datum 20240312",
    "Het BSN is geregeld in de wet van 2007, en daarna volgen nog veel woorden die er niet toe doen: 123456782",
    "BSN 000000000",
    "ISBN 123456782",
    "BSN A123456782",
    "bsn2 123456782x",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_a_number_that_is_called_a_service_number_is_seen(text: str) -> None:
    """This test ensures that a citizen's number is seen however a form writes and names it."""
    assert len(list(service_numbers(text))) == 1


@pytest.mark.parametrize("text", OTHER)
def test_other_numbers_are_left_alone(text: str) -> None:
    """This test ensures that company, tax, bank, telephone and case numbers hold no paper back."""
    assert list(service_numbers(text)) == []


def test_every_number_on_a_page_is_told_where_it_stands() -> None:
    """This test ensures that the place that is given holds the number and nothing else."""
    text = "BSN 123456782 en burgerservicenummer 1112.22.333; RSIN 123456782"
    assert [text[start:end] for start, end in service_numbers(text)] == ["123456782", "1112.22.333"]


def test_the_eleven_test_is_the_one_for_service_numbers() -> None:
    """This test ensures that the weights are 9 to 2 and -1.

    By hand: 1*9 + 2*8 + 3*7 + 4*6 + 5*5 + 6*4 + 7*3 + 8*2 = 156, less 2 is 154, which is 14 times 11.
    """
    assert passes_eleven_test([1, 2, 3, 4, 5, 6, 7, 8, 2])
    assert not passes_eleven_test([1, 2, 3, 4, 5, 6, 7, 8, 3])
    assert not passes_eleven_test([1, 2, 3, 4, 5, 6, 7, 8])
    assert not passes_eleven_test([0] * 9)


@given(text=odd_text(400) | st.text(alphabet="BSNbsn 0123456789.-\n", max_size=400))
def test_any_text_can_be_looked_through(text: str) -> None:
    """This test ensures that what is found lies in the text, in order, and passes the test."""
    last = 0
    for start, end in service_numbers(text):
        assert last <= start < end <= len(text)
        digits = [int(c) for c in text[start:end] if c.isdecimal()]
        assert passes_eleven_test([0] * (9 - len(digits)) + digits)
        last = end


@given(before=odd_text(80), after=odd_text(80))
def test_a_number_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    """This test ensures that no page is so odd that a number on it goes unseen."""
    text = f"{before}\nHet BSN is 123456782 en niet meer.\n{after}"
    assert "123456782" in [text[start:end] for start, end in service_numbers(text)]


# All invented; the account numbers are examples of the banks' own.
FOUND = {
    email_addresses: [
        "a@example.nl",
        "jan.de.vries@gemeente.dalmeren.example",
        "J_P+raad%1@mail-1.example.com",
        "o'brien@example.ie",
        "rené@café.example",
    ],
    telephone_numbers: [
        "0612345678",
        "06-12345678",
        "06 - 12345678",
        "06 12 34 56 78",
        "06-1234 5678",
        "06 123 456 78",
        "06.12.34.56.78",
        "+31612345678",
        "+31 6 1234 5678",
        "+31 (0)6 12345678",
        "+31(0)20-1234567",
        "0031 343 123456",
        "020-1234567",
        "020 123 4567",
        "020 123 45 67",
        "(020) 1234567",
        "0343-123456",
        "0343 123 456",
        "0343 12 34 56",
        "0201234567",
    ],
    bank_accounts: [
        "NL91ABNA0417164300",
        "NL91 ABNA 0417 1643 00",
        "NL91.ABNA.0417.1643.00",
        "nl91abna0417164300",
        "BE68 5390 0754 7034",
        "DE89370400440532013000",
        "GB29 NWBK 6016 1331 9268 19",
        "FR14 2004 1010 0505 0001 3M02 606",
    ],
    homes: [
        "1234 AB 12",
        "1234AB 12a",
        "1234 AB, 12",
        "1234 AB nr. 12",
        "1234 AB huisnummer 12-2",
        "1234ab 12",
        "12, 1234 AB",
        "12a\n1234 AB",
        "12-14 1234 AB",
        "12 bis, 1234 AB",
    ],
}
NOT_FOUND = {
    email_addresses: [
        "a@b",
        "@example.nl",
        "a @ example.nl",
        "a@example.",
        "https://example.nl/@raad",
        "a@@example.nl",
    ],
    telephone_numbers: [
        "112",
        "14 0343",
        "0800-1234",
        "1234567890",
        "06-1234567",
        "06-123456789",
        "2024-0123456789",
        "0.612.345.678",
        "06-12-2024 10",
        "06-12-24 10 15",
        "01 02 2024 12",
        "0612345678,50",
        "A0612345678",
        "+32 2 123 45 67",
    ],
    bank_accounts: [
        "NL91ABNA0417164301",
        "NL91ABNA041716430",
        "NL91ABNA04171643001",
        "XX91ABNA0417164300",
        "ANL91ABNA0417164300",
        "de 25 moties van de raad van Dalmeren",
    ],
    homes: [
        "1234 AB",
        "0234 AB 12",
        "1234 SA 12",
        "1234 ABC 12",
        "11234 AB 12",
        "2024 EN 2025",
        "2000 MW 12",
        "1500kg 12",
        "1234 ab 12",
        "12 moties",
    ],
}


@pytest.mark.parametrize(("detector", "text"), [(each, text) for each, texts in FOUND.items() for text in texts])
def test_personal_data_are_seen_whole(detector: Detector, text: str) -> None:
    """This test ensures that what is found is the whole of it, wherever it stands in a sentence."""
    for around in ("{}", "Het is {}.", "({})", "\n{}\n", "eerst {}, dan {}; klaar"):
        said = around.format(*[text] * around.count("{}"))
        found = [said[start:end] for start, end in detector(said)]
        assert found == [text] * around.count("{}")


@pytest.mark.parametrize(("detector", "text"), [(each, text) for each, texts in NOT_FOUND.items() for text in texts])
def test_what_only_looks_like_it_is_left_alone(detector: Detector, text: str) -> None:
    """This test ensures that days, amounts, short numbers and wrong check digits are nobody's personal data."""
    assert list(detector(f"Het is {text}.")) == []


def test_the_check_of_an_account_number_is_the_one_of_the_standard() -> None:
    """This test ensures that the first four signs go to the end, letters count from 10, and the rest by 97 is 1.

    By hand: of NL04TEST0 that is TEST0NL04, so 29 14 28 29 0 23 21 04. Divided by 97 it leaves 55. With 47 in place of
    04 it leaves 55 + 43 = 98, which is 1.
    """
    assert 291428290232104 % 97 == 55
    assert passes_iban_test("NL47TEST0")
    assert not passes_iban_test("NL04TEST0")


@given(text=odd_text(400) | st.text(alphabet="NLnl06+31ABab@.- 0123456789()\n", max_size=400))
def test_any_text_can_be_looked_through_for_all_of_it(text: str) -> None:
    """This test ensures that what any detector finds lies in the text and in order."""
    for detector in FOUND:
        last = 0
        for start, end in detector(text):
            assert last <= start < end <= len(text)
            last = end
