"""What a manifest may say, what stops a run, and what follows from it night after night."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Access, Kind, ManifestError
from ingest.manifest import Entry, entry_of, must_be_no_other, read_manifest
from tests.fakes import odd_text
from tests.ingest.conftest import EVERYONE, HELD, LIVE, SUPERSEDED, WITHDRAWN, Town
from tests.ingest.papers import a_pdf, put
from tests.ingest.test_nights import BATH, BATH_2, PARK, PERSON

SECRET = a_pdf("GEHEIM\nBijlage bij het raadsvoorstel over de grondaankoop\nDe prijs is 4 miljoen euro.")
FULL = {
    "file": "map/a.pdf",
    "title": "Bad  in\nhet dorp",
    "kind": "motie",
    "date": "2024-03-12",
    "body": "gemeenteraad",
    "meeting": "2024-03-28",
    "agenda_item": 7,
    "case_number": "Z-24-1",
    "source_url": "https://raad.example.nl/stuk/1?a=b",
    "access": "besloten",
    "replaces": "map/oud.pdf",
    "withdrawn": "2030-01-01",
}
GOOD = json.dumps({"file": "goed.pdf"})

WRONG = [
    ("{", "line 2"),
    ("[1, 2]", "line 2: not a JSON object"),
    ('"a.pdf"', "line 2: not a JSON object"),
    ("null", "line 2: not a JSON object"),
    ("[" * 100_000, "line 2: not a JSON object"),
    ("{}", "line 2: file must be the path"),
    ('{"file": ""}', "line 2: file must be the path"),
    ('{"file": "  "}', "line 2: file must be the path"),
    ('{"file": 3}', "line 2: file must be the path"),
    ('{"file": "a\\u0000.pdf"}', "line 2: file must be the path"),
    ('{"file": "../a.pdf"}', "line 2: file '../a.pdf' leads out of the source"),
    ('{"file": "x/../../a.pdf"}', "leads out of the source"),
    ('{"file": "/etc/passwd"}', "leads out of the source"),
    ('{"file": "."}', "leads out of the source"),
    ('{"file": "a.pdf", "replaces": "/b.pdf"}', "line 2: replaces '/b.pdf' leads out of the source"),
    ('{"file": "goed.pdf"}', "line 2: file 'goed.pdf' is named twice"),
    ('{"file": "./goed.pdf"}', "line 2: file 'goed.pdf' is named twice"),
    ('{"file": "a.pdf", "acces": "geheim"}', "line 2: unknown field 'acces'; known are access, agenda_item, body"),
    ('{"file": "a.pdf", "access": "geheim", "access": "openbaar"}', "line 2: field 'access' is given twice"),
    ('{"file": "a.pdf", "kind": "Motie"}', "line 2: kind 'Motie' is none of raadsvoorstel"),
    ('{"file": "a.pdf", "kind": ["motie"]}', "none of raadsvoorstel"),
    ('{"file": "a.pdf", "access": "intern"}', "access 'intern' is none of openbaar, besloten, geheim"),
    ('{"file": "a.pdf", "access": true}', "access 'True' is none of"),
    ('{"file": "a.pdf", "date": "12-03-2024"}', "date '12-03-2024' is no date like 2024-03-12"),
    ('{"file": "a.pdf", "date": "20240312"}', "is no date"),
    ('{"file": "a.pdf", "date": "2024-02-30"}', "is no date"),
    ('{"file": "a.pdf", "date": 20240312}', "is no date"),
    ('{"file": "a.pdf", "meeting": "morgen"}', "meeting 'morgen' is no date"),
    ('{"file": "a.pdf", "withdrawn": true}', "withdrawn 'True' is no date"),
    ('{"file": "a.pdf", "title": ["x"]}', "title must be text"),
    ('{"file": "a.pdf", "title": false}', "title must be text"),
    ('{"file": "a.pdf", "title": 1e400}', "title must be text"),
    ('{"file": "a.pdf", "title": "\\ud800"}', "title holds half a character"),
    ('{"file": "a.pdf", "title": "%s"}' % ("x" * 2001), "title is longer than 2000 characters"),
    ('{"file": "a.pdf", "source_url": "javascript:alert(1)"}', "source_url 'javascript:alert(1)' is no web address"),
    ('{"file": "a.pdf", "source_url": "raad.example.nl/1"}', "is no web address"),
    ('{"file": "a.pdf", "source_url": "http://[::1"}', "line 2"),
    ('{"file": "a.pdf", "title": %s}' % ("9" * 5000), "line 2"),
    ('{"file": "a.pdf", "replaces": "a.pdf"}', "a.pdf replaces a.pdf"),
    (
        '{"file": "a.pdf", "replaces": "b.pdf"}\n{"file": "b.pdf", "replaces": "a.pdf"}',
        "a.pdf replaces b.pdf replaces a",
    ),
]


def manifest(folder: Path, text: str | bytes) -> Path:
    path = folder / "manifest.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize(("line", "message"), WRONG, ids=[str(number) for number, _ in enumerate(WRONG)])
def test_a_line_that_cannot_be_used_is_named_by_its_number(tmp_path: Path, line: str, message: str) -> None:
    """This test ensures that who repairs a manifest is told which line, what is wrong, and that nothing happened."""
    with pytest.raises(ManifestError) as raised:
        read_manifest(manifest(tmp_path, f"{GOOD}\n{line}\n"))
    assert message in str(raised.value)
    assert "Nothing was changed" in str(raised.value)
    assert len(str(raised.value)) < 1_000


def test_many_wrong_lines_are_counted(tmp_path: Path) -> None:
    """This test ensures that a manifest in another form does not flood the screen."""
    with pytest.raises(ManifestError, match=r"line 10: .* \(and 990 more\)"):
        read_manifest(manifest(tmp_path, "file;title\n" * 1000))


def test_a_manifest_that_is_no_file_or_no_text_is_refused(tmp_path: Path) -> None:
    """This test ensures that a folder or bytes of another encoding in the manifest's place stop the run."""
    with pytest.raises(ManifestError, match="line 1"):
        read_manifest(manifest(tmp_path, b'{"file": "caf\xe9.pdf"}'))
    (tmp_path / "manifest.jsonl").unlink()
    (tmp_path / "manifest.jsonl").mkdir()
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(tmp_path / "manifest.jsonl")


