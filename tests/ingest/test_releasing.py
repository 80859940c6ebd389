"""A clerk releases a paper that is held back, or holds one back: what comes of it, that night and every night after."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from council import Access, Busy, Catalogue, Decided, NotIngested, UsageError
from council.settings import Settings
from ingest import as_text
from ingest.__main__ import main
from ingest.lock import only_run
from ingest.releasing import decide
from ingest.showing import as_json as shown_json
from ingest.showing import as_text as shown_text
from ingest.showing import shown
from search import Engine
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import EVERYONE, HELD, LIVE, WITHDRAWN, Town
from tests.ingest.papers import a_pdf, a_scan, joined
from tests.ingest.test_nights import BATH, PERSON
from tests.ingest.test_scans import LETTER, PRIVATE, FakeOcr

NUMBER = "123456782"
PERSON_2 = a_pdf(f"Brief\nBetreft: mijn uitkering\nMijn burgerservicenummer is {NUMBER}.\nDatum 2 juni 2021")
SECOND_PAGE = a_pdf("Brief\nBetreft: mijn uitkering\nDatum 1 juni 2021", f"Mijn burgerservicenummer is {NUMBER}.")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeOcr:
    return FakeOcr(monkeypatch)


def release(town: Town, name: str, because: str = "het is een voorbeeld") -> str:
    """Release a paper, and return its SHA-256."""
    return decide(town.data, name, release=True, because=because).document.sha256


def answers(town: Town, sha256: str) -> set[int]:
    """Return how a reader's browser is answered at every address of a paper."""
    from web.app import create_app

    engine = Engine(town.data, town.settings, embedder=FakeEmbedder())
    try:
        with TestClient(create_app(engine, Settings())) as reader:
            addresses = (f"/document/{sha256}", f"/bron/{sha256}/1", f"/pagina/{sha256}/1.png", f"/pdf/{sha256}",
                         f"/api/document/{sha256}")  # fmt: skip
            return {reader.get(address).status_code for address in addresses}
    finally:
        engine.close()


def test_a_released_paper_opens_at_once_and_is_found_after_the_next_night(city: Town) -> None:
    """This test ensures that a release is enough, that the next night publishes it, and that it stays so."""
    city.put(person=PERSON, bath=BATH)
    city.night()
    sha256 = city.papers()["person"].sha256
    assert (city.standing()["person"], answers(city, sha256)) == (HELD, {404})
    assert release(city, "person.pdf") == sha256
    assert (city.standing()["person"], answers(city, sha256)) == (LIVE, {200})
    report = city.night()
    assert report.held == ()
    assert city.hits("uitkering")[:1] == ["person"]
    assert answers(city, sha256) == {200}
    city.night()
    assert city.hits("uitkering")[:1] == ["person"]


def test_a_released_paper_that_comes_back_is_not_held_again(town: Town) -> None:
    """This test ensures that a release counts for the bytes: taken away and delivered again, elsewhere, they are in."""
    town.put(person=PERSON, bath=BATH)
    town.night()
    release(town, "person.pdf")
    town.take("person")
    town.night()
    town.put(map__brief=PERSON)
    assert town.night().held == ()
    assert town.standing()["map/brief"] == LIVE


def test_a_new_version_is_held_again(town: Town) -> None:
    """This test ensures that nobody looked at other bytes, whatever was decided about those that lay there before."""
    town.put(person=PERSON, bath=BATH)
    town.night()
    release(town, "person.pdf")
    town.put(person=PERSON_2)
    assert [one.path for one in town.night().held] == ["person.pdf"]
    assert town.standing()["person"] == HELD


def test_a_secret_paper_stays_secret_when_it_is_released(city: Town) -> None:
    """This test ensures that a release says nothing about access."""
    city.put(person=PERSON, bath=BATH)
    city.say({"file": "person.pdf", "access": "geheim"})
    city.night()
    sha256 = release(city, "person.pdf")
    city.night()
    assert city.papers()["person"].access is Access.GEHEIM
    assert city.hits("uitkering", EVERYONE)[:1] == ["person"]
    assert "person" not in city.hits("uitkering")
    assert answers(city, sha256) == {404}


