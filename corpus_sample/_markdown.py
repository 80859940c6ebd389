"""Markdown, as the sources use it, to Typst markup.

Every ASCII punctuation mark of the text is escaped, so no text can be read as markup: Typst takes a backslash before
any visible character as that character.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus_sample._tables import side, unbroken, widths

_PUNCTUATION = re.compile("([" + re.escape(string.punctuation) + "])")
_NEW_PAGE = re.compile(r"^\\newpage[ \t]*$", re.MULTILINE)
_NOTE_TEXT = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.+(?:\n(?!\[\^)[ \t]*\S.*)*)", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]|(<br ?/?>)")
_SPEAKER = re.compile(
    r"(?:De heer|Mevrouw|De voorzitter|De griffier|De (?:gemeente)?secretaris|Wethouder|Burgemeester|De burgemeester)"
    r"[^.:?!]{0,70}:(?=\s|$)"
)
_SHORT_LINE = 60  # a paragraph of such lines only is an address or a row of signatures, and keeps its lines
_CONTAINERS = {
    "heading_open": ("#heading(level: {level})[", "]\n\n"),
    "paragraph_open": ("", "\n\n"),
    "bullet_list_open": ("#list(", ")\n\n"),
    "ordered_list_open": ("#enum(start: {start}, ", ")\n\n"),
    "list_item_open": ("[", "],"),
    "blockquote_open": ("#quoted[", "]\n\n"),
}


class MarkdownError(ValueError):
    """A source uses Markdown that the builder does not know; the message says which."""


def escape(text: str) -> str:
    """`text` as Typst markup that prints exactly that text."""
    return _PUNCTUATION.sub(r"\\\1", text)


def to_typst(text: str, *, speakers: bool = False, room: int = 96) -> list[str]:
    """The Typst markup of a source, one string for each part between two `\\newpage` lines.

    `speakers` sets the name at the head of a contribution to a debate in bold, as minutes do. `room` is the number of
    characters that a line of a table holds. Raises `MarkdownError` for Markdown outside the sources' format.
    """
    notes = {match[1]: " ".join(match[2].split()) for match in _NOTE_TEXT.finditer(text)}
    without_notes = _NOTE_TEXT.sub("", text)
    writer = _Writer(notes, speakers, room)
    return [writer.part(part) for part in _NEW_PAGE.split(without_notes)]


class _Writer:
    """Walks the tokens of one document; remembers which footnotes were already printed."""

    def __init__(self, notes: dict[str, str], speakers: bool, room: int) -> None:
        self._parser = MarkdownIt("commonmark", {"html": False}).enable("table")
        self._parser.disable("html_inline").disable("html_block")
        self._notes, self._speakers, self._room = notes, speakers, room
        self._printed: set[str] = set()

    def part(self, text: str) -> str:
        tokens = iter(self._parser.parse(text))
        return "".join(self._block(token, tokens) for token in tokens)

    def _block(self, token: Token, tokens: Iterator[Token]) -> str:
        """The markup of one block; takes from `tokens` up to and with the block's end."""
        match token.type:
            case "inline":
                return self._inline(token.children or [])
            case "fence" | "code_block":
                return "#block[" + escape(token.content.rstrip()).replace("\n", "#linebreak()") + "]\n\n"
            case "hr":
                return "#rule\n\n"
            case "table_open":
                return self._table(tokens)
        return self._container(token, tokens)

    def _container(self, token: Token, tokens: Iterator[Token]) -> str:
        """The markup of a block that holds others."""
        if token.type not in _CONTAINERS:
            raise MarkdownError(f"no way to print Markdown of the kind {token.type!r}")
        before, after = _CONTAINERS[token.type]
        inside = self._until(token.type.removesuffix("_open") + "_close", tokens)
        if token.type == "list_item_open":
            inside = inside.strip()
        if token.hidden:
            after = "\n"
        return before.format(level=token.tag[1:], start=token.attrGet("start") or 1) + inside + after

    def _until(self, closing: str, tokens: Iterator[Token]) -> str:
        out: list[str] = []
        for token in tokens:
            if token.type == closing:
                return "".join(out)
            out.append(self._block(token, tokens))
        raise MarkdownError(f"{closing!r} never came")

    def _inline(self, children: list[Token]) -> str:
        out: list[str] = []
        texts = [token.content for token in children if token.type == "text"]
        line_break = "#linebreak()\n" if max(map(len, texts), default=0) <= _SHORT_LINE else "\n"
        for index, token in enumerate(children):
            match token.type:
                case "text":
                    out.append(self._text(token.content, opens=index == 0))
                case "softbreak":
                    out.append(line_break)
                case "hardbreak":
                    out.append("#linebreak()\n")
                case "strong_open":
                    out.append("#strong[")
                case "em_open":
                    out.append("#emph[")
                case "link_open":
                    out.append(f"#link({json.dumps(token.attrGet('href'), ensure_ascii=False)})[")
                case "strong_close" | "em_close" | "link_close":
                    out.append("]")
                case "code_inline":
                    out.append(f"#mono[{escape(token.content)}]")
                case other:
                    raise MarkdownError(f"no way to print Markdown of the kind {other!r}")
        return "".join(out)

    def _text(self, text: str, *, opens: bool) -> str:
        if self._speakers and opens and (name := _SPEAKER.match(text)):
            return f"#strong[{escape(name[0])}]" + self._text(text[name.end() :], opens=False)
        out: list[str] = []
        done = 0
        for mark in _NOTE_MARK.finditer(text):
            out.append(escape(text[done : mark.start()]))
            out.append("#linebreak()" if mark[2] else self._note(mark[1]))
            done = mark.end()
        return "".join(out) + escape(text[done:])

    def _note(self, key: str) -> str:
        label = "note-" + re.sub(r"\W", "-", key)
        if key in self._printed:
            return f"#footnote(<{label}>)"
        if key not in self._notes:
            raise MarkdownError(f"footnote [^{key}] is marked but has no text: add a line `[^{key}]: ...`")
        self._printed.add(key)
        children = self._parser.parseInline(self._notes[key])[0].children or []
        return f"#footnote[{self._inline(children)}]<{label}>"

    def _table(self, tokens: Iterator[Token]) -> str:
        rows: list[list[Token]] = []
        aligns: list[str] = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "th_open":
                aligns.append(str(token.attrGet("style") or "").rpartition(":")[2])
            elif token.type == "inline":
                rows[-1].append(token)
        texts = [[cell.content for cell in row] for row in rows]
        texts = [[text.replace("*", "") for text in row] for row in texts]
        columns = [[row[index] for row in texts] for index in range(len(aligns))]
        sides = [align or side(column[1:]) for align, column in zip(aligns, columns, strict=True)]
        cells = [
            [self._cell(cell, unbroken(text, leaning)) for cell, text, leaning in zip(row, plain, sides, strict=True)]
            for row, plain in zip(rows, texts, strict=True)
        ]
        head = "".join(cells[0]) if any(texts[0]) else ""
        body = "".join("".join(row) for row in cells[1:])
        shares, wide = widths(columns, sides, self._room)
        return (
            f"#ruled(({', '.join(shares)},), ({', '.join(sides)},), ({head}), ({body}), wide: {str(wide).lower()})\n\n"
        )

    def _cell(self, cell: Token, whole: bool) -> str:
        text = self._inline(cell.children or [])
        return f"[#box[{text}]]," if whole else f"[{text}],"
