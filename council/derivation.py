"""Where a fact about a document comes from, and how sure it is: what lies behind the word *derived* on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from council.records import Spans


class Source(StrEnum):
    """Who says it: the clerk's manifest, the paper itself, what its PDF says of it, or the names it was filed under."""

    MANIFEST = "manifest"
    DOCUMENT = "document"
    PDF_INFORMATION = "pdf_information"
    FILENAME = "filename"
    FOLDER = "folder"


@dataclass(frozen=True, kw_only=True, slots=True)
class Derivation:
    """One fact about a document, where it was read, and how sure that is.

    The words themselves are not kept: the spans are read back from the page, so that evidence cannot come to differ
    from the paper.
    """

    field: str
    """The field of :class:`council.Document` that it fills."""
    value: str
    """As the catalogue writes it: a day as 2024-03-12, a kind by its name in the closed list."""
    source: Source
    confidence: float
    """How likely (0 to 1) it is right: 1 for what a manifest says; else as ``ingest`` weighed it."""
    evidence: Spans = ()
    """The lines of the paper that it was read from; none where the paper does not say it."""

    def __post_init__(self) -> None:
        """Refuse what is no share of one.

        Raises:
            ValueError: the confidence is below 0 or above 1.
        """
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"{self.field}: a confidence of {self.confidence} is not between 0 and 1")
