"""One source text of the sample: what its front matter may say, and what it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

KINDS = frozenset(
    """
    raadsvoorstel raadsbesluit amendement motie initiatiefvoorstel schriftelijke_vragen raadsinformatiebrief toezegging
    ingekomen_stuk besluitenlijst notulen agenda begroting jaarstukken verordening raadsadres rapport bijlage overig
    """.split()
)
ACCESS = frozenset({"openbaar", "besloten", "geheim"})
LAYOUTS = frozenset({"standard", "two_columns", "letter", "table_heavy"})
MESS = (
    "scan",
    "half_scan",
    "rotate",
    "password",
    "damaged",
    "duplicate_of",
    "replaces",
    "withdrawn",
    "no_manifest",
    "hyphenate",
)


class SourceError(ValueError):
    """A source text says something that the builder cannot use; the message names file, field and remedy."""


@dataclass(frozen=True, kw_only=True)
class Mess:
    """What goes wrong with this document on its way to the archive, as it does in real ones.

    Page numbers count from 1. `duplicate_of` and `replaces` are names of other sources.
    """

    scan: bool = False
    half_scan: tuple[int, ...] = ()
    rotate: tuple[int, ...] = ()
    password: str | None = None
    damaged: bool = False
    duplicate_of: str | None = None
    replaces: str | None = None
    withdrawn: dt.date | None = None
    no_manifest: bool = False
    hyphenate: bool = False

    def kinds(self) -> list[str]:
        """The names of the kinds of mess that this document has, in the order of `MESS`."""
        return [name for name in MESS if getattr(self, name)]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One document as it was written: its description, and its text in Markdown.

    `letterhead` is how a sender from outside is printed where that differs from `body`.
    """

    name: str
    title: str
    kind: str
    date: dt.date
    body: str
    meeting: dt.date | None
    agenda_item: str | None
    case_number: str | None
    access: str
    layout: str
    running_head: str
    portefeuillehouder: str | None
    letterhead: str | None
    mess: Mess
    why: str
    text: str

    @property
    def file(self) -> str:
        """Where the PDF of this document stands, relative to `corpus_sample/`."""
        return f"pdf/{self.date.year}/{self.name}.pdf"


_FIELDS = {field.name for field in fields(Source)} - {"name", "text"} | {"dossier"}


def read_sources(folder: Path) -> dict[str, Source]:
    """Every source in `folder`, by name, in the order of the names.

    Raises `SourceError` where a text is malformed or refers to a document that is not there.
    """
    sources = {path.stem: read_source(path) for path in sorted(folder.glob("*.md"))}
    for source in sources.values():
        for other in (source.mess.duplicate_of, source.mess.replaces):
            if other is not None and other not in sources:
                raise SourceError(
                    f"sources/{source.name}.md refers to {other!r}, which has no source: correct the name in `mess`"
                )
    return sources


def read_source(path: Path) -> Source:
    """One source text; raises `SourceError` where its front matter is not what the builder knows."""
    before, opening, rest = path.read_text(encoding="utf-8").replace("\r\n", "\n").partition("---\n")
    front, closing, text = rest.partition("\n---\n")
    if before or not opening or not closing:
        raise SourceError(f"sources/{path.name}: begin the file with a front matter between two lines of `---`")
    try:
        described = yaml.safe_load(front)
    except yaml.YAMLError as error:
        raise SourceError(
            f"sources/{path.name}: the front matter is no YAML (put values with a colon in quotes): {error}"
        ) from error
    if not isinstance(described, dict):
        raise SourceError(f"sources/{path.name}: the front matter must be `field: value` lines")
    return _Reader(path.name, described).source(text.strip() + "\n")


class _Reader:
    """Takes typed values out of one front matter, and knows which file to name when one is wrong."""

    def __init__(self, file: str, described: Mapping[str, Any]) -> None:
        self.file, self.fields = file, described
        if unknown := sorted(map(str, set(described) - _FIELDS)):
            raise self._error(f"unknown fields {unknown}: remove them")

    def source(self, text: str) -> Source:
        return Source(
            name=self.file.removesuffix(".md"),
            title=self._text("title"),
            kind=self._choice("kind", KINDS),
            date=self._date("date", self.fields.get("date")),
            body=self._text("body"),
            meeting=None if self.fields.get("meeting") is None else self._date("meeting", self.fields["meeting"]),
            agenda_item=self._optional("agenda_item"),
            case_number=self._optional("case_number"),
            access=self._choice("access", ACCESS),
            layout=self._choice("layout", LAYOUTS),
            running_head=self._text("running_head"),
            portefeuillehouder=self._optional("portefeuillehouder"),
            letterhead=self._optional("letterhead"),
            mess=self._mess(),
            why=self._text("why"),
            text=text,
        )

    def _error(self, what: str) -> SourceError:
        return SourceError(f"sources/{self.file}: {what}")

    def _optional(self, field: str) -> str | None:
        value = self.fields.get(field)
        return None if value is None or str(value).strip() == "" else str(value).strip()

    def _text(self, field: str) -> str:
        value = self._optional(field)
        if value is None:
            raise self._error(f"`{field}` is missing: add it to the front matter")
        return value

    def _choice(self, field: str, allowed: frozenset[str]) -> str:
        value = self._text(field)
        if value not in allowed:
            raise self._error(f"`{field}: {value}` is not one of {sorted(allowed)}")
        return value

    def _date(self, field: str, value: object) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value).strip())
        except ValueError as error:
            raise self._error(f"`{field}: {value}` is no date: write it as 2022-05-03") from error

    def _pages(self, field: str, value: object) -> tuple[int, ...]:
        if not isinstance(value, list) or not all(isinstance(page, int) and page > 0 for page in value):
            raise self._error(f"`{field}` must be a list of page numbers, as in `{field}: [2, 4]`")
        return tuple(value)

    def _mess_items(self) -> Iterator[tuple[str, object]]:
        listed = self.fields.get("mess") or []
        for item in listed if isinstance(listed, list) else [listed]:
            yield from item.items() if isinstance(item, dict) else [(str(item), True)]

    def _mess(self) -> Mess:
        found: dict[str, Any] = {}
        for name, value in self._mess_items():
            if name not in MESS:
                raise self._error(f"`mess: {name}` is not one of {list(MESS)}")
            if name in ("half_scan", "rotate"):
                found[name] = self._pages(name, value)
            elif name == "withdrawn":
                found[name] = self._date(name, value)
            elif name in ("password", "duplicate_of", "replaces"):
                found[name] = str(value)
            else:
                found[name] = bool(value)
        return Mess(**found)
