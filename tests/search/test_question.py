"""A question as it was typed, made ready."""

import pytest
from hypothesis import given

from search.question import LONGEST, prepare
from search.vocabulary import Vocabulary
from tests.fakes import odd_text

VOCABULARY = Vocabulary()
for _ in range(50):
    VOCABULARY.add(["gemeent", "rad"])
VOCABULARY.add(["zwembad", "krediet"])


def words(text: str) -> list[str]:
    """Return the words of a question that carry meaning."""
    return [word.text for word in prepare(text, VOCABULARY).words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wat kost het zwembad?", ["kost", "zwembad"]),
        ("  ZWEMBAD\r\n", ["ZWEMBAD"]),
        ("zwem\u00adbad", ["zwembad"]),
        ("zwembad, zwembaden en Zwembad", ["zwembad", "zwembaden"]),
        ("<script>alert('zwembad')</script>", ["script", "alert", "zwembad"]),
        ("zwembad' OR 1=1; --", ["zwembad", "OR", "1"]),
        ("🏊 zwembad 🏊", ["zwembad"]),
        ('"het nieuwe zwembad"', ["nieuwe", "zwembad"]),
    ],
)
def test_the_words_that_carry_meaning_are_found(text: str, expected: list[str]) -> None:
    """This test ensures that whatever stands around them, the words are searched for, each once."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("?!…", "empty"),
        ("🏊‍♀️👍🏽", "empty"),
        ("\x00\u200b\u202e", "empty"),
        ("de en het van", "only_stop_words"),
        ("Wat is dat?", "only_stop_words"),
        ("zwembad", ""),
    ],
)
def test_a_question_without_words_says_why(text: str, hint: str) -> None:
    """This test ensures that who types nothing useful gets told so instead of an empty list."""
    question = prepare(text, VOCABULARY)
    assert question.hint == hint
    assert bool(question.words) == (hint == "")


def test_a_page_that_is_pasted_is_searched_by_its_beginning() -> None:
    """This test ensures that ten thousand characters are no error, and that the reader is told they were cut."""
    question = prepare("zwembad " + "krediet " * 1_250, VOCABULARY)
    assert question.hint == "cut_short"
    assert len(question.text) <= LONGEST
    assert [word.text for word in question.words] == ["zwembad", "krediet"]
    assert prepare("zwembad" + " " * 10_000, VOCABULARY).hint == ""


def test_a_word_without_end_is_no_trouble() -> None:
    """This test ensures that ten thousand letters without a space are answered at once."""
    for letters in ("a" * 10_000, "gemeenteraad" * 900, "é" * 10_000, "1" * 10_000):
        assert prepare(letters, VOCABULARY).hint == "cut_short"


def test_rare_words_weigh_more_than_common_ones() -> None:
    """This test ensures that the topic of a question decides, and not the words that stand in every paper."""
    by_text = {word.text: word.weight for word in prepare("gemeente raad zwembad onvindbaar", VOCABULARY).words}
    assert by_text["gemeente"] < by_text["zwembad"] < by_text["onvindbaar"]
    assert all(weight > 0 for weight in by_text.values())


def test_an_unknown_compound_weighs_what_its_known_part_weighs() -> None:
    """This test ensures that a compound that stands nowhere does not drown the words that do."""
    compound, part, unknown = prepare("zwembadkrediet zwembad onvindbaar", VOCABULARY).words
    assert compound.weight == part.weight < unknown.weight
    assert compound.known
    assert not unknown.known


def test_a_part_is_asked_for_less_where_the_papers_know_the_whole_word() -> None:
    """This test ensures that who types a known compound gets it before papers that hold only a part of it."""
    vocabulary = Vocabulary()
    vocabulary.add(["parkeertarief", "parker", "tarief"])
    known = prepare("parkeertarief", vocabulary).asked_terms
    unknown = prepare("zwembadkrediet", VOCABULARY).asked_terms
    assert known == {"parkeertarief": 1.0, "parker": 0.5, "tarief": 0.5}
    assert unknown == {"zwembadkrediet": 1.0, "zwembad": 1.0, "krediet": 1.0}


def test_a_part_that_is_typed_itself_is_asked_for_whole() -> None:
    """This test ensures that a word counts in full, whatever compound beside it also holds it."""
    vocabulary = Vocabulary()
    vocabulary.add(["parkeertarief", "parker", "tarief"])
    assert prepare("tarief parkeertarief", vocabulary).asked_terms["tarief"] == pytest.approx(2.0)


def test_a_case_number_is_asked_for_as_a_whole() -> None:
    """This test ensures that papers of the same year do not answer to half of a number."""
    question = prepare("wat staat er in VN2021-004131 over bomen", VOCABULARY)
    assert [(word.text, word.terms) for word in question.words] == [
        ("VN2021-004131", ("vn-2021-004131",)),
        ("bomen", ("bom",)),
    ]
    assert dict(question.asked_terms) == {"bom": 1.0, "vn-2021-004131": 1.0}
    assert "2024-03-12" in prepare("besluit van 12-03-2024", VOCABULARY).asked_terms


@given(odd_text(300))
def test_any_text_is_a_question(text: str) -> None:
    """This test ensures that nothing that can be typed or pasted breaks the search."""
    question = prepare(text, VOCABULARY)
    assert len(question.text) <= LONGEST
    assert bool(question.words) == (question.hint in {"", "cut_short"})
    for word in question.words:
        assert word.text in question.text
        assert word.terms
        assert word.weight > 0
    assert all(value > 0 for value in question.asked_terms.values())
    assert set(question.terms) <= set(question.asked_terms)
