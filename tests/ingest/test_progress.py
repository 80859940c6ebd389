"""How far a run is: bars, lines, and the arithmetic under them, by a clock that the test moves."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import TextColumn

from ingest.pace import Pace
from ingest.progress import Lines, Progress, Shown, shown


class Clock:
    """Seconds since the run began; only the test moves it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 11, 25, 2, 0, 1) + dt.timedelta(seconds=self.seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_lines_come_at_the_ends_and_every_half_minute(clock: Clock) -> None:
    """This test ensures that a log of a long stage has a dated line at both ends and one each 30 seconds, with the mean
    speed and what that leaves: 1200 of 20000 files and 2100 pages in 60 s are 35 pages/s, and 18800 files at 20 a
    second take 940 s."""
    out = io.StringIO()
    lines = Lines(out, clock=clock, now=clock.now)
    lines.stage("read", 20_000)
    for second in range(1, 61):
        clock.seconds = second
        lines.step(20 * second, pages=35 * second)
    assert out.getvalue().splitlines() == [
        "2026-11-25T02:00:01 read begins, 20000 files",
        "2026-11-25T02:00:31 read 600/20000 files, 35 pages/s, 16 min left",
        "2026-11-25T02:01:01 read 1200/20000 files, 35 pages/s, 16 min left",
    ]
    clock.seconds = 61
    lines.step(20_000, pages=6100)
    lines.step(20_000, pages=6100)
    assert out.getvalue().splitlines()[3:] == ["2026-11-25T02:01:02 read done, 20000 files, 100 pages/s"]


def test_each_stage_has_its_own_half_minute(clock: Clock) -> None:
    """This test ensures that a stage begins a line however short ago the last one was, that its speed counts from
    its own beginning, and that a stage with nothing to do says nothing."""
    out = io.StringIO()
    lines = Lines(out, clock=clock, now=clock.now)
    lines.stage("read", 0)
    lines.step(0)
    clock.seconds = 100
    lines.stage("index", 500)
    lines.step(0)
    clock.seconds = 130
    lines.step(150)
    assert out.getvalue().splitlines() == [
        "2026-11-25T02:01:41 index begins, 500 passages",
        "2026-11-25T02:02:11 index 150/500 passages, 5.0 passages/s, 70 s left",
    ]


def test_a_log_that_is_gone_stops_nothing(clock: Clock) -> None:
    """This test ensures that a run goes on when nobody can be told about it any more."""

    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    lines = Lines(Gone(), clock=clock, now=clock.now)
    lines.stage("scan", 2)
    lines.step(2)
    with pytest.raises(BrokenPipeError):
        Gone().write("the log is gone indeed")


@pytest.mark.parametrize(
    ("done", "seconds", "left"),
    [
        (0, 60, ""),
        (10, 0, ""),
        (50, 50, "50 s left"),
        (10, 9.9, "89 s left"),
        (10, 10, "2 min left"),
        (10, 590, "88 min left"),
        (10, 1000, "2 h 30 min left"),
        (100, 50, "0 s left"),
    ],
)
def test_what_is_left_is_said_in_the_unit_that_fits(done: int, seconds: float, left: str) -> None:
    """This test ensures that the rest is the time so far times what is to do over what is done: of 100 things, after 10
    in 1000 s, 90 take 9000 s, which is 150 minutes."""
    assert Pace(name="read", total=100, began=5.0).left(done, 5.0 + seconds) == left


def test_speed_is_that_of_pages_where_they_are_counted() -> None:
    """This test ensures that a stage that tells of pages is timed by them, a slow one with a decimal, and another
    stage by what it counts; before anything is done there is no speed."""
    pace = Pace(name="scan", total=100, began=0.0)
    assert pace.speed(2, 30, 4.0) == "7.5 pages/s"
    assert pace.speed(2, 0, 4.0) == "0.5 documents/s"
    assert pace.speed(0, 0, 4.0) == ""
    assert pace.speed(2, 2, 0.0) == ""


def test_a_bar_has_its_speed_and_the_time_left(clock: Clock) -> None:
    """This test ensures that a terminal shows the same figures as a log."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100)
    columns = [TextColumn("{task.description}|{task.completed}|{task.fields[speed]}|{task.fields[left]}")]
    with Bars(*columns, console=console, auto_refresh=False) as bars:
        bar = Shown(bars, clock=clock)
        bar.stage("read", 100)
        clock.seconds = 10
        bar.step(20, pages=120)
        bars.refresh()
        bar.stage("index", 0)
        bar.step(0)
        assert len(bars.tasks) == 1
    assert "Reading PDFs|20|12 pages/s|40 s left" in out.getvalue()


@pytest.mark.parametrize(
    ("terminal", "quiet", "kind"),
    [(True, False, Shown), (False, False, Lines), (True, True, Progress), (False, True, Progress)],
)
def test_who_looks_decides_what_is_shown(
    terminal: bool, quiet: bool, kind: type[Progress], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """This test ensures that a terminal gets bars, a log gets lines, and a program that reads JSON gets neither."""
    monkeypatch.setenv("FORCE_COLOR", "1") if terminal else monkeypatch.delenv("FORCE_COLOR", raising=False)
    with shown(quiet=quiet) as progress:
        assert type(progress) is kind


def test_a_warning_comes_through_whoever_looks(capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that what went wrong is on standard error even where nothing else is shown."""
    Progress().warn("het verslag")
    assert capsys.readouterr().err == "raadspoor-ingest: het verslag\n"
