"""Why a passage was found: which words of the question it holds, by which terms, and how rare each is.

And what could not be found: the words of the question that no public paper holds.
"""

from __future__ import annotations

import numpy as np

from council import Expression, Filters, Match
from search.fulltext import FullText
from search.postings import holds
from search.question import Question, Word
from search.register import Register
from search.vocabulary import Vocabulary


class Explainer:
    """Explains the hits of one question.

    Args:
        question: the question, with its weighed words.
        expression: the phrases that it requires.
        fulltext: the words of the generation.
        register: tells which passages everybody may see: only those are counted.
        vocabulary: how rare each term is.
    """

    def __init__(
        self,
        question: Question,
        expression: Expression,
        fulltext: FullText,
        register: Register,
        vocabulary: Vocabulary,
    ) -> None:
        self._question = question
        self._fulltext = fulltext
        self._vocabulary = vocabulary
        self._having = {term: fulltext.terms[term] for word in question.words for term in word.terms}
        exact = (wish.text for group in expression.either for wish in group if wish.exact)
        self._phrases = [(phrase, fulltext.with_phrase(phrase)) for phrase in (*expression.phrases, *exact)]
        self._public = register.passages(Filters()) if self._phrases else np.zeros(0, np.bool_)

    def matches(self, passage: int) -> tuple[Match, ...]:
        """Return which words of the question a passage holds, phrases first; nothing for one that is only alike.

        Args:
            passage: its id.
        """
        number = self._fulltext.numbers.get(passage)
        if number is None:
            return ()
        found = [
            Match(word=phrase, term="", part=False, passages=int((where & self._public).sum()), weight=1.0)
            for phrase, where in self._phrases
            if where[number]
        ]
        for word in self._question.words:
            # The whole word comes first among its terms; the others are its parts, or other forms of it.
            for at, term in enumerate(word.terms):
                if holds(self._having[term], number):
                    known = self._vocabulary.frequency(term)
                    found.append(Match(word=word.text, term=term, part=at > 0, passages=known, weight=word.weight))
        return tuple(found)


def nowhere(question: Question, fulltext: FullText, register: Register) -> tuple[str, ...]:
    """Return the words of a question that stand in no public paper, not even within a longer word.

    Args:
        question: the question; its compounds of the papers are the longer words.
        fulltext: the words of the generation.
        register: tells what everybody may see at this moment.
    """
    public, _ = register.within(Filters())

    def stands(word: Word) -> bool:
        return any(public[fulltext.terms[term]].any() for term in (word.terms[0], *word.beside, *word.longer))

    return tuple(word.text for word in question.words if not stands(word))
