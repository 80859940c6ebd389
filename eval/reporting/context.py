"""What was asked of what, when and where: without it a figure cannot be repeated, and so not be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from council.settings import Settings
from eval.reporting.formats import counted, number, plain
from eval.reporting.paired import product_of
from eval.reporting.tables import Column, Row, Table, row
from eval.result import Result
from eval.summary import unjudged_sentences


def introduction(result: Result) -> tuple[str, ...]:
    """Return what this is, in four sentences."""
    answerable = sum(asked.answerable for asked in result.questions)
    others = len(result.systems) - 1
    beside = f", and so {'was' if others == 1 else 'were'} {counted(others, 'simpler system')}, in the same run"
    return (
        f"{product_of(result)} is a search engine over the papers of a municipal council: it answers a question with "
        "sentences quoted from them, or says that it found no answer.",
        f"For this report it was asked {counted(len(result.questions), 'question')} about "
        f"{counted(result.papers.documents, 'paper')}, of which the papers answer {answerable} and do not answer "
        f"{len(result.questions) - answerable}{beside if others else ''}.",
        "For each question it is written down which papers, pages and sentences answer it (grade 0: beside the point, "
        "1: about it, 2: part of the answer, 3: answers it); what nobody judged counts as not helpful, and how much of "
        "that there was is told below.",
        "Each mean stands with an interval that would hold the true value in 95 of 100 evaluations like this one, each "
        "difference with how often chance alone would make one as large, and each question that went wrong is shown at "
        "the end.",
    )


def circumstances(result: Result, against: Result | None) -> Table:
    """Return the circumstances of a result, and what differs in those of another."""
    made = result.made_by
    rows = [
        _row("made", made.made.strftime("%Y-%m-%d %H:%M %Z")),
        _row("command", result.command),
        _row("commit", made.commit or "unknown: not run from a git checkout"),
        _row("embedding model", made.model),
        _row("analysis, index", f"{made.analysis}, {made.generation}"),
        _row("settings other than the default", _settings(made.settings)),
        _row("gold set", f"{result.gold.file}, SHA-256 {result.gold.sha256}"),
        _row(
            "papers",
            f"{counted(result.papers.documents, 'public document')}, SHA-256 {result.papers.sha256}, "
            f"of their text {result.papers.text}",
        ),
        _row("questions", _splits(result)),
        _row("systems", ", ".join(result.systems)),
        _row("machine", _pairs(made.machine)),
        _row("libraries", _pairs(made.libraries)),
        _row("seed", str(result.seed)),
        _row("not judged", _unjudged(result)),
    ]
    if against is not None:
        rows.append(_row("compared with", _other(against)))
    return Table(
        id="circumstances",
        caption="The circumstances of this result",
        columns=(Column(name="what"), Column(name="value")),
        rows=tuple(rows),
        empty="",
    )


def _row(name: str, value: str) -> Row:
    return row(name, plain(value))


def _settings(settings: Mapping[str, Any]) -> str:
    """Return which settings were not as they ship."""
    shipped = {name: field.get_default() for name, field in Settings.model_fields.items()}
    other = [
        f"{name} {value!r} (default {shipped[name]!r})" if name in shipped else f"{name} {value!r} (unknown here)"
        for name, value in settings.items()
        if name not in shipped or value != shipped[name]
    ]
    return "; ".join(other) or "none"


def _splits(result: Result) -> str:
    counts = Counter(asked.split.value if asked.split else "no split" for asked in result.questions)
    parts = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    answerable = sum(asked.answerable for asked in result.questions)
    return f"{len(result.questions)} ({parts}): {answerable} can be answered, {len(result.questions) - answerable} not"


def _unjudged(result: Result) -> str:
    product = product_of(result)
    unjudged, quoted = unjudged_sentences(result.given(product))
    judged = result.mean(product, "judged@10")
    parts = [
        f"{unjudged} of {counted(quoted, 'quoted sentence')} (counted as wrong)",
        f"share of the first ten documents that was judged: {number(judged)}",
    ]
    if result.unplaced:
        parts.append(
            f"{counted(result.unplaced, 'judged quote')} on scans could not be found in the text that was read there "
            f"and {'counts' if result.unplaced == 1 else 'count'} for the whole page"
        )
    return "; ".join(parts)


def _other(against: Result) -> str:
    made = against.made_by
    return f"commit {made.commit or 'unknown'}, made {made.made:%Y-%m-%d %H:%M %Z}, model {made.model}"


def _pairs(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items() if value not in ("", None))
