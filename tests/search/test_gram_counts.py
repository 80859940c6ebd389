"""In how many passages each 5-gram stands."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import MonkeyPatch

from council import DataError
from search import gram_counts
from search.gram_counts import GramCounts
from search.sparse import SparseVector, idf

INDICES = st.one_of(st.integers(0, 9), st.integers(2**32 - 3, 2**32 - 1))
PASSAGES = st.lists(st.sets(INDICES), max_size=12)
EVERY = [*range(10), *range(2**32 - 3, 2**32)]


@given(PASSAGES, PASSAGES, st.integers(0, 5))
def test_each_counts_once_a_passage_and_what_leaves_is_forgotten(
    stay: list[set[int]], leave: list[set[int]], waiting: int
) -> None:
    """This test ensures that counts are those of the passages that are left, whenever they were put in order."""
    with MonkeyPatch.context() as patch:
        patch.setattr(gram_counts, "_WAITING", waiting)
        found = GramCounts()
        for passage in (*leave, *stay):
            found.add([passage])
        found.remove(leave)
    expected = Counter(index for passage in stay for index in passage)
    assert found.frequencies(EVERY).tolist() == [expected[index] for index in EVERY]


@given(PASSAGES)
def test_counts_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, passages: list[set[int]]
) -> None:
    """This test ensures that nothing is lost in the file, and that counting goes on from it."""
    path = tmp_path_factory.mktemp("grams") / "grams.npy"
    found = GramCounts()
    found.add(passages)
    found.write(path)
    back = GramCounts.read(path)
    assert back.frequencies(EVERY).tolist() == found.frequencies(EVERY).tolist()
    back.remove(passages)
    assert not back.frequencies(EVERY).any()


def test_a_question_is_weighed_by_rarity() -> None:
    """This test ensures that each 5-gram is as strong as it is asked for, times the rarity of BM25."""
    found = GramCounts()
    found.add([{1, 2}, {2}, {2, 3}])
    weighed = found.weighed(SparseVector(indices=(1, 2, 9), values=(1.0, 2.0, 1.0)), passages=4)
    assert weighed.indices == (1, 2, 9)
    assert weighed.values == pytest.approx((idf(4, 1), 2 * idf(4, 3), idf(4, 0)))


@pytest.mark.parametrize(
    "held",
    [None, b"", b"\x93NUMPY", np.zeros((2, 2), np.uint32), np.zeros((3, 2), np.uint32), np.zeros((2, 1), np.int64)],
    ids=["missing", "empty", "cut short", "not rising", "three rows", "other numbers"],
)
def test_damaged_counts_are_named_with_the_remedy(tmp_path: Path, held: bytes | np.ndarray | None) -> None:
    """This test ensures that a missing or broken file says which it is and what to run."""
    path = tmp_path / "grams.npy"
    if isinstance(held, bytes):
        path.write_bytes(held)
    elif held is not None:
        np.save(path, held)
    with pytest.raises(DataError, match=r"grams\.npy.*raadspoor-ingest"):
        GramCounts.read(path)
