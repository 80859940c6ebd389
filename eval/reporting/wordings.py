"""What stands at an address, for who reads a report: titles and words out of DATA, as far as everyone may see them.

Without DATA, addresses are all there is to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from council import Catalogue, Citation, DataFolder, Filters, QuoteError, Span, UsageError
from eval.reporting.formats import plain
from eval.result import Result

_SHORT = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper as it is named in a report."""

    name: str
    about: str
    """Its kind and date, or nothing where they are not known."""
    dutch: bool
    """Whether the name is its title."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What stands somewhere, or where that is."""

    text: str
    dutch: bool
    """Whether it is the text itself."""


class Wordings:
    """Titles and words by address.

    Args:
        catalogue: the papers; None where only addresses can be shown.
    """

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue

    def paper(self, sha256: str) -> Paper:
        """Return how a paper is named."""
        if self.catalogue is None:
            return Paper(name=f"document {sha256[:_SHORT]}…", about="", dutch=False)
        document = self.catalogue.visible(sha256, Filters())
        if document is None:
            return Paper(name=f"document {sha256[:_SHORT]}… (not public here)", about="", dutch=False)
        date = f", {document.date:%Y-%m-%d}" if document.date else ""
        kind = document.kind.value.replace("_", " ")
        return Paper(name=plain(document.title) or document.sha256[:_SHORT], about=kind + date, dutch=True)

    def words(self, document: str, spans: Sequence[Span]) -> Words:
        """Return what stands at an address, or the address in words."""
        address = "; ".join(f"page {span.page}, characters {span.start} to {span.end}" for span in spans)
        if self.catalogue is None or self.catalogue.visible(document, Filters()) is None:
            return Words(text=address, dutch=False)
        try:
            return Words(text=plain(self.catalogue.quote(Citation(document=document, spans=tuple(spans)))), dutch=True)
        except QuoteError:
            return Words(text=f"{address}: nothing stands there", dutch=False)


@contextmanager
def wordings(data: DataFolder | None, result: Result) -> Iterator[Wordings]:
    """Open the papers that a result is about.

    Args:
        data: the data folder; None where there is none to read from.
        result: names the papers by their hash.

    Raises:
        UsageError: the folder holds other papers than those that were asked.
        DataError: the folder cannot be read.
    """
    if data is None:
        yield Wordings()
        return
    catalogue = Catalogue(data.catalogue)
    try:
        from eval.run import papers_mark

        found = papers_mark(catalogue)
        for what, there, asked in (
            ("papers", found.sha256, result.papers.sha256),
            ("text of these papers", found.text, result.papers.text),
        ):
            if there != asked:
                raise UsageError(
                    f"{data.root} holds other {what} ({there[:_SHORT]}…) than the result was measured on "
                    f"({asked[:_SHORT]}…), so an address may mean something else there; "
                    "give the folder that was measured, or leave --data out"
                )
        yield Wordings(catalogue)
    finally:
        catalogue.close()
