"""Loads all that a night needs, once, in the process from which each night of a test is forked."""

from __future__ import annotations

import ingest.pdf_repair
import ingest.pdf_text
import search.index_edge
import search.indexing
from search import dutch
from tests.ingest import a_night

__all__ = ["a_night", "ingest", "search"]

# The list of words that compounds are taken apart with is read at the first compound.
dutch.terms("fietspad")
