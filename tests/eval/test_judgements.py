"""A judge's file: nothing is lost, whatever happens between two judgements."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council import UsageError
from eval.gold import QuestionType, Why
from eval.judging.describing import Description, FieldError, described_as
from eval.judging.judgements import Described, Graded, Pen, judge_name, judgements_path, read_judgements
from eval.judging.pool import Place
from tests.eval.heap import POOL_PDF, page, sentence
from tests.eval.test_pool import ANY_PLACE, NAMES
from tests.fakes import odd_text

HERE = page(POOL_PDF, 1)
THERE = sentence(POOL_PDF, 1, 3, 9)
GRADE = st.sampled_from([0, 1, 2, 3, None])
GRADED = st.builds(Graded, question=NAMES, place=ANY_PLACE, grade=GRADE, note=odd_text(20))


def graded(grade: int | None, place: Place = HERE, **more: str) -> Graded:
    return Graded(question="q1", place=place, grade=grade, **more)


def test_a_judgement_is_read_as_it_was_given(tmp_path: Path) -> None:
    """This test ensures that grade, place and note come back, and that passing over is no grade."""
    path = tmp_path / "pool.anna.jsonl"
    with Pen(path, "anna") as pen:
        pen.grade(graded(3, note="staat in de tabel"))
        pen.grade(graded(None, THERE))
    found = read_judgements(path)
    assert found.judge == "anna" and not found.torn
    assert list(found.graded.values()) == [graded(3, note="staat in de tabel"), graded(None, THERE)]
    assert all(json.loads(line)["when"] for line in path.read_text().splitlines())


@given(st.lists(GRADED, max_size=8))
@settings(max_examples=40)
def test_the_last_word_on_a_place_counts(tmp_path_factory: pytest.TempPathFactory, said: list[Graded]) -> None:
    """This test ensures that a judge can change their mind, with any note, and that the file only grows."""
    path = tmp_path_factory.mktemp("judge") / "pool.anna.jsonl"
    sizes = []
    for one in said:
        with Pen(path, "anna") as pen:
            pen.grade(one)
        sizes.append(path.stat().st_size)
    with Pen(path, "anna") as pen:
        assert dict(pen.before.graded) == {one.key: one for one in said}
    assert sizes == sorted(set(sizes))


def test_a_judgement_is_on_the_disk_before_the_next(tmp_path: Path) -> None:
    """This test ensures that a process that is killed right after a judgement has not lost it."""
    path = tmp_path / "pool.anna.jsonl"
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from eval.judging.judgements import Graded, Pen; from eval.judging.pool import Place\n"
        "pen = Pen(Path(sys.argv[1]), 'anna')\n"
        f"pen.grade(Graded(question='q1', place=Place(document={POOL_PDF!r}, page=1), grade=2))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True)
    assert done.returncode < 0, done.stderr
    assert list(read_judgements(path).graded.values()) == [graded(2)]


@given(st.data())
@settings(max_examples=60)
def test_a_line_that_was_cut_short_is_left_out(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """This test ensures that after a crash at any byte what was confirmed is there, and that the file goes on well."""
    path = tmp_path_factory.mktemp("judge") / "pool.anna.jsonl"
    with Pen(path, "anna") as pen:
        pen.grade(graded(1))
        first = path.stat().st_size
        pen.grade(graded(2, THERE, note="één"))
    whole = path.read_bytes()
    cut = data.draw(st.integers(first, len(whole) - 2))
    path.write_bytes(whole[:cut])
    found = read_judgements(path)
    assert list(found.graded.values()) == [graded(1)]
    assert found.torn == (cut > first)
    with Pen(path, "anna") as pen:
        pen.grade(graded(3, THERE))
    after = read_judgements(path)
    assert list(after.graded.values()) == [graded(1), graded(3, THERE)] and not after.torn


def test_only_a_lost_line_end_loses_nothing(tmp_path: Path) -> None:
    """This test ensures that a judgement that is whole counts, and that the next does not run on in its line."""
    path = tmp_path / "pool.anna.jsonl"
    with Pen(path, "anna") as pen:
        pen.grade(graded(2))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert not read_judgements(path).torn
    with Pen(path, "anna") as pen:
        pen.grade(graded(1, THERE))
    assert [it.grade for it in read_judgements(path).graded.values()] == [2, 1]


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a judgement that could not be written is refused, and that the file still reads."""
    path = tmp_path / "pool.anna.jsonl"

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with Pen(path, "anna") as pen:
        pen.grade(graded(1))
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(UsageError, match="could not be written: No space left"):
                pen.grade(graded(2, THERE))
        pen.grade(graded(3, THERE))
    assert [it.grade for it in read_judgements(path).graded.values()] == [1, 3]


def test_two_processes_do_not_write_one_file(tmp_path: Path) -> None:
    """This test ensures that a judge with two windows open is told so, and not judged twice."""
    path = tmp_path / "pool.anna.jsonl"
    with Pen(path, "anna"), pytest.raises(UsageError, match="being written by another process"):
        Pen(path, "anna")
    Pen(path, "anna").close()


