"""Abbreviations and what they stand for, both ways: who asks for the one finds papers that say the other.

A name that is written in full gives the term of its abbreviation beside its words; so does the abbreviation itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from search.wordlists import ABBREVIATIONS, ONLY_IN_CAPITALS

Terms = tuple[str, ...]
Expressions = Mapping[str, Sequence[tuple[Terms, str]]]
"""By first term: all terms of a name in full, and the term of its abbreviation; the longest name first."""


def expressions(cut: Callable[[str], Terms]) -> Expressions:
    """Return the names in full as they are found in a row of terms.

    Args:
        cut: gives of each word that says something, in order, its own term.
    """
    found: dict[str, list[tuple[Terms, str]]] = {}
    for short, names in ABBREVIATIONS.items():
        term = short.upper() if short in ONLY_IN_CAPITALS else "&".join(cut(short))
        for name in names:
            if terms := cut(name):
                found.setdefault(terms[0], []).append((terms, term))
    return {first: sorted(ones, key=lambda one: (-len(one[0]), one)) for first, ones in found.items()}


def in_capitals(word: str) -> str:
    """Return the term of an abbreviation that counts as one in capitals only, or nothing."""
    return word if word.lower() in ONLY_IN_CAPITALS and word.isupper() else ""


def spelled_out(row: Sequence[str], known: Expressions) -> Iterator[tuple[int, int, str]]:
    """Yield where names stand in full in a row of terms: their first and their last term, and the abbreviation."""
    for at, first in enumerate(row):
        for terms, term in known.get(first, ()):
            if tuple(row[at : at + len(terms)]) == terms:
                yield at, at + len(terms) - 1, term
                break
