"""Files from the real world that were not made to be easy: every one is accounted for, with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from council import ReadError
from ingest.reading import Limits, Read, Task, read
from ingest.workers import Bounds, in_workers
from tests.fakes import sha_of
from tests.ingest.conftest import SHARED

BROKEN = SHARED / "data" / "robustness" / "pdfjs_pdfs"
SCANS = SHARED / "data" / "scans"


def outcomes(folder: Path, home: Path, passwords: tuple[str, ...] = ()) -> dict[str, Read | ReadError]:
    limits = Limits(most_pages=5000, passwords=passwords)
    tasks = [
        Task(sha256=sha_of(path), file=path, repaired=home / f"{number}.pdf", path=path.name, limits=limits)
        for number, path in enumerate(sorted(folder.rglob("*.pdf")))
    ]
    bounds = Bounds(seconds=60, megabytes=2048)
    found = {task.path: outcome for task, outcome in in_workers(read, tasks, bounds, workers=2)}
    assert len(found) == len(tasks)
    return found


@pytest.mark.skipif(not BROKEN.is_dir(), reason="the broken files are not beside this checkout")
def test_every_broken_file_is_read_partly_read_or_refused(tmp_path: Path) -> None:
    """This test ensures that 926 files that broke a viewer once neither crash nor hang the reading, and that all but a
    handful are read."""
    listed = json.loads((BROKEN / "test_manifest.json").read_text(encoding="utf-8"))
    passwords = tuple(sorted({entry["password"] for entry in listed if entry.get("password")}))
    found = outcomes(BROKEN, tmp_path, passwords)
    refused = {name: outcome.reason for name, outcome in found.items() if isinstance(outcome, ReadError)}
    partly = [name for name, outcome in found.items() if isinstance(outcome, Read) and outcome.failed]
    assert len(found) == 926
    assert len(refused) <= 12, refused
    assert len(partly) <= 3, partly
    assert set(refused.values()) <= {
        "it is not a PDF", "it is locked with a password", "it is damaged and could not be repaired",
    }  # fmt: skip
    for outcome in found.values():
        if isinstance(outcome, Read):
            assert outcome.understood.passages
            "".join(page.text + page.label for page in outcome.pages).encode()


@pytest.mark.skipif(not SCANS.is_dir(), reason="the scans are not beside this checkout")
def test_scans_are_known_for_what_they_are(tmp_path: Path) -> None:
    """This test ensures that image-only pages of many makes wait for OCR."""
    found = outcomes(SCANS, tmp_path)
    waiting = {name for name, read in found.items() if isinstance(read, Read) and any(p.waiting for p in read.pages)}
    assert {"skew.pdf", "cardinal.pdf", "ccitt.pdf", "jbig2.pdf", "palette.pdf", "linn.pdf"} <= waiting
    assert [name for name, outcome in found.items() if isinstance(outcome, ReadError)] == ["invalid.pdf"]
