"""Compounds, which Dutch makes freely, cut into the words that they are made of.

Splitting follows Koehn & Knight, "Empirical Methods for Compound Splitting" (EACL 2003): of all ways to cut a word into
known words, the one whose parts have the highest geometric mean of frequencies. Frequencies come from ``wordfreq``.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from search.folding import without_accents
from search.wordlists import NO_WORDS, STOP_WORDS

LINKS = ("", "s", "e", "en", "n", "er")
"""What may stand between two parts."""
SHORTEST_PART = 4
_SHORTEST_COMPOUND = 8
_LONGEST_COMPOUND = 60
"""Longer is no word but a table or a code without spaces, and trying every way to cut it takes time and memory."""
_RAREST_PART = 2e-7
_EVERYDAY = 1e-5
"""Share of running text from which a word is left whole: it has a meaning of its own, such as *achtergrond*."""
_NO_PARTS = NO_WORDS | STOP_WORDS
"""*onderhoudsbudget* is made of *onderhoud*, not of *onder*, however often that is said."""


@lru_cache(maxsize=200_000)
def split_compound(word: str) -> tuple[str, ...]:
    """Return the words that a compound is made of, or nothing when it is none.

    Args:
        word: a folded word.
    """
    if not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND or not word.isalpha():
        return ()
    if frequency(word) >= _EVERYDAY:
        return ()
    best = _best_split(word, 3)
    return best[1] if best is not None and len(best[1]) > 1 else ()


def _best_split(word: str, most: int) -> tuple[float, tuple[str, ...]] | None:
    """Return the mean log frequency and the parts of the best way to write ``word`` in at most ``most`` words."""
    best: tuple[float, tuple[str, ...]] | None = None
    known = _frequencies().get(word, 0.0)
    if known >= _RAREST_PART and word not in _NO_PARTS:
        best = (math.log(known), (word,))
    if most == 1:
        return best
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head = _head(word[:cut])
        if head is None:
            continue
        tail = _best_split(word[cut:], most - 1)
        if tail is None:
            continue
        parts = (head[1], *tail[1])
        score = (head[0] + tail[0] * len(tail[1])) / len(parts)
        if best is None or score > best[0]:
            best = (score, parts)
    return best


@lru_cache(maxsize=100_000)
def _head(text: str) -> tuple[float, str] | None:
    """Return the best known word that ``text`` is, less a linking letter, with its log frequency."""
    found, frequencies = None, _frequencies()
    for link in LINKS:
        if not text.endswith(link):
            continue
        word = text.removesuffix(link)
        known = frequencies.get(word, 0.0)
        # Whether it is known is asked first: hardly any beginning of a word is.
        if known < _RAREST_PART or len(word) < SHORTEST_PART or word in _NO_PARTS:
            continue
        if found is None or math.log(known) > found[0]:
            found = (math.log(known), word)
    return found


def frequency(word: str) -> float:
    """Return which share of Dutch running text a folded word is, 0 for one that is not known."""
    return _frequencies().get(word, 0.0)


@cache
def _frequencies() -> dict[str, float]:
    # Loading takes half a second and 60 MB, so only where a word is really cut.
    from wordfreq import get_frequency_dict

    found: dict[str, float] = {}
    for word, value in get_frequency_dict("nl", wordlist="best").items():
        # *college* and *collège* are one word here, and the rare spelling must not take the place of the other.
        folded = without_accents(word)
        found[folded] = found.get(folded, 0.0) + value
    return found
