"""A dry run: what it says a run would do is what the run then does, and it changes nothing."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from council import Catalogue, DataError, IngestReport, UsageError, snapshot
from ingest.lock import only_run
from ingest.planning import Plan, plan, plan_json, plan_text
from ingest.scope import Scope
from tests.ingest.conftest import Town
from tests.ingest.papers import a_pdf
from tests.ingest.test_command import command, documented
from tests.ingest.test_nights import BATH, BATH_2, BROKEN, PARK, PERSON

FOREST = a_pdf("Motie\nOnderwerp: een bos\nDatum 4 april 2021\nDe raad draagt het college op bomen te planten.")
SAID = (
    "added",
    "changed",
    "withdrawn",
    "opened",
    "closed",
    "manifest",
    "unchanged",
    "duplicates",
    "refused",
    "held",
    "waiting",
    "partly",
)


def planned(town: Town, scope: Scope | None = None) -> Plan:
    return plan(town.source, town.data, town.settings, municipality="gm9901", scope=scope or Scope())


def said(report: IngestReport) -> dict[str, Any]:
    return {name: getattr(report, name) for name in SAID}


def laid(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return every file and folder with its size, its moment of change and its bytes."""
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *folder.rglob("*")]
    }


@pytest.fixture
def eventful(town: Town) -> Town:
    """Give a town with everything known that can be, and everything delivered that can be told without reading."""
    town.settings = town.settings.model_copy(update={"max_megabytes": 1})
    town.put(same=BATH, old=PARK, gone=FOREST, closed=a_pdf("Brief over de markt"), person=PERSON, broken=BROKEN)
    town.put(away=a_pdf("Nota over de haven"), later=a_pdf("Nota over een brug"))
    town.night()
    town.put(old=BATH_2, new=a_pdf("Motie over een plein"), copy=BATH, map__twin=a_pdf("Motie over een laan"))
    town.put(map__twin_2=a_pdf("Motie over een laan"), big=a_pdf("Nota over zand") + b"%" * (2 << 20), z=PARK)
    town.take("gone", "away")
    town.put(map__away=a_pdf("Nota over de haven"))
    town.say(
        {"file": "closed.pdf", "access": "geheim"},
        {"file": "later.pdf", "withdrawn": "2024-01-01"},
        {"file": "new.pdf", "title": "Een plein", "replaces": "same.pdf"},
        {"file": "nowhere.pdf"},
    )
    return town


SCOPES = [
    Scope(),
    Scope(only=("map/*",)),
    Scope(only=("*o*", "new.pdf")),
    Scope(keep_missing=True),
    Scope(only=("[a-g]*",), keep_missing=True),
]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_a_run_does_what_was_said(eventful: Town, scope: Scope) -> None:
    """This test ensures that each file is where the run then has it, however much of the source is looked at."""
    before = planned(eventful, scope)
    after = eventful.night(scope)
    assert said(before.report) == said(after)
    assert before.to_cut_again == 0


def test_everything_that_can_happen_is_in_that(eventful: Town) -> None:
    """This test ensures that the comparison above is about something: by hand, what such a night does."""
    found = planned(eventful)
    report = found.report
    assert report.added == ("map/twin.pdf", "new.pdf", "z.pdf")  # the last is back under another name
    assert set(report.changed) == {"closed.pdf", "old.pdf"}
    assert set(report.withdrawn) == {"gone.pdf", "later.pdf"}
    assert found.moved == ("map/away.pdf",)
    assert found.to_read == ("map/twin.pdf", "new.pdf", "old.pdf")
    assert {one.path: one.reason for one in report.refused} == {
        "big.pdf": "the file is 2 MiB",
        "broken.pdf": "it is damaged and could not be repaired",
        "nowhere.pdf": "the manifest names it and it is not there",
    }
    assert [one.path for one in report.held] == ["person.pdf"]


def test_nothing_is_changed(eventful: Town) -> None:
    """This test ensures that no name, size, moment or byte of the data folder and the source is another afterwards."""
    before = laid(eventful.data.root) | laid(eventful.source)
    planned(eventful)
    planned(eventful, Scope(only=("map/*",), keep_missing=True))
    assert laid(eventful.data.root) | laid(eventful.source) == before


