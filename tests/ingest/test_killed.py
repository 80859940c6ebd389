"""A run that is killed, a disk that is full, a folder that another run holds: nothing is lost and nothing is twice."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from council import Catalogue, DataError, DataFolder, Filters, Query, State, keep, sha256_of
from council.settings import Settings
from ingest import intake
from search import Engine
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import Town
from tests.ingest.papers import a_pdf, put
from tests.ingest.test_nights import BATH, BROKEN, PARK

HOME = Path(__file__).resolve().parents[2]
KILLS = 15
SEED = 20240312


def a_paper(number: int, word: str) -> bytes:
    body = f"Het college vraagt de raad om fietspad {number} aan te leggen bij {word}. " * 6
    return a_pdf(f"Raadsvoorstel\nOnderwerp: fietspad {number} {word}\nDatum 3 maart 2021", body, body)


def started(source: Path, data: DataFolder) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ingest.driver", str(source), str(data.root)]
    return subprocess.Popen(
        command,
        cwd=HOME,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
    )


def finished(source: Path, data: DataFolder) -> str:
    out, err = (run := started(source, data)).communicate(timeout=240)
    assert run.returncode == 0, err
    return out


def hits(data: DataFolder, question: str) -> list[str]:
    engine = Engine(data, Settings(), embedder=FakeEmbedder())
    try:
        return [hit.document.title for hit in engine.search(Query(text=question, filters=Filters(), limit=50)).hits]
    finally:
        engine.close()


def test_a_run_that_is_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    """This test ensures that after each of many kills the old index still answers, no worker is left behind, and that
    the run after them finishes the work: every document there, none twice, and no scrap left."""
    source, data = tmp_path / "source", DataFolder(tmp_path / "data")
    put(source, {f"oud {number}.pdf": a_paper(number, "molen") for number in range(6)})
    put(source, {"kapot.pdf": BROKEN})
    before = time.monotonic()
    finished(source, data)
    whole = time.monotonic() - before
    put(source, {f"nieuw {number}.pdf": a_paper(number, "station") for number in range(10)})
    put(source, {"oud 0.pdf": a_paper(0, "haven"), "kopie.pdf": a_paper(3, "molen")})
    (source / "oud 5.pdf").unlink()
    dice = random.Random(SEED)  # noqa: S311 - nothing is kept secret with it
    ended = 0
    for _ in range(KILLS):
        run = started(source, data)
        time.sleep(dice.uniform(0.3, 1.0) * whole)
        children = psutil.Process(run.pid).children(recursive=True) if run.poll() is None else []
        run.send_signal(signal.SIGKILL)
        run.communicate()
        ended += run.returncode == 0
        assert_still_whole(data)
        psutil.wait_procs(children, timeout=20)
        assert [child for child in children if child.is_running()] == []
    assert ended < KILLS, "every run was done before it was killed: this test tests nothing"
    finished(source, data)
    wanted = {sha256_of(path): path for path in source.glob("*.pdf") if path.name != "kapot.pdf"}
    catalogue = Catalogue(data.catalogue)
    assert {document.sha256 for document in catalogue.documents()} == wanted.keys()
    for sha in wanted:
        assert sha256_of(data.original(sha)) == sha
        assert len(catalogue.pages(sha)) == 3
    states = list(catalogue.states().values())
    assert (states.count(State.LIVE), states.count(State.SUPERSEDED), states.count(State.WITHDRAWN)) == (15, 1, 1)
    catalogue.close()
    assert len(list((data.root / "documents").rglob("*"))) == 17 + len(list((data.root / "documents").iterdir()))
    assert not data.incoming.exists()
    assert sorted(hits(data, "fietspad station")[:10]) == sorted(f"fietspad {number} station" for number in range(10))
    assert "fietspad 0 haven" in hits(data, "fietspad haven")
    assert "fietspad 5 molen" not in hits(data, "fietspad molen")


def assert_still_whole(data: DataFolder) -> None:
    """Ask what could be asked before the first kill: papers that are still there must still be found."""
    found = hits(data, "fietspad bij de molen")
    assert {f"fietspad {number} molen" for number in range(1, 5)} <= set(found)
    assert len(found) == len(set(found))


def test_a_second_run_says_who_holds_the_folder(tmp_path: Path) -> None:
    """This test ensures that two runs at once never mix, and that the second leaves with its own exit code."""
    put(tmp_path, {"source/a.pdf": BATH})
    command = [sys.executable, "-m", "tests.ingest.driver", str(tmp_path / "source"), str(tmp_path / "data"), "60"]
    holder = subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        done = subprocess.run(
            [sys.executable, "-m", "ingest", str(tmp_path / "source"), "--data", str(tmp_path / "data"), "--json"],
            cwd=HOME,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        holder.kill()
        holder.communicate()
    assert (done.returncode, done.stdout) == (4, "")
    assert f"another run (process {holder.pid}) is writing here" in done.stderr
    assert not (tmp_path / "data" / "catalogue.sqlite").exists()


def test_a_lock_goes_with_the_run_that_held_it(town: Town) -> None:
    """This test ensures that a run that was killed does not lock the folder for the next."""
    town.put(a=BATH)
    town.data.lock.parent.mkdir()
    town.data.lock.write_text("999999", encoding="utf-8")
    assert town.night().added == ("a.pdf",)
    assert town.data.lock.read_text(encoding="utf-8") == str(os.getpid())


def test_a_full_disk_is_told_and_the_next_run_goes_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that what was done before the disk was full is kept, and nothing half is left."""
    town.put(a=BATH, b=PARK)
    left = [1]

    def full(source: Path, target: Path) -> str:
        if not left.pop():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left.append(0)
        return keep(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(intake, "keep", full)
        with pytest.raises(DataError, match=r"No space left on device; make room") as raised:
            town.night()
    assert raised.value.exit_code == 4
    assert town.live() == {"a"}
    report = town.night()
    assert (report.added, report.unchanged) == (("b.pdf",), 1)


def test_an_index_is_not_begun_without_room_for_it(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a disk that would fill up ends in a message, and that the old index goes on answering."""
    city.put(a=BATH)
    city.night()
    city.put(b=PARK)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=100 << 20))
        with pytest.raises(DataError, match=r"may need .* MiB and 100 MiB are free; make room"):
            city.night()
    assert city.hits("zwembad") == ["a"]
    city.night()
    assert city.hits("stadspark")[0] == "b"


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on file size")
def test_a_file_that_cannot_grow_is_trouble_with_the_data_folder(tmp_path: Path) -> None:
    """This test ensures that a real error of the system on writing ends in exit code 4 and a message."""
    put(tmp_path / "source", {"a.pdf": BATH + b"%" * 3_000_000})
    code = (
        "import resource, sys\nfrom ingest.__main__ import main\n"
        "if __name__ == '__main__':\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        f"    sys.exit(main([{str(tmp_path / 'source')!r}, '--data', {str(tmp_path / 'data')!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 4, done.stderr
    assert "File too large; make room" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_of_another_make_is_refused(town: Town) -> None:
    """This test ensures that a folder of an older program is neither searched nor spoiled."""
    import sqlite3

    town.put(a=BATH)
    town.data.root.mkdir()
    other = sqlite3.connect(town.data.catalogue)
    other.execute("PRAGMA user_version = 99")
    other.execute("CREATE TABLE documents (x)")
    other.commit()
    other.close()
    with pytest.raises(DataError, match="is of make 99"):
        town.night()


@pytest.mark.parametrize("content", [b"", b"this is no database at all, and long enough to tell" * 100])
def test_a_damaged_catalogue_is_told(town: Town, content: bytes) -> None:
    """This test ensures that a damaged file ends in a message, and an empty one in a fresh start."""
    town.put(a=BATH)
    town.data.root.mkdir()
    town.data.catalogue.write_bytes(content)
    if content:
        with pytest.raises(DataError, match="not a database"):
            town.night()
    else:
        assert town.night().added == ("a.pdf",)


def test_a_data_folder_that_cannot_be_made_is_told(town: Town) -> None:
    """This test ensures that a file in the folder's place is explained."""
    town.put(a=BATH)
    town.data.root.write_bytes(b"")
    with pytest.raises(DataError, match=r"File exists|Not a directory"):
        town.night()


def test_kept_bytes_that_were_lost_come_back_with_the_file(town: Town) -> None:
    """This test ensures that a file that is delivered again restores a copy that is missing."""
    town.put(a=BATH)
    town.night()
    shutil.rmtree(town.data.root / "documents")
    town.put(b=BATH)
    town.night()
    assert sha256_of(town.data.original(town.papers()["a"].sha256)) == town.papers()["a"].sha256
