"""Outside programs end when their time is up, when the run stops, and when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ingest.programs import Programs

HOME = Path(__file__).parents[2]
CHILD = "import os, sys, time; sys.stdout = open(sys.argv[1], 'w'); print(os.getpid(), flush=True); time.sleep(300)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}, sys.argv[1]])"
"""A program that starts another one, as OCRmyPDF starts Tesseract."""


def written_by(child: Path) -> int:
    """Return the process that wrote its number into a file, as soon as it did."""
    while not (child.exists() and child.read_text().endswith("\n")):
        time.sleep(0.05)
    return int(child.read_text())


def gone(process: int) -> bool:
    """Say whether a process ended, waiting for that a while."""
    for _ in range(600):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_program_says_how_it_ended() -> None:
    """This test ensures that exit code, standard error and environment are passed on."""
    script = "import os, sys; sys.stderr.write(os.environ['A']); sys.exit(7)"
    assert Programs().run([sys.executable, "-c", script], seconds=60, environment={"A": "b"}) == (7, "b")


def test_a_program_whose_time_is_up_ends_with_what_it_started(tmp_path: Path) -> None:
    """This test ensures that no process of a hanging program stays behind."""
    child = tmp_path / "child"
    threading.Thread(target=written_by, args=[child]).start()
    with pytest.raises(subprocess.TimeoutExpired):
        Programs().run([sys.executable, "-c", PARENT, str(child)], seconds=5, environment={})
    assert gone(written_by(child))


def test_ending_them_ends_all_and_lets_none_begin(tmp_path: Path) -> None:
    """This test ensures that a run that is stopped leaves nothing behind and starts nothing any more."""
    programs, child, codes = Programs(), tmp_path / "child", []

    def run() -> None:
        codes.append(programs.run([sys.executable, "-c", PARENT, str(child)], seconds=300, environment={})[0])

    thread = threading.Thread(target=run)
    thread.start()
    started = written_by(child)
    programs.end()
    thread.join(timeout=60)
    assert codes == [-signal.SIGKILL]
    assert gone(started)
    assert programs.run([sys.executable, "-c", "pass"], seconds=60, environment={}) == (1, "the run was stopped")


def test_a_run_that_is_killed_takes_its_programs_and_theirs_along(tmp_path: Path) -> None:
    """This test ensures that kill -9 of the run leaves neither the bounded program nor what that started."""
    if not Path("/proc/self").exists():
        pytest.skip("only Linux ends a program with the process that started it")
    (tmp_path / "starts_another.py").write_text(PARENT, encoding="utf-8")
    child = tmp_path / "child"
    run = (
        "import os, sys; from ingest.programs import Programs; Programs().run([sys.executable, '-m', 'ingest.bounded', "
        f"str(os.getpid()), '2000', 'starts_another', {str(child)!r}], seconds=300, environment={{}})"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HOME), str(tmp_path)])}
    process = subprocess.Popen([sys.executable, "-c", run], cwd=tmp_path, env=environment)
    started = written_by(child)
    process.kill()
    process.wait()
    assert gone(started)
