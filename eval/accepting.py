"""The gate: what is measured now may not be worse than what was accepted before, by more than chance.

What was accepted is a result of its own, kept without what was found and quoted: the values per question, the
circumstances, and which questions and papers they belong to. Accepting another is a deliberate act with a reason, and
every such act is written to a log beside it that only grows.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path

from council import UsageError
from eval.comparing import compare
from eval.result import Asked, Given, Result, read_result, write_result
from eval.significance import LEVEL
from eval.summary import Compared
from eval.systems import PRODUCT

UNCHANGING = "verified"
"""Below 1 this is no loss that chance could explain: a quote that does not stand at its address is a fault."""
_IGNORED = frozenset({"judged@10"})
"""Says how much was judged and nothing about how good it was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """What the gate found."""

    compared: tuple[Compared, ...]
    reasons: tuple[str, ...]
    """Why it stays shut; empty when it opens."""
    questions: int
    """How many questions were the same in both."""
    notices: tuple[str, ...] = ()


def gate(accepted: Result, now: Result) -> Gate:
    """Hold a result against what was accepted.

    Questions that are new, or were judged anew, take no part until they are accepted. A loss counts when it is more
    than chance at 5 % after correction for the number of measures.

    Raises:
        UsageError: the papers are not the same, or no question is.
    """
    found = tuple(
        item for item in compare(accepted, now, common=True) if item.measure.name not in _IGNORED | {UNCHANGING}
    )
    reasons = [
        f"{item.measure.name} fell from {item.difference.before:.3f} to {item.difference.after:.3f} on "
        f"{item.difference.questions} questions (p = {item.corrected:.4f} after Holm); lost on "
        f"{', '.join(item.difference.losses[:10])}"
        for item in found
        if item.difference.change < 0.0 and item.corrected < LEVEL
    ]
    false = [id_ for id_, value in now.values(PRODUCT, UNCHANGING).items() if value < 1.0]
    if false:
        reasons.append(f"quotes that do not stand at their address: {', '.join(false)}")
    marks = {asked.id: asked.mark for asked in accepted.questions}
    same = sum(marks.get(asked.id) == asked.mark for asked in now.questions)
    notices = []
    if same < len(now.questions):
        notices.append(f"{len(now.questions) - same} questions are new or judged anew, and take no part")
    if same < len(accepted.questions):
        notices.append(f"{len(accepted.questions) - same} accepted questions are gone or judged anew")
    if accepted.papers.text != now.papers.text:
        notices.append("the text of some papers was read otherwise than when this was accepted (scans)")
    return Gate(compared=found, reasons=tuple(reasons), questions=same, notices=tuple(notices))


def accept(result: Result, path: Path, *, why: str) -> None:
    """Make a result the one that later ones are held against, and log that and why.

    Args:
        result: what was measured.
        path: where it is kept; the log lies beside it, named ``….log.jsonl``.
        why: the reason, for whoever reads the log.

    Raises:
        UsageError: no reason is given, the result was made with files that belong to no commit, or nothing can be
            written there.
    """
    if not why.strip():
        raise UsageError("say why this becomes the measure of later versions: --why")
    if not result.made_by.commit or result.made_by.commit.endswith("+changed"):
        raise UsageError("the result was made with files that belong to no commit; commit them, score again, accept")
    before = read_result(path) if path.is_file() else None
    log = path.with_name(f"{path.stem}.log.jsonl")
    line = {
        "accepted": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "why": why.strip(),
        "commit": result.made_by.commit,
        "before": before.made_by.commit if before else "",
        "gold": result.gold.sha256,
        "papers": result.papers.sha256,
        "questions": len(result.questions),
        "means": _means(result),
        "means_before": _means(before) if before else {},
    }
    try:
        with log.open("a", encoding="utf-8") as file:
            begins = file.tell()
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            # Only now: what is replaced before its line is on the disk has no reason that anybody can read.
            try:
                write_result(path, kept(result))
            except UsageError:
                file.truncate(begins)
                raise
    except OSError as error:
        raise UsageError(f"{log} cannot be written: {error.strerror}; nothing is accepted without its log") from error


def kept(result: Result) -> Result:
    """Return of a result what is kept: the product's values, to six decimals, without what was found and quoted."""
    return replace(
        result,
        questions=tuple(_without_words(asked) for asked in result.questions),
        systems={PRODUCT: tuple(_values_only(given) for given in result.given(PRODUCT))},
    )


def _without_words(asked: Asked) -> Asked:
    return replace(asked, text="", need="")


def _values_only(given: Given) -> Given:
    return replace(
        given,
        found=(),
        sentences=(),
        confidence=round(given.confidence, 6),
        seconds=0.0,
        cpu_seconds=0.0,
        measures={name: round(value, 6) for name, value in given.measures.items()},
    )


def _means(result: Result) -> dict[str, float]:
    names = {name for given in result.given(PRODUCT) for name in given.measures}
    return {name: round(mean, 4) for name in sorted(names) if (mean := result.mean(PRODUCT, name)) is not None}
