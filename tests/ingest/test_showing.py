"""What the clerk is told of one paper: each fact, who says it, and the words of the paper that it rests on."""

from __future__ import annotations

import json

import pytest

from council import Access, Source, State, UsageError
from ingest.__main__ import main
from ingest.showing import as_json, as_text, shown
from tests.ingest.conftest import Town
from tests.ingest.papers import a_pdf
from tests.ingest.test_command import documented
from tests.ingest.test_nights import BATH, BROKEN, PARK


def test_each_fact_is_shown_with_its_source_and_words(town: Town) -> None:
    """This test ensures that a clerk sees why a paper is described as it is, read back from the paper."""
    town.put(bath=BATH)
    town.night()
    found = shown(town.catalogue, "bath.pdf")
    facts = {fact.derivation.field: fact for fact in found.facts}
    assert facts["date"].derivation.value == "2021-03-03"
    assert facts["date"].derivation.source is Source.DOCUMENT
    assert facts["date"].words == "Datum 3 maart 2021"
    assert facts["title"].words == "Onderwerp: nieuw zwembad"
    text = as_text(found)
    assert "read off the paper, page 1, confidence 0.97" in text
    assert "| Datum 3 maart 2021" in text


def test_the_json_form_of_one_paper_is_the_one_in_the_docs(town: Town) -> None:
    """This test ensures that no field comes, goes or moves without the docs."""
    town.put(bath=BATH)
    town.night()
    form = as_json(shown(town.catalogue, "bath.pdf"))
    assert list(form) == documented("raadspoor-ingest --show DOCUMENT --json", 0)
    assert list(form["facts"][0]) == documented("raadspoor-ingest --show DOCUMENT --json", 2)
    assert form["facts"][0]["evidence"][0]["page"] == 1
    json.dumps(form)


def test_what_the_manifest_says_has_no_other_reason(town: Town) -> None:
    """This test ensures that a fact of the manifest takes the place of a derived one, also when it is said later."""
    town.put(bath=BATH)
    town.night()
    town.say({"file": "bath.pdf", "date": "2021-03-09", "access": "openbaar"})
    town.night()
    facts = {fact.derivation.field: fact for fact in shown(town.catalogue, "bath.pdf").facts}
    assert facts["date"].derivation.value == "2021-03-09"
    assert (facts["date"].derivation.source, facts["date"].words) == (Source.MANIFEST, "")
    assert facts["access"].derivation.value == Access.OPENBAAR
    assert facts["title"].derivation.source is Source.DOCUMENT
    (town.source / "manifest.jsonl").unlink()
    town.night()
    facts = {fact.derivation.field: fact for fact in shown(town.catalogue, "bath.pdf").facts}
    assert facts["date"].words == "Datum 3 maart 2021"


def test_a_paper_is_named_by_path_or_by_enough_of_its_hash(town: Town) -> None:
    """This test ensures that a slip names no other paper."""
    town.put(bath=BATH, park=PARK)
    town.night()
    sha256 = town.papers()["park"].sha256
    assert shown(town.catalogue, sha256[:8]).document.sha256 == sha256
    assert shown(town.catalogue, sha256.upper()).document.sha256 == sha256
    for name in ("", sha256[:7], "x.pdf", "%", "0" * 64):
        with pytest.raises(UsageError, match="names no papers"):
            shown(town.catalogue, name)


def test_a_paper_that_is_gone_is_shown_by_its_former_name(town: Town) -> None:
    """This test ensures that the clerk who asks why a paper is gone is told: it was withdrawn, or could not be read."""
    town.put(bath=BATH, park=PARK, kapot=BROKEN)
    town.night()
    town.take("bath")
    town.put(park=BROKEN)
    town.night()
    assert shown(town.catalogue, "bath.pdf").document.state is State.WITHDRAWN
    assert "withdrawn)" in as_text(shown(town.catalogue, "bath.pdf"))
    for name in ("kapot.pdf", "park.pdf"):
        with pytest.raises(UsageError, match=f"'{name}' could not be read: it is .*; .*"):
            shown(town.catalogue, name)
    with pytest.raises(UsageError, match="former version is not shown either"):
        shown(town.catalogue, "park.pdf")
    with pytest.raises(UsageError, match="names no papers"):
        shown(town.catalogue, "never.pdf")


def test_two_papers_of_one_former_name_are_told_apart(town: Town) -> None:
    """This test ensures that where two papers lay at one path one after the other each can be asked for."""
    for paper in (BATH, PARK):
        town.put(bath=paper)
        town.night()
        town.take("bath")
        town.put(other=BATH.replace(b"zwembad", b"zaaltje"))
        town.night()
    with pytest.raises(UsageError, match="names 2 papers; give the SHA-256 of one") as error:
        shown(town.catalogue, "bath.pdf")
    for start in str(error.value).rpartition(": ")[2].split(", "):
        assert shown(town.catalogue, start).document.filename == "bath.pdf"


def test_hostile_words_do_not_reach_the_terminal(town: Town) -> None:
    """This test ensures that a title cannot command the terminal that shows it."""
    town.put(
        bath=a_pdf("Raadsvoorstel\nOnderwerp: nieuw\x1b[31m bad\nDatum 3 maart 2021\nDe raad wordt gevraagd iets.")
    )
    town.night()
    assert "\x1b" not in as_text(shown(town.catalogue, "bath.pdf"))


def test_the_command_shows_a_paper_and_refuses_both_or_neither(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that showing reads nothing, and that it cannot be mixed up with a run."""
    town.put(bath=BATH)
    town.night()
    assert main(["--data", str(town.data.root), "--show", "bath.pdf"]) == 0
    assert "nieuw zwembad" in capsys.readouterr().out
    assert main(["--data", str(town.data.root), "--show", "no.pdf"]) == 2
    assert "names no papers" in capsys.readouterr().err
    for wrong in (["--data", "x"], ["x", "--data", "x", "--show", "bath.pdf"]):
        with pytest.raises(SystemExit) as ended:
            main(wrong)
        assert ended.value.code == 2
