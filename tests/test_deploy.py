"""What an administrator installs: units for systemd and a line for cron, held to the program that they start."""

from __future__ import annotations

import argparse
import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

import ingest.__main__
import web.__main__
from council import Busy, DataFolder, IngestReport, Refusal
from council.settings import Settings
from ingest import exit_code
from tests.ingest.conftest import must_have

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
DOCS = (ROOT / "docs" / "nightly.md").read_text(encoding="utf-8")
UNITS = [
    "raadspoor-ingest.service",
    "raadspoor-ingest.timer",
    "raadspoor-mail.service",
    "raadspoor-mail.timer",
    "raadspoor-web.service",
]
DATA, SOURCE, PROGRAMS = "/var/lib/raadspoor", "/srv/raadsstukken", "/opt/raadspoor/.venv/bin/"
PARSERS = {"raadspoor-ingest": ingest.__main__._parser, "raadspoor-web": web.__main__._parser}
CRON_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
"""Minute, hour, day of the month, month, day of the week, as in crontab(5)."""


def unit(name: str) -> configparser.ConfigParser:
    """Return a unit; a section or directive that stands there twice is an error."""
    parsed = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return parsed


def parsed_command(words: list[str]) -> tuple[str, argparse.Namespace]:
    """Return which of our programs a command line starts, and what its own parser makes of the rest."""
    place = next(number for number, word in enumerate(words) if word.startswith(PROGRAMS))
    name = words[place].removeprefix(PROGRAMS)
    return name, PARSERS[name]().parse_args(words[place + 1 :])


def cron_line() -> tuple[list[str], str, str]:
    """Return the five fields, the user and the command of the one line that starts something."""
    lines = (DEPLOY / "raadspoor.cron").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#") and not re.match(r"[A-Z]+=", line)]
    assert len(lines) == 1
    *fields, user, command = lines[0].split(None, 6)
    return fields, user, command


def test_the_units_start_programs_that_understand_them() -> None:
    """This test ensures that every option in a unit is one of the program's, and that both work on the same folder."""
    name, night = parsed_command(shlex.split(unit("raadspoor-ingest.service")["Service"]["ExecStart"]))
    assert (name, str(night.source), str(night.data)) == ("raadspoor-ingest", SOURCE, DATA)
    assert re.fullmatch(r"gm\d{4}", night.municipality)
    assert (night.only, night.keep_missing, night.rollback, night.show) == ([], False, False, None)
    name, day = parsed_command(shlex.split(unit("raadspoor-web.service")["Service"]["ExecStart"]))
    assert (name, str(day.data), day.host) == ("raadspoor-web", DATA, "127.0.0.1")
    scripts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f'\n{script} = "' in scripts for script in PARSERS)


def test_a_night_may_use_little_and_break_nothing() -> None:
    """This test ensures that the run that opens strange files has no network, no rights and one folder to write in, and
    goes behind the work of the day."""
    service = unit("raadspoor-ingest.service")["Service"]
    assert service["Type"] == "oneshot"
    assert service["User"] != "root"
    for name in ("NoNewPrivileges", "PrivateNetwork", "ProtectHome", "PrivateTmp", "PrivateDevices"):
        assert service[name] == "yes"
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "")
    assert (service["ReadWritePaths"], service["ReadOnlyPaths"]) == (DATA, f"-{SOURCE}")
    assert (service["Nice"], service["IOSchedulingClass"]) == ("10", "idle")
    assert service["TimeoutStartSec"] == "20h"


def test_a_source_that_is_missing_does_not_keep_the_program_from_saying_so() -> None:
    """This test ensures that the unit waits for the disk of DATA and for shares, and requires nothing of SOURCE: else
    it would fail with a code of systemd, and without a report."""
    night = unit("raadspoor-ingest.service")
    assert (night["Unit"]["RequiresMountsFor"], night["Unit"]["After"]) == (DATA, "remote-fs.target")
    places = [word for name, value in night["Service"].items() if name.endswith("Paths") for word in value.split()]
    assert [word for word in places if SOURCE in word] == [f"-{SOURCE}"]


def test_the_memory_of_a_night_fits_its_readers() -> None:
    """This test ensures that the bound of the unit leaves 2 GiB beside what its readers may take by default."""
    service = unit("raadspoor-ingest.service")["Service"]
    name, _, workers = service["Environment"].partition("=")
    assert name.removeprefix("RAADSPOOR_").lower() in Settings.model_fields
    bound = int(service["MemoryMax"].removesuffix("G")) * 1024
    assert bound - int(workers) * Settings.model_fields["read_megabytes"].default >= 2048


def test_a_night_in_which_a_file_was_refused_is_no_failure() -> None:
    """This test ensures that the unit takes for success what the program says when the papers were published."""
    report = IngestReport(source="/s", refused=(Refusal(path="a", reason="b", remedy="c"),))
    assert unit("raadspoor-ingest.service")["Service"]["SuccessExitStatus"] == str(exit_code(report))


def test_reports_stay_where_they_are() -> None:
    """This test ensures that no journal and no mail of cron gets the names of secret papers, and that the process that
    serves the pages cannot read them."""
    reports = str(DataFolder(Path(DATA)).reports)
    assert unit("raadspoor-web.service")["Service"]["InaccessiblePaths"] == f"-{reports}"
    assert unit("raadspoor-ingest.service")["Service"]["StandardOutput"] == "null"
    assert cron_line()[2].endswith(" >/dev/null")


