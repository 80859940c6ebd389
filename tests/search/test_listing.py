"""Passages that only name subjects lose a part of their score."""

import pytest

from search.listing import listed, only_names


@pytest.mark.parametrize(
    "line",
    [
        "Erfpachtstelsel, actualisatie .......... 73",
        "7 Voordracht tot herbevestigen van de uitgangspunten van het erfpachtstelsel (Gemeenteblad afd. 1, nr. 74)",
        "Programmabegroting 147.1Kb Bijlage 12",
    ],
)
def test_a_line_of_a_list_only_names(line: str) -> None:
    """This test ensures that lines of an index, an agenda and a list of appendices are known for what they are."""
    assert only_names(line)


@pytest.mark.parametrize(
    "line",
    [
        "De raad wil het stelsel houden",
        "Het krediet beschikbaar te stellen",
        "Gunning mei 2024",
        "Zwembad: € 14,2 miljoen",
    ],
)
def test_a_line_that_says_something_does_not_only_name(line: str) -> None:
    """This test ensures that sentences, decisions, plans and amounts are no lists, full stop or not."""
    assert not only_names(line)


def test_the_share_is_counted_in_words() -> None:
    """This test ensures that a long title weighs more than a short sentence: here four words of six."""
    assert listed(["Motie over het erfpachtstelsel", "Dat klopt."]) == pytest.approx(4 / 6)
    assert listed([]) == 0.0
