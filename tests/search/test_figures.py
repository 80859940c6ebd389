"""Figures that tell something, and what a question wants counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.figures import Unit, counts, figures, told, wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Op 12 maart 2023 kost het € 1.420.000 (RIB-2023-12).", {"1.420.000"}),
        ("3. Financiën", set()),
        ("1.2 Er is geen openstelling op zaterdag.", set()),
        ("€ 25 per jaar", {"25"}),
        ("Saldo begroting 2025 -640 -3.900", {"640", "3.900"}),
        ("Van 94% naar 71% in 2023/2024", {"94", "71"}),
        ("Een woning mag zes uur slagschaduw hebben.", {"zes"}),
        ("vóór 1 oktober 2023, artikel 12, om 20.00 uur", set()),
        ("Motie nr. 913 (Gemeenteblad afd. 1, nr. 578)", set()),
        ("79° Motie over 12 bomen", {"12"}),
        ("De raad telt 2.023 stemmen.", {"2.023"}),
    ],
)
def test_digits_that_only_name_a_thing_are_no_figures(text: str, expected: set[str]) -> None:
    """This test ensures that dates, years, case numbers and list numbers are passed over, and amounts are not."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Wat kost de brug?", "De brug kost € 2.900.000.", True),
        ("Wat kost de brug?", "De brug is 190 meter lang.", False),
        ("Wat is het tarief?", "Woningen 0,1021%", True),
        ("Welk percentage is het?", "Het is 36 procent.", True),
        ("Welk percentage is het?", "Het is € 36.", False),
        ("Hoe lang duurt het?", "Het duurt zes weken.", True),
        ("Hoe lang duurt het?", "Het kost zes euro.", False),
        ("Hoeveel bezoekers kwamen er?", "Wij telden 4.310 bezoekers.", True),
        ("Hoeveel bezoekers kwamen er?", "Wij telden 4.310 bezoeken in 22 weken.", False),
        ("Wie haalde 412 euro op?", "Er is 412 euro opgehaald.", False),
        ("Hoeveel extra bezoekers kwamen er?", "Er is 50 miljoen euro extra.", False),
        ("Hoeveel extra bezoekers kwamen er?", "Er kwamen 193* bezoekers.", True),
        ("Hoeveel bleef er over van het budget?", "Er is € 849.331 over.", True),
        ("Waar is het zwembad?", "Het zwembad kost € 1.", False),
    ],
)
def test_a_figure_counts_what_is_asked_or_not(question: str, sentence: str, expected: bool) -> None:
    """This test ensures that money, shares, times and things are told apart, and the question's figure is no answer."""
    assert counts(sentence, wanted(question)) is expected


def test_so_many_of_a_thing_is_no_money_unless_the_thing_is() -> None:
    """This test ensures that *hoeveel subsidie* asks for money and *hoeveel woningen* for woningen."""
    assert wanted("Hoeveel subsidie krijgt de club?").units == {Unit.MONEY}
    assert wanted("Hoeveel woningen komen er, en wat kost dat?").things


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_looked_at(question: str, sentence: str) -> None:
    """This test ensures that no text breaks it, and what is told stands in the sentence and not in the question."""
    asked = wanted(question)
    found = told(sentence, asked)
    assert found <= figures(sentence)
    assert not found & figures(question)
    assert not counts(sentence, asked) or found
    assert all(figure in sentence.lower() for figure in figures(sentence))
