"""Answers are measured by where their sentences stand, by the facts that they hold, and by reading them back.

A sentence is compared with what was judged by its address, never by its words: the same words elsewhere may be about
something else. Facts are compared by their words, since a full answer may say them in any place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from council import Catalogue, Citation, QuoteError, Span, readable
from eval.gold import RIGHT_GRADE
from eval.places import Judged

_SHARED = 0.5
MOST = 5
"""More sentences than this no answer has, so recall is of at most five."""


def is_right(sentence: Citation, judged: Iterable[Judged]) -> bool:
    """Say whether a quoted sentence is a right one.

    It is when it shares at least half of the shorter of the two with a place that was judged grade 2 or better: a
    judge may have marked half a sentence, or two.
    """
    return any(
        item.document == sentence.document and _shares_half(sentence.spans, place)
        for item in judged
        if item.grade >= RIGHT_GRADE
        for place in item.places
    )


def _shares_half(spans: Sequence[Span], place: Span) -> bool:
    length = sum(span.end - span.start for span in spans)
    shared = sum(
        max(0, min(span.end, place.end) - max(span.start, place.start)) for span in spans if span.page == place.page
    )
    return shared >= _SHARED * min(length, place.end - place.start)


def can_be_right(judged: Iterable[Judged]) -> bool:
    """Say whether any sentence was judged right, so that an answer can be measured against it."""
    return any(item.grade >= RIGHT_GRADE and item.places for item in judged)


def is_judged(sentence: Citation, judged: Iterable[Judged]) -> bool:
    """Say whether anybody judged a quoted sentence: itself with any grade, or its page as a whole."""
    return any(
        item.document == sentence.document
        and (
            any(_shares_half(sentence.spans, place) for place in item.places)
            if item.places
            else item.page in {span.page for span in sentence.spans}
        )
        for item in judged
    )


def precision(right: Sequence[bool]) -> float:
    """Return which share of the quoted sentences is right; 0 for an answer without sentences."""
    return sum(right) / len(right) if right else 0.0


def recall(sentences: Sequence[Citation], judged: Iterable[Judged]) -> float:
    """Return which share of the right sentences is quoted.

    A sentence of the gold set that stands in several places counts once: any of its places will do. Where more than
    :data:`MOST` were judged right, quoting that many is all that can be asked.

    Args:
        sentences: the answer.
        judged: what was judged on this question; at least one right sentence.
    """
    wanted = [item for item in judged if item.grade >= RIGHT_GRADE and item.places]
    quoted = sum(any(is_right(sentence, [item]) for sentence in sentences) for item in wanted)
    return min(1.0, quoted / min(len(wanted), MOST))


def facts_held(facts: Sequence[str], text: str) -> float:
    """Return which share of the facts stands in a text.

    Case, accents, the euro sign and white space do not count; a figure does not stand within a longer one.

    Args:
        facts: at least one.
        text: the sentences of an answer, as a reader sees them.
    """
    plain = _plain(text)
    return sum(_stands(_plain(fact), plain) for fact in facts) / len(facts)


def is_verified(catalogue: Catalogue, citation: Citation, text: str) -> bool:
    """Say whether a sentence stands at its address, letter for letter as a reader sees it."""
    try:
        return readable(catalogue.quote(citation)) == text
    except QuoteError:
        return False


def _stands(fact: str, text: str) -> bool:
    return re.search(rf"(?<![\w])(?<!\d[.,]){re.escape(fact)}(?!\w|[.,]\d)", text) is not None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", readable(text).casefold().replace("€", " "))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())
