"""Scanned pages: OCRmyPDF with Tesseract puts a text layer over them. The only module that calls it.

It runs as a program of its own, so that neither its memory nor its crash can touch the run.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from council import ReadError

REMEDY = "install Tesseract with Dutch (Debian: tesseract-ocr tesseract-ocr-nld) and run again"


@lru_cache(maxsize=8)
def available(language: str) -> bool:
    """Say whether scans in this language can be read on this machine."""
    program = shutil.which("tesseract")
    if program is None or importlib.util.find_spec("ocrmypdf") is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return set(language.split("+")) <= set((listed.stdout + listed.stderr).split())


def add_text_layer(file: Path, target: Path, *, language: str, seconds: int, jobs: int) -> None:
    """Write a copy of a PDF in which its scanned pages carry text.

    Args:
        file: the original.
        target: where the copy goes.
        language: Tesseract's name of the language.
        seconds: how long it may take.
        jobs: how many pages at a time.

    Raises:
        ReadError: it failed or took too long.
    """
    command = [sys.executable, "-m", "ocrmypdf", "--skip-text", "--rotate-pages", "--deskew", "--quiet"]
    command += ["--output-type", "pdf", "--optimize", "0", "--tesseract-timeout", "120", "--language", language]
    command += ["--jobs", str(jobs), "--invalidate-digital-signatures", str(file), str(target)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        target.unlink(missing_ok=True)
        raise ReadError(f"reading the scan took over {seconds} s", "raise RAADSPOOR_OCR_SECONDS") from error
    if done.returncode != 0 or not target.is_file():
        target.unlink(missing_ok=True)
        last = (done.stderr.strip().splitlines() or ["no message"])[-1][:200]
        raise ReadError(f"reading the scan failed ({last})", "scan it anew, or ask for the original file")
