"""Letters as they are compared: without capitals and accents."""

from __future__ import annotations

import unicodedata

from search.steps import Step, left_out


def fold(text: str) -> str:
    """Lower-case a text and take its accents off, so that *café*, *Café* and *cafe* are one word."""
    return _lower(text) if Step.FOLD in left_out() else without_accents(text)


def without_accents(text: str) -> str:
    """Fold a text whatever steps are left out."""
    lowered = _lower(text)
    if lowered.isascii():
        return lowered
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return plain.lower()  # once more: the plain form of a bold mathematical R is a capital


def _lower(text: str) -> str:
    return text.lower().replace("’", "'").replace("ĳ", "ij")
