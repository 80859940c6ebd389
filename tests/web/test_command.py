"""The command ``raadspoor-web``."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from council import DataError, DataFolder, DayOfUse
from council.usage_store import days_of_use
from tests.web.conftest import Town
from web.__main__ import main

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "web"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)


def test_help_answers_at_once() -> None:
    """This test ensures that --help does not wait for models or web servers to load."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        done = run("--help")
        times.append(time.perf_counter() - started)
    assert done.returncode == 0
    assert "--data" in done.stdout
    assert min(times) < 0.5


def test_wrong_usage_is_exit_2() -> None:
    """This test ensures that a missing option and a port that is none are told apart from trouble."""
    assert run().returncode == 2
    assert run("--data", "x", "--port", "http").returncode == 2


def test_a_folder_without_an_index_is_exit_4(tmp_path: Path) -> None:
    """This test ensures that the clerk is told to ingest first, without a trace."""
    done = run("--data", str(tmp_path / "nothing"), "--port", "0")
    assert done.returncode == 4
    assert "raadspoor-ingest" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_exit_4(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a second server on the same port says so at once and names the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["--data", str(town.data.root), "--port", port]) == 4
    said = capsys.readouterr().err
    assert port in said
    assert "--port" in said


@pytest.mark.parametrize("searchers", [1, 2])
def test_it_serves_when_it_says_so_and_keeps_no_questions(town: Town, searchers: int) -> None:
    """This test ensures that the first request after the ready line is answered, and that nothing asked is written.

    Nor does a process that searches outlive the server.
    """
    data: DataFolder = town.data
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "RAADSPOOR_SEARCHERS": str(searchers)}
    with subprocess.Popen(
        [*COMMAND, "--data", str(data.root), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as server:
        assert server.stdout is not None
        seen = []
        for line in server.stdout:
            seen.append(line)
            if "staat klaar op" in line:
                break
        found = re.search(r"http://127\.0\.0\.1:\d+", "".join(seen))
        try:
            assert found, "".join(seen)
            with urllib.request.urlopen(f"{found.group()}/zoeken?q=windpark-vraag", timeout=30) as answer:  # noqa: S310
                assert answer.status == 200
            started = psutil.Process(server.pid).children(recursive=True)
        finally:
            server.send_signal(signal.SIGTERM)
        rest = server.stdout.read()
    assert "windpark-vraag" not in "".join(seen) + rest
    assert len(started) >= searchers - 1
    assert psutil.wait_procs(started, 20)[1] == []


def counted(data: DataFolder) -> tuple[DayOfUse, ...]:
    try:
        return days_of_use(data.usage)
    except DataError:
        return ()


@pytest.mark.parametrize("wanted", [True, False])
def test_it_counts_use_only_when_the_setting_says_so(town: Town, tmp_path: Path, wanted: bool) -> None:
    """This test ensures that the setting reaches the pages: with it a search is counted, without it no file is made."""
    data = DataFolder(shutil.copytree(town.data.root, tmp_path / "data"))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "RAADSPOOR_USAGE": str(wanted).lower()}
    command = [*COMMAND, "--data", str(data.root), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        try:
            assert found
            with urllib.request.urlopen(f"{found.group()}/zoeken?q=windpark-vraag", timeout=30) as answer:  # noqa: S310
                assert answer.status == 200
                assert (b"/oordeel" in answer.read()) == wanted
            until = time.monotonic() + 20
            while wanted and not counted(data) and time.monotonic() < until:
                time.sleep(0.05)
        finally:
            server.send_signal(signal.SIGTERM)
    assert [day.use.searches for day in counted(data)] == ([1] if wanted else [])
    assert data.usage.exists() == wanted


def test_a_damaged_file_of_use_is_exit_4(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """This test ensures that a file that cannot be written is told when the server starts, with the remedy."""
    data = DataFolder(shutil.copytree(town.data.root, tmp_path / "data"))
    data.usage.write_bytes(b"not a database" * 100)
    monkeypatch.setenv("RAADSPOOR_USAGE", "true")
    assert main(["--data", str(data.root), "--port", "0"]) == 4
    assert "usage.sqlite" in capsys.readouterr().err
