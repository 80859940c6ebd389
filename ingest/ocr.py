"""Scanned pages: OCRmyPDF with Tesseract puts a text layer over them. The only module that calls it.

It runs as a program of its own, so that neither its memory nor its crash can touch the run.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from council import ReadError
from ingest.programs import Programs

READING = "ocr-2"
"""Names this way of reading scans; what another one failed on is tried again."""
REMEDY = "install Tesseract with Dutch (Debian: tesseract-ocr tesseract-ocr-nld) and run again"

FOLDER = "RAADSPOOR_OCR_FOLDER"
"""The variable of the environment that says in which folder each page leaves its confidence."""

_PAGE_SECONDS = 120
_ASKED_SECONDS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """What reading the scans of one document may take."""

    language: str
    """Tesseract's name of the language."""
    seconds: int
    megabytes: int
    """For each of its processes."""
    jobs: int
    """How many pages at a time."""


def available(language: str) -> bool:
    """Say whether scans in this language can be read on this machine."""
    program = shutil.which("tesseract")
    if program is None or importlib.util.find_spec("ocrmypdf") is None:
        return False
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=_ASKED_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return set(language.split("+")) <= set((listed.stdout + listed.stderr).split())


def add_text_layer(
    file: Path, target: Path, pages: Collection[int], effort: Effort, programs: Programs
) -> Mapping[int, float]:
    """Write a copy of a PDF in which these pages carry the text that is seen on them, and no other.

    Args:
        file: the original.
        target: where the copy goes.
        pages: their numbers, from 1; every other page stays as it is.
        effort: what it may take.
        programs: where it runs.

    Returns:
        How sure Tesseract was of each page, 0 to 1; a page on which it saw no word is left out.

    Raises:
        ReadError: it failed or took too long.
    """
    command = [sys.executable, "-m", "ingest.bounded", str(os.getpid()), str(effort.megabytes), "ocrmypdf"]
    # Whatever text these pages have is too little or worthless, so it goes; Ghostscript is not needed for plain output.
    command += ["--force-ocr", "--pages", ",".join(map(str, sorted(pages))), "--rotate-pages", "--deskew", "--quiet"]
    command += ["--output-type", "pdf", "--optimize", "0", "--plugin", "ingest.ocr_plugin"]
    command += ["--tesseract-timeout", str(_PAGE_SECONDS), "--language", effort.language, "--jobs", str(effort.jobs)]
    command += ["--invalidate-digital-signatures", str(file), str(target)]
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        # Pages are read side by side already, so Tesseract needs no threads of its own.
        environment = {"OMP_THREAD_LIMIT": "1", FOLDER: folder}
        try:
            code, message = programs.run(command, seconds=effort.seconds, environment=environment)
        except subprocess.TimeoutExpired as error:
            target.unlink(missing_ok=True)
            raise ReadError(f"reading the scan took over {effort.seconds} s", "raise RAADSPOOR_OCR_SECONDS") from error
        if code != 0 or not target.is_file():
            target.unlink(missing_ok=True)
            raise _failure(code, message, effort.megabytes)
        return {int(left.name): float(left.read_text("ascii")) for left in Path(folder).iterdir()}


def _failure(code: int, message: str, megabytes: int) -> ReadError:
    if "MemoryError" in message:
        return ReadError(f"reading the scan took over {megabytes} MiB", "raise RAADSPOOR_READ_MEGABYTES")
    last = (message.strip().splitlines() or [f"exit code {code}"])[-1][:200]
    return ReadError(f"reading the scan failed ({last})", "scan it anew, or ask for the original file")
