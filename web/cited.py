"""What stands at an address that anybody can write, told so that it says no more than the paper does.

A link can name any stretches of a paper. Put together without a mark they would say what nobody wrote: what was left
out between two stretches, or before and after one, is shown as left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from council import Passage, Span, Spans, readable

LEFT_OUT = "[…]"
_CUT = "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """The words at an address."""

    text: str
    whole: bool
    """Whether it is what a search shows: whole sentences that follow on each other, or a passage."""


def cited(spans: Spans, passages: Sequence[Passage], page_text: Callable[[int], str]) -> Cited:
    """Return what stands at an address, with a mark wherever something was left out.

    Args:
        spans: the stretches, at least one, which lie within their pages.
        passages: those of the document.
        page_text: gives the text of a page by its number.
    """
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    follows = {(a, b) for sentence in sentences for a, b in pairwise(sentence)}
    # Between two sentences on two pages stand the running heads.
    pairs = [pair for passage in passages for pair in pairwise(passage.sentences)]
    follows |= {(one[-1], other[0]) for one, other in pairs if one[-1].page != other[0].page}
    begins = {(sentence[0].page, sentence[0].start) for sentence in sentences}
    ends = {(sentence[-1].page, sentence[-1].end) for sentence in sentences}
    runs: list[list[Span]] = []
    for span in spans:
        if runs and ((runs[-1][-1], span) in follows or _touch(runs[-1][-1], span, page_text)):
            runs[-1].append(span)
        else:
            runs.append([span])
    parts: list[str] = []
    for run in runs:
        first, last = run[0], run[-1]
        words = readable("\n".join(page_text(span.page)[span.start : span.end] for span in run))
        if (first.page, first.start) not in begins and not _opens_line(page_text(first.page), first.start):
            words = f"{_CUT} {words}"
        if (last.page, last.end) not in ends and not _closes_line(page_text(last.page), last.end):
            words = f"{words} {_CUT}"
        parts.append(words)
    whole = len(runs) == 1 and (spans[0].page, spans[0].start) in begins and (spans[-1].page, spans[-1].end) in ends
    is_passage = any(spans == passage.spans for passage in passages)
    return Cited(text=f" {LEFT_OUT} ".join(parts), whole=whole or is_passage)


def _touch(one: Span, other: Span, page_text: Callable[[int], str]) -> bool:
    """Say whether nothing stands between two stretches of a page, the one before the other."""
    if one.page != other.page or other.start < one.end:
        return False
    return not page_text(one.page)[one.end : other.start].strip()


def _opens_line(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\xa0")
    return not before or before[-1] in "\r\n"


def _closes_line(text: str, end: int) -> bool:
    after = text[end:].lstrip(" \t\xa0")
    return not after or after[0] in "\r\n"