def test_a_paper_that_is_due_to_go_is_not_opened_by_a_release(town: Town) -> None:
    """This test ensures that a withdrawal whose day came since the last night counts before a release."""
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    town.put(person=PERSON, bath=BATH)
    town.say({"file": "person.pdf", "withdrawn": tomorrow.isoformat()})
    town.night()
    with sqlite3.connect(town.data.catalogue) as catalogue:
        catalogue.execute("UPDATE addresses SET said = replace(said, ?, ?)", (str(tomorrow), str(dt.date.today())))
    catalogue.close()
    release(town, "person.pdf")
    assert town.standing()["person"] == WITHDRAWN


def test_what_is_held_by_hand_is_gone_at_once_and_stays_gone(city: Town) -> None:
    """This test ensures that there is a way back, that it needs no service number, and that no night undoes it."""
    city.put(person=PERSON, bath=BATH)
    city.night()
    sha256 = release(city, "person.pdf")
    city.night()
    for name in ("person.pdf", "bath.pdf"):
        decide(city.data, name, release=False, because="toch niet")
    assert answers(city, sha256) == {404}
    assert city.hits("uitkering zwembad") == []
    report = city.night()
    assert city.standing() == {"person": HELD, "bath": HELD}
    assert {one.reason for one in report.held} == {f"a clerk held it back on {dt.date.today()}"}
    release(city, "bath.pdf")
    city.night()
    assert city.hits("zwembad") == ["bath"]


def test_a_number_that_a_scan_brings_to_light_holds_a_released_paper_again(town: Town, fake: FakeOcr) -> None:
    """This test ensures that a release counts for the numbers that the clerk could see, and for no other."""
    fake.there = False
    first = f"Mijn burgerservicenummer is {NUMBER}. Ik schrijf u over mijn uitkering en wat daarin niet klopt."
    town.put(brief=joined(a_pdf(first), a_scan("x")), bath=BATH)
    town.night(ocr=True)
    release(town, "brief.pdf")
    fake.there = True
    fake.pages = [first, LETTER]
    assert town.night().held == ()
    fake.pages = [first, PRIVATE]
    town.put(brief=joined(a_pdf(first), a_scan("y")))
    fake.there = False
    town.night()
    release(town, "brief.pdf")
    fake.there = True
    assert [one.reason for one in town.night().held] == ["it seems to hold a citizen service number, on page 1, 2"]


def test_the_next_report_tells_it_once(town: Town) -> None:
    """This test ensures that the clerk reads what was decided, why and about which page, in text, JSON and Dutch, and
    that the number itself stands nowhere."""
    town.put(person=SECOND_PAGE, bath=BATH)
    held = town.night()
    assert [one.reason for one in held.held] == ["it seems to hold a citizen service number, on page 2"]
    sha256 = release(town, "person.pdf", "het is\n een <voorbeeld>")
    report = town.night()
    today = dt.date.today().isoformat()
    why = "het is een <voorbeeld>"
    told = Decided(path="person.pdf", document=sha256, released=True, day=today, reason=why, pages=(2,))
    assert report.decided == (told,)
    assert f"Released by a clerk on {today}: person.pdf ({sha256[:12]}): het is een <voorbeeld>" in as_text(report)
    html = "".join(path.read_text(encoding="utf-8") for path in town.data.reports.glob("*.html"))
    assert f"Vrijgegeven op {today}, bladzijde 2:</span> het is een &lt;voorbeeld&gt;" in html
    assert f"raadspoor-ingest --release {sha256[:12]}" in html
    assert town.night().decided == ()
    assert not [path for path in town.data.reports.iterdir() if NUMBER in path.read_text(encoding="utf-8")]


