"""Whether the text layer of a page is worth anything, or had better be read from the image of the page.

A PDF may show what is read well and hold text that says nothing: codes of glyphs, letters that are shifted, bytes in
the wrong encoding. Nobody finds a word of it. Four things are measured, none of which needs a dictionary:

* ``odd``: the share of signs that no text has (control characters, private and unassigned code points, the mark of
  what could not be decoded, ``(cid:12)``, ``/g12``);
* ``known``: the share of words that are among the commonest of Dutch and English; running text has a third of them;
* ``alike``: how much its letters are spread as those of Dutch or English, as the cosine of both counts; lists of names
  and tables keep to it, and a shift of the alphabet does not;
* ``loose``: the share of words of one letter; a text in which every letter stands alone is found by nobody.

The letters of other scripts are left alone, unless they turn out to be Dutch bytes taken two by two.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

_LEAST_SIGNS = 12
"""Signs below which nothing can be said of a text."""
_LEAST_LETTERS = 60
"""Letters below which their spread says nothing."""
_ODD = 0.2
_LANGUAGE = 0.8
"""Below this sum of ``known`` and ``alike`` a text is no language. Of a thousand council pages the lowest has 0.93."""
_LOOSE = 0.6
_LOOSE_KNOWN = 0.06
_LOOSE_ALIKE = 0.9
"""Letters that stand alone are a spaced-out text only if they are spread as in one; crosses in a table are not."""
_LATIN = 0.5
"""Share of letters that must be Latin: other scripts are not judged by how their letters are spread."""

_FEWEST = 12
"""A page with fewer letters and digits than this says nothing."""

_CODES = re.compile(r"\(cid:\d+\)|/g\d+\b|/uni[0-9A-F]{4}")
_WORD = re.compile(r"[^\W\d_]+")

_COMMON = frozenset(
    """
    de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar of door over bij uit naar tot wordt
    worden heeft deze dit die wij we u uw hun nog wel geen zal kan moet meer al wat onder tegen tussen na per ons onze
    the of and to in is that for it with as was on are by be at from this have or an not which you we has will their
    """.split()
)


def _table(text: str) -> dict[str, float]:
    return {one[0]: float(one[1:]) for one in text.split()}


# Letters in a hundred of running text, rounded.
_DUTCH = _table(
    "e18.9 n10 a7.5 t6.8 i6.5 r6.4 o6.1 d5.9 s3.7 l3.6 g3.4 v2.9 h2.4 k2.3 m2.2 u2 b1.6 p1.6 w1.5 j1.5 z1.4 c1.2 f0.8"
)
_ENGLISH = _table(
    "e12.7 t9.1 a8.2 o7.5 i7.0 n6.7 s6.3 h6.1 r6.0 d4.3 l4.0 c2.8 u2.8 m2.4 w2.4 f2.2 g2.0 y2.0 p1.9 b1.5 v1.0 k0.8"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Worth:
    """What was measured of a text; each a share, 0 to 1, and None where there was too little to measure."""

    odd: float
    known: float = 0.0
    alike: float | None = None
    """Of the different words, so that one word a hundred times is not taken for a strange language."""
    loose: float = 0.0
    letters_alike: float | None = None
    """The same of all words."""
    misread: bool = False
    """Whether the signs are those of a text whose bytes were taken two by two."""

    @property
    def nothing(self) -> bool:
        """Whether the text is worth nothing. Too little to measure is no reason to think so."""
        if self.odd > _ODD or self.misread:
            return True
        if self.alike is not None and self.known + self.alike < _LANGUAGE:
            return True
        spread = self.letters_alike is not None and self.letters_alike > _LOOSE_ALIKE
        return spread and self.loose > _LOOSE and self.known < _LOOSE_KNOWN


def is_worthless(text: str) -> bool:
    """Say whether a page must be read from its image, if there is anything to see on it."""
    return too_little(text) or worth(text).nothing


def too_little(text: str) -> bool:
    """Say whether a text is hardly there."""
    return sum(1 for _ in islice(filter(str.isalnum, text), _FEWEST)) < _FEWEST


def worth(text: str) -> Worth:
    """Measure the text of a page."""
    bare, codes = _CODES.subn("", text)
    # Each different sign is looked at once: this runs over every page.
    signs = {sign: count for sign, count in Counter(bare).items() if not sign.isspace()}
    every = sum(signs.values()) + codes
    if every < _LEAST_SIGNS:
        return Worth(odd=0.0)
    odd = (sum(count for sign, count in signs.items() if _is_odd(sign)) + codes) / every
    words = _words(bare)
    letters = _letters(words)
    if _latin(letters) < _LATIN * letters.total():
        return Worth(odd=odd, misread=_is_misread(bare))
    return Worth(
        odd=odd,
        known=sum(word in _COMMON for word in words) / max(1, len(words)),
        alike=_alike(_letters(set(words))),
        loose=sum(len(word) == 1 for word in words) / max(1, len(words)),
        letters_alike=_alike(letters),
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _letters(words: Iterable[str]) -> Counter[str]:
    """Count letters, without their accents."""
    found: Counter[str] = Counter()
    for sign, count in Counter("".join(words)).items():
        found.update({part: count for part in unicodedata.normalize("NFD", sign) if part.isalpha()})
    return found


def _latin(letters: Mapping[str, int]) -> int:
    return sum(count for letter, count in letters.items() if "a" <= letter <= "z")


def _alike(letters: Counter[str]) -> float | None:
    """Return how much letters are spread as in Dutch or English, whichever is more; None where there are too few."""
    if _latin(letters) < _LEAST_LETTERS:
        return None
    return max(_cosine(letters, _DUTCH), _cosine(letters, _ENGLISH))


def _is_misread(text: str) -> bool:
    """Say whether the bytes of a text in another script are those of Dutch or English: then it was read in UTF-16."""
    for order in ("utf-16-be", "utf-16-le"):
        words = _words(text.encode(order, "ignore").decode("latin-1").replace("\0", ""))
        alike = _alike(_letters(words))
        if alike is not None and alike > _LOOSE_ALIKE:
            return True
    return False


def _is_odd(sign: str) -> bool:
    return sign == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(sign) in ("Cc", "Co", "Cn", "Cs")


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = sum(share * other.get(letter, 0.0) for letter, share in one.items())
    return product / (math.hypot(*one.values()) * math.hypot(*other.values()))
