"""What a manifest once closed, and what opens it again: a line that says so, and never silence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from council import Access, keep
from ingest import intake
from ingest.scope import Scope
from tests.ingest.conftest import EVERYONE, WITHDRAWN, Town
from tests.ingest.papers import a_pdf, put
from tests.ingest.test_nights import BATH, BATH_2, BROKEN, PARK, PERSON
from tests.ingest.test_source import closed as no_entry

SECRET = {"file": "bath.pdf", "access": "geheim"}


def gone(town: Town) -> None:
    (town.source / "manifest.jsonl").unlink()


def emptied(town: Town) -> None:
    (town.source / "manifest.jsonl").write_bytes(b"")


def without_the_line(town: Town) -> None:
    town.say({"file": "park.pdf"})


def without_access(town: Town) -> None:
    town.say({"file": "bath.pdf", "title": "Bad", "access": None})


SILENT = [gone, emptied, without_the_line, without_access]


def closed(town: Town) -> list[tuple[str, str]]:
    """Live through a night, and return what its report lists as closed in silence."""
    return [(one.path, one.reason) for one in town.night().closed]


@pytest.mark.parametrize("silent", SILENT)
def test_silence_opens_nothing(city: Town, silent: Callable[[Town], None]) -> None:
    """This test ensures that a manifest that goes, is cut short or says nothing of access leaves a secret paper secret,
    night after night, with its name in the report, until a line says that it is openbaar."""
    city.put(bath=BATH, park=PARK)
    city.say(SECRET, {"file": "park.pdf"})
    assert closed(city) == []
    silent(city)
    for _ in range(2):
        assert closed(city) == [
            ("bath.pdf", "the manifest said that it is geheim and says nothing of that any more"),
        ]
        assert "bath" not in city.hits("zwembad bouwen")
        assert city.hits("zwembad bouwen", EVERYONE)[0] == "bath"
    city.say({"file": "bath.pdf", "access": "openbaar"})
    report = city.night()
    assert (report.closed, report.opened, report.changed) == ((), ("bath.pdf",), ("bath.pdf",))
    assert city.hits("zwembad bouwen")[0] == "bath"
    gone(city)
    report = city.night()
    assert (report.closed, report.opened) == ((), ())
    assert city.papers()["bath"].access is Access.OPENBAAR


def moved(town: Town) -> None:
    (town.source / "bath.pdf").rename(town.source / "elders.pdf")


def moved_and_changed(town: Town) -> None:
    moved(town)
    town.night()
    town.put(elders=BATH_2)


def changed(town: Town) -> None:
    town.put(bath=BATH_2)


def touched(town: Town) -> None:
    os.utime(town.source / "bath.pdf", (1, 1))


def broken_and_mended(town: Town) -> None:
    town.put(bath=BROKEN)
    town.night()
    town.put(bath=BATH_2)


def away_for_a_night(town: Town) -> None:
    town.take("bath")
    town.night()
    town.put(elders=BATH)


def other_bytes_after_a_night(town: Town) -> None:
    town.take("bath")
    town.night()
    town.put(bath=BATH_2)


def a_copy_stays(town: Town) -> None:
    town.put(elders=BATH)
    town.night()
    town.take("bath")


def a_copy_stays_and_changes(town: Town) -> None:
    a_copy_stays(town)
    town.night()
    town.put(elders=BATH_2)


HISTORIES = [
    moved, moved_and_changed, changed, touched, broken_and_mended, away_for_a_night, other_bytes_after_a_night,
    a_copy_stays, a_copy_stays_and_changes,
]  # fmt: skip


@pytest.mark.parametrize("happened", HISTORIES)
def test_what_was_closed_stays_so_whatever_becomes_of_its_file(town: Town, happened: Callable[[Town], None]) -> None:
    """This test ensures that no move, copy, absence or new version opens a paper of which the manifest fell silent."""
    town.put(bath=BATH, park=PARK)
    town.say(SECRET)
    town.night()
    gone(town)
    happened(town)
    report = town.night()
    (path,) = town.papers().keys() - {"park"}
    assert [one.path for one in report.closed] == [f"{path}.pdf"]
    assert (report.opened, town.papers()[path].access) == ((), Access.GEHEIM)
    town.say({"file": f"{path}.pdf", "access": "openbaar"})
    assert town.night().opened == (f"{path}.pdf",)
    assert town.night().opened == ()


def test_a_line_may_close_it_less(town: Town) -> None:
    """This test ensures that a word on access counts for more than one before, also where it opens nothing."""
    town.put(bath=BATH)
    town.say(SECRET)
    town.night()
    town.say(SECRET | {"access": "besloten"})
    report = town.night()
    assert (report.closed, report.opened, town.papers()["bath"].access) == ((), (), Access.BESLOTEN)


def test_a_copy_that_is_called_public_does_not_open_what_was_closed(town: Town) -> None:
    """This test ensures that the strictest counts, remembered or said, and that the closed copy is named."""
    town.put(bath=BATH, copy=BATH)
    town.say(SECRET, {"file": "copy.pdf", "access": "openbaar"})
    town.night()
    town.say({"file": "copy.pdf", "access": "openbaar"})
    assert [path for path, _ in closed(town)] == ["copy.pdf"]
    assert {paper.access for paper in town.papers().values()} == {Access.GEHEIM}


def test_what_comes_back_to_the_public_by_the_manifest_is_named(town: Town) -> None:
    """This test ensures that a withdrawal, a replacement and a restriction that end are told, and nothing else: no new
    paper, none that returns, none that was refused or held back."""
    person = a_pdf("Brief\nBetreft: een uitkering\nDatum 1 juni 2021")
    town.put(back=BATH, old=PARK, new=BATH_2, person=PERSON, weg=a_pdf("Nota over de haven"), kapot=BROKEN)
    town.say({"file": "back.pdf", "withdrawn": "2024-01-01"}, {"file": "new.pdf", "replaces": "old.pdf"})
    town.night()
    town.take("weg")
    town.night()
    town.say()
    town.put(weg=a_pdf("Nota over de haven"), person=person, kapot=a_pdf("Brief over de markt"))
    town.put(fresh=a_pdf("Motie over een plein"))
    assert town.night().opened == ("back.pdf", "old.pdf")


CLOSING = [
    {"file": "map/bath.pdf", "access": "geheim"},
    {"file": "map/bath.pdf", "access": "besloten", "title": "Bad"},
    {"file": "map/bath.pdf", "withdrawn": "2024-01-01"},
]


def the_file(patch: pytest.MonkeyPatch) -> None:
    real = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self.name == "bath.pdf":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, follow_symlinks=follow_symlinks)

    patch.setattr(Path, "stat", stat)


def the_folder(patch: pytest.MonkeyPatch) -> None:
    no_entry(patch, "map")


def being_written(patch: pytest.MonkeyPatch) -> None:
    def meddled(source: Path, target: Path) -> str:
        digest = keep(source, target)
        if source.name == "bath.pdf":
            source.write_bytes(PARK + b"\n% still being written")
        return digest

    patch.setattr(intake, "keep", meddled)


@pytest.mark.parametrize("line", CLOSING, ids=["geheim", "besloten", "withdrawn"])
@pytest.mark.parametrize("unseen", [the_file, the_folder, being_written])
def test_a_line_closes_what_cannot_be_looked_at(
    city: Town, monkeypatch: pytest.MonkeyPatch, unseen: Callable[[pytest.MonkeyPatch], None], line: dict[str, Any]
) -> None:
    """This test ensures that a paper is closed or withdrawn by its line on the very night on which its file or folder
    cannot be opened, or its bytes change under the reader."""
    city.put(map__bath=BATH, park=PARK)
    city.night()
    assert "map/bath" in city.hits("zwembad bouwen")
    city.say(line)
    if unseen is being_written:
        city.put(map__bath=BATH_2)
    with monkeypatch.context() as patch:
        unseen(patch)
        report = city.night()
    assert len(report.refused) == 1
    assert "map/bath" not in city.hits("zwembad bouwen")
    paper = city.papers()["map/bath"]
    assert (paper.access is not Access.OPENBAAR) == ("access" in line)
    assert paper.title == "nieuw zwembad"


def test_a_line_opens_nothing_that_cannot_be_looked_at(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a word that may be meant for a new version opens neither the old one, nor brings back one
    that was withdrawn, until the file was read."""
    town.put(map__bath=BATH, map__park=PARK)
    town.say({"file": "map/bath.pdf", "access": "geheim"}, {"file": "map/park.pdf", "withdrawn": "2024-01-01"})
    town.night()
    town.say({"file": "map/bath.pdf", "access": "openbaar"}, {"file": "map/park.pdf", "access": "openbaar"})
    with monkeypatch.context() as patch:
        the_folder(patch)
        report = town.night()
    assert (report.opened, town.papers()["map/bath"].access) == ((), Access.GEHEIM)
    assert town.standing()["map/park"] == WITHDRAWN
    assert town.night().opened == ("map/bath.pdf", "map/park.pdf")


