"""TREC files: what is written is read back, and what is wrong is named by its line."""

from __future__ import annotations

from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import UsageError
from eval.trec import read_qrels, read_run, write_qrels, write_run

NAMES = st.text(alphabet="abcXYZ019.#/-_", min_size=1, max_size=8)


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, st.floats(-50, 50), min_size=1, max_size=6), min_size=1))
def test_a_run_comes_back_in_its_order(
    tmp_path_factory: pytest.TempPathFactory, run: dict[str, dict[str, float]]
) -> None:
    """This test ensures that a ranking survives the way to another tool and back, ties and all."""
    path = tmp_path_factory.mktemp("run") / "run.trec"
    ranked = {asked: sorted(found.items(), key=lambda item: -item[1]) for asked, found in run.items()}
    write_run(path, ranked, tag="x")
    tag, found = read_run(path)
    assert tag == "x"
    assert {asked: [name for name, _ in items] for asked, items in found.items()} == {
        asked: [name for name, _ in items] for asked, items in ranked.items()
    }


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, st.integers(0, 3), min_size=1, max_size=6), min_size=1))
def test_qrels_come_back(tmp_path_factory: pytest.TempPathFactory, qrels: dict[str, dict[str, int]]) -> None:
    """This test ensures that other tools read the judgements that we hold, and so do we."""
    path = tmp_path_factory.mktemp("qrels") / "qrels.txt"
    write_qrels(path, qrels)
    assert read_qrels(path, highest=3) == qrels
    theirs = {(item.query_id, item.doc_id): item.relevance for item in ir_measures.read_trec_qrels(str(path))}
    assert theirs == {(asked, name): grade for asked, grades in qrels.items() for name, grade in grades.items()}


def test_a_tie_is_broken_by_the_rank_that_is_written(tmp_path: Path) -> None:
    """This test ensures that a run whose maker wrote equal scores keeps the order that was meant."""
    path = tmp_path / "run"
    path.write_text("q Q0 b 2 1.0 x\nq Q0 a 1 1.0 x\nq Q0 c 3 2.0 x\n")
    assert [name for name, _ in read_run(path)[1]["q"]] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty run"),
        ("\n \n", "empty run"),
        ("q Q0 a 1 2.0\n", "line 1: 5 fields"),
        ("q Q0 a 1 2.0 x\nq Q0 a 2 1.0 x\n", "line 2: q names 'a' twice"),
        ("q Q0 a 1 nan x\n", "line 1: score 'nan' is no number"),
        ("q Q0 a 1 inf x\n", "score 'inf' is no number"),
        ("q Q0 a first 1.0 x\n", "rank 'first' is no whole number"),
        ("q Q0 a 1 1.0 x\nr Q0 a 1 1.0 y\n", "one file per run"),
        ("q Q0 unknown 1 1.0 x\n", "line 1: no such paper"),
        ("stranger Q0 a 1 1.0 x\n", "line 1: no such question"),
    ],
)
def test_a_run_that_cannot_be_trusted_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    """This test ensures that no figure comes of half a run or of a run for another corpus."""
    path = tmp_path / "run.trec"
    path.write_text(content)

    def known(names: str, complaint: str) -> object:
        def find(name: str) -> str:
            if name not in names:
                raise ValueError(complaint)
            return name

        return find

    with pytest.raises(UsageError) as error:
        read_run(path, question=known("qr", "no such question"), document=known("abc", "no such paper"))  # type: ignore[arg-type]  # a closure
    assert reason in str(error.value) and "run.trec" in str(error.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no judgement"),
        ("q 0 a\n", "line 1: 3 fields"),
        ("q 0 a 4\n", "line 1: grade 4 is out of range: 0 to 3"),
        ("q 0 a 1\nq 0 a 2\n", "line 2: q and a are judged 1 before and 2 here"),
        ("q 0 a one\n", "grade 'one' is no whole number"),
    ],
)
def test_qrels_that_contradict_are_refused(tmp_path: Path, content: str, reason: str) -> None:
    """This test ensures that a judgement is never guessed."""
    path = tmp_path / "qrels.txt"
    path.write_text(content)
    with pytest.raises(UsageError) as error:
        read_qrels(path, highest=3)
    assert reason in str(error.value)


def test_grades_below_nought_are_nought(tmp_path: Path) -> None:
    """This test ensures that tracks which mark spam with -2 can be taken over."""
    path = tmp_path / "qrels.txt"
    path.write_text("q 0 a -2\nq 0 a 0\n")
    assert read_qrels(path, highest=3) == {"q": {"a": 0}}


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """This test ensures that a wrong --trec is no crash."""
    with pytest.raises(UsageError, match="cannot be written"):
        write_qrels(tmp_path / "none" / "qrels", {"q": {"a": 1}})
