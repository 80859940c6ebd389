"""Scanned pages: waiting, read, failed, and tried again when that may help."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from council import DoubtfulPage, ReadError, ScanCounts
from ingest import ocr
from ingest.programs import Programs
from ingest.report import as_text
from tests.ingest.conftest import HELD, LIVE, Town, must_have
from tests.ingest.papers import a_pdf, a_scan, joined
from tests.ingest.test_nights import BATH, BATH_2

LETTER = "Geachte leden van de raad\nBetreft: een bankje in het stadspark\nDalmeren, 4 april 2023\nGraag een bankje."
EFFORT = ocr.Effort(language="nld", seconds=120, megabytes=2048, jobs=1)
PRIVATE = LETTER + "\nMijn burgerservicenummer is 123456782."


class FakeOcr:
    """An OCR that knows what stands on the page."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there = True
        self.pages = [LETTER]
        self.error: ReadError | None = None
        self.asked = 0
        self.sure: dict[int, float] = {}
        self.wanted: list[ocr.Wanted] = []
        monkeypatch.setattr(ocr, "available", lambda language: self.there)
        monkeypatch.setattr(ocr, "add_text_layer", self._layer)

    def _layer(
        self, file: Path, target: Path, wanted: ocr.Wanted, effort: ocr.Effort, programs: Programs
    ) -> dict[int, float]:
        self.asked += 1
        self.wanted.append(wanted)
        assert file.is_file()
        if self.error is not None:
            target.write_bytes(b"half")
            raise self.error
        target.write_bytes(a_pdf(*self.pages))
        return self.sure


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeOcr:
    return FakeOcr(monkeypatch)


def test_without_ocr_a_scan_waits_and_is_found_by_its_title(city: Town, fake: FakeOcr) -> None:
    """This test ensures that a scan is in, described by the manifest, and listed as waiting with a remedy."""
    fake.there = False
    city.put(brief=a_scan("x"), bath=BATH)
    city.say({"file": "brief.pdf", "title": "Brief over een bankje"})
    for settings, reason in (({"ocr": True}, "no OCR is at hand"), ({"ocr": False}, "OCR is switched off")):
        report = city.night(**settings)
        assert [item.path for item in report.waiting] == ["brief.pdf"]
        assert reason in report.waiting[0].reason
        assert report.waiting[0].remedy
        assert report.refused == ()
    assert city.hits("bankje")[0] == "brief"


def test_a_scan_is_read_when_ocr_comes(city: Town, fake: FakeOcr) -> None:
    """This test ensures that installing Tesseract is enough: the text comes in, marked, with what the paper says."""
    fake.there = False
    city.put(brief=a_scan("x"))
    city.night(ocr=True)
    before = city.papers()["brief"]
    assert (before.title, before.date) == ("brief", None)
    fake.there = True
    report = city.night()
    assert (report.changed, report.waiting, report.partly) == (("brief.pdf",), (), ())
    after = city.papers()["brief"]
    assert (after.title, str(after.date)) == ("een bankje in het stadspark", "2023-04-04")
    page = city.catalogue.page(after.sha256, 1)
    assert page is not None
    assert (page.ocr, page.waiting) == (True, False)
    assert city.data.reading(after.sha256).exists()
    assert city.hits("bankje") == ["brief"]
    assert city.night().unchanged == 1
    assert fake.asked == 1


def test_born_digital_pages_are_published_before_scans_are_read(city: Town, fake: FakeOcr) -> None:
    """This test ensures that nobody waits for the slowest part of the night."""
    city.put(brief=a_scan("x"), bath=BATH)
    seen: list[list[str]] = []
    real = fake._layer

    def layer(*given: Any) -> dict[int, float]:
        seen.append(city.hits("zwembad"))
        return real(*given)

    ocr.add_text_layer = layer
    city.night(ocr=True)
    assert seen
    assert seen[0][0] == "bath"


def test_only_scanned_pages_are_marked_as_read_by_ocr(town: Town, fake: FakeOcr) -> None:
    """This test ensures that in a half-scanned report the written pages keep their standing."""
    fake.pages = ["geschreven bladzijde met tekst", LETTER]
    town.put(half=joined(a_pdf(fake.pages[0]), a_scan("x")))
    town.night(ocr=True)
    pages = town.catalogue.pages(town.papers()["half"].sha256)
    assert [(page.ocr, page.waiting) for page in pages] == [(False, False), (True, False)]


def test_only_pages_that_wait_are_read(town: Town, fake: FakeOcr) -> None:
    """This test ensures that a page with its own text costs no time and cannot be spoilt."""
    fake.pages = ["geschreven", LETTER, "geschreven", LETTER]
    town.put(half=joined(a_pdf("geschreven"), a_scan("x"), a_pdf("geschreven"), a_scan("y")))
    town.night(ocr=True)
    assert fake.wanted == [ocr.Wanted(whole=(2, 4))]


