"""Night after night: what is new, changed, moved, gone, and said otherwise."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from council import Access, DataFolder, ReadError, State, UsageError, sha256_of
from ingest import intake
from ingest.run import ingest as run_ingest
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import EVERYONE, HELD, LIVE, WITHDRAWN, Town, in_this_process
from tests.ingest.papers import a_locked_pdf, a_pdf

BATH = a_pdf("Raadsvoorstel\nOnderwerp: nieuw zwembad\nDatum 3 maart 2021\nDe raad wordt gevraagd het bad te bouwen.")
BATH_2 = a_pdf("Raadsvoorstel\nOnderwerp: duurder zwembad\nDatum 9 mei 2021\nDe raad wordt gevraagd meer te betalen.")
PARK = a_pdf("Motie\nOnderwerp: een stadspark\nDatum 4 april 2021\nDe raad draagt het college op een park te maken.")
PERSON = a_pdf("Brief\nBetreft: mijn uitkering\nMijn burgerservicenummer is 123456782.\nDatum 1 juni 2021")
BROKEN = b"%PDF-1.7 and nothing more"


def accounted(town: Town, report: object) -> int:
    """Return how many files a report accounts for, each once."""
    names = ("added", "changed", "duplicates", "refused")
    return sum(len(getattr(report, name)) for name in names) + report.unchanged  # type: ignore[attr-defined]


def test_a_first_night_takes_everything_in(town: Town) -> None:
    """This test ensures that new papers are added with what they say of themselves, and their bytes kept."""
    town.put(bath=BATH, moties__park=PARK)
    report = town.night()
    assert report.added == ("bath.pdf", "moties/park.pdf")
    assert (report.pages, report.passages, report.unchanged) == (2, 2, 0)
    bath = town.papers()["bath"]
    assert (bath.title, bath.kind, str(bath.date)) == ("nieuw zwembad", "raadsvoorstel", "2021-03-03")
    assert bath.derived == {"title", "kind", "date", "access"} | ({"body"} if bath.body else set())
    assert sha256_of(town.data.original(bath.sha256)) == bath.sha256
    assert not town.data.incoming.exists()


def test_a_second_night_reads_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that an unchanged folder costs no reading, not even of the files that were refused."""
    town.put(bath=BATH, broken=BROKEN)
    first = town.night()

    def no(*args: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(intake, "keep", no)
    monkeypatch.setattr(intake, "sha256_of", no)
    second = town.night()
    assert (second.unchanged, second.pages, second.added) == (1, 0, ())
    assert second.refused == first.refused


def test_no_byte_of_an_unchanged_file_is_looked_at(town: Town) -> None:
    """This test ensures that a file of the same size and time is the same file, and is not opened to make sure: other
    bytes in its place are not noticed."""
    town.put(bath=BATH, park=PARK)
    town.night()
    for file in town.source.glob("*.pdf"):
        then = file.stat()
        file.write_bytes(b"\0" * then.st_size)
        os.utime(file, ns=(then.st_atime_ns, then.st_mtime_ns))
    report = town.night()
    assert (report.unchanged, report.changed, report.refused) == (2, (), ())
    assert town.live() == {"bath", "park"}


def test_the_same_bytes_at_several_paths_are_one_document(town: Town) -> None:
    """This test ensures that a duplicate is one document with two addresses, also when it comes later."""
    town.put(b=BATH, c=BATH)
    report = town.night()
    assert (report.added, report.duplicates, report.pages) == (("b.pdf",), ("c.pdf",), 1)
    town.put(d=BATH)
    assert town.night().duplicates == ("c.pdf", "d.pdf")
    town.put(a=BATH)
    report = town.night()
    assert report.duplicates == ("b.pdf", "c.pdf", "d.pdf")
    assert town.live() == {"a"}
    town.take("a", "c")
    report = town.night()
    assert (report.withdrawn, report.duplicates, town.live()) == ((), ("d.pdf",), {"b"})
    town.take("b", "d")
    town.put(other=PARK)
    assert town.night().withdrawn == ("d.pdf",)
    assert town.live() == {"other"}


def test_copies_are_read_once_also_while_the_first_is_being_read(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that workers that run ahead never read the same bytes twice, and that each copy is named."""

    def ahead(function: Any, tasks: Any, bounds: Any, *, workers: int) -> Any:
        return in_this_process(function, list(tasks), bounds, workers=workers)

    monkeypatch.setattr(intake, "in_workers", ahead)
    town.put(a=BATH, b=BATH, c=BROKEN, d=BROKEN, e=BATH)
    report = town.night()
    assert (report.added, report.duplicates, report.pages) == (("a.pdf",), ("b.pdf", "e.pdf"), 1)
    assert [item.path for item in report.refused] == ["c.pdf", "d.pdf"]


def test_a_copy_for_reading_that_belongs_to_nothing_is_removed(town: Town) -> None:
    """This test ensures that pages are never shown from a file that the text was not read from."""
    town.put(a=BATH)
    stale = town.data.reading(sha256_of(town.source / "a.pdf"))
    stale.parent.mkdir(parents=True)
    stale.write_bytes(PARK)
    town.night()
    assert not stale.exists()


def test_a_file_that_was_touched_is_the_same_document(town: Town) -> None:
    """This test ensures that a new time on the same bytes changes nothing."""
    town.put(bath=BATH)
    town.night()
    os.utime(town.source / "bath.pdf", (1, 1))
    report = town.night()
    assert (report.added, report.changed, report.unchanged) == ((), (), 1)
    assert town.night().pages == 0


def test_a_file_that_was_moved_never_goes_away(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that moving a folder withdraws nothing, at no moment, and reads nothing again."""
    town.put(map__bath=BATH, map__park=PARK)
    town.night()
    (town.source / "map").rename(town.source / "archief")
    seen = []
    monkeypatch.setattr(intake, "take_in", lambda run, items: seen.append(list(items)))
    monkeypatch.setattr("ingest.run.take_in", lambda run, items: seen.append((list(items), town.live())))
    report = town.night()
    assert seen == [([], {"archief/bath", "archief/park"})]
    assert (report.withdrawn, report.added, report.unchanged) == ((), (), 2)


def test_a_file_that_was_moved_restores_bytes_that_were_lost(town: Town) -> None:
    """This test ensures that a move is only believed if what was kept is still there."""
    town.put(a=BATH)
    town.night()
    shutil.rmtree(town.data.root / "documents")
    town.put(b=BATH)
    town.take("a")
    town.night()
    paper = town.papers()["b"]
    assert (paper.state, town.data.original(paper.sha256).exists()) == ("live", True)


def test_changed_bytes_are_a_new_version(town: Town) -> None:
    """This test ensures that the older version is kept, marked, linked and out of sight."""
    town.put(bath=BATH)
    town.night()
    old = town.papers()["bath"]
    town.put(bath=BATH_2)
    report = town.night()
    assert (report.changed, report.added, report.withdrawn) == (("bath.pdf",), (), ())
    new = town.papers()["bath"]
    assert (new.version_of, new.state, new.title) == (old.sha256, "live", "duurder zwembad")
    kept = town.catalogue.document(old.sha256)
    assert kept is not None
    assert kept.state == "superseded"
    assert town.data.original(old.sha256).exists()


def test_older_bytes_can_come_back(town: Town) -> None:
    """This test ensures that a correction that is taken back leaves the first version live, and no circle behind."""
    before = ""
    for _ in range(2):
        for content in (BATH, BATH_2, PARK):
            town.put(bath=content)
            report = town.night()
            assert (report.added, report.changed)[before != ""] == ("bath.pdf",)
            assert town.standing() == {"bath": LIVE}
            assert town.papers()["bath"].version_of == before
            assert set(town.catalogue.states().values()) <= {State.LIVE, State.SUPERSEDED}
            before = town.papers()["bath"].sha256
            assert len(list(town.catalogue.documents())) == 1
            chain, at = [], town.papers()["bath"].sha256
            while at:
                assert at not in chain
                chain.append(at)
                at = town.catalogue.document(at).version_of  # type: ignore[union-attr]
    assert len(chain) == 3


def test_a_copy_stays_when_the_first_file_gets_other_bytes(town: Town) -> None:
    """This test ensures that a document goes on under the name and the description of the file that still has it."""
    town.put(a=BATH, b=BATH)
    town.say({"file": "a.pdf", "title": "Van a"})
    town.night()
    assert [paper.title for paper in town.papers().values()] == ["Van a", "Van a"]
    town.put(a=PARK)
    town.night()
    assert {path: (paper.filename, paper.title) for path, paper in town.papers().items()} == {
        "a": ("a.pdf", "Van a"),
        "b": ("b.pdf", "nieuw zwembad"),
    }
    assert town.standing() == {"a": LIVE, "b": LIVE}


def test_files_that_swap_names_keep_both_documents(town: Town) -> None:
    """This test ensures that neither paper is lost when two change places."""
    town.put(a=BATH, b=PARK)
    town.night()
    town.put(a=PARK, b=BATH)
    os.utime(town.source / "a.pdf", (5, 5))
    town.night()
    assert town.standing() == {"a": LIVE, "b": LIVE}
    assert {path: paper.title for path, paper in town.papers().items()} == {"a": "een stadspark", "b": "nieuw zwembad"}


def test_a_vanished_file_is_withdrawn_and_may_return(city: Town) -> None:
    """This test ensures that a paper goes with its file, from search too, and comes back with it."""
    city.put(bath=BATH, park=PARK)
    city.night()
    assert city.hits("zwembad bouwen")[0] == "bath"
    city.take("bath")
    report = city.night()
    assert (report.withdrawn, city.live()) == (("bath.pdf",), {"park"})
    assert "bath" not in city.hits("zwembad bouwen")
    city.put(terug=BATH)
    report = city.night()
    assert (report.added, report.pages) == (("terug.pdf",), 0)
    assert city.hits("zwembad bouwen")[0] == "terug"


def test_a_paper_with_a_service_number_is_held_back_and_stays_so(city: Town) -> None:
    """This test ensures that a held paper is never shown: not when it is found, nor after it left and returned."""
    city.put(person=PERSON, park=PARK)
    report = city.night()
    assert [item.path for item in report.held] == ["person.pdf"]
    assert report.added == ("park.pdf", "person.pdf")
    for _ in range(2):
        assert city.standing()["person"] == HELD
        assert "person" not in city.hits("uitkering burgerservicenummer", EVERYONE)
        assert [item.path for item in city.night().held] == ["person.pdf"]
        city.take("person")
        assert city.night().withdrawn == ("person.pdf",)
        city.put(person=PERSON)
        assert [item.path for item in city.night().held] == ["person.pdf"]
    city.put(person=BATH)
    city.night()
    city.put(person=PERSON)
    city.night()
    assert city.standing()["person"] == HELD


def test_what_cannot_be_read_is_refused_and_tried_again_when_that_may_help(town: Town, tmp_path: Path) -> None:
    """This test ensures that the remedy in a refusal works: better bytes, a password, a wider bound."""
    locked = a_locked_pdf("Motie\nOnderwerp: op slot\nDe raad vraagt om een sleutel voor iedereen.", password="sesam")
    town.put(broken=BROKEN, locked=locked, bath=BATH)
    report = town.night()
    assert {item.path: item.reason for item in report.refused} == {
        "broken.pdf": "it is damaged and could not be repaired",
        "locked.pdf": "it is locked with a password",
    }
    assert accounted(town, report) == 3
    (tmp_path / "words").write_text("mis\nsesam\n", encoding="utf-8")
    report = town.night(passwords=str(tmp_path / "words"))
    assert report.added == ("locked.pdf",)
    paper = town.papers()["locked"]
    assert paper.title == "op slot"
    assert town.data.reading(paper.sha256).exists()
    town.put(broken=PARK)
    report = town.night()
    assert (report.added, report.refused) == (("broken.pdf",), ())


def test_a_version_that_cannot_be_read_takes_the_older_one_away(town: Town) -> None:
    """This test ensures that a paper that was replaced is not shown as if it still stood, and the report says so."""
    town.put(bath=BATH)
    town.night()
    town.put(bath=BROKEN)
    report = town.night()
    assert "former version is not shown" in report.refused[0].remedy
    assert town.live() == set()
    town.put(bath=BATH)
    assert town.night().added == ("bath.pdf",)
    assert town.standing() == {"bath": LIVE}


def test_bytes_that_were_refused_once_are_refused_for_every_address(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that each copy of a broken file is named, and read once only."""
    read: list[str] = []
    real = intake.read
    monkeypatch.setattr(intake, "read", lambda task: (read.append(task.path), real(task))[1])
    town.put(a=BROKEN, b=BROKEN, c=BROKEN)
    report = town.night()
    assert [item.path for item in report.refused] == ["a.pdf", "b.pdf", "c.pdf"]
    assert read == ["a.pdf"]
    town.put(d=BROKEN)
    assert len(town.night().refused) == 4


def test_a_file_that_changes_while_it_is_copied_is_left_for_the_next_night(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that no mixture of two versions is ever taken in, and that the known version stays."""
    town.put(bath=BATH)
    town.night()
    town.put(bath=BATH_2)
    real = intake.keep

    def meddled(source: Path, target: Path) -> str:
        digest = real(source, target)
        source.write_bytes(PARK + b"\n% still being written")
        return digest

    monkeypatch.setattr(intake, "keep", meddled)
    report = town.night()
    assert report.refused[0].reason == "it changed while it was being read"
    assert [paper.title for paper in town.papers().values()] == ["nieuw zwembad"]
    assert town.standing() == {"bath": LIVE}
    monkeypatch.undo()


def test_a_file_that_cannot_be_opened_stays_as_it_was(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a lock or a missing right takes nothing away and is tried again."""
    town.put(bath=BATH, park=PARK)
    town.night()
    town.put(bath=BATH_2, fresh=PERSON)
    real = Path.open

    def refused(self: Path, *args: object, **kwargs: object) -> object:
        if self.name in ("bath.pdf", "fresh.pdf") and self.parent == town.source.resolve():
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **kwargs)  # type: ignore[arg-type,call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refused)
        report = town.night()
    assert [item.path for item in report.refused] == ["bath.pdf", "fresh.pdf"]
    assert "Permission denied" in report.refused[0].reason
    assert town.standing() == {"bath": LIVE, "park": LIVE}
    report = town.night()
    assert (report.changed, report.added, report.refused) == (("bath.pdf",), ("fresh.pdf",), ())


def test_a_file_that_is_too_large_is_not_even_copied(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a giant is refused by its size, and read when the bound is raised."""
    town.put(big=BATH + b"%" * (2 << 20))
    monkeypatch.setattr(intake, "keep", lambda *args: pytest.fail("it was copied"))
    report = town.night(max_megabytes=1)
    assert report.refused[0].reason == "the file is 2 MiB"
    monkeypatch.undo()


def test_two_sources_share_a_data_folder(town: Town, tmp_path: Path) -> None:
    """This test ensures that a paper stays while one source still has it, and that no source opens what one closes."""
    town.put(bath=BATH, park=PARK)
    town.say({"file": "bath.pdf", "access": "geheim", "title": "Geheim bad"}, {"file": "park.pdf"})
    town.night()
    other = Town(tmp_path / "other", indexed=False)
    other.data = town.data
    other.put(copy=BATH)
    other.say({"file": "copy.pdf", "access": "openbaar", "title": "Open bad"})
    assert accounted(other, other.night()) == 1
    assert len(list(town.catalogue.documents())) == 2
    for night in (town.night, other.night, town.night):
        night()
        assert other.papers()["copy"].access is Access.GEHEIM
    town.take("bath")
    town.say({"file": "park.pdf"})
    assert town.night().withdrawn == ()
    paper = other.papers()["copy"]
    assert (paper.state, paper.access, paper.title) == ("live", Access.OPENBAAR, "Open bad")


def test_a_data_folder_holds_one_municipality(town: Town) -> None:
    """This test ensures that two towns are never mixed."""
    town.put(bath=BATH)
    town.night()
    with pytest.raises(UsageError, match="gm9901"):
        run_ingest(town.source, town.data, town.settings, municipality="gm0001", embedder=FakeEmbedder)


def test_the_data_folder_may_lie_in_the_source(town: Town) -> None:
    """This test ensures that the copies that are kept are not taken for papers that were delivered."""
    town.data = DataFolder(town.source / "data")
    town.put(bath=BATH)
    assert town.night().added == ("bath.pdf",)
    report = town.night()
    assert (report.added, report.duplicates, report.unchanged) == ((), (), 1)


def test_a_failed_page_is_named_every_night(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a document that is in but not whole is told apart, and stays so until it is replaced."""
    from ingest import pdf_text

    real = pdf_text._page
    broken = pdf_text.PageText(failed=True)
    monkeypatch.setattr(pdf_text, "_page", lambda document, number: broken if number == 1 else real(document, number))
    town.put(bath=a_pdf("Motie\nOnderwerp: half gelezen", "twee", "drie"))
    for _ in range(2):
        report = town.night()
        assert [(item.path, item.reason) for item in report.partly] == [("bath.pdf", "page 2 could not be read")]
    assert town.standing() == {"bath": LIVE}


def test_a_run_reports_how_it_went_to_the_next(town: Town) -> None:
    """This test ensures that the report of the last run is kept."""
    town.put(bath=BATH)
    town.night()
    last = town.catalogue.last_run()
    assert last is not None
    assert last["added"] == ["bath.pdf"]


def test_papers_cut_by_an_older_program_are_cut_again(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a new way of cutting or describing reaches papers that are no longer read."""
    city.put(bath=BATH)
    city.night()
    catalogue = city.catalogue
    sha = next(catalogue.documents()).sha256
    with catalogue.writing():
        catalogue.recut(sha, (), cutting="older")
        catalogue.describe(catalogue.document(sha).__class__(**{  # type: ignore[union-attr]
            **{name: getattr(catalogue.document(sha), name) for name in catalogue.document(sha).__slots__},  # type: ignore[union-attr]
            "title": "oude titel",
        }))  # fmt: skip
    catalogue.close()
    report = city.night()
    assert report.passages == 1
    assert city.papers()["bath"].title == "nieuw zwembad"
    assert city.hits("zwembad") == ["bath"]


def test_an_interrupted_copy_is_cleared_away(town: Town) -> None:
    """This test ensures that scraps of a run that was killed do not pile up."""
    town.put(bath=BATH)
    town.data.incoming.mkdir(parents=True)
    (town.data.incoming / "7.pdf").write_bytes(b"half")
    town.night()
    assert not town.data.incoming.exists()


def test_nothing_can_be_searched_when_everything_was_refused(city: Town) -> None:
    """This test ensures that a folder of broken files gives an empty index and an honest report."""
    city.put(broken=BROKEN)
    report = city.night()
    assert (len(report.refused), report.passages) == (1, 0)
    assert city.hits("zwembad") == []


def test_errors_keep_reason_and_remedy_apart(town: Town) -> None:
    """This test ensures that a tab in a message cannot break what an address keeps."""
    from ingest.running import read_back, written

    refusal, mark = read_back("a.pdf", written(ReadError("een\treden", "een remedie"), "merk"))
    assert (refusal.reason, refusal.remedy, mark) == ("een reden", "een remedie", "merk")


def test_states_are_repaired_after_a_crash(town: Town) -> None:
    """This test ensures that a run puts right whatever a killed one left undone between two transactions."""
    town.put(bath=BATH, park=PARK, person=PERSON)
    town.say({"file": "park.pdf", "withdrawn": "2024-01-01"})
    town.night()
    catalogue = town.catalogue
    with catalogue.writing():
        for paper in town.papers().values():
            catalogue.set_state(paper.sha256, State.SUPERSEDED)
    catalogue.close()
    town.night()
    assert town.standing() == {"bath": LIVE, "park": WITHDRAWN, "person": HELD}


def test_a_document_without_an_address_is_not_shown(town: Town) -> None:
    """This test ensures that nothing stays in search that lies nowhere."""
    town.put(bath=BATH, park=PARK)
    town.night()
    town.take("bath")
    catalogue = town.catalogue
    with catalogue.writing():
        catalogue.drop_address(str(town.source.resolve()), "bath.pdf")
    catalogue.close()
    assert town.night().withdrawn == ("bath.pdf",)
    assert town.live() == {"park"}


def test_a_document_that_the_catalogue_lost_is_read_again(town: Town) -> None:
    """This test ensures that an address alone is not taken for the paper."""
    town.put(bath=BATH)
    town.night()
    catalogue = town.catalogue
    with catalogue.writing():
        catalogue._change("DELETE FROM documents", ())
    catalogue.close()
    assert town.night().added == ("bath.pdf",)
    assert town.standing() == {"bath": LIVE}


def test_a_change_that_keeps_the_size_is_seen(town: Town) -> None:
    """This test ensures that one letter is enough."""
    town.put(bath=BATH)
    town.night()
    town.put(bath=BATH.replace(b"zwembad", b"zeebaad"))
    assert town.night().changed == ("bath.pdf",)
    assert town.papers()["bath"].title == "nieuw zeebaad"
