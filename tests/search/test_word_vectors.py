"""Vectors of words are worked out once."""

from collections.abc import Sequence

import numpy as np

from search.embedding import Vectors
from search.word_vectors import WordVectors


class Counting:
    """Gives a word the vector (length, 1), and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, words: Sequence[str]) -> Vectors:
        """Return one vector per word."""
        self.asked += words
        return np.array([[len(word), 1.0] for word in words], dtype=np.float32)


def test_a_word_is_worked_out_once() -> None:
    """This test ensures that a word that comes back, in one call or the next, costs nothing and has the same vector."""
    embed = Counting()
    vectors = WordVectors(embed)
    assert vectors(["raad", "zwembad", "raad"])[:, 0].tolist() == [4.0, 7.0, 4.0]
    assert vectors(["zwembad", "wet"])[:, 0].tolist() == [7.0, 3.0]
    assert embed.asked == ["raad", "zwembad", "wet"]


def test_it_never_keeps_more_than_it_may() -> None:
    """This test ensures that a full store starts anew and still gives every word its vector."""
    embed = Counting()
    vectors = WordVectors(embed, most=3)
    vectors(["a", "bb"])
    assert vectors(["bb", "ccc", "dddd"])[:, 0].tolist() == [2.0, 3.0, 4.0]
    assert vectors(["a"])[:, 0].tolist() == [1.0]
    assert embed.asked == ["a", "bb", "bb", "ccc", "dddd", "a"]
