"""Which engine is opened, and what happens when another process has it."""

import multiprocessing
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import search.index_edge
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
    index.optimize()
    index.flush()
    index.close()
    return folder


def what_lies_in(store: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a store; settings are told in any order."""
    return {
        file.relative_to(store).as_posix(): bytes(
            sorted(file.read_bytes()) if file.suffix == ".json" else file.read_bytes()
        )
        for file in sorted(store.rglob("*"))
        if file.is_file()
    }


def read_again_and_again(store: str, rounds: int) -> list[int]:
    """Open a store, count and close it, many times; runs in a process of its own."""
    counts = []
    for _ in range(rounds):
        index = EdgeIndex(Path(store), dimension=DIMENSION, reading=True)
        counts.append(index.count(ALL))
        index.close()
    return counts


def test_the_live_generation_is_read_by_several_at_once(data: DataFolder) -> None:
    """This test ensures that someone can search on the command line while the web page runs, and no copy is made."""
    before = what_lies_in(HERE.store(data))
    first = open_for_reading(SETTINGS, data, HERE, "gm9901")
    second = open_for_reading(SETTINGS, data, HERE, "gm9901")
    assert isinstance(first, EdgeIndex)
    assert second.count(ALL) == first.count(ALL) == 2
    second.close()
    assert first.count(ALL) == 2
    first.close()
    assert what_lies_in(HERE.store(data)) == before


def test_processes_that_open_at_the_same_moment_do_not_harm_each_other(data: DataFolder) -> None:
    """This test ensures that opening a store, for which the engine touches its settings, is safe beside readers."""
    store = HERE.store(data)
    before = what_lies_in(store)
    with ProcessPoolExecutor(3, multiprocessing.get_context("spawn")) as pool:
        found = [pool.submit(read_again_and_again, str(store), 20) for _ in range(3)]
        assert [one.result() for one in found] == [[2] * 20] * 3
    assert what_lies_in(store) == before


def test_who_writes_is_alone(data: DataFolder) -> None:
    """This test ensures that a store that is read cannot be written, nor one that is written be read."""
    reader = open_for_reading(SETTINGS, data, HERE, "gm9901")
    with pytest.raises(DataError, match="whoever writes it must be alone"):
        open_for_writing(SETTINGS, data, HERE, "gm9901")
    reader.close()
    writer = open_for_writing(SETTINGS, data, HERE, "gm9901")
    with pytest.raises(DataError, match="whoever writes it must be alone"):
        open_for_reading(SETTINGS, data, HERE, "gm9901")
    writer.close()


@pytest.mark.parametrize("lost", ["store", "store/edge_config.json"])
def test_a_store_that_is_lost_is_named_and_not_made_anew(data: DataFolder, lost: str) -> None:
    """This test ensures that a reader gets an error with a remedy instead of an index without papers."""
    path = HERE.folder(data) / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    with pytest.raises(DataError, match=r"data/index/g1/store.*raadspoor-ingest again"):
        open_for_reading(SETTINGS, data, HERE, "gm9901")
    assert not path.exists()


def test_a_store_that_is_damaged_is_named_by_its_own_place(data: DataFolder) -> None:
    """This test ensures that the error speaks of the folder that the clerk has, not of a copy that is gone."""
    (HERE.store(data) / "edge_config.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/index/g1/store cannot be opened.*raadspoor-ingest again"):
        open_for_reading(SETTINGS, data, HERE, "gm9901")


def test_a_file_on_which_the_engine_panics_is_an_error_with_a_remedy(data: DataFolder) -> None:
    """This test ensures that a file which a disk cut short, on which the engine gives up in its own way, is told
    as any other damage."""
    (cut, *_) = sorted(HERE.store(data).rglob("vectors/status.dat"))
    cut.write_bytes(b"")
    with pytest.raises(DataError, match=r"data/index/g1/store cannot be opened.*raadspoor-ingest again"):
        open_for_reading(SETTINGS, data, HERE, "gm9901")


def test_a_full_disk_asks_for_room_and_not_for_the_index(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that nobody is told to delete an index with which nothing is wrong."""

    def full(folder: str) -> None:
        raise RuntimeError("Service error: No space left on device (os error 28)")

    monkeypatch.setattr(search.index_edge.qe, "EdgeShard", SimpleNamespace(load=full))
    with pytest.raises(DataError, match=r"store cannot be opened.*make room, and run again") as error:
        open_for_reading(SETTINGS, data, HERE, "gm9901")
    assert "delete" not in str(error.value)


@pytest.mark.parametrize("opener", [open_for_reading, open_for_writing])
def test_an_index_on_a_server_asks_for_its_address(data: DataFolder, opener: object) -> None:
    """This test ensures that taking the address away is told apart from an empty index."""
    with pytest.raises(DataError, match="RAADSPOOR_QDRANT_URL"):
        opener(SETTINGS, data, replace(HERE, collection="raadspoor-x"), "gm9901")  # type: ignore[operator]
