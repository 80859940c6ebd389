"""Generations of the index: one is live, another takes its place in one step."""

import datetime as dt
import json
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from council import DataError, DataFolder, NotIngested
from search.generation import (
    POINTER,
    Generation,
    before,
    clear_unfinished,
    describe,
    live,
    must_be_live,
    next_name,
    pointer_mark,
    prune,
    publish,
    roll_back,
)

FIRST = Generation(
    name="g1",
    made="2024-01-01T00:00:00+00:00",
    model="model-é",
    dimension=8,
    analysis="dutch-1",
    average_terms=61.5,
    average_grams=512.25,
    collection="c",
)


def put(data: DataFolder, name: str, **how: int) -> Generation:
    """Publish a generation of this name."""
    generation = replace(FIRST, name=name)
    generation.folder(data).mkdir(parents=True)
    describe(data, generation)
    publish(data, generation, **how)
    return generation


def folders(data: DataFolder) -> set[str]:
    """Return the names of the folders of generations."""
    return {path.name for path in data.index.iterdir() if path.is_dir()}


def test_nothing_is_live_before_anything_was_published(data: DataFolder) -> None:
    """This test ensures that an empty folder is told apart from a damaged one, and names the command to run."""
    assert live(data) is None
    assert pointer_mark(data) == 0
    with pytest.raises(NotIngested, match="raadspoor-ingest"):
        must_be_live(data)
    clear_unfinished(data)
    assert not data.root.exists()


def test_a_published_generation_comes_back_as_it_was_described(data: DataFolder) -> None:
    """This test ensures that a reader knows exactly what an index was made with."""
    generation = put(data, "g1")
    assert live(data) == must_be_live(data) == generation == FIRST
    assert pointer_mark(data) != 0


def test_only_the_live_generation_and_the_one_before_it_are_kept(data: DataFolder) -> None:
    """This test ensures that a reader in mid-question keeps its index, and that old ones do not fill the disk."""
    for number in range(1, 6):
        put(data, f"g{number}")
        assert folders(data) == {f"g{n}" for n in (number - 1, number) if n}
    assert live(data) == replace(FIRST, name="g5")


def test_publishing_the_same_generation_again_keeps_it(data: DataFolder) -> None:
    """This test ensures that a repeated step does no harm."""
    generation = put(data, "g1")
    publish(data, generation)
    assert live(data) == generation


def test_a_reader_sees_the_old_or_the_new_generation_and_nothing_else(data: DataFolder) -> None:
    """This test ensures that the pointer is replaced in one step, however often it is read."""
    put(data, "g0")
    done = threading.Event()
    seen: set[str] = set()

    def read() -> None:
        while not done.is_set():
            found = json.loads((data.index / POINTER).read_text(encoding="utf-8"))
            seen.add(found["generation"])

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 40):
        put(data, f"g{number}")
    done.set()
    reader.join()
    assert seen <= {f"g{number}" for number in range(40)}
    assert len(seen) > 1


def test_who_is_reading_the_pointer_reads_the_old_one_to_its_end(data: DataFolder) -> None:
    """This test ensures that the pointer is another file and not the same one written over."""
    put(data, "g1")
    with (data.index / POINTER).open(encoding="utf-8") as old:
        put(data, "g2")
        assert json.load(old) == {"generation": "g1"}
    assert live(data) == replace(FIRST, name="g2")
    assert {path.suffix for path in data.index.iterdir()} == {"", ".json"}