def test_nobody_writes_into_the_file_of_another(tmp_path: Path) -> None:
    """This test ensures that two judges never come to look like one."""
    path = tmp_path / "pool.jsonl"
    with Pen(path, "anna") as pen:
        pen.grade(graded(1))
    with pytest.raises(UsageError, match="holds the judgements of 'anna'"):
        Pen(path, "bert")


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """This test ensures that a judge learns before the first judgement that it could not be kept."""
    with pytest.raises(UsageError, match=r"cannot be written: No such file.*--out"):
        Pen(tmp_path / "absent" / "pool.jsonl", "anna")


@pytest.mark.parametrize("name", ["", "a b", "../a", "a/b", "a.b", "-a", "é", "a" * 33, "a\n"])
def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    """This test ensures that a judge's name leads nowhere else than beside the pool."""
    with pytest.raises(UsageError, match="is no name for a judge"):
        judge_name(name)


def test_the_file_lies_beside_the_pool() -> None:
    """This test ensures that a judge finds the file back, and that two judges have two."""
    assert judgements_path(Path("a/pool.jsonl"), "anna") == Path("a/pool.anna.jsonl")
    assert judgements_path(Path("a/pool"), "bert-2") == Path("a/pool.bert-2.jsonl")


ABOUT = Description(
    text="Wat kost het bad?", type=QuestionType.AMOUNT, answerable=True, need="het bedrag", facts=("€ 1", "2024")
)


def test_what_was_said_of_a_new_question_is_read_back(tmp_path: Path) -> None:
    """This test ensures that a description comes back whole, and that a question can be turned down."""
    path = tmp_path / "pool.anna.jsonl"
    nothing = Description(text="Wie won?", type=QuestionType.PERSON, answerable=False, why=Why.LATER)
    said = [
        Described(question="new1", description=ABOUT, note="na overleg"),
        Described(question="new2", description=nothing),
        Described(question="new3", description=None),
    ]
    with Pen(path, "anna") as pen:
        for one in said:
            pen.describe(one)
    assert read_judgements(path).described == {one.question: one for one in said}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " \u200b "}, "text"),
        ({"text": "x" * 2_001}, "text"),
        ({"type_": "sum"}, "type"),
        ({"type_": ""}, "type"),
        ({"answerable": None}, "answerable"),
        ({"answerable": "yes"}, "answerable"),
        ({"why": "absent"}, "why"),
        ({"answerable": False, "why": "unknown"}, "why"),
        ({"answerable": False, "facts": ["x"]}, "facts"),
        ({"facts": ["x" * 2_001]}, "facts"),
        ({"need": "x" * 2_001}, "need"),
    ],
)
def test_a_description_that_the_gold_set_cannot_hold_is_refused(changes: dict[str, Any], field: str) -> None:
    """This test ensures that a judge is told which field to repair, before it is kept."""
    good: dict[str, Any] = {"text": "Wat?", "type_": "amount", "answerable": True}
    with pytest.raises(FieldError) as error:
        described_as(**{**good, **changes})
    assert error.value.field == field


def test_empty_and_repeated_facts_are_left_out() -> None:
    """This test ensures that an empty line in the form is no fact."""
    about = described_as(text="Wat?", type_="amount", answerable=True, facts=["", " a  b ", "a b", "c"])
    assert about.facts == ("a b", "c")


def line(**changes: Any) -> str:
    good = {"judge": "anna", "question": "q1", "document": POOL_PDF, "page": 1, "grade": 2, "when": "2026-01-31"}
    return json.dumps({name: value for name, value in {**good, **changes}.items() if value is not None})


def described(about: object) -> str:
    return line(document=None, page=None, grade=None, described=about)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (line(grade=4), "grade 4 is out of range: 0 to 3"),
        (line(grade="Skip"), "grade must be a whole number"),
        (line(grade=True), "grade must be a whole number"),
        (line(grade=None), "grade is missing"),
        (line(judge="bert"), "judge 'bert', and the lines before are of 'anna'"),
        (line(judge=None), "judge is missing"),
        (line(question=None), "question is missing"),
        (line(document="x"), "is no SHA-256"),
        (line(when="gisteren"), "when 'gisteren' is no moment"),
        (line(graad=1), "unknown field 'graad'"),
        (described(3), "described must be an object"),
        (described({"text": "x"}), "type '' is none of"),
        (described({"text": "x", "type": "amount", "answerable": True, "facts": "x"}), "facts must be a list"),
        (described({"text": "x", "type": "amount", "answerable": True, "fact": []}), "unknown field 'fact'"),
    ],
)
def test_a_wrong_line_of_a_judge_is_named(tmp_path: Path, wrong: str, reason: str) -> None:
    """This test ensures that a damaged file is refused with its line, and that no judgement in it is guessed."""
    path = tmp_path / "pool.anna.jsonl"
    path.write_text(f"{line()}\n{wrong}\n{line()}\n", "utf-8")
    with pytest.raises(UsageError) as error:
        read_judgements(path)
    assert "pool.anna.jsonl: line 2: " in str(error.value) and reason in str(error.value)
