"""Reports that stay in the data folder: of a night that went well, of one that failed, and of four hundred."""

from __future__ import annotations

import datetime as dt
import json
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ingest.run
from council import (
    DataError,
    DoubtfulPage,
    IngestReport,
    ManifestError,
    PersonalCounts,
    Refusal,
    ScanCounts,
    StageTime,
    UsageError,
)
from ingest import as_json
from ingest.kept import Keeper, kept_json
from ingest.lock import only_run
from ingest.report_html import Night, duration, dutch_moment, number, page, pages_a_second, visible
from tests.fakes import FakeEmbedder, odd_text
from tests.ingest.conftest import Town
from tests.ingest.test_command import documented
from tests.ingest.test_nights import BATH, BROKEN

AMSTERDAM = dt.timezone(dt.timedelta(hours=1))
BEGUN = dt.datetime(2026, 11, 25, 2, 0, 1, tzinfo=AMSTERDAM)
BAD = Refusal(path="b.pdf", reason="reden", remedy="doe iets")
REPORT = IngestReport(
    source="/s",
    added=("a.pdf",),
    refused=(BAD,),
    pages=1200,
    passages=3,
    seconds=200.0,
    stages=(StageTime(name="read", seconds=30.0), StageTime(name="index", seconds=160.0)),
    generation="g1",
)
NIGHT = Night(begun=BEGUN, municipality="gm9901", source="/s", report=REPORT)


class Said(list[str]):
    """What the clerk was warned of."""


def a_keeper(folder: Path, said: Said, *, most: int = 400, begun: dt.datetime = BEGUN) -> Keeper:
    return Keeper(folder=folder, most=most, begun=begun, municipality="gm9901", source="/s", warn=said.append)


def keep(keeper: Keeper, report: IngestReport) -> None:
    """Keep a report as a run does."""
    files = keeper.made(report)
    assert files is not None
    assert keeper.put(files)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_night_leaves_its_report(town: Town) -> None:
    """This test ensures that a run keeps the same report that it returns, under the moment at which it began, where
    nobody else can read it."""
    town.put(bath=BATH, kapot=BROKEN)
    report = town.night()
    kept = names(town.data.reports)
    assert len(kept) == 2
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d{6}\.html", kept[0])
    form = json.loads((town.data.reports / kept[1]).read_text(encoding="utf-8"))
    assert form["report"] == json.loads(json.dumps(as_json(report)))
    assert (form["exit_code"], form["failed"], form["municipality"]) == (3, "", "gm9901")
    begun = dt.datetime.fromisoformat(form["begun"])
    assert begun.tzinfo is not None
    assert kept[1] == f"{begun:%Y-%m-%dT%H%M%S}.json"
    assert stat.S_IMODE(town.data.reports.stat().st_mode) == 0o700
    assert "kapot.pdf" in (town.data.reports / kept[0]).read_text(encoding="utf-8")


