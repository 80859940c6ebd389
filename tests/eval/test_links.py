"""Links from a report lead into the product's own pages."""

from __future__ import annotations

import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from council import Span, UsageError
from eval.links import product_base, search_link, source_link
from tests.fakes import odd_text, sha_of
from web.urls import SearchState, source_url

BASE = "http://127.0.0.1:8000"
SHA = sha_of("paper")


@supposing(odd_text())
def test_a_search_link_is_the_products_own(question: str) -> None:
    """This test ensures that a link from a failing question opens the search that the product itself would write."""
    if question:
        assert search_link(BASE, question) == BASE + SearchState(text=question).url
    assert search_link("", question) == ""


@supposing(st.lists(st.tuples(st.integers(1, 999), st.integers(0, 9_999), st.integers(1, 999)), min_size=1, max_size=4))
def test_a_source_link_is_the_products_own(parts: list[tuple[int, int, int]]) -> None:
    """This test ensures that a link from a quote opens the page with the quote marked."""
    spans = tuple(Span(page=page, start=start, end=start + length) for page, start, length in parts)
    assert source_link(BASE, SHA, spans) == BASE + source_url(SHA, spans)
    assert source_link(BASE, SHA, (), page=7) == BASE + source_url(SHA, (), page=7)
    assert source_link("", SHA, spans) == ""


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("", ""),
        (BASE, BASE),
        (f"{BASE}/", BASE),
        ("https://raad.example.nl/zoek/", "https://raad.example.nl/zoek"),
    ],
)
def test_an_address_of_the_product(address: str, base: str) -> None:
    """This test ensures that a slash at the end makes no other link, and that a product may live below a path."""
    assert product_base(address) == base


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.nl",
        "127.0.0.1:8000",
        "http://",
        "http://example.nl/?q=1",
        "http://example.nl/#x",
        "http://a:b@example.nl",
        "http://example.nl:99999",
        "http://example.nl/\n",
        "http://[::1",
    ],
)
def test_what_is_no_address_of_a_product_is_refused(address: str) -> None:
    """This test ensures that no link of a report runs a script, carries a password or leads out of the web."""
    with pytest.raises(UsageError, match="--product"):
        product_base(address)
