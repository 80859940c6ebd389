"""Sparse vectors, and that their product is a BM25 score."""

import math
from collections import Counter

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.sparse import K1, B, SparseVector, gram_vector, grams, passage_vector, query_vector, term_index
from tests.fakes import odd_text

WORDS = st.lists(st.sampled_from([f"woord{number}" for number in range(12)]), max_size=40)


@pytest.mark.parametrize(
    ("indices", "values"),
    [
        ((1, 2), (1.0,)),
        ((1,), (1.0, 2.0)),
        ((2, 1), (1.0, 1.0)),
        ((1, 1), (1.0, 1.0)),
        ((-1,), (1.0,)),
        ((2**32,), (1.0,)),
        ((1,), (0.0,)),
        ((1,), (-1.0,)),
        ((1,), (math.nan,)),
        ((1,), (math.inf,)),
        ((1,), (1e-60,)),
        ((1,), (1e39,)),
    ],
)
def test_a_vector_that_would_break_the_engine_is_refused(indices: tuple[int, ...], values: tuple[float, ...]) -> None:
    """This test ensures that what the engine takes in without looking never reaches it."""
    with pytest.raises(ValueError, match="sparse vector"):
        SparseVector(indices=indices, values=values)


@pytest.mark.parametrize(
    ("indices", "values"), [((), ()), ((0,), (1.0,)), ((2**32 - 1,), (3e38,)), ((0, 5, 2**32 - 1), (1e-6, 1.0, 2.5))]
)
def test_a_sound_vector_is_taken(indices: tuple[int, ...], values: tuple[float, ...]) -> None:
    """This test ensures that the outermost values that are allowed are allowed."""
    assert SparseVector(indices=indices, values=values).indices == indices


def test_the_passage_side_is_the_saturated_term_frequency() -> None:
    """This test ensures that the weights are those of Okapi BM25, computed here by hand."""
    vector = passage_vector(["a", "b", "a", "c"], average=8.0)
    weights = dict(zip(vector.indices, vector.values, strict=True))
    norm = 1.2 * (1 - 0.75 + 0.75 * 4 / 8)
    assert (K1, B) == (1.2, 0.75)
    assert weights[term_index("a")] == pytest.approx(2 * 2.2 / (2 + norm))
    assert weights[term_index("b")] == pytest.approx(1 * 2.2 / (1 + norm))
    assert len(weights) == 3


def test_the_question_side_says_how_strongly_each_term_is_asked_for() -> None:
    """This test ensures that terms count as often as they stand there, or as much as they are said to."""
    by_list = query_vector(["a", "b", "a"])
    assert dict(zip(by_list.indices, by_list.values, strict=True)) == {term_index("a"): 2.0, term_index("b"): 1.0}
    by_weight = query_vector({"a": 0.3})
    assert (by_weight.indices, by_weight.values) == ((term_index("a"),), (0.3,))
    assert query_vector([]) == passage_vector([], average=5.0) == SparseVector(indices=(), values=())


@given(st.lists(WORDS.filter(bool), min_size=2, max_size=8), WORDS)
def test_the_product_of_the_two_sides_is_a_bm25_score(passages: list[list[str]], asked: list[str]) -> None:
    """This test ensures that, with the engine's idf between them, scores equal those of an independent BM25 program."""
    average = sum(map(len, passages)) / len(passages)
    known = sorted({word for passage in passages for word in passage})
    asked = [word for word in asked if word in known]
    other = bm25s.BM25(method="lucene", k1=K1, b=B)
    other.index(passages, show_progress=False)
    # That program writes the formula without the factor (k1 + 1), which changes no order.
    expected = np.asarray(other.get_scores(asked) if asked else np.zeros(len(passages))) * (K1 + 1)
    frequency = Counter(term_index(word) for passage in passages for word in set(passage))
    question = query_vector(asked)
    scores = []
    for passage in passages:
        vector = passage_vector(passage, average=average)
        weights = dict(zip(vector.indices, vector.values, strict=True))
        scores.append(
            sum(
                times
                * weights.get(at, 0.0)
                * math.log(1 + (len(passages) - frequency[at] + 0.5) / (frequency[at] + 0.5))
                for at, times in zip(question.indices, question.values, strict=True)
            )
        )
    assert scores == pytest.approx(expected.tolist(), rel=1e-4, abs=1e-6)


@given(WORDS)
def test_vectors_of_any_terms_are_sound(words: list[str]) -> None:
    """This test ensures that both sides always give a vector that the rules above allow, with one entry per term."""
    for vector in (query_vector(words), passage_vector(words, average=0.0)):
        assert set(vector.indices) == {term_index(word) for word in words}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de raad", [" de r", "de ra", "e raa", " raad", "raad "]),
        ("Eén!", [" een "]),
        ("a", []),
        ("ja", []),
        ("", []),
        ("… — !", []),
        ("a,b;c", [" a b ", "a b c", " b c "]),
    ],
)
def test_grams_are_runs_of_five_letters_over_word_borders(text: str, expected: list[str]) -> None:
    """This test ensures that accents, capitals and punctuation make no difference to the 5-grams."""
    assert list(grams(text)) == expected


@given(odd_text())
def test_grams_of_any_text_are_five_long_and_hold_letters_only(text: str) -> None:
    """This test ensures that no text breaks the 5-grams."""
    for gram in grams(text):
        assert len(gram) == 5
        assert all(c.isalnum() or c == " " for c in gram)
        assert "  " not in gram


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("hondenbelasting", "hondebelasting"),
        ("onderhoudsplan", "onderhoudspIan"),
        ("begroting", "be groting"),
        ("de begroting", "debegroting"),
        ("parkeervergunning", "parkeerverguninng"),
        ("Sint-Jansplein", "St. Jansplein"),
    ],
)
def test_the_grams_catch_what_is_spelt_otherwise_or_misread(asked: str, written: str) -> None:
    """This test ensures that an old spelling, a misread letter, and a space too many or too few still meet."""
    shared, others = set(grams(asked)) & set(grams(written)), set(grams("jeugdzorg")) & set(grams(written))
    assert len(shared) >= 4 > len(others)


@given(odd_text(), st.floats(min_value=0.0, max_value=5_000.0))
def test_grams_are_the_same_whether_hashed_one_by_one_or_at_once(text: str, average: float) -> None:
    """This test ensures that a passage's grams, hashed in one go, are those that a question asks for one by one."""
    assert gram_vector(text, average=average) == passage_vector(grams(text), average=average)


def test_a_gram_has_the_index_of_its_letters() -> None:
    """This test ensures that the hash is zlib's, which the questions are hashed with, also beyond ASCII."""
    for text in ("raad", "Δήμος"):
        assert gram_vector(text, average=6.0).indices == tuple(sorted({term_index(gram) for gram in grams(text)}))
