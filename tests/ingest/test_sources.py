"""Source folders that get another path: a link that leads elsewhere, a folder that is renamed, one that is gone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from council import Access, Busy, IngestReport, NotIngested, OtherSource, UsageError
from ingest import as_text, intake
from ingest.__main__ import main
from ingest.forgetting import forget_source
from ingest.lock import only_run
from ingest.scope import Scope
from ingest.source import look, name_of
from tests.ingest.conftest import HELD, LIVE, WITHDRAWN, Town
from tests.ingest.papers import put
from tests.ingest.test_nights import BATH, BATH_2, PARK, PERSON


class Places:
    """Folders beside one another, and the link that the administrator types."""

    def __init__(self, town: Town, home: Path) -> None:
        self.town, self.home, self.link = town, home, home / "current"
        put(home / "n1", {"bath.pdf": BATH, "park.pdf": PARK})
        put(home / "n2", {"park.pdf": PARK, "new.pdf": BATH_2})

    def turn(self, target: str) -> None:
        """Let the link lead elsewhere, as ``ln -sfn`` does."""
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(target)

    def night(self, source: str, **scope: Any) -> IngestReport:
        self.town.source = self.home / source
        return self.town.night(Scope(**scope))

    def states(self) -> dict[str, str]:
        catalogue = self.town.catalogue
        try:
            return {document.filename: document.state.value for sha in catalogue.states()
                    if (document := catalogue.document(sha)) is not None}  # fmt: skip
        finally:
            catalogue.close()

    def access(self, name: str) -> Access:
        catalogue = self.town.catalogue
        try:
            return next(document.access for document in catalogue.documents() if document.filename == name)
        finally:
            catalogue.close()


@pytest.fixture
def places(town: Town, tmp_path: Path) -> Places:
    return Places(town, tmp_path / "places")


def test_a_link_that_leads_elsewhere_is_the_same_source(places: Places) -> None:
    """This test ensures that a paper which lies only in the folder of before is withdrawn, and one in both is not read
    again."""
    places.turn("n1")
    first = places.night("current")
    assert (first.source, first.added) == (str(places.link), ("bath.pdf", "park.pdf"))
    places.turn("n2")
    report = places.night("current")
    assert (report.withdrawn, report.added, report.pages) == (("bath.pdf",), ("new.pdf",), 1)
    assert report.other_sources == ()
    assert places.states() == {"bath.pdf": WITHDRAWN, "park.pdf": LIVE, "new.pdf": LIVE}


def test_what_an_older_program_knew_is_taken_over(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a data folder whose source is named after what the link leads to is not read again, and
    that the source has its new name from then on."""
    places.turn("n1")
    places.night("current")
    with sqlite3.connect(places.town.data.catalogue) as catalogue:
        catalogue.execute("UPDATE addresses SET source = ?", (str((places.home / "n1").resolve()),))
    catalogue.close()

    def no(*args: object) -> None:
        raise AssertionError("a file was opened")

    with monkeypatch.context() as patch:
        patch.setattr(intake, "keep", no)
        report = places.night("current")
    assert (report.unchanged, report.withdrawn, report.other_sources) == (2, (), ())
    places.turn("n2")
    assert places.night("current").withdrawn == ("bath.pdf",)


