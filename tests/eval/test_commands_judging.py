"""The commands ``pool``, ``judge``, ``agree``, ``merge`` and ``add``: what they print, write and refuse."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

import search.embedding
from council import Catalogue, DataError, DataFolder, UsageError
from eval import read_gold
from eval.commands_judging import add_parsers
from eval.judging.judgements import judgements_path, read_judgements
from eval.judging.pool import read_pool, write_pool
from eval.result import write_result
from eval.run import papers_mark
from tests.eval.heap import PARKING_PDF, POOL_PDF, a_pool, given, judged_by, page, result_of
from tests.eval.town import question, unanswerable
from tests.fakes import FakeEmbedder

Write = Callable[..., Path]
A, B, C = page(POOL_PDF, 2), page(PARKING_PDF, 1), page(POOL_PDF, 1)
ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> int:
    """Run a command as ``raadspoor-eval`` does."""
    parser = argparse.ArgumentParser(prog="raadspoor-eval")
    add_parsers(parser.add_subparsers(required=True))
    chosen = parser.parse_args([str(each) for each in arguments])
    code: int = chosen.handler(chosen)
    return code


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


@pytest.fixture
def gold_path(gold_file: Write) -> Path:
    return gold_file(question(), unanswerable(id="q2", question="Wie won de loterij?"))


@pytest.fixture
def result_path(gold_path: Path, town: DataFolder, tmp_path: Path) -> Path:
    catalogue = Catalogue(town.catalogue)
    ours = {"Raadspoor": [given([A, B]), given([B])], "BM25": [given([B]), given()]}
    write_result(tmp_path / "run.json", result_of(read_gold(gold_path), ours, mark=papers_mark(catalogue)))
    catalogue.close()
    return tmp_path / "run.json"


def test_from_result_to_gold_set(
    gold_path: Path, result_path: Path, town: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures the whole road: pool, two judges, their agreement, a third who settles, and the gold set."""
    pool = tmp_path / "pool.jsonl"
    assert run("pool", gold_path, result_path, "--data", town.root, "--out", pool) == 0
    shown = said(capsys)
    assert "2 questions, 3 places to judge (3 pages, 0 sentences)" in shown
    assert "│ Raadspoor │ 3 │ 3 (100%) │ 0 │ – │ 2 │" in shown and "│ BM25 │ 1 │ 1 (100%) │ 0 │ – │ 0 │" in shown

    one, other, third = (judgements_path(pool, name) for name in ("anna", "bert", "chair"))
    judged_by(one, "anna", "q1", {A: 1, B: 0})
    judged_by(one, "anna", "q2", {B: 0})
    judged_by(other, "bert", "q1", {A: 1, B: 2})
    judged_by(other, "bert", "q2", {B: 1})
    assert run("agree", pool, one, other) == 0
    shown = said(capsys)
    assert "anna and bert: 3 places graded by both, 1 alike (33.3%)" in shown
    # Anna gave 0, 0, 1 and Bert 1, 1, 2: 1 of 3 alike and 2 of 9 by chance, so (1/3 - 2/9) / (7/9) = 1/7.
    assert "Cohen's kappa: 0.143 (slight)" in shown and "Landis & Koch (1977): a convention" in shown
    assert "Hoeveel krediet is er voor het zwembad?" in shown and f"{PARKING_PDF[:12]}#1" in shown

    before = gold_path.read_bytes()
    assert run("merge", gold_path, pool, one, other, "--dry-run") == 0
    assert "1 judgements on 1 questions and 0 new questions would be added" in said(capsys)
    assert gold_path.read_bytes() == before
    judged_by(third, "chair", "q1", {B: 0})
    assert run("merge", gold_path, pool, one, other, "--settled", third) == 0
    shown = said(capsys)
    assert "2 judgements on 1 questions and 0 new questions were added" in shown
    assert "│ q2 │" in shown and "the judges differ: 0 and 1" in shown
    first, second = read_gold(gold_path).questions
    assert {(it.document, it.page): it.grade for it in first.judgements[1:]} == {(POOL_PDF, 2): 1, (PARKING_PDF, 1): 0}
    assert second.judgements == ()
    assert run("merge", gold_path, pool, one, other, "--settled", third, "--rule", "lower") == 0
    assert "1 judgements on 1 questions" in said(capsys)


