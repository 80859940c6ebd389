"""The section on wins and losses, question by question: against another version, or else against the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.reporting.formats import counted, number, plain, signed
from eval.reporting.paired import Compared, across, product_of
from eval.reporting.plots import bars
from eval.reporting.quality import change_columns, change_row
from eval.reporting.tables import Cell, Column, Plot, Table, row
from eval.result import Result
from eval.significance import Difference

MEASURE = "nDCG@10"
MOST = 15
"""How many questions are listed each way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What the section shows."""

    says: str
    plot: Plot | None
    """None where there is no question to compare."""
    wins: Table
    losses: Table
    measures: Table | None
    """Every measure against the other version; None against a baseline, which the section on quality compares."""


def changes(result: Result, against: Result | None, compared: tuple[Compared, ...]) -> Changes:
    """Return what the section shows.

    Args:
        result: the result.
        against: the result of another version, if there is one.
        compared: the product against its baselines.

    Raises:
        UsageError: the other result is about other papers, or shares no question.
    """
    if against is None:
        return _against_baseline(result, compared)
    found = across(against, result)
    name = f"the other version ({plain(against.made_by.commit)[:12] or 'commit unknown'})"
    marks = {asked.id: asked.mark for asked in against.questions}
    same = sum(marks.get(asked.id) == asked.mark for asked in result.questions)
    left_out = len(result.questions) - same
    said = f"Compared with {name}, on {counted(same, 'question')} that both were asked with the same judgements."
    if left_out:
        said += f" {counted(left_out, 'question')} of this result {'is' if left_out == 1 else 'are'} left out."
    one = next((one for one in found if one.measure.name == MEASURE), None)
    before = against.values(product_of(against), MEASURE)
    table = Table(
        id="versions",
        caption=f"This version against {name}",
        columns=change_columns("other", "this"),
        rows=tuple(change_row(each) for each in found),
        empty="No measure was taken on both sides.",
    )
    return _view(result, one.difference if one else None, before, "the other version", said, table)


def _against_baseline(result: Result, compared: tuple[Compared, ...]) -> Changes:
    one = next((one for one in compared if one.measure.name == MEASURE), None)
    if one is None:
        return _view(result, None, {}, "the baseline", "There is nothing to compare with.", None)
    said = f"Compared with {one.against}, on {counted(one.difference.questions, 'question')} that can be answered."
    return _view(result, one.difference, result.values(one.against, MEASURE), one.against, said, None)


def _view(
    result: Result, found: Difference | None, before: Mapping[str, float], other: str, says: str, table: Table | None
) -> Changes:
    after = result.values(product_of(result), MEASURE)
    wins, losses = (found.wins, found.losses) if found else ((), ())
    return Changes(
        says=says,
        plot=_plot(found, before, after, other) if found else None,
        wins=_list(result, "wins", wins, before, after, other),
        losses=_list(result, "losses", losses, before, after, other),
        measures=table,
    )


def _plot(found: Difference, before: Mapping[str, float], after: Mapping[str, float], other: str) -> Plot:
    both = sorted(before.keys() & after.keys())
    differences = [after[name] - before[name] for name in both]
    ties = found.questions - len(found.wins) - len(found.losses)
    says = (
        f"Difference in {MEASURE} between the product and {other}, a bar for each question: better on "
        f"{len(found.wins)}, worse on {len(found.losses)}, the same on {ties}."
    )
    return Plot(
        id="changes",
        title=f"Difference in {MEASURE} to {other}, a bar for each question",
        says=says,
        svg=bars("changes", says, differences, better="the product is better", worse=f"{other} is better"),
        table=_bands(differences),
    )


def _bands(differences: list[float]) -> Table:
    """Count differences by size, nought apart."""
    sizes = ((0.5, "by 0.5 or more"), (0.1, "by 0.1 to 0.5"), (0.0, "by less than 0.1"))
    rows = []
    for sign, side in ((1.0, "better"), (-1.0, "worse")):
        upper = float("inf")
        for lower, name in sizes:
            count = sum(max(lower, 1e-9) <= sign * change < upper for change in differences)
            rows.append(row(f"{side} {name}", str(count)))
            upper = max(lower, 1e-9)
    same = sum(abs(change) < 1e-9 for change in differences)
    return Table(
        id="changes-numbers",
        caption="The numbers of the plot: questions by size of the difference",
        columns=(Column(name="difference"), Column(name="questions", figures=True)),
        rows=(*rows, row("the same", str(same))),
        empty="",
    )


def _list(
    result: Result, side: str, ids: tuple[str, ...], before: Mapping[str, float], after: Mapping[str, float], other: str
) -> Table:
    texts = {asked.id: asked.text for asked in result.questions}
    shown = ids[:MOST]
    largest = f"the largest {MOST} of {len(ids)}" if len(ids) > MOST else f"all {len(ids)}"
    word = "Gains" if side == "wins" else "Losses"
    return Table(
        id=side,
        caption=f"{word} in {MEASURE} against {other}: {largest}",
        columns=(
            Column(name="question"),
            Column(name="text"),
            Column(name=other, figures=True),
            Column(name="product", figures=True),
            Column(name="difference", figures=True),
        ),
        rows=tuple(
            row(
                plain(id_),
                Cell(text=plain(texts[id_]), dutch=True),
                number(before[id_]),
                number(after[id_]),
                signed(after[id_] - before[id_]),
            )
            for id_ in shown
        ),
        empty=f"No question is {'better' if side == 'wins' else 'worse'} than with {other}.",
    )