def test_a_folder_that_was_renamed_is_told_until_it_is_forgotten(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that papers which no run can withdraw are told in the log, in text and on the page, with how
    many stay findable, and that forgetting their folder withdraws those that lie nowhere else."""
    places.night("n1")
    (places.home / "n1").rename(places.home / "moved")
    (places.home / "moved" / "bath.pdf").unlink()
    old = str(places.home / "n1")
    report = places.night("moved")
    assert report.other_sources == (OtherSource(path=old, papers=1, there=False),)
    assert places.states() == {"bath.pdf": LIVE, "park.pdf": LIVE}
    told = f"{old} is not there any more, and 1 papers of it stay findable"
    assert told in as_text(report) and told in capsys.readouterr().err
    html = "".join(path.read_text(encoding="utf-8") for path in places.town.data.reports.glob("*.html"))
    assert f"raadspoor-ingest --forget-source <bdi>{old}</bdi>" in html
    assert "1 melding vraagt om actie" in html
    done = forget_source(places.town.data, Path(old))
    assert (done.withdrawn, done.elsewhere, done.there) == (("bath.pdf",), 1, False)
    assert places.states() == {"bath.pdf": WITHDRAWN, "park.pdf": LIVE}
    after = places.night("moved")
    assert (after.other_sources, after.unchanged) == ((), 1)
    assert places.states() == {"bath.pdf": WITHDRAWN, "park.pdf": LIVE}


def test_two_folders_that_are_there_are_no_trouble(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that who reads two folders into one data folder is not warned of the other one."""
    places.night("n1")
    report = places.night("n2")
    assert report.other_sources == (OtherSource(path=str(places.home / "n1"), papers=1, there=True),)
    assert "Source is gone" not in as_text(report) + capsys.readouterr().err
    assert places.states()["bath.pdf"] == LIVE


def test_a_forgotten_source_opens_nothing_by_being_silent(places: Places) -> None:
    """This test ensures that what a source closed stays closed without it, and that one which is held back goes too."""
    put(places.home / "n1", {"person.pdf": PERSON, "manifest.jsonl": b'{"file": "park.pdf", "access": "geheim"}'})
    places.night("n1")
    places.night("n2")
    assert places.states()["person.pdf"] == HELD
    done = forget_source(places.town.data, places.home / "n1")
    assert (done.opened, done.there) == ((), True)
    assert done.withdrawn == ("bath.pdf", "person.pdf")
    assert places.access("park.pdf") is Access.GEHEIM


def test_a_forgotten_source_opens_what_another_calls_public(places: Places) -> None:
    """This test ensures that it is told which papers become public because only that source closed them."""
    put(places.home / "n1", {"manifest.jsonl": b'{"file": "park.pdf", "access": "geheim"}'})
    put(places.home / "n2", {"manifest.jsonl": b'{"file": "park.pdf", "access": "openbaar"}'})
    places.night("n1")
    places.night("n2")
    assert places.access("park.pdf") is Access.GEHEIM
    assert forget_source(places.town.data, places.home / "n1").opened == ("park.pdf",)
    assert places.access("park.pdf") is Access.OPENBAAR


def test_forgetting_what_is_not_known_changes_nothing(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a slip is told with what is known, and that the command goes alone."""
    with pytest.raises(NotIngested):
        forget_source(places.town.data, places.home / "n1")
    places.night("n1")
    with pytest.raises(UsageError, match=r"nothing is known of a source .*; known are: .*/n1"):
        forget_source(places.town.data, places.home / "n3")
    with only_run(places.town.data.lock), pytest.raises(Busy):
        forget_source(places.town.data, places.home / "n1")
    assert set(places.states().values()) == {LIVE}
    data = ["--data", str(places.town.data.root)]
    with pytest.raises(SystemExit):
        main([str(places.home / "n2"), *data, "--forget-source", "x"])
    capsys.readouterr()
    assert main([*data, "--forget-source", str(places.home / "n1" / ".." / "n1")]) == 0
    said = capsys.readouterr().out
    assert "2 papers are withdrawn, 0 stay" in said and "The folder is still there" in said
    assert set(places.states().values()) == {WITHDRAWN}


def test_a_source_is_named_as_it_was_typed(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that dots and a relative path name the same source, and that a way back out of a link, which
    leads elsewhere than it looks, is left as it is."""
    places.turn("n1")
    monkeypatch.chdir(places.home)
    for typed in ("current", "./current/", "n2/../current"):
        assert name_of(Path(typed)) == str(places.link)
    put(places.home / "deep" / "n1", {"a.pdf": BATH})
    put(places.home / "deep" / "other", {"a.pdf": BATH})
    places.turn("deep/n1")
    assert name_of(places.link / ".." / "other") == f"{places.link}/../other"
    offer = look(places.link, data=places.home / "data")
    assert (offer.source, offer.root) == (str(places.link), (places.home / "deep" / "n1").resolve())


def test_a_duplicate_is_named_with_what_it_is_the_same_as(places: Places) -> None:
    """This test ensures that the clerk learns which file leads, also when that lies in another source."""
    put(places.home / "n1", {"sub/a.pdf": BATH})
    report = places.night("n1")
    assert (report.duplicates, report.same_as) == (("sub/a.pdf",), ("bath.pdf",))
    assert "Same document twice: sub/a.pdf is the same as bath.pdf" in as_text(report)
    html = "".join(path.read_text(encoding="utf-8") for path in places.town.data.reports.glob("*.html"))
    assert "<bdi>sub/a.pdf</bdi>, hetzelfde als <bdi>bath.pdf</bdi>" in html
    other = places.night("n2")
    assert (other.duplicates, other.same_as) == (("park.pdf",), (f"{places.home}/n1/park.pdf",))