def test_a_pool_is_never_written_over(gold_path: Path, result_path: Path, town: DataFolder, tmp_path: Path) -> None:
    """This test ensures that what was judged already cannot lose the pool that it speaks of."""
    (tmp_path / "pool.jsonl").write_text("")
    with pytest.raises(UsageError, match="is there already"):
        run("pool", gold_path, result_path, "--data", town.root, "--out", tmp_path / "pool.jsonl")


def test_results_that_cannot_be_told_apart_are_refused(
    gold_path: Path, result_path: Path, town: DataFolder, tmp_path: Path
) -> None:
    """This test ensures that two runs of the same name do not count as one."""
    (tmp_path / "other").mkdir()
    twin = tmp_path / "other" / "run.json.gz"
    twin.write_bytes(b"")
    write_result(twin, result_of(read_gold(gold_path), {"x": [given(), given()]}))
    with pytest.raises(UsageError, match="the same name"):
        run("pool", gold_path, result_path, twin, "--data", town.root, "--out", tmp_path / "pool.jsonl")


def test_nothing_to_pool_is_said(gold_path: Path, town: DataFolder, tmp_path: Path) -> None:
    """This test ensures that no empty pool is written when everything was judged."""
    catalogue = Catalogue(town.catalogue)
    done = result_of(read_gold(gold_path), {"x": [given([C]), given()]}, mark=papers_mark(catalogue))
    catalogue.close()
    write_result(tmp_path / "run.json", done)
    with pytest.raises(UsageError, match="nothing to pool"):
        run("pool", gold_path, tmp_path / "run.json", "--data", town.root, "--out", tmp_path / "pool.jsonl")
    assert not (tmp_path / "pool.jsonl").exists()


def test_a_line_that_was_cut_short_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that whoever compares or merges knows that a judgement was lost."""
    write_pool(a_pool(tmp_path / "pool.jsonl", q1=[A, B]))
    one = judged_by(tmp_path / "a.jsonl", "anna", "q1", {A: 1, B: 2})
    other = judged_by(tmp_path / "b.jsonl", "bert", "q1", {A: 1, B: 2})
    one.write_bytes(one.read_bytes()[:-5])
    assert run("agree", tmp_path / "pool.jsonl", one, other) == 0
    shown = capsys.readouterr()
    assert "the last line was cut short" in " ".join(shown.err.split())
    assert "1 places graded by both" in shown.out and "undefined" in shown.out


def test_names_and_notes_cannot_colour_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that what stands in the files is printed and not obeyed."""
    pool = a_pool(tmp_path / "pool.jsonl", q1=[A])
    write_pool(pool)
    line = {"question": "q1", "document": POOL_PDF, "page": 2, "when": "2026-01-31", "note": "[red]\x1b[31mrood[/]"}
    files = []
    for name, grade in (("[bold]a[/]", 1), ("b", 2)):
        files.append(tmp_path / f"{grade}.jsonl")
        files[-1].write_text(json.dumps({**line, "judge": name, "grade": grade}) + "\n")
    assert run("agree", pool.path, *files) == 0
    shown = capsys.readouterr().out
    assert "[bold]a[/]" in shown and "\x1b" not in shown and "rood[/]" in shown


def test_three_judges_are_not_merged_at_once(gold_path: Path, tmp_path: Path) -> None:
    """This test ensures that a third file is not taken for a third vote."""
    with pytest.raises(UsageError, match="--settled"):
        run("merge", gold_path, tmp_path / "pool", "a", "b", "c")


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The town was indexed without a real model, so the command gets the same one."""
    chosen = classmethod(lambda cls, settings: FakeEmbedder())
    monkeypatch.setattr(search.embedding.SentenceTransformerEmbedder, "from_settings", chosen)


@pytest.mark.usefixtures("small_model")
def test_a_question_of_ones_own_is_added(town: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that an evaluator can extend the gold set from the command line, twice without harm."""
    pool = tmp_path / "pool.jsonl"
    for count, known in ((1, 0), (0, 1)):
        asked = "Wat kost het zwembad? Mail a@example.nl"
        assert run("add", pool, "--data", town.root, "--question", asked, "--depth", "3") == 0
        assert f"{count} questions added, {known} stood there already" in said(capsys)
    (found,) = read_pool(pool).questions
    assert found.text == "Wat kost het zwembad? Mail [e-mailadres]" and found.new and len(found.candidates) > 1