def test_a_night_that_fails_says_why(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a full disk in the middle of a run leaves a report with the remedy, and still ends the run
    with the same error."""
    town.put(bath=BATH)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device", "/data/index")

    monkeypatch.setattr(ingest.run, "build", full)
    with pytest.raises(DataError, match="No space left"):
        town.night()
    page_name, form_name = names(town.data.reports)
    form = json.loads((town.data.reports / form_name).read_text(encoding="utf-8"))
    assert (form["exit_code"], form["report"]) == (4, None)
    assert form["failed"].startswith("/data/index: No space left on device; make room")
    html = (town.data.reports / page_name).read_text(encoding="utf-8")
    assert "De stukken zijn niet bijgewerkt" in html
    assert "No space left on device" in html


def test_the_papers_of_another_town_leave_a_report(town: Town) -> None:
    """This test ensures that wrong usage that shows only with the lock in hand is kept, and not twice."""
    town.put(bath=BATH)
    town.night()
    with pytest.raises(UsageError, match="holds the papers of gm9901"):
        ingest.run.ingest(town.source, town.data, town.settings, municipality="gm0114", embedder=FakeEmbedder)
    forms = [json.loads(path.read_text(encoding="utf-8")) for path in town.data.reports.glob("*.json")]
    assert sorted((form["exit_code"], form["municipality"]) for form in forms) == [(0, "gm9901"), (2, "gm0114")]


def forms(town: Town) -> list[dict[str, Any]]:
    """Return the kept reports, the oldest first."""
    found = (json.loads(path.read_text(encoding="utf-8")) for path in town.data.reports.glob("*.json"))
    return sorted(found, key=lambda form: (form["begun"], form["failed"] != ""))


@pytest.mark.parametrize("first", [True, False], ids=["the first night", "a later night"])
def test_a_night_that_could_not_begin_says_why(town: Town, first: bool) -> None:
    """This test ensures that a broken manifest, a source that is not there and a setting that cannot be used are news,
    and not the good night before them: each leaves a report with its message and its code."""
    town.put(bath=BATH)
    town.data.root.mkdir()
    if not first:
        town.night()
    (town.source / "manifest.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(ManifestError):
        town.night()
    (town.source / "manifest.jsonl").unlink()
    with pytest.raises(UsageError):
        town.night(passwords="/nowhere/list")
    with pytest.raises(UsageError):
        ingest.run.ingest(town.source / "none", town.data, town.settings, municipality="gm9901", embedder=FakeEmbedder)
    kept = [(form["exit_code"], form["failed"]) for form in forms(town) if form["report"] is None]
    assert [code for code, _ in kept] == [2, 2, 2]
    for part in ("manifest.jsonl", "RAADSPOOR_PASSWORDS", "is not a folder"):
        assert len([said for _, said in kept if part in said]) == 1
    assert len(forms(town)) == (3 if first else 4)
    assert town.data.catalogue.exists() is not first


def test_a_wrong_data_folder_gets_no_report(town: Town) -> None:
    """This test ensures that wrong usage makes no data folder, and writes nothing into a folder of somebody else."""
    for _ in range(2):
        with pytest.raises(UsageError, match="is empty"):
            town.night()
        there = [path.name for path in town.data.root.iterdir()] if town.data.root.exists() else []
        assert there in ([], ["brief.txt"])
        town.data.root.mkdir(exist_ok=True)
        (town.data.root / "brief.txt").touch()


def test_wrong_usage_beside_a_night_leaves_its_reports_alone(town: Town) -> None:
    """This test ensures that who may not write does not, and is told of the mistake all the same."""
    town.put(bath=BATH)
    town.night()
    town.take("bath")
    with only_run(town.data.lock), pytest.raises(UsageError, match="is empty"):
        town.night()
    assert len(forms(town)) == 1


def test_a_run_that_had_no_lock_leaves_nothing(town: Town) -> None:
    """This test ensures that a second run beside the first does not write where the first does."""
    town.put(bath=BATH)
    with only_run(town.data.lock), pytest.raises(DataError, match="another run"):
        town.night()
    assert not town.data.reports.exists()


def test_a_report_that_cannot_be_kept_does_not_undo_the_night(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that the papers are published all the same, and that it is said on standard error."""
    town.put(bath=BATH)
    town.data.root.mkdir()
    town.data.reports.write_bytes(b"in the way")
    assert town.night().added == ("bath.pdf",)
    assert town.live() == {"bath"}
    said = capsys.readouterr().err
    assert said.startswith("raadspoor-ingest: the report could not be kept in ")
    assert said.count("\n") == 1


def test_the_oldest_reports_go(tmp_path: Path) -> None:
    """This test ensures that the newest stay, both forms of each, that numbers count as numbers, and that what is not a
    report is left alone, except for what a killed run left half written."""
    folder, said = tmp_path / "reports", Said()
    for minute in range(3):
        keep(a_keeper(folder, said, begun=BEGUN + dt.timedelta(minutes=minute)), REPORT)
    for _ in range(10):
        keep(a_keeper(folder, said, begun=BEGUN + dt.timedelta(minutes=3)), REPORT)
    assert len(names(folder)) == 26
    (folder / "notitie.txt").write_bytes(b"")
    (folder / ".part-abc").write_bytes(b"")
    keep(a_keeper(folder, said, most=3, begun=BEGUN + dt.timedelta(minutes=4)), REPORT)
    stems = ("2026-11-25T020301-10", "2026-11-25T020301-9", "2026-11-25T020401")
    assert names(folder) == [*(f"{stem}.{form}" for stem in stems for form in ("html", "json")), "notitie.txt"]
    assert said == []


def test_no_report_is_kept_where_none_is_wanted(tmp_path: Path) -> None:
    """This test ensures that 0 keeps nothing, makes no folder, and deletes what was kept before."""
    folder, said = tmp_path / "reports", Said()
    keep(a_keeper(folder, said, most=0), REPORT)
    assert not folder.exists()
    keep(a_keeper(folder, said), REPORT)
    keep(a_keeper(folder, said, most=0), REPORT)
    assert names(folder) == []
    assert said == []


def test_a_folder_whose_name_is_not_unicode_is_kept(tmp_path: Path) -> None:
    """This test ensures that a lone surrogate breaks neither form."""
    said = Said()
    keeper = replace(a_keeper(tmp_path / "reports", said), source="/bron\udce9")
    keep(keeper, replace(REPORT, source="/bron\udce9"))
    assert said == []
    form = json.loads((tmp_path / "reports" / "2026-11-25T020001.json").read_text(encoding="utf-8"))
    assert form["source"] == "/bron\udce9"
    assert "/bron\\udce9" in (tmp_path / "reports" / "2026-11-25T020001.html").read_text(encoding="utf-8")


def test_the_kept_form_is_the_one_in_the_docs() -> None:
    """This test ensures that no field comes, goes or moves without the docs."""
    assert list(kept_json(NIGHT)) == documented("DATA/reports", 0)


def test_the_page_tells_everything() -> None:
    """This test ensures that each list, remark, count and time of a report stands on the page, in Dutch."""
    report = replace(
        REPORT,
        changed=("changed.pdf",),
        withdrawn=("withdrawn.pdf",),
        duplicates=("double.pdf",),
        unchanged=12345,
        held=(replace(BAD, path="held.pdf"),),
        opened=("open.pdf",),
        manifest=(replace(BAD, path="regel.pdf"),),
        closed=(replace(BAD, path="dicht.pdf"),),
        waiting=(replace(BAD, path="waiting.pdf"),),
        partly=(replace(BAD, path="partly.pdf"),),
        personal=PersonalCounts(documents=2, email_addresses=3, telephone_numbers=4, bank_accounts=5),
        scans=ScanCounts(
            pages=12, empty=2, confidence=0.914, doubtful=(DoubtfulPage(path="vaag.pdf", page=3, confidence=0.5412),)
        ),
        only=("moties/*",),
        keep_missing=True,
    )
    html = page(replace(NIGHT, report=report))
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.partition("<body>")[2]))
    for name in "a changed withdrawn double held waiting partly b open dicht regel".split():
        assert f"{name}.pdf" in text
    for phrase in (
        "Verslag van woensdag 25 november 2026, 02:00 uur",
        "6 meldingen vragen om actie",
        "moties/*",
        "Wat is er: reden",
        "Niet veranderd 12.345",
        "In 2 van de gelezen stukken",
        "Er zijn 12 gescande bladzijden gelezen. Gemiddeld is de computer ongeveer 91% zeker van de tekst. "
        "Op 2 daarvan stonden geen woorden.",
        "vaag.pdf , bladzijde 3: ongeveer 54% zeker",
        "E-mailadressen 3 Telefoonnummers 4 Bankrekeningen 5",
        "Nieuwe en gewijzigde pdf’s lezen 30 s",
        "Zoekindex maken 2 min 40 s",
        "Alles bij elkaar 3 min 20 s",
        "Bladzijden per seconde 40,0",
        "Wat kunt u doen: doe iets",
    ):
        assert phrase in text
    assert html.startswith("<!DOCTYPE html>")
    well = replace(report, refused=(), partly=(), held=(), waiting=(), closed=(), manifest=())
    assert "Alles wat gelezen kon worden" in page(replace(NIGHT, report=well))
    for field in ("refused", "partly", "held", "waiting", "closed", "manifest"):
        html = page(replace(NIGHT, report=replace(well, **{field: (BAD,)})))
        assert "1 melding vraagt om actie" in html, field
        assert "Alles wat gelezen kon worden" not in html, field


