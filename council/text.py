"""How page text is shown: hyphens joined and white space folded, derived from a span and never stored.

PDFium puts U+FFFE (older versions U+0002) in the place of any hyphen at a line end, whether a typesetter put it there or
the word has one of its own; other sources leave the plain hyphen and the line end. Between two small letters it is taken
for the typesetter's and goes; before *en* or *of* the word was left open on purpose; elsewhere (*Noord-Holland*,
*PFAS-houdend*, *2024-2025*) the hyphen belongs to the word.
"""

from __future__ import annotations

import re
import unicodedata

_SOFT_HYPHEN = "\u00ad"
_LINE_END = re.compile(r"(?:[\ufffe\x02][ \t]*(?:\r\n|\r|\n)?|(?<=\w)-[ \t]*(?:\r\n|\r|\n))[ \t]*(?:(?=(en|of)\b)|(?=(\w))|)")
_SPACE = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u3000\ufeff]+")
_DROP = dict.fromkeys([*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F, 0xFFFD, 0xFFFE, 0xFFFF])
# Marks that turn the reading direction could make a quote look like another text.
_DROP |= dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def readable(text: str) -> str:
    """Return page text as a reader sees it: line-end hyphens joined, white space folded, control characters out.

    Args:
        text: any slice of a page's text.

    Returns:
        One line without leading or trailing space, in Unicode form NFC.
    """
    joined = _LINE_END.sub(_hyphen, text.replace(_SOFT_HYPHEN, ""))
    return unicodedata.normalize("NFC", _SPACE.sub(" ", joined.translate(_DROP))).strip()


def _hyphen(found: re.Match[str]) -> str:
    """Return what stands in a line for a hyphen that stood at its end."""
    before, after = found.string[: found.start()][-1:], found.group(2)
    conjunction = found.group(1)
    if not before.isalnum():
        return "" if found.group()[0] != "-" else found.group()
    if conjunction:
        return "- "
    if after is None:
        return found.group() if found.group()[0] == "-" else ""
    same = before.islower() and after.islower() or before.isupper() and after.isupper()
    return "" if same else "-"


def clean(text: str) -> str:
    """Return what the PDF engine gave, less the lone surrogates that no text can be stored with.

    This is the only change that is ever made to page text, and it is made before the first offset is counted.
    """
    return text.encode("utf-16-le", "ignore").decode("utf-16-le", "ignore") if not text.isascii() else text