def test_a_whole_line_is_read(tmp_path: Path) -> None:
    """This test ensures that every field arrives, that white space is folded and that numbers may stand for text."""
    text = "\ufeff" + json.dumps(FULL, ensure_ascii=False) + "\r\n\r\n" + json.dumps({"file": "b.pdf", "title": None})
    entries = read_manifest(manifest(tmp_path, text))
    assert entries["map/a.pdf"] == Entry(
        file="map/a.pdf",
        title="Bad in het dorp",
        kind=Kind.MOTIE,
        date=dt.date(2024, 3, 12),
        body="gemeenteraad",
        meeting=dt.date(2024, 3, 28),
        agenda_item="7",
        case_number="Z-24-1",
        source_url="https://raad.example.nl/stuk/1?a=b",
        access=Access.BESLOTEN,
        replaces="map/oud.pdf",
        withdrawn=dt.date(2030, 1, 1),
    )
    assert entries["b.pdf"] == Entry(file="b.pdf")


def test_no_manifest_is_an_empty_one(tmp_path: Path) -> None:
    """This test ensures that a folder without a manifest is as good."""
    assert read_manifest(tmp_path / "manifest.jsonl") == {}


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | odd_text()
LINES = st.fixed_dictionaries({}, optional={name: st.just(FULL[name]) | odd_text() for name in FULL}) | st.dictionaries(
    st.sampled_from([*FULL, "acces"]), VALUES | st.lists(VALUES, max_size=2), max_size=3
)
PATHS = st.lists(st.sampled_from(["..", ".", "a", "/", "b.pdf", "", "c\\d", "~", "\x00", "x.pdf"]), max_size=5)


@given(line=LINES, path=PATHS)
def test_no_line_leads_out_of_the_source_or_breaks_a_run(
    tmp_path_factory: Any, line: dict[str, Any], path: Any
) -> None:
    """This test ensures that a line gives an entry whose paths stay inside, which can be kept and read back, or a
    message."""
    folder = tmp_path_factory.mktemp("manifest")
    line = {**line, "file": line.get("file", "/".join(path))}
    try:
        entries = read_manifest(manifest(folder, json.dumps(line)))
    except ManifestError as error:
        assert "line 1" in str(error) or "replaces" in str(error)
        return
    for entry in entries.values():
        for inside in (entry.file, entry.replaces):
            assert not PurePosixPath(inside).is_absolute()
            assert ".." not in PurePosixPath(inside).parts
            assert (folder / inside).is_relative_to(folder)
        assert entry.source_url.split(":")[0] in ("", "http", "https")
        assert all("\0" not in str(getattr(entry, name)) for name in Entry.__slots__)
        assert entry_of(entry.as_text()) == entry


