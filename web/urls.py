"""The address is the whole state: reading it, and writing every address that the pages link to.

A search is ``/zoeken?q=…&soort=…&van=…&tot=…&jaar=…&fractie=…&document=…&p=…``; the source of a quote is
``/bron/SHA256/PAGE?span=PAGE-START-END``, a ``span`` for each part, with the search behind it as a way back.
Where use is counted, ``antwoord=ID`` ties a source to the answer that it was opened from, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from council import Filters, Kind, Span, Spans, UsageError, is_sha256
from web.reader import READER

PER_PAGE = 10
LONGEST_QUESTION = 2_000
"""Characters of a question that are kept. The search itself uses fewer and says so; this only keeps addresses short."""
ANSWER = "antwoord"
NOTE = "oordeel"
NAMED = {"fractie": "parties", "spreker": "speakers", "orgaan": "bodies", "dossier": "cases"}
"""What goes by a name, as the address calls it, and where :class:`SearchState` keeps it."""
_LONGEST_NAME = 300
_MOST_PAGES = 100
_MOST_VALUES = 20
_SPAN = re.compile(r"([0-9]{1,5})-([0-9]{1,8})-([0-9]{1,8})")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_Value = TypeVar("_Value")


class Parameters(Protocol):
    """The part of an address after the question mark."""

    def getlist(self, key: str) -> list[str]:
        """Return every value of a name, in order."""
        ...


class BadAddress(UsageError):
    """A part of an address cannot be read.

    Args:
        field: its name in the address.
        value: what stands there.
        swapped: it can be read, but is a last day before the first one.
    """

    def __init__(self, field: str, value: str, *, swapped: bool = False) -> None:
        super().__init__(f"{field}={value[:80]!r} cannot be read")
        self.field = field
        self.value = value[:80]
        self.swapped = swapped


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchState:
    """A search as its address says it."""

    text: str = ""
    kinds: tuple[Kind, ...] = ()
    years: tuple[int, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    parties: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    document: str = ""
    page: int = 1

    @property
    def filters(self) -> Filters:
        """What to search in: never more than the reader may see."""
        return replace(
            READER,
            kinds=frozenset(self.kinds),
            years=frozenset(self.years),
            date_from=self.date_from,
            date_to=self.date_to,
            documents=frozenset({self.document} if self.document else ()),
            parties=frozenset(self.parties),
            speakers=frozenset(self.speakers),
            bodies=frozenset(self.bodies),
            case_numbers=frozenset(self.cases),
        )

    @property
    def offset(self) -> int:
        """How many results come before this page of results."""
        return (self.page - 1) * PER_PAGE

    @property
    def narrowed(self) -> bool:
        """Whether anything but the question is set."""
        return any(name not in ("q", "p") for name, _ in self.pairs)

    @property
    def bare(self) -> SearchState:
        """The same question, not narrowed to anything."""
        return SearchState(text=self.text)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Name and value of everything that is set, in a fixed order."""
        found = [("q", self.text)] if self.text else []
        found += [("soort", kind.value) for kind in self.kinds]
        found += [("jaar", str(year)) for year in self.years]
        for name, day in (("van", self.date_from), ("tot", self.date_to)):
            if day:
                found.append((name, day.isoformat()))
        for name, attribute in NAMED.items():
            found += [(name, value) for value in getattr(self, attribute)]
        if self.document:
            found.append(("document", self.document))
        if self.page > 1:
            found.append(("p", str(self.page)))
        return tuple(found)

    @property
    def url(self) -> str:
        """The address of the search page in this state."""
        return _with("/zoeken", self.pairs or [("q", "")])

    @property
    def api_url(self) -> str:
        """The address of the same search as JSON."""
        return _with("/api/zoeken", self.pairs or [("q", "")])


def read_state(parameters: Parameters) -> SearchState:
    """Read a search from an address; what is empty counts as not given.

    Raises:
        BadAddress: a filter that cannot be read, or a first day after the last.
    """
    state = SearchState(
        text=_one(parameters, "q", str)[:LONGEST_QUESTION] if _given(parameters, "q") else "",
        kinds=_many(parameters, "soort", Kind),
        years=_many(parameters, "jaar", _year),
        date_from=_one(parameters, "van", _day) if _given(parameters, "van") else None,
        date_to=_one(parameters, "tot", _day) if _given(parameters, "tot") else None,
        parties=_many(parameters, "fractie", _name),
        speakers=_many(parameters, "spreker", _name),
        bodies=_many(parameters, "orgaan", _name),
        cases=_many(parameters, "dossier", _name),
        document=_one(parameters, "document", sha256) if _given(parameters, "document") else "",
        page=_one(parameters, "p", _page) if _given(parameters, "p") else 1,
    )
    if state.date_from and state.date_to and state.date_from > state.date_to:
        raise BadAddress("tot", state.date_to.isoformat(), swapped=True)
    return state


