"""Output that cannot be written: to a reader that went away, or to a disk that is full."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from council.printing import LOST, command, may_lose

HOME = Path(__file__).resolve().parents[2]
FULL = Path("/dev/full")
COMMANDS = ("ingest", "search", "web", "eval")

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_ends_with_a_trace_on_a_full_disk(name: str) -> None:
    """This test ensures that each command says in one line what is wrong, and ends with a code that is documented."""
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", name, "--help"],
            cwd=HOME,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.stderr == (
        f"raadspoor-{name}: standard output cannot be written: [Errno 28] No space left on device; "
        "make room where it goes\n"
    )
    assert done.returncode == LOST


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_that_goes_away_is_no_error(name: str) -> None:
    """This test ensures that `| head -1` gives no trace, however early the reader goes."""
    line = f"{sys.executable} -m {name} --help | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], cwd=HOME, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0\n", "")


def ended(monkeypatch: pytest.MonkeyPatch, code: int, *, kept: bool = False) -> int:
    """Return what a command ends with that prints on a full disk and would end with this code."""

    @command("raadspoor-test")
    def main(arguments: list[str] | None = None) -> int:
        if kept:
            may_lose()
        for _ in range(3):
            sys.stdout.write("x" * 100_000)
            sys.stdout.flush()
        return code

    with FULL.open("w") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        found = main([])
        assert sys.stdout is full
    return found


def test_the_code_of_a_command_goes_before_that_of_its_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that what went wrong before stays the answer, and that what is kept elsewhere may be lost."""
    assert [ended(monkeypatch, code) for code in (0, 3, 6)] == [LOST, 3, 6]
    assert [ended(monkeypatch, code, kept=True) for code in (0, 3)] == [0, 3]


def test_a_command_goes_on_where_nobody_can_be_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that standard error on a full disk stops nothing, and that all is as it was after that."""
    done = []

    @command("raadspoor-test")
    def main(arguments: list[str] | None = None) -> int:
        sys.stderr.write("warning")
        sys.stderr.flush()
        done.append(sys.stderr.writable())
        return 3

    with FULL.open("w") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", full)
        assert main() == 3
    assert done == [True]


def test_output_that_can_be_written_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that nothing is taken from it or put to it, in whatever way it is written."""
    out = io.StringIO()

    @command("raadspoor-test")
    def main(arguments: list[str] | None = None) -> int:
        sys.stdout.write(f"{arguments}\n")
        sys.stdout.writelines(["b\n", "c\n"])
        return 0

    monkeypatch.setattr(sys, "stdout", out)
    assert main(["a"]) == 0
    assert out.getvalue() == "['a']\nb\nc\n"
