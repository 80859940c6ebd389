"""Scanned pages: OCRmyPDF with Tesseract puts a text layer over them. The only module that calls it.

It runs as a program of its own, so that neither its memory nor its crash can touch the run.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from council import ReadError

READING = "ocr-1"
"""Names this way of reading scans; what another one failed on is tried again."""
REMEDY = "install Tesseract with Dutch (Debian: tesseract-ocr tesseract-ocr-nld) and run again"

_PAGE_SECONDS = 120
_ASKED_SECONDS = 30


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


def add_text_layer(file: Path, target: Path, *, language: str, seconds: int, megabytes: int, jobs: int) -> None:
    """Write a copy of a PDF in which its scanned pages carry text.

    Args:
        file: the original.
        target: where the copy goes.
        language: Tesseract's name of the language.
        seconds: how long it may take.
        megabytes: how much memory each of its processes may take.
        jobs: how many pages at a time.

    Raises:
        ReadError: it failed or took too long.
    """
    command = [sys.executable, "-m", "ingest.bounded", str(os.getpid()), str(megabytes), "ocrmypdf"]
    # Scanners tag pages that hold nothing but an image, and OCRmyPDF leaves tagged files alone unless told to skip
    # text; Ghostscript is not needed for plain PDF output.
    command += ["--skip-text", "--rotate-pages", "--deskew", "--quiet", "--output-type", "pdf", "--optimize", "0"]
    command += ["--tesseract-timeout", str(_PAGE_SECONDS), "--language", language, "--jobs", str(jobs)]
    command += ["--invalidate-digital-signatures", str(file), str(target)]
    try:
        code, message = _run(command, seconds)
    except subprocess.TimeoutExpired as error:
        target.unlink(missing_ok=True)
        raise ReadError(f"reading the scan took over {seconds} s", "raise RAADSPOOR_OCR_SECONDS") from error
    if code != 0 or not target.is_file():
        target.unlink(missing_ok=True)
        last = (message.strip().splitlines() or [f"exit code {code}"])[-1][:200]
        if "MemoryError" in message:
            raise ReadError(f"reading the scan took over {megabytes} MiB", "raise RAADSPOOR_READ_MEGABYTES")
        raise ReadError(f"reading the scan failed ({last})", "scan it anew, or ask for the original file")


def _run(command: list[str], seconds: int) -> tuple[int, str]:
    """Run a program with everything that it starts, and end all of it when it takes too long."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # pages run side by side already
    )
    try:
        _, message = process.communicate(timeout=seconds)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return process.returncode, message
