"""A passage with everything that is said about it in words, and the mark that changes when any of that does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from council import Catalogue, Document, Page, Passage, readable, text_mark
from search import dutch
from search.index import PAYLOAD
from search.passages import CUTTING, SHIPPED, Cutting, text_of
from search.preparing import PassageText

_OPENING = 40
"""Words of a document that are its opening."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Indexable:
    """A passage with everything that is said about it in words."""

    document: Document
    passage: Passage
    text: str
    lines: tuple[str, ...] = ()
    """Its sentences, list items and table rows; none for an opening, whose letterhead says what the paper is about."""
    cutting: Cutting = SHIPPED

    @property
    def in_context(self) -> str:
        """The text as it is searched: title, headings and speaker stand before it.

        A paper that says nothing yet, such as a scan that waits, is found by the words of its file's name too.
        """
        titles = [self.document.title, *_name_of_silent(self.document)] if self.cutting.title else []
        above = [*dict.fromkeys(titles), *self.passage.headings, self.passage.speaker]
        return ". ".join(part for part in above if part) + ". " + self.text

    @property
    def weighed(self) -> str:
        """What the two sparse legs count: the text in context, and a document's first words some times more.

        A paper says at its beginning what it is about; a field that says more counts as if it stood there more often
        (Robertson, Zaragoza & Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004).
        """
        if self.passage.ordinal:
            return self.in_context
        opening = " ".join(self.text.split()[:_OPENING])
        return " ".join([self.in_context, self.document.case_number, *[opening] * self.cutting.opening])

    @property
    def texts(self) -> PassageText:
        """What is prepared of it."""
        return PassageText(own=self.text, weighed=self.weighed, lines=self.lines)


def revision(document: Document) -> str:
    """Return the document's hash with a mark that changes whenever what the index holds of it must change."""
    said = "\0".join(
        [
            *(document.sha256, document.title, document.kind, document.municipality, document.body),
            *(str(document.date), document.access, document.text_mark, CUTTING, dutch.analysis()),
            *(document.case_number, PAYLOAD),
            *_name_of_silent(document),
        ]
    )
    return f"{document.sha256}.{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _name_of_silent(document: Document) -> tuple[str, ...]:
    """Return the words of the name of a document's file if none of its pages has any text; else nothing."""
    if document.text_mark != _mark_of_silence(document.page_count):
        return ()
    return (PurePosixPath(document.filename).stem.replace("-", " ").replace("_", " "),)


@lru_cache
def _mark_of_silence(pages: int) -> str:
    return text_mark(Page(number=number, text="") for number in range(1, pages + 1))


def indexables(catalogue: Catalogue, document: Document, cutting: Cutting = SHIPPED) -> Iterator[Indexable]:
    """Yield the passages of a document with their texts, with what a way of cutting has told of each."""
    texts = {page.number: page.text for page in catalogue.pages(document.sha256)}
    for passage in catalogue.passages_of(document.sha256):
        yield Indexable(
            document=document,
            passage=passage,
            text=text_of(passage, texts.__getitem__),
            lines=_lines(passage, texts) if passage.ordinal else (),
            cutting=cutting,
        )


def _lines(passage: Passage, texts: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(
        readable("\n".join(texts[span.page][span.start : span.end] for span in spans)) for spans in passage.sentences
    )
