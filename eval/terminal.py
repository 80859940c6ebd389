"""Results as tables, and progress, on a terminal: the only module of the evaluation that imports Rich."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from eval.as_json import AVERAGES
from eval.beir import MEASURES, BeirResult
from eval.provenance import Provenance
from eval.result import Result
from eval.significance import LEVEL
from eval.summary import Compared, cell, failures, groups, taken, unjudged_sentences
from eval.systems import PRODUCT

_WIDTH = 120
"""Columns where nobody looks: a table in a file must not be cut to a guessed window."""
_BY_GROUP = ("nDCG@10", "page nDCG@10", "first sentence", "any sentence", "facts", "answers", "keeps silent")
_SMALL = 5
"""Below so many questions a group says little."""


def print_result(result: Result) -> None:
    """Print the measurement of a gold set: every measure per system, the product by group, and what went wrong."""
    console = _console()
    questions = result.questions
    answerable = sum(asked.answerable for asked in questions)
    splits = ", ".join(sorted({asked.split or "no split" for asked in questions}))
    console.print(f"{len(questions)} questions ({splits}): {answerable} answerable, {len(questions) - answerable} not")
    console.print(_overview(result))
    console.print(f"{AVERAGES}. In brackets the 95 % interval of the product's mean (bootstrap over questions).")
    for by in ("type", "form", "length", "why nothing answers"):
        if groups(result, by):
            console.print(_grouped(result, by))
    for name, ids in failures(result).items():
        console.print(f"[bold]{name.capitalize()}[/] ({len(ids)}): {escape(', '.join(ids)) or 'none'}")
    nobody, quoted = unjudged_sentences(result.given(PRODUCT))
    console.print(f"{nobody} of {quoted} quoted sentences were judged by nobody, and count as not right.")
    if result.unplaced:
        console.print(f"{result.unplaced} judged quotes stand on scans whose text here lacks them: judged by page.")
    console.print(_cost(result))
    console.print(_circumstances(result))


def print_comparison(found: Sequence[Compared], *, before: str, after: str) -> None:
    """Print a comparison of two systems."""
    console = _console()
    table = Table(title=f"A: {escape(before)}\nB: {escape(after)}", title_justify="left")
    for heading in ("Measure", "over", "A", "B", "B - A", "95 % interval", "p", "p (Holm)", "won / lost"):
        table.add_column(heading, justify="left" if heading == "Measure" else "right", no_wrap=True)
    for item in found:
        it = item.difference
        mark = " *" if item.corrected < LEVEL else ""
        table.add_row(
            item.measure.name,
            f"{it.questions}",
            f"{it.before:.3f}",
            f"{it.after:.3f}",
            f"{it.change:+.3f}",
            f"{it.low:+.3f} to {it.high:+.3f}",
            f"{it.p:.4f}",
            f"{item.corrected:.4f}{mark}",
            f"{len(it.wins)} / {len(it.losses)}",
        )
    console.print(table)
    console.print(
        f"* more than chance at {LEVEL:.0%} after Holm's correction. Paired randomisation test and bootstrap over "
        "questions, two-sided."
    )
    for item in found:
        if item.difference.losses:
            console.print(f"Lost on {item.measure.name}: {escape(', '.join(item.difference.losses[:12]))}")


def print_rows(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, note: str = "") -> None:
    """Print a plain table; the first column is text, the others are figures."""
    console = _console()
    table = Table(title=escape(title), title_justify="left")
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="right" if at else "left", no_wrap=bool(at))
    for row in rows:
        table.add_row(*map(escape, row))
    console.print(table)
    if note:
        console.print(escape(note))


def print_beir(result: BeirResult, made_by: Provenance) -> None:
    """Print the measurement of a BEIR folder."""
    console = _console()
    collection = result.collection
    size = f"{len(collection.corpus)} documents, {result.passages} passages"
    console.print(f"{escape(collection.folder.resolve().name)}: {len(collection.questions)} questions, {size}")
    table = Table()
    table.add_column("System")
    for heading in (*MEASURES, "ms p50", "ms p95"):
        table.add_column(heading, justify="right")
    for name, ranked in result.systems.items():
        figures = [f"{ranked.mean(measure):.3f}" for measure in MEASURES]
        table.add_row(name, *figures, *(f"{1000 * ranked.latency(share):.1f}" for share in (0.5, 0.95)))
    console.print(table)
    for measure in MEASURES:
        it = result.against_baseline(measure)
        console.print(
            f"{measure}: {PRODUCT} {it.change:+.3f} against BM25 ({it.low:+.3f} to {it.high:+.3f}, p = {it.p:.4f}, "
            f"{len(it.wins)} won, {len(it.losses)} lost)"
        )
    console.print(
        "Means over all judged questions; a question without a result counts 0. "
        f"{result.depth} documents are asked for. BM25 ranks whole documents by lower-cased words."
    )
    if collection.unjudged:
        console.print(f"{collection.unjudged} questions without a judgement were not asked.")
    console.print(f"Cut and indexed in {result.index_seconds:.1f} s; {_origin(made_by)}")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show stages on standard error while something goes on, if that is a terminal; else do nothing."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda stage, done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done)

        yield step


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def _overview(result: Result) -> Table:
    table = Table()
    table.add_column("Measure", no_wrap=True)
    table.add_column("over", justify="right")
    for name in result.systems:
        table.add_column(name, justify="right", no_wrap=name == PRODUCT)
    for measure in taken(result, PRODUCT):
        ours = cell(result, PRODUCT, measure.name)
        if ours is None:
            continue
        others = [result.mean(name, measure.name) for name in list(result.systems)[1:]]
        table.add_row(
            measure.name,
            f"{ours.questions}",
            f"{ours.mean:.3f} ({ours.low:.2f}–{ours.high:.2f})",
            *map(_three, others),
        )
    silence = [result.abstention(name) for name in result.systems]
    table.add_row("abstention precision", f"{silence[0].silent}", *(_three(item.precision) for item in silence))
    table.add_row("abstention recall", f"{silence[0].unanswerable}", *(_three(item.recall) for item in silence))
    return table


def _grouped(result: Result, by: str) -> Table:
    table = Table(title=f"{PRODUCT} by {by} (!: too few questions to conclude from)", title_justify="left")
    table.add_column(by.capitalize(), no_wrap=True)
    table.add_column("over", justify="right", no_wrap=True)
    shown = [name for name in _BY_GROUP if any(measure.name == name for measure in taken(result, PRODUCT))]
    for name in shown:
        table.add_column(name, justify="right", no_wrap=True)
    for group, chosen in groups(result, by).items():
        size = sum(map(chosen, result.questions))
        figures = [_three(result.mean(PRODUCT, name, chosen)) for name in shown]
        table.add_row(escape(group), f"{size}{' !' if size < _SMALL else ''}", *figures)
    return table


def _cost(result: Result) -> Table:
    table = Table(title="What it costs, per question", title_justify="left")
    for heading in ("System", "ms (median)", "ms (95 %)", "CPU ms (mean)"):
        table.add_column(heading, justify="left" if heading == "System" else "right")
    for name, given in result.systems.items():
        busy = sum(item.cpu_seconds for item in given) / len(given)
        times = (result.seconds(name, 0.5), result.seconds(name, 0.95), busy)
        table.add_row(name, *(f"{1000 * seconds:.0f}" for seconds in times))
    return table


def _circumstances(result: Result) -> str:
    gold = f"{escape(result.gold.file)} {result.gold.sha256[:12]}"
    papers = f"{result.papers.documents} public papers {result.papers.sha256[:12]}"
    memory = f"{result.memory_mib:.0f} MiB at most"
    return f"{gold}, {papers}, {memory}, seed {result.seed}; {_origin(result.made_by)}"


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _origin(made_by: Provenance) -> str:
    machine: Mapping[str, object] = made_by.machine
    return (
        f"commit {made_by.commit[:12] + made_by.commit[40:] or 'unknown'}, model {escape(made_by.model)}, "
        f"generation {made_by.generation}, {machine['cores']} cores, Python {machine['python']}"
    )
