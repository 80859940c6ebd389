"""Run and qrels files in TREC form, as ``trec_eval`` and ``ir_measures`` read and write them.

A run is ``question Q0 document rank score tag``, qrels are ``question 0 document grade``, a line each. What is wrong is
named by its line, and a file with nothing in it is refused: an empty run would be measured as a run that found nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from council import UsageError
from eval.lines import Complaints, texts

_STEP = 1e-6
"""The least that a score falls from one rank to the next: what is printed, and what a 32-bit reader can tell apart."""
Known = Callable[[str], str]
"""Returns the name by which a thing is known here; raises ValueError for one that is not."""


def write_run(path: Path, found: Mapping[str, Sequence[tuple[str, float]]], *, tag: str) -> None:
    """Write a run.

    Readers sort by score and break ties in their own way, so every rank gets a score below the one before it; a score
    moves by no more than a millionth per tie.

    Args:
        path: the file; replaced if it is there.
        found: per question its documents and scores, best first.
        tag: name of the system, without white space.

    Raises:
        UsageError: the file cannot be written.
    """
    lines = []
    for question, ranking in found.items():
        last = float("inf")
        for rank, (document, score) in enumerate(ranking, start=1):
            last = min(round(score, 6), last - _STEP)
            lines.append(f"{question} Q0 {document} {rank} {last:.6f} {tag}\n")
    _write(path, lines)


def read_run(
    path: Path, *, question: Known = lambda name: name, document: Known = lambda name: name
) -> tuple[str, Mapping[str, Sequence[tuple[str, float]]]]:
    """Read a run.

    Args:
        path: the file.
        question: knows the questions; one that it refuses is complained of.
        document: knows the documents; a run for another corpus is refused by it, line by line.

    Returns:
        The tag of the run, and per question its documents and scores, best first: by score, ties by the rank that is
        written, as the maker of the run meant it.

    Raises:
        UsageError: the file cannot be read, is empty, holds more than one tag, or holds lines that are wrong.
    """
    complaints = Complaints(path)
    found: dict[str, dict[str, tuple[float, int]]] = {}
    tags: set[str] = set()
    for number, line in texts(path, complaints):
        try:
            asked, _, name, rank, score, tag = _fields(line, 6, "question Q0 document rank score tag")
            ranking = found.setdefault(question(asked), {})
            known = document(name)
            if known in ranking:
                raise ValueError(f"{asked} names {name!r} twice")
            ranking[known] = (_score(score), _whole(rank, "rank"))
            tags.add(tag)
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    if not found:
        raise UsageError(f"{path} is an empty run; nothing can be measured")
    if len(tags) > 1:
        raise UsageError(f"{path} holds the runs {', '.join(sorted(tags))}; give one file per run")
    return tags.pop(), {
        asked: [(name, score) for name, (score, _) in sorted(ranking.items(), key=lambda i: (-i[1][0], i[1][1], i[0]))]
        for asked, ranking in found.items()
    }


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """Write what was judged.

    Raises:
        UsageError: the file cannot be written.
    """
    _write(path, [f"{asked} 0 {name} {grade}\n" for asked, grades in qrels.items() for name, grade in grades.items()])


def read_qrels(path: Path, *, highest: int) -> Mapping[str, Mapping[str, int]]:
    """Read what was judged: per question the grade of each thing.

    Args:
        path: the file.
        highest: the highest grade that there is; grades below 0, as some tracks use them, count as 0.

    Raises:
        UsageError: the file cannot be read, holds no judgement, or holds lines that are wrong.
    """
    complaints = Complaints(path)
    found: dict[str, dict[str, int]] = {}
    for number, line in texts(path, complaints):
        try:
            asked, _, name, grade = _fields(line, 4, "question 0 document grade")
            value = max(0, _whole(grade, "grade"))
            if value > highest:
                raise ValueError(f"grade {value} is out of range: 0 to {highest}")
            if found.setdefault(asked, {}).setdefault(name, value) != value:
                raise ValueError(f"{asked} and {name} are judged {found[asked][name]} before and {value} here")
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    if not found:
        raise UsageError(f"{path} holds no judgement; nothing can be measured")
    return found


def _fields(line: str, count: int, form: str) -> list[str]:
    fields = line.split()
    if len(fields) != count:
        raise ValueError(f"{len(fields)} fields, and {count} are needed: {form}")
    return fields


def _score(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"score {text!r} is no number")
    return value


def _whole(text: str, name: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise ValueError(f"{name} {text!r} is no whole number")
    return int(text)


def _write(path: Path, lines: Sequence[str]) -> None:
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}; choose another place for it") from error
