"""Which engine is opened, and what happens when another process has it."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from council import DataError, DataFolder
from council.settings import Settings
from search.index_edge import EdgeIndex
from search.open_index import open_for_reading, open_for_writing
from tests.search.index_contract import ALL, DIMENSION, a_point
from tests.search.test_generation import FIRST

SETTINGS = Settings(qdrant_url="")
HERE = replace(FIRST, collection="", dimension=DIMENSION)


@pytest.fixture
def data(quick_path: Path) -> DataFolder:
    """Give a data folder whose generation holds two points."""
    folder = DataFolder(quick_path / "data")
    HERE.folder(folder).mkdir(parents=True)
    index = open_for_writing(SETTINGS, folder, HERE, "gm9901")
    index.upsert([a_point(1), a_point(2)])
    index.flush()
    index.close()
    return folder


@pytest.fixture
def temporary(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the folder in which copies are made, and see that none is left there."""
    folder = quick_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def test_a_generation_is_opened_where_it_lies(data: DataFolder, temporary: Path) -> None:
    """This test ensures that the one reader that there usually is makes no copy."""
    index = open_for_reading(SETTINGS, data, HERE, "gm9901")
    assert isinstance(index, EdgeIndex)
    assert index.count(ALL) == 2
    assert list(temporary.iterdir()) == []
    index.close()


def test_who_comes_second_reads_a_copy_that_is_gone_afterwards(data: DataFolder, temporary: Path) -> None:
    """This test ensures that someone can search on the command line while the web page runs, as often as they like."""
    first = open_for_reading(SETTINGS, data, HERE, "gm9901")
    for _ in range(2):
        second = open_for_reading(SETTINGS, data, HERE, "gm9901")
        assert len(list(temporary.iterdir())) == 1
        assert second.count(ALL) == first.count(ALL) == 2
        second.close()
    assert first.count(ALL) == 2
    first.close()


@pytest.mark.parametrize("lost", ["store", "store/edge_config.json"])
def test_a_store_that_is_lost_is_named_and_not_made_anew(data: DataFolder, temporary: Path, lost: str) -> None:
    """This test ensures that a reader gets an error with a remedy instead of an index without papers."""
    path = HERE.folder(data) / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    with pytest.raises(DataError, match=r"data/index/g1/store.*raadspoor-ingest again"):
        open_for_reading(SETTINGS, data, HERE, "gm9901")
    assert not path.exists()


def test_a_store_that_is_damaged_is_named_by_its_own_place(data: DataFolder, temporary: Path) -> None:
    """This test ensures that the error speaks of the folder that the clerk has, not of a copy that is gone."""
    (HERE.store(data) / "edge_config.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/index/g1/store cannot be opened.*raadspoor-ingest again"):
        open_for_reading(SETTINGS, data, HERE, "gm9901")


def test_a_copy_that_does_not_fit_leaves_nothing_behind(
    data: DataFolder, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that a full disk gives an error that names it, and no half copy."""
    first = open_for_reading(SETTINGS, data, HERE, "gm9901")

    def full(source: Path, target: Path) -> Path:
        target.mkdir()
        raise shutil.Error([("a", "b", "No space left on device")])

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(DataError, match=r"cannot be copied.*make room"):
        open_for_reading(SETTINGS, data, HERE, "gm9901")
    first.close()


@pytest.mark.parametrize("opener", [open_for_reading, open_for_writing])
def test_an_index_on_a_server_asks_for_its_address(data: DataFolder, opener: object) -> None:
    """This test ensures that taking the address away is told apart from an empty index."""
    with pytest.raises(DataError, match="RAADSPOOR_QDRANT_URL"):
        opener(SETTINGS, data, replace(HERE, collection="raadspoor-x"), "gm9901")  # type: ignore[operator]