def test_a_disk_that_is_full_leaves_the_old_generation_live(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a pointer that cannot be written is not half written."""
    put(data, "g1")
    new = replace(FIRST, name="g2")
    new.folder(data).mkdir()
    describe(data, new)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        publish(data, new)
    assert live(data) == FIRST
    assert folders(data) == {"g1", "g2"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"generation": 3}', b'{"generation": null}', b"\xff"])
def test_a_damaged_pointer_is_named_with_the_remedy(data: DataFolder, content: bytes) -> None:
    """This test ensures that a broken pointer is an error and never an empty index."""
    put(data, "g1")
    (data.index / POINTER).write_bytes(content)
    with pytest.raises(DataError, match=r"live\.json.*raadspoor-ingest"):
        live(data)


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"name": "g1"}', b'{"unknown": 1}'])
def test_a_generation_whose_description_is_lost_is_named(data: DataFolder, content: bytes | None) -> None:
    """This test ensures that a pointer to nothing says so."""
    generation = put(data, "g1")
    path = generation.folder(data) / "generation.json"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"live\.json.*raadspoor-ingest again"):
        live(data)


def test_a_pointer_cannot_lead_out_of_the_folder(data: DataFolder, quick_path: Path) -> None:
    """This test ensures that only generations within the data folder are ever read."""
    put(data, "g1")
    outside = quick_path / "outside"
    outside.mkdir()
    (outside / "generation.json").write_bytes((data.index / "g1" / "generation.json").read_bytes())
    (data.index / POINTER).write_text(json.dumps({"generation": "../../outside"}), encoding="utf-8")
    with pytest.raises(DataError, match="not there"):
        live(data)


def test_what_a_killed_run_left_is_cleared_and_nothing_else(data: DataFolder) -> None:
    """This test ensures that half-built copies do not pile up, and that neither kept generation is touched."""
    put(data, "g1")
    put(data, "g2")
    for name, described in {"copy": "g2", "empty": None}.items():
        (data.index / name).mkdir()
        if described:
            (data.index / name / "generation.json").write_text(json.dumps({"name": described}), encoding="utf-8")
    (data.index / "note.txt").touch()
    clear_unfinished(data)
    assert folders(data) == {"g1", "g2"}
    assert (data.index / "note.txt").exists()
    assert live(data) == replace(FIRST, name="g2")


@pytest.mark.parametrize("keep", [2, 3, 5])
def test_as_many_generations_stay_as_the_setting_says(data: DataFolder, keep: int) -> None:
    """This test ensures that the newest ones stay, the live one among them."""
    for number in range(1, 8):
        put(data, f"g{number}", keep=keep)
    assert folders(data) == {f"g{number}" for number in range(8 - keep, 8)}


def test_the_way_back_leads_past_every_generation_that_is_kept(data: DataFolder) -> None:
    """This test ensures that each step back makes the next older one live, and that the oldest has none before it."""
    for number in range(1, 4):
        put(data, f"g{number}", keep=3)
    (data.index / "g2x").mkdir()
    for name in ("g2", "g1"):
        roll_back(data, before(data))
        assert must_be_live(data) == replace(FIRST, name=name)
    with pytest.raises(DataError, match=r"no generation before g1; RAADSPOOR_KEEP_GENERATIONS"):
        before(data)


def test_what_was_turned_away_from_goes_when_another_is_published(data: DataFolder) -> None:
    """This test ensures that a bad generation never counts as the one to go back to."""
    for number in range(1, 4):
        put(data, f"g{number}", keep=3)
    roll_back(data, before(data))
    put(data, "g4", keep=3)
    assert folders(data) == {"g1", "g2", "g4"}
    assert before(data).name == "g2"


def test_a_live_generation_that_is_damaged_can_be_left(data: DataFolder) -> None:
    """This test ensures that the way back is open when it is needed most."""
    put(data, "g1")
    put(data, "g2")
    (data.index / "g2" / "generation.json").write_bytes(b"")
    with pytest.raises(DataError):
        live(data)
    roll_back(data, before(data))
    assert live(data) == FIRST


@pytest.mark.parametrize(
    ("content", "error"), [(None, NotIngested), (b"[]", DataError), (b"", DataError), (b"{}", DataError)]
)
def test_without_a_pointer_there_is_no_way_back(
    data: DataFolder, content: bytes | None, error: type[DataError]
) -> None:
    """This test ensures that a pointer that is missing or damaged is named with the remedy."""
    put(data, "g1")
    put(data, "g2")
    if content is None:
        (data.index / POINTER).unlink()
    else:
        (data.index / POINTER).write_bytes(content)
    with pytest.raises(error, match="raadspoor-ingest"):
        before(data)


def test_an_older_generation_of_another_make_is_told(data: DataFolder) -> None:
    """This test ensures that a description with other fields ends in a message."""
    put(data, "g1")
    put(data, "g2")
    (data.index / "g1" / "generation.json").write_text('{"name": "g1", "unknown": 1}', encoding="utf-8")
    with pytest.raises(DataError, match="unknown"):
        before(data)


def test_a_clock_that_jumps_back_makes_no_generation_older(data: DataFolder) -> None:
    """This test ensures that the order of names stays the order in which generations were made: so the live one is
    never pruned, and what comes before it is found."""
    moments = [dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC), dt.datetime(1970, 1, 1, tzinfo=dt.UTC)]
    moments += [moments[0], dt.datetime(2026, 11, 26, 2, tzinfo=dt.UTC)]
    assert next_name(data, moments[0]) == "20261125T020000000000"
    made = []
    for moment in moments:
        made.append(next_name(data, moment))
        put(data, made[-1])
        assert folders(data) == set(made[-2:])
        assert must_be_live(data).name == made[-1]
        assert len(made) == 1 or before(data).name == made[-2]
    assert made[1:] == ["20261125T020000000001", "20261125T020000000002", "20261126T020000000000"]


def test_a_clock_that_jumps_back_after_a_rollback(data: DataFolder) -> None:
    """This test ensures that the generation that was turned away from stays the one that goes."""
    moment = dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC)
    first, bad = (put(data, next_name(data, moment)) for _ in range(2))
    roll_back(data, first)
    new = put(data, next_name(data, dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))
    assert folders(data) == {first.name, new.name}
    assert before(data).name == first.name
    assert bad.name < new.name


def test_a_night_that_was_killed_while_it_pruned_is_made_good(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that generations that should have gone do go in the next night, half removed or not begun."""
    for name in ("g1", "g2", "g3", "g4"):
        put(data, name, keep=4)
    monkeypatch.setattr("shutil.rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        prune(data, keep=2)
    monkeypatch.undo()
    assert folders(data) == {"g1", "g2", "g3", "g4"}
    assert before(data).name == "g3"
    clear_unfinished(data)
    assert folders(data) == {"g2", "g3", "g4"}
    prune(data, keep=2)
    assert folders(data) == {"g3", "g4"}


def test_one_that_was_turned_away_from_is_never_what_comes_before(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that a kill while the bad generation is removed does not make it the one to go back to."""
    first, bad = put(data, "g1"), put(data, "g2")
    roll_back(data, first)
    monkeypatch.setattr("shutil.rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        put(data, "g3")
    monkeypatch.undo()
    assert must_be_live(data).name == "g1"
    clear_unfinished(data)
    assert bad.name not in folders(data)
    put(data, "g4")
    assert before(data).name == "g1"


def killed(*args: object, **kwargs: object) -> None:
    """Stand in for a kill."""
    raise KeyboardInterrupt
