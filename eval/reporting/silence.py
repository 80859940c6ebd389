"""The section on silence: does "not found" come where nothing answers, and does confidence mean what it says?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from council import Verdict
from eval.reporting.calibration import (
    Bin,
    Case,
    Curve,
    Point,
    bins,
    calibration_error,
    cases,
    risk_coverage,
    working_point,
)
from eval.reporting.formats import NONE, between, counted, number
from eval.reporting.paired import product_of
from eval.reporting.plots import reliability
from eval.reporting.plots import risk_coverage as draw_risk_coverage
from eval.reporting.tables import Cell, Column, Plot, Table, columns, row
from eval.result import Result
from eval.significance import share_interval

VERDICTS = {Verdict.ANSWERED: "answered", Verdict.PARTIAL: "answered in part", Verdict.NOT_FOUND: "not found"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """What the section shows."""

    abstention: Table
    confusion: Table
    reliability: Plot | None
    """None where confidence cannot be measured on any question."""
    errors: Table
    curve: Plot | None
    areas: Table
    left_out: str
    """Which questions nothing can be said of: those that can be answered and of which no sentence was judged right."""


def silence(result: Result) -> Silence:
    """Return what the section shows, about the product."""
    product = product_of(result)
    found = cases(zip(result.questions, result.given(product), strict=True))
    worst, best = risk_coverage(found), risk_coverage(found, withheld=True)
    at = working_point(found)
    return Silence(
        abstention=_abstention(result),
        confusion=_confusion(result),
        reliability=_reliability(found) if found else None,
        errors=_errors(found),
        curve=_curve(worst, best, at) if worst and best else None,
        areas=_areas(worst, best, at),
        left_out=_left_out(len(result.questions) - len(found)),
    )


def _left_out(count: int) -> str:
    if not count:
        return "No question is left out of this."
    return (
        f"{counted(count, 'question')} that can be answered {'is' if count == 1 else 'are'} left out of this, since no "
        "sentence was judged right there and so no answer can be."
    )


def answering(result: Result) -> tuple[str, ...]:
    """Return the systems that answer or say "not found"; the others only rank."""
    measures = ("answers", "keeps silent")
    return tuple(name for name in result.systems if any(result.values(name, measure) for measure in measures))


def _abstention(result: Result) -> Table:
    rows = []
    for system in answering(result):
        found = result.abstention(system)
        rows.append(
            row(
                system,
                str(found.silent),
                str(found.rightly),
                _share(found.rightly, found.silent),
                str(found.unanswerable),
                _share(found.rightly, found.unanswerable),
            )
        )
    return Table(
        id="abstention",
        caption="Silence as a test for what cannot be answered, with 95 % intervals (Wilson)",
        columns=columns("system", "said “not found”", "of these rightly", "precision", "nothing answers", "recall"),
        rows=tuple(rows),
        empty="No system of this result answers or keeps silent.",
    )


def _confusion(result: Result) -> Table:
    given = list(zip(result.questions, result.given(product_of(result)), strict=True))
    rows = []
    for answerable, name in ((True, "can be answered"), (False, "nothing answers")):
        verdicts = [one.verdict for asked, one in given if asked.answerable is answerable]
        rows.append(row(name, *(str(verdicts.count(verdict)) for verdict in VERDICTS), str(len(verdicts))))
    return Table(
        id="confusion",
        caption="Questions by what can be said of them and what the product said",
        columns=columns("question", *VERDICTS.values(), "together"),
        rows=tuple(rows),
        empty="",
    )


def _reliability(found: Sequence[Case]) -> Plot:
    held, border = bins(found), border_of(found)
    answered = calibration_error([case for case in found if not case.silent])
    says = (
        f"Share answered rightly over confidence, in {counted(len(held), 'bin')}. The dashed diagonal is a confidence "
        f"that means what it says. The expected calibration error of what was answered is {number(answered)}."
    )
    if border is not None:
        says += f" The least sure answer that was given had a confidence of {number(border)}."
    return Plot(
        id="reliability",
        title="Share answered rightly, by confidence. Pale bar: what withheld answers leave open",
        says=says,
        svg=reliability("reliability", says, held, border),
        table=_bins(held),
    )


def border_of(found: Sequence[Case]) -> float | None:
    """Return the lowest confidence at which something was answered, or None."""
    return min((case.confidence for case in found if not case.silent), default=None)


def _bins(held: Sequence[Bin]) -> Table:
    return Table(
        id="bins",
        caption="The numbers of the plot",
        columns=columns(
            "confidence", "questions", "mean confidence", "right", "withheld", "share right, at least", "at most"
        ),
        rows=tuple(
            row(
                f"{one.low:.1f} to {one.high:.1f}",
                str(one.questions),
                number(one.confidence),
                str(one.right),
                str(one.withheld),
                number(one.least),
                number(one.most),
            )
            for one in held
        ),
        empty="",
    )


def _errors(found: Sequence[Case]) -> Table:
    answered = [case for case in found if not case.silent]
    both = (calibration_error(found), calibration_error(found, withheld=True))
    return Table(
        id="calibration-error",
        caption="Expected calibration error; 0 is best",
        columns=columns("over", "questions", "error"),
        rows=(
            row("questions that were answered", str(len(answered)), number(calibration_error(answered))),
            row("all questions, withheld answers wrong", str(len(found)), number(both[0])),
            row("all questions, withheld answers right", str(len(found)), number(both[1])),
        ),
        empty="",
    )


def _curve(worst: Curve, best: Curve, at: Point | None) -> Plot:
    says = (
        f"Risk over coverage. Answering everything gives a risk of {number(best.points[-1].risk)} to "
        f"{number(worst.points[-1].risk)}. {_works(at)}"
    )
    return Plot(
        id="risk-coverage",
        title="Risk over coverage, the surest answers first. Pale: what withheld answers leave open",
        says=says,
        svg=draw_risk_coverage("risk-coverage", says, worst, best, at),
        table=Table(
            id="risk-coverage-numbers",
            caption="The numbers of the plot, at every tenth of coverage",
            columns=columns("coverage", "risk, withheld answers right", "risk, withheld answers wrong"),
            rows=tuple(
                row(
                    f"{worst.points[step].coverage:.3f}",
                    number(best.points[step].risk),
                    number(worst.points[step].risk),
                )
                for step in _tenths(len(worst.points))
            ),
            empty="",
        ),
    )


def _areas(worst: Curve | None, best: Curve | None, at: Point | None) -> Table:
    rows = []
    if worst and best:
        everything = (best.points[-1].risk, worst.points[-1].risk)
        rows = [
            row("area under the curve (mean risk)", between((best.area, worst.area))),
            row("risk of answering everything", between(everything)),
            row("coverage as it ships", number(at.coverage if at else 0.0)),
            row("risk as it ships", number(at.risk) if at else NONE),
        ]
    return Table(
        id="areas",
        caption="What the curve comes to; where two figures stand, withheld answers right and wrong",
        columns=(Column(name="figure"), Column(name="value", figures=True)),
        rows=tuple(rows),
        empty="No question can be measured.",
    )


def _works(at: Point | None) -> str:
    if at is None:
        return "As it ships, it answered none of them."
    return f"As it ships, it answers {number(at.coverage)} of them, and {number(at.risk)} of these answers are wrong."


def _tenths(count: int) -> list[int]:
    return sorted({max(0, round(count * tenth / 10) - 1) for tenth in range(1, 11)})


def _share(part: int, whole: int) -> Cell:
    if not whole:
        return Cell(text=NONE)
    return Cell(text=number(part / whole), note=between(share_interval(part, whole)))
