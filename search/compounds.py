"""Compounds, which Dutch makes freely, cut into the words that they are made of.

Splitting follows Koehn & Knight, "Empirical Methods for Compound Splitting" (EACL 2003): of all ways to cut a word into
known words, the one whose parts have the highest geometric mean of frequencies. Frequencies come from ``wordfreq``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
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
    return _best_split(word)


def _best_split(word: str) -> tuple[str, ...]:
    """Return the parts of the best way to write ``word`` in at most three words, or nothing when one word is best."""
    known = _parts()
    # Where the last part can begin is asked first: many words have no such place, and then nothing else is tried.
    ends = [cut for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1) if word[cut:] in known]
    best, parts = known.get(word, -math.inf), tuple[str, ...]()
    for cut in range(SHORTEST_PART, ends[-1] + 1) if ends else ():
        if (head := _head(word[:cut])) is None or (tail := _best_tail(word, cut, ends)) is None:
            continue
        score = (head[0] + tail[0] * len(tail[1])) / (1 + len(tail[1]))
        if score > best:
            best, parts = score, (head[1], *tail[1])
    return parts


def _best_tail(word: str, begin: int, ends: Sequence[int]) -> tuple[float, tuple[str, ...]] | None:
    """Return the mean log frequency and the parts of the best way to write the rest of a word in one word or two."""
    known = _parts()
    best: tuple[float, tuple[str, ...]] | None = None
    if begin in ends:
        best = (known[word[begin:]], (word[begin:],))
    for end in ends:
        if end >= begin + SHORTEST_PART and (head := _head(word[begin:end])) is not None:
            score = (head[0] + known[word[end:]]) / 2
            if best is None or score > best[0]:
                best = (score, (head[1], word[end:]))
    return best


@lru_cache(maxsize=100_000)
def _head(text: str) -> tuple[float, str] | None:
    """Return the best known word that ``text`` is, less a linking letter, with its log frequency."""
    found, known = None, _parts()
    for link in LINKS:
        if text.endswith(link) and len(word := text.removesuffix(link)) >= SHORTEST_PART:
            score = known.get(word)
            if score is not None and (found is None or score > found[0]):
                found = (score, word)
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


@cache
def _parts() -> dict[str, float]:
    """Return the words that a compound may be made of, each with the logarithm of its frequency."""
    return {
        word: math.log(value)
        for word, value in _frequencies().items()
        if value >= _RAREST_PART and len(word) >= SHORTEST_PART and word not in _NO_PARTS
    }
