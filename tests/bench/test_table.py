"""Tables tell misses, sizes and reasons as plainly as successes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.results import State
from bench.table import TABLES, quantising, rivals, speed
from bench.targets import TARGETS
from tests.bench.made_up import measured


def row(table: str, start: str) -> list[str]:
    """Return the cells of the first row that begins so."""
    line = next(line for line in table.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_promise_that_is_missed_is_shown_as_missed() -> None:
    """This test ensures that the table does not keep quiet about what is too slow."""
    found = {
        "searching_large": measured("searching_large", {"passages": 100_041, "p95_ms": 40.04, "open_seconds": 2.9})
    }
    table = speed(found)
    late, opened = row(table, "search, 95 of 100"), row(table, "opening")
    assert late[1:] == ["100,041", "at most 25 ms", "**40.04** ms", "**no**"]
    assert opened[1:] == ["100,041", "at most 3 s", "**2.9** s", "yes"]


def test_a_rate_has_to_be_at_least_what_was_promised() -> None:
    """This test ensures that more searches a second are better, and more milliseconds are not."""
    found = {
        "crowding_several_large": measured("crowding_several_large", {"passages": 100_000, "queries_per_second": 100.0})
    }
    assert row(speed(found), "searches a second")[2:] == ["at least 100", "**100**", "yes"]
    found = {
        "crowding_several_large": measured("crowding_several_large", {"passages": 100_000, "queries_per_second": 99.9})
    }
    assert row(speed(found), "searches a second")[4] == "**no**"


def test_a_promise_says_nothing_about_a_collection_of_another_size() -> None:
    """This test ensures that a quick run on a thousand passages is never shown as a promise that was kept."""
    found = {"searching_large": measured("searching_large", {"passages": 1_000, "p95_ms": 3.0})}
    assert row(speed(found), "search, 95 of 100")[1:] == ["1,000", "at most 25 ms", "**3** ms", "–"]


def test_what_failed_and_what_was_not_tried_are_named() -> None:
    """This test ensures that no promise disappears from the table, whatever went wrong."""
    found = {"searching_large": measured("searching_large", why="killed | by\nsomething")}
    table = speed(found)
    assert row(table, "search, 95 of 100")[3] == "failed: killed / by something"
    assert row(table, "of the ten nearest")[3] == "not measured"
    assert table.count("at most") + table.count("at least") == len(TARGETS)


def test_a_rival_that_is_not_installed_is_named_with_the_reason() -> None:
    """This test ensures that nobody is dropped from the comparison without a word."""
    reason = "txtai is not installed; install it with: make rivals"
    name = "rival_txtai_laws"
    table = rivals({name: measured(name, why=reason, state=State.NOT_MEASURED)})
    assert all(title in table for title in ("Raadspoor", "txtai", "qdrant-client", "SQLite FTS5"))
    assert f"not measured: {reason}" in table
    assert row(table, "txtai")[1:] == ["–"] * 7


def test_a_rival_is_shown_with_its_version_and_both_kinds_of_figures() -> None:
    """This test ensures that quality comes from the judged sets and time from the law text."""
    laws = {"version": "9.1", "passages": 20_000, "p50_ms": 5.0, "p95_ms": 9.0, "build_seconds": 3.2}
    found = {
        "rival_txtai_laws": measured("rival_txtai_laws", {**laws, "own_mib": 12, "peak_mib": 700}),
        "rival_txtai_nl_rijksoverheid_vac": measured(
            "rival_txtai_nl_rijksoverheid_vac", {"version": "9.1", "passages": 9, "ndcg_at_10": 0.812, "p95_ms": 1.0}
        ),
    }
    assert row(rivals(found), "txtai") == ["txtai, hybrid 9.1", "–", "0.812", "5", "9", "3.2", "12", "700"]


@pytest.mark.parametrize("name", TABLES)
def test_each_table_can_be_made_of_nothing(name: str) -> None:
    """This test ensures that a first, interrupted run gives tables and no error."""
    table = TABLES[name]({})
    assert "Nothing was measured yet." in table
    widths = {line.count("|") for line in table.splitlines() if line.startswith("|")}
    assert len(widths) == 1


def test_each_table_names_commit_machine_and_day() -> None:
    """This test ensures that a figure can be traced to what made it."""
    table = quantising({"quantising_int8": measured("quantising_int8", {"passages": 5, "recall_at_10": 0.9321})})
    assert row(table, "int8 ")[3] == "0.9321"
    assert "Measured 2026-05-04" in table
    assert "commit abc1234; Some Processor, 2 cores, 8 GiB, Python 3.11.7.\n" in table


def test_a_table_says_how_quick_the_machine_was() -> None:
    """This test ensures that a slow hour can be told from a slow program, where somebody looked."""
    known = [replace(measured(f"quantising_{form}", {"passages": 5, "recall_at_10": 0.9}), pace_ms=pace)
             for form, pace in (("int8", 58.2), ("binary", 120.4), ("float32", 0.0))]  # fmt: skip
    assert "Python 3.11.7; pace 58 to 120 ms.\n" in quantising({item.name: item for item in known})
