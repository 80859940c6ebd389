"""A disk that is full, a folder that another program holds, a source that goes away, a clock that jumps back."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import council.catalogue_file
import ingest.run
import search.indexing
from council import Busy, DataError, DataFolder, IngestReport, UsageError, keep, sha256_of
from ingest import as_text, intake
from ingest.kept import newest
from search.generation import must_be_live
from tests.fakes import FakeEmbedder
from tests.ingest import a_night
from tests.ingest.a_night import ALWAYS, NEVER, Rehearsed, in_a_process
from tests.ingest.conftest import LIVE, WITHDRAWN, Town
from tests.ingest.papers import a_pdf, put
from tests.ingest.steps import FullFrom
from tests.ingest.test_nights import BATH, BATH_2, PARK

HOME = Path(__file__).resolve().parents[2]


def test_a_second_run_says_who_holds_the_folder(tmp_path: Path) -> None:
    """This test ensures that two runs at once never mix, and that the second leaves with its own exit code."""
    put(tmp_path, {"source/a.pdf": BATH})
    command = [sys.executable, "-m", "tests.ingest.driver", str(tmp_path / "source"), str(tmp_path / "data"), "60"]
    holder = subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        done = subprocess.run(
            [sys.executable, "-m", "ingest", str(tmp_path / "source"), "--data", str(tmp_path / "data"), "--json"],
            cwd=HOME,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        holder.kill()
        holder.communicate()
    assert (done.returncode, done.stdout) == (6, "")
    assert f"another run (process {holder.pid}) is writing here" in done.stderr
    assert not (tmp_path / "data" / "catalogue.sqlite").exists()


def test_a_lock_goes_with_the_run_that_held_it(town: Town) -> None:
    """This test ensures that a run that was killed does not lock the folder for the next."""
    town.put(a=BATH)
    town.data.lock.parent.mkdir()
    town.data.lock.write_text("999999", encoding="utf-8")
    assert town.night().added == ("a.pdf",)
    assert town.data.lock.read_text(encoding="utf-8") == str(os.getpid())


def test_a_full_disk_is_told_and_the_next_run_goes_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that what was done before the disk was full is kept, and nothing half is left."""
    town.put(a=BATH, b=PARK)
    left = [1]

    def full(source: Path, target: Path) -> str:
        if not left.pop():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left.append(0)
        return keep(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(intake, "keep", full)
        with pytest.raises(DataError, match=r"No space left on device; make room") as raised:
            town.night()
    assert raised.value.exit_code == 4
    assert town.live() == {"a"}
    report = town.night()
    assert (report.added, report.pages) == (("a.pdf", "b.pdf"), 1)


def test_a_disk_that_is_full_from_any_step_on_ends_the_night_and_no_more(rehearsed: Rehearsed) -> None:
    """This test ensures that wherever the room runs out the run says so and leaves with its exit code, that the live
    index answers, and that with room again the next night comes to what it would have come to."""
    dice = random.Random(1)  # noqa: S311 - nothing is kept secret with it
    told = set()
    for number in rehearsed.one_of_each(dice):
        step = rehearsed.steps[number]
        if step.partition(": ")[2].split()[0] not in ("write", "mkdir"):
            continue
        rehearsed.again()
        ended = in_a_process(a_night.night, rehearsed.home, FullFrom(number=number))
        told.add((step.partition(":")[0], ended.code))
        # A report that finds no room says so beside the run, which was published.
        assert ended.code == 4 or step.startswith("after index"), step
        assert ended.code == 0 or "No space left on device; make room" in ended.failed, step
        found = set(in_a_process(a_night.found, rehearsed.home).came["everybody"])
        assert found >= ALWAYS, step
        assert not found & NEVER, step
        assert in_a_process(a_night.finish, rehearsed.home).came == rehearsed.end, step
    assert told == {("begin", 4), ("read", 4), ("index", 4), ("scan", 4), ("after index", 0)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Limited:
    """A night in which no file can grow beyond some bytes: the system refuses, in SQLite and in the engine too."""

    most: int

    def __call__(self, source: Path, data: DataFolder) -> IngestReport:
        """Ingest."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.most, self.most))
        return a_night.night(source, data)


@pytest.mark.parametrize("most", [300, 3_000, 200_000, 3_000_000, 20_000_000])
@pytest.mark.parametrize("first", [False, True], ids=["a later night", "the first night"])
def test_a_write_that_the_system_refuses_is_told(rehearsed: Rehearsed, most: int, first: bool) -> None:
    """This test ensures that real errors of every size of file (reports, catalogue, originals, index) end in our
    message and exit code, and that the next night makes good what they left."""
    rehearsed.again()
    if first:
        shutil.rmtree(rehearsed.data.root)
    ended = in_a_process(Limited(most=most), rehearsed.home)
    assert ended.code == 4, ended
    assert str(rehearsed.data.root) in ended.failed
    if not first:
        assert set(in_a_process(a_night.found, rehearsed.home).came["everybody"]) >= ALWAYS
        assert in_a_process(a_night.finish, rehearsed.home).came == rehearsed.end
    else:
        assert set(in_a_process(a_night.finish, rehearsed.home).came["found"]["everybody"]) >= ALWAYS


def test_a_catalogue_without_room_is_left_as_it_was(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that SQLite's own word for a full disk gets the right remedy, and leaves nothing half."""
    town.put(bath=BATH)
    town.night()
    town.put(bath=BATH_2, long=a_pdf(*[f"Motie {number}\n" + "De raad besluit. " * 200 for number in range(40)]))
    real = sqlite3.connect

    def small(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = real(*args, **kwargs)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 8}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(council.catalogue_file.sqlite3, "connect", small)
        with pytest.raises(DataError, match=r"database or disk is full; make room .* run again") as raised:
            town.night()
    assert raised.value.exit_code == 4
    assert town.standing() == {"bath": LIVE}
    assert town.papers()["bath"].title == "duurder zwembad"
    assert town.night().added == ("long.pdf",)


@pytest.mark.parametrize("begun", [False, True], ids=["before the night", "while it goes on"])
def test_a_catalogue_that_another_program_holds_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    """This test ensures that a night which cannot write says so with its own exit code, also when that begins midway,
    and that the next one does what it left."""
    town.put(bath=BATH, park=PARK)
    town.night()
    town.put(bath=BATH_2, park=BATH)
    other = sqlite3.connect(town.data.catalogue, isolation_level=None)
    real_connect, real_keep = sqlite3.connect, intake.keep

    def held(source: Path, target: Path) -> str:
        if source.name == "park.pdf":
            other.execute("BEGIN IMMEDIATE")
        return real_keep(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(
            council.catalogue_file.sqlite3,
            "connect",
            lambda *args, **kwargs: real_connect(*args, **{**kwargs, "timeout": 0.1}),
        )
        if begun:
            patch.setattr(intake, "keep", held)
        else:
            other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match=r"database is locked: another program writes there; wait until") as raised:
            town.night()
    other.execute("ROLLBACK")
    other.close()
    assert raised.value.exit_code == 6
    assert town.papers()["park"].title == "een stadspark"
    assert town.papers()["bath"].title == ("duurder zwembad" if begun else "nieuw zwembad")
    town.night()
    assert {path: paper.title for path, paper in town.papers().items()} == {
        "bath": "duurder zwembad",
        "park": "nieuw zwembad",
    }


def emptied(source: Path) -> None:
    """Leave the folder on which a share was mounted."""
    for path in source.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize("away", [shutil.rmtree, emptied])
def test_a_source_that_goes_away_midway_takes_nothing_with_it(
    town: Town, monkeypatch: pytest.MonkeyPatch, away: Callable[[Path], None], tmp_path: Path
) -> None:
    """This test ensures that a share that drops out while it is read is an error that says so, that no paper is
    withdrawn for it, and that the next night goes on."""
    town.put(bath=BATH)
    town.night()
    town.put(park=PARK, z=BATH_2)
    shutil.copytree(town.source, tmp_path / "share")

    def dropped(source: Path, target: Path) -> str:
        if source.name == "z.pdf":
            away(town.source)
        return keep(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(intake, "keep", dropped)
        with pytest.raises(DataError, match=r"source went away while it was read .*nothing was withdrawn"):
            town.night()
    assert town.live() == {"bath", "park"}
    shutil.rmtree(town.source, ignore_errors=True)
    shutil.copytree(tmp_path / "share", town.source)
    report = town.night()
    assert (report.added, report.withdrawn, report.refused) == (("park.pdf", "z.pdf"), (), ())


def test_a_source_that_goes_away_while_moves_are_looked_for(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a paper whose new place can no longer be read is not withdrawn for its old one."""
    town.put(bath=BATH)
    town.night()
    town.take("bath")
    town.put(map__bath=BATH)
    real = intake.sha256_of

    def dropped(path: Path) -> str:
        shutil.rmtree(town.source)
        return real(path)

    monkeypatch.setattr(intake, "sha256_of", dropped)
    with pytest.raises(DataError, match="went away while it was read"):
        town.night()
    assert town.live() == {"bath"}


def test_a_source_that_is_gone_before_the_night_changes_nothing(town: Town) -> None:
    """This test ensures that neither a folder that is missing nor an empty one withdraws what was published."""
    town.put(bath=BATH)
    town.night()
    for away in (emptied, shutil.rmtree):
        away(town.source)
        with pytest.raises(UsageError, match=r"is empty|is not a folder"):
            town.night()
        assert town.live() == {"bath"}


def at(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> None:
    """Set the clock of the machine."""

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    clock = SimpleNamespace(datetime=Clock, date=dt.date, UTC=dt.UTC)
    for module in (ingest.run, search.indexing):
        monkeypatch.setattr(module, "dt", clock)


def test_a_clock_that_jumps_back_turns_no_order_round(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that the night after such a jump is the newest all the same: its index is live, the one
    before is what a rollback goes back to, its report is kept and is the one that is mailed."""
    moments = [dt.datetime(year, 11, 25, 2, tzinfo=dt.UTC) for year in (2026, 1999, 1998)]
    generations = []
    for moment, papers in zip(moments, ({"bath": BATH}, {"park": PARK}, {"later": BATH_2}), strict=True):
        at(monkeypatch, moment)
        city.put(**papers)
        generations.append(city.night(keep_reports=2).generation)
        assert must_be_live(city.data).name == generations[-1]
        kept = newest(city.data.reports)
        assert kept is not None
        assert dt.datetime.fromisoformat(json.loads(kept.read_bytes())["begun"]) == moment
    assert generations == sorted(generations)
    assert len(list(city.data.reports.glob("*.json"))) == 2
    assert city.hits("duurder zwembad")[0] == "later"
    assert ingest.run.return_to_former(city.data, city.settings, embedder=FakeEmbedder) == generations[1]
    assert "later" not in city.hits("duurder zwembad")


def test_a_clock_that_jumps_back_brings_nothing_back(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that a paper whose day of withdrawal has come stays away when the clock denies it, and that
    this is said, also in the report."""
    town.put(bath=BATH)
    town.say({"file": "bath.pdf", "withdrawn": "2026-11-20"})
    at(monkeypatch, dt.datetime(2026, 11, 19, 2, tzinfo=dt.UTC))
    town.night()
    assert town.standing() == {"bath": LIVE}
    at(monkeypatch, dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC))
    town.night()
    assert capsys.readouterr().err == ""
    at(monkeypatch, dt.datetime(1970, 1, 1, 2, tzinfo=dt.UTC))
    town.put(park=PARK)
    report = town.night()
    assert town.standing() == {"bath": WITHDRAWN, "park": LIVE}
    (warning,) = report.warnings
    assert warning.startswith("the clock of this machine says 1970-01-01")
    assert warning in capsys.readouterr().err
    assert f"Warning: {warning}" in as_text(report)
    html = [path.read_text(encoding="utf-8") for path in town.data.reports.glob("*.html")]
    assert len([text for text in html if "De klok van de computer staat verkeerd: die zegt 1970-01-01" in text]) == 1


def test_a_night_under_a_clock_in_the_future_is_undone_as_the_manual_says(
    city: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that after the steps in docs/nightly.md, run as they stand there, nothing is left of such a
    night: what it withdrew too early is back, nobody is warned, and reports and generations bear the day of today."""
    city.put(bath=BATH, park=PARK)
    city.say({"file": "bath.pdf", "withdrawn": "2998-01-01"})
    city.night()
    with monkeypatch.context() as patched:
        at(patched, dt.datetime(2999, 11, 25, 2, tzinfo=dt.UTC))
        city.night()
    assert city.standing()["bath"] == WITHDRAWN
    assert "bath" not in city.hits("zwembad")
    capsys.readouterr()
    city.night()
    assert "set it right" in capsys.readouterr().err
    assert city.standing()["bath"] == WITHDRAWN
    manual = (Path(__file__).parents[2] / "docs" / "nightly.md").read_text(encoding="utf-8")
    (steps,) = re.findall(r"<<'END'\n(.*?)\nEND\n", manual, re.DOTALL)
    for path in city.data.reports.glob("2999-*"):
        path.unlink()
    subprocess.run(
        [sys.executable, "-c", steps.replace("/var/lib/raadspoor", str(city.data.root))], check=True, timeout=60
    )
    generation = city.night().generation
    assert capsys.readouterr().err == ""
    assert city.standing()["bath"] == LIVE
    assert city.hits("zwembad")[0] == "bath"
    kept = newest(city.data.reports)
    assert kept is not None
    assert not kept.name.startswith("2999")
    assert generation.startswith("2999")
    shutil.rmtree(city.data.index)
    assert not city.night().generation.startswith("2999")
    assert city.hits("zwembad")[0] == "bath"


def test_an_index_that_lost_a_file_is_whole_again_after_a_night_without_news(
    city: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that a run that finds nothing new looks whether what is published can be read, and tells."""
    city.put(bath=BATH, park=PARK)
    first = city.night().generation
    (city.data.index / first / "words" / "ids.npy").write_bytes(b"")
    with pytest.raises(DataError, match="run raadspoor-ingest again"):
        city.hits("zwembad")
    capsys.readouterr()
    report = city.night()
    assert (report.unchanged, report.generation == first) == (2, False)
    assert re.search(r"the live index is damaged.*/words: ", capsys.readouterr().err)
    assert city.hits("zwembad")[0] == "bath"


@pytest.mark.usefixtures("open_to_all")
def test_what_a_run_makes_is_not_for_other_users_of_the_machine(city: Town) -> None:
    """This test ensures that a paper that is secret cannot be read beside the pages, by its text or by its words."""
    city.put(bath=BATH)
    city.night()
    open_for_others = {path.name for path in city.data.root.iterdir() if path.is_file() and path.stat().st_mode & 0o007}
    assert open_for_others == {"ingest.lock"}
    for folder in (city.data.root, city.data.index):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_an_index_is_not_begun_without_room_for_it(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a disk that would fill up ends in a message, and that the old index goes on answering."""
    city.put(a=BATH)
    city.night()
    city.put(b=PARK)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=100 << 20))
        with pytest.raises(DataError, match=r"may need .* MiB and 100 MiB are free; make room"):
            city.night()
    assert city.hits("zwembad") == ["a"]
    city.night()
    assert city.hits("stadspark")[0] == "b"


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on file size")
def test_a_file_that_cannot_grow_is_trouble_with_the_data_folder(tmp_path: Path) -> None:
    """This test ensures that a real error of the system on writing ends in exit code 4 and a message."""
    put(tmp_path / "source", {"a.pdf": BATH + b"%" * 3_000_000})
    code = (
        "import resource, sys\nfrom ingest.__main__ import main\n"
        "if __name__ == '__main__':\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        f"    sys.exit(main([{str(tmp_path / 'source')!r}, '--data', {str(tmp_path / 'data')!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 4, done.stderr
    assert "File too large; make room" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_of_another_make_is_refused(town: Town) -> None:
    """This test ensures that a folder of an older program is neither searched nor spoiled."""
    town.put(a=BATH)
    town.data.root.mkdir()
    other = sqlite3.connect(town.data.catalogue)
    other.execute("PRAGMA user_version = 99")
    other.execute("CREATE TABLE documents (x)")
    other.commit()
    other.close()
    with pytest.raises(DataError, match="is of make 99"):
        town.night()


@pytest.mark.parametrize("content", [b"", b"this is no database at all, and long enough to tell" * 100])
def test_a_damaged_catalogue_is_told(town: Town, content: bytes) -> None:
    """This test ensures that a damaged file ends in a message, and an empty one in a fresh start."""
    town.put(a=BATH)
    town.data.root.mkdir()
    town.data.catalogue.write_bytes(content)
    if content:
        with pytest.raises(DataError, match="not a database"):
            town.night()
    else:
        assert town.night().added == ("a.pdf",)


def test_a_data_folder_that_cannot_be_made_is_told(town: Town) -> None:
    """This test ensures that a file in the folder's place is explained."""
    town.put(a=BATH)
    town.data.root.write_bytes(b"")
    with pytest.raises(DataError, match=r"File exists|Not a directory"):
        town.night()


def test_kept_bytes_that_were_lost_come_back_with_the_file(town: Town) -> None:
    """This test ensures that a file that is delivered again restores a copy that is missing."""
    town.put(a=BATH)
    town.night()
    shutil.rmtree(town.data.root / "documents")
    town.put(b=BATH)
    town.night()
    assert sha256_of(town.data.original(town.papers()["a"].sha256)) == town.papers()["a"].sha256
