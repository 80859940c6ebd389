"""Pools, agreement and merges on a terminal, through Rich."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from council import readable
from eval.judging.agreement import CAUTION, GRADES, Agreement, Kappa
from eval.judging.feedback import Addition
from eval.judging.judgements import Judgements
from eval.judging.merging import Merge
from eval.judging.pooling import Pooling

_WIDTH = 120
"""Columns where nobody looks: a table in a file must not be cut to a guessed window."""


def print_pooling(pooling: Pooling) -> None:
    """Print what is in a pool, and how much of what each system returned nobody judged."""
    console = _console()
    pool = pooling.pool
    sentences = sum(item.place.offsets is not None for each in pool.questions for item in each.candidates)
    console.print(
        f"{len(pool.questions)} questions, {pool.places} places to judge ({pool.places - sentences} pages, "
        f"{sentences} sentences): the first {pooling.depth} documents of each ranking and every quoted sentence; "
        f"seed {pooling.seed}"
    )
    table = Table()
    for heading in ("System", "pages", "unjudged", "sentences", "unjudged", "found by no other"):
        table.add_column(heading, justify="left" if heading == "System" else "right")
    for it in pooling.systems:
        table.add_row(
            _plain(it.system),
            f"{it.pages}",
            _of(it.unjudged_pages, it.pages),
            f"{it.sentences}",
            _of(it.unjudged_sentences, it.sentences),
            f"{it.alone}",
        )
    console.print(table)
    if pooling.hidden:
        console.print(f"{pooling.hidden} places are gone, or stand in papers that are not public, and were left out.")
    console.print(f"written to {_plain(str(pool.path))}")


def print_agreement(found: Agreement, questions: Mapping[str, str], *, most: int = 50) -> None:
    """Print how far two judges agree.

    Args:
        found: the agreement.
        questions: the text of each question by its id.
        most: how many differences are listed.
    """
    console = _console()
    one, other = map(_plain, found.judges)
    console.print(
        f"{one} and {other}: {found.places} places graded by both, {found.same} alike ({found.share:.1%}); "
        f"{found.skipped} passed over by either, {found.once} seen by one only"
    )
    console.print(f"Grades of {one} (rows) against those of {other} (columns)")
    table = Table()
    table.add_column("Grade", justify="right")
    for grade in GRADES:
        table.add_column(f"{grade}", justify="right")
    for grade, row in zip(GRADES, found.table, strict=True):
        table.add_row(f"{grade}", *map(str, row))
    console.print(table)
    for name, kappa in (
        ("Cohen's kappa", found.kappa),
        ("with quadratic weights", found.weighted),
        ("helpful (2, 3) or not", found.binary),
    ):
        console.print(f"{name}: {_kappa(kappa)}")
    console.print(CAUTION)
    if found.differences:
        _print_differences(console, found, questions, most)
    if found.described:
        differing = ", ".join(found.described_differently) or "none"
        console.print(f"{found.described} new questions described by both; described differently: {_plain(differing)}")


def print_merge(merge: Merge, path: str, *, written: bool) -> None:
    """Print what went into a gold set, and what stays out and why."""
    console = _console()
    added = sum(map(len, merge.additions.values()))
    console.print(
        f"{_plain(path)}: {added} judgements on {len(merge.additions)} questions and {len(merge.new)} new questions "
        f"{'were' if written else 'would be'} added; {merge.already} stood there already"
    )
    for line in merge.new:
        console.print(f"  {_plain(line.id)}: {_plain(line.description.text)}")
    if merge.held:
        console.print(f"{len(merge.held)} stay out")
        table = Table()
        for heading in ("Question", "What", "Why"):
            table.add_column(heading, overflow="fold")
        for held in merge.held:
            table.add_row(_plain(held.question), _plain(_short(held.what)), _plain(held.why))
        console.print(table)


def print_addition(addition: Addition) -> None:
    """Print how many questions came into a pool, and how many left it."""
    console = _console()
    console.print(f"{addition.added} questions added, {addition.known} stood there already")
    if addition.gone:
        console.print(f"{addition.gone} left the pool: their term is over, or their readers took them back")
    console.print(f"{len(addition.pool.questions)} questions in {_plain(str(addition.pool.path))}")


def print_torn(files: Sequence[Judgements]) -> None:
    """Print on standard error which files end in a line that was cut short."""
    console = Console(stderr=True, highlight=False)
    for file in files:
        if file.torn:
            console.print(f"{_plain(str(file.path))}: the last line was cut short, by a crash perhaps, and is left out")


def _print_differences(console: Console, found: Agreement, questions: Mapping[str, str], most: int) -> None:
    console.print(f"{len(found.differences)} places on which they differ, largest first")
    table = Table()
    for heading in ("Question", "Place", *found.judges):
        table.add_column(_plain(heading), overflow="fold")
    for item in found.differences[:most]:
        id_ = item.one.question
        table.add_row(
            _plain(f"{id_} {questions.get(id_, '')}".strip()),
            _plain(_short(item.one.place.name)),
            _plain(_said(item.one.grade, item.one.note)),
            _plain(_said(item.other.grade, item.other.note)),
        )
    console.print(table)
    if len(found.differences) > most:
        console.print(f"and {len(found.differences) - most} more")


def _plain(text: str) -> str:
    """Return text that neither Rich nor the terminal takes for a command."""
    return escape(readable(text))


def _said(grade: int | None, note: str) -> str:
    return f"{grade} {note}".strip()


def _short(name: str) -> str:
    """Return a place's name with the beginning of its SHA-256 only."""
    document, mark, rest = name.partition("#")
    return f"{document[:12]}{mark}{rest}" if mark else name


def _kappa(kappa: Kappa) -> str:
    return kappa.reading if kappa.value is None else f"{kappa.value:.3f} ({kappa.reading})"


def _of(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else "–"


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)
