"""What a result shows of a passage: its best sentences, with the words that match the question marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from council import Snippet
from search.dutch import terms, tokens

_LENGTH = 320


def snippet(sentences: Sequence[str], wanted: Collection[str], *, fallback: str) -> Snippet:
    """Return the stretch of whole sentences, up to about 320 characters, that holds most of the wanted terms.

    Args:
        sentences: the passage's sentences as a reader sees them.
        wanted: the terms of the question.
        fallback: what to show when the passage has no sentences, for instance the title.
    """
    if not sentences:
        return marked(fallback, wanted)
    found = [set(terms(text)) & set(wanted) for text in sentences]
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
    return marked(text if len(text) <= 2 * _LENGTH else text[: 2 * _LENGTH].rsplit(" ", 1)[0] + " …", wanted)


def marked(text: str, wanted: Collection[str]) -> Snippet:
    """Return a text with the words marked that share a term with the question."""
    asked = set(wanted)
    marks = tuple(
        (token.start, token.end) for token in tokens(text) if not asked.isdisjoint((*token.terms, *token.beside))
    )
    return Snippet(text=text, marks=marks)
