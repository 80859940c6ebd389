"""The nights that are measured are real ones: every page in, nothing left to do, and a little more."""

from pathlib import Path

import pytest

from bench import nights as module
from bench.nights import nights, papers
from bench.results import NotHereError
from tests.ingest.papers import a_pdf, put


def test_a_night_takes_in_as_many_pages_as_are_asked_for(tmp_path: Path) -> None:
    """This test ensures that copies count as papers of their own, and that all figures of the table are there."""
    body = "Het college vraagt de raad om een fietspad aan te leggen bij de molen. " * 3
    pdfs = {
        f"council_pdfs/motie/{number}.pdf": a_pdf(f"Raadsvoorstel\nOnderwerp: fietspad {number}", body)
        for number in range(3)
    }
    put(tmp_path, pdfs)
    found = nights(tmp_path / "work", tmp_path, 14)
    assert (found["pages"], found["files"]) == (18, 9)
    assert found["passages"] >= 9
    assert found["peak_mib"] > 0
    assert {"pages_per_second", "read_seconds", "index_seconds", "second_run_seconds", "small_night_seconds"} <= set(
        found
    )
    assert len(list((tmp_path / "work" / "source").rglob("*.pdf"))) == 9 + module._NEWS


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """This test ensures that a machine without the papers is told so, and that nothing is measured on none."""
    with pytest.raises(NotHereError, match="council_pdfs"):
        papers(tmp_path)


def test_growth_is_the_last_third_against_the_middle_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures, by hand, that a stage that gets slower shows it: one second a step, then two."""
    clock = iter([0.0, *(1.0 * step for step in range(1, 21)), *(20.0 + 2.0 * step for step in range(1, 11))])
    monkeypatch.setattr("bench.nights.time.perf_counter", lambda: next(clock))
    watch = module._Watch()
    watch.stage("read", 30)
    for step in range(1, 31):
        watch.step(step)
    assert watch.figures() == {"read_growth": 2.0}
