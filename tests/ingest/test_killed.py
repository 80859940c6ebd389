"""A run that is killed, at every stage and at any moment: nothing is lost and nothing is twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from council import Catalogue, DataFolder, Filters, Query, State, sha256_of
from council.settings import Settings
from search import Engine
from tests.fakes import FakeEmbedder
from tests.ingest import a_night
from tests.ingest.a_night import ALWAYS, GONE, NEVER, Rehearsed, a_paper, in_a_process
from tests.ingest.papers import put
from tests.ingest.steps import KilledAt
from tests.ingest.test_nights import BROKEN

HOME = Path(__file__).resolve().parents[2]
KILLS = 15
NIGHTS = 80
"""Each is killed twice."""
FEWEST = 8
"""Steps that a night takes which has nothing to do."""
SEED = 20240312


def targets(rehearsed: Rehearsed) -> list[int]:
    """Return the steps to be killed at: one of each kind, and what is left of the number drawn from all."""
    dice = random.Random(SEED)  # noqa: S311 - nothing is kept secret with it
    chosen = rehearsed.one_of_each(dice)
    return chosen + [dice.randrange(len(rehearsed.steps)) for _ in range(NIGHTS - len(chosen))]


def test_the_nights_that_are_killed_reach_every_stage(rehearsed: Rehearsed) -> None:
    """This test ensures that the steps that are killed at are those of a whole night: every stage and every kind of
    write is among them, and the rehearsal came to what it should."""
    reached = {rehearsed.steps[number] for number in targets(rehearsed)}
    assert reached == set(rehearsed.steps)
    assert {step.partition(":")[0] for step in reached} == {
        "begin", "compare", "read", "recut", "index", "scan", "after index",
    }  # fmt: skip
    for step in (
        "index: write index/…/store", "index: engine upsert", "index: rename index/live.part",
        "index: rmdir index/…", "index: remove in a tree", "scan: catalogue commit",
        "after index: rename reports", "after index: rmdir incoming", "recut: catalogue commit",
        "read: rename incoming", "compare: catalogue commit", "begin: write ingest.lock",
    ):  # fmt: skip
        assert step in reached
    assert len(targets(rehearsed)) == NIGHTS
    assert set(rehearsed.end["found"]["everybody"]) >= ALWAYS
    assert not set(rehearsed.end["found"]["everybody"]) & (NEVER | GONE)
    assert {line.partition(" ")[0] for line in rehearsed.end["told"]} == {"added", "changed", "withdrawn"}


@pytest.mark.parametrize("turn", range(NIGHTS))
def test_a_night_may_be_killed_at_any_step_and_again_while_it_goes_on(rehearsed: Rehearsed, turn: int) -> None:
    """This test ensures that after each of two kills the live index answers, shows nothing that is secret, held or
    gone and nothing twice, and that the night after them comes to just what a night that nobody killed comes to; all
    that the three did stands in the reports that are kept, once."""
    number = targets(rehearsed)[turn]
    rehearsed.again()
    assert in_a_process(a_night.night, rehearsed.home, KilledAt(number=number)).code == -signal.SIGKILL
    assert_nothing_is_shown_that_should_not_be(rehearsed, rehearsed.steps[number])
    dice = random.Random(SEED + turn)  # noqa: S311
    # What is left of the night may hold fewer steps than that; the first few are in every night.
    for most in (len(rehearsed.steps) // 3, FEWEST):
        if in_a_process(a_night.night, rehearsed.home, KilledAt(number=dice.randrange(most))).code:
            break
    else:
        pytest.fail("the second night was not killed")
    assert_nothing_is_shown_that_should_not_be(rehearsed, rehearsed.steps[number])
    assert in_a_process(a_night.finish, rehearsed.home).came == rehearsed.end


def test_a_rollback_may_be_killed_at_any_step(rehearsed: Rehearsed) -> None:
    """This test ensures that whichever generation is live after the kill answers, and that the next night publishes."""
    rehearsed.again()
    steps = in_a_process(a_night.back, rehearsed.home).steps
    assert "begin: rename index/live.part" in steps
    for number, step in enumerate(steps):
        rehearsed.again()
        assert in_a_process(a_night.back, rehearsed.home, KilledAt(number=number)).code == -signal.SIGKILL
        # The fourth paper came in the second night: it is not in the generation before.
        assert set(in_a_process(a_night.found, rehearsed.home).came["everybody"]) >= ALWAYS - {"fietspad 4 molen"}, step
        assert in_a_process(a_night.finish, rehearsed.home).came == rehearsed.end, step


def assert_nothing_is_shown_that_should_not_be(rehearsed: Rehearsed, step: str) -> None:
    """Ask the live index, which was published before the kill or by it."""
    found = in_a_process(a_night.found, rehearsed.home).came["everybody"]
    assert set(found) >= ALWAYS, step
    assert not set(found) & NEVER, step
    if step.partition(":")[0] not in ("begin", "compare"):
        assert not set(found) & GONE, step
    assert len(found) == len(set(found)), step


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
