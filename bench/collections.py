"""What is measured on: the sample municipality, Dutch law text to fill a collection up, and judged public sets."""

from __future__ import annotations

import datetime as dt
import hashlib
import lzma
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from bench.machine import ROOT
from bench.results import NotHereError
from council import Catalogue, Document, Kind, Page
from eval.beir import papers
from eval.collection import Collection
from search import CUTTING, cut

SAMPLE = ROOT / "corpus_sample"
MATERIAL = ROOT.parent / "shared" / "data"
"""Where the law text and the public sets lie, if nobody says otherwise; they are not part of this repository."""
LAWS = Path("training") / "laws_nl.txt.xz"
"""Within the material: Dutch legislation, a paragraph a line."""
JUDGED = Path("retrieval")
"""Within the material: a folder in BEIR form for each set."""
JUDGED_SETS = ("nl_kamervragen_limburg", "nl_rijksoverheid_vac")
LAW_TEXT = "laws"
"""Names the collection of law text, beside the judged sets."""
MUNICIPALITY = "gm9901"
LAW_FOLDER = "laws/"
_PARAGRAPHS_A_PAGE = 12
_PAGES_A_DOCUMENT = 10


def fill_up(catalogue: Catalogue, laws: Path, *, passages: int) -> int:
    """Add documents of law text until the catalogue holds so many passages.

    Returns:
        How many passages there are in the end.

    Raises:
        NotHereError: the law text is not on this machine.
    """
    held = catalogue.passage_count()
    kinds = list(Kind)
    for number, pages in enumerate(_documents(laws)):
        if held >= passages:
            break
        digest = hashlib.sha256(f"{number}|{pages[0].text}".encode()).hexdigest()
        if catalogue.document(digest) is not None:
            continue
        document = Document(
            sha256=digest,
            title=pages[0].text[:80],
            kind=kinds[number % len(kinds)],
            municipality=MUNICIPALITY,
            body="gemeenteraad",
            date=dt.date(2010, 1, 1) + dt.timedelta(days=number % 5000),
            page_count=len(pages),
            filename=f"{LAW_FOLDER}{number}.pdf",
        )
        found = cut(document, pages)
        with catalogue.writing():
            catalogue.put(document, pages, found, cutting=CUTTING)
        held += len(found)
    return held


def put_judged(catalogue: Catalogue, collection: Collection) -> int:
    """Put the documents of a public set into a catalogue as ``raadspoor-eval beir`` does; return how many passages."""
    with catalogue.writing():
        for document, page in papers(collection):
            catalogue.put(document, (page,), cut(document, (page,)), cutting=CUTTING)
    return catalogue.passage_count()


def _documents(laws: Path) -> Iterator[list[Page]]:
    """Yield papers of law text without end.

    The law text is enough for some hundred thousand passages. After that its paragraphs are shuffled into other papers,
    so that a passage has new neighbours and words in it though no paragraph is new.
    """
    if not laws.exists():
        raise NotHereError(f"{laws.name} is not there; name the folder that holds it with --material")
    with lzma.open(laws, "rt", encoding="utf-8") as file:
        for lines in _by(file, _PARAGRAPHS_A_PAGE * _PAGES_A_DOCUMENT):
            yield from _paper(lines)
    with lzma.open(laws, "rt", encoding="utf-8") as file:
        paragraphs = file.readlines()
    for round_ in count(1):
        random.Random(round_).shuffle(paragraphs)  # noqa: S311  # nothing secret, and the same every time
        for lines in _by(paragraphs, _PARAGRAPHS_A_PAGE * _PAGES_A_DOCUMENT):
            yield from _paper(lines)


def _paper(lines: Sequence[str]) -> Iterator[list[Page]]:
    texts = ["\r\n".join(line.strip() for line in page) for page in _by(lines, _PARAGRAPHS_A_PAGE)]
    pages = [Page(number=number, text=text) for number, text in enumerate(texts, start=1) if text.strip()]
    if pages:
        yield pages


def _by(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(lines)
    while several := list(islice(rest, size)):
        yield several
