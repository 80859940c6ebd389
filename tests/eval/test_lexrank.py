"""Central sentences, as a baseline chooses them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import UsageError
from eval.lexrank import most_central
from tests.fakes import odd_text

TEXT = ["Honden lopen.", "Bussen rijden.", "Honden bussen boeken molens fietsen.", "Boeken staan.", "Molens draaien."]
TEXT += ["Fietsen vallen."]


def test_the_sentence_that_is_most_like_the_others_comes_first() -> None:
    """This test ensures that LexRank puts first what all others touch, and then keeps the order of the text."""
    assert most_central(TEXT, 3) == [2, 0, 1]
    assert most_central(TEXT, 1) == [2]


def test_what_is_said_twice_is_one_sentence() -> None:
    """This test ensures that a baseline does not quote the same words twice."""
    assert len(most_central(["Het bad is open.", "Het bad is open.", "De raad besluit."], 3)) == 2


@given(st.lists(odd_text(40), max_size=6), st.integers(0, 4))
def test_any_text_gives_places_within_it(sentences: list[str], most: int) -> None:
    """This test ensures that no paper, however odd, breaks the baseline."""
    found = most_central(sentences, most)
    assert len(found) == len(set(found)) <= most
    assert all(0 <= at < len(sentences) for at in found)


def test_without_the_library_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that who lacks the extra packages learns how to get them."""
    monkeypatch.setitem(sys.modules, "sumy.models.dom", None)
    with pytest.raises(UsageError, match="make evaluator"):
        most_central(TEXT, 1)