def has_empty(parameters: Parameters) -> bool:
    """Say whether an address carries names without a value, as forms without a script send them."""
    return any("" in parameters.getlist(name) for name in ("soort", "jaar", "van", "tot", *NAMED, "document", "p"))


def read_spans(parameters: Parameters) -> Spans:
    """Read which parts of a document an address cites.

    Raises:
        BadAddress: a ``span`` that is no page, start and end.
    """
    return _many(parameters, "span", _span)


def sha256(text: str) -> str:
    """Return a document's SHA-256 as it stands in an address.

    Raises:
        ValueError: it is none.
    """
    if not is_sha256(text):
        raise ValueError(text)
    return text


def source_url(
    document: str, spans: Spans, *, page: int = 0, state: SearchState | None = None, answer: str = ""
) -> str:
    """Return the address of the page that a quote stands on.

    Args:
        document: its SHA-256.
        spans: what is cited; may be empty when ``page`` is given.
        page: which page to show; the first cited one if not given.
        state: the search that led here, for the way back.
        answer: the id of the answer that cites it, where use is counted.
    """
    shown = page or spans[0].page
    pairs = [("span", f"{span.page}-{span.start}-{span.end}") for span in spans]
    return _with(f"/bron/{document}/{shown}", [*pairs, *(state.pairs if state else ()), *_answer(answer)])


def answer_url(state: SearchState, answer: str, note: str = "") -> str:
    """Return the address of a search that goes on with the answer that it got before.

    Args:
        state: the search.
        answer: the id of its answer; empty for none.
        note: what to tell the reader about their judgement of it.
    """
    pairs = [*(state.pairs or [("q", "")]), *_answer(answer)]
    return _with("/zoeken", [*pairs, (NOTE, note)]) + f"#{NOTE}" if note else _with("/zoeken", pairs)


def document_url(document: str, *, state: SearchState | None = None) -> str:
    """Return the address of what is known of a document."""
    return _with(f"/document/{document}", state.pairs if state else ())


def image_url(document: str, page: int, *, mark: str, small: bool = False) -> str:
    """Return the address of a page image.

    Args:
        document: its SHA-256.
        page: the page, from 1.
        mark: the document's text mark; another one means another image, so an image may be kept for long.
        small: a thumbnail.
    """
    pairs = [("maat", "klein")] if small else []
    return _with(f"/pagina/{document}/{page}.png", [*pairs, ("v", mark)] if mark else pairs)


def pdf_url(document: str, page: int = 0) -> str:
    """Return the address of the original PDF, opened at a page."""
    return f"/pdf/{document}" + (f"#page={page}" if page else "")


def in_language(path: str, parameters: Iterable[tuple[str, str]], language: str) -> str:
    """Return the address of the same page in another language."""
    kept = [(name, value) for name, value in parameters if name not in ("taal", ANSWER, NOTE)]
    return _with(path, [*kept, ("taal", language)])


def _with(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path


def _answer(answer: str) -> list[tuple[str, str]]:
    return [(ANSWER, answer)] if answer else []


def _given(parameters: Parameters, name: str) -> bool:
    return any(parameters.getlist(name))


def _one(parameters: Parameters, name: str, read: Callable[[str], _Value]) -> _Value:
    value = next(filter(None, parameters.getlist(name)))
    try:
        return read(value)
    except ValueError as error:
        raise BadAddress(name, value) from error


def _many(parameters: Parameters, name: str, read: Callable[[str], _Value]) -> tuple[_Value, ...]:
    values: Sequence[str] = [value for value in parameters.getlist(name) if value]
    if len(values) > _MOST_VALUES:
        raise BadAddress(name, values[-1])
    found: dict[_Value, None] = {}
    for value in values:
        try:
            found[read(value)] = None
        except ValueError as error:
            raise BadAddress(name, value) from error
    return tuple(found)


def _day(text: str) -> dt.date:
    # Browsers without a date field send what was typed.
    typed = _DUTCH_DAY.fullmatch(text.strip())
    if typed:
        return dt.date(int(typed[3]), int(typed[2]), int(typed[1]))
    return dt.date.fromisoformat(text.strip())


def _year(text: str) -> int:
    if not re.fullmatch(r"[12][0-9]{3}", text):
        raise ValueError(text)
    return int(text)


def _name(text: str) -> str:
    if len(text) > _LONGEST_NAME or "\0" in text:
        raise ValueError(text)
    return text


def _page(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= _MOST_PAGES:
        raise ValueError(text)
    return int(text)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(text)
    page, start, end = map(int, found.groups())
    return Span(page=page, start=start, end=end)