def test_a_name_cannot_become_markup_or_hide(tmp_path: Path) -> None:
    """This test ensures that a file name is shown as it is written: its tags as text, and what turns the reading
    direction or a terminal spelt out."""
    evil = "<script>alert(1)</script>\u202efdp.exe\x1b[2J{{ 7*7 }}&amp;.pdf"
    html = page(replace(NIGHT, source=evil, report=replace(REPORT, added=(evil,), refused=(replace(BAD, path=evil),))))
    assert "<script" not in html
    shown = "&lt;script&gt;alert(1)&lt;/script&gt;\\u202efdp.exe\\x1b[2J{{ 7*7 }}&amp;amp;.pdf"
    assert html.count(shown) == 2


@given(text=odd_text())
def test_what_is_shown_can_be_seen(text: str) -> None:
    """This test ensures that no name of any kind puts a character on the page that cannot be seen, and that a name
    that can be seen whole is left as it is."""
    shown = visible(text)
    assert isinstance(shown, str)
    assert shown.isprintable()
    assert shown == text or not text.isprintable()


@given(path=odd_text(), reason=odd_text())
def test_a_page_asks_for_nothing_and_runs_nothing(path: str, reason: str) -> None:
    """This test ensures that a page of any names holds no script, address or event, and only our own elements."""
    html = page(replace(NIGHT, report=replace(REPORT, added=(path,), held=(replace(BAD, path=path, reason=reason),))))
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= set(
        "html head meta title style body main header p h1 h2 section details summary ul li span bdi "
        "table caption tbody tr th td code footer".split()
    )
    assert not re.search(r"<[^>]+\s(?:src|href|on\w+)=", html)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0,0 s"), (9.94, "9,9 s"), (10, "10 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 uur 5 min")],
)
def test_a_time_is_said_in_two_units(seconds: float, text: str) -> None:
    """This test ensures that times read as a person says them."""
    assert duration(seconds) == text


def test_numbers_and_days_are_dutch() -> None:
    """This test ensures that thousands have a point and parts a comma, and that a day has its Dutch name."""
    assert [number(999), number(1234567), number(1234.56)] == ["999", "1.234.567", "1.234,6"]
    assert dutch_moment(dt.datetime(2024, 3, 3, 23, 5, tzinfo=AMSTERDAM)) == "zondag 3 maart 2024, 23:05 uur"


def test_the_speed_counts_every_stage_that_reads() -> None:
    """This test ensures that pages per second are pages over the time of reading and OCR, and nothing without pages."""
    scanned = replace(REPORT, stages=(*REPORT.stages, StageTime(name="scan", seconds=70.0)))
    assert pages_a_second(scanned) == pytest.approx(12.0)  # 1200 pages in 30 + 70 seconds
    assert pages_a_second(replace(REPORT, pages=0)) is None
    assert pages_a_second(replace(REPORT, stages=())) is None


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_keeps_its_digits(value: int) -> None:
    """This test ensures that points are all that is added."""
    assert number(value).replace(".", "") == str(value)
