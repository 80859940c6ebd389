"""Steps come in order, one that fails costs only what stands on it, and whatever was measured is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.collections import JUDGED_SETS, LAW_TEXT
from bench.pace import pace_ms
from bench.plan import Sizes, Step, chosen, steps
from bench.results import Measured, State
from bench.rivals.rival import ENTRIES
from bench.running import Outcome, in_a_process, run_all
from bench.targets import TARGETS
from tests.bench.made_up import MACHINE


def sizes(tmp_path: Path, *, filled: bool = False) -> Sizes:
    return Sizes(
        work=tmp_path,
        material=tmp_path / "material",
        data=tmp_path / "large",
        passages=100,
        filled=filled,
        larger=500,
        larger_data=tmp_path / "larger",
        larger_filled=filled,
    )


@pytest.mark.parametrize("filled", [False, True])
def test_each_step_comes_after_what_it_needs(tmp_path: Path, filled: bool) -> None:
    """This test ensures that a full run never asks a folder that is filled later."""
    seen: set[str] = set()
    for step in steps(sizes(tmp_path, filled=filled)):
        assert set(step.needs) <= seen
        assert step.name not in seen
        seen.add(step.name)
    assert {target.step for target in TARGETS} <= seen
    assert {f"rival_{name}_{of}" for name in ENTRIES for of in (*JUDGED_SETS, LAW_TEXT)} <= seen


def test_a_filled_folder_is_never_written_to(tmp_path: Path) -> None:
    """This test ensures that a folder that somebody names and that holds an index is only read."""
    writing = {"reading", "filling", "gathering"}
    folders = {str(tmp_path / "large"), str(tmp_path / "larger")}
    plan = steps(sizes(tmp_path, filled=True))
    assert [step.name for step in plan if step.does[0] in writing and step.does[1] in folders] == []


def test_a_chosen_step_brings_what_it_needs(tmp_path: Path) -> None:
    """This test ensures that one figure can be made anew without the others, in the right order."""
    plan = steps(sizes(tmp_path))
    names = [step.name for step in chosen(plan, ["searching_large"])]
    assert names == ["filling_large_sample", "filling_large", "searching_large"]
    assert [step.name for step in chosen(plan, ["answering_s", "embedding"])] == [
        "reading",
        "embedding",
        "answering_sample",
    ]
    assert chosen(plan, []) == plan
    assert chosen(plan, ["nothing"]) == []


def test_a_failure_costs_only_what_stands_on_it() -> None:
    """This test ensures that an hour of measuring is not lost to one step, and each result is kept at once."""
    plan = [
        Step(name="a", does=("a",)),
        Step(name="b", does=("b",), needs=("a",)),
        Step(name="c", does=("c",), needs=("b",)),
        Step(name="d", does=("d",)),
    ]
    kept: list[Measured] = []

    def run(step: Step) -> Outcome:
        assert [item.name for item in kept] == [other.name for other in plan[: plan.index(step)]]
        return (State.FAILED, {}, "broken") if step.name == "a" else (State.MEASURED, {"passages": 1}, "")

    found = run_all(plan, MACHINE, kept.append, run=run)
    assert found == kept
    assert [(item.name, item.state) for item in found] == [
        ("a", State.FAILED),
        ("b", State.FAILED),
        ("c", State.FAILED),
        ("d", State.MEASURED),
    ]
    assert [item.why for item in found] == ["broken", "a: broken", "b: a: broken", ""]


def test_each_measurement_tells_how_quick_the_machine_was() -> None:
    """This test ensures that it is looked at once between two steps, and that a step has the mean of both sides."""
    plan = [Step(name=name, does=(name,)) for name in "ab"]
    looks = iter([50.0, 60.0, 100.0])
    run = lambda step: (State.MEASURED, {"passages": 1}, "")  # noqa: E731  # a step that does nothing
    found = run_all(plan, MACHINE, lambda measured: None, run=run, pace=lambda: next(looks))
    assert [item.pace_ms for item in found] == [55.0, 80.0]
    assert list(looks) == []


def test_a_pace_is_a_time() -> None:
    """This test ensures that the work is done and timed."""
    assert 0.0 < pace_ms() < 60_000.0


def test_what_stands_on_something_that_is_not_here_is_not_measured_either() -> None:
    """This test ensures that a machine without the law text does not report failures."""
    plan = [Step(name="a", does=("a",)), Step(name="b", does=("b",), needs=("a",))]
    found = run_all(plan, MACHINE, lambda measured: None, run=lambda step: (State.NOT_MEASURED, {}, "no law text"))
    assert [item.state for item in found] == [State.NOT_MEASURED, State.NOT_MEASURED]


def test_a_process_that_breaks_is_told_with_its_reason(tmp_path: Path) -> None:
    """This test ensures that an error within a measurement reaches the file of figures in words."""
    state, figures, why = in_a_process(Step(name="searching", does=("searching", str(tmp_path / "nothing"))))
    assert (state, figures) == (State.FAILED, {})
    assert "nothing" in why


def test_a_process_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """This test ensures that a rival that hangs does not hold up the rest."""
    state, figures, why = in_a_process(Step(name="reading", does=("reading", str(tmp_path)), seconds=0))
    assert (state, figures, why) == (State.FAILED, {}, "stopped after 0 seconds")


def test_material_that_is_not_here_is_told_with_the_remedy(tmp_path: Path) -> None:
    """This test ensures that a process says so, and that no path of this machine gets into the file of figures."""
    does = ("gathering", str(tmp_path / "data"), str(tmp_path / "material"), LAW_TEXT, "10")
    state, _, why = in_a_process(Step(name="gathering", does=does))
    assert state is State.NOT_MEASURED
    assert why == "laws_nl.txt.xz is not there; name the folder that holds it with --material"
