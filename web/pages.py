"""One frozen record for each page: everything that its template shows, worked out before the template begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from council import Adjustment, Document, Given, Kind, Leg, LegPlace, Match, Remark, Snippet, Verdict
from web.paper_pages import DocumentPage, Place, SourcePage
from web.reader import Collection
from web.urls import SearchState
from web.usage_page import UsagePage


@dataclass(frozen=True, kw_only=True, slots=True)
class HomePage:
    """Where a reader begins."""

    collection: Collection
    examples: tuple[Example, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A question that this collection answers."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """One sentence of the answer."""

    text: str
    under: tuple[str, ...]
    """What stands above it, where it is a table row: headings, names of columns, unit."""
    document: Document
    speaker: str
    ocr: bool
    ocr_confidence: float | None
    pages: tuple[int, ...]
    url: str
    link: str
    """The same address, with the answer's id where use is counted."""
    pdf_url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackForm:
    """The question whether an answer helped, where use is counted, or what was said of it."""

    answer: str
    state: SearchState
    keep_days: int
    """How long the question may be kept; 0 asks nothing about it."""
    given: Given
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerView:
    """The answer on top of the results."""

    verdict: Verdict
    quotes: tuple[Quote, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TwinLink:
    """A paper that says nearly the same as the one that is shown."""

    document: Document
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One document that was found."""

    document: Document
    headings: tuple[str, ...]
    speaker: str
    ocr: bool
    ocr_confidence: float | None
    snippet: Snippet
    page: int
    url: str
    pdf_url: str
    """Empty while the file is not given out, since not all its pages were read."""
    document_url: str
    others: tuple[Place, ...]
    """Other pages of the document where the question was found."""
    legs: Mapping[Leg, LegPlace]
    """Which place and score each way of searching gave it; place 0 is none."""
    matches: tuple[Match, ...]
    """Which words of the question it holds."""
    adjustments: tuple[Adjustment, ...]
    """What changed its score after the three ways were put together."""
    twins: tuple[TwinLink, ...]
    """Other papers that say nearly the same."""

    @property
    def snippet_parts(self) -> tuple[tuple[str, bool], ...]:
        """The snippet in stretches, each with whether it matches the question."""
        parts: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.snippet.marks:
            parts += [(self.snippet.text[at:start], False), (self.snippet.text[start:end], True)]
            at = end
        parts.append((self.snippet.text[at:], False))
        return tuple(part for part in parts if part[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class KindChoice:
    """A kind to narrow to."""

    kind: Kind
    count: int
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class YearChoice:
    """A year to narrow to."""

    year: int
    count: int
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NameChoice:
    """A party, speaker, body or case number to narrow to; count 0 where it is offered for a word of the question."""

    field: str
    name: str
    url: str
    count: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A filter that is set, with the address of the search without it; exactly one of the values is given."""

    without: str
    kind: Kind | None = None
    year: int | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    document: Document | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pagination:
    """Where this page of results stands among the others."""

    page: int
    pages: int
    previous: str
    next: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchPage:
    """The answer on top, the documents below."""

    state: SearchState
    hint: str
    answer: AnswerView | None
    """None from the second page of results on, and when nothing was asked."""
    results: tuple[Result, ...]
    total: int
    alike: int
    """How many more can be shown that are only alike."""
    first: int
    searched: int
    latest: dt.date | None
    kinds: tuple[KindChoice, ...]
    years: tuple[YearChoice, ...]
    names: Mapping[str, tuple[NameChoice, ...]]
    """Parties, speakers, bodies and case numbers to narrow to."""
    remarks: tuple[Remark, ...]
    meant: Example | None
    """The question in another spelling."""
    nowhere: tuple[str, ...]
    """Words of the question that stand in no public paper."""
    offers: tuple[NameChoice, ...]
    """What words of the question could be narrowed to."""
    chips: tuple[Chip, ...]
    pagination: Pagination
    examples: tuple[Example, ...]
    """Questions to begin with, where nothing was asked."""
    feedback: FeedbackForm | None
    """None where use is not counted, or no answer is shown."""

    @property
    def first_url(self) -> str:
        """The first page of the same search."""
        return replace(self.state, page=1).url

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What another question keeps of this search."""
        return tuple(pair for pair in self.state.pairs if pair[0] not in ("q", "p"))

    @property
    def kept_for_period(self) -> tuple[tuple[str, str], ...]:
        """What another period keeps of this search."""
        return tuple(pair for pair in self.state.pairs if pair[0] not in ("van", "tot", "p"))


@dataclass(frozen=True, kw_only=True, slots=True)
class TextPage:
    """A page of running text."""

    name: str
    collection: Collection


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorPage:
    """What went wrong, in plain words, and where to go from here."""

    status: int
    title: str
    message: str
    retry_url: str = ""


Page = HomePage | SearchPage | SourcePage | DocumentPage | TextPage | UsagePage | ErrorPage
