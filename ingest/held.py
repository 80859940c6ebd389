"""Which papers are held back: those with a citizen service number, unless a clerk decided otherwise.

A release counts for the bytes and for the numbers that stood there when it was given, told by their pages. Where a scan
that is read after it shows one more, nobody has looked at that one, and the paper is held back again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from council import Catalogue, Page, service_numbers

_MASK = "•"


def must_hold(catalogue: Catalogue, sha256: str, pages: Sequence[Page], *, personal: bool) -> bool:
    """Say whether a paper must be held back.

    Args:
        catalogue: knows what was decided.
        sha256: the paper.
        pages: all its pages.
        personal: whether a citizen service number seems to stand on them.
    """
    decided = catalogue.decisions(sha256)
    if not decided:
        return personal
    last = decided[-1]
    return not last.released or bool(Counter(numbered_pages(pages)) - Counter(last.pages))


def numbered_pages(pages: Sequence[Page]) -> tuple[int, ...]:
    """Return on which page each citizen service number seems to stand, one for each number, in order."""
    return tuple(page.number for page in pages for _ in service_numbers(page.text))


def listed(pages: Sequence[int]) -> str:
    """Return pages as a text, each once, like ``1, 4``."""
    return ", ".join(map(str, dict.fromkeys(pages)))


def without_numbers(text: str, pages: Sequence[Page]) -> str:
    """Return words of a paper with its citizen service numbers made unreadable."""
    for page in pages:
        for start, end in service_numbers(page.text):
            text = text.replace(page.text[start:end], _MASK * (end - start))
    return text