@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_break_a_run(tmp_path_factory: Any, raw: bytes) -> None:
    """This test ensures that anything at all in the manifest's place is read or refused."""
    try:
        read_manifest(manifest(tmp_path_factory.mktemp("manifest"), raw))
    except ManifestError as error:
        assert "line" in str(error)


# Night after night


def test_what_the_manifest_says_is_not_derived(town: Town) -> None:
    """This test ensures that a clerk's word counts for more than the paper's own, and is told apart from it."""
    town.put(map__a=BATH)
    town.say(FULL | {"withdrawn": None})
    town.night()
    paper = town.papers()["map/a"]
    assert (paper.title, paper.kind, paper.access) == ("Bad in het dorp", Kind.MOTIE, Access.BESLOTEN)
    assert (paper.agenda_item, paper.case_number, paper.meeting) == ("7", "Z-24-1", dt.date(2024, 3, 28))
    assert paper.derived == frozenset()


def test_a_field_that_is_no_longer_said_falls_back_to_the_paper(town: Town) -> None:
    """This test ensures that a line that is taken out leaves nothing behind, without reading the file again."""
    town.put(map__a=BATH, b=PARK)
    town.night()
    before = town.papers()
    full = FULL | {"withdrawn": None, "access": None}
    town.say(full, {"file": "b.pdf", "title": "Iets anders"})
    report = town.night()
    assert (report.changed, report.pages) == (("b.pdf", "map/a.pdf"), 0)
    town.say({"file": "b.pdf", "title": "Weer iets anders"})
    report = town.night()
    assert report.changed == ("b.pdf", "map/a.pdf")
    assert town.papers()["map/a"] == before["map/a"]
    (town.source / "manifest.jsonl").unlink()
    town.night()
    assert town.papers() == before


