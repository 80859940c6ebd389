"""Several engines in processes of their own answer as one does, and one that is ended is replaced."""

import os
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from council import Answer, Catalogue, DataFolder, ModelMismatch, NotIngested, Query, Results, State
from council.settings import Settings
from search import Engine, Searchers, SentenceTransformerEmbedder, build, open_searches
from tests.fakes import FakeEmbedder, a_catalogue
from tests.search.test_engine import PARKING, SWORN, TEXTS

TWO = Settings(searchers=2)
QUESTIONS = ("Wat kost parkeren per uur?", "krediet zwembad", "huurprijs De Kroon", 'soort:motie "per uur"', "", "xq")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Give a published data folder that the shipped model made: other processes know no other."""
    folder = DataFolder(tmp_path_factory.mktemp("searchers"))
    catalogue = a_catalogue(folder, dict(TEXTS))
    build(TWO, folder, catalogue, lambda: SentenceTransformerEmbedder.from_settings(TWO), municipality="gm9901")
    catalogue.close()
    return folder


@pytest.fixture(scope="module")
def several(data: DataFolder) -> Iterator[Searchers]:
    """Give two processes on that folder."""
    found = open_searches(data, TWO)
    assert isinstance(found, Searchers)
    yield found
    found.close()


def children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]


def untimed(found: tuple[Results, Answer]) -> tuple[Results, Answer]:
    return replace(found[0], timings={}), found[1]


def test_they_answer_as_one_engine_does(data: DataFolder, several: Searchers) -> None:
    """This test ensures that results, answers and suggestions come over whole, whoever may see what."""
    engine = Engine(data, Settings())
    for text in QUESTIONS:
        for filters in (Query(text="").filters, SWORN):
            query = Query(text=text, filters=filters)
            assert replace(several.search(query), timings={}) == replace(engine.search(query), timings={})
            assert untimed(several.ask(query)) == untimed(engine.ask(query))
    assert several.suggest("zwem") == engine.suggest("zwem") != ()
    assert several.generation == engine.generation
    engine.close()


def test_many_at_once_each_get_their_own(several: Searchers) -> None:
    """This test ensures that no question gets the answer of another, and that two processes serve."""
    assert len(children()) == 2
    asked = [Query(text=text) for text in QUESTIONS] * 10
    with ThreadPoolExecutor(8) as threads:
        for query, found in zip(asked, threads.map(several.search, asked), strict=True):
            assert found.query == query
    spent = [sum(one.cpu_times()[:2]) for one in children()]
    assert min(spent) > 0


def test_one_that_is_ended_is_replaced(several: Searchers) -> None:
    """This test ensures that readers get their answer though a process was killed, and that another takes its place."""
    query = Query(text="parkeren")
    for victims in (1, 2):
        for one in children()[:victims]:
            os.kill(one.pid, signal.SIGKILL)
            one.wait(10)
        with ThreadPoolExecutor(4) as threads:
            for found in threads.map(several.search, [query] * 8):
                assert found.hits[0].document.sha256 == PARKING.sha256
        assert len(children()) == 2


def test_what_goes_wrong_there_is_told_here(several: Searchers) -> None:
    """This test ensures that an error belongs to whoever asked, and the process goes on."""
    with pytest.raises(AttributeError):
        several.search("no query")  # type: ignore[arg-type]
    assert several.search(Query(text="parkeren")).hits


def test_a_paper_that_is_withdrawn_is_gone_in_each(data: DataFolder, tmp_path: Path) -> None:
    """This test ensures that no process goes on showing what the catalogue no longer allows."""
    folder = DataFolder(shutil.copytree(data.root, tmp_path / "data"))
    several = Searchers(folder, TWO)
    catalogue = Catalogue(folder.catalogue)
    query = Query(text="betaald parkeren per uur")
    assert several.search(query).hits[0].document.sha256 == PARKING.sha256
    catalogue.set_state(PARKING.sha256, State.WITHDRAWN)
    for _ in range(4):
        assert PARKING.sha256 not in {hit.document.sha256 for hit in several.search(query).hits}
    catalogue.close()
    several.close()


def test_a_folder_that_cannot_be_searched_is_refused_as_by_one_engine(data: DataFolder, tmp_path: Path) -> None:
    """This test ensures that the same errors with the same remedies are raised, and no process stays behind."""
    before = len(children())
    with pytest.raises(NotIngested, match="raadspoor-ingest"):
        Searchers(DataFolder(tmp_path / "nothing"), TWO)
    other = DataFolder(tmp_path / "other")
    catalogue = a_catalogue(other, dict(TEXTS))
    build(TWO, other, catalogue, FakeEmbedder, municipality="gm9901")
    catalogue.close()
    with pytest.raises(ModelMismatch, match="RAADSPOOR_MODEL"):
        Searchers(other, TWO)
    assert len(children()) == before


def test_one_is_an_engine_in_this_process(data: DataFolder) -> None:
    """This test ensures that nobody pays for processes who did not ask for them."""
    found = open_searches(data, Settings())
    assert isinstance(found, Engine)
    found.close()


def test_closing_leaves_no_process(data: DataFolder) -> None:
    """This test ensures that all processes are gone when the page is."""
    before = len(children())
    several = Searchers(data, TWO)
    assert len(children()) == before + 2
    several.close()
    assert len(children()) == before
