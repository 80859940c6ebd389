"""What is kept of each run: a page for the clerk, JSON for a program."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from council import DataFolder, IngestReport, Refusal, StageTime
from ingest import as_json
from ingest.__main__ import main
from ingest.keeping import keep
from ingest.report_page import as_page
from tests.web.page_text import read_html

NIGHT = dt.datetime(2026, 3, 5, 2, 14, 9, tzinfo=dt.UTC)
REPORT = IngestReport(
    source="/srv/raadsstukken",
    added=("moties/een.pdf", "moties/twee.pdf"),
    withdrawn=("oud.pdf",),
    unchanged=7,
    refused=(Refusal(path="stuk.pdf", reason="it is locked with a password", remedy="ask for an open copy"),),
    pages=31,
    seconds=4.25,
    stages=(StageTime(name="read", seconds=3.5),),
)


def test_both_forms_are_kept_under_the_moment_and_read_by_their_owner_alone(tmp_path: Path) -> None:
    """This test ensures that the clerk finds last night's report by its name, and that others on the machine do not."""
    page = keep(REPORT, DataFolder(tmp_path), NIGHT, most=5)
    assert page == tmp_path / "reports" / "2026-03-05T021409.html"
    assert page.parent.stat().st_mode & 0o777 == 0o700
    kept = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(as_json(REPORT)))
    assert sorted(path.suffix for path in page.parent.iterdir()) == [".html", ".json"]


def test_no_report_is_written_over_and_the_oldest_go(tmp_path: Path) -> None:
    """This test ensures that a clock that stands still loses nothing, and that the folder does not grow for ever."""
    pages = [keep(replace(REPORT, pages=number), DataFolder(tmp_path), NIGHT, most=3) for number in range(5)]
    assert len(set(pages[:3])) == 3
    left = sorted((tmp_path / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    assert [json.loads(path.read_text(encoding="utf-8"))["pages"] for path in left] == [2, 3, 4]
    assert {path.stem for path in (tmp_path / "reports").glob("*.html")} == {path.stem for path in left}


def test_the_page_says_what_there_is_and_nothing_of_what_there_is_not() -> None:
    """This test ensures that the clerk reads counts, names, reasons and remedies, and no empty headings."""
    page = read_html(as_page(REPORT, NIGHT))
    heads = [head.text for head in page.all("h2")]
    assert heads == ["Niet te lezen (1)", "Nieuw (2)", "Weg (1)", "Persoonsgegevens", "Tijd"]
    assert [cell.text for cell in page.all("td")] == [
        "stuk.pdf",
        "it is locked with a password",
        "ask for an open copy",
    ]
    assert "1 bestand vraagt uw aandacht" in page.within("look")[0].text
    assert "31 bladzijden gelezen in 4,2 seconden" in page.text
    quiet = read_html(as_page(IngestReport(source="/srv", unchanged=9), NIGHT))
    assert "U hoeft niets te doen" in quiet.within("good")[0].text


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>.pdf", "a&b\"'.pdf", "weg\x1b[31m\u202efdp.pdf", "\ud800.pdf"]
)
def test_a_name_is_nothing_but_text(name: str, tmp_path: Path) -> None:
    """This test ensures that who names a file cannot put anything else on the page than that name."""
    report = replace(REPORT, added=(name,), refused=(Refusal(path=name, reason="x", remedy="y"),))
    text = keep(report, DataFolder(tmp_path), NIGHT, most=5).read_text(encoding="utf-8")
    assert "<script" not in text
    assert not any(sign in text for sign in "\x1b\u202e")
    (item,) = read_html(text).all("li")[:1]
    assert len(item.text) >= len(name.strip())


def test_a_run_says_where_its_report_lies_and_none_is_lost_with_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that a night is published also where its report finds no room."""
    source, data = tmp_path / "source", tmp_path / "data"
    source.mkdir()
    (source / "broken.pdf").write_bytes(b"no PDF at all")
    assert main([str(source), "--data", str(data)]) == 3
    (page,) = (data / "reports").glob("*.html")
    assert str(page) in capsys.readouterr().out
    page.with_suffix(".json").unlink()
    page.unlink()
    (data / "reports").rmdir()
    (data / "reports").write_text("in the way", encoding="utf-8")
    assert main([str(source), "--data", str(data)]) == 3
    told = capsys.readouterr()
    assert "the report could not be kept" in told.err
    assert "1 refused" in told.out
