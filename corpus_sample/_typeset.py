"""Puts a source on paper: the Typst of `paper.typ` with the text of the document, set in Typst's own fonts only."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

import typst

from corpus_sample._markdown import MarkdownError, to_typst
from corpus_sample._source import Source, SourceError

_TEMPLATE = Path(__file__).with_name("paper.typ")
_TITLE = re.compile(r"\A#heading\(level: 1\)\[.*?\](?=\n\n)", re.DOTALL)
_KIND = {
    "schriftelijke_vragen": "Schriftelijke vragen",
    "raadsinformatiebrief": "Raadsinformatiebrief",
    "ingekomen_stuk": "Ingekomen stuk",
    "toezegging": "Toezeggingen",
    "overig": "Stuk",
}
_FROM_OUTSIDE = frozenset({"ingekomen_stuk", "raadsadres", "rapport", "bijlage"})
_MUNICIPAL = re.compile(
    r"\b(?:gemeente(?:raad)?|college|raad|griffie\w*|burgemeester|rekenkamer|wethouder)\b", re.IGNORECASE
)
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_OPENING = 600  # characters
_ROOM = {"table_heavy": 112, "two_columns": 54}  # characters that a line of a table holds
_ROOM_LYING = 150
_MOST_ROUNDS = 3
_TIGHTER = (0.96, 0.92, 0.88)  # of the customary distance between lines and paragraphs
_FEW_LINES = 150.0  # points from the upper edge of the sheet, of which the margin takes 71


@dataclass(frozen=True, kw_only=True)
class _Setting:
    """A document as Typst would set it: where parts begin, how many pages it takes, whether one is nearly empty."""

    markup: bytes
    inputs: dict[str, str]
    begins: dict[int, int]
    pages: int
    lonely: bool

    def pdf(self) -> bytes:
        return typst.compile(self.markup, ignore_system_fonts=True, sys_inputs=self.inputs)


def typeset(source: Source) -> bytes:
    """The PDF of `source`, byte for byte the same whenever it is made with the same release of Typst.

    The pages named by `rotate` are set on sheets that lie flat. Where a part ends with a few lines on a page of their
    own, its lines are set a little closer if that saves the page, as a clerk would. Raises `SourceError` where the text
    cannot be printed, or where a page named by `rotate` does not begin with a `\\newpage`.
    """
    try:
        plain = _settled(source, 1.0)
        if plain.lonely and source.kind != "notulen" and not (source.mess.rotate or source.mess.half_scan):
            for tightness in _TIGHTER:
                tight = _settled(source, tightness)
                if tight.pages < plain.pages:
                    return tight.pdf()
        return plain.pdf()
    except MarkdownError as error:
        raise SourceError(f"sources/{source.name}.md: {error}") from error
    except typst.TypstError as error:
        raise SourceError(
            f"sources/{source.name}.md: Typst cannot set it: {error.message} {error.diagnostic}"
        ) from error


def _settled(source: Source, tightness: float) -> _Setting:
    """The setting in which the pages that lie flat are those that `rotate` names; laying one down may move others."""
    speakers = source.kind == "notulen"
    upright = to_typst(source.text, speakers=speakers, room=_ROOM.get(source.layout, 96))
    lying = to_typst(source.text, speakers=speakers, room=_ROOM_LYING) if source.mess.rotate else upright
    inputs = {"doc": json.dumps(_described(source) | {"tightness": tightness}, ensure_ascii=False)}
    flat: frozenset[int] = frozenset()
    for _ in range(_MOST_ROUNDS):
        parts = [lying[index] if index in flat else part for index, part in enumerate(upright)]
        setting = _measured(_document(parts, flat), inputs)
        wanted = frozenset(setting.begins.get(page, -1) for page in source.mess.rotate)
        if -1 in wanted:
            raise SourceError(
                f"sources/{source.name}.md: rotate {list(source.mess.rotate)}: put a `\\newpage` at the head of "
                f"each of these pages (parts begin on the pages {sorted(setting.begins)})"
            )
        if wanted == flat:
            return setting
        flat = wanted
    raise SourceError(
        f"sources/{source.name}.md: `rotate` moves its own pages; put a `\\newpage` before and after them"
    )


def _document(parts: list[str], flat: frozenset[int]) -> bytes:
    title = _TITLE.match(parts[0])
    rest = parts[0][title.end() :] if title else parts[0]
    heading = title[0] if title else ""
    pieces = [_TEMPLATE.read_text(encoding="utf-8"), f"#first[{heading}]\n"]
    for index, part in enumerate([rest, *parts[1:]]):
        pieces.append(f"#part({index}, landscape: {str(index in flat).lower()})[\n{part}\n]\n")
    return "".join(pieces).encode()


def _measured(markup: bytes, inputs: dict[str, str]) -> _Setting:
    found = json.loads(typst.query(markup, "<part>", field="value", ignore_system_fonts=True, sys_inputs=inputs))
    return _Setting(
        markup=markup,
        inputs=inputs,
        begins={part["begins"]: part["index"] for part in reversed(found)},
        pages=found[-1]["ends"],
        lonely=any(part["ends"] > part["begins"] and part["depth"] < _FEW_LINES for part in found),
    )


def _described(source: Source) -> dict[str, object]:
    """What the template prints around the text."""
    head = [part.strip() for part in source.running_head.split("|", 1)]
    return {
        "title": source.title,
        "kind": _KIND.get(source.kind, source.kind.capitalize()),
        "body": source.body,
        "sender": _sender(source),
        "received": source.case_number if source.kind in ("ingekomen_stuk", "raadsadres") else None,
        "date": {"year": source.date.year, "month": source.date.month, "day": source.date.day},
        "access": source.access,
        "layout": source.layout,
        "hyphenate": source.mess.hyphenate,
        "running-head": [*head, ""][:2],
        "facts": _facts(source),
    }


def _sender(source: Source) -> str | None:
    """The name in the letterhead of a paper that came from outside the town hall; None for the municipality's own."""
    outside = source.kind in _FROM_OUTSIDE and (
        not _MUNICIPAL.search(source.body) or "rekenkamer" in source.body.lower()
    )
    return source.letterhead or source.body if outside else None


def _facts(source: Source) -> list[tuple[str, str]]:
    """The description under the letterhead, without what the paper itself says at its head."""
    opening = source.text[:_OPENING].lower()
    agenda = source.agenda_item and f"agendapunt {source.agenda_item}"
    facts: dict[str, list[str | None]] = {
        "Datum": [_long_date(source.date)],
        "Raadsvergadering": [_long_date(source.meeting) if source.meeting else None, agenda],
        "Zaaknummer": [source.case_number],
        "Portefeuillehouder": [source.portefeuillehouder],
    }
    unsaid = {name: [part for part in parts if part and part.lower() not in opening] for name, parts in facts.items()}
    return [(name, ", ".join(filter(None, facts[name]))) for name, parts in unsaid.items() if parts]


def _long_date(date: dt.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
