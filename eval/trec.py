"""Run files in TREC form: ``question Q0 document rank score tag``, as ``trec_eval`` and ``ir_measures`` read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from council import UsageError

_STEP = 1e-6
"""The least that a score falls from one rank to the next: what is printed, and what a 32-bit reader can tell apart."""


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
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}; choose another place for the run") from error
