"""Which numbered lines are the agenda items of minutes or a list of decisions, and which only stand in a list.

*6. Voorstel tot herbenoeming van een lid.* ends as a sentence does, and so does *3. Onderzoek de klachten.* in a
decision. The items are told apart by their count: it runs through the whole paper, while lists begin at 1 each time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"^(\d{1,2})[.)]\s+(?=[A-ZÀ-Ý„“‘\"'(])")
_KIND = re.compile(r"\b(?:besluitenlijst|afsprakenlijst|notulen|verslag|decretenlijst)\b", re.IGNORECASE)
_OPENING = 6
"""In how many paragraphs from the beginning a paper says what it is."""
_LONGEST = 200
"""Characters; a longer paragraph is no title."""
_SKIPPED = 2
"""How many numbers the count may miss: an item that could not be read, or one that was taken off the agenda."""
_LEAST = 5
"""Fewer items are no agenda."""
_RUN = 3
"""So many headings without a word beneath them are a list."""


def items_of(paragraphs: Sequence[str]) -> frozenset[int]:
    """Return the places of the paragraphs that are agenda items with something beneath them.

    Args:
        paragraphs: the texts of a whole paper, in order.
    """
    if not any(_KIND.search(text) for text in paragraphs[:_OPENING]):
        return frozenset()
    chain = _chain(paragraphs)
    return frozenset(at for at in chain if at + 1 not in chain) if len(chain) >= _LEAST else frozenset()


def entries_of(levels: Sequence[int]) -> frozenset[int]:
    """Return the places of headings that are entries of a list: a table of contents, or an agenda.

    Args:
        levels: the depth of each paragraph as a heading, 0 for what is none.

    Returns:
        All but the last of three or more headings of one depth in a row; the last may head what follows it.
    """
    found: set[int] = set()
    start = 0
    for at in range(1, len(levels) + 1):
        if at == len(levels) or levels[at] != levels[start]:
            if levels[start] and at - start >= _RUN:
                found.update(range(start, at - 1))
            start = at
    return frozenset(found)


def _chain(paragraphs: Sequence[str]) -> set[int]:
    """Return the places of the paragraphs whose numbers count through the whole paper."""
    chain: set[int] = set()
    expected, nested = 1, 0
    for at, text in enumerate(paragraphs):
        found = _NUMBER.match(text)
        if not found:
            continue
        number = int(found[1])
        if nested and number == nested + 1:
            nested = number
        elif expected <= number <= expected + (_SKIPPED if chain else 0) and len(text) <= _LONGEST:
            chain.add(at)
            expected, nested = number + 1, 0
        elif number == 1:
            nested = 1
    return chain
