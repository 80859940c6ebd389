"""What a result shows of a passage: its best sentences, with the words that match the question marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from council import Snippet
from search.finding import Finder, Place

_LENGTH = 320


def snippet(sentences: Sequence[str], finder: Finder, *, fallback: str) -> Snippet:
    """Return the stretch of whole sentences, up to about 320 characters, that holds most of the question's terms.

    Args:
        sentences: the passage's sentences as a reader sees them.
        finder: finds the words that the question asks for.
        fallback: what to show when the passage has no sentences, for instance the title.
    """
    if not sentences:
        return marked(fallback, finder)
    ends = list(accumulate(len(sentence) + 1 for sentence in sentences))
    # One look at the whole passage: its sentences one by one would cost three times as much.
    places = finder.places(" ".join(sentences))
    found: list[set[str]] = [set() for _ in sentences]
    for place in places:
        found[bisect_right(ends, place.start)].update(place.terms)
    best, best_gain = (0, 1), -1.0
    for start in range(len(sentences)):
        seen: set[str] = set()
        length = 0
        for end in range(start, len(sentences)):
            length += len(sentences[end]) + 1
            if end > start and length > _LENGTH:
                break
            seen |= found[end]
            gain = len(seen) - 0.01 * (end - start)
            if gain > best_gain:
                best, best_gain = (start, end + 1), gain
    start, end = best
    # Fill the room that is left, so that every result says about as much.
    while end < len(sentences) and sum(map(len, sentences[start : end + 1])) < _LENGTH:
        end += 1
    text = " ".join(sentences[start:end])
    kept = text if len(text) <= 2 * _LENGTH else text[: 2 * _LENGTH].rsplit(" ", 1)[0]
    marks = _marks(places, ends[start] - len(sentences[start]) - 1, len(kept))
    return Snippet(text=kept if kept == text else kept + " …", marks=marks, sentences=(start, end))


def marked(text: str, finder: Finder) -> Snippet:
    """Return a text with the words marked that share a term with the question."""
    return Snippet(text=text, marks=_marks(finder.places(text)))


def _marks(places: Iterable[Place], begin: int = 0, length: int | None = None) -> tuple[tuple[int, int], ...]:
    """Return where words stand in a part of the text that they were found in."""
    found = ((place.start - begin, place.end - begin) for place in places)
    return tuple((start, end) for start, end in found if start >= 0 and (length is None or end <= length))
