"""What a night that came to no report took in or withdrew: the next report tells it, once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import ingest.run
from council import DataError
from ingest import Scope
from ingest.kept import Keeper
from ingest.planning import plan
from tests.ingest.a_night import told
from tests.ingest.conftest import Town
from tests.ingest.test_nights import BATH, BATH_2, PARK

NOTHING = Path("/nothing")


def a_broken_night(town: Town) -> None:
    """Do all that a night does before it publishes."""

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device", "/data/index")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest.run, "build", full)
        with pytest.raises(DataError, match="No space left"):
            town.night()


def said(town: Town) -> list[str]:
    return told(town.data, but=NOTHING)


def test_the_next_report_tells_what_a_broken_night_did(town: Town) -> None:
    """This test ensures that what was added, changed and withdrawn in two nights that failed is told by the night after
    them, though it finds nothing new, and by no other."""
    town.put(bath=BATH, park=PARK)
    town.night()
    town.put(bath=BATH_2)
    a_broken_night(town)
    town.take("park")
    town.put(new=PARK.replace(b"stadspark", b"dorpsbos"))
    a_broken_night(town)
    report = town.night()
    assert (report.added, report.changed, report.withdrawn) == (("new.pdf",), ("bath.pdf",), ("park.pdf",))
    assert report.unchanged == 0
    report = town.night()
    assert (report.added, report.changed, report.withdrawn, report.unchanged) == ((), (), (), 2)
    assert said(town) == ["added bath.pdf", "added new.pdf", "added park.pdf", "changed bath.pdf", "withdrawn park.pdf"]


def test_what_nobody_was_told_of_is_new(town: Town) -> None:
    """This test ensures that the clerk is told the difference with the last report: a paper with a second version
    before the first was told is added, one that went and came back is no news, and one that came and went is
    withdrawn."""
    town.put(park=PARK)
    town.night()
    town.put(bath=BATH, gone=BATH.replace(b"zwembad", b"zaaltje"))
    town.take("park")
    a_broken_night(town)
    town.put(bath=BATH_2, park=PARK)
    town.take("gone")
    report = town.night()
    assert (report.added, report.changed, report.withdrawn) == (("bath.pdf",), (), ("gone.pdf",))
    assert report.unchanged == 1


@pytest.mark.parametrize("scope", [Scope(only=("park*",)), Scope(keep_missing=True)], ids=["only", "keep missing"])
def test_a_night_that_looks_elsewhere_tells_it_too(town: Town, scope: Scope) -> None:
    """This test ensures that a paper is told though the next run does not look for it or it is no longer delivered."""
    town.put(bath=BATH)
    a_broken_night(town)
    if scope.keep_missing:
        town.take("bath")
    town.put(park=PARK)
    assert town.night(scope).added == ("bath.pdf", "park.pdf")
    assert said(town) == ["added bath.pdf", "added park.pdf"]


def test_each_source_tells_of_its_own(town: Town, tmp_path: Path) -> None:
    """This test ensures that the report of another source neither names what lies elsewhere nor makes it forgotten."""
    town.put(bath=BATH)
    a_broken_night(town)
    first, town.source = town.source, tmp_path / "other"
    town.put(park=PARK)
    assert town.night().added == ("park.pdf",)
    town.source = first
    assert town.night().added == ("bath.pdf",)


def test_a_report_that_was_laid_ready_is_kept_by_the_next_night(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a run which is killed when its report is made and does not lie in its folder, or only in
    one of its two forms, loses nothing and doubles nothing."""

    class Killed(BaseException):
        """No part of the run gets a chance to tidy up after it."""

    real = Keeper.put

    def half(keeper: Keeper, files: dict[str, bytes]) -> bool:
        real(keeper, dict(list(files.items())[:1]))
        if files:
            raise Killed
        return True

    town.put(bath=BATH)
    with monkeypatch.context() as patch:
        patch.setattr(Keeper, "put", half)
        with pytest.raises(Killed):
            town.night()
        town.put(park=PARK)
        with pytest.raises(Killed):
            town.night()
    assert town.night().added == ("park.pdf",)
    assert said(town) == ["added bath.pdf", "added park.pdf"]
    assert len(list(town.data.reports.glob("*.html"))) == 2


def test_a_report_that_could_not_be_made_is_told_by_the_next(town: Town) -> None:
    """This test ensures that what stands in no report is told again."""
    town.put(bath=BATH)
    town.data.root.mkdir()
    town.data.reports.write_bytes(b"in the way")
    assert town.night().added == ("bath.pdf",)
    town.data.reports.unlink()
    assert town.night().added == ("bath.pdf",)
    assert town.night().added == ()


def test_a_dry_run_says_what_a_run_would_do(town: Town) -> None:
    """This test ensures that it does not say again what a broken night has done already, and forgets nothing of it."""
    town.put(bath=BATH)
    a_broken_night(town)
    town.put(park=PARK)
    found = plan(town.source, town.data, town.settings, municipality="gm9901", scope=Scope())
    assert (found.report.added, found.report.unchanged) == (("park.pdf",), 1)
    assert town.night().added == ("bath.pdf", "park.pdf")


def test_a_catalogue_of_before_there_was_news_gets_its_tables(town: Town) -> None:
    """This test ensures that a data folder of make 3 is read and brought up to date."""
    town.put(bath=BATH)
    town.night()
    older = sqlite3.connect(town.data.catalogue)
    older.executescript("DROP TABLE news; DROP TABLE outbox; PRAGMA user_version = 3;")
    older.close()
    assert town.live() == {"bath"}
    town.put(park=PARK)
    assert town.night().added == ("park.pdf",)
