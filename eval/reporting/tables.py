"""What a page of figures is made of: tables, and plots that carry their numbers in a table.

Everything a template shows is decided here and in the modules that fill these records; a template only sets it out.
"""

from __future__ import annotations

from dataclasses import dataclass

SMALL = 5
"""A group with fewer questions is too small to conclude from, and is marked so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell."""

    text: str
    note: str = ""
    """Said below it in small letters: an interval, a meaning."""
    href: str = ""
    dutch: bool = False
    """Whether the text is from the papers or the gold set, and so in Dutch."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """What stands above a column; figures stand to the right."""

    name: str
    figures: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row: what it is about, and a cell for each further column."""

    head: Cell
    cells: tuple[Cell, ...]
    small: bool = False
    """Stands on too few questions to conclude from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table."""

    id: str
    """Unique in the page."""
    caption: str
    columns: tuple[Column, ...]
    """The first one is about the rows' heads."""
    rows: tuple[Row, ...]
    empty: str
    """What is said in its place when it has no rows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """A drawing, what it shows in words, and its numbers."""

    id: str
    title: str
    says: str
    """What somebody who cannot see it needs to know."""
    svg: str
    """Made by :mod:`eval.reporting.plots`: safe to put in a page as it is."""
    table: Table | None
    """None where a table beside it holds them."""


def columns(first: str, *figures: str) -> tuple[Column, ...]:
    """Return the columns of a table of figures."""
    return (Column(name=first), *(Column(name=name, figures=True) for name in figures))


def row(head: str, *cells: str | Cell, note: str = "", dutch: bool = False, small: bool = False) -> Row:
    """Return a row of plain texts."""
    made = tuple(cell if isinstance(cell, Cell) else Cell(text=cell) for cell in cells)
    return Row(head=Cell(text=head, note=note, dutch=dutch), cells=made, small=small)
