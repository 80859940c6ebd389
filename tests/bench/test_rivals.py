"""Everybody who takes part keeps to the same contract, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.results import NotHereError
from bench.rivals.fts5 import Fts5, match
from bench.rivals.rival import ENTRIES, Passage, Rival, open_rival, version_of
from bench.side_by_side import compared, gather
from council import Catalogue, DataFolder
from search.indexable import indexables
from tests.bench.made_up import LINES, write_judged

SET = "made_up"
HOSTILE = [
    "",
    " \t\n",
    '"',
    '"" OR ""',
    'begroting" OR "1',
    "NEAR(begroting raad, 2)",
    "NOT AND OR",
    "text : begroting",
    "-begroting ^raad *",
    "begrot*",
    "(((",
    "{text}: begroting",
    "'; DROP TABLE passages; --",
    "select id from txtai where similar('begroting')",
    "\x00begroting\x00",
    "\u202ebegroting\U0001f600",
    "_ __ ___",
    "İĲẞ½²",
    "begroting " * 3_000,
    " ".join(f"woord{number}" for number in range(3_000)),
]


def here(name: str) -> bool:
    """Return whether a rival's library is on this machine; if not, it has to say how to get it."""
    try:
        version_of(name)
    except NotHereError as error:
        assert str(error) == f"{ENTRIES[name].distribution} is not installed; install it with: make rivals"
        return False
    return True


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    material = tmp_path_factory.mktemp("material")
    write_judged(material, SET)
    folder = tmp_path_factory.mktemp("gathered") / "data"
    assert gather(folder, material, SET, 0) == {"passages": len(LINES)}
    return folder


@pytest.fixture(scope="module")
def passages(gathered: Path) -> list[Passage]:
    catalogue = Catalogue(DataFolder(gathered).catalogue)
    found = [
        Passage(id=item.passage.id, text=item.in_context)
        for document in catalogue.documents()
        for item in indexables(catalogue, document)
    ]
    catalogue.close()
    return sorted(found, key=lambda passage: passage.id)


@pytest.fixture(scope="module", params=[name for name in ENTRIES if here(name)])
def rival(request: pytest.FixtureRequest, gathered: Path, passages: list[Passage]) -> Iterator[Rival]:
    with closing(open_rival(request.param, gathered)) as opened:
        opened.build(passages)
        yield opened


def test_each_finds_the_passage_that_says_it(rival: Rival, passages: list[Passage]) -> None:
    """This test ensures that each was filled with the passages and returns their numbers, best first."""
    for asked, said in (("leges rijbewijs", "leges"), ("honden in het stadspark", "Honden")):
        best = rival.search(asked, 10)[0]
        assert said in next(passage.text for passage in passages if passage.id == best)


def test_each_returns_no_more_than_it_is_asked_for(rival: Rival) -> None:
    """This test ensures that times are taken over equally long lists."""
    found = rival.search("de gemeenteraad en het college in het stadspark", 2)
    assert len(found) == 2
    assert len(set(rival.search("de burgemeester", 10))) == len(rival.search("de burgemeester", 10))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_each_survives_whatever_is_asked(rival: Rival, passages: list[Passage], text: str) -> None:
    """This test ensures that no question breaks a measurement: quotes, operators, nothing, and far too much."""
    found = rival.search(text, 10)
    assert set(found) <= {passage.id for passage in passages}
    assert len(set(found)) == len(found)


def test_there_is_somebody_to_compare_with_on_every_machine() -> None:
    """This test ensures that the tests above ran on more than this product: three need nothing but what is locked."""
    assert {name for name in ENTRIES if here(name)} >= {"raadspoor", "qdrant", "fts5"}


def test_the_operators_of_fts5_are_words() -> None:
    """This test ensures that a question is never a query language: each word once, between quotes."""
    assert match('NEAR("a b", 2) AND a*') == '"NEAR" OR "a" OR "b" OR "2" OR "AND"'
    assert match('"-*^:') == ""


@given(text=st.text())
def test_fts5_takes_any_text(text: str) -> None:
    """This test ensures that there is no text that SQLite calls a syntax error."""
    with closing(_memory()) as opened:
        assert set(opened.search(text, 10)) <= {1}


def _memory() -> Fts5:
    opened = Fts5(None)
    opened.build([Passage(id=1, text=LINES[1])])
    return opened


def test_a_comparison_gives_quality_time_and_memory(gathered: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """This test ensures that a judged set is gathered, built, asked and judged: four questions with their own words."""
    material = tmp_path_factory.mktemp("again")
    write_judged(material, SET)
    folder = tmp_path_factory.mktemp("compared") / "data"
    gather(folder, material, SET, 0)
    figures = compared(folder, material, SET, "fts5")
    assert (figures["passages"], figures["questions"], figures["ndcg_at_10"]) == (4, 4, 1.0)
    assert {"build_seconds", "p50_ms", "p95_ms", "own_mib", "peak_mib"} <= figures.keys()
    assert [path.name for path in folder.parent.iterdir()] == ["data"]