@pytest.mark.parametrize("line", CLOSING, ids=["geheim", "besloten", "withdrawn"])
@pytest.mark.parametrize("missing", [False, True])
def test_a_line_closes_what_the_pattern_leaves_out(city: Town, line: dict[str, Any], missing: bool) -> None:
    """This test ensures that --only limits which files are read, and not which papers are closed and withdrawn."""
    city.put(map__bath=BATH, park=PARK)
    city.night()
    city.say(line)
    if missing:
        city.take("map__bath")
    city.night(Scope(only=("park.pdf",)))
    assert "map/bath" not in city.hits("zwembad bouwen")


def test_a_line_of_another_spelling_is_not_that_of_a_missing_paper(town: Town) -> None:
    """This test ensures that of two names that differ in how their accent is written, each keeps its own line."""
    put(town.source, {"cafe\u0301.pdf": BATH})
    town.say({"file": "cafe\u0301.pdf", "access": "geheim"})
    town.night()
    town.take("cafe\u0301")
    put(town.source, {"caf\u00e9.pdf": PARK})
    town.say({"file": "caf\u00e9.pdf", "access": "openbaar"})
    report = town.night(Scope(keep_missing=True))
    assert report.opened == ()
    assert town.papers()["cafe\u0301"].access is Access.GEHEIM
