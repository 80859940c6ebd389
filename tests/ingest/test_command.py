"""``raadspoor-ingest`` as a scheduler and a clerk meet it: exit codes, messages, and the JSON of the docs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from council import IngestReport, Refusal, plain
from ingest import as_json, as_text, exit_code
from ingest.__main__ import main
from tests.ingest.conftest import Town
from tests.ingest.papers import put
from tests.ingest.test_nights import BATH, BROKEN, PARK

HOME = Path(__file__).resolve().parents[2]
DOCS = (HOME / "docs" / "json.md").read_text(encoding="utf-8")
REPORT = IngestReport(
    source="/s", added=("a.pdf",), refused=(Refusal(path="b.pdf", reason="reden", remedy="doe iets"),), passages=3
)


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ingest", *map(str, arguments)],
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={**os.environ, "RAADSPOOR_OCR": "false", "RAADSPOOR_WORKERS": "1", **environment},
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return put(tmp_path / "source", {"a.pdf": BATH, "map/b.pdf": PARK})


def documented(section: str, table: int) -> list[str]:
    """Return the fields that a table of a section of ``docs/json.md`` lists."""
    text = DOCS.partition(f"## {section}\n")[2].partition("\n## ")[0]
    tables = [part for part in re.split(r"\n\n", text) if part.startswith("| field")]
    return re.findall(r"^\| `(\w+)` \|", tables[table], re.MULTILINE)


def test_a_night_from_start_to_finish(source: Path, tmp_path: Path) -> None:
    """This test ensures that the command ends with 0, with 3 when a file was refused, and that its JSON is the one in
    the docs, with nothing else on standard output."""
    data = tmp_path / "data"
    first = command(source, "--data", data, "--municipality", "gm9901")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("2 added, 0 changed, 0 withdrawn, 0 unchanged")
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
    assert re.fullmatch(
        rf"{stamp} read begins, 2 files\n({stamp} read \d/2 files.*\n)*{stamp} read done, 2 files, .* pages/s\n"
        rf"{stamp} index begins, 2 passages\n({stamp} index \d/2 .*\n)*{stamp} index done, 2 passages, .*/s\n",
        first.stderr,
    ), first.stderr
    put(source, {"kapot\n\x1b[2J.pdf": BROKEN})
    second = command(source, "--data", data, "--municipality", "gm9901", "--json")
    assert second.returncode == 3, second.stderr
    report = json.loads(second.stdout)
    assert list(report) == documented("raadspoor-ingest --json", 0)
    assert list(report["refused"][0]) == documented("raadspoor-ingest --json", 1)
    assert (report["form"], report["unchanged"], report["refused"][0]["path"]) == (1, 2, "kapot\n\x1b[2J.pdf")
    assert second.stderr == ""


WRONG = [
    ([], "the following arguments are required"),
    (["SOURCE"], "--data"),
    (["SOURCE", "--data", "DATA", "--municipality", "Dalmeren"], "is no municipality code like gm0114"),
    (["SOURCE", "--data", "DATA", "--quiet"], "unrecognized arguments"),
    (["MISSING", "--data", "DATA"], "is not a folder; give the folder that holds the PDFs"),
    (["EMPTY", "--data", "DATA"], "is empty; give a folder with .pdf files in it"),
    (["BARE", "--data", "DATA"], "holds no PDF; give a folder with .pdf files in it"),
    (["SOURCE/a.pdf", "--data", "DATA"], "is not a folder"),
    (["SOURCE", "--data", "SOURCE"], "lies within the data folder"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[str(number) for number, _ in enumerate(WRONG)])
def test_wrong_usage_ends_with_2_and_changes_nothing(
    source: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    """This test ensures that each mistake on the command line is named, and no data folder is made."""
    put(tmp_path, {"bare/lees.mij": b"x"})
    (tmp_path / "empty").mkdir()
    places = {"SOURCE": source, "DATA": tmp_path / "data", "MISSING": tmp_path / "weg", "EMPTY": tmp_path / "empty"}
    places["BARE"] = tmp_path / "bare"
    given = [re.sub("^(SOURCE|DATA|MISSING|EMPTY|BARE)", lambda m: str(places[m[0]]), part) for part in arguments]
    done = command(*given)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()
    assert not list(source.glob("*.sqlite"))


def test_a_manifest_line_that_is_wrong_ends_with_2(source: Path, tmp_path: Path) -> None:
    """This test ensures that the line is named by its number, cleaned of what could command a terminal."""
    put(source, {"manifest.jsonl": b'{"file": "a.pdf"}\n{"file": "map/b.pdf", "acces\\u001b": "geheim"}\n'})
    done = command(source, "--data", tmp_path / "data", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"raadspoor-ingest: .*manifest\.jsonl: line 2: unknown field .*run again\n", done.stderr)
    assert "\x1b" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_setting_that_is_wrong_is_told(source: Path, tmp_path: Path) -> None:
    """This test ensures that a list of passwords that is not there is found out before the night begins."""
    done = command(source, "--data", tmp_path / "data", RAADSPOOR_PASSWORDS=str(tmp_path / "weg.txt"))
    assert done.returncode == 2
    assert "RAADSPOOR_PASSWORDS" in done.stderr
    assert not (tmp_path / "data").exists()


def test_trouble_with_the_data_folder_ends_with_4(source: Path, tmp_path: Path) -> None:
    """This test ensures that a file where the data folder should be is told apart from wrong usage."""
    (tmp_path / "data").write_bytes(b"")
    done = command(source, "--data", tmp_path / "data")
    assert (done.returncode, done.stdout) == (4, "")
    assert "Traceback" not in done.stderr


def test_help_names_every_option_and_exit_code_at_once() -> None:
    """This test ensures that help loads no library, and says what a scheduler must know."""
    started = time.monotonic()
    done = command("--help")
    assert time.monotonic() - started < 5
    assert done.returncode == 0
    for word in ("SOURCE", "--data", "--municipality", "--json", "manifest.jsonl", *"0 2 3 4 130".split()):
        assert word in done.stdout
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, ingest.__main__; print(*sys.modules)"],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"numpy", "pydantic", "pypdfium2", "pebble", "rich", "search"} & set(loaded)


def test_the_door_opens_on_what_it_names() -> None:
    """This test ensures that everything the package offers is there, and that nothing else is promised."""
    import ingest

    for name in ingest.__all__:
        assert getattr(ingest, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        ingest.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"refused": ()}, 0),
        ({}, 3),
        ({"refused": (), "partly": REPORT.refused}, 3),
        ({"refused": (), "waiting": REPORT.refused, "held": REPORT.refused}, 0),
    ],
)
def test_the_exit_code_says_whether_everything_was_read(changes: dict[str, Any], code: int) -> None:
    """This test ensures that what was not read is noticed, and that what waits or is held back is no alarm."""
    assert exit_code(replace(REPORT, **changes)) == code


def test_the_report_is_for_a_person_too() -> None:
    """This test ensures that each remark has its path, reason and remedy in one line, without control characters."""
    remark = Refusal(path="een\x1b[2J\nnaam.pdf", reason="re\x07den", remedy="doe iets")
    text = as_text(
        replace(
            REPORT,
            refused=(remark,),
            partly=(remark,),
            waiting=(remark,),
            held=(remark,),
            closed=(remark,),
            manifest=(remark,),
            opened=("y\r",),
            duplicates=("x\r",),
        )
    )
    lines = text.splitlines()
    assert [line.partition(":")[0] for line in lines[2:]] == [
        "Refused", "Partly read", "Waiting", "Held back", "Still closed", "Manifest", "Now public",
        "Same document twice",
    ]  # fmt: skip
    assert lines[2] == "Refused: een\ufffd[2J\ufffdnaam.pdf: re\ufffdden; doe iets"
    assert all(line == plain(line) for line in lines)


def test_the_json_form_is_the_one_in_the_docs() -> None:
    """This test ensures that no field comes, goes or moves without the docs."""
    assert list(as_json(REPORT)) == documented("raadspoor-ingest --json", 0)
    json.dumps(as_json(REPORT))


def test_the_search_form_is_the_one_in_the_docs() -> None:
    """This test ensures the same for a search, from a hit down to a citation."""
    import datetime as dt

    from council import (
        Answer,
        AnswerSentence,
        Citation,
        Hit,
        Leg,
        LegPlace,
        Query,
        Results,
        Snippet,
        Span,
        Verdict,
    )
    from search.as_json import results_json
    from tests.fakes import a_document, a_passage

    document = a_document()
    passage = a_passage(document)
    citation = Citation(document=document.sha256, spans=(Span(page=1, start=0, end=10),))
    legs = {leg: LegPlace(rank=1, score=0.5) for leg in Leg}
    hit = Hit(document=document, passage=passage, citation=citation, snippet=Snippet(text="x"), score=1.0, legs=legs)
    results = Results(
        query=Query(text="x"), hits=(hit,), total=1, searched=1, latest=dt.date(2024, 1, 1), facets={}, timings={}
    )
    sentence = AnswerSentence(citation=citation, document=document, text="x", score=1.0)
    answer = Answer(sentences=(sentence,), verdict=Verdict.ANSWERED, coverage=1.0)
    form = results_json(results, answer)
    found = form["hits"][0]
    quoted = form["answer"]["sentences"][0]
    parts = [form, found, form["answer"], quoted, found["document"], found["citation"]]
    for table, part in enumerate(parts):
        assert list(part) == documented("raadspoor-search --json", table)
    assert list(found["citation"]["spans"][0]) == ["page", "start", "end"]


def test_a_good_night_is_one_on_a_full_disk_for_its_output_too(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that a night that was published ends with its own code where its report cannot be printed, and
    that what was only asked for ends with 4."""
    town.put(bath=BATH)
    arguments = [str(town.source), "--data", str(town.data.root), "--municipality", "gm9901", "--json"]
    with Path("/dev/full").open("w") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        assert main(arguments) == 0
    assert "standard output cannot be written" in capsys.readouterr().err
    assert len(list(town.data.reports.glob("*.json"))) == 1
    with Path("/dev/full").open("w") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        assert main(["--show", "bath.pdf", "--data", str(town.data.root)]) == 4
