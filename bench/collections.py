"""What is measured on: the sample municipality, and Dutch law text to fill a collection up."""

from __future__ import annotations

import datetime as dt
import hashlib
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.machine import ROOT
from council import Catalogue, Document, Kind, Page
from search import CUTTING, cut

SAMPLE = ROOT / "corpus_sample"
LAWS = ROOT.parent / "shared" / "data" / "training" / "laws_nl.txt.xz"
GOLD = ROOT / "eval" / "gold" / "dalmeren.jsonl"
_PARAGRAPHS_A_PAGE = 12
_PAGES_A_DOCUMENT = 10


def fill_up(catalogue: Catalogue, *, municipality: str, passages: int) -> int:
    """Add documents of law text until the catalogue holds so many passages.

    Returns:
        How many passages there are in the end.
    """
    held = sum(len(catalogue.passages_of(document.sha256)) for document in catalogue.documents())
    kinds = list(Kind)
    for number, pages in enumerate(_documents()):
        if held >= passages:
            break
        digest = hashlib.sha256(f"{number}|{pages[0].text}".encode()).hexdigest()
        document = Document(
            sha256=digest,
            title=pages[0].text[:80],
            kind=kinds[number % len(kinds)],
            municipality=municipality,
            body="gemeenteraad",
            date=dt.date(2010, 1, 1) + dt.timedelta(days=number % 5000),
            page_count=len(pages),
            filename=f"laws/{number}.pdf",
        )
        found = cut(document, pages)
        with catalogue.writing():
            catalogue.put(document, pages, found, cutting=CUTTING)
        held += len(found)
    return held


def _documents() -> Iterator[list[Page]]:
    with lzma.open(LAWS, "rt", encoding="utf-8") as file:
        while True:
            pages = []
            for number in range(1, _PAGES_A_DOCUMENT + 1):
                text = "\r\n".join(line.strip() for line in islice(file, _PARAGRAPHS_A_PAGE))
                if text.strip():
                    pages.append(Page(number=number, text=text))
            if not pages:
                return
            yield pages


def questions() -> list[str]:
    """Return the questions that are asked: those of the gold set."""
    import json

    lines = Path(GOLD).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines if line.strip()]
