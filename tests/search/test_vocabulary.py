"""How rare each term is."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import DataError
from search.vocabulary import Vocabulary

PASSAGES = st.lists(st.lists(st.sampled_from("abcdef")), max_size=12)


def counted(passages: list[list[str]]) -> Vocabulary:
    """Return a vocabulary over these passages."""
    vocabulary = Vocabulary()
    for terms in passages:
        vocabulary.add(terms)
    return vocabulary


@given(PASSAGES)
def test_a_term_counts_once_per_passage(passages: list[list[str]]) -> None:
    """This test ensures that a frequency is the number of passages, however often a term stands in one."""
    vocabulary = counted(passages)
    assert vocabulary.passages == len(passages)
    assert {term: vocabulary.frequency(term) for term in "abcdef"} == {
        term: sum(term in passage for passage in passages) for term in "abcdef"
    }
    assert set(vocabulary) == {term for passage in passages for term in passage}
    assert len(vocabulary) == len(set(vocabulary))


@given(PASSAGES, PASSAGES)
def test_what_leaves_is_forgotten_wholly(stay: list[list[str]], leave: list[list[str]]) -> None:
    """This test ensures that adding and removing passages leaves no trace of them."""
    vocabulary = counted(stay + leave)
    for terms in leave:
        vocabulary.remove(terms)
    fresh = counted(stay)
    assert vocabulary.passages == fresh.passages
    assert {term: vocabulary.frequency(term) for term in "abcdef"} == {t: fresh.frequency(t) for t in "abcdef"}
    assert set(vocabulary) == set(fresh)


def test_rarity_is_that_of_bm25() -> None:
    """This test ensures that the inverse document frequency is the one of the formula, computed here by hand."""
    vocabulary = counted([["a"], ["a", "b"], ["a"], []])
    assert vocabulary.idf("a") == pytest.approx(math.log(1 + (4 - 3 + 0.5) / (3 + 0.5)))
    assert vocabulary.idf("b") == pytest.approx(math.log(1 + (4 - 1 + 0.5) / (1 + 0.5)))
    assert vocabulary.idf("unknown") == pytest.approx(math.log(1 + 4.5 / 0.5))
    assert Vocabulary().idf("a") == 1.0


def test_a_vocabulary_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """This test ensures that nothing is lost in the file, letters with accents included."""
    vocabulary = counted([["café", "a"], ["a"]])
    vocabulary.write(tmp_path / "v.json")
    back = Vocabulary.read(tmp_path / "v.json")
    assert (back.passages, {t: back.frequency(t) for t in back}) == (2, {"café": 1, "a": 2})


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b"{}", b'{"passages": "x", "frequencies": {}}', b"\xff\xfe"]
)
def test_a_damaged_vocabulary_is_named_with_the_remedy(tmp_path: Path, content: bytes | None) -> None:
    """This test ensures that a missing or broken file says which it is and what to run."""
    path = tmp_path / "v.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"v\.json.*raadspoor-ingest"):
        Vocabulary.read(path)
