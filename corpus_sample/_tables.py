"""How the columns of a table share a line: which side they lean to and how wide they are."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"[-–−+]?\s*(?:€\s*)?[-–−+]?\s*[\d.,]+\s*(?:%|kg|MWh|MW|m²|m2|m³|m3|uur|pp)?|[-–−]|n\.v\.t\.|")
_SHORT = 20  # characters
_LONG = 90
_BETWEEN = 2  # what the space between two columns takes


def side(cells: list[str]) -> str:
    """Amounts stand to the right, words to the left; `cells` is one column without its head."""
    return "right" if any(cells) and all(_AMOUNT.fullmatch(cell.strip()) for cell in cells) else "left"


def unbroken(cell: str, leaning: str) -> bool:
    """Whether a cell stays on one line whatever it costs the others: an amount and its unit belong together."""
    return leaning == "right" and len(cell) <= _SHORT


def widths(columns: list[list[str]], sides: list[str], room: int) -> tuple[list[str], bool]:
    """The widths of columns, heads included, in a line of `room` characters, and whether they need more than that line.

    Where every cell fits, short columns are as wide as they need and long ones take the rest. Otherwise each column
    gets what it cannot do without, and what is left is shared by how much longer its longest cell is, as browsers do.
    """
    most = [min(max(map(len, column)), _LONG) for column in columns]
    least = [_least(column, leaning) for column, leaning in zip(columns, sides, strict=True)]
    left = room - _BETWEEN * len(columns)
    if sum(most) <= left:
        return ["auto" if length <= _SHORT else f"{length}fr" for length in most], False
    spare = max(left - sum(least), 0) / max(sum(most) - sum(least), 1)
    shares = [low + _BETWEEN + spare * (high - low) for low, high in zip(least, most, strict=True)]
    return [f"{share:.1f}fr" for share in shares], sum(least) > left


def _least(column: list[str], leaning: str) -> int:
    head, *cells = column
    whole = [cell for cell in cells if unbroken(cell, leaning)]
    words = " ".join([head, *(cell for cell in cells if not unbroken(cell, leaning))]).split()
    return max(map(len, [*whole, *words]), default=1)
