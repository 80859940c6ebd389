"""Abbreviations and what they stand for find each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch import Step, terms, tokens, without
from search.wordlists import ABBREVIATIONS, ONLY_IN_CAPITALS
from tests.fakes import odd_text


@pytest.mark.parametrize("short", sorted(ABBREVIATIONS))
def test_every_name_in_full_meets_its_abbreviation(short: str) -> None:
    """This test ensures that each line of the list works, in the middle of a sentence and in any capitals."""
    written = short.upper() if short in ONLY_IN_CAPITALS else short
    for name in ABBREVIATIONS[short]:
        for spelling in (name, name.upper(), f"Volgens de {name.capitalize()}, die geldt."):
            assert set(terms(written)) & (set(terms(spelling)) - set(terms("volgens geldt"))), spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wmo-voorziening", "Wet Maatschappelijke Ondersteuning 2015"),
        ("de OZB stijgt", "onroerendezaakbelastingen"),
        ("wmo", "wet maatschappelijke ondersteuning"),
        ("B&W", "Burgemeester\nen wethouders"),
        ("b en w", "B & W"),
        ("BenW", "B&W"),
        ("boa's", "buitengewone opsporingsambtenaren"),
        ("zzp'ers", "zelfstandigen zonder personeel"),
        ("RES 1.0", "Regionale Energiestrategieën"),
        ("de LTA", "lange termijn agenda"),
    ],
)
def test_it_is_found_both_ways_in_any_of_its_forms(one: str, other: str) -> None:
    """This test ensures that plurals, compounds and line ends are no hindrance."""
    shared = set(terms(one)) & set(terms(other))
    with without({Step.ABBREVIATIONS}):
        assert set(terms(one)) & set(terms(other)) < shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("res", "Regionale Energiestrategie"),
        ("this or that", "ondernemingsraad"),
        ("Bag", "Basisregistratie Adressen en Gebouwen"),
        ("Wmo", "maatschappelijke ondersteuning"),
    ],
)
def test_a_word_that_only_looks_like_an_abbreviation_is_none(one: str, other: str) -> None:
    """This test ensures that short ones count in capitals only, and a half name for nothing."""
    assert not set(terms(one)) & set(terms(other))


def test_every_word_of_a_name_knows_the_abbreviation() -> None:
    """This test ensures that the answer and the marks in a result can see it at the words, and only at those."""
    beside = {token.terms[0]: token.beside for token in tokens("Kosten van de Wet open overheid in 2024")}
    assert beside == {"kost": (), "wet": ("woo",), "open": ("woo",), "over": ("woo",), "2024": ()}


@given(st.sampled_from(sorted(ABBREVIATIONS)), odd_text(), odd_text())
def test_whatever_stands_around_it_a_name_is_found(short: str, before: str, after: str) -> None:
    """This test ensures that no text before or after a name hides it."""
    term = short.upper() if short in ONLY_IN_CAPITALS else short
    assert term in terms(f"{before} . {ABBREVIATIONS[short][0]} . {after}")
