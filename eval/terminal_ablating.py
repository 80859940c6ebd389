"""What each part is worth, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from eval.ablating import SHOWN, Worth
from eval.significance import LEVEL
from eval.terminal import print_rows


def print_worth(found: Sequence[Worth], *, of: str = "") -> None:
    """Print what each part adds to each measure (of a collection), with a star where that is more than chance."""
    measures = [name for name in SHOWN if any(name in item.differences for item in found)]
    rows = []
    for item in found:
        figures = [
            f"{item.differences[name].change:+.3f}{' *' if item.corrected[name] < LEVEL else ''}" for name in measures
        ]
        rows.append([f"{item.part.value} {item.name}", *figures])
    print_rows(
        f"{of}: what each part adds" if of else "What each part adds",
        ["Part", *measures],
        rows,
        note=f"With the part minus without it. * more than chance at {LEVEL:.0%} after Holm's correction over all.",
    )
