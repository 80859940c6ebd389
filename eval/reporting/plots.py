"""Plots through Matplotlib, the only module that imports it: each becomes a drawing that stands in a page.

The same figures give the same bytes. Colours are names of the page's own (:mod:`eval.reporting.svg` puts them in),
letters are letters and not outlines, and every text is set as it stands: no formula is read into it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.extra import missing
from eval.reporting.calibration import Bin, Curve, Point
from eval.reporting.svg import for_page

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK, _MUTED, _LINE, _ACCENT, _GROUND = "#010101", "#020202", "#030303", "#040404", "#050505"
_COLOURS = {
    _INK: "currentColor",
    _MUTED: "var(--muted)",
    _LINE: "var(--line)",
    _ACCENT: "var(--accent)",
    _GROUND: "var(--surface)",
}
_WIDTH = 480.0
"""Points; about the width of a telephone's page, so that letters stay readable there."""
_LABELS, _WIDE_LABELS = 164.0, 214.0
_LONGEST, _WIDE_LONGEST = 24, 32
_ROW = 19.0
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "raadspoor",
    "text.parse_math": False,
    "font.size": 11.0,
    "axes.edgecolor": _LINE,
    "axes.labelcolor": _MUTED,
    "axes.labelsize": 11.0,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlecolor": _INK,
    "axes.titlesize": 11.0,
    "axes.titlelocation": "left",
    "axes.unicode_minus": True,
    "grid.color": _LINE,
    "grid.linewidth": 0.8,
    "text.color": _INK,
    "xtick.color": _LINE,
    "xtick.labelcolor": _MUTED,
    "ytick.color": _LINE,
    "ytick.labelcolor": _INK,
    "xtick.labelsize": 11.0,
    "ytick.labelsize": 11.0,
}
_DASHES = ("solid", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A mean with its interval, in one row of a plot."""

    value: float | None
    """None leaves the row empty."""
    low: float = 0.0
    high: float = 0.0
    small: bool = False
    """Stands on too few questions to conclude from: drawn hollow."""
    beside: float | None = None
    """The same mean of the baseline."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """Marks of one measure, one for each label."""

    title: str
    marks: tuple[Mark, ...]


def dots(name: str, says: str, labels: Sequence[str], panels: Sequence[Panel], *, centred: bool = False) -> str:
    """Draw means with their intervals, a row each, in panels side by side.

    Args:
        name: unique in the page.
        says: what is shown, for who cannot see it.
        labels: what each row is, from the top.
        panels: one or two.
        centred: differences around nought, and not values from 0 to 1.
    """
    height = 66.0 + _ROW * len(labels)
    with _figure(height) as figure:
        left, longest = (_WIDE_LABELS, _WIDE_LONGEST) if centred else (_LABELS, _LONGEST)
        width = (_WIDTH - left - 18.0 * len(panels)) / len(panels)
        names = [_printable(label, longest) for label in labels]
        for at, panel in enumerate(panels):
            axes = _axes(figure, left + at * (width + 18.0), 34.0, width, height - 62.0)
            axes.set_title(_printable(panel.title, 60), fontsize=10.5)
            _rows(axes, names if at == 0 else [""] * len(names))
            for row, mark in enumerate(panel.marks):
                _mark(axes, row, mark)
            _scale(axes, panel.marks, centred=centred)
        return _drawn(figure, name, says)


def bars(name: str, says: str, changes: Sequence[float], *, better: str, worse: str) -> str:
    """Draw one bar for each question, the greatest gain first.

    Args:
        name: unique in the page.
        says: what is shown, for who cannot see it.
        changes: the differences, in any order.
        better: what a bar above nought means.
        worse: what a bar below nought means.
    """
    order = sorted(changes, reverse=True)
    with _figure(230.0) as figure:
        axes = _axes(figure, 52.0, 34.0, _WIDTH - 64.0, 176.0)
        axes.bar(range(1, len(order) + 1), order, width=0.8, color=_ACCENT)
        axes.axhline(0.0, color=_INK, linewidth=0.8)
        reach = max([abs(change) for change in order] + [0.05]) * 1.15
        axes.set_ylim(-reach, reach)
        axes.set_xlim(0.0, len(order) + 1.0)
        axes.set_xlabel("questions, the greatest gain first")
        axes.text(0.99, 0.97, _printable(better, 60), transform=axes.transAxes, ha="right", va="top", color=_MUTED)
        axes.text(0.02, 0.03, _printable(worse, 60), transform=axes.transAxes, ha="left", va="bottom", color=_MUTED)
        return _drawn(figure, name, says)


def reliability(name: str, says: str, found: Sequence[Bin], border: float | None) -> str:
    """Draw the share that is right over confidence, with how many questions stand behind each point.

    Args:
        name: unique in the page.
        says: what is shown, for who cannot see it.
        found: the bins.
        border: the confidence from which the product answers, if it answers anything.
    """
    with _figure(380.0) as figure:
        above = _axes(figure, 52.0, 130.0, _WIDTH - 64.0, 236.0)
        above.plot([0.0, 1.0], [0.0, 1.0], color=_MUTED, linewidth=1.0, linestyle=(0, (3, 3)))
        for one in found:
            if one.withheld:
                above.plot([one.confidence] * 2, [one.least, one.most], color=_ACCENT, linewidth=5.0, alpha=0.35)
            above.plot(one.confidence, one.least, "o", color=_ACCENT, markersize=6.0)
        above.set_ylabel("share answered rightly")
        below = _axes(figure, 52.0, 34.0, _WIDTH - 64.0, 74.0)
        below.bar([(one.low + one.high) / 2 for one in found], [one.questions for one in found], 0.09, color=_MUTED)
        for one in found:
            middle = (one.low + one.high) / 2
            below.text(middle, one.questions, str(one.questions), ha="center", va="bottom", fontsize=9.5)
        below.set_ylim(0.0, max([one.questions for one in found] + [1]) * 1.3)
        below.set_ylabel("questions")
        below.set_yticks([])
        below.set_xlabel("confidence")
        for axes in (above, below):
            axes.set_xlim(0.0, 1.0)
            if border is not None:
                axes.axvline(border, color=_INK, linewidth=0.8, linestyle=(0, (1, 2)))
        above.set_ylim(-0.03, 1.03)
        if border is not None:
            above.text(border - 0.01, 0.98, "not found", ha="right", va="top", color=_MUTED)
            above.text(border + 0.01, 0.98, "answered", ha="left", va="top", color=_MUTED)
        return _drawn(figure, name, says)


def risk_coverage(name: str, says: str, worst: Curve, best: Curve, works_at: Point | None) -> str:
    """Draw risk over coverage, from every withheld answer wrong to every one right, and where the product works.

    Args:
        name: unique in the page.
        says: what is shown, for who cannot see it.
        worst: withheld answers are wrong.
        best: withheld answers are right; as many points.
        works_at: the point that ships, if it answers anything.
    """
    coverage = [point.coverage for point in worst.points]
    high, low = ([point.risk for point in curve.points] for curve in (worst, best))
    with _figure(280.0) as figure:
        axes = _axes(figure, 52.0, 34.0, _WIDTH - 64.0, 236.0)
        axes.fill_between(coverage, low, high, color=_ACCENT, alpha=0.25, linewidth=0.0)
        axes.plot(coverage, high, color=_ACCENT, linewidth=1.8)
        axes.plot([0.0, 1.0], [high[-1]] * 2, color=_MUTED, linewidth=1.0, linestyle=(0, (3, 3)))
        axes.text(0.01, high[-1] + 0.015, "confidence that says nothing", color=_MUTED, fontsize=10.0)
        if works_at is not None:
            axes.plot(works_at.coverage, works_at.risk, "o", color=_INK, markersize=8.0)
            axes.annotate(
                "as it ships",
                (works_at.coverage, works_at.risk),
                xytext=(4.0, -20.0),
                textcoords="offset points",
                ha="center",
            )
        axes.set_xlim(0.0, 1.02)
        axes.set_ylim(0.0, 1.0)
        axes.set_xlabel("coverage: share of the questions that is answered")
        axes.set_ylabel("risk: share of these that is wrong")
        return _drawn(figure, name, says)


def spread(name: str, says: str, seconds: Mapping[str, Sequence[float]]) -> str:
    """Draw for each system which share of the questions was answered within a time.

    Args:
        name: unique in the page.
        says: what is shown, for who cannot see it.
        seconds: by system; at least one question each.
    """
    with _figure(290.0) as figure:
        axes = _axes(figure, 52.0, 34.0, _WIDTH - 64.0, 226.0)
        for at, (system, times) in enumerate(seconds.items()):
            order = sorted(max(1e-3, 1000 * time) for time in times)
            shares = [rank / len(order) for rank in range(1, len(order) + 1)]
            colour = _ACCENT if at == 0 else _INK
            style = _DASHES[at % len(_DASHES)]
            axes.step(
                [order[0], *order], [0.0, *shares], where="post", label=_printable(system, _LONGEST), color=colour,
                linewidth=2.2 if at == 0 else 1.1, linestyle=style,
            )  # fmt: skip
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(_plain_number)
        axes.set_ylim(0.0, 1.02)
        axes.set_xlabel("milliseconds, each step ten times as long")
        axes.set_ylabel("share of the questions")
        axes.legend(
            frameon=False, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, fontsize=10.0, handlelength=2.4
        )
        return _drawn(figure, name, says)


def _plain_number(value: float, _position: float) -> str:
    return f"{value:g}"


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)


def _mark(axes: Axes, row: int, mark: Mark) -> None:
    if mark.beside is not None:
        axes.plot(mark.beside, row, "|", color=_INK, markersize=11.0, markeredgewidth=1.4)
    if mark.value is not None:
        axes.plot([mark.low, mark.high], [row, row], color=_ACCENT, linewidth=1.6, alpha=0.5 if mark.small else 1.0)
        fill = _GROUND if mark.small else _ACCENT
        axes.plot(mark.value, row, "o", color=_ACCENT, markerfacecolor=fill, markersize=6.0)


def _scale(axes: Axes, marks: Sequence[Mark], *, centred: bool) -> None:
    if not centred:
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks([0.0, 0.5, 1.0], ["0", "0.5", "1"])
        return
    reach = max([abs(end) for mark in marks for end in (mark.low, mark.high)] + [0.1]) * 1.08
    axes.set_xlim(-reach, reach)
    axes.axvline(0.0, color=_INK, linewidth=0.9)


def _printable(text: str, longest: int) -> str:
    """Return a text without anything that XML cannot hold, cut where it would run into the plot."""
    kept = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


@contextmanager
def _figure(height: float) -> Iterator[Figure]:
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise missing("the report", error) from error
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()  # whatever this machine's own style is
        mpl.rcParams.update(_STYLE)
        # A letter that the plotting font lacks is set by the reader's browser, which has it.
        warnings.simplefilter("ignore", UserWarning)
        yield Figure(figsize=(_WIDTH / 72.0, height / 72.0))


def _axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    whole = figure.get_figheight() * 72.0
    return figure.add_axes((left / _WIDTH, bottom / whole, width / _WIDTH, height / whole))


def _drawn(figure: Figure, name: str, says: str) -> str:
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return for_page(file.getvalue(), name=name, says=says, colours=_COLOURS)
