"""The command ``raadspoor-eval``: what it prints, how it exits, and what it does not wait for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import search.embedding
from council import DataFolder
from eval import read_result, write_result
from eval.__main__ import main
from eval.provenance import _commit
from search import Feature, Step
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
        "│ nDCG@10 │ 1 │",
        "│ first sentence │ 1 │",
        "│ abstention recall │ 1 │",
        "a question without a result counts 0",
        "BM25",
        "│ amount │ 2 ! │",
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
    assert (found["form"], found["command"]) == (2, "run")
    assert found["means"]["Raadspoor"]["recall@20"]["mean"] == 1.0
    assert found["means"]["Raadspoor"]["seconds"]["p50"] > 0.0
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
    assert found["command"] == "beir" and found["collections"][0]["systems"]["BM25"]["RR"] == 1.0


def test_beir_takes_a_folder_of_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that every public set is measured by one command, and that one run is one folder's."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "corpus.jsonl").write_text('{"_id": "d1", "text": "Het zwembad krijgt krediet."}\n')
        (tmp_path / name / "queries.jsonl").write_text('{"_id": "q1", "text": "krediet zwembad"}\n')
        (tmp_path / name / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    assert main(["beir", str(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [item["collection"]["name"] for item in found["collections"]] == ["one", "two"]
    assert main(["beir", str(tmp_path), "--run", str(tmp_path / "out")]) == 2
    assert "one folder" in capsys.readouterr().err


def test_answers_prints_the_baselines(town: DataFolder, gold_file: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that the answers stand beside three baselines in the same run."""
    assert main(["answers", str(gold_file(*GOLD)), "--data", str(town.root)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for part in ("First sentences", "LexRank", "BM25 sentences", "sentence recall", "CPU ms"):
        assert part in said
    assert "nDCG@10 │ 1" in said


def test_a_result_is_kept_compared_accepted_and_held_against(
    town: DataFolder, gold_file: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that an evaluator can go the whole way, from a run to a gate, by the commands alone."""
    gold, data = str(gold_file(*GOLD)), str(town.root)
    kept, accepted = tmp_path / "result.json.gz", tmp_path / "accepted.json"
    run = tmp_path / "run.trec"
    assert main(["run", gold, "--data", data, "--out", str(kept), "--trec", str(run)]) == 0
    result = read_result(kept)
    assert list(result.systems) == ["Raadspoor", "BM25", "First sentences", "LexRank", "BM25 sentences"]
    capsys.readouterr()
    assert main(["score", gold, str(run), "--data", data, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["means"]["raadspoor"]["recall@20"]["mean"] == 1.0
    assert main(["compare", str(kept), str(kept), "--system", "BM25"]) == 0
    assert "* more than chance" in capsys.readouterr().out
    assert main(["compare", str(kept), str(kept), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["command"] == "compare"
    committed = replace(result, made_by=replace(result.made_by, commit="c" * 40))
    write_result(kept, committed)
    assert main(["accept", str(kept), "--accepted", str(accepted), "--why", "a first measure"]) == 0
    assert main(["gate", gold, "--data", data, "--accepted", str(accepted)]) == 0
    assert "OPEN" in capsys.readouterr().out


def test_a_gate_that_stays_shut_exits_with_five(
    town: DataFolder,
    gold_file: Write,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """This test ensures that a script and CI can tell a loss from a fault of the machine."""
    questions = [question(id=f"q{at}") for at in range(12)]
    gold, data = str(gold_file(*questions)), str(town.root)
    accepted = tmp_path / "accepted.json"
    assert main(["run", gold, "--data", data, "--out", str(accepted)]) == 0
    monkeypatch.setattr("search.engine.candidates", lambda *args, **named: [])
    capsys.readouterr()
    assert main(["gate", gold, "--data", data, "--accepted", str(accepted)]) == 5
    assert "SHUT: answers fell from 1.000 to 0.000 on 12 questions" in capsys.readouterr().out


def test_ablate_prints_what_each_part_is_worth(
    town: DataFolder, gold_file: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that each leg and each feature is switched off once, on the development half."""
    gold = str(gold_file(question(split="dev"), unanswerable(id="q2", split="dev", question="xylofoon quintus?")))
    assert main(["ablate", gold, "--data", str(town.root), "--only", "leg"]) == 0
    said = capsys.readouterr().out
    assert all(f"leg {leg}" in said for leg in ("terms", "grams", "dense")) and "feature" not in said
    assert main(["ablate", gold, "--data", str(town.root), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    named = {(part["part"], part["name"]) for part in found["parts"]}
    assert named >= {("feature", feature.name.lower()) for feature in Feature}
    assert named >= {("step", step.value) for step in Step}


def test_ablate_takes_one_gold_set_or_beir_folders(
    town: DataFolder, gold_file: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that each folder gets its own table, and that a gold set without papers is no silent zero."""
    gold, folder = str(gold_file(*GOLD)), tmp_path / "set"
    assert main(["export", gold, "--data", str(town.root), "--beir", str(folder)]) == 0
    capsys.readouterr()
    assert main(["ablate", str(folder), "--only", "leg"]) == 0
    assert "set: what each" in capsys.readouterr().out
    assert main(["ablate", str(folder), "--only", "leg", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["collections"]
    assert found["name"] == "set"
    assert [part["name"] for part in found["parts"]] == ["terms", "grams", "dense"]
    for wrong in ([gold], [gold, str(folder)], [gold, gold, "--data", str(town.root)]):
        assert main(["ablate", *wrong]) == 2
        assert "one gold set with --data DATA, or BEIR folders" in capsys.readouterr().err


def test_a_gold_set_is_checked_exported_and_taken_over(
    town: DataFolder, gold_file: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that other tools can be fed with our judgements, and theirs with ours, by the commands."""
    gold, data = str(gold_file(*GOLD)), str(town.root)
    assert main(["check", gold]) == 0
    assert main(["check", gold, "--data", data]) == 0
    assert "1 places of judged sentences" in capsys.readouterr().out
    folder, qrels, addresses = tmp_path / "beir", tmp_path / "qrels.txt", tmp_path / "addresses.jsonl"
    arguments = ["--beir", str(folder), "--qrels", str(qrels), "--addresses", str(addresses), "--level", "page"]
    assert main(["export", gold, "--data", data, *arguments]) == 0
    assert main(["check", str(addresses), "--data", data]) == 0
    taken = tmp_path / "taken.jsonl"
    assert main(["import", str(folder / "queries.jsonl"), str(qrels), "--out", str(taken)]) == 0
    assert main(["run", str(taken), "--data", data]) == 0
    assert main(["export", gold, "--data", data]) == 2


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
        "heavy = {'numpy', 'torch', 'rich', 'search', 'pydantic', 'council.records', 'sqlite3', 'bm25s'}\n"
        "sys.exit(bool(heavy & sys.modules.keys()))"
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
