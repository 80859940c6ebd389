"""Citizen service numbers: which are seen, and which other numbers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.personal_data import passes_eleven_test, service_numbers
from tests.fakes import odd_text

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
