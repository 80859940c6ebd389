"""Whether a line of a paper goes on with the one above it: sentences and titles run over the lines that a PDF gives."""

from __future__ import annotations

import re

RUNS_ON = re.compile(
    r"(?:\b(?:de|het|een|en|of|van|tot|voor|aan|in|op|over|met|door|uit|bij|om|te|der|des|naar|per|inzake)|[,:&-])$",
    re.IGNORECASE,
)
"""Ends a line that goes on in the next one."""


def goes_on(above: str, line: str) -> bool:
    """Say whether a line goes on with the one above: it begins small, or that one stops halfway.

    Args:
        above: the line before; empty for the first.
        line: the line, or as much of its beginning as matters.
    """
    return bool(above) and (line[:1].islower() or RUNS_ON.search(above) is not None)
