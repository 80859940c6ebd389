"""What a search was read as, and what it says back about the question: records that the pages and the JSON show."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from council.records import Citation, Document, Filters, LegPlace


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """One word, or several that must stand side by side, as somebody typed it."""

    text: str
    exact: bool = False
    """Whether it stood between quotes: then it counts only as it is spelt, stop words included."""


class Misread(StrEnum):
    """Why a part of a question could not be used as it was meant."""

    UNCLOSED_QUOTE = "unclosed_quote"
    UNKNOWN_KIND = "unknown_kind"
    BAD_DATE = "bad_date"
    SWAPPED_DATES = "swapped_dates"
    EMPTY_FIELD = "empty_field"
    FIELD_WITHOUT = "field_without"
    ONLY_WITHOUT = "only_without"
    LOOSE_OR = "loose_or"
    SENTENCE = "sentence"
    UNKNOWN_NAME = "unknown_name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A part of a question that could not be used as it was meant, and was searched as plain words."""

    code: Misread
    text: str = ""
    """The part, as it was typed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expression:
    """A question in the language of search engines, taken apart.

    A passage is found if it holds every one of ``phrases``, one of each group of ``either``, and none of ``without``.
    ``words`` rank; none of them is required.
    """

    words: str = ""
    """What is left to rank by, in plain words: also those of phrases and alternatives."""
    phrases: tuple[str, ...] = ()
    either: tuple[tuple[Wish, ...], ...] = ()
    without: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    """What the question itself narrows to; its ``access`` means nothing: no question can widen what may be seen."""
    remarks: tuple[Remark, ...] = ()

    @property
    def selects(self) -> bool:
        """Whether it asks for more than words."""
        return bool(self.phrases or self.either or self.without or self.filters != Filters())

    @property
    def quotes(self) -> bool:
        """Whether it requires words as they are spelt, by themselves or as one of alternatives."""
        return bool(self.phrases) or any(wish.exact for group in self.either for wish in group)


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """A word of the question that is the name of something to narrow to: ``field`` and ``value``, and the rest."""

    field: str
    value: str
    rest: str
    """The question without that word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """Why a passage was found: a word of the question, and a term of it that stands there."""

    word: str
    """As it was typed."""
    term: str
    """The stem by which it is known; empty for an exact phrase."""
    part: bool
    """Whether the term is only a part of the word, or another form of it."""
    passages: int
    """In how many public passages the term stands."""
    weight: float
    """How much the word weighs in the question: its inverse document frequency, less for words that only colour."""


class Cause(StrEnum):
    """Why a document stands higher or lower than its best passage alone would put it."""

    LISTING = "listing"
    """Its best passage only names subjects, as a table of contents does."""
    KIN = "kin"
    """Documents of the same title and date lend each other a part of their scores."""
    DECISION = "decision"
    NEWER = "newer"
    RERANKER = "reranker"


@dataclass(frozen=True, kw_only=True, slots=True)
class Adjustment:
    """What changed a document's score after the passages were fused, and by how much."""

    cause: Cause
    change: float
    """What it added to the score; below 0 where it took away."""
    lenders: tuple[Document, ...] = ()
    """Which other documents lent, if kin did."""
    place: LegPlace | None = None
    """The reranker's own rank and score, if it had a say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Twin:
    """Another document that was found by a passage with nearly the same words, and where that stands."""

    document: Document
    citation: Citation


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """What somebody who is typing may mean."""

    text: str
    kind: str
    """What it is: ``word``, ``title``, ``party``, ``speaker``, ``body`` or ``case_number``."""
    query: str
    """What to search for, in the language of the search box."""
    document: str = ""
    """The SHA-256, where it is one paper."""
