"""How Dutch words are cut before they are compared."""

import pytest
from hypothesis import given

from search.dutch import (
    ANALYSIS,
    STOP_WORDS,
    Step,
    analysis,
    fold,
    split_compound,
    stem,
    terms,
    terms_of,
    tokens,
    without,
)
from tests.fakes import odd_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wethouders", ["wethouder"]),
        ("de gemeente en de gemeenten", ["gemeent", "gemeent"]),
        ("afvalstoffenheffing", ["afvalstoffenhef", "afval", "stof", "heffing"]),
        ("gemeenteraadsvergadering", ["gemeenteraadsvergader", "gemeent", "rad", "vergader"]),
        ("jeugdhulp", ["jeugdhulp", "jeugd", "hulp"]),
        ("verantwoordelijkheid", ["verantwoord"]),
        ("Noord-Holland", ["noord", "holland"]),
        ("motie's", ["motie"]),
        ("A28", ["a28"]),
        ("12 maart 2024", ["12", "maart", "2024", "2024-03-12"]),
        ("raadsleden", ["raadslid", "rad", "lid"]),
        ("raadslid", ["raadslid", "rad", "lid"]),
        ("collegebesluit", ["collegebesluit", "colleg", "besluit"]),
        ("1.250.000", ["1250000"]),
        ("12.500,75", ["12500,75"]),
        ("12-03-2024", ["12-03-2024", "2024-03-12"]),
        ("plannen", ["plan"]),
        ("subsidies", ["subsidie"]),
        ("advies", ["advies"]),
        ("afgeschaft", ["afschaf"]),
        ("afschaffing", ["afschaf"]),
        ("uitgebreid", ["uitbreid"]),
        ("ingericht", ["inricht"]),
        ("woonden2", ["woond", "woonden2"]),
        ("CO2", ["co2"]),
        ("Step2Save", ["step2save", "step", "step2", "sav"]),
        ("woonden2Het", ["woonden2het", "woond", "woonden2"]),
        ("waarover3", []),
        ("", []),
        ("?! … —", []),
    ],
)
def test_words_become_the_terms_that_they_are_found_by(text: str, expected: list[str]) -> None:
    """This test ensures that stems, parts of compounds and figures come out as the index and the questions expect."""
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("vergunning", "parkeervergunningen"),
        ("parkeervergunning", "vergunning"),
        ("heffing", "afvalstoffenheffing"),
        ("belasting", "hondenbelasting"),
        ("onroerende zaken", "onroerendezaakbelasting"),
        ("woning", "huurwoningen"),
        ("café", "CAFE"),
        ("coördinatie", "coordinatie"),
        ("ijsbaan", "ĲSBAAN"),
        ("huis", "huizen"),
        ("tarief", "tarieven"),
        ("idee", "ideeën"),
        ("stad", "steden"),
        ("kind", "schoolkinderen"),
        ("gemeenteraadslid", "leden van de gemeenteraad"),
        ("wijkcentra", "wijkcentrum"),
        ("raadsvoorstellen", "raadsvoorstel"),
        ("foto’s", "foto's"),
        ("Raad", "𝐑𝐚𝐚𝐝"),
        ("1,2 miljoen", "1.200.000 euro"),
        ("1,25 mln", "€ 1.250.000"),
        ("25 duizend", "25.000"),
        ("2 miljard", "2.000.000.000"),
        ("350 MLN.", "350.000.000"),
        ("jongeren", "jongeren4"),
        ("raadsbrief", "raadsbrieven12."),
        ("covid", "covid19"),
    ],
)
def test_words_that_mean_the_same_share_a_term(asked: str, written: str) -> None:
    """This test ensures that a question finds the other number, spelling, compound or way of writing an amount."""
    assert set(terms(asked)) & set(terms(written))


@pytest.mark.parametrize(
    ("one", "other"),
    [("verantwoordelijkheid", "heid"), ("2024", "2025"), ("1,2", "12"), ("3", "300"), ("verleden", "lid")],
)
def test_words_that_only_look_alike_share_nothing(one: str, other: str) -> None:
    """This test ensures that suffixes are no words and that figures are compared whole."""
    assert not set(terms(one)) & set(terms(other))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("parkeervergunning", ("parkeer", "vergunning")),
        ("bijstandsuitkering", ("bijstand", "uitkering")),
        ("zwembadkrediet", ("zwembad", "krediet")),
        ("geluidsoverlast", ("geluid", "overlast")),
        ("begrotingswijziging", ("begroting", "wijziging")),
        ("collegebesluit", ("college", "besluit")),
        ("onderhoudsbudget", ("onderhoud", "budget")),
        ("kinderpardon", ("kind", "pardon")),
        ("achtergrond", ()),
        ("gemeente", ()),
        ("woning", ()),
        ("wethouder", ()),
        ("a" * 61, ()),
        ("zwembad2024", ()),
    ],
)
def test_compounds_are_cut_where_two_words_meet(word: str, parts: tuple[str, ...]) -> None:
    """This test ensures that linking letters go, and that plain words, codes and endless strings are left whole."""
    assert split_compound(word) == parts


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_a_stop_word_is_no_term_however_it_is_written(word: str) -> None:
    """This test ensures that words such as *de* and *van* weigh nothing, at the start of a sentence either."""
    for written in (word, word.upper(), word.title()):
        assert terms(written) == []


