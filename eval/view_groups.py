"""The section that tells the figures apart: by type, form, reason, kind of paper, length and dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.formats import between, counted, number
from eval.measures import MEASURES
from eval.paired import baselines_of, product_of
from eval.plots import Mark, Panel, dots
from eval.result import Asked, Result
from eval.significance import interval
from eval.view_tables import SMALL, Cell, Plot, Row, Table, columns, row

Key = Callable[[Asked], str]
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
    key: Key
    """Gives a question's group; empty where it belongs to none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group of questions."""

    name: str
    questions: frozenset[str]


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
        key=lambda asked: asked.type.value,
    ),
    Grouping(
        id="form",
        title="By form",
        one="Questions in the form",
        says="How it is put: as a full question, as keywords, as a vague memory, or misspelt.",
        key=lambda asked: asked.form.value if asked.form else "",
    ),
    Grouping(
        id="why",
        title="By reason why nothing answers",
        one="Questions that nothing answers, being",
        says="Only questions that nothing answers; the right reply to each is “not found”.",
        key=lambda asked: asked.why.value.replace("_", " ") if asked.why else "",
    ),
    Grouping(
        id="kind",
        title="By kind of paper",
        one="Questions answered by the kind of paper",
        says="The kind of most of the papers that answer best; questions that nothing answers have none.",
        key=lambda asked: asked.kind.replace("_", " "),
    ),
    Grouping(
        id="length",
        title="By length of the question",
        one="Questions of",
        says="Counted in words.",
        key=lambda asked: asked.length,
    ),
    Grouping(
        id="dossier",
        title="By dossier",
        one="Questions on the dossier",
        says="The subject, as the gold set names it.",
        key=lambda asked: asked.dossier,
    ),
)
_DUTCH = frozenset({"kind", "dossier"})


def groups_of(result: Result, grouping: Grouping) -> tuple[Group, ...]:
    """Return the groups that occur, the largest first; lengths from short to long."""
    found: dict[str, set[str]] = {}
    for asked in sorted(result.questions, key=lambda asked: asked.words):
        name = grouping.key(asked)
        if name:
            found.setdefault(name, set()).add(asked.id)
    groups = [Group(name=name, questions=frozenset(ids)) for name, ids in found.items()]
    if grouping.id == "length":
        return tuple(groups)
    return tuple(sorted(groups, key=lambda group: (-len(group.questions), group.name)))


def group_views(result: Result) -> tuple[GroupView, ...]:
    """Return what is shown, one view for each way that the gold set tells its questions apart."""
    views = []
    for grouping in GROUPINGS:
        groups = groups_of(result, grouping)
        plot = _plot(result, grouping, groups) if groups else None
        views.append(
            GroupView(
                id=f"by-{grouping.id}",
                title=grouping.title,
                says=grouping.says,
                plot=plot,
                table=_table(result, grouping, groups),
            )
        )
    return tuple(views)


def in_group(group: Group) -> Callable[[Asked], bool]:
    """Return a test for belonging to a group."""
    return lambda asked: asked.id in group.questions


def _measures(result: Result, groups: Iterable[Group]) -> tuple[str, ...]:
    """Return the measures that can be taken in any of these groups."""
    product = product_of(result)
    asked = frozenset().union(*(group.questions for group in groups))
    return tuple(name for name in _SHOWN if asked & result.values(product, name).keys())


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
        cells += [number(result.mean(name, measure, in_group(group))) for name in _beside(result, measure)]
    small = len(group.questions) < SMALL
    return row(group.name, str(len(group.questions)), *cells, dutch=dutch, small=small)


def _beside(result: Result, measure: str) -> tuple[str, ...]:
    """Return the baseline that is shown beside the product on a measure: the strongest one, if any has it."""
    if measure not in (RANKING, ANSWER):
        return ()
    means = {name: result.mean(name, measure) for name in baselines_of(result)}
    known = [name for name, mean in means.items() if mean is not None]
    return (max(known, key=lambda name: means[name] or 0.0),) if known else ()


def _cell(result: Result, group: Group, measure: str) -> Cell:
    values = tuple(result.values(product_of(result), measure, in_group(group)).values())
    if not values:
        return Cell(text=number(None))
    small = "; too few" if len(values) < SMALL else ""
    return Cell(
        text=number(sum(values) / len(values)),
        note=f"{between(interval(values, seed=result.seed))}; {len(values)}{small}",
    )


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
    product = product_of(result)
    beside = "".join(_beside(result, measure))
    marks = []
    for group in groups:
        values = tuple(result.values(product, measure, in_group(group)).values())
        low, high = interval(values, seed=result.seed) if values else (0.0, 0.0)
        marks.append(
            Mark(
                value=sum(values) / len(values) if values else None,
                low=low,
                high=high,
                small=len(values) < SMALL,
                beside=result.mean(beside, measure, in_group(group)) if beside else None,
            )
        )
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
