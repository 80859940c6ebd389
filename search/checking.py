"""What a new generation is asked before anybody may read it: does it hold what the catalogue says, and does it answer?

All passages are counted, and those of that night are looked up one by one. Of all there are, many are looked up and a
few read back, words and terms, each time the same and evenly spread: so a small night stays cheap, however much was
there before. Whether it answers is asked in :mod:`search.smoke`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from council import Access, Catalogue, DataError, Document, Filters, Kind, text_mark
from search import dutch
from search.fulltext import FullText, folded_words
from search.index import EVERYTHING, PassageIndex
from search.indexable import Indexable
from search.passages import Cutting, text_of
from search.postings import holds
from search.rarity import Rarity
from search.sparse import term_index

_NEW, _ALL = 16, 16
"""Passages that are read back, of this night and of all."""
_PAGES = 1_000
"""Pages that are read back whole, of as many of their documents as that is."""
_LOOKED_UP = 5_000
"""Passages of all that are looked up by their ids; one question to the index holds so many too."""
_KEPT = "it was not published, the one before stays live"
AGAIN = f"{_KEPT}; run raadspoor-ingest again, and if this stays, remove the folder index first: it is made anew"
"""What is to be done about an index that is not what the catalogue says."""
_CATALOGUE = f"{_KEPT}; put back the last good copy of the data folder, or ingest into a new one"
"""What is to be done about a catalogue that something else than this program wrote in."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A generation that is complete, and that nobody reads yet."""

    index: PassageIndex
    fulltext: FullText
    rarity: Rarity
    catalogue: Catalogue
    documents: Mapping[str, Document]
    """What it should hold, by revision."""
    news: Collection[str]
    """The revisions of these that came in this night."""
    cutting: Cutting

    @cached_property
    def owners(self) -> Sequence[Document]:
        """The documents in the order in which the words number them."""
        return [self.documents[rev] for rev in self.fulltext.revisions]

    @cached_property
    def new(self) -> NDArray[np.int64]:
        """The numbers of the passages that came in this night."""
        is_new = np.array([rev in self.news for rev in self.fulltext.revisions], np.bool_)
        return np.flatnonzero(is_new[self.fulltext.owners]) if len(self.fulltext) else np.zeros(0, np.int64)

    def numbers_by_kind(self) -> Mapping[Kind, NDArray[np.int64]]:
        """Return the numbers of the passages of each kind of document that there is."""
        kinds = sorted({document.kind for document in self.owners})
        codes = np.array([kinds.index(document.kind) for document in self.owners], np.int64)[self.fulltext.owners]
        found = {kind: np.flatnonzero(codes == code) for code, kind in enumerate(kinds)}
        return {kind: numbers for kind, numbers in found.items() if len(numbers)}

    def read(self, numbers: Collection[int]) -> Mapping[int, Indexable]:
        """Return passages by their numbers, with their texts as the catalogue has them now.

        Raises:
            DataError: the catalogue does not know one, or has no text where it stands.
        """
        ids = {number: int(self.fulltext.ids[number]) for number in numbers}
        passages = self.catalogue.passages(list(ids.values()))
        places = {(passage.document, span.page) for passage in passages.values() for span in passage.spans}
        pages = self.catalogue.pages_at(places)
        found = {}
        for number, one in ids.items():
            document = self.owners[self.fulltext.owners[number]]
            passage = passages.get(one)
            if passage is None or passage.document != document.sha256:
                raise DataError(
                    f"the new index holds a passage of {_named(document)} that the catalogue lacks; {AGAIN}"
                )
            texts = {at: page.text for (sha, at), page in pages.items() if sha == document.sha256}
            if any(span.end > len(texts.get(span.page, "")) for span in passage.spans):
                raise DataError(f"{_named(document)}: a page is shorter than what was cut from it; {_CATALOGUE}")
            text = text_of(passage, texts.__getitem__)
            found[number] = Indexable(document=document, passage=passage, text=text, cutting=self.cutting)
        return found


def must_hold(made: Made) -> None:
    """Refuse a generation that does not hold what the catalogue says.

    Raises:
        DataError: it names what is wrong and what to do.
    """
    _must_count(made)
    items = made.read(sorted({*even(made.new, _NEW), *even(np.arange(len(made.fulltext)), _ALL)}))
    held = made.index.terms_of([item.passage.id for item in items.values()])
    for number, item in items.items():
        _must_say(made.fulltext, number, item)
        if set(held.get(item.passage.id, ())) != {term_index(term) for term in dutch.terms(item.weighed)}:
            raise DataError(f"the new index holds other terms of {_place(item)} than its text has; {AGAIN}")
    _must_be_unaltered(made.catalogue, items.values())


def even(numbers: NDArray[np.int64], most: int) -> list[int]:
    """Return at most so many of some numbers, evenly spread, the first and the last among them."""
    at = np.unique(np.linspace(0, len(numbers) - 1, min(most, len(numbers))).astype(np.int64))
    return [int(number) for number in numbers[at]]


def _must_count(made: Made) -> None:
    passages = made.catalogue.passage_count(document.sha256 for document in made.documents.values())
    held = made.index.count(EVERYTHING)
    if held != passages:
        raise DataError(f"the new index holds {held} passages and the catalogue {passages}; {AGAIN}")
    if held != len(made.fulltext):
        raise DataError(f"the new index holds {held} passages and the words of {len(made.fulltext)}; {AGAIN}")
    looked_up = np.union1d(made.new, even(np.arange(len(made.fulltext)), _LOOKED_UP)).astype(np.int64)
    for at in range(0, len(looked_up), _LOOKED_UP):
        ids = made.fulltext.ids[looked_up[at : at + _LOOKED_UP]]
        # An engine holds each id once, so where as many are found as were looked up, it is these.
        found = made.index.count(Filters(access=frozenset(Access), passages=frozenset(ids.tolist())))
        if found != len(ids):
            raise DataError(f"the new index lacks {len(ids) - found} of {len(ids)} passages, and has others; {AGAIN}")


def _must_say(fulltext: FullText, number: int, item: Indexable) -> None:
    """Refuse words that are not, one by one and in order, those of the text at the passage's spans."""
    words, begin = folded_words(item.text), int(fulltext.begins[number])
    terms = set(dutch.terms(item.weighed))
    if (
        int(fulltext.begins[number + 1]) - begin - 1 != len(words)
        or not all(holds(fulltext.words[word], begin + at) for at, word in enumerate(words))
        or not all(holds(fulltext.terms[term], number) for term in terms)
    ):
        raise DataError(f"the words of {_place(item)} are not those that stand there; {AGAIN}")


def _must_be_unaltered(catalogue: Catalogue, items: Collection[Indexable]) -> None:
    """Refuse documents with other text than was read of their bytes: their spans point at something else by now."""
    left = _PAGES
    for document in dict.fromkeys(item.document for item in items):
        if document.page_count > left:
            continue
        left -= document.page_count
        if text_mark(catalogue.pages(document.sha256)) != document.text_mark:
            raise DataError(f"{_named(document)}: its text was altered after it was read; {_CATALOGUE}")


def _named(document: Document) -> str:
    """Name a document in a message, which may be kept where nobody may read the title of a secret one."""
    return f"document {document.sha256[:12]}…"


def _place(item: Indexable) -> str:
    pages = sorted({span.page for span in item.passage.spans})
    return f"passage {item.passage.ordinal} of {_named(item.document)}" + (f", page {pages[0]}" if pages else "")
