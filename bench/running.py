"""Steps are run one after the other, each in a process of its own, and told on the terminal."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence

from bench.machine import ROOT, Provenance
from bench.pace import pace_ms
from bench.plan import Step
from bench.results import Figures, Measured, State

Outcome = tuple[State, Figures, str]
"""How a step ended, its figures, and why there are none."""


def run_all(
    steps: Sequence[Step],
    made_on: Provenance,
    keep: Callable[[Measured], None],
    *,
    run: Callable[[Step], Outcome] | None = None,
    pace: Callable[[], float] = pace_ms,
) -> list[Measured]:
    """Run steps in order; one that fails is told and costs only those that stand on it.

    Args:
        steps: what is done.
        made_on: machine and commit.
        keep: given each measurement as soon as there is one.
        run: does a step; a process of its own, if nobody says otherwise.
        pace: tells how quick the machine is at that moment.
    """
    found: list[Measured] = []
    before = pace()
    for at, step in enumerate(steps, start=1):
        print(f"[{at}/{len(steps)}] {step.name} …", flush=True)
        started = time.perf_counter()
        state, figures, why = _without(step, found) or (run or in_a_process)(step)
        seconds, after = round(time.perf_counter() - started, 1), pace()
        measured = Measured(
            name=step.name,
            state=state,
            figures=figures,
            why=why,
            when=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            seconds=seconds,
            made_on=made_on,
            pace_ms=round((before + after) / 2, 1),
        )
        before = after
        print(f"  {state}: {json.dumps(figures) if figures else why}", flush=True)
        print(f"  {seconds} s, at a pace of {measured.pace_ms} ms", flush=True)
        found.append(measured)
        keep(measured)
    return found


def in_a_process(step: Step) -> Outcome:
    """Run one step in a process of its own; what it says of its progress goes to the terminal."""
    command = [sys.executable, "-m", "bench.measure", *step.does]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT, timeout=step.seconds)
    except subprocess.TimeoutExpired:
        return State.FAILED, {}, f"stopped after {step.seconds} seconds"
    try:
        said = json.loads(done.stdout.splitlines()[-1])
        return State(said["state"]), said["figures"], said["why"]
    except (IndexError, ValueError, KeyError, TypeError):
        # A process that the kernel ends for want of memory says nothing; its code is the negative of the signal.
        return State.FAILED, {}, f"the process ended with code {done.returncode} and left no figures"


def _without(step: Step, found: Iterable[Measured]) -> Outcome | None:
    """Return how a step ends that stands on one which gave nothing: as that one did."""
    lost = [item for item in found if item.name in step.needs and item.state is not State.MEASURED]
    return (lost[0].state, {}, f"{lost[0].name}: {lost[0].why}") if lost else None
