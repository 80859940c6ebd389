"""A night in which everything happens that can, in a process of its own: to be killed or left without room."""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import ingest.intake
import ingest.run
import ingest.scans
from council import Access, Catalogue, DataFolder, Filters, IngestReport, Query, RaadspoorError, sha256_of
from council.settings import Settings
from ingest import ocr
from ingest.programs import Programs
from ingest.running import MAKE
from search import Engine
from search.copying import copied
from search.generation import must_be_live
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import in_this_process
from tests.ingest.papers import a_pdf, a_scan, put
from tests.ingest.steps import Steps, Strike, never

_PRELOADED = ["tests.ingest.warm"]
REPORT = re.compile(r"\d{4}-\d\d-\d\dT\d{6}(-\d+)?\.(json|html)")
SECONDS = 240
"""After which a night is taken for hanging."""

ALWAYS = {*(f"fietspad {number} molen" for number in range(1, 5)), "fietspad 7 molen"}
"""Titles that everybody finds at any moment of the night; the file of the last one is moved."""
NEVER = {"fietspad 9 molen", "fietspad 10 molen", "fietspad 14 station"}
"""Titles that the public finds at no moment: two are secret, and one holds a citizen service number."""
GONE = {"fietspad 5 molen", "fietspad 8 molen"}
"""Titles that the public finds no longer once the folder was compared: one was taken away, one is now secret."""


def a_paper(number: int, word: str, more: str = "") -> bytes:
    """Return a paper of three pages about a cycle path."""
    body = f"Het college vraagt de raad om fietspad {number} aan te leggen bij {word}. " * 6
    return a_pdf(f"Raadsvoorstel\nOnderwerp: fietspad {number} {word}\nDatum 3 maart 2021\n{more}", body, body)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a night ended."""

    code: int
    """What the process ended with; minus the number of the signal that ended it."""
    failed: str = ""
    """The message of an error of ours."""
    steps: tuple[str, ...] = ()
    came: Any = None
    """What came of it."""


def before(source: Path, data: DataFolder) -> None:
    """Deliver papers, publish them in two nights, and have tomorrow's papers lie ready."""
    put(source, {f"{number}.pdf": a_paper(number, "molen") for number in (1, 2, 3, 5, 6, 7, 8, 9)})
    put(source, {"10.pdf": a_paper(10, "molen", "Mijn burgerservicenummer is 123456782."), "kapot.pdf": b"%PDF-1.7"})
    put(source, {"scan.pdf": a_scan("een brief")})
    _say(source, {"9.pdf": "geheim"})
    night(source, data, scans=False)
    put(source, {"4.pdf": a_paper(4, "molen")})
    night(source, data, scans=False)
    with sqlite3.connect(data.catalogue) as catalogue:
        catalogue.execute("UPDATE documents SET cutting = 'older' WHERE filename IN ('1.pdf', '2.pdf')")
    catalogue.close()
    put(source, {f"{number}.pdf": a_paper(number, "station") for number in range(11, 15)})
    put(source, {"6.pdf": a_paper(6, "haven"), "kopie.pdf": a_paper(3, "molen"), "leeg.pdf": b""})
    (source / "map").mkdir()
    (source / "7.pdf").rename(source / "map" / "7.pdf")
    (source / "5.pdf").unlink()
    _say(source, {"9.pdf": "geheim", "8.pdf": "geheim", "14.pdf": "geheim"})


