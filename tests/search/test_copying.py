"""Copies of generations: the same bytes, on less of the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import copying
from search.copying import copied

BLOCK = copying._BLOCK


def test_empty_rests_take_no_disk(tmp_path: Path) -> None:
    """This test ensures that a file of which little was written costs little, also when its holes were written out
    before, and that the copy is the same to the byte and of the same length."""
    (tmp_path / "old" / "store").mkdir(parents=True)
    laid_out = b"begin" + bytes(40 * BLOCK) + b"end" + bytes(3 * BLOCK + 7)
    (tmp_path / "old" / "store" / "page").write_bytes(laid_out)
    (tmp_path / "old" / "empty").write_bytes(b"")
    copied(tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "new" / "store" / "page").read_bytes() == laid_out
    assert (tmp_path / "new" / "empty").read_bytes() == b""
    assert (tmp_path / "new" / "store" / "page").stat().st_blocks * 512 < len(laid_out) / 4


@given(parts=st.lists(st.tuples(st.booleans(), st.integers(min_value=0, max_value=2 * BLOCK + 1)), max_size=5))
def test_a_copy_is_the_same_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[bool, int]]
) -> None:
    """This test ensures that no row of zeros, wherever it begins and ends, is made longer or shorter."""
    home = tmp_path_factory.mktemp("copy")
    (home / "old").mkdir()
    content = b"".join((b"x" if written else b"\0") * length for written, length in parts)
    (home / "old" / "file").write_bytes(content)
    copied(home / "old", home / "new")
    assert (home / "new" / "file").read_bytes() == content


def test_a_generation_is_not_copied_over_another(tmp_path: Path) -> None:
    """This test ensures that what lies in the target's place is left alone."""
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    with pytest.raises(FileExistsError):
        copied(tmp_path / "old", tmp_path / "new")
