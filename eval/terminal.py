"""Results as tables, and progress on a terminal; the only module of the evaluation that imports Rich."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from eval.beir import MEASURES, BeirResult
from eval.provenance import Provenance
from eval.report import AVERAGES, by_type, troubles
from eval.run import DOCUMENT_MEASURES, Evaluation, Summary
from eval.systems import PRODUCT

_WIDTH = 120
"""Columns where nobody looks: a table in a file must not be cut to a guessed window."""
_TYPE_COLUMNS = ("answerable", "nDCG@10", "pages", "first right", "any right", "silent", "missed")


def print_run(evaluation: Evaluation, made_by: Provenance) -> None:
    """Print the measurement of a gold set."""
    console = _console()
    summaries = {name: evaluation.summary(name) for name in evaluation.systems}
    ours = summaries[PRODUCT]
    unanswerable = ours.questions - ours.answerable
    splits = ", ".join(sorted({question.split or "no split" for question in evaluation.gold.questions}))
    console.print(f"{ours.questions} questions ({splits}): {ours.answerable} answerable, {unanswerable} not")
    console.print(_overview(evaluation, summaries))
    console.print("By type of question, " + " / ".join(evaluation.systems))
    console.print(_types(evaluation))
    console.print(
        f"{AVERAGES}. For RR and R a paper of grade 2 or 3 is relevant; nDCG uses every grade. "
        f"Answers are measured on the {ours.with_sentences} questions with a judged sentence."
    )
    if evaluation.unplaced:
        console.print(f"{evaluation.unplaced} judged quotes stand on scans whose text here lacks them: judged by page.")
    for name, ids in troubles(evaluation).items():
        console.print(f"[bold]{name.capitalize()}[/] ({len(ids)}): {escape(', '.join(ids)) or 'none'}")
    p50, p95 = 1000 * evaluation.latency(0.5), 1000 * evaluation.latency(0.95)
    console.print(f"Time per question, with its answer: {p50:.0f} ms (median), {p95:.0f} ms (95 % stay below)")
    data = f"{escape(evaluation.gold.path.name)} {evaluation.gold.sha256[:12]}"
    papers = f"{evaluation.documents} public papers {evaluation.papers[:12]}"
    console.print(f"{data}, {papers}; {_origin(made_by)}")


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
    console.print(
        f"{AVERAGES}. {result.depth} documents are asked for. BM25 ranks whole documents by lower-cased words."
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


def _overview(evaluation: Evaluation, summaries: dict[str, Summary]) -> Table:
    ours = summaries[PRODUCT]
    unanswerable = ours.questions - ours.answerable
    table = Table()
    table.add_column("Measure")
    table.add_column("over", justify="right")
    for name in evaluation.systems:
        table.add_column(name, justify="right")
    found = list(summaries.values())
    rows: list[tuple[str, int, list[float | None]]] = [
        (f"{measure} of documents", ours.answerable, [item.documents[measure] for item in found])
        for measure in DOCUMENT_MEASURES
    ]
    rows += [
        ("nDCG@10 of pages", ours.answerable, [item.page for item in found]),
        ("First sentence is a right one", ours.with_sentences, [item.first_right for item in found]),
        ("Any sentence is a right one", ours.with_sentences, [item.any_right for item in found]),
        ("Unanswerable, and got “not found”", unanswerable, [item.kept_silent for item in found]),
        ("Answerable, but got “not found”", ours.answerable, [item.missed for item in found]),
    ]
    for name, over, values in rows:
        table.add_row(name, f"{over}", *map(_three, values))
    return table


def _types(evaluation: Evaluation) -> Table:
    table = Table()
    table.add_column("Type")
    for heading in _TYPE_COLUMNS:
        table.add_column(heading, justify="right", no_wrap=True)
    per_system = [dict(by_type(scored)) for scored in evaluation.systems.values()]
    for kind, ours in per_system[0].items():
        found = [summaries[kind] for summaries in per_system]
        table.add_row(
            kind.value,
            f"{ours.answerable} of {ours.questions}",
            _beside([item.documents["nDCG@10"] for item in found]),
            _beside([item.page for item in found]),
            _beside([item.first_right for item in found]),
            _beside([item.any_right for item in found]),
            _beside([item.kept_silent for item in found]),
            _beside([item.missed for item in found]),
        )
    return table


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _beside(values: list[float | None]) -> str:
    return " / ".join("–" if value is None else f"{value:.2f}" for value in values)


def _origin(made_by: Provenance) -> str:
    machine = made_by.machine
    return (
        f"commit {made_by.commit[:12] + made_by.commit[40:] or 'unknown'}, model {escape(made_by.model)}, "
        f"generation {made_by.generation}, {machine['cores']} cores, Python {machine['python']}"
    )
