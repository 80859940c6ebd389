"""Make the pictures of the README: ``python docs/screenshots.py --data DATA``.

Starts ``raadspoor-web`` on a data folder made from ``corpus_sample/``, asks one question in a real browser, follows the
first citation, and writes ``docs/images/search.png`` and ``docs/images/source.png``. Needs the development extras and
Chromium.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
QUESTION = "Hoeveel kost de fietsonderdoorgang Stationsweg?"
LARGEST = 300_000
_QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
_FLAGS = (_QUIET + "--disable-component-update --disable-sync").split()


def main() -> int:
    """Make both pictures and return the exit code."""
    parser = argparse.ArgumentParser(description="Make the pictures of the README.")
    parser.add_argument("--data", type=Path, required=True, help="data folder made from corpus_sample")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser to use")
    parser.add_argument("--question", default=QUESTION, help="the question to ask")
    chosen = parser.parse_args()
    command = [sys.executable, "-m", "web", "--data", str(chosen.data.resolve()), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
            if found is None:
                return 4
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chosen.chromium, args=_FLAGS)
                page = browser.new_page(
                    viewport={"width": 1280, "height": 920},
                    device_scale_factor=1.25,
                    locale="nl-NL",
                    color_scheme="light",
                )
                _make(page, found.group(), chosen.question)
                browser.close()
        finally:
            server.terminate()
    return 0


def _make(page: Page, address: str, question: str) -> None:
    page.goto(address)
    page.get_by_label("Uw vraag").fill(question)
    page.get_by_role("button", name="Zoek").click()
    _save(page, "search.png")
    page.locator(".cite-link").first.click()
    page.wait_for_load_state("networkidle")
    _save(page, "source.png")


def _save(page: Page, name: str) -> None:
    """Save what is in view; if it is too large for a README, with the 256 colours that come nearest."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    whole.save(IMAGES / name, optimize=True)
    if (IMAGES / name).stat().st_size > LARGEST:
        whole.quantize(256, kmeans=2, dither=Image.Dither.NONE).save(IMAGES / name, optimize=True)
    print(f"{IMAGES / name}: {(IMAGES / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
