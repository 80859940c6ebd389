"""A town whose clerk delivers papers night after night."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import ingest.intake
import ingest.run
import ingest.scans
from council import Access, Catalogue, DataFolder, Document, Filters, IngestReport, Query, ReadError, State
from council.settings import Settings
from ingest.run import ingest as run_ingest
from ingest.scope import Scope
from search import Engine
from tests.conftest import quick_folder
from tests.fakes import FakeEmbedder
from tests.ingest.papers import put

if TYPE_CHECKING:
    from tests.ingest.a_night import Rehearsed

SHARED = Path(__file__).resolve().parents[3] / "shared"
EVERYONE = frozenset(Access)
_ONE_READER = threading.Lock()
"""Scans are seen side by side in threads; PDFium is not safe for threads, and each worker has one of its own."""


def in_this_process(
    function: Callable[[Any], Any], tasks: Iterable[Any], bounds: object, *, workers: int
) -> Iterator[tuple[Any, Any]]:
    """Do what the workers do, without the seconds that it takes to start them."""
    for task in tasks:
        outcome: Any
        try:
            with _ONE_READER:
                outcome = function(task)
        except ReadError as error:
            outcome = error
        yield task, outcome


class Town:
    """A source folder, a data folder, and the nights that lead from one to the other."""

    def __init__(self, home: Path, *, indexed: bool) -> None:
        self.source = home / "source"
        self.data = DataFolder(home / "data")
        self.settings = Settings(ocr=False, passwords="", read_seconds=60)
        self.indexed = indexed
        self.source.mkdir(parents=True)

    def put(self, **papers: bytes) -> None:
        """Deliver papers; ``a__b`` is ``a/b.pdf``."""
        put(self.source, {f"{name.replace('__', '/')}.pdf": content for name, content in papers.items()})

    def say(self, *lines: dict[str, Any]) -> None:
        """Write the manifest."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (self.source / "manifest.jsonl").write_text(text, encoding="utf-8")

    def take(self, *names: str) -> None:
        """Take papers away."""
        for name in names:
            (self.source / f"{name.replace('__', '/')}.pdf").unlink()

    def night(self, scope: Scope | None = None, **settings: Any) -> IngestReport:
        """Ingest the source, or as much of it as is asked for."""
        for name, value in settings.items():
            self.settings = self.settings.model_copy(update={name: value})
        return run_ingest(
            self.source, self.data, self.settings, municipality="gm9901", scope=scope or Scope(), embedder=FakeEmbedder
        )

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue as it is now."""
        return Catalogue(self.data.catalogue)

    def papers(self) -> dict[str, Document]:
        """Return the documents that lie in the source, by path."""
        catalogue = self.catalogue
        try:
            found = {}
            for path, address in catalogue.addresses(str(self.source.resolve())).items():
                document = catalogue.document(address.document) if address.document else None
                if document is not None:
                    found[path.removesuffix(".pdf")] = document
            return found
        finally:
            catalogue.close()

    def standing(self) -> dict[str, str]:
        """Return where each paper in the source stands."""
        return {path: document.state.value for path, document in self.papers().items()}

    def live(self) -> set[str]:
        """Return the file names of all documents that can be found."""
        catalogue = self.catalogue
        try:
            return {document.filename.removesuffix(".pdf") for document in catalogue.documents()}
        finally:
            catalogue.close()

    def hits(self, question: str, access: Iterable[Access] = (Access.OPENBAAR,)) -> list[str]:
        """Ask the published index."""
        engine = Engine(self.data, self.settings, embedder=FakeEmbedder())
        try:
            results = engine.search(Query(text=question, filters=Filters(access=frozenset(access))))
            return [hit.document.filename.removesuffix(".pdf") for hit in results.hits]
        finally:
            engine.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process."""
    for module in (ingest.intake, ingest.run, ingest.scans):
        monkeypatch.setattr(module, "in_workers", in_this_process)


@pytest.fixture
def town(tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town that keeps a catalogue and no index."""
    monkeypatch.setattr(ingest.run, "build", lambda *args, **kwargs: SimpleNamespace(name="none"))
    return Town(tmp_path, indexed=False)


@pytest.fixture
def city(tmp_path: Path, quick: None) -> Town:
    """A town that publishes."""
    return Town(tmp_path, indexed=True)


@pytest.fixture(scope="session")
def rehearsed() -> Iterator[Rehearsed]:
    """Give a night that went well, to be killed or left without room, in memory where the machine has room for it."""
    from tests.ingest.a_night import Rehearsed

    with quick_folder() as home:
        yield Rehearsed(home)


def must_have(there: bool, what: str) -> None:
    """Skip a test whose means are not on this machine; where CI runs, fail instead."""
    if not there:
        if os.environ.get("CI"):
            pytest.fail(f"{what} is missing")
        pytest.skip(f"{what} is missing")


LIVE, HELD, WITHDRAWN, SUPERSEDED = (
    state.value for state in (State.LIVE, State.HELD, State.WITHDRAWN, State.SUPERSEDED)
)
