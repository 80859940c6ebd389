"""The section that tells the figures apart: by type, form, reason, kind of paper, length and dossier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.measures import MEASURES
from eval.reporting.formats import NONE, between, counted, number, plain
from eval.reporting.paired import baselines_of, product_of
from eval.reporting.plots import Mark, Panel, dots
from eval.reporting.tables import SMALL, Cell, Plot, Row, Table, columns, row
from eval.result import Result
from eval.summary import Chosen, cell, groups

RANKING, ANSWER, SILENCE = "nDCG@10", "any sentence", "keeps silent"
_SHOWN = (RANKING, "first sentence", ANSWER, "answers", SILENCE)
_DRAWN_MOST = 16
"""More groups than this are shown in the table only: the largest are drawn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grouping:
    """One way to tell questions apart."""

    id: str
    title: str
    one: str
    """What one group is called, before its name."""
    says: str
    by: str
    """Its name among :data:`eval.summary.GROUPS`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group of questions."""

    name: str
    chosen: Chosen
    questions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView:
    """What is shown of one way to tell questions apart."""

    id: str
    title: str
    says: str
    plot: Plot | None
    table: Table


GROUPINGS: Sequence[Grouping] = (
    Grouping(
        id="type",
        title="By type of question",
        one="Questions of the type",
        says="What is asked for.",
        by="type",
    ),
    Grouping(
        id="form",
        title="By form",
        one="Questions in the form",
        says="How it is put: as a full question, as keywords, as a vague memory, or misspelt.",
        by="form",
    ),
    Grouping(
        id="why",
        title="By reason why nothing answers",
        one="Questions that nothing answers, being",
        says="Only questions that nothing answers; the right reply to each is “not found”.",
        by="why nothing answers",
    ),
    Grouping(
        id="kind",
        title="By kind of paper",
        one="Questions answered by papers of the kind",
        says="The kind of most of the papers that answer best; questions that nothing answers have none.",
        by="kind of paper",
    ),
    Grouping(
        id="length",
        title="By length of the question",
        one="Questions of",
        says="Counted in words.",
        by="length",
    ),
    Grouping(
        id="dossier",
        title="By dossier",
        one="Questions on the dossier",
        says="The subject, as the gold set names it.",
        by="dossier",
    ),
)
_DUTCH = frozenset({"kind", "dossier"})


def groups_of(result: Result, grouping: Grouping) -> tuple[Group, ...]:
    """Return the groups that occur, the largest first; lengths from short to long."""
    found = [
        (name, chosen, [asked for asked in result.questions if chosen(asked)])
        for name, chosen in groups(result, grouping.by).items()
    ]
    if grouping.id == "length":
        found.sort(key=lambda item: item[2][0].words)
    else:
        found.sort(key=lambda item: (-len(item[2]), item[0]))
    return tuple(
        Group(name=plain(name.replace("_", " ")), chosen=chosen, questions=len(those)) for name, chosen, those in found
    )


def group_views(result: Result) -> tuple[GroupView, ...]:
    """Return what is shown, one view for each way that the gold set tells its questions apart."""
    views = []
    for grouping in GROUPINGS:
        found = groups_of(result, grouping)
        plot = _plot(result, grouping, found) if found else None
        views.append(
            GroupView(
                id=f"by-{grouping.id}",
                title=grouping.title,
                says=grouping.says,
                plot=plot,
                table=_table(result, grouping, found),
            )
        )
    return tuple(views)


def _measures(result: Result, groups: Iterable[Group]) -> tuple[str, ...]:
    """Return the measures that can be taken in any of these groups."""
    product, those = product_of(result), list(groups)
    return tuple(name for name in _SHOWN if any(result.values(product, name, group.chosen) for group in those))


def _table(result: Result, grouping: Grouping, groups: Sequence[Group]) -> Table:
    measures = _measures(result, groups)
    named = [name for measure in measures for name in (measure, *_beside(result, measure))]
    return Table(
        id=f"by-{grouping.id}-numbers",
        caption=f"{grouping.title}: mean of the product, its 95 % interval, and on how many questions",
        columns=columns(grouping.title.removeprefix("By ").split(" of the ")[0], "questions", *named),
        rows=tuple(_row(result, group, measures, dutch=grouping.id in _DUTCH) for group in groups),
        empty="The gold set does not tell its questions apart in this way.",
    )


