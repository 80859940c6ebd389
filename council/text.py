"""How page text is shown: hyphens joined and white space folded, derived from a span and never stored.

PDFium marks a hyphen at a line end with U+FFFE or U+0002; older files hold a soft hyphen (U+00AD) or a plain one.
A plain hyphen before a line end is joined only between lower-case letters, so "Noord-" / "Holland" keeps it.
"""

from __future__ import annotations

import re
import unicodedata

_SOFT = "\ufffe\x02\u00ad"
_JOIN = re.compile(rf"[{_SOFT}][ \t]*(?:\r\n|\r|\n)?[ \t]*|(?<=[a-zà-ÿ])-[ \t]*(?:\r\n|\r|\n)[ \t]*(?=(?!en\b|of\b)[a-zà-ÿ])")
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
    joined = _JOIN.sub("", text)
    return unicodedata.normalize("NFC", _SPACE.sub(" ", joined.translate(_DROP))).strip()


def clean(text: str) -> str:
    """Return what the PDF engine gave, less the lone surrogates that no text can be stored with.

    This is the only change that is ever made to page text, and it is made before the first offset is counted.
    """
    return text.encode("utf-16-le", "ignore").decode("utf-16-le", "ignore") if not text.isascii() else text
