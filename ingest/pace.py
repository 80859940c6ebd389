"""How fast a stage of a run goes, and how long it has to go."""

from __future__ import annotations

from dataclasses import dataclass

UNITS = {"read": "files", "index": "passages", "scan": "documents"}
"""What each stage counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """One stage: what it has to do, and when it began. Speed is the mean since then, so it does not jump."""

    name: str
    total: int
    began: float
    """Seconds on a clock that only goes forward; :meth:`speed` and :meth:`left` are given the same clock."""

    def speed(self, done: int, pages: int, now: float) -> str:
        """Return the speed as in ``35 pages/s``, or of what the stage counts where it tells of no pages."""
        count, unit = (pages, "pages") if pages else (done, UNITS[self.name])
        taken = now - self.began
        if count == 0 or taken <= 0:
            return ""
        rate = count / taken
        return f"{rate:.0f} {unit}/s" if rate >= 10 else f"{rate:.1f} {unit}/s"

    def left(self, done: int, now: float) -> str:
        """Return how long the rest takes at the speed until now, as in ``12 min left``; nothing before there is one."""
        taken = now - self.began
        if done <= 0 or taken <= 0:
            return ""
        seconds = (self.total - done) * taken / done
        if seconds < 90:
            return f"{seconds:.0f} s left"
        minutes = round(seconds / 60)
        return f"{minutes} min left" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min left"
