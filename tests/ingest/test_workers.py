"""Worker processes: whatever a task does to its worker, every task has its outcome and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import psutil
import pytest

from council import ReadError
from ingest.workers import Bounds, in_workers
from tests.ingest.hostile import suffer

BOUNDS = Bounds(seconds=4, megabytes=1500)
HOME = Path(__file__).resolve().parents[2]


def outcomes(*tasks: str, workers: int = 2) -> dict[str, str]:
    found = {}
    for task, outcome in in_workers(suffer, tasks, BOUNDS, workers=workers):
        assert task not in found
        found[task] = f"refused: {outcome.reason}" if isinstance(outcome, ReadError) else outcome
    return found


def test_every_task_has_its_outcome_whatever_it_does(capfd: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a crash, a hang, a swell, an odd error or noise stays with the file that made it."""
    good = [f"good {number}" for number in range(12)]
    bad = {
        "refuse": "een reden",
        "exit": "it crashed the process that read it",
        "crash": "it crashed the process that read it",
        "killed": "it crashed the process that read it",
        "hang": "reading took over 4 s",
        "spin": "reading took over 4 s",
        "swell": "reading took over 1500 MiB",
        "deep": "it could not be read (RecursionError",
        "odd": "it c",
        "result": "it c",
        "leave": "it could not be read (SystemExit",
    }
    mixed = [task for pair in zip(good, [*bad, "noise"], strict=True) for task in pair]
    found = outcomes(*mixed)
    assert {task: found[task] for task in good} == {task: f"{task} ok" for task in good}
    for task, reason in bad.items():
        assert found[task].startswith(f"refused: {reason}"), (task, found[task])
    assert found["noise"] == "noise ok"
    assert len(found) == len(mixed)
    assert "ruis" not in "".join(capfd.readouterr())
    left = [" ".join(child.cmdline()) for child in psutil.Process().children(recursive=True)]
    # What Python keeps for itself, and what other tests fork from.
    own = ("resource_tracker", "multiprocessing.forkserver")
    assert [command for command in left if not any(name in command for name in own)] == []


def test_a_single_crash_with_a_single_worker_is_that_files_fault() -> None:
    """This test ensures that the pool may break as a whole, and the tasks that were at hand are done all the same."""
    found = outcomes("good 1", "exit", "good 2", "killed", "good 3", workers=1)
    assert {task for task, outcome in found.items() if outcome.endswith("ok")} == {"good 1", "good 2", "good 3"}
    assert {task for task, outcome in found.items() if outcome.startswith("refused")} == {"exit", "killed"}


class BreakingPool:
    """A pool that breaks for good at a task that asks for it, and forgets what was at hand."""

    made = 0

    def __init__(self, **how: object) -> None:
        type(self).made += 1
        self.active = True

    def __enter__(self) -> BreakingPool:
        return self

    def __exit__(self, *error: object) -> None:
        self.active = False

    def schedule(self, function: Callable[[str], str], args: tuple[str], timeout: int) -> Future[str]:
        future: Future[str] = Future()
        if not self.active:
            raise RuntimeError("Unexpected error within the Pool")
        if args[0] == "break":
            self.active = False
        elif args[0] == "abort":
            future.set_exception(BrokenProcessPool("All workers expired"))
        elif args[0] != "lost":
            future.set_result(function(args[0]))
        return future

    def stop(self) -> None:
        self.active = False


@pytest.mark.parametrize("bad", ["break", "abort", "lost"])
def test_tasks_that_were_at_hand_when_the_pool_broke_are_done_alone(monkeypatch: pytest.MonkeyPatch, bad: str) -> None:
    """This test ensures that no task is lost with the pool, and that only the one that breaks it is to blame."""
    from ingest import workers

    monkeypatch.setattr(workers, "ProcessPool", BreakingPool)
    monkeypatch.setattr(workers, "_GRACE", -4)
    tasks = ["good 1", "good 2", bad, *(f"good {number}" for number in range(3, 30))]
    found = outcomes(*tasks)
    assert found == {task: f"{task} ok" for task in tasks} | {bad: "refused: it crashed the process that read it"}


def test_tasks_are_taken_only_as_fast_as_they_are_done() -> None:
    """This test ensures that ten thousand files are not copied ahead of the reader."""
    taken = 0

    def tasks() -> Iterator[str]:
        nonlocal taken
        for number in range(40):
            taken += 1
            yield f"good {number}"

    done = 0
    for _ in in_workers(suffer, tasks(), BOUNDS, workers=1):
        done += 1
        assert taken <= done + 4
    assert done == 40


def test_nothing_is_started_when_there_is_nothing_to_do() -> None:
    """This test ensures that a night without news costs no processes."""
    before = time.monotonic()
    assert list(in_workers(suffer, [], BOUNDS, workers=2)) == []
    assert time.monotonic() - before < 1


def test_workers_die_with_a_run_that_is_killed() -> None:
    """This test ensures that no worker goes on after the run that started it, not even one that hangs."""
    code = (
        "from ingest.workers import Bounds, in_workers\nfrom tests.ingest.hostile import suffer\n"
        "if __name__ == '__main__':\n"
        "    bounds = Bounds(seconds=300, megabytes=1500)\n"
        "    for task, _ in in_workers(suffer, ['good', 'hang', 'hang 2'], bounds, workers=2):\n"
        "        print(task, flush=True)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=HOME)
    assert run.stdout is not None
    assert run.stdout.readline() == "good\n"
    workers = [child.pid for child in psutil.Process(run.pid).children(recursive=True)]
    assert workers
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    run.stdout.close()
    latest = time.monotonic() + 20
    while any(map(psutil.pid_exists, workers)) and time.monotonic() < latest:
        time.sleep(0.1)
    assert [pid for pid in workers if psutil.pid_exists(pid)] == []
