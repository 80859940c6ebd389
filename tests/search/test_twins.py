"""Tests for what says the same: sketches, resemblance, and one paper shown under another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import Fused
from search.postings import keys_of
from search.ranking import Ranked
from search.sketch import FEWEST, may_resemble, sketch_of
from search.twins import folded, resemblance
from tests.fakes import a_document

_WORDS = [f"woord{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
_TEXT = " ".join(_WORDS)


def _ranked(texts: list[str]) -> tuple[Ranked, ...]:
    return tuple(
        Ranked(document=a_document(f"stuk {at}"), passages=(Fused(id=at, score=1.0),), score=1.0)
        for at in range(len(texts))
    )


def _folded(texts: list[str]) -> list[list[int]]:
    """Return the places of the texts as they are shown: each with those under it."""
    shown = folded(
        _ranked(texts),
        np.array([sketch_of(keys_of(text.split())) for text in texts]),
        np.array([len(text.split()) for text in texts]),
        lambda items: [texts[item.passages[0].id] for item in items],
    )
    return [[one.passages[0].id for one in (item, *item.twins)] for item in shown]


def _alike(one: list[str], other: list[str]) -> bool:
    """Say whether the sketches of two rows of words let them say the same."""
    return bool(may_resemble(np.array([sketch_of(keys_of(one)), sketch_of(keys_of(other))]))[0, 1])


def test_resemblance_is_the_share_of_rows_that_both_have() -> None:
    """This test ensures the arithmetic: of 24 rows each, one other last word leaves 23 of 25."""
    assert resemblance(_TEXT, " ".join([*_WORDS[:-1], "anders"])) == pytest.approx(23 / 25)
    assert resemblance(_TEXT, _TEXT) == 1.0


def test_a_copy_stands_under_the_better_one_and_the_rest_keeps_its_place() -> None:
    """This test ensures that nothing is lost and nothing else moves."""
    other = " ".join(reversed(_WORDS))
    assert _folded([_TEXT, other, _TEXT, other + " einde"]) == [[0, 2], [1, 3]]


def test_the_same_words_with_another_figure_are_another_paper() -> None:
    """This test ensures that this year's rates are not taken for last year's."""
    assert _folded([_TEXT + " 2023", _TEXT + " 2024"]) == [[0], [1]]


def test_what_is_much_longer_is_not_read() -> None:
    """This test ensures that texts are asked for only where length and sketch leave room for doubt."""
    asked: list[int] = []

    def texts_of(items: Sequence[Ranked]) -> list[str]:
        asked.extend(item.passages[0].id for item in items)
        return [_TEXT] * len(items)

    sketch = sketch_of(keys_of(_WORDS))
    folded(_ranked([_TEXT] * 3), np.array([sketch] * 3), np.array([26, 60, 27]), texts_of)
    assert asked == [0, 2]


def test_a_few_words_tell_nothing_of_a_paper() -> None:
    """This test ensures that papers are not folded by a heading that they share."""
    short = " ".join(_WORDS[: FEWEST - 1])
    assert _folded([short, short]) == [[0], [1]]
    assert not _alike(short.split(), short.split())


@given(st.lists(st.sampled_from(_WORDS), min_size=FEWEST, max_size=60))
def test_equal_texts_always_have_the_same_sketch(words: list[str]) -> None:
    """This test ensures that no exact copy is ever missed, and that a sketch is four whole numbers."""
    sketch = sketch_of(keys_of(words))
    assert sketch.dtype == np.uint32 and sketch.shape == (4,)
    assert _alike(words, list(words)) == bool((sketch != 0).any())


def test_four_numbers_find_nearly_all_that_resemble_and_few_that_do_not() -> None:
    """This test ensures Broder's arithmetic on 400 pairs: at a resemblance of .9 hardly any is missed."""
    random = np.random.default_rng(7)
    near = far = 0
    for _ in range(400):
        words = [f"w{number}" for number in random.integers(0, 10**9, 120)]
        changed = list(words)
        changed[int(random.integers(0, 120))] = "anders"
        other = [f"w{number}" for number in random.integers(0, 10**9, 120)]
        near += _alike(words, changed)
        far += _alike(words, other)
    assert near >= 396
    assert far <= 4
