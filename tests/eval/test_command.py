"""The command ``raadspoor-eval``: what it prints, how it exits, and what it does not wait for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import search.embedding
from council import DataFolder
from eval.__main__ import main
from eval.provenance import _commit
from tests.eval.town import question, unanswerable
from tests.fakes import FakeEmbedder

Write = Callable[..., Path]
GOLD = (question(), unanswerable(id="q2", question="Welke xylofoon bespeelt quintus?"))


@pytest.fixture(autouse=True)
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The town was indexed without a real model, so the command gets the same one."""
    chosen = classmethod(lambda cls, settings: FakeEmbedder())
    monkeypatch.setattr(search.embedding.SentenceTransformerEmbedder, "from_settings", chosen)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus.jsonl").write_text('{"_id": "d1", "text": "Het zwembad krijgt krediet."}\n')
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "krediet zwembad"}\n')
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    return tmp_path


def test_run_prints_tables(town: DataFolder, gold_file: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that an evaluator reads every figure, how it was averaged, and where it came from."""
    assert main(["run", str(gold_file(*GOLD)), "--data", str(town.root)]) == 0
    shown = capsys.readouterr()
    said = " ".join(shown.out.split())
    for part in (
        "2 questions (no split): 1 answerable, 1 not",
        "nDCG@10 of documents",
        "First sentence is a right one",
        "a question without a result or an answer counts 0",
        "BM25",
        "│ amount │ 1 of 2 │",
        "Answered though nothing answers it (0): none",
        "fake-16",
    ):
        assert part in said
    assert shown.err == ""


def test_run_prints_json(town: DataFolder, gold_file: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a program can read the same figures, and no path of this machine with them."""
    assert main(["run", str(gold_file(*GOLD)), "--data", str(town.root), "--json"]) == 0
    text = capsys.readouterr().out
    found = json.loads(text)
    assert (found["form"], found["command"]) == (1, "run")
    assert found["systems"]["Raadspoor"]["all"]["R(rel=2)@20"] == 1.0
    assert found["seconds"]["p50"] > 0.0
    assert str(town.root) not in text


def test_beir_prints_a_table_and_writes_a_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that each leg and the baseline stand beside the product, and that the run is kept."""
    out = folder / "out.trec"
    assert main(["beir", str(folder), "--legs", "--run", str(out), "--depth", "5"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "1 questions, 1 documents, 1 passages" in said
    for name in ("Raadspoor", "terms alone", "grams alone", "dense alone", "BM25"):
        assert f"│ {name} │ 1.000 │ 1.000 │ 1.000 │" in said
    assert out.read_text().startswith("q1 Q0 d1 1 ")


def test_beir_prints_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a program can read the same figures."""
    assert main(["beir", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["command"] == "beir" and found["systems"]["BM25"]["RR"] == 1.0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["run", "gold.jsonl"],
        ["beir"],
        ["beir", "folder", "--depth", "0"],
        ["beir", "folder", "--depth", "many"],
    ],
)
def test_wrong_usage_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a script can tell its own mistake from trouble with the data."""
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage: raadspoor-eval" in capsys.readouterr().err


def test_wrong_input_exits_with_two(
    town: DataFolder, gold_file: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that a bad gold set or folder is refused with its line."""
    assert main(["run", str(gold_file(question(type="x"))), "--data", str(town.root)]) == 2
    assert "raadspoor-eval: " in (said := capsys.readouterr().err) and "line 1" in said
    assert main(["run", str(gold_file(*GOLD)), "--data", str(town.root), "--split", "dev"]) == 2
    assert main(["run", str(tmp_path / "absent"), "--data", str(town.root)]) == 2
    assert main(["beir", str(tmp_path)]) == 2
    assert "lacks corpus.jsonl" in capsys.readouterr().err


def test_trouble_with_data_exits_with_four(
    gold_file: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that a data folder that is not there is told apart from a bad gold set."""
    assert main(["run", str(gold_file(*GOLD)), "--data", str(tmp_path / "none")]) == 4
    assert "raadspoor-ingest" in capsys.readouterr().err


def test_help_loads_nothing_heavy() -> None:
    """This test ensures that help comes at once: no model, engine or array library is imported for it."""
    code = (
        "import sys; from eval.__main__ import main\n"
        "try: main(['beir', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'numpy', 'torch', 'rich', 'search', 'pydantic', 'council', 'bm25s'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--legs" in done.stdout


def test_the_door_opens_to_all_it_promises() -> None:
    """This test ensures that every name the package offers is there, and no other."""
    import eval as door

    assert all(getattr(door, name) is not None for name in door.__all__)
    assert sorted(door.__all__) == door.__all__
    with pytest.raises(AttributeError, match="nothing"):
        _ = door.nothing


def test_no_commit_is_made_up(tmp_path: Path) -> None:
    """This test ensures that a program outside a checkout does not name the commit of a folder around it."""
    assert _commit(tmp_path) == ""
    (tmp_path / ".git").mkdir()
    assert _commit(tmp_path) == ""