def test_how_sure_a_scanned_page_is_is_kept_and_reported(town: Town, fake: FakeOcr) -> None:
    """This test ensures that the clerk learns how well scans were read and which to scan anew, once, and that a page on
    which no word was seen is given no figure."""
    fake.pages = [LETTER, "geschreven", LETTER, ""]
    fake.sure = {1: 0.96, 3: 0.54}
    town.put(half=joined(a_scan("x"), a_pdf("geschreven"), a_scan("y"), a_scan("z")))
    report = town.night(ocr=True)
    pages = town.catalogue.pages(town.papers()["half"].sha256)
    assert [(page.ocr, page.confidence) for page in pages] == [(True, 0.96), (False, None), (True, 0.54), (True, None)]
    assert (report.scans.pages, report.scans.empty) == (3, 1)
    assert report.scans.confidence == pytest.approx((0.96 + 0.54) / 2)
    assert report.scans.doubtful == (DoubtfulPage(path="half.pdf", page=3, confidence=0.54),)
    told = as_text(report)
    assert "3 pages read from scans, 75% sure on average" in told
    assert "Scan anew: half.pdf, page 3: 54% sure" in told
    assert town.night().scans == ScanCounts()


def test_scans_are_read_side_by_side(town: Town, fake: FakeOcr) -> None:
    """This test ensures that two short scans are under way at once on two cores: each waits until the other began."""
    both = threading.Barrier(2, timeout=60)
    real = fake._layer

    def layer(*given: Any) -> dict[int, float]:
        both.wait()
        return real(*given)

    ocr.add_text_layer = layer
    town.put(a=a_scan("x"), b=a_scan("y"))
    report = town.night(ocr=True, workers=2)
    assert (report.partly, report.scans.pages) == ((), 2)


def test_a_scan_that_fails_does_not_spoil_the_one_beside_it(town: Town, fake: FakeOcr) -> None:
    """This test ensures that failures stay with their document."""
    real, bad = fake._layer, a_scan("x")  # made once: it holds the second in which it was made

    def layer(file: Path, *given: Any) -> dict[int, float]:
        if file.read_bytes() == bad:
            raise ReadError("reading the scan failed (x)", "scan it anew")
        return real(file, *given)

    ocr.add_text_layer = layer
    town.put(a=bad, b=a_scan("y"))
    report = town.night(ocr=True, workers=2)
    assert [item.path for item in report.partly] == ["a.pdf"]
    assert town.papers()["b"].title == "een bankje in het stadspark"


def test_a_scan_with_a_service_number_is_held_back(city: Town, fake: FakeOcr) -> None:
    """This test ensures that what OCR brings to light is looked at like any other text."""
    fake.pages = [PRIVATE]
    city.put(brief=a_scan("x"), bath=BATH)
    report = city.night(ocr=True)
    assert [item.path for item in report.held] == ["brief.pdf"]
    assert city.standing() == {"brief": HELD, "bath": LIVE}
    assert "brief" not in city.hits("bankje burgerservicenummer")


def test_a_scan_that_fails_is_partly_read_and_not_tried_in_vain(town: Town, fake: FakeOcr) -> None:
    """This test ensures that a failure is named every night, and tried again only when a setting changed."""
    fake.error = ReadError("reading the scan took over 600 s", "raise RAADSPOOR_OCR_SECONDS")
    town.put(brief=a_scan("x"), copy=a_scan("x"))
    for _ in range(2):
        report = town.night(ocr=True)
        assert [(item.path, item.reason) for item in report.partly] == [("brief.pdf", fake.error.reason)]
        assert report.waiting == ()
    assert fake.asked == 1
    assert town.standing() == {"brief": LIVE, "copy": LIVE}
    fake.error = None
    report = town.night(ocr_seconds=900)
    assert (report.partly, report.changed) == ((), ("brief.pdf",))
    assert fake.asked == 2


def test_a_scan_that_comes_back_with_other_pages_is_not_believed(town: Town, fake: FakeOcr) -> None:
    """This test ensures that addresses on pages stay what they are."""
    fake.pages = [LETTER, LETTER]
    town.put(brief=a_scan("x"))
    report = town.night(ocr=True)
    assert "another number of pages" in report.partly[0].reason
    assert not town.data.reading(town.papers()["brief"].sha256).exists()


def test_a_scan_whose_file_is_lost_is_told(town: Town, fake: FakeOcr) -> None:
    """This test ensures that a damaged data folder stops no run."""
    fake.there = False
    town.put(brief=a_scan("x"))
    town.night(ocr=True)
    shutil.rmtree(town.data.root / "documents")
    fake.there = True
    assert "missing from the data folder" in town.night().partly[0].reason


def test_withdrawn_scans_are_not_read(town: Town, fake: FakeOcr) -> None:
    """This test ensures that no time goes into papers that nobody can find."""
    town.put(brief=a_scan("x"))
    town.say({"file": "brief.pdf", "withdrawn": "2024-01-01"})
    town.night(ocr=True)
    assert fake.asked == 0
    town.say()
    town.night()
    assert fake.asked == 1


