"""What it comes to, in words: what the product does well and where it falls short, chosen from the figures by rules.

No sentence here stands by itself: each is made from a figure that meets a rule, and the rules are printed with them. So
the words cannot say what the figures do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.reporting.formats import between, counted, number, plain, signed, with_sign
from eval.reporting.groups import GROUPINGS, groups_of
from eval.reporting.paired import CHECKS, Compared, product_of
from eval.reporting.tables import SMALL
from eval.result import Result
from eval.significance import LEVEL, share_interval
from eval.summary import cell

STRONG, WEAK = 0.8, 0.5
"""A whole interval at or above the first is a strength, one below the second a weakness."""
_WEAKEST = 3
"""How many groups of questions are named."""
_ANSWER = "any sentence"
_SUBJECTS = {
    "nDCG@10": "Putting the papers in order",
    "recall@20": "Finding the papers that help",
    "page nDCG@10": "Opening the right page",
    "first sentence": "Quoting a right sentence first",
    "any sentence": "Quoting a right sentence at all",
    "facts": "Quoting every fact of the answer",
    "answers": "Answering what can be answered",
    "keeps silent": "Saying “not found” where nothing answers",
    "verified": "Quoting letter for letter from the place that is named",
}
_LEVELS = ("recall@20", "first sentence", "any sentence", "facts", "answers", "keeps silent", "verified")
"""Measures whose height by itself says something to a reader."""
_RIVALS = tuple(name for name in _SUBJECTS if name not in CHECKS)
"""Measures on which the strongest baseline is named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that the figures say."""

    subject: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """All that they say."""

    well: tuple[Finding, ...]
    short: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    rules: tuple[str, ...]


def findings(result: Result, compared: Sequence[Compared]) -> Findings:
    """Return what the figures say, by the rules that are returned with it.

    Args:
        result: the result.
        compared: the product against its baselines, corrected.
    """
    levels = list(_levels(result))
    rivals = list(_rivals(result, compared))
    return Findings(
        well=tuple(found for side, found in [*levels, *rivals] if side > 0),
        short=(*(found for side, found in [*levels, *rivals] if side < 0), *_weakest(result)),
        undecided=tuple(found for side, found in [*levels, *rivals] if side == 0),
        rules=RULES,
    )


RULES = (
    f"A measure counts as done well when its whole 95 % interval is at or above {STRONG}, and as falling short when "
    f"its whole interval is below {WEAK}.",
    f"Against the strongest baseline (the one with the highest mean) a measure counts when p is below {LEVEL}, "
    "corrected after Holm for all comparisons of this report.",
    f"A group of questions is named when it holds at least {SMALL} questions and its whole interval for a right "
    f"sentence is below the mean of all; the {_WEAKEST} lowest are named, and looking at many groups is not corrected "
    "for.",
    "What meets no rule is listed as undecided.",
)


def _levels(result: Result) -> Iterable[tuple[int, Finding]]:
    for name in _LEVELS:
        found = cell(result, product_of(result), name)
        if found is None:
            continue
        low, high = found.low, found.high
        text = f"{number(found.mean)} (95 % interval {between((low, high))}; {counted(found.questions, 'question')})."
        yield _side(low, high), Finding(subject=_SUBJECTS[name], text=text)
    yield from _precision(result)


def _precision(result: Result) -> Iterable[tuple[int, Finding]]:
    """Say how far "not found" can be believed: what "keeps silent" does not say."""
    found = result.abstention(product_of(result))
    if found.precision is None:
        return
    low, high = share_interval(found.rightly, found.silent)
    text = f"{number(found.precision)} (95 % interval {between((low, high))}; said {counted(found.silent, 'time')})."
    yield _side(low, high), Finding(subject="Being right when it says “not found”", text=text)


def _side(low: float, high: float) -> int:
    return 1 if low >= STRONG else -1 if high < WEAK else 0


def _rivals(result: Result, compared: Sequence[Compared]) -> Iterable[tuple[int, Finding]]:
    for name in _RIVALS:
        those = [one for one in compared if one.measure.name == name]
        if not those:
            continue
        rival = max(those, key=lambda one: one.difference.before)
        found = rival.difference
        side = 1 if rival.better else -1 if rival.worse else 0
        said = {
            1: f"better than {rival.against}",
            -1: f"worse than {rival.against}",
            0: f"cannot be told apart from {rival.against}",
        }[side]
        text = (
            f"{said}: {number(found.after)} against {number(found.before)}, a difference of {signed(found.change)} "
            f"(95 % interval {signed(found.low)} to {signed(found.high)}; p {with_sign(rival.p)})."
        )
        if name == "answers" and not result.abstention(rival.against).silent:
            text += f" {rival.against} never says “not found”."
        yield side, Finding(subject=f"{_SUBJECTS[name]}, beside the strongest baseline", text=text)


def _weakest(result: Result) -> list[Finding]:
    product = product_of(result)
    overall = result.mean(product, _ANSWER)
    if overall is None:
        return []
    found = []
    for grouping in GROUPINGS:
        for group in groups_of(result, grouping):
            one = cell(result, product, _ANSWER, group.chosen)
            if one is not None and one.questions >= SMALL and one.high < overall:
                text = (
                    f"a right sentence is quoted for {number(one.mean)} of {counted(one.questions, 'question')} "
                    f"(95 % interval {between((one.low, one.high))}), against {number(overall)} over all."
                )
                subject = f"{grouping.one} {plain(group.name)}"
                found.append((one.mean, subject, Finding(subject=subject, text=text)))
    return [finding for _, _, finding in sorted(found, key=lambda item: item[:2])[:_WEAKEST]]
