"""Reasons and remedies for the clerk: each that the ingest can give has its Dutch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

import ingest
from council import IngestReport, Refusal
from ingest import ocr
from ingest.in_dutch import _REASONS, _REMEDIES, in_dutch
from ingest.report_html import page
from tests.fakes import odd_text
from tests.ingest.conftest import Town
from tests.ingest.test_kept import NIGHT
from tests.ingest.test_nights import BATH, BROKEN, PERSON

HOME = Path(ingest.__file__).parent
SAYING = {"ReadError", "Refusal", "Locked", "Damaged"}
SIGN = "17"
"""Stands for whatever differs from file to file."""


def written(node: ast.expr) -> str:
    """Return a literal text with a sign for each value in it; nothing for what is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) or SIGN for part in node.values).replace(f"{SIGN}: {SIGN}", SIGN)
    return ""


def said() -> Iterator[str]:
    """Yield every text that the source of the ingest gives to an error or a remark."""
    for path in sorted(HOME.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
                given = [*node.args, *(each.value for each in node.keywords if each.arg in {"reason", "remedy"})]
                yield from filter(None, map(written, given))


SAID = sorted(
    {text for text in said() if not text.startswith(SIGN)}
    | {f"the {what} cannot be opened ({SIGN})" for what in ("file", "folder")}
    | {ocr.REMEDY, "set RAADSPOOR_OCR to true and run again"}
    | {
        f"the clock of this machine says {SIGN}, and an earlier run began at {SIGN}; set it right. What was withdrawn "
        "by then stays so"
    }
    | {f"it has scanned pages and {why}" for why in ("no OCR is at hand", "OCR is switched off")}
    | {f"it has scanned pages and Tesseract does not know {SIGN}"}
    | {f"install {SIGN} for Tesseract, or correct RAADSPOOR_OCR_LANGUAGE, and run again"}
)


@pytest.mark.parametrize("text", SAID)
def test_what_the_ingest_can_say_it_can_say_in_dutch(text: str) -> None:
    """This test ensures that no reason or remedy comes without its Dutch, and that what is said of this file stays."""
    dutch = in_dutch(text)
    assert dutch
    assert dutch.count(SIGN) == text.count(SIGN)


def test_no_dutch_is_for_what_nobody_says() -> None:
    """This test ensures that the list goes with the program, and that this test has found what it says."""
    english = {text.replace(SIGN, "(*)") for text in SAID}
    assert {*_REASONS, *_REMEDIES} - english == set()


def test_a_former_version_is_told_of_too() -> None:
    """This test ensures that the clerk reads that the version of before is out of sight as well."""
    text = in_dutch("save it anew; until then its former version is not shown either")
    assert (
        text == "Sla het bestand opnieuw op en zet het weer in de map. Tot dan is de vorige versie ook niet te vinden."
    )


@given(told=odd_text())
def test_what_a_file_says_is_left_as_it_is(told: str) -> None:
    """This test ensures that any text within a reason comes through whole."""
    assert in_dutch(f"reading the scan failed ({told})") == f"Het lezen van de scan is mislukt ({told})."


def test_what_is_unknown_stays_english_and_is_marked_so() -> None:
    """This test ensures that nothing is left out because nobody translated it."""
    remark = Refusal(path="a.pdf", reason="<b>something else</b>", remedy="convert it to PDF")
    html = page(replace(NIGHT, report=IngestReport(source="/s", refused=(remark,))))
    assert '<span lang="en">&lt;b&gt;something else&lt;/b&gt;</span>' in html
    assert "Maak er een pdf van." in html


def test_a_real_night_is_dutch_throughout(town: Town) -> None:
    """This test ensures that a page of a night with broken, empty, locked-up and private papers holds no English."""
    town.put(bath=BATH, kapot=BROKEN, leeg=b"", tekst=b"tekst", persoon=PERSON)
    assert len(town.night().refused) == 3
    (kept,) = town.data.reports.glob("*.html")
    html = kept.read_text(encoding="utf-8")
    assert 'lang="en"' not in html
    for phrase in (
        "Het bestand is leeg.",
        "Het bestand is geen pdf.",
        "Er lijkt een burgerservicenummer in te staan, op bladzijde 1.",
    ):
        assert phrase in html