def test_a_paper_that_becomes_secret_leaves_the_public_at_once(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that access is narrowed before anything slow begins, and holds although the index is old."""
    city.put(bath=BATH, park=PARK)
    city.night()
    assert city.hits("zwembad bouwen")[0] == "bath"
    city.say({"file": "bath.pdf", "access": "geheim"})
    city.put(fresh=BATH_2)

    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.intake.keep", killed)
    with pytest.raises(KeyboardInterrupt):
        city.night()
    assert "bath" not in city.hits("zwembad bouwen")
    assert "bath" not in city.hits("zwembad bouwen", EVERYONE)  # not before the next index knows who may see it
    monkeypatch.undo()


def test_a_paper_that_is_taken_back_goes_before_anything_slow_begins(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that withdrawals, in the manifest or by a missing file, do not wait for new papers."""
    town.put(bath=BATH, park=PARK)
    town.night()
    town.say({"file": "bath.pdf", "withdrawn": "2024-01-01"})
    town.take("park")
    town.put(fresh=BATH_2)

    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.intake.keep", killed)
    with pytest.raises(KeyboardInterrupt):
        town.night()
    assert town.live() == set()
    monkeypatch.undo()


def test_a_paper_that_was_secret_is_found_by_who_may_see_it(city: Town) -> None:
    """This test ensures that access works in both directions."""
    city.put(bath=BATH, park=PARK)
    city.say({"file": "bath.pdf", "access": "geheim"})
    city.night()
    assert "bath" not in city.hits("zwembad bouwen")
    assert city.hits("zwembad bouwen", EVERYONE)[0] == "bath"
    city.say({"file": "bath.pdf", "access": "openbaar"})
    assert city.night().changed == ("bath.pdf",)
    assert city.hits("zwembad bouwen")[0] == "bath"


def test_a_paper_that_calls_itself_secret_is_not_opened_by_silence(town: Town) -> None:
    """This test ensures that only a word on access opens a paper that says of itself that it is secret."""
    town.put(secret=SECRET)
    for lines, access in (
        ([], Access.GEHEIM),
        ([{"file": "secret.pdf", "title": "Bijlage"}], Access.GEHEIM),
        ([{"file": "secret.pdf", "access": "openbaar"}], Access.OPENBAAR),
        ([{"file": "secret.pdf"}], Access.GEHEIM),
    ):
        town.say(*lines)
        town.night()
        assert town.papers()["secret"].access is access


def test_of_two_addresses_the_stricter_access_counts(town: Town) -> None:
    """This test ensures that a copy of a secret paper that is listed as public does not open it, in either order."""
    town.put(a=BATH, b=BATH)
    for first, second in (("geheim", "openbaar"), ("openbaar", "besloten"), ("besloten", "geheim")):
        town.say({"file": "a.pdf", "access": first}, {"file": "b.pdf", "access": second})
        town.night()
        strictest = max(first, second, key=["openbaar", "besloten", "geheim"].index)
        assert {paper.access.value for paper in town.papers().values()} == {strictest}
        assert town.night().changed == ()


def test_a_withdrawn_paper_is_gone_until_the_line_changes(town: Town) -> None:
    """This test ensures that taking a paper back and bringing it in again both work, and a date to come waits."""
    town.put(bath=BATH, person=PERSON)
    town.say({"file": "bath.pdf", "withdrawn": "2024-01-01"}, {"file": "person.pdf", "withdrawn": "2024-01-01"})
    report = town.night()
    assert report.withdrawn == ("bath.pdf", "person.pdf")
    assert town.standing() == {"bath": WITHDRAWN, "person": WITHDRAWN}
    assert town.night().withdrawn == ()
    town.say({"file": "bath.pdf", "withdrawn": "9999-01-01"})
    report = town.night()
    assert town.standing() == {"bath": LIVE, "person": HELD}
    assert report.added == ("bath.pdf", "person.pdf")
    town.say({"file": "bath.pdf", "withdrawn": "2024-01-01"})
    assert town.night().withdrawn == ("bath.pdf",)


def test_a_withdrawn_paper_may_be_taken_away_while_its_line_stays(town: Town) -> None:
    """This test ensures that the record of a withdrawal is no complaint about a missing file."""
    town.put(bath=BATH, park=PARK)
    town.say({"file": "bath.pdf", "withdrawn": "2024-01-01"}, {"file": "park.pdf"})
    town.night()
    town.take("bath")
    report = town.night()
    assert (report.refused, report.withdrawn) == ((), ())


def test_a_paper_that_is_replaced_is_an_older_version_as_long_as_that_is_said(town: Town) -> None:
    """This test ensures that the manifest can name an older version, and take that back."""
    town.put(old=BATH, new=BATH_2)
    town.say({"file": "new.pdf", "replaces": "old.pdf"})
    town.night()
    assert town.standing() == {"old": SUPERSEDED, "new": LIVE}
    assert town.papers()["new"].version_of == town.papers()["old"].sha256
    town.say({"file": "new.pdf"})
    report = town.night()
    assert town.standing() == {"old": LIVE, "new": LIVE}
    assert report.added == ("old.pdf",)
    town.say({"file": "new.pdf", "replaces": "old.pdf"})
    town.take("old")
    town.night()
    (town.source / "manifest.jsonl").unlink()
    town.put(old=BATH)
    town.night()
    assert town.standing() == {"old": LIVE, "new": LIVE}


def test_an_older_version_that_was_delivered_before_is_linked_when_its_file_goes(town: Town) -> None:
    """This test ensures that a correction under another name is known as a correction."""
    town.put(old=BATH)
    town.night()
    old = town.papers()["old"].sha256
    town.take("old")
    town.put(new=BATH_2)
    town.say({"file": "new.pdf", "replaces": "old.pdf"})
    town.night()
    kept = town.catalogue.document(old)
    assert kept is not None
    assert kept.state == SUPERSEDED
    assert town.papers()["new"].version_of == old


def test_a_line_without_a_file_is_reported_and_the_rest_goes_on(town: Town) -> None:
    """This test ensures that one missing file does not stop a night."""
    town.put(bath=BATH)
    town.say({"file": "bath.pdf"}, {"file": "weg.pdf", "access": "openbaar"})
    report = town.night()
    assert (report.added, [item.path for item in report.refused]) == (("bath.pdf",), ["weg.pdf"])


def test_a_secret_line_without_a_file_keeps_new_files_without_a_line_out(town: Town) -> None:
    """This test ensures that a slip in the name of a secret paper does not publish it."""
    town.put(bath=BATH, known=PARK)
    town.night()
    town.put(geheim_stuk=PERSON.replace(b"123456782", b"123456780"))
    town.say({"file": "geheim-stuk.pdf", "access": "geheim"}, {"file": "bath.pdf", "title": "Bad"})
    report = town.night()
    assert [item.path for item in report.refused] == ["geheim-stuk.pdf", "geheim_stuk.pdf"]
    assert "restricts access" in report.refused[1].reason
    assert town.live() == {"bath", "known"}
    town.say({"file": "geheim_stuk.pdf", "access": "geheim"})
    assert town.night().added == ("geheim_stuk.pdf",)


def test_a_secret_paper_that_is_renamed_does_not_become_public(town: Town) -> None:
    """This test ensures that a new name that the manifest does not know yet opens nothing."""
    town.put(geheim=BATH)
    town.say({"file": "geheim.pdf", "access": "geheim"})
    town.night()
    (town.source / "geheim.pdf").rename(town.source / "nieuw.pdf")
    report = town.night()
    assert [item.path for item in report.refused] == ["geheim.pdf", "nieuw.pdf"]
    assert town.live() == set()
    town.say({"file": "nieuw.pdf", "access": "geheim"})
    town.night()
    assert town.papers()["nieuw"].access is Access.GEHEIM
    assert town.standing() == {"nieuw": LIVE}


def test_a_wrong_line_changes_nothing(town: Town) -> None:
    """This test ensures that a run stops before it does anything."""
    town.put(bath=BATH)
    town.night()
    town.take("bath")
    town.put(park=PARK)
    (town.source / "manifest.jsonl").write_text('{"file": "park.pdf", "access": "gehiem"}\n', encoding="utf-8")
    with pytest.raises(ManifestError, match="line 1"):
        town.night()
    assert town.live() == {"bath"}


def test_a_wrong_line_does_not_even_make_a_data_folder(town: Town) -> None:
    """This test ensures that wrong usage leaves no trace."""
    town.put(bath=BATH)
    (town.source / "manifest.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(ManifestError):
        town.night()
    assert not town.data.root.exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"file": "a.pdf"} {"file": "b.pdf"}', "from character 19 on: the line goes on after its object"),
        ('{"file": }', "from character 10 on: a value is missing"),
        ('{"file": "a.pdf" "title": "x"}', "a comma is missing"),
        ('{"file" "a.pdf"}', "a colon is missing"),
        ('{"file": "a.pdf', "a text has no double quote at its end"),
        ("{file: 1}", "the name of a field must stand there, between double quotes"),
        ('{"file": "a\\x.pdf"}', "a backslash must be written twice"),
    ],
)
def test_a_line_that_is_no_json_is_told_plainly(tmp_path: Path, line: str, told: str) -> None:
    """This test ensures that the clerk reads which line, from where on and what is wrong, and one number of a line."""
    path = tmp_path / "manifest.jsonl"
    path.write_text(f'{{"file": "eerste.pdf"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(ManifestError) as error:
        read_manifest(path)
    said = str(error.value)
    assert told in said
    assert re.findall(r"line \d+", said) == ["line 2"]


def test_a_manifest_in_another_encoding_is_told_plainly(tmp_path: Path) -> None:
    """This test ensures that no codec or byte is named where the remedy is to save the file otherwise."""
    path = tmp_path / "manifest.jsonl"
    path.write_bytes('{"file": "café.pdf"}'.encode("latin-1"))
    with pytest.raises(ManifestError, match="line 1: it holds letters that are not UTF-8; save the manifest as UTF-8"):
        read_manifest(path)


STRAYS = ["Manifest.jsonl", "manifest.json", "manifest.ndjson", "manifest.jsonl.txt", "sub/manifest.jsonl",
          "sub/MANIFEST.JSONL"]  # fmt: skip


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("name", STRAYS)
def test_a_manifest_of_another_name_or_place_stops_the_run(town: Town, name: str, beside: bool) -> None:
    """This test ensures that what somebody took for the manifest is named, also beside the real one, and that nothing
    that it closes is published."""
    put(town.source, {"bath.pdf": BATH, name: b'{"file": "bath.pdf", "access": "geheim"}'})
    if beside:
        town.say({"file": "bath.pdf"})
    with pytest.raises(ManifestError, match=re.escape(name) + " would be passed over.*Nothing was changed"):
        town.night()
    assert not town.data.root.exists()


def test_what_may_be_no_manifest_is_told_and_stops_nothing(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a file of another program in a subfolder is remarked on in the report and in the log, and
    that one in a hidden folder, and the manifest itself, are not."""
    put(town.source, {"bath.pdf": BATH, "sub/manifest.json": b"{}", ".git/manifest.jsonl": b""})
    town.say({"file": "bath.pdf"})
    report = town.night()
    assert [(one.path, one.reason) for one in report.manifest] == [
        ("sub/manifest.json", "it looks like a manifest and is not read")
    ]
    assert report.added == ("bath.pdf",)
    assert capsys.readouterr().err.count("sub/manifest.json looks like a manifest and is not read") == 1


def test_where_capitals_do_not_count_the_manifest_is_the_manifest(tmp_path: Path) -> None:
    """This test ensures that a disk that gives the file under both names does not stop a run."""
    (tmp_path / "Manifest.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "manifest.jsonl").hardlink_to(tmp_path / "Manifest.jsonl")
    assert must_be_no_other(tmp_path, ["Manifest.jsonl"]) == ()
