"""A small town's papers, and questions about them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from council import Access, Address, Catalogue, DataFolder
from council.settings import Settings
from search import CUTTING, build, cut
from tests.fakes import FakeEmbedder, a_document, pages_of

POOL = (
    "Raadsvoorstel\nNieuw zwembad in Oosterveld\n\n"
    "De raad stelt een krediet van € 18.550.000 beschik\ufffe\nbaar voor het nieuwe zwembad. "
    "Het bad opent in september 2025 zijn deuren. "
    "Wethouder Van Dam leidt het project.\n",
    "Kanttekeningen\n\nDe bouwkosten kunnen stijgen door de krappe markt. De raad wordt elk kwartaal geïnformeerd.\n",
)
PARKING = (
    "Notulen van de raad\n\nMevrouw Pals (Groen): Wij willen dat het eerste uur parkeren gratis blijft. "
    "Wij willen dat het eerste uur parkeren gratis blijft. "
    "De heer Kuit (Dorp): Een bewonersvergunning kost straks € 60 per jaar.\n",
)
SCAN = ("Geachte raad, de waterieiding in de Molenstraat lekt al weken.\n",)
SECRET = ("De onderhandelingen over het zwembad lopen vast op de grondprijs van € 900.000.\n",)


def store(catalogue: Catalogue, path: str, pages: Sequence[str], *, ocr: bool = False, **said: Any) -> None:
    document = a_document(path, filename=path, page_count=len(pages), **said)
    read = tuple(replace(page, ocr=ocr) for page in pages_of(*pages))
    with catalogue.writing():
        catalogue.put(document, read, cut(document, read), cutting=CUTTING)
        catalogue.put_address(Address(source="src", path=path, document=document.sha256, size=1, changed=1))


def question(**changes: Any) -> dict[str, Any]:
    good = {
        "id": "q1",
        "question": "Hoeveel krediet is er voor het zwembad?",
        "type": "amount",
        "dossier": "zwembad",
        "need": "the sum that the council made available",
        "answerable": True,
        "facts": ["€ 18.550.000"],
        "judgements": [judgement()],
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def judgement(**changes: Any) -> dict[str, Any]:
    good = {
        "file": "pool.pdf",
        "page": 1,
        "quote": "De raad stelt een krediet van € 18.550.000 beschikbaar voor het nieuwe zwembad.",
        "grade": 3,
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def unanswerable(**changes: Any) -> dict[str, Any]:
    return question(**{"answerable": False, "judgements": None, "facts": None, **changes})


def make_town(data: DataFolder) -> None:
    catalogue = Catalogue(data.catalogue, create=True)
    store(catalogue, "pool.pdf", POOL, title="Nieuw zwembad")
    store(catalogue, "parking.pdf", PARKING, title="Notulen")
    store(catalogue, "scan.pdf", SCAN, ocr=True)
    store(catalogue, "secret.pdf", SECRET, access=Access.GEHEIM)
    build(Settings(), data, catalogue, FakeEmbedder, municipality="gm9901")
    catalogue.close()


def write_gold(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path
