"""How page text is shown: hyphens joined and white space folded, derived from a span and never stored.

PDFium puts U+FFFE (older versions U+0002) in the place of any hyphen at a line end, whether the typesetter put it there
or the word has one of its own; other sources leave a plain hyphen and the line end. Between two small letters, or two
capitals, it is taken for the typesetter's and goes. Before *en* or *of* the word was left open on purpose. Elsewhere
(*Noord-Holland*, *PFAS-houdend*, *COVID-19*) the hyphen belongs to the word.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile(r"[\ufffe\x02][ \t]*(?:\r\n|\r|\n)?[ \t]*|(?<=[^\W_])-[ \t]*(?:\r\n|\r|\n)[ \t]*(?=[^\W_])")
_HYPHEN = re.compile(r"[\ufffe\x02]|-[ \t]*[\r\n]")
"""What every hyphen at a line end holds; looking for that is sooner done."""
_CONJUNCTION = re.compile(r"(?:en|of)\b")
_MORE_SPACE = "\u200b\ufeff"
"""What has no width and parts words all the same; Python does not count it as white space."""
_DROP = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)])
_DROP |= dict.fromkeys([0xFFFD, 0xFFFE, 0xFFFF])
# Marks that turn the reading direction could make a quote look like another text.
_DROP |= dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SYMBOLS = re.compile("[\ue000-\uf8ff]+")
"""Letters that only one font knows, mostly the sign before an item of a list; no other font can show them."""
_DROPPED = re.compile(f"[{''.join(map(chr, _DROP))}]")


def readable(text: str) -> str:
    """Return page text as a reader sees it: line-end hyphens joined, white space folded, control characters out.

    Args:
        text: any slice of a page's text.

    Returns:
        One line without leading or trailing space, in Unicode form NFC.
    """
    # Looking is much cheaper than writing a text anew, and hardly any holds what is looked for.
    if "\u00ad" in text:
        text = text.replace("\u00ad", "")
    if ("-" in text or "\ufffe" in text or "\x02" in text) and _HYPHEN.search(text):
        text = _LINE_END.sub(_hyphen, text)
    if _DROPPED.search(text):
        text = text.translate(_DROP)
    if text.isascii():
        return " ".join(text.split())
    for space in _MORE_SPACE:
        text = text.replace(space, " ")
    text = _SYMBOLS.sub(_symbol, text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _hyphen(found: re.Match[str]) -> str:
    """Return what a reader sees of a hyphen at a line end, with the line end."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if not (before.isalnum() and after.isalnum()):
        return ""
    if _CONJUNCTION.match(text, end):
        return "- "
    alike = (before.islower() and after.islower()) or (before.isupper() and after.isupper())
    return "" if alike else "-"


def _symbol(found: re.Match[str]) -> str:
    """Return the sign of a list for a symbol that stands alone, and nothing for one within a word."""
    before, after = found.string[max(0, found.start() - 1) : found.start()], found.string[found.end() : found.end() + 1]
    return "•" if not before.strip() and not after.strip() else ""


def clean(text: str) -> str:
    """Return what the PDF engine gave, less the lone surrogates that no text can be stored with.

    This is the only change that is ever made to page text, and it is made before the first offset is counted.
    """
    return text.encode("utf-16-le", "ignore").decode("utf-16-le", "ignore") if not text.isascii() else text


def plain(text: str) -> str:
    """Take out what could command a terminal: a title or a file name is somebody else's text."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
