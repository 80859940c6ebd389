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
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from council import ReadError
from ingest.programs import Programs

READING = "ocr-2"
"""Names this way of reading scans; what another one failed on is tried again."""
REMEDY = "install Tesseract with Dutch (Debian: tesseract-ocr tesseract-ocr-nld) and run again"

FOLDER = "RAADSPOOR_OCR_FOLDER"
"""The variable of the environment that says in which folder each page leaves its confidence."""

PART = "RAADSPOOR_OCR_PART"
"""The variable that is set where a page keeps its own text: then only what can be believed is added to it."""

# Tesseract is 7 sure of which side is up on a page of three lines, and at most 1.2 where it is wrong; OCRmyPDF asks 14.
_WHOLE = ["--force-ocr", "--rotate-pages", "--rotate-pages-threshold", "5", "--deskew"]
_PART = ["--redo-ocr"]
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
    known = _languages()
    return known is not None and set(language.split("+")) <= known


def unknown(language: str) -> str:
    """Return what Tesseract lacks of a language, as in *fry* of *nld+fry*; empty where it is not here itself."""
    known = _languages()
    return "" if known is None else "+".join(part for part in language.split("+") if part not in known)


def remedy(language: str) -> str:
    """Return what to do where scans in this language cannot be read."""
    lacking = unknown(language)
    return f"install {lacking} for Tesseract, or correct RAADSPOOR_OCR_LANGUAGE, and run again" if lacking else REMEDY


def _languages() -> frozenset[str] | None:
    """Return the languages that can be read, or None where what reads them is not here."""
    program = shutil.which("tesseract")
    if program is None or importlib.util.find_spec("ocrmypdf") is None:
        return None
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=_ASKED_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return frozenset((listed.stdout + listed.stderr).split()) or None  # it crashed


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The numbers of the pages to read, from 1."""

    whole: tuple[int, ...] = ()
    """Pages whose own text goes, if they have any: it is too little or worthless."""
    part: tuple[int, ...] = ()
    """Pages that keep their own text, and of which the rest is read."""


def add_text_layer(file: Path, target: Path, wanted: Wanted, effort: Effort, programs: Programs) -> Mapping[int, float]:
    """Write a copy of a PDF in which these pages carry the text that is seen on them; every other page stays as it is.

    Args:
        file: the original.
        target: where the copy goes.
        wanted: which pages, at least one.
        effort: what it may take.
        programs: where it runs.

    Returns:
        How sure Tesseract was of each page, 0 to 1. A page on which it saw no word is left out, and so is one that
        keeps its own text and on which the rest was not to be believed: nothing is added to that.

    Raises:
        ReadError: it failed or took too long.
    """
    latest = time.monotonic() + effort.seconds
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        folder = Path(name)
        for number, (pages, how) in enumerate(((wanted.whole, _WHOLE), (wanted.part, _PART))):
            if pages:
                layered = folder / f"{number}.pdf"
                command = [*how, "--pages", ",".join(map(str, pages)), str(file), str(layered)]
                # What it leaves lying when it is ended goes with the folder.
                environment = {FOLDER: name, "TMPDIR": name, PART: "1" if how is _PART else ""}
                _run(command, environment, effort, latest, programs)
                file = layered
        file.replace(target)
        return {int(left.name): float(left.read_text("ascii")) for left in folder.glob("[0-9]" * 6)}


def _run(
    arguments: list[str], environment: Mapping[str, str], effort: Effort, latest: float, programs: Programs
) -> None:
    command = [sys.executable, "-m", "ingest.bounded", str(os.getpid()), str(effort.megabytes), "ocrmypdf"]
    # Ghostscript is not needed for plain output.
    command += ["--quiet", "--output-type", "pdf", "--optimize", "0", "--plugin", "ingest.ocr_plugin"]
    command += ["--tesseract-timeout", str(_PAGE_SECONDS), "--language", effort.language, "--jobs", str(effort.jobs)]
    command += ["--invalidate-digital-signatures", *arguments]
    # Pages are read side by side already, so Tesseract needs no threads of its own.
    environment = {**environment, "OMP_THREAD_LIMIT": "1"}
    try:
        code, message = programs.run(command, seconds=latest - time.monotonic(), environment=environment)
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"reading the scan took over {effort.seconds} s", "raise RAADSPOOR_OCR_SECONDS") from error
    if code != 0 or not Path(arguments[-1]).is_file():
        raise _failure(code, message, effort.megabytes)


def _failure(code: int, message: str, megabytes: int) -> ReadError:
    if "MemoryError" in message:
        return ReadError(f"reading the scan took over {megabytes} MiB", "raise RAADSPOOR_READ_MEGABYTES")
    last = (message.strip().splitlines() or [f"exit code {code}"])[-1][:200]
    return ReadError(f"reading the scan failed ({last})", "scan it anew, or ask for the original file")
