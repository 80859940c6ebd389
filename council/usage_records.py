"""What is counted of how the pages are used, as records: answers shown, days added up, questions kept on request.

Nothing here names a reader. An answer has a random id and a day; a question is kept under another random number, so
that the two cannot be put side by side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from council.records import Citation, Verdict


class Feedback(StrEnum):
    """Whether an answer helped, as its reader says."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """What was counted over a day, or over several."""

    answered: int = 0
    partial: int = 0
    not_found: int = 0
    nothing_asked: int = 0
    """Searches without a word to look for."""
    opened: int = 0
    """Different sources that were opened from an answer, added up over the answers."""
    with_source: int = 0
    """Answers from which at least one source was opened."""
    yes: int = 0
    partly: int = 0
    no: int = 0
    took: tuple[float, ...] = ()
    """Seconds that each search took, those without a word to look for left out."""
    first: tuple[float, ...] = ()
    """Seconds from each answer to the first source that was opened from it."""

    @property
    def searches(self) -> int:
        """How often something was asked, or nothing."""
        return self.answered + self.partial + self.not_found + self.nothing_asked

    @property
    def answers(self) -> int:
        """How many answers had quotes, and so sources to open."""
        return self.answered + self.partial

    @property
    def share_answered(self) -> float | None:
        """Which share (0 to 1) of what was asked got an answer, or a part of one; None when nothing was asked."""
        asked = self.searches - self.nothing_asked
        return self.answers / asked if asked else None

    @property
    def judged(self) -> int:
        """How many answers were judged."""
        return self.yes + self.partly + self.no

    @property
    def share_helped(self) -> float | None:
        """Which share (0 to 1) of the judgements says yes; None without one."""
        return self.yes / self.judged if self.judged else None

    @property
    def sources_per_answer(self) -> float | None:
        """Sources opened per answer with quotes; None without such an answer."""
        return self.opened / self.answers if self.answers else None

    @property
    def share_with_source(self) -> float | None:
        """Which share (0 to 1) of the answers with quotes had a source opened; None without such an answer."""
        return self.with_source / self.answers if self.answers else None

    @property
    def median_first(self) -> float | None:
        """Median of the seconds to the first source; None when none was opened."""
        return median(self.first) if self.first else None

    @property
    def median_took(self) -> float | None:
        """Median of the seconds that a search took; None without one."""
        return median(self.took) if self.took else None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayOfUse:
    """What was counted on one day."""

    day: dt.date
    use: Use


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """One answer that was shown, as it is written down."""

    id: str
    day: dt.date
    verdict: Verdict | None
    """None where nothing was asked."""
    took: float


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptQuestion:
    """A question that its reader allowed to be kept as a test question, with what came back."""

    id: str
    day: dt.date
    until: dt.date
    """The day on which it is deleted, as its reader was told; a shorter term that is set later brings it forward."""
    question: str
    """As it was asked, with personal data masked."""
    feedback: Feedback
    verdict: Verdict
    citations: tuple[Citation, ...]
    """Where the quotes of the answer stood; no text."""


def added_up(uses: Iterable[Use]) -> Use:
    """Return several counts as one; shares and medians follow from the whole, not from the parts."""
    every = tuple(uses)
    numbers = {
        name: sum(getattr(use, name) for use in every)
        for name in (
            "answered",
            "partial",
            "not_found",
            "nothing_asked",
            "opened",
            "with_source",
            "yes",
            "partly",
            "no",
        )
    }
    took = tuple(seconds for use in every for seconds in use.took)
    first = tuple(seconds for use in every for seconds in use.first)
    return Use(**numbers, took=took, first=first)
