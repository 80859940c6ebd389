"""What the pages say in one language, and how its sentences are filled in (:mod:`web.wording` holds them)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from council import Kind
from web.wording import Wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts(Wording):
    """Everything that the pages say in one language."""

    def day(self, date: dt.date | None) -> str:
        """Return a date in words, or that there is none."""
        return f"{date.day} {self.months[date.month - 1]} {date.year}" if date else self.no_date

    def number(self, value: int) -> str:
        """Return a whole number with a sign between the thousands."""
        return f"{value:,}".replace(",", self.thousands)

    def decimal(self, value: float | None, digits: int = 1) -> str:
        """Return a number with so many digits behind the decimal sign, or that there is none."""
        if value is None:
            return self.usage_empty
        return f"{value:.{digits}f}".replace(".", "," if self.thousands == "." else ".")

    def change(self, value: float, digits: int) -> str:
        """Return by how much something rose or fell, with its sign."""
        return f"{value:+.{digits}f}".replace(".", "," if self.thousands == "." else ".")

    def share(self, value: float | None) -> str:
        """Return a share (0 to 1) in whole percents, or that there is none."""
        return self.usage_empty if value is None else f"{100 * value:.0f}%"

    def read_from_scan(self, confidence: float | None) -> str:
        """Return that a text was read from a scan, and how sure it is: never wholly, and never more than is known."""
        if confidence is None:
            return self.ocr_unsure
        return self.ocr_sure.format(percent=min(99, round(100 * confidence)))

    def kind(self, kind: Kind) -> str:
        """Return what a kind of document is called."""
        return self.kinds[kind]

    def pages_named(self, pages: Sequence[int]) -> str:
        """Return one page or several in words."""
        if len(pages) == 1:
            return self.page.format(page=pages[0])
        return self.pages.format(first=pages[0], last=pages[-1])

    def lines_named(self, first: int, last: int) -> str:
        """Return one line or several in words."""
        return (
            self.source_line.format(line=first) if first == last else self.source_lines.format(first=first, last=last)
        )

    def found(self, total: int, alike: int = 0, *, newest: bool = False) -> str:
        """Return how many documents match, and how many more are only alike."""
        if alike:
            text = self.results_alike
            if total:
                text = self.results_one_alike if total == 1 else self.results_count_alike
            return text.format(total=self.number(total), alike=self.number(alike))
        if total == 1:
            return self.results_count_one
        return (self.results_newest if newest else self.results_count).format(total=self.number(total))

    def counted(self, documents: int) -> str:
        """Return so many documents in words."""
        return self.filter_count_one if documents == 1 else self.filter_count.format(count=documents)

    def not_found(self, searched: int, latest: dt.date | None) -> str:
        """Return in how much nothing was found."""
        if searched == 0:
            return self.answer_not_found_none
        if searched == 1:
            return self.answer_not_found_one
        if latest is None:
            return self.answer_not_found_undated.format(documents=self.number(searched))
        return self.answer_not_found.format(documents=self.number(searched), date=self.day(latest))


def texts_in(code: str) -> Texts:
    """Return the texts in a language; in Dutch if it is not known."""
    from web.texts_en import ENGLISH
    from web.texts_nl import DUTCH

    return ENGLISH if code == ENGLISH.code else DUTCH