def test_a_night_that_fails_leaves_the_telling_to_the_next(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that no decision is lost between two reports."""
    town.put(person=PERSON, bath=BATH)
    town.night()
    release(town, "person.pdf")
    with monkeypatch.context() as patch:
        patch.setattr("ingest.run.read_scans", lambda run: (_ for _ in ()).throw(Busy("stop")))
        with pytest.raises(Busy):
            town.night()
    assert [one.path for one in town.night().decided] == ["person.pdf"]


def test_showing_a_paper_names_page_and_decisions_and_never_the_number(town: Town) -> None:
    """This test ensures that the clerk is told where to look, also when the number stands in a line that a fact was
    read from."""
    town.put(
        person=a_pdf("Brief\nDatum 1 juni 2021", f"Betreft: burgerservicenummer {NUMBER}\nGeachte raad"), bath=BATH
    )
    town.night()
    decide(town.data, "person.pdf", release=True, because="eerst wel")
    decide(town.data, "person.pdf", release=False, because="dan niet")
    found = shown(town.catalogue, "person.pdf")
    text, form = shown_text(found), shown_json(found)
    assert "a citizen service number seems to stand on page 2" in text
    assert text.index("released on") < text.index("held back on")
    assert "eerst wel" in text and "dan niet" in text
    assert form["numbered_pages"] == [2]
    assert [(one["released"], one["reason"]) for one in form["decisions"]] == [(True, "eerst wel"), (False, "dan niet")]
    assert NUMBER not in text + json.dumps(form)


def test_what_makes_no_sense_changes_nothing(town: Town) -> None:
    """This test ensures that a slip of the name, a paper that is not held, and a missing reason are told."""
    town.put(person=PERSON, bath=BATH)
    with pytest.raises(NotIngested):
        release(town, "person.pdf")
    town.night()
    for name, because, message in (
        ("bath.pdf", "x", "is not held back"),
        ("weg.pdf", "x", "names no papers"),
        ("person.pdf", " \n", "--because"),
        ("person.pdf", "x" * 501, "--because"),
    ):
        with pytest.raises(UsageError, match=message):
            release(town, name, because)
    decide(town.data, "person.pdf", release=False, because="x")
    with pytest.raises(UsageError, match="held back already"):
        decide(town.data, "person.pdf", release=False, because="x")
    assert town.standing() == {"person": HELD, "bath": LIVE}
    with only_run(town.data.lock), pytest.raises(Busy):
        release(town, "person.pdf")


def test_the_command_releases_and_holds(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that the command says what was decided and what comes of it, and wants a reason."""
    town.put(person=PERSON, bath=BATH)
    town.night()
    sha256 = town.papers()["person"].sha256
    data = ["--data", str(town.data.root)]
    assert main([*data, "--release", sha256[:12], "--because", "een voorbeeld"]) == 0
    said = capsys.readouterr().out
    assert f"released: person.pdf ({sha256})" in said
    assert "page 1" in said and "after the next run" in said and NUMBER not in said
    assert main([*data, "--hold", "person.pdf", "--because", "toch niet"]) == 0
    assert "Nobody finds or opens it from this moment" in capsys.readouterr().out
    assert main([*data, "--release", "weg.pdf", "--because", "x"]) == 2
    why = ["--because", "x"]
    for wrong in (["--release", "x"], [*why, "--rollback"], ["--release", "x", "--hold", "x", *why]):
        with pytest.raises(SystemExit) as ended:
            main([*data, *wrong])
        assert ended.value.code == 2


def test_a_data_folder_of_before_takes_decisions(town: Town, tmp_path: Path) -> None:
    """This test ensures that a catalogue without the table is shown as it is, and gets the table with the first
    decision."""
    town.put(person=PERSON, bath=BATH)
    town.night()
    with sqlite3.connect(town.data.catalogue) as catalogue:
        catalogue.executescript("DROP TABLE decisions; PRAGMA user_version = 3")
    catalogue.close()
    assert shown(Catalogue(town.data.catalogue), "person.pdf").decisions == ()
    release(town, "person.pdf")
    assert [one.released for one in shown(town.catalogue, "person.pdf").decisions] == [True]
