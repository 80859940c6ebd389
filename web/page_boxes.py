"""Characters become boxes: one for each line of a quote, a few for a line that slants, one for each column or cell.

Everything is measured on the page as it is seen: in points (1/72 inch) from its top left corner, turned pages upright.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_GAP = 2.5
"""How many character heights apart two characters may stand and still share a box: more is another column or cell."""
_SLANT = 0.25
"""How far a character may stand above or below its box, as a share of its size: a slanting line gets a few boxes."""
_AIR = 0.12
"""How far a mark reaches over and under the ink, as a share of the size of the font."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.top + self.height


@dataclass(frozen=True, kw_only=True, slots=True)
class Character:
    """One character, or some side by side: the room that their font gives them, their ink, and the size of the font."""

    room: Box
    ink: Box
    size: float


def joined(characters: Iterable[Character]) -> list[Box]:
    """Return the boxes to mark.

    Args:
        characters: what is cited, in the order of the text, without white space.
    """
    runs: list[Character] = []
    for one in characters:
        if runs and _beside(runs[-1].room, one.room, one.size):
            runs[-1] = _together(runs[-1], one)
        else:
            runs.append(one)
    return [_fitted(run) for run in runs]


def _beside(box: Box, other: Box, size: float) -> bool:
    """Say whether a character goes on where a box ends, on the same line and in the same column."""
    shared = min(box.bottom, other.bottom) - max(box.top, other.top)
    together = max(box.bottom, other.bottom) - min(box.top, other.top)
    gap = other.left - box.right
    return (
        (together <= other.height + _SLANT * size or together == box.height)
        and shared > 0.5 * min(box.height, other.height)
        and -other.height < gap < _GAP * other.height
    )


def _together(run: Character, one: Character) -> Character:
    return Character(room=_around(run.room, one.room), ink=_around(run.ink, one.ink), size=max(run.size, one.size))


def _around(box: Box, other: Box) -> Box:
    left, top = min(box.left, other.left), min(box.top, other.top)
    return Box(left=left, top=top, width=max(box.right, other.right) - left, height=max(box.bottom, other.bottom) - top)


def _fitted(run: Character) -> Box:
    """Return the box to mark. The room of a font can be far higher than a line, as in the text layer of a scan."""
    air = _AIR * run.size
    top = max(run.room.top, run.ink.top - air)
    bottom = min(run.room.bottom, run.ink.bottom + air)
    return Box(left=run.room.left, top=top, width=run.room.width, height=bottom - top)
