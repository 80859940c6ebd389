"""What a clerk decided about a paper that is held back, or had better be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One decision about one paper, which is known by the SHA-256 of its bytes: other bytes are another paper."""

    document: str
    day: dt.date
    released: bool
    """True lets the paper be found; False holds it back, whatever it holds."""
    reason: str
    """Why, in the clerk's words."""
    pages: tuple[int, ...] = ()
    """On which page each number stood that was released, one for each number. The numbers are kept nowhere."""
