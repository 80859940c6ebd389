"""Where judged quotes stand: each becomes spans of a page's text, or the gold set is refused.

A quote is written as a reader sees it and a page is kept as the PDF engine gave it. Both are brought to a skeleton
(no space, no hyphens, no control characters) in which the quote is looked up; what is found is then read through
:func:`council.readable` and must be the quote, letter for letter.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from council import Catalogue, Filters, Page, Span, Spans, readable
from eval.gold import Gold, Judgement
from eval.lines import Complaints

_HYPHENS = frozenset("-\u00ad\ufffe\x02")
_SLACK = 3
"""Characters that a quote can be longer than its skeleton at either end: a dash and a space."""


class Papers(Protocol):
    """The papers that a gold set speaks of."""

    def document(self, name: str) -> str:
        """Return the SHA-256 of the paper with this path or SHA-256.

        Raises:
            ValueError: there is none, or more than one, that a reader could find.
        """
        ...

    def page(self, document: str, number: int) -> Page | None:
        """Return a page of that paper, or None."""
        ...


class CataloguePapers:
    """The papers of a data folder, as far as everyone may see them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._paths: dict[str, set[str]] = defaultdict(set)
        self._known: set[str] = set()
        for document in catalogue.documents(Filters()):
            self._known.add(document.sha256)
            for address in catalogue.addresses_of(document.sha256):
                self._paths[address.path].add(document.sha256)

    def document(self, name: str) -> str:
        """Return the SHA-256 of the public paper with this path or SHA-256."""
        found = {name} if name in self._known else self._paths.get(name, set())
        if not found:
            raise ValueError(f"{name!r} is unknown: not in DATA, or withdrawn, replaced, held back or not public")
        if len(found) > 1:
            raise ValueError(f"{name!r} stands for {len(found)} papers; name the one that is meant by its SHA-256")
        return next(iter(found))

    def page(self, document: str, number: int) -> Page | None:
        """Return a page of that paper, or None."""
        return self._catalogue.page(document, number)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A judgement brought to its place in the papers."""

    document: str
    page: int
    """From 1; 0 where the paper was judged as a whole."""
    grade: int
    places: Spans
    """Every place on the page where the quote stands, each as good as the other; none when the page was judged."""


def locate(gold: Gold, papers: Papers) -> Mapping[str, tuple[Judged, ...]]:
    """Bring every judgement of a gold set to its place.

    A quote from a scanned page that was not read, or was read with errors, becomes a judgement of the whole page: the
    papers are at fault there and not the gold set.

    Returns:
        The judgements per question, in the gold set's order.

    Raises:
        UsageError: papers, pages or quotes that are not there, each with its line.
    """
    complaints = Complaints(gold.path)
    found: dict[str, tuple[Judged, ...]] = {}
    for question in gold.questions:
        judged = []
        for at, judgement in enumerate(question.judgements, start=1):
            try:
                judged.append(_judged(judgement, papers))
            except ValueError as error:
                complaints.add(question.line, f"{question.id}, judgement {at}: {error}")
        found[question.id] = tuple(judged)
    complaints.settle()
    return found


def _judged(judgement: Judgement, papers: Papers) -> Judged:
    name = judgement.document or judgement.file
    document = papers.document(name)
    if not judgement.page:
        return Judged(document=document, page=0, grade=judgement.grade, places=())
    page = papers.page(document, judgement.page)
    if page is None:
        raise ValueError(f"{name!r} has no page {judgement.page}")
    return Judged(document=document, page=judgement.page, grade=judgement.grade, places=_places(judgement, page, name))


def _places(judgement: Judgement, page: Page, name: str) -> Spans:
    if judgement.offsets is not None:
        start, end = judgement.offsets
        if end > len(page.text):
            raise ValueError(f"page {page.number} of {name!r} has {len(page.text)} characters, and end is {end}")
        return (Span(page=page.number, start=start, end=end),)
    if not judgement.quote:
        return ()
    found = tuple(Span(page=page.number, start=s, end=e) for s, e in places_of(judgement.quote, page.text))
    if not found and not (page.ocr or page.waiting):
        raise ValueError(f"“{judgement.quote[:80]}” does not stand on page {page.number} of {name!r}")
    return found


def places_of(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each stretch of a page's text that a reader sees as the quote.

    Args:
        quote: as a reader sees it, with at least one letter or digit.
        text: a page's text as it is kept.
    """
    wanted, (page, offsets) = readable(quote), _skeleton(text)
    bones = _skeleton(wanted)[0]
    at = page.find(bones)
    while at >= 0:
        exact = _exact(wanted, text, offsets[at], offsets[at + len(bones) - 1] + 1)
        if exact is not None:
            yield exact
        at = page.find(bones, at + 1)


def _exact(wanted: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the stretch around ``text[start:end]`` that reads as wanted, or None."""
    for before in range(min(_SLACK, start) + 1):
        for after in range(min(_SLACK, len(text) - end) + 1):
            if readable(text[start - before : end + after]) == wanted:
                return start - before, end + after
    return None


@lru_cache(maxsize=64)
def _skeleton(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the characters of a text that carry it, and the offset of each."""
    kept = [
        (part, offset)
        for offset, character in enumerate(text)
        for part in unicodedata.normalize("NFD", character)
        if not part.isspace() and part not in _HYPHENS and unicodedata.category(part)[0] != "C"
    ]
    return "".join(part for part, _ in kept), tuple(offset for _, offset in kept)
