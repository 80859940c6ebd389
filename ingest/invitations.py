"""How members are asked to come to a meeting: that letter is its agenda, and holds its day."""

from __future__ import annotations

import re

from council import WEEKDAY_PATTERN

_INVITED = "uitgenodigd voor"
_OUT_TO = r"\buit voor"
INVITATION = rf"wordt u {_INVITED}|nodigt .{{0,60}}{_OUT_TO} de\b.{{0,20}}vergadering"
"""What only an invitation says, as a pattern without regard to capitals."""
_TO_MEETING = re.compile(
    rf"{_INVITED} (?:de |een )?(?:openbare )?(vergadering van (?:de|het) \w+(?: \w+)?)$", re.IGNORECASE
)
_ON = re.compile(
    rf"\b(?:nodig\w*\b.{{0,60}}{_OUT_TO}|{_INVITED})\b.{{0,160}}\b\w*vergadering\b.{{0,60}}?\bop\W*"
    rf"(?:(?:{WEEKDAY_PATTERN})\W*)?$",
    re.IGNORECASE,
)


def invited_to(line: str) -> str:
    """Return the meeting that a line ends with an invitation to (*vergadering van de raad*); empty if it is none."""
    found = _TO_MEETING.search(line)
    return found[1] if found else ""


def invites_on(before: str) -> bool:
    """Say whether a day is that of a meeting that somebody is invited to.

    Args:
        before: what stands before the day.
    """
    return _ON.search(before) is not None