def _say(source: Path, access: dict[str, str]) -> None:
    lines = (json.dumps({"file": file, "access": level}) for file, level in access.items())
    (source / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")


def night(source: Path, data: DataFolder, *, scans: bool = True) -> IngestReport:
    """Ingest in this process, which is made for it."""
    for module in (ingest.intake, ingest.run, ingest.scans):
        module.in_workers = in_this_process  # type: ignore[attr-defined]
    ocr.available = lambda language: True
    ocr.add_text_layer = _with_text
    settings = Settings(ocr=scans, passwords="", read_seconds=60, workers=1, keep_generations=2, keep_reports=3)
    return ingest.run.ingest(source, data, settings, municipality="gm9901", embedder=FakeEmbedder)


def back(source: Path, data: DataFolder) -> str:
    """Go back to the generation before."""
    return ingest.run.return_to_former(data, Settings(), embedder=FakeEmbedder)


def _with_text(
    file: Path, target: Path, wanted: ocr.Wanted, effort: ocr.Effort, programs: Programs
) -> Mapping[int, float]:
    target.write_bytes(a_pdf("Brief\nBetreft: een bankje\nDalmeren, 4 april 2023\nGraag een bankje in het park."))
    return dict.fromkeys((*wanted.whole, *wanted.part), 0.9)


def found(source: Path, data: DataFolder) -> dict[str, list[str]]:
    """Return the titles that are found: by everybody, and by who may see all."""
    engine = Engine(data, Settings(), embedder=FakeEmbedder())
    try:
        return {
            who: [hit.document.title for hit in engine.search(_all_paths(access)).hits]
            for who, access in (("everybody", {Access.OPENBAAR}), ("all", set(Access)))
        }
    finally:
        engine.close()


def _all_paths(access: set[Access]) -> Query:
    return Query(text="fietspad bij de molen station haven", filters=Filters(access=frozenset(access)), limit=50)


def state(source: Path, data: DataFolder) -> dict[str, Any]:
    """Return all that a night leaves behind, but for moments: two nights that come to the same give the same."""
    catalogue = Catalogue(data.catalogue)
    live = must_be_live(data).name
    documents = {sha: catalogue.document(sha) for sha in catalogue.states()}
    whole = {
        "documents": documents,
        "addresses": catalogue.all_addresses(),
        "pages": {sha: catalogue.pages(sha) for sha in documents},
        "passages": {sha: catalogue.passages_of(sha) for sha in documents},
        "cut otherwise": catalogue.cut_otherwise(MAKE),
        "damaged": [sha for sha in documents if sha256_of(data.original(sha)) != sha],
        "files": sorted(_kept(data)),
        "generations": len(generations := _generations(data)),
        "the newest is live": live == max(generations),
        "told": told(data, but=data.root.parent / "before" / data.reports.name),
        "found": {who: sorted(titles) for who, titles in found(source, data).items()},
    }
    catalogue.close()
    return whole


def told(data: DataFolder, *, but: Path) -> list[str]:
    """Return all that the kept reports say of papers, each thing as often as it is said.

    Args:
        data: where they are kept.
        but: a folder with reports that do not count.
    """
    kept = [path for path in data.reports.glob("*.json") if not (but / path.name).exists()]
    reports = [report for path in kept if (report := json.loads(path.read_bytes())["report"])]
    assert all(path.with_suffix(".html").exists() for path in kept)
    parts = ("added", "changed", "withdrawn")
    return sorted(f"{part} {path}" for report in reports for part in parts for path in report[part])


def finish(source: Path, data: DataFolder) -> dict[str, Any]:
    """Ingest, and return all that is there then."""
    night(source, data)
    return state(source, data)


def _kept(data: DataFolder) -> Iterator[str]:
    """Yield every file of a data folder, except those of complete generations, reports and SQLite's own."""
    own = {*(data.index / name for name in _generations(data))}
    for path in data.root.rglob("*"):
        is_report = path.parent == data.reports and REPORT.fullmatch(path.name)
        if not is_report and not own & {path, *path.parents} and not path.name.startswith(f"{data.catalogue.name}-"):
            yield str(path.relative_to(data.root))


def _generations(data: DataFolder) -> list[str]:
    return [folder.name for folder in data.index.iterdir() if (folder / "generation.json").exists()]


def in_a_process(what: Callable[[Path, DataFolder], Any], home: Path, strike: Strike = never) -> Outcome:
    """Do something in a process of its own, forked from one that has everything loaded.

    Args:
        what: one of the functions here.
        home: the folder with the source and the data folder.
        strike: what happens at which step.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(what, home, strike, sender))
    process.start()
    sender.close()
    try:
        outcome: Outcome | None = receiver.recv()
    except EOFError:
        outcome = None
    process.join(SECONDS)
    assert process.exitcode is not None, "it hangs"
    return outcome or Outcome(code=process.exitcode)


def _answer(what: Callable[[Path, DataFolder], Any], home: Path, strike: Strike, out: Connection) -> None:
    data = DataFolder(home / "data")
    steps = Steps(data.root, strike)
    try:
        outcome = Outcome(code=0, came=what(home / "source", data))
    except RaadspoorError as error:
        outcome = Outcome(code=error.exit_code, failed=str(error))
    out.send(replace(outcome, steps=tuple(steps.taken)))


class Rehearsed:
    """A night that went well, and the data folder as it was before: what nights that are killed are held against."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = DataFolder(home / "data")
        assert in_a_process(before, home).code == 0
        self.data.root.rename(home / "before")
        self.again()
        done = in_a_process(night, home)
        self.steps = done.steps
        self.end: dict[str, Any] = in_a_process(state, home).came

    def again(self) -> None:
        """Put the data folder back as it was before the night."""
        shutil.rmtree(self.data.root, ignore_errors=True)
        copied(self.home / "before", self.data.root)

    def one_of_each(self, dice: random.Random) -> list[int]:
        """Return the number of a step of each kind."""
        kinds: dict[str, list[int]] = {}
        for number, step in enumerate(self.steps):
            kinds.setdefault(step, []).append(number)
        return [dice.choice(numbers) for numbers in kinds.values()]
