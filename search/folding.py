"""Letters as they are compared: without capitals and accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from search.steps import Step, left_out

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> str:
    """Lower-case a text and take its accents off, so that *café*, *Café* and *cafe* are one word."""
    return _lower(text) if Step.FOLD in left_out() else without_accents(text)


def without_accents(text: str) -> str:
    """Fold a text whatever steps are left out."""
    lowered = _lower(text)
    if lowered.isascii():
        return lowered
    return _NOT_ASCII.sub(lambda found: _plain(found[0]), lowered)


@lru_cache(4_096)
def _plain(run: str) -> str:
    """Return a run of characters beyond ASCII without accents, also without one that stands on the letter before."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", run) if not unicodedata.combining(c))
    return plain.lower()  # once more: the plain form of a bold mathematical R is a capital


def _lower(text: str) -> str:
    return text.lower().replace("’", "'").replace("ĳ", "ij")