def test_a_compound_is_found_by_its_whole_word_first() -> None:
    """This test ensures that who asks for the whole word can tell it from its parts."""
    for word in ("parkeervergunning", "jeugdhulp", "gemeenteraadsvergadering"):
        found = terms_of(word)
        assert found[0] == stem(word)
        assert len(found) == len(set(found)) > 1


@pytest.mark.parametrize("text", ["1" * 5_000 + " miljoen", "1" + ".000" * 2_000 + " mln", "9" * 5_000, "²½ miljoen"])
def test_figures_without_end_are_no_trouble(text: str) -> None:
    """This test ensures that a page full of digits cannot stop a run."""
    assert all(isinstance(term, str) for term in terms(text))


@given(odd_text(200))
def test_any_text_can_be_cut(text: str) -> None:
    """This test ensures that no text of a PDF or a reader breaks the analysis, and that terms are never empty."""
    found = terms(text)
    assert all(term and not term.isspace() for term in found)
    assert {term for token in tokens(text) for term in (*token.terms, *token.beside)} <= set(found)
    at = 0
    for token in tokens(text):
        assert at <= token.start < token.end <= len(text)
        assert token.terms
        assert terms_of(text[token.start : token.end]) == token.terms
        at = token.end


@given(odd_text())
def test_folding_twice_changes_nothing_and_capitals_make_no_difference(text: str) -> None:
    """This test ensures that a folded word is compared as it is."""
    assert fold(fold(text)) == fold(text)
    if text.isascii():
        assert fold(text.upper()) == fold(text)


def test_a_letter_of_nothing_but_a_mark_is_no_term() -> None:
    """This test ensures that a character that folds to nothing (half-width voicing mark) is passed over."""
    assert terms("\uff9e en \uff9f en \ufe70") == []


@pytest.mark.parametrize(
    ("step", "text", "whole", "less"),
    [
        (Step.FOLD, "garçon", ["garcon"], ["garçon"]),
        (Step.STOP_WORDS, "de weg", ["weg"], ["de", "weg"]),
        (Step.NUMBERS, "1.200 euro", ["1200", "euro"], ["1.200", "euro"]),
        (Step.NUMBERS, "1,2 miljoen", ["1,2", "miljoen", "1200000"], ["1,2", "miljoen"]),
        (Step.PLURALS, "steden", ["stad"], ["sted"]),
        (Step.DATES, "2 mei 2024", ["2", "mei", "2024", "2024-05-02"], ["2", "mei", "2024"]),
        (Step.REFERENCES, "art. 4.11", ["art", "4.11", "artikel 4.11"], ["art", "4.11"]),
        (
            Step.ABBREVIATIONS,
            "burgemeester en wethouders",
            ["burgemeester", "wethouder", "b&w"],
            [
                "burgemeester",
                "wethouder",
            ],
        ),
        (Step.ABBREVIATIONS, "RES", ["res", "RES"], ["res"]),
        (Step.COMPOUNDS, "jeugdhulp", ["jeugdhulp", "jeugd", "hulp"], ["jeugdhulp"]),
        (Step.STEM, "wegen", ["weg"], ["wegen"]),
    ],
)
def test_a_step_can_be_left_out_and_no_other_goes_with_it(
    step: Step, text: str, whole: list[str], less: list[str]
) -> None:
    """This test ensures that a comparison measures one step, and that the analysis is whole again afterwards."""
    assert terms(text) == whole
    with without({step}):
        assert terms(text) == less
        assert analysis() == f"{ANALYSIS}-no_{step}"
    assert terms(text) == whole
    assert analysis() == ANALYSIS


@given(odd_text())
def test_terms_are_those_of_the_words_in_order(text: str) -> None:
    """This test ensures that finding words by stretches of letters and signs gives the same words as one by one."""
    of_words = [term for token in tokens(text) for term in token.terms]
    assert terms(text)[: len(of_words)] == of_words


@pytest.mark.parametrize("text", ["1,2-a b", "a'b’c.d", "'s-Gravenhage 2024/0456-b", "x.1:2.y", "½ 12² Ⅷ"])
def test_signs_within_words_change_no_term(text: str) -> None:
    """This test ensures the same for the signs that may stand inside a word or a number."""
    of_words = [term for token in tokens(text) for term in token.terms]
    assert of_words
    assert terms(text)[: len(of_words)] == of_words
