"""The records that cross every border: what a document, span, passage, hit and answer are.

All are frozen and keyword-only, so a value that was handed over cannot change behind the receiver's back.
Offsets count Unicode code points in the text of one page, exactly as the PDF engine gave it; pages count from 1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from council.asking import Adjustment, Expression, Match, Narrowing, Twin


class Kind(StrEnum):
    """The closed list of document kinds, in the words of the council clerk."""

    RAADSVOORSTEL = "raadsvoorstel"
    RAADSBESLUIT = "raadsbesluit"
    AMENDEMENT = "amendement"
    MOTIE = "motie"
    INITIATIEFVOORSTEL = "initiatiefvoorstel"
    SCHRIFTELIJKE_VRAGEN = "schriftelijke_vragen"
    RAADSINFORMATIEBRIEF = "raadsinformatiebrief"
    TOEZEGGING = "toezegging"
    INGEKOMEN_STUK = "ingekomen_stuk"
    BESLUITENLIJST = "besluitenlijst"
    NOTULEN = "notulen"
    AGENDA = "agenda"
    BEGROTING = "begroting"
    JAARSTUKKEN = "jaarstukken"
    VERORDENING = "verordening"
    RAADSADRES = "raadsadres"
    RAPPORT = "rapport"
    BIJLAGE = "bijlage"
    OVERIG = "overig"


class Access(StrEnum):
    """Who may see a document: everyone, the council behind closed doors, or only who is bound to secrecy."""

    OPENBAAR = "openbaar"
    BESLOTEN = "besloten"
    GEHEIM = "geheim"


class State(StrEnum):
    """Where a document stands: only ``live`` ones are found."""

    LIVE = "live"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    HELD = "held"


class Verdict(StrEnum):
    """How far the quoted sentences answer the question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


class Leg(StrEnum):
    """The three ways in which a passage can match a question."""

    TERMS = "terms"
    GRAMS = "grams"
    DENSE = "dense"


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Span:
    """A stretch of one page's text: ``text[start:end]`` of page ``page`` (first page is 1)."""

    page: int
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse what cannot be an address.

        Raises:
            ValueError: page below 1, start below 0, or an end that is not past the start.
        """
        if self.page < 1 or not 0 <= self.start < self.end:
            raise ValueError(f"no such span: page {self.page}, {self.start} to {self.end}")


Spans = tuple[Span, ...]
"""One stretch of text as a reader sees it; more than one span where it runs on over a page or past a running head."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One version of one council paper, known by the SHA-256 of its bytes."""

    sha256: str
    title: str
    kind: Kind
    municipality: str
    body: str
    date: dt.date | None
    meeting: dt.date | None = None
    agenda_item: str = ""
    case_number: str = ""
    source_url: str = ""
    access: Access = Access.OPENBAAR
    page_count: int = 0
    version_of: str = ""
    filename: str = ""
    state: State = State.LIVE
    text_mark: str = ""
    """Differs when other text was read from the same bytes, for instance after OCR; the catalogue sets it."""
    derived: frozenset[str] = frozenset()
    """The fields that no manifest gave and that were read off the document itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page: its text as the PDF engine gave it, kept once and never altered."""

    number: int
    text: str
    label: str = ""
    """The number printed on the page, where the PDF says that it differs from its place in the file."""
    ocr: bool = False
    """True when the text was read from a scan and may hold reading errors."""
    waiting: bool = False
    """True when the page holds an image whose text could not be read yet, or text that is worth nothing."""
    confidence: float | None = None
    """How sure the program was that read it from a scan: the mean of its words, 0 to 1, each counted by its characters.

    None when it was not read from a scan, when no word was seen on it, or when an older version kept no confidence.
    """


