"""What somebody who is typing may mean: case numbers, names, frequent words and titles that begin so.

Everything comes from what everybody may see now. A text is found from the beginning of any of its words; the last word
that is being typed is completed with words of the papers. Lists are sorted once for each change of the catalogue, so an
answer costs a look into a sorted list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import nlargest

from council import Filters, Suggestion
from search.fulltext import words_of
from search.lexicon import Lexicon
from search.register import Register
from search.speakers import speaker_of

MOST = 8
"""How many suggestions are given."""
_NAMES, _WORDS = 3, 3
"""How many of them are names or case numbers, and how many are words, at most."""
_SHORTEST = 2
_LONGEST = 100
_LEAST_PASSAGES = 2
_FIELDS = {"party": "fractie", "speaker": "spreker", "body": "orgaan", "case_number": "dossier"}
_PUBLIC = Filters()


@dataclass(frozen=True, slots=True)
class _Entry:
    suggestion: Suggestion
    weight: int


class Suggester:
    """Gives suggestions out of one standing of the catalogue.

    Args:
        register: the papers as they stand.
        lexicon: the public words.
        stands: says whether a word stands in a paper that everybody may see now.
    """

    def __init__(self, register: Register, lexicon: Lexicon, stands: Callable[[str], bool]) -> None:
        self._lexicon = lexicon
        self._stands = stands
        self._names = _Sorted(list(_names(register)))
        self._titles = _Sorted(list(_titles(register)))
        self._words = sorted(word for word, known in lexicon.passages.items() if known >= _LEAST_PASSAGES)

    def __call__(self, typed: str) -> tuple[Suggestion, ...]:
        """Return up to :data:`MOST` suggestions; none for less than two letters.

        Args:
            typed: what stands in the field so far.
        """
        typed = typed[:_LONGEST]
        prefix = _key(typed)
        if len(prefix) < _SHORTEST:
            return ()
        found = [*self._names.best(prefix, _NAMES), *self._completed(typed)]
        found += self._titles.best(prefix, MOST - len(found))
        return tuple({one.query.lower(): one for one in reversed(found)}.values())[::-1]

    def _completed(self, typed: str) -> Iterator[Suggestion]:
        """Yield what was typed with its last word completed."""
        last = typed.rsplit(maxsplit=1)[-1] if not typed[-1:].isspace() and typed.split() else ""
        if len(last) < _SHORTEST or not last.isalpha():
            return
        folded = _key(last)
        start, end = bisect_left(self._words, folded), bisect_left(self._words, folded + "\U0010ffff")
        known = self._lexicon.passages
        best = nlargest(_WORDS + 3, self._words[start:end], key=lambda word: (known[word], word))
        standing = [word for word in best if word != folded and self._stands(word)]
        before = typed[: len(typed) - len(last)].lstrip()
        for word in standing[:_WORDS]:
            text = before + self._lexicon.spelling(word)
            yield Suggestion(text=text, kind="word", query=text)


class _Sorted:
    """Entries by the beginning of each of their words."""

    def __init__(self, entries: list[_Entry]) -> None:
        self._entries = entries
        keys = []
        for at, entry in enumerate(entries):
            words = _key(entry.suggestion.text).split()
            keys += [(" ".join(words[start:]), at) for start in range(len(words))]
        keys.sort()
        self._keys = [key for key, _ in keys]
        self._at = [at for _, at in keys]

    def best(self, prefix: str, most: int) -> list[Suggestion]:
        start, end = bisect_left(self._keys, prefix), bisect_left(self._keys, prefix + "\U0010ffff")
        found = dict.fromkeys(self._at[start:end])
        best = nlargest(most, found, key=lambda at: (self._entries[at].weight, -at))
        return [self._entries[at].suggestion for at in best]


def _names(register: Register) -> Iterator[_Entry]:
    """Yield parties, speakers, bodies and case numbers; the more papers, the heavier."""
    for field, values in register.facets(*register.within(_PUBLIC), most=None).items():
        for value in values if field in _FIELDS else ():
            text = speaker_of(value.value).name if field == "speaker" else value.value
            quoted = f'"{text}"' if len(text.split()) > 1 else text
            query = f"{_FIELDS[field]}:{quoted}"
            yield _Entry(Suggestion(text=text, kind=field, query=query), value.count)


def _titles(register: Register) -> Iterator[_Entry]:
    for number in register.visible(_PUBLIC).nonzero()[0].tolist():
        document = register.papers.documents[number]
        if document is not None:
            title = " ".join(document.title.split())
            suggestion = Suggestion(text=title, kind="title", query=title, document=document.sha256)
            yield _Entry(suggestion, int(register.papers.days[number]))


def _key(text: str) -> str:
    return " ".join(word for word, _ in words_of(text))
