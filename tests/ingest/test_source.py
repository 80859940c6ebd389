"""What a source offers: which files, under which names, and what cannot be seen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from council import UsageError
from ingest.source import Offer, look
from tests.ingest.conftest import LIVE, Town
from tests.ingest.papers import a_pdf, put
from tests.ingest.test_nights import BATH, PARK

PDF = a_pdf("een pagina")


def offered(source: Path, data: Path | None = None) -> Offer:
    return look(source, data=data or source.parent / "elsewhere")


def paths(source: Path) -> list[str]:
    return [found.path for found in offered(source).found]


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "is not a folder"), ({}, "is empty"), ({"a.txt": b"x", ".b.pdf": PDF}, "holds no PDF")],
)
def test_a_source_without_papers_is_wrong_usage(tmp_path: Path, content: dict[str, bytes] | None, message: str) -> None:
    """This test ensures that a missing folder, an empty one and one without a PDF are told apart.

    An empty folder is often a share that is not there tonight: nothing may be withdrawn because of it.
    """
    source = tmp_path / "source"
    if content is not None:
        put(source, content)
        source.mkdir(exist_ok=True)
    with pytest.raises(UsageError, match=message):
        offered(source)


def test_a_file_is_no_source(tmp_path: Path) -> None:
    """This test ensures that giving a PDF in place of its folder is explained."""
    put(tmp_path, {"a.pdf": PDF})
    with pytest.raises(UsageError, match="is not a folder"):
        offered(tmp_path / "a.pdf")


def test_pdfs_are_found_at_any_depth_in_any_case(tmp_path: Path) -> None:
    """This test ensures that upper-case names and deep folders are seen, and that hidden files are not."""
    names = ("b.PDF", "a.pdf", "diep/er/c.Pdf", ".verborgen/d.pdf", "map/._e.pdf", "f.pdf.txt", "pdf")
    source = put(tmp_path / "source", dict.fromkeys(names, PDF))
    assert paths(source) == ["a.pdf", "b.PDF", "diep/er/c.Pdf"]


def test_links_that_lead_out_are_passed_over(tmp_path: Path) -> None:
    """This test ensures that a link cannot bring in a file from elsewhere, nor a loop hang the run."""
    put(tmp_path, {"elders/geheim.pdf": PDF, "source/a.pdf": PDF})
    source = tmp_path / "source"
    (source / "link.pdf").symlink_to(tmp_path / "elders" / "geheim.pdf")
    (source / "map").symlink_to(tmp_path / "elders")
    (source / "rond").symlink_to(source)
    (source / "binnen.pdf").symlink_to(source / "a.pdf")
    (source / "zelf.pdf").symlink_to(source / "zelf.pdf")
    (source / "dood.pdf").symlink_to(source / "weg.pdf")
    os.mkfifo(source / "pijp.pdf")
    offer = offered(source)
    assert [found.path for found in offer.found] == ["a.pdf", "binnen.pdf"]
    assert [refusal.path for refusal in offer.refused] == ["dood.pdf", "zelf.pdf"]
    assert {refusal.reason for refusal in offer.refused} == {"it is a link that leads nowhere"}
    assert offer.hidden == ("dood.pdf", "zelf.pdf")


def test_odd_names_are_only_names(city: Town) -> None:
    """This test ensures that whatever a file is called, it is read, kept, found and reported."""
    names = ("é ü ß", "a\nb", "\x1b[31mrood", "'; DROP TABLE documents; --", "x" * 250, "漢字😀", " spatie ")
    papers = {f"{name}.pdf": BATH + b"%" * number for number, name in enumerate(names)}
    put(city.source, papers)
    city.say(*({"file": path, "title": f"Bad {number}"} for number, path in enumerate(papers)))
    report = city.night()
    assert sorted(report.added) == sorted(papers)
    assert {path: paper.title for path, paper in city.papers().items()} == {
        name: f"Bad {number}" for number, name in enumerate(names)
    }
    assert city.night().unchanged == len(names)
    assert sorted(city.hits("zwembad")) == sorted(names)


def test_a_name_that_is_no_text_is_written_out(town: Town) -> None:
    """This test ensures that a name in another encoding is kept apart from one that looks like it, and can be named."""
    for name, content in ((b"caf\xe9.pdf", BATH), (b"caf\\xe9.pdf", PARK)):
        (town.source / os.fsdecode(name)).write_bytes(content)
    town.say({"file": "caf\\xe9.pdf", "title": "Gezegd"})
    report = town.night()
    assert sorted(report.added) == ["caf\\xe9.pdf", "caf\\xe9.pdf~"]
    assert town.night().unchanged == 2


def test_accents_may_be_written_in_two_ways(town: Town) -> None:
    """This test ensures that a manifest of one system fits the file names of another."""
    town.put(**{"cafe\u0301": BATH, "caf\u00e9 2": PARK})
    town.say({"file": "caf\u00e9.pdf", "title": "Een"}, {"file": "cafe\u0301 2.pdf", "title": "Twee"})
    report = town.night()
    assert report.refused == ()
    assert {paper.title for paper in town.papers().values()} == {"Een", "Twee"}


def test_the_source_may_not_lie_in_the_data_folder(tmp_path: Path) -> None:
    """This test ensures that what is kept cannot be taken for what is delivered."""
    put(tmp_path, {"data/in/a.pdf": PDF})
    for source in (tmp_path / "data", tmp_path / "data" / "in"):
        with pytest.raises(UsageError, match="lies within the data folder"):
            offered(source, tmp_path / "data")


def closed(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Make folders impossible to look into, for root too."""
    real: Any = os.scandir

    def scandir(path: Any) -> Any:
        if not isinstance(path, int) and Path(path).name in names:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)