def test_mail_is_sent_by_what_opens_no_paper() -> None:
    """This test ensures that the one process that reaches the network at night can neither read papers nor write."""
    service = unit("raadspoor-mail.service")["Service"]
    name, morning = parsed_command(shlex.split(service["ExecStart"]))
    assert (name, str(morning.data), morning.mail, morning.source) == ("raadspoor-ingest", DATA, True, None)
    assert service["ReadOnlyPaths"] == DATA
    assert "ReadWritePaths" not in service
    data, paper = DataFolder(Path(DATA)), "0" * 64
    closed = {path.removeprefix("-") for path in service["InaccessiblePaths"].split()}
    assert closed == {str(path.parents[1]) for path in (data.original(paper), data.reading(paper))}
    offered = (DEPLOY / "raadspoor.cron").read_text(encoding="utf-8").splitlines()[-1]
    assert parsed_command(shlex.split(offered.removeprefix("# ")))[1] == morning


def test_the_timer_comes_once_a_night_and_catches_up() -> None:
    """This test ensures that a machine that was off at two reads as soon as it is on."""
    timer = unit("raadspoor-ingest.timer")
    assert dict(timer["Timer"]) == {
        "OnCalendar": "*-*-* 02:00:00",
        "RandomizedDelaySec": "10min",
        "Persistent": "true",
    }
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_line_of_cron_means_two_in_the_night() -> None:
    """This test ensures that the fields are within the ranges of crontab(5), and that the command is the unit's."""
    fields, user, command = cron_line()
    for text, (low, high) in zip(fields, CRON_RANGES, strict=True):
        assert text == "*" or low <= int(text) <= high
    assert fields == ["0", "2", "*", "*", "*"]
    service = unit("raadspoor-ingest.service")["Service"]
    assert user == service["User"]
    assert "%" not in command  # cron makes a line end of it
    words = shlex.split(command)
    assert words[-1] == ">/dev/null"
    assert parsed_command(words[:-1]) == parsed_command(shlex.split(service["ExecStart"]))
    must_be_shell(command)


def must_be_shell(command: str) -> None:
    """Fail where a POSIX shell cannot read a command."""
    subprocess.run(["/bin/sh", "-n", "-c", command], check=True, timeout=60)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a folder with the units, whose programs are there."""
    must_have(shutil.which("systemd-analyze") is not None, "systemd-analyze")
    for name in PARSERS:
        program = tmp_path / name
        program.write_text("#!/bin/sh\n", encoding="utf-8")
        program.chmod(0o755)
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace(PROGRAMS, f"{tmp_path}/")
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def verified(units: Path) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", "verify", "--man=no", *(str(units / name) for name in UNITS)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def of_ours(said: str) -> list[str]:
    """Return the lines about our units; this machine's own may have faults too."""
    return [line for line in said.splitlines() if "raadspoor" in line]


def test_systemd_knows_every_directive(installed: Path) -> None:
    """This test ensures that the units hold no directive, value or section that systemd ignores, and that it would have
    said so."""
    good = verified(installed)
    assert (of_ours(good.stderr), good.returncode) == ([], 0)
    service = installed / UNITS[0]
    service.write_text(service.read_text(encoding="utf-8").replace("MemoryMax=8G", "MemoryMaximum=8G\nNice=99"))
    assert len(of_ours(verified(installed).stderr)) >= 2


def test_systemd_wakes_the_timer_at_two(installed: Path) -> None:
    """This test ensures that systemd reads the moment as every night at two o'clock."""
    moment = unit("raadspoor-ingest.timer")["Timer"]["OnCalendar"]
    command = ["systemd-analyze", "calendar", "--iterations=3", "--base-time=2026-11-25 12:00:00", moment]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert re.findall(r"2026-11-\d\d \d\d:\d\d:\d\d(?= )", done.stdout) == [
        f"2026-11-{day} 02:00:00" for day in (26, 27, 28)
    ]


def test_the_docs_name_every_file_and_exit_code() -> None:
    """This test ensures that an administrator finds each file that can be installed, and each code that a night can end
    with."""
    files = [path.name for path in DEPLOY.iterdir() if path.name.startswith("raadspoor")]
    assert sorted(files) == sorted([*UNITS, "raadspoor.cron"])
    assert [name for name in files if name not in DOCS] == []
    codes = re.findall(r"^\| (\d+(?:, \d+)*) \|", DOCS, re.MULTILINE)
    assert codes == ["0", "2", "3", "4", "6", "130, 143"]
    known = {code for listed in codes for code in listed.split(", ")}
    told = []
    for path in DEPLOY.iterdir():
        comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        told += re.findall(r"(?:ends with|exit code|^# )\s?(\d+)(?= |:|\.|,)", "\n".join(comments), re.MULTILINE)
    assert {"2", "3", "6"} <= set(told) <= known
    (second,) = re.findall(r"a second one ends with (\d+)", (DEPLOY / "raadspoor.cron").read_text(encoding="utf-8"))
    assert int(second) == Busy.exit_code
    assert all(f"{place}" in DOCS for place in (DATA, SOURCE, PROGRAMS.rstrip("/")))