def test_readers_questions_are_refused_where_they_are_not_kept(
    town: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that the command says why there is nothing, and writes nothing."""
    monkeypatch.delenv("RAADSPOOR_USAGE", raising=False)
    with pytest.raises(UsageError, match="not kept here"):
        run("add", tmp_path / "pool.jsonl", "--data", town.root, "--depth", "0")
    assert not (tmp_path / "pool.jsonl").exists()


def test_trouble_with_the_data_folder_has_its_own_code(tmp_path: Path) -> None:
    """This test ensures that a script can tell a wrong command from a missing folder."""
    write_pool(a_pool(tmp_path / "pool.jsonl", q1=[A]))
    with pytest.raises(DataError) as error:
        run("judge", tmp_path / "pool.jsonl", "--data", tmp_path / "none", "--judge", "anna")
    assert error.value.exit_code == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ["pool", "gold", "--data", "d", "--out", "o"],
        ["pool", "gold", "run", "--data", "d", "--out", "o", "--depth", "21"],
        ["judge", "pool", "--data", "d"],
        ["judge", "pool", "--data", "d", "--judge", "a", "--port", "70000"],
        ["judge", "pool", "--data", "d", "--judge", "a", "--language", "fr"],
        ["judge", "pool", "--data", "d", "--judge", "a", "--differing", "one"],
        ["agree", "pool", "one"],
        ["merge", "gold", "pool"],
        ["merge", "gold", "pool", "a", "--rule", "mean"],
        ["add", "pool", "--data", "d", "--depth", "-1"],
    ],
)
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    """This test ensures that a mistake in the command is told before anything is done."""
    with pytest.raises(SystemExit) as stop:
        run(*arguments)
    assert stop.value.code == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--judge", "../anna"], "is no name for a judge"),
        (["--judge", "anna", "--product", "javascript:alert(1)"], "is no address of a running product"),
    ],
)
def test_a_wrong_name_or_address_is_refused(
    town: DataFolder, tmp_path: Path, arguments: list[str], reason: str
) -> None:
    """This test ensures that no file is written elsewhere, and that no link does anything but lead to a page."""
    write_pool(a_pool(tmp_path / "pool.jsonl", q1=[A]))
    with pytest.raises(UsageError, match=reason):
        run("judge", tmp_path / "pool.jsonl", "--data", town.root, *arguments)
    assert [it.name for it in tmp_path.iterdir()] == ["pool.jsonl"]


def test_the_page_is_served_until_it_is_stopped(town: DataFolder, tmp_path: Path) -> None:
    """This test ensures that the command says where to judge, answers there, and stops cleanly with Ctrl+C."""
    pool = a_pool(tmp_path / "pool.jsonl", q1=[A])
    write_pool(pool)
    code = (
        "import argparse, sys; from eval.commands_judging import add_parsers\n"
        "parser = argparse.ArgumentParser(); add_parsers(parser.add_subparsers())\n"
        "chosen = parser.parse_args(); sys.exit(chosen.handler(chosen))"
    )
    arguments = ["judge", pool.path, "--data", town.root, "--judge", "anna", "--port", "0", "--language", "en"]
    started = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with started as process:
        assert process.stdout
        try:
            address = re.fullmatch(r"anna can judge on (http://127\.0\.0\.1:\d+)\n", process.stdout.readline())
            assert address
            with urllib.request.urlopen(f"{address[1]}/stap/1", timeout=30) as answer:  # noqa: S310  # our own page
                assert "Judge the page as a whole" in answer.read().decode()
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    assert read_judgements(judgements_path(pool.path, "anna")).graded == {}