def test_a_folder_that_is_closed_tonight_withdraws_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that papers are not taken for gone because their folder cannot be looked into."""
    town.put(a=BATH, map__b=PARK)
    town.night()
    with monkeypatch.context() as patch:
        closed(patch, "map")
        report = town.night()
    assert [(item.path, item.reason) for item in report.refused] == [
        ("map/", "the folder cannot be opened (Permission denied)")
    ]
    assert (report.withdrawn, report.unchanged) == ((), 1)
    assert town.standing() == {"a": LIVE, "map/b": LIVE}


def test_a_source_without_rights_is_not_the_fault_of_its_manifest(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that the folder is named where nothing in it can be read, the manifest included."""
    town.put(a=BATH)
    town.say({"file": "a.pdf"})
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != town.source.resolve())
    with pytest.raises(UsageError, match=r"source cannot be opened \(no rights\); let the user") as error:
        town.night()
    assert "manifest" not in str(error.value)


def test_a_source_that_is_closed_is_wrong_usage(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a source without rights is explained, and nothing changed."""
    town.put(a=BATH)
    town.night()
    closed(monkeypatch, "source")
    with pytest.raises(UsageError, match="cannot be opened"):
        town.night()
    assert town.live() == {"a"}


def test_a_file_that_goes_while_the_list_is_made_is_not_withdrawn(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a file that cannot be asked for is named, and that what is known of it stays."""
    town.put(a=BATH, b=PARK)
    town.night()
    real = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self.name == "b.pdf":
            raise OSError(5, "Input/output error", str(self))
        return real(self, follow_symlinks=follow_symlinks)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", stat)
        report = town.night()
    assert [item.path for item in report.refused] == ["b.pdf"]
    assert (report.withdrawn, town.live()) == ((), {"a", "b"})


def test_a_folder_that_disappears_in_the_night_leaves_the_rest_standing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that a part of the source that is lost between looking and copying is reported file by file."""
    town.put(deel__a=BATH, deel__b=PARK, blijft=BATH + b"\n% another copy\n")
    gone = iter([lambda: town.take("deel__a", "deel__b"), lambda: None])
    monkeypatch.setattr("ingest.run.clear", lambda run: next(gone)())
    report = town.night()
    assert [item.path for item in report.refused] == ["deel/a.pdf", "deel/b.pdf"]
    assert "No such file" in report.refused[0].reason
    assert report.added == ("blijft.pdf",)


def test_what_the_manifest_names_and_is_no_paper_is_told_for_what_it_is(town: Town, tmp_path: Path) -> None:
    """This test ensures that nobody looks for a file that is there: the report says why it is no paper, and leaves out
    nothing that the manifest names."""
    put(town.source, {"a.pdf": BATH, "brief.docx": PDF, "brief": PDF, ".weg.pdf": PDF, "map.pdf/b.pdf": PARK})
    put(tmp_path, {"elders/c.pdf": PDF})
    (town.source / "uit.pdf").symlink_to(tmp_path / "elders" / "c.pdf")
    (town.source / "elders").symlink_to(tmp_path / "elders")
    os.mkfifo(town.source / "pijp.pdf")
    names = ("brief.docx", "brief", ".weg.pdf", "map.pdf", "uit.pdf", "elders/c.pdf", "pijp.pdf", "nergens.pdf")
    town.say({"file": "a.pdf"}, {"file": "map.pdf/b.pdf"}, *({"file": name} for name in names))
    report = town.night()
    assert {one.path: one.reason.removeprefix("the manifest names it") for one in report.refused} == {
        "brief.docx": " and its name does not end in .pdf",
        "brief": " and its name does not end in .pdf",
        ".weg.pdf": ", and its name or that of its folder begins with a dot",
        "map.pdf": " and it is a folder",
        "uit.pdf": " and it is a link, or lies behind one, that is not followed",
        "elders/c.pdf": " and it is a link, or lies behind one, that is not followed",
        "pijp.pdf": " and it is no file but a pipe, a socket or a device",
        "nergens.pdf": " and it is not there",
    }
    assert report.added == ("a.pdf", "map.pdf/b.pdf")


def test_what_lies_in_a_closed_folder_is_not_called_absent(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a folder that cannot be opened is told once, and not again for each line about it."""
    town.put(a=BATH, map__b=PARK)
    town.say({"file": "map/b.pdf"}, {"file": "map/c.pdf"})
    closed(monkeypatch, "map")
    assert [one.path for one in town.night().refused] == ["map/"]
