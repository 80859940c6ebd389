"""The section on quality: every measure of every system, the product against each baseline, and what nobody judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures import MEASURES
from eval.reporting.formats import NONE, between, chance, counted, number, signed
from eval.reporting.paired import CHECKS, Compared, product_of
from eval.reporting.plots import Mark, Panel, dots
from eval.reporting.tables import Cell, Column, Plot, Row, Table, columns, row
from eval.result import Result
from eval.significance import LEVEL, RESAMPLES
from eval.summary import cell, unjudged_sentences


@dataclass(frozen=True, kw_only=True, slots=True)
class Quality:
    """What the section shows."""

    scores: Table
    differences: Table
    forest: Plot | None
    """None where there is nothing to compare with."""
    unjudged: Table
    comparisons: str
    level: str
    draws: str
    least: str
    """The smallest corrected p that can come out."""


def quality(result: Result, compared: Sequence[Compared]) -> Quality:
    """Return what the section shows.

    Args:
        result: the result.
        compared: the product against its baselines.
    """
    return Quality(
        scores=_scores(result),
        differences=_differences(compared),
        forest=_forest(compared) if compared else None,
        unjudged=_unjudged(result),
        comparisons=counted(len(compared), "comparison"),
        level=str(LEVEL),
        draws=f"{RESAMPLES:,}",
        least=number(min(1.0, 2 / (RESAMPLES + 1) * max(1, len(compared)))),
    )


def score(result: Result, system: str, measure: str) -> Cell:
    """Return a mean with its interval, as a cell."""
    found = cell(result, system, measure)
    return Cell(text=number(found.mean), note=between((found.low, found.high))) if found else Cell(text=NONE)


def change_row(one: Compared) -> Row:
    """Return a comparison as a row of a table."""
    found = one.difference
    said = "better" if one.better else "worse" if one.worse else "no difference shown"
    return row(
        one.measure.name,
        one.against,
        str(found.questions),
        number(found.before),
        number(found.after),
        Cell(text=signed(found.change), note=f"{signed(found.low)} to {signed(found.high)}"),
        chance(one.p),
        f"{len(found.wins)} / {len(found.losses)}",
        said,
    )


def change_columns(before: str, after: str) -> tuple[Column, ...]:
    """Return the columns for :func:`change_row`."""
    figures = ("questions", before, after, "difference", "p (Holm)", "won / lost")
    return (
        Column(name="measure"),
        Column(name="against"),
        *(Column(name=name, figures=True) for name in figures),
        Column(name="conclusion"),
    )


def _scores(result: Result) -> Table:
    product, systems = product_of(result), tuple(result.systems)
    rows = []
    for measure in MEASURES.values():
        values = result.values(product, measure.name)
        if measure.name not in CHECKS and values:
            cells = (score(result, system, measure.name) for system in systems)
            rows.append(row(measure.name, str(len(values)), *cells, note=measure.says))
    return Table(
        id="scores",
        caption="Every measure: its mean, and below it the 95 % interval",
        columns=columns("measure", "questions", *systems),
        rows=tuple(rows),
        empty="No measure was taken.",
    )


def _differences(compared: Sequence[Compared]) -> Table:
    return Table(
        id="differences",
        caption="The product against each baseline, question by question",
        columns=change_columns("baseline", "product"),
        rows=tuple(change_row(one) for one in compared),
        empty="This result holds no baseline, so nothing can be compared.",
    )


def _forest(compared: Sequence[Compared]) -> Plot:
    marks = tuple(
        Mark(value=one.difference.change, low=one.difference.low, high=one.difference.high, small=one.p >= LEVEL)
        for one in compared
    )
    labels = [f"{one.measure.name}, {one.against}" for one in compared]
    better, worse = (sum(getattr(one, side) for one in compared) for side in ("better", "worse"))
    says = (
        f"Difference between the product and each baseline per measure, with its 95 % interval: of "
        f"{counted(len(compared), 'comparison')}, the product is better by more than chance in {better} and worse in "
        f"{worse}."
    )
    panel = Panel(title="difference; to the right the product is better", marks=marks)
    return Plot(
        id="forest",
        title="What the product adds to each baseline. Hollow: no difference shown",
        says=says,
        svg=dots("forest", says, labels, [panel], centred=True),
        table=None,
    )


def _unjudged(result: Result) -> Table:
    rows = []
    for system, given in result.systems.items():
        unjudged, quoted = unjudged_sentences(given)
        wrong = sum(not sentence.verified for one in given for sentence in one.sentences)
        cells = (score(result, system, "judged@10"), score(result, system, "verified"))
        rows.append(row(system, *cells, str(quoted), f"{unjudged}", _share(unjudged, quoted), str(wrong)))
    return Table(
        id="unjudged",
        caption="What nobody judged, and what does not stand where it is said to stand",
        columns=columns(
            "system", "judged@10", "verified", "sentences quoted", "of these unjudged", "share", "not at their address"
        ),
        rows=tuple(rows),
        empty="",
    )


def _share(part: int, whole: int) -> str:
    return number(part / whole) if whole else NONE


CHECK_SAYS = tuple((name, MEASURES[name].says) for name in MEASURES if name in CHECKS)
"""What the checks mean."""