def test_a_new_version_of_a_scan_is_read_for_itself(town: Town, fake: FakeOcr) -> None:
    """This test ensures that the text of one version never stands for another."""
    town.put(brief=a_scan("x"))
    town.night(ocr=True)
    town.put(brief=BATH_2)
    town.night()
    assert town.papers()["brief"].title == "duurder zwembad"


# The real programs


def test_tesseract_is_looked_for_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This test ensures that a machine without Tesseract, or without the language, is known before it is asked."""
    must_have(shutil.which("tesseract") is not None, "Tesseract")
    assert not ocr.available("klingon")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not ocr.available("nld")


def fake_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")


def test_a_tesseract_that_hangs_or_crashes_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This test ensures that a broken installation is treated as a missing one."""
    monkeypatch.setattr(ocr, "_ASKED_SECONDS", 0.2)
    fake_program(monkeypatch, tmp_path, "sleep 5")
    assert not ocr.available("nld")
    fake_program(monkeypatch, tmp_path, "exit 1")
    assert not ocr.available("nld")


def test_a_real_scan_is_read(tmp_path: Path) -> None:
    """This test ensures that OCRmyPDF and Tesseract are called in a way that gives text that PDFium reads."""
    must_have(ocr.available("nld"), "Tesseract with Dutch")
    from ingest.pdf_text import read_pdf

    (tmp_path / "in.pdf").write_bytes(joined(a_pdf("geschreven"), a_scan("Geachte leden van de gemeenteraad,")))
    target = tmp_path / "out.pdf"
    sure = ocr.add_text_layer(tmp_path / "in.pdf", target, ocr.Wanted(whole=(2,)), EFFORT, Programs())
    pages = read_pdf(target, most=10).pages
    assert pages[0].text == "geschreven"
    assert "gemeenteraad" in pages[1].text
    assert list(sure) == [2]
    assert 0.8 < sure[2] <= 1
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_an_ocr_that_fails_takes_too_long_or_too_much_is_told(tmp_path: Path) -> None:
    """This test ensures that each end of the program becomes a reason with a remedy, and leaves nothing behind."""
    (tmp_path / "in.pdf").write_bytes(b"%PDF-1.4 no more")
    target = tmp_path / "out.pdf"
    with pytest.raises(ReadError) as failed:
        ocr.add_text_layer(tmp_path / "in.pdf", target, ocr.Wanted(whole=(1,)), EFFORT, Programs())
    assert failed.value.reason.startswith("reading the scan failed (")
    with pytest.raises(ReadError, match="took over 0 s"):
        ocr.add_text_layer(tmp_path / "in.pdf", target, ocr.Wanted(whole=(1,)), replace(EFFORT, seconds=0), Programs())
    assert not target.exists()


def test_a_bounded_program_dies_with_its_parent() -> None:
    """This test ensures that OCR does not go on for a run that is no longer there."""
    done = subprocess.run(
        [sys.executable, "-m", "ingest.bounded", "1", "500", "this"], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, b"")


def test_without_ocr_a_scan_is_found_by_all_that_is_known_of_it(city: Town, fake: FakeOcr) -> None:
    """This test ensures that title, kind, date and the name of its file lead to a scan whose text nobody read, and that
    its name no longer does once it was read."""
    fake.there = False
    city.put(kastanjelaan_4711=a_scan("x"), drempel_brief=a_scan("y"), bath=BATH)
    city.say({"file": "kastanjelaan_4711.pdf", "title": "Brief over een zebrapad", "kind": "ingekomen_stuk",
              "date": "2024-03-04"})  # fmt: skip
    report = city.night(ocr=True)
    assert [item.path for item in report.waiting] == ["drempel_brief.pdf", "kastanjelaan_4711.pdf"]
    assert city.hits("drempel")[:1] == ["drempel_brief"]
    for question in ("zebrapad", "soort:ingekomen_stuk", "datum:2024-03-04", "kastanjelaan"):
        assert city.hits(question)[:1] == ["kastanjelaan_4711"], question
    fake.there = True
    city.night(ocr=True)
    assert city.hits("stadspark")
    assert city.hits('"kastanjelaan"') == []


def test_a_language_that_tesseract_does_not_know_is_named(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a misspelt setting is not taken for a machine without Tesseract."""
    monkeypatch.setattr(ocr, "_languages", lambda: frozenset({"nld", "fry"}))
    town.put(brief=a_scan("een brief"))
    (waiting,) = town.night(ocr=True, ocr_language="nld+xyz").waiting
    assert waiting.reason == "it has scanned pages and Tesseract does not know xyz"
    assert waiting.remedy == "install xyz for Tesseract, or correct RAADSPOOR_OCR_LANGUAGE, and run again"
    monkeypatch.setattr(ocr, "_languages", lambda: None)
    (waiting,) = town.night().waiting
    assert (waiting.reason, waiting.remedy) == ("it has scanned pages and no OCR is at hand", ocr.REMEDY)
