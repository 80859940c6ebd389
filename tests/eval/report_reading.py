"""Reads a report as a program for the blind would, and its tables as figures."""

from __future__ import annotations

from collections.abc import Sequence

from tests.web.page_text import Element, read_html


class ReadReport:
    """A report that was read back from its HTML."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.root = read_html(html)
        self.text = self.root.text

    def by_id(self, id_: str) -> Element:
        """Return the one element with this id."""
        (found,) = [each for each in self.root.all() if each.attributes.get("id") == id_]
        return found

    def table(self, id_: str) -> dict[str, list[str]]:
        """Return a table by the id of its caption: per row its cells, without what stands below them."""
        return {plain(row.all("th")[0]): [plain(cell) for cell in row.all("td")] for row in self._rows(id_)}

    def rows(self, id_: str) -> list[list[str]]:
        """Return a table's rows, each with its head, for tables in which heads repeat."""
        return [[plain(cell) for cell in row.all("th", "td")] for row in self._rows(id_)]

    def columns(self, id_: str) -> list[str]:
        """Return what stands above a table's columns."""
        return [cell.text for cell in self._table(id_).all("thead")[0].all("th")]

    def notes(self, id_: str, head: str) -> list[str]:
        """Return what stands below the cells of a row, for those that have anything there."""
        (row,) = [row for row in self._rows(id_) if plain(row.all("th")[0]) == head]
        return [note.text for cell in row.all("td") for note in cell.within("note")]

    def _table(self, id_: str) -> Element:
        at: Element | None = self.by_id(id_)
        while at is not None and at.tag != "table":
            at = at.parent
        assert at is not None, f"{id_} is not in a table"
        return at

    def _rows(self, id_: str) -> Sequence[Element]:
        return self._table(id_).all("tbody")[0].all("tr")


def plain(cell: Element) -> str:
    """Return a cell's text without the note below it."""
    parts = [
        child if isinstance(child, str) else child.text
        for child in cell.children
        if isinstance(child, str) or "note" not in child.attributes.get("class", "").split()
    ]
    return " ".join("".join(parts).split())
