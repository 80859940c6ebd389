"""Whose words a question asks for."""

import pytest

from search.question import prepare
from search.saying import asks_whose_words, said_by
from search.vocabulary import Vocabulary

LABELS = ["De heer JANSEN (VVD)", "Wethouder De Vries", "Wethouder Haverkate", "Mevrouw De Boer-Smink (SA)", ""]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Wat zei wethouder De Vries over het zwembad?", True),
        ("wat vindt de VVD van betaald parkeren", True),
        ("Wat heeft de heer Jansen daarover gezegd?", True),
        ("standpunt van de PvdA over parkeren", True),
        ("Hoe reageerde de burgemeester?", True),
        ("Hoeveel kost het zwembad?", False),
        ("Wat is een zienswijze?", False),
        ("Wie vond de vergunning te duur?", False),
    ],
)
def test_whether_somebodys_words_are_asked_for(question: str, asks: bool) -> None:
    """This test ensures that a question for what somebody said or thought is known as one."""
    assert asks_whose_words(question) is asks


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wat zei wethouder De Vries over het zwembad?", ["Wethouder De Vries"]),
        ("wat zei wethouder de vries", ["Wethouder De Vries"]),
        ("Wat zei de wethouder?", ["Wethouder De Vries", "Wethouder Haverkate"]),
        ("Wat vindt de VVD van betaald parkeren?", ["De heer JANSEN (VVD)"]),
        ("Wat zei de heer Pietersen?", []),
        ("Wat zei mevrouw Boer-Smink?", ["Mevrouw De Boer-Smink (SA)"]),
        ("Hoeveel kost wethouder De Vries?", []),
    ],
)
def test_the_label_that_fits_best_is_that_of_who_is_asked_about(question: str, expected: list[str]) -> None:
    """This test ensures that a name goes before an office, and that a form of address names nobody."""
    found = said_by(prepare(question, Vocabulary()), LABELS)
    assert [label for label, row in zip(LABELS, found, strict=True) if row.any()] == expected


def test_the_words_that_a_label_holds_are_told() -> None:
    """This test ensures that of the words of the question those of the name are held, and no others."""
    question = prepare("Wat zei wethouder De Vries over het zwembad?", Vocabulary())
    held = dict(zip([word.text for word in question.words], said_by(question, LABELS)[1], strict=True))
    assert held["zei"] and held["wethouder"] and held["Vries"] and not held["zwembad"]


def test_no_sentences_and_no_labels_are_no_trouble() -> None:
    """This test ensures that nothing to choose from, and papers in which nobody speaks, give nothing."""
    question = prepare("Wat zei wethouder De Vries?", Vocabulary())
    assert said_by(question, []).shape == (0, len(question.words))
    assert not said_by(question, ["", ""]).any()
