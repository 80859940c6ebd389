"""Addresses in the running product, so that who reads of a failure can look at it.

The forms are those of the product's pages (a test compares them); the evaluation may not import the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

from council import Span, UsageError


def product_base(address: str) -> str:
    """Return the address that every link begins with.

    Args:
        address: where the product runs, like ``http://127.0.0.1:8000``; empty for no links.

    Raises:
        UsageError: it is no web address, or carries more than a place.
    """
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fit = False
    if not fit or parts.query or parts.fragment or parts.username or not address.isascii() or not address.isprintable():
        raise UsageError(f"{address!r} is no address of a running product; give --product as in http://127.0.0.1:8000")
    return address.rstrip("/")


def search_link(base: str, question: str) -> str:
    """Return the address of the search for a question; nothing without a base."""
    return f"{base}/zoeken?{urlencode([('q', question)])}" if base else ""


def source_link(base: str, document: str, spans: Sequence[Span], *, page: int = 0) -> str:
    """Return the address of the page that a quote stands on; nothing without a base.

    Args:
        base: what :func:`product_base` gave.
        document: its SHA-256.
        spans: what is marked on the page; may be empty when ``page`` is given.
        page: which page to show; the first marked one if not given.
    """
    if not base:
        return ""
    query = urlencode([("span", f"{span.page}-{span.start}-{span.end}") for span in spans])
    return f"{base}/bron/{document}/{page or spans[0].page}" + (f"?{query}" if query else "")
