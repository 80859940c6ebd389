"""The units and the cron line that a municipality copies: they fit the commands, and systemd understands them."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[1] / "deploy"
SERVICES = ("raadspoor-ingest.service", "raadspoor-web.service")
HOME = "/opt/raadspoor/.venv/bin/"
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


class _Once(configparser.RawConfigParser):
    """Reads a unit as systemd does: names keep their capitals."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def _unit(name: str) -> configparser.RawConfigParser:
    unit = _Once(strict=True, delimiters=("=",), comment_prefixes=("#",))
    unit.read(DEPLOY / name, encoding="utf-8")
    return unit


def _cron() -> tuple[list[str], str, list[str]]:
    """Return the five fields, the user and the words of the one line that runs something."""
    lines = (DEPLOY / "raadspoor.cron").read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if line and not line.startswith("#") and not re.match(r"[A-Z]+=", line))
    *fields, user, command = line.split(None, 6)
    return fields, user, shlex.split(command)


def _commands() -> list[list[str]]:
    return [shlex.split(_unit(name)["Service"]["ExecStart"]) for name in SERVICES] + [_cron()[2][3:]]


@pytest.mark.parametrize("words", _commands(), ids=lambda words: words[0].rpartition("/")[2])
def test_each_command_line_is_one_that_the_command_takes(words: list[str], tmp_path: Path) -> None:
    """This test ensures that no unit names an option that is not there: what stops it is the missing folder alone."""
    program, *rest = words
    assert program.startswith(HOME)
    command = Path(program).name
    assert command in {"raadspoor-ingest", "raadspoor-web"}
    missing = str(tmp_path / "missing")
    given = [missing if word.startswith("/") else word.replace("${MUNICIPALITY}", "gm0114") for word in rest]
    main = __import__("ingest.__main__" if command == "raadspoor-ingest" else "web.__main__", fromlist=["main"]).main
    assert main(given) == (2 if command == "raadspoor-ingest" else 4)


def test_the_time_in_the_cron_line_is_a_time() -> None:
    """This test ensures that cron runs it once a night, as the user of the units, and never as root."""
    fields, user, words = _cron()
    for field, (low, high) in zip(fields, _RANGES, strict=True):
        assert field == "*" or low <= int(field) <= high
    assert fields[0].isdigit() and fields[1].isdigit()
    assert user == _unit(SERVICES[0])["Service"]["User"] == "raadspoor"
    assert words[:3] == ["nice", "-n", "10"]


def test_a_night_with_unreadable_files_is_no_alarm_and_has_no_network() -> None:
    """This test ensures that the scheduler takes exit code 3 for a success, and that what reads is shut in."""
    service = _unit(SERVICES[0])["Service"]
    assert service["SuccessExitStatus"] == "3"
    assert service["PrivateNetwork"] == service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert f"/var/lib/{service['StateDirectory']}" in service["ExecStart"]


def test_the_timer_makes_up_for_a_night_that_was_missed() -> None:
    """This test ensures that a machine that was off reads the papers when it is on again."""
    timer = _unit("raadspoor-ingest.timer")
    assert timer["Timer"]["Persistent"] == "true"
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d", timer["Timer"]["OnCalendar"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_understands_each_unit(tmp_path: Path) -> None:
    """This test ensures that systemd itself finds nothing to remark, once the commands are where the units say."""
    for command in ("raadspoor-ingest", "raadspoor-web"):
        program = tmp_path / command
        program.write_text("#!/bin/sh\n", encoding="ascii")
        program.chmod(0o755)
    names = [*SERVICES, "raadspoor-ingest.timer"]
    for name in names:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(HOME, f"{tmp_path}/"), encoding="utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