def scanned(pages: Iterable[Page]) -> tuple[bool, float | None]:
    """Return whether any of these pages was read from a scan, and how sure the least sure of those is.

    The second is None where no page was, and where of one that was it is not known.
    """
    confidences = [page.confidence for page in pages if page.ocr]
    known = [confidence for confidence in confidences if confidence is not None]
    return bool(confidences), min(known) if known and len(known) == len(confidences) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A part of a document of about 180 words that is found as a whole; it never cuts a sentence."""

    id: int
    """A positive 63-bit number made from the address, so the same cutting gives the same id."""
    document: str
    ordinal: int
    spans: Spans
    sentences: tuple[Spans, ...]
    headings: tuple[str, ...] = ()
    speaker: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """The address of a quote: which document, and where in it."""

    document: str
    spans: Spans


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What a reader narrows a search to, and what they may see at all. Empty means: no limit, except ``access``."""

    access: frozenset[Access] = frozenset({Access.OPENBAAR})
    kinds: frozenset[Kind] = frozenset()
    bodies: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    documents: frozenset[str] = frozenset()
    case_numbers: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    """Documents that must not be found, whatever the index still holds."""
    speakers: frozenset[str] = frozenset()
    """Who speaks; like the next three this limits passages, and the table of documents knows nothing of it."""
    parties: frozenset[str] = frozenset()
    """Whose words, or whose motion or questions, as :mod:`search.speakers` names them."""
    passages: frozenset[int] | None = None
    """Only these passages, and no limit where it is None: an empty set lets nothing through."""
    without_passages: frozenset[int] = frozenset()

    @property
    def limit_passages(self) -> bool:
        """Whether they let some passages of a document through and others not."""
        return bool(self.speakers or self.parties or self.passages is not None or self.without_passages)


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A question as it was typed, with its filters and the page of results that is wanted."""

    text: str
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0


class LegPlace(NamedTuple):
    """Where one leg put a passage: its rank (from 1) and that leg's own score."""

    rank: int
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """What a result shows: the text as a reader sees it, and which parts of it match, as (start, end) in that text."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    sentences: tuple[int, int] = (0, 0)
    """Which of the passage's sentences it shows: from the first to before the second, counted from 0."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One document that was found, by its best passage."""

    document: Document
    passage: Passage
    citation: Citation
    snippet: Snippet
    score: float
    legs: Mapping[Leg, LegPlace]
    others: tuple[Citation, ...] = ()
    """The next best passages of the document."""
    matches: tuple[Match, ...] = ()
    """Which words of the question the passage holds; empty where it is only alike, or shown for its filters."""
    adjustments: tuple[Adjustment, ...] = ()
    """What changed its score after the passages were fused, in the order in which it happened."""
    twins: tuple[Twin, ...] = ()
    """Documents further down that say the same in nearly the same words; they are shown under this one."""
    ocr: bool = False
    """Whether any of its words were read from a scan."""
    ocr_confidence: float | None = None
    """How sure those are, as in :class:`Page`; of several scanned pages the lowest, None where one is not known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FacetValue:
    """One value to narrow by, and how many of the found documents have it."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """What a search gave: this page of hits, how many documents in all, facets, and what it cost."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    """How many documents match (:mod:`search.selection` says when one does); the facets count the same ones."""
    searched: int
    """How many documents this reader could have found with these filters."""
    latest: dt.date | None
    """The date of the newest of those documents: how far the collection reaches."""
    facets: Mapping[str, tuple[FacetValue, ...]]
    timings: Mapping[str, float]
    """Seconds per step."""
    hint: str = ""
    """Empty, or how the question was used otherwise than as a question: ``empty``, ``only_stop_words``, ``cut_short``,
    or ``newest_first``: there is nothing to rank by, and the papers that match come newest first."""
    alike: int = 0
    """How many more documents can be shown that do not match and are only alike, in meaning or in letters."""
    folded: int = 0
    """How many of all these documents are shown under another one that says the same; so many hits there are less."""
    expression: Expression | None = None
    """How the question was read; None only where no question was read."""
    narrowings: tuple[Narrowing, ...] = ()
    """What words of the question could be narrowed to."""
    meant: str = ""
    """The question with its misspelt words as the papers spell them; empty where nothing is to be offered."""
    nowhere: tuple[str, ...] = ()
    """Words of the question that stand in no public paper, not even within a longer word; parts of them may."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerSentence:
    """One quoted sentence: its address, its text as a reader sees it, and how well it fits (0 to 1)."""

    citation: Citation
    document: Document
    text: str
    score: float
    speaker: str = ""
    ocr: bool = False
    ocr_confidence: float | None = None
    """As in :class:`Hit`."""
    under: tuple[str, ...] = ()
    """Of a table row, the headings, the names of its columns and its unit; its figures mean nothing without them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Up to five quotes and a verdict; every quote was read back at its address before it came in here."""

    sentences: tuple[AnswerSentence, ...]
    verdict: Verdict
    coverage: float
    """Which share (0 to 1) of the question's weight the passage of the first quote holds."""
    confidence: float = 0.0
    """How sure it is (0 to 1) that the quotes answer the question; the verdict follows from it."""
    missing: tuple[str, ...] = ()
    """Words of the question that none of the quotes touches."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a document was found: a path within a source, with the size and time that tell whether it changed.

    ``document`` is empty where the file was refused. ``refusal`` says why, or which part of a document could not be
    read: reason, remedy, and the bounds within which that holds, a tab between them. ``said`` is what the source's
    manifest says of the file, as JSON, with a restriction that it stated before; empty where there is neither.
    """

    source: str
    path: str
    document: str
    size: int
    changed: int
    refusal: str = ""
    said: str = ""
