"""Compounds of words that the papers know and the frequency list does not, found when a question is asked.

``compounds`` splits by how often words stand in Dutch running text, where the words of a council and of a town hardly
occur. The papers themselves know such words. Papers and questions would have to be split alike, and what the papers
teach changes with each new one; so nothing is split in the index. A word of a question that stands nowhere is looked up
among the words of the public papers: the compounds there that it is a part of, and the words there that it is made of.
Both are asked for beside the word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from search import dutch
from search.compounds import LINKS, SHORTEST_PART
from search.steps import Step, left_out
from search.wordlists import NO_WORDS

_LEAST_PASSAGES = 2
"""A word that stands in one passage may be misspelt, or misread from a scan."""
_WELL_KNOWN = 2e-6
"""Share of running text from which a word may be the rest of a compound that the papers never say alone."""
_KNOWN = 1e-6
"""Share of running text from which a compound is an everyday word with a meaning of its own."""
_MOST = 8
"""Compounds that are asked for beside one word, the frequent ones first."""
_MOST_LOOKED_AT = 2_000
_LONGEST = 60
_WITHOUT = frozenset({Step.COMPOUNDS, Step.COUNCIL_WORDS})
"""Who wants no compounds split wants none split by these words either."""


class CouncilWords:
    """The words of the public papers, to take compounds apart by.

    Args:
        passages: folded words, and in how many public passages each stands.
    """

    def __init__(self, passages: Mapping[str, int]) -> None:
        self._passages = passages
        words = [word for word in passages if SHORTEST_PART < len(word) <= _LONGEST and word.isalpha()]
        self._forward = sorted(words)
        self._backward = sorted(word[::-1] for word in words)
        self._beside = lru_cache(maxsize=1_000)(self._look_up)

    def beside(self, word: str) -> tuple[str, ...]:
        """Return the terms to ask for beside a word; none that its own terms bring in already.

        Args:
            word: as it was typed.
        """
        folded = dutch.fold(word)
        if not _WITHOUT.isdisjoint(left_out()) or not SHORTEST_PART <= len(folded) <= _LONGEST or not folded.isalpha():
            return ()
        return self._beside(folded)

    def _look_up(self, word: str) -> tuple[str, ...]:
        own = dutch.terms_of(word)
        if not own:
            return ()
        unknown = (other for other in set(self._wider(word)) if dutch.frequency(other) < _KNOWN)
        wider = sorted(unknown, key=lambda other: (-self._passages[other], other))
        # Where the split of the index brought the part out, the compound is found without being asked for.
        terms = list(islice((cut[0] for other in wider if own[0] not in (cut := dutch.terms_of(other))), _MOST))
        if word not in self._passages:
            terms += [dutch.terms_of(part)[0] for part in self._parts(word)]
        return tuple(term for term in dict.fromkeys(terms) if term not in own)

    def _wider(self, word: str) -> Iterator[str]:
        """Yield the compounds of the papers that begin or end with a word."""
        for other in _beginning(self._forward, word):
            if any(
                self._is_part(other[len(word) + len(link) :]) for link in LINKS if other[len(word) :].startswith(link)
            ):
                yield other
        for turned in _beginning(self._backward, word[::-1]):
            other = turned[::-1]
            head = other[: -len(word)]
            if any(self._is_part(head[: len(head) - len(link)]) for link in LINKS if head.endswith(link)):
                yield other

    def _parts(self, word: str) -> tuple[str, ...]:
        """Return the two words of the papers that a word is made of: those of which the rarer is most frequent."""
        best, found = 0, tuple[str, ...]()
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            tail = word[cut:]
            for link in LINKS:
                head = word[:cut].removesuffix(link)
                if not word[:cut].endswith(link) or not (self._is_said(head) and self._is_said(tail)):
                    continue
                least = min(self._passages[head], self._passages[tail])
                if least > best:
                    best, found = least, (head, tail)
        return found

    def _is_said(self, word: str) -> bool:
        return (
            len(word) >= SHORTEST_PART
            and word not in NO_WORDS
            and self._passages.get(word, 0) >= _LEAST_PASSAGES
            and bool(dutch.terms_of(word))
        )

    def _is_part(self, word: str) -> bool:
        return self._is_said(word) or (
            len(word) >= SHORTEST_PART and word not in NO_WORDS and dutch.frequency(word) > _WELL_KNOWN
        )


def _beginning(words: Sequence[str], start: str) -> Iterator[str]:
    """Yield the words of a sorted list that begin so and are longer."""
    first = bisect_left(words, start)
    for word in words[first : first + _MOST_LOOKED_AT]:
        if not word.startswith(start):
            return
        if word != start:
            yield word
