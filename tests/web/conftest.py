"""A small town: some papers of the sample, read without OCR, served as a reader sees them."""

import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from council import Catalogue, DataFolder, Document, State, Usage, open_usage, readable
from council.records import Access, Citation, Spans
from council.settings import Settings
from ingest import ingest
from search import Engine
from web.app import create_app

SAMPLE = Path(__file__).parents[2] / "corpus_sample"
PAPERS = (
    "2022/2022-09-13-raadsvoorstel-betaald-parkeren-centrum.pdf",
    "2022/2022-10-06-amendement-a-2022-07-eerste-uur-vrij.pdf",
    "2022/2022-10-06-besluitenlijst.pdf",
    "2022/2022-10-06-motie-m-2022-14-mantelzorg-parkeert-mee.pdf",
    "2023/2023-02-07-raadsvoorstel-opvang-sportpark-noorderholt.pdf",
    "2023/2023-03-16-notulen.pdf",
    "2023/2023-03-28-bijlage-huurovereenkomst-de-kroon.pdf",
    "2023/2023-04-11-raadsinformatiebrief-mantelzorgkaart.pdf",
    "2023/2023-05-16-bijlage-kostenraming-waterlelie.pdf",
    "2023/2023-05-30-bijlage-kostenraming-waterlelie-gewijzigd.pdf",
    "2023/2023-09-19-rapport-bodemonderzoek-molenkwartier.pdf",
    "2024/2024-01-23-rapport-evaluatie-betaald-parkeren.pdf",
    "2024/2024-03-04-ingekomen-brief-zwemvereniging-dalmeren.pdf",
    "2024/2024-05-27-ingekomen-brief-inwoner-jeugdhulp.pdf",
    "2024/2024-05-28-raadsvoorstel-aanpassing-parkeren.pdf",
    "2024/2024-09-17-raadsinformatiebrief-septembercirculaire.pdf",
    "2024/2024-11-07-begroting-2025.pdf",
)
HIDDEN = {
    "secret": "huurovereenkomst-de-kroon",
    "withdrawn": "opvang-sportpark-noorderholt",
    "held": "inwoner-jeugdhulp",
    "superseded": "2023-05-16-bijlage-kostenraming-waterlelie",
}


@dataclass(frozen=True, kw_only=True)
class Town:
    """The papers of the town, and where they came from."""

    data: DataFolder
    source: Path
    engine: Engine

    @property
    def catalogue(self) -> Catalogue:
        return self.engine.catalogue

    def sha(self, part: str) -> str:
        """Return the document whose file name holds a part, in whatever state it is."""
        (found,) = {a.document for a in self.catalogue.addresses(str(self.source)).values() if part in a.path}
        return found

    def document(self, part: str) -> Document:
        document = self.catalogue.document(self.sha(part))
        assert document is not None
        return document

    def sentences(self, part: str) -> list[tuple[Spans, str]]:
        """Return where each sentence of a document stands, and what it says."""
        sha = self.sha(part)
        return [
            (spans, readable(self.catalogue.quote(Citation(document=sha, spans=spans))))
            for passage in self.catalogue.passages_of(sha)
            for spans in passage.sentences
        ]


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(ocr=False)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Town]:
    source = tmp_path_factory.mktemp("papers").resolve()
    for paper in PAPERS:
        target = source / "pdf" / paper
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLE / "pdf" / paper, target)
    manifest = (SAMPLE / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    kept = [line for line in manifest if json.loads(line)["file"].removeprefix("pdf/") in PAPERS]
    (source / "manifest.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    data = DataFolder(tmp_path_factory.mktemp("data"))
    ingest(source, data, settings, municipality="gm9901")
    engine = Engine(data, settings)
    made = Town(data=data, source=source, engine=engine)
    assert made.document(HIDDEN["secret"]).access is Access.GEHEIM
    assert made.document(HIDDEN["withdrawn"]).state is State.WITHDRAWN
    assert made.document(HIDDEN["held"]).state is State.HELD
    assert made.document(HIDDEN["superseded"]).state is State.SUPERSEDED
    yield made
    engine.close()


@pytest.fixture(scope="session")
def app(town: Town, settings: Settings) -> FastAPI:
    return create_app(town.engine, settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Give a reader without cookies."""
    with TestClient(app, follow_redirects=False) as made:
        yield made


KEEP_DAYS = 30


@pytest.fixture(scope="session")
def usage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Usage]:
    """Give what counts the use of the town's pages, in a folder of its own."""
    settings = Settings(usage=True, keep_questions_days=KEEP_DAYS)
    made = open_usage(DataFolder(tmp_path_factory.mktemp("usage")), settings)
    assert made is not None
    yield made
    made.close()


@pytest.fixture(scope="session")
def counting_app(town: Town, settings: Settings, usage: Usage) -> FastAPI:
    """Give the same pages with their use counted."""
    return create_app(town.engine, settings, usage)


@pytest.fixture
def counted(counting_app: FastAPI) -> Iterator[TestClient]:
    """Give a reader whose use is counted, in a browser that says where its forms come from."""
    with TestClient(counting_app, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"}) as made:
        yield made


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    """Give the address of a real server."""
    yield from serve(app)


@pytest.fixture(scope="session")
def counting_address(counting_app: FastAPI) -> Iterator[str]:
    """Give the address of a real server that counts use."""
    yield from serve(counting_app)


def serve(app: FastAPI) -> Iterator[str]:
    """Serve an application and yield its address; stop it after that."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server stopped before it began"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)
    listening.close()
