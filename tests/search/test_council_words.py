"""Compounds of words that only the papers know, found when a question is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.council_words import CouncilWords
from search.dutch import Step, terms_of, without
from search.question import prepare
from search.vocabulary import Vocabulary
from tests.fakes import odd_text

# Words of one imaginary municipality: no list of Dutch words holds "zwemkom", "buurtlus" or "dorpsas".
PASSAGES = {
    "zwemkom": 9,
    "zwemkomdek": 3,
    "zwemkomkrediet": 4,
    "krediet": 20,
    "buurtlus": 5,
    "tracé": 2,
    "buitenzwemkom": 2,
    "zwemkommetje": 3,
    "raadsvoorstel": 30,
}
WORDS = CouncilWords(PASSAGES)


def test_the_papers_compounds_of_a_word_are_asked_for_beside_it() -> None:
    """This test ensures that compounds at both ends are found, frequent first, and only where the rest is a word."""
    # "dek" is too short to be a part, and "metje" is no word.
    assert WORDS.beside("Zwemkom") == tuple(terms_of(word)[0] for word in ("zwemkomkrediet", "buitenzwemkom"))


def test_a_word_that_stands_nowhere_is_made_of_words_that_do() -> None:
    """This test ensures that linking letters go and that both parts have to stand in more than one paper."""
    assert WORDS.beside("zwemkommenkrediet") == ()
    assert WORDS.beside("buurtluskrediet")[:1] == terms_of("buurtlus")[:1]
    assert WORDS.beside("buurtlusvoorstel") == ()


def test_what_the_index_brings_out_is_not_asked_for_twice() -> None:
    """This test ensures that a compound that the index split itself is left out."""
    assert "voorstel" in terms_of("raadsvoorstel")
    assert WORDS.beside("voorstel") == ()


def test_they_are_asked_for_where_the_word_itself_stands_nowhere() -> None:
    """This test ensures that the word that was typed counts most, alone where it is known, and the step can go."""
    vocabulary = Vocabulary()
    vocabulary.add(term for word in ("zwemkomkrediet", "buitenzwemkom") for term in terms_of(word))
    (compound, *_) = WORDS.beside("zwemkom")
    question = prepare("de zwemkom", vocabulary, WORDS)
    assert 0 < question.asked_terms[compound] < question.asked_terms[terms_of("zwemkom")[0]] == 1.0
    assert compound in question.terms
    with without({Step.COUNCIL_WORDS}):
        assert set(prepare("de zwemkom", vocabulary, WORDS).asked_terms) == set(terms_of("zwemkom"))
    vocabulary.add(terms_of("zwemkom"))
    assert set(prepare("de zwemkom", vocabulary, WORDS).asked_terms) == set(terms_of("zwemkom"))


@pytest.mark.parametrize("word", ["", "a", "2024", "zwem", "de", "onder", "z" * 5_000, "zwem kom", "\uff9e"])
def test_a_word_that_has_no_compounds_has_none(word: str) -> None:
    """This test ensures that short, endless and meaningless words cost nothing and bring nothing in."""
    assert WORDS.beside(word) == ()
    assert CouncilWords({}).beside(word) == ()


@given(odd_text(), st.dictionaries(odd_text(20), st.integers(1, 9), max_size=20))
def test_whatever_stands_in_the_papers_terms_come_out(word: str, passages: dict[str, int]) -> None:
    """This test ensures that no word of a scan or a reader breaks a question, and that no term comes twice."""
    words = CouncilWords({**passages, **PASSAGES})
    assert set(words.beside("Zwemkom")) >= set(WORDS.beside("Zwemkom")) != set()
    for asked in (word, "Zwemkom", "buurtluskrediet"):
        found = words.beside(asked)
        assert all(found)
        assert len(found) == len(set(found))
        assert not set(found) & set(terms_of(asked))
