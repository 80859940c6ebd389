"""The address is the whole state."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from council import Access, Kind, Span
from web.urls import (
    LONGEST_QUESTION,
    BadAddress,
    SearchState,
    image_url,
    in_language,
    pdf_url,
    read_spans,
    read_state,
    source_url,
)

SHA = "ab" * 32
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


NAMES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30), unique=True, max_size=3
).map(tuple)


@st.composite
def states(draw: st.DrawFn) -> SearchState:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return SearchState(
        text=draw(st.text(st.characters(codec="utf-8"), max_size=80)),
        kinds=tuple(draw(st.lists(st.sampled_from(Kind), unique=True, max_size=4))),
        years=tuple(draw(st.lists(st.integers(1000, 2999), unique=True, max_size=4))),
        date_from=draw(st.sampled_from((None, first))),
        date_to=draw(st.sampled_from((None, last))),
        parties=draw(NAMES),
        speakers=draw(NAMES),
        bodies=draw(NAMES),
        cases=draw(NAMES),
        document=draw(st.sampled_from(("", SHA))),
        page=draw(st.integers(1, 100)),
    )


@given(states())
def test_a_search_reads_back_from_its_own_address(state: SearchState) -> None:
    """This test ensures that a shared address gives the same search, whatever was typed."""
    assert read_state(QueryParams(urlsplit(state.url).query)) == state


@given(states())
def test_no_address_asks_for_more_than_public_papers(state: SearchState) -> None:
    """This test ensures that every search is limited to public papers."""
    assert state.filters.access == {Access.OPENBAAR}


SPANS = st.builds(
    lambda page, start, length: Span(page=page, start=start, end=start + length),
    st.integers(1, 99_999),
    st.integers(0, 90_000),
    st.integers(1, 9_000),
)


@given(st.lists(SPANS, min_size=1, max_size=5, unique=True))
def test_a_citation_reads_back_from_its_own_address(spans: list[Span]) -> None:
    """This test ensures that a shared quote points to the same words."""
    url = source_url(SHA, tuple(spans))
    assert read_spans(QueryParams(urlsplit(url).query)) == tuple(spans)
    assert urlsplit(url).path == f"/bron/{SHA}/{spans[0].page}"


def test_an_overlong_question_is_cut() -> None:
    """This test ensures that a pasted page does not end up fifty times in the links of a page."""
    state = read_state(QueryParams({"q": "x" * 10_000}))
    assert len(state.text) == LONGEST_QUESTION


def test_a_filter_given_twice_counts_once() -> None:
    """This test ensures that adding a filter again changes nothing."""
    assert read_state(QueryParams("soort=motie&soort=motie&soort=amendement")).kinds == (Kind.MOTIE, Kind.AMENDEMENT)


def test_too_many_parts_are_refused() -> None:
    """This test ensures that nobody can make one page do the work of thousands."""
    query = "&".join(f"span=1-{at}-{at + 1}" for at in range(50))
    with pytest.raises(BadAddress):
        read_spans(QueryParams(query))


def test_the_other_language_keeps_the_rest_of_the_address() -> None:
    """This test ensures that switching language does not lose the search."""
    url = in_language("/zoeken", [("q", "a & b"), ("taal", "nl"), ("jaar", "2024")], "en")
    assert parse_qs(urlsplit(url).query) == {"q": ["a & b"], "jaar": ["2024"], "taal": ["en"]}


def test_addresses_of_files() -> None:
    """This test ensures that the addresses that others may have kept stay as they are."""
    assert pdf_url(SHA, 3) == f"/pdf/{SHA}#page=3"
    assert image_url(SHA, 3, mark="x1") == f"/pagina/{SHA}/3.png?v=x1"
    assert image_url(SHA, 3, mark="x1", small=True) == f"/pagina/{SHA}/3.png?maat=klein&v=x1"
