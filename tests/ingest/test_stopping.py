"""A run that is told to stop: it ends its workers, says in a report that it was stopped, and the next one goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from council import Catalogue
from ingest.stopping import Stopped, stoppable
from tests.ingest.conftest import Town
from tests.ingest.papers import a_pdf

HOME = Path(__file__).resolve().parents[2]
PAPERS = 400
PAGES = 21


def until(what: Callable[[], bool]) -> None:
    """Wait for something that comes."""
    latest = time.monotonic() + 120
    while not what():
        assert time.monotonic() < latest, "it does not come"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: signal.Signals(number).name)
@pytest.mark.parametrize("whole", [False, True], ids=["the run alone", "its workers too"])
def test_a_run_that_is_told_to_stop_ends_whole(town: Town, number: int, whole: bool) -> None:
    """This test ensures that systemd, Ctrl-C and a shutdown find the same end: the exit code of a shell, no worker
    left, no paper blamed for it, a report for the morning, and a next night that goes on."""
    town.put(
        **{
            f"p{at}": a_pdf(f"Motie\nOnderwerp: pad {at}", *["De raad besluit. " * 50] * (PAGES - 1))
            for at in range(PAPERS)
        }
    )
    run = subprocess.Popen(
        [sys.executable, "-m", "ingest", town.source, "--data", town.data.root, "--municipality", "gm9901"],
        cwd=HOME,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "RAADSPOOR_OCR": "false", "RAADSPOOR_WORKERS": "2"},
    )
    # A file is moved before the catalogue knows of it: where the second lies, the first is written down.
    until(lambda: len(list(town.data.original("0" * 64).parents[1].glob("*/*.pdf"))) > 1)
    workers = psutil.Process(run.pid).children(recursive=True)
    assert workers
    (os.killpg if whole else os.kill)(run.pid, number)
    out, said = run.communicate(timeout=60)
    assert (run.returncode, out) == (128 + number, ""), said
    name = signal.Signals(number).name
    assert said.splitlines()[-1] == (
        f"raadspoor-ingest: stopped from outside ({name}); run again to go on where it stopped"
    )
    assert "Traceback" not in said
    psutil.wait_procs(workers, timeout=20)
    assert [worker for worker in workers if worker.is_running()] == []
    kept = json.loads(next(town.data.reports.glob("*.json")).read_bytes())
    assert (kept["exit_code"], kept["report"]) == (128 + number, None)
    assert kept["failed"].startswith(f"stopped from outside ({name})")
    catalogue = Catalogue(town.data.catalogue)
    addresses = catalogue.addresses(str(town.source.resolve()))
    catalogue.close()
    assert 0 < len(addresses) < PAPERS
    assert [address.path for address in addresses.values() if address.refusal] == []
    report = town.night()
    assert report.pages == PAGES * (PAPERS - len(addresses))
    assert (len(report.added), report.unchanged, report.refused) == (PAPERS, 0, ())


def test_the_first_signal_asks_and_the_second_does_not() -> None:
    """This test ensures that a run may be stopped in the midst of stopping, and that what stood before stands after."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Stopped) as stopped, stoppable():
        signal.raise_signal(signal.SIGTERM)
    assert stopped.value.exit_code == 143
    assert signal.getsignal(signal.SIGTERM) == before
    with stoppable():
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) == signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    assert signal.getsignal(signal.SIGTERM) == before


def test_stopping_is_nobodys_fault() -> None:
    """This test ensures that no handler for the errors of a file or of a report takes a stop for one of those."""
    assert not issubclass(Stopped, Exception)
