"""Did you mean …: what is offered for a misspelt word, and what is left alone."""

import pytest
from hypothesis import given

from search.lexicon import Lexicon
from search.question import prepare
from search.spelling import Speller
from search.vocabulary import Vocabulary
from tests.fakes import odd_text

WORDS = {
    "vergadering": 33,
    "zwembad": 40,
    "zwembaden": 4,
    "parkeren": 30,
    "wethouder": 90,
    "financien": 12,
    "hondenbelasting": 6,
    "krediet": 20,
    "vuurwerk": 9,
    "vuurwerken": 2,
    "huurprijs": 8,
    "raadslid": 15,
    "motie": 50,
    "zeldzaam": 1,
    "bestemmingsplan": 7,
}
LEXICON = Lexicon(passages=WORDS, spelt={"financien": "financiën"})


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(lexicon=LEXICON, stands=lambda word: word != "huurprijs")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("zwembat", "zwembad"),
        ("Zwenbad", "zwembad"),
        ("zwmebad", "zwembad"),
        ("parkeeren", "parkeren"),
        ("vuurwrek", "vuurwerk"),
        ("financin", "financiën"),
        ("hondebelasting", "hondenbelasting"),
        ("bestemingsplan", "bestemmingsplan"),
        ("mtoie", "motie"),
        ("vergadring", "vergadering"),
    ],
)
def test_a_misspelt_word_is_offered_as_the_papers_spell_it(speller: Speller, word: str, meant: str) -> None:
    """This test ensures that a wrong, missing, doubled or moved letter leads to the word, with its accents."""
    assert speller.nearest(word) == meant


@pytest.mark.parametrize(
    "word",
    [
        "zwembad",
        "FINANCIËN",
        "zwembadprijs",
        "kredietmotie",
        "ruimtevaart",
        "mot",
        "2024",
        "Z-22-1",
        "zeldzaan",
        "huurpijs",
        "xyzzyxyzzy",
        "",
    ],
)
def test_a_good_a_rare_or_a_hopeless_word_is_left_alone(speller: Speller, word: str) -> None:
    """This test ensures that compounds, numbers, short words, and words only of secret or single papers get nothing."""
    assert speller.nearest(word) == ""


def test_only_the_misspelt_word_of_a_question_changes(speller: Speller) -> None:
    """This test ensures that signs, fields and good words stay, and that a word within another is not touched."""
    vocabulary = Vocabulary()
    vocabulary.add(["krediet", "zwembad"])
    typed = 'krediet "zwembat" -sporthal soort:motie zwembatten'
    assert speller.meant(prepare("krediet zwembat", vocabulary), typed) == (
        'krediet "zwembad" -sporthal soort:motie zwembatten'
    )
    assert speller.meant(prepare("krediet zwembad", vocabulary), "krediet zwembad") == ""


@given(odd_text())
def test_whatever_is_typed_is_no_error(typed: str) -> None:
    """This test ensures that hostile words are compared or left alone."""
    speller = Speller(lexicon=LEXICON, stands=lambda _: True)
    assert isinstance(speller.meant(prepare(typed, Vocabulary()), typed), str)