def _row(result: Result, group: Group, measures: Sequence[str], *, dutch: bool) -> Row:
    cells: list[str | Cell] = []
    for measure in measures:
        cells.append(_cell(result, group, measure))
        cells += [number(result.mean(name, measure, group.chosen)) for name in _beside(result, measure)]
    small = group.questions < SMALL
    return row(group.name, str(group.questions), *cells, dutch=dutch, small=small)


def _beside(result: Result, measure: str) -> tuple[str, ...]:
    """Return the baseline that is shown beside the product on a measure: the strongest one, if any has it."""
    if measure not in (RANKING, ANSWER):
        return ()
    means = {name: result.mean(name, measure) for name in baselines_of(result)}
    known = [name for name, mean in means.items() if mean is not None]
    return (max(known, key=lambda name: means[name] or 0.0),) if known else ()


def _cell(result: Result, group: Group, measure: str) -> Cell:
    found = cell(result, product_of(result), measure, group.chosen)
    if found is None:
        return Cell(text=NONE)
    if found.questions < SMALL:
        return Cell(text=number(found.mean), note=f"{found.questions}: too few")
    return Cell(text=number(found.mean), note=f"{between((found.low, found.high))}\nof {found.questions}")


def _plot(result: Result, grouping: Grouping, groups: Sequence[Group]) -> Plot | None:
    drawn = sorted(groups[:_DRAWN_MOST], key=groups.index)
    measures = [name for name in (RANKING, ANSWER) if name in _measures(result, drawn)] or [
        name for name in (SILENCE,) if name in _measures(result, drawn)
    ]
    if not measures:
        return None
    panels = [_panel(result, measure, drawn) for measure in measures]
    says = _says(grouping, measures, panels, drawn, left_out=len(groups) - len(drawn))
    return Plot(
        id=f"plot-{grouping.id}",
        title=_title(result, grouping, measures),
        says=says,
        svg=dots(f"plot-{grouping.id}", says, [group.name for group in drawn], panels),
        table=None,
    )


def _title(result: Result, grouping: Grouping, measures: Sequence[str]) -> str:
    bars = [f"{name} for {measure}" for measure in measures for name in _beside(result, measure)]
    drawn = f". Bar: {', '.join(bars)}" if bars else ""
    return f"{grouping.title}: mean with 95 % interval. Hollow: fewer than {SMALL} questions{drawn}"


def _panel(result: Result, measure: str, groups: Sequence[Group]) -> Panel:
    beside = "".join(_beside(result, measure))
    marks = []
    for group in groups:
        found = cell(result, product_of(result), measure, group.chosen)
        other = result.mean(beside, measure, group.chosen) if beside else None
        if found is None:
            marks.append(Mark(value=None, beside=other))
        else:
            small = found.questions < SMALL
            low, high = (found.mean, found.mean) if small else (found.low, found.high)
            marks.append(Mark(value=found.mean, low=low, high=high, small=small, beside=other))
    return Panel(title=measure, marks=tuple(marks))


def _says(
    grouping: Grouping, measures: Sequence[str], panels: Sequence[Panel], groups: Sequence[Group], *, left_out: int
) -> str:
    parts = []
    for measure, panel in zip(measures, panels, strict=True):
        known = [
            (mark.value, group.name)
            for mark, group in zip(panel.marks, groups, strict=True)
            if mark.value is not None and not mark.small
        ]
        if known:
            (low, worst), (high, best) = min(known), max(known)
            if low == high and worst == best:
                parts.append(f"{measure} is {number(low)} ({worst})")
                continue
            parts.append(f"{measure} goes from {number(low)} ({worst}) to {number(high)} ({best})")
    said = "; ".join(parts) or f"no group has {SMALL} questions"
    more = f" The {counted(left_out, 'smallest group')} of the table below {'is' if left_out == 1 else 'are'} left out."
    return f"{grouping.title}, among groups of at least {SMALL} questions: {said}.{more if left_out else ''}"


SHOWN_SAYS = tuple((name, MEASURES[name].says) for name in _SHOWN)
"""What the columns mean."""
