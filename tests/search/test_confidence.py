"""How sure an answer is, and what verdict follows."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Verdict
from search import dutch
from search.confidence import ANSWERED, PARTIAL, SHARPNESS, confidence, rivals, strange, verdict_of
from search.doubts import Doubts
from search.question import Question, prepare
from search.vocabulary import Vocabulary

QUESTION = prepare("zwembad krediet", Vocabulary())
PAPERS = Vocabulary()
PAPERS.add(dutch.terms("het krediet voor het zwembad"))
KNOWN = prepare("zwembad krediet", PAPERS)
NONE = Doubts()
SCORES = st.lists(st.floats(-2, 3), min_size=1, max_size=120).map(np.array)


@pytest.mark.parametrize("equal", [1, 2, 20])
def test_sentences_that_are_as_good_as_the_best_are_rivals(equal: int) -> None:
    """This test ensures that n equal sentences give ln n, and one far below them changes nothing."""
    assert rivals(np.full(equal, 1.3)) == pytest.approx(math.log(equal))
    assert rivals(np.array([*[1.3] * equal, 1.3 - 30 / SHARPNESS])) == pytest.approx(math.log(equal), abs=1e-6)


def test_the_most_telling_word_that_stands_in_no_paper_counts() -> None:
    """This test ensures that it counts for its weight, less what is like it in the passages, and is not added up."""
    assert strange(QUESTION, np.zeros(2)) == pytest.approx(0.5)
    assert strange(QUESTION, np.array([0.5, 0.2])) == pytest.approx(0.4)
    assert strange(QUESTION, np.ones(2)) == 0.0


def test_a_word_that_stands_in_the_papers_is_not_strange() -> None:
    """This test ensures that a word of the papers counts for nothing, also where no passage found holds it."""
    papers = Vocabulary()
    papers.add(dutch.terms("het krediet"))
    known = prepare("zwembad krediet", papers)
    share = known.words[0].weight / sum(word.weight for word in known.words)
    assert strange(known, np.zeros(2)) == pytest.approx(share)
    assert strange(known, np.array([1.0, 0.0])) == 0.0


@given(SCORES, st.floats(0, 1), st.floats(0, 1))
def test_confidence_is_a_probability(scores: np.ndarray, first: float, second: float) -> None:
    """This test ensures that whatever the scores, it stays between 0 and 1, and their order does not matter."""
    anywhere = np.array([first, second])
    sure = confidence(QUESTION, scores, anywhere, NONE)
    assert 0.0 < sure < 1.0
    assert confidence(QUESTION, scores[::-1], anywhere, NONE) == pytest.approx(sure)
    assert confidence(QUESTION, np.append(scores, scores.max()), anywhere, NONE) <= sure + 1e-9
    assert confidence(QUESTION, scores, np.ones(2), NONE) >= sure - 1e-9
    assert confidence(QUESTION, scores + 0.1, anywhere, NONE) > sure


@pytest.mark.parametrize("doubted", [Doubts(unnamed=True), Doubts(secret=True)])
def test_a_doubt_makes_less_sure(doubted: Doubts) -> None:
    """This test ensures that each doubt divides the odds by e^0.8, and both by its square, whatever the scores."""
    scores, anywhere = np.array([1.2, 0.9]), np.ones(2)

    def odds(doubts: Doubts) -> float:
        sure = confidence(QUESTION, scores, anywhere, doubts)
        return sure / (1 - sure)

    assert odds(doubted) == pytest.approx(odds(NONE) / math.exp(0.8))
    assert odds(Doubts(unnamed=True, secret=True)) == pytest.approx(odds(NONE) / math.exp(1.6))


@pytest.mark.parametrize(
    ("sure", "verdict"),
    [
        (0.0, Verdict.NOT_FOUND),
        (PARTIAL - 1e-6, Verdict.NOT_FOUND),
        (PARTIAL, Verdict.PARTIAL),
        (ANSWERED - 1e-6, Verdict.PARTIAL),
        (ANSWERED, Verdict.ANSWERED),
        (1.0, Verdict.ANSWERED),
    ],
)
def test_the_verdict_follows_the_borders(sure: float, verdict: Verdict) -> None:
    """This test ensures that each border belongs to the verdict above it."""
    assert verdict_of(sure, KNOWN, fits=True) is verdict


@pytest.mark.parametrize("question", [KNOWN, QUESTION])
def test_an_answer_may_be_one_in_part_at_best(question: Question) -> None:
    """This test ensures that no certainty makes up for quotes without what is asked for, or words of no paper."""
    assert verdict_of(1.0, question, fits=False) is Verdict.PARTIAL
    assert verdict_of(1.0, question, fits=True) is (Verdict.ANSWERED if question is KNOWN else Verdict.PARTIAL)
    assert verdict_of(0.0, question, fits=True) is Verdict.NOT_FOUND
