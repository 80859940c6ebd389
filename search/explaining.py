"""Why a passage was found: which words of the question it holds, by which terms, and how rare each is.

And what could not be found: the words of the question that no public paper holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from council import Expression, Filters, Match
from search.fulltext import FullText
from search.postings import which_of
from search.question import Question, Word
from search.register import Register


def matches(
    passages: Sequence[int],
    question: Question,
    expression: Expression,
    fulltext: FullText,
    register: Register,
) -> Mapping[int, tuple[Match, ...]]:
    """Return which words of the question each passage holds, phrases first; nothing for one that is only alike.

    Args:
        passages: their ids; one that the generation does not hold is left out.
        question: the question, with its weighed words.
        expression: the phrases that it requires.
        fulltext: the words of the generation.
        register: tells which passages everybody may see: only those are counted.
    """
    places = {one: fulltext.numbers[one] for one in passages if one in fulltext.numbers}
    numbers = list(places.values())
    public, _ = register.within(Filters())
    made: list[tuple[Match, NDArray[np.bool_]]] = []
    exact = (wish.text for group in expression.either for wish in group if wish.exact)
    for phrase in (*expression.phrases, *exact):
        where = fulltext.with_phrase(phrase)
        known = int((where & public).sum())
        made.append((Match(word=phrase, term="", part=False, passages=known, weight=1.0), where[numbers]))
    for word in question.words:
        # The whole word comes first among its terms; the others are its parts, or other forms of it.
        for at, term in enumerate(word.terms):
            held = which_of(numbers, fulltext.terms[term])
            if held.any():
                known = int(public[fulltext.terms[term]].sum())
                made.append((Match(word=word.text, term=term, part=at > 0, passages=known, weight=word.weight), held))
    return {one: tuple(match for match, held in made if held[at]) for at, one in enumerate(places)}


def nowhere(question: Question, fulltext: FullText, register: Register) -> tuple[str, ...]:
    """Return the words of a question that stand in no public paper, not even within a longer word.

    Args:
        question: the question; its compounds of the papers are the longer words.
        fulltext: the words of the generation.
        register: tells what everybody may see at this moment.
    """
    public, _ = register.within(Filters())

    def stands(word: Word) -> bool:
        return any(fulltext.holds(term, public) for term in (word.terms[0], *word.beside, *word.longer))

    return tuple(word.text for word in question.words if not stands(word))