def test_what_a_killed_run_left_in_the_log_is_seen_and_left(eventful: Town) -> None:
    """This test ensures that the log beside a catalogue counts, although nobody wrote it into the file yet."""
    catalogue = Catalogue(eventful.data.catalogue)
    sha = eventful.papers()["same"].sha256
    with catalogue.writing():
        catalogue.drop_address(str(eventful.source.resolve()), "same.pdf")
    assert eventful.data.catalogue.with_name("catalogue.sqlite-wal").stat().st_size
    before = laid(eventful.data.root)
    found = planned(eventful)
    assert laid(eventful.data.root) == before
    assert catalogue.addresses_of(sha) == ()
    assert "copy.pdf" not in found.report.duplicates or "same.pdf" in found.report.added + found.report.changed
    catalogue.close()


def test_a_dry_run_before_the_first_night_makes_no_data_folder(town: Town) -> None:
    """This test ensures that a clerk may look before there is anything."""
    town.put(bath=BATH, broken=BROKEN)
    found = planned(town)
    assert (found.report.added, found.to_read) == (("bath.pdf", "broken.pdf"),) * 2
    assert not town.data.root.exists()


def test_a_run_that_goes_on_is_not_in_the_way_nor_the_other_way_round(town: Town) -> None:
    """This test ensures that a dry run takes no lock and asks for none."""
    town.put(bath=BATH)
    town.night()
    with only_run(town.data.lock):
        assert planned(town).report.unchanged == 1


def test_a_catalogue_that_is_being_written_is_copied_whole(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """This test ensures that files which change under the copy are not trusted: SQLite then makes it."""
    town.put(bath=BATH)
    town.night()
    ticks = itertools.count()
    monkeypatch.setattr("council.snapshots.change_mark", lambda path: (next(ticks),))
    monkeypatch.setattr("council.snapshots._PAUSE", 0)
    snapshot(town.data.catalogue, tmp_path / "copy.sqlite")
    assert [document.title for document in Catalogue(tmp_path / "copy.sqlite").documents()] == ["nieuw zwembad"]


def test_wrong_usage_is_the_same_as_of_a_run(town: Town) -> None:
    """This test ensures that a plan for nothing, or for another municipality, is refused."""
    town.put(bath=BATH)
    town.night()
    with pytest.raises(UsageError, match="matches nothing"):
        planned(town, Scope(only=("zee/*",)))
    with pytest.raises(UsageError, match="holds the papers of gm9901"):
        plan(town.source, town.data, town.settings, municipality="gm0114", scope=Scope())


def test_a_copy_without_room_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that the remedy for a full temporary folder is named."""
    town.put(bath=BATH)
    town.night()

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.planning.snapshot", full)
    with pytest.raises(DataError, match="No space left on device; make room there, or set TMPDIR"):
        planned(town)


def test_a_plan_is_for_a_person_and_for_a_program(eventful: Town) -> None:
    """This test ensures that it says plainly that nothing was done, names each file, and has the form in the docs."""
    found = planned(eventful)
    text = plan_text(found).splitlines()
    assert text[0] == "Dry run: nothing was changed. A run would do this:"
    assert text[1].startswith("3 added, 2 changed, 2 withdrawn, ")
    assert text[2].startswith("3 files would be read; ")
    for line in ("Would be added: new.pdf", "Would be withdrawn: gone.pdf", "Moved here: map/away.pdf"):
        assert line in text
    form = json.loads(json.dumps(plan_json(found)))
    assert form["dry_run"] is True
    ours = documented("raadspoor-ingest --dry-run --json", 0)
    assert list(form) == [*documented("raadspoor-ingest --json", 0), *ours]


def test_the_command_ends_as_a_scheduler_expects(town: Town) -> None:
    """This test ensures that it ends with 0, with 3 where something is known to be refused, with 2 on wrong usage, and
    prints nothing but the plan."""
    town.put(bath=BATH)
    given = (town.source, "--data", town.data.root, "--municipality", "gm9901", "--dry-run")
    done = command(*given)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Would be added: bath.pdf" in done.stdout
    assert not town.data.root.exists()
    town.put(broken=BROKEN)
    town.night()
    done = command(*given, "--json", RAADSPOOR_READ_SECONDS="60")
    assert (done.returncode, done.stderr) == (3, "")
    assert json.loads(done.stdout)["unchanged"] == 1
    done = command("--rollback", "--data", town.data.root, "--dry-run")
    assert done.returncode == 2
    assert "--only, --keep-missing, --withdraw-all and --dry-run go with a SOURCE" in done.stderr
