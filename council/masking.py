"""A question without the people in it: personal data replaced by a word in brackets that says what stood there.

Masking is cautious: it would rather hide a number that is nobody's than leave one that is somebody's. Still, what
questions to a council are about must survive it: amounts, days, years and case numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from council.personal_data import (
    bank_accounts,
    email_addresses,
    homes,
    passes_eleven_test,
    service_numbers,
    telephone_numbers,
)

_NINE = re.compile(
    # Threes with full stops are how Dutch writes an amount: 118.550.000 is none of ours unless a word says so.
    r"(?<![\w.,])(?:\d{9}|\d{3}(?P<a>[ \u00a0\u2009\u202f-])\d{3}(?P=a)\d{3}"
    r"|\d{4}(?P<b>[ .\u00a0\u2009\u202f-])(?:\d{2}(?P=b)\d{3}|\d{3}(?P=b)\d{2}))(?!\w|[.,-]\d)"
)
_MONEY_BEFORE = re.compile(r"(?:€|\beuro?)[ \u00a0]{0,2}\Z", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"(?:,-+)?[ \u00a0]{0,2}(?:€|euro?\b)", re.IGNORECASE)

_TITLE = re.compile(
    r"(?<!\w)(?:de[ \u00a0]heer|den[ \u00a0]heer|heer|dhr|mevr|mevrouw|meneer|mijnheer|(?-i:[Mm]w)|mej)"
    r"(?:\.[ \u00a0]?|[ \u00a0])[ \u00a0]{0,2}",
    re.IGNORECASE,
)
_LINK = r"(?:(?:van|von|de|den|der|het|ten|ter|te|in|op|aan|la|le|el|al|'t|’t|d')[ \u00a0])"
_INITIALS = r"(?:(?:[^\W\d_]{1,2}\.[ \u00a0]?){1,6})"
_WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){1,40}"
_NAME = re.compile(rf"{_INITIALS}?{_LINK}{{0,3}}(?P<last>{_WORD})|{_INITIALS}", re.IGNORECASE)
_MORE = re.compile(rf"[ \u00a0]{_LINK}{{0,3}}(?P<last>{_WORD})", re.IGNORECASE)
_MOST_WORDS = 4
_NO_NAME = frozenset(
    """burgemeester wethouder wethouders raadslid raadsleden voorzitter griffier secretaris minister staatssecretaris
    commissaris gedeputeerde en of die dat wie wat hoe waar wanneer waarom heeft had hebben is was zijn waren wordt
    werd zal zou wil wilde kan kon mag moet zegt zei gezegd zeggen vraagt vroeg stelt stelde toegezegd over voor met
    bij naar uit als dan niet geen ook nog al een u uw ik wij we zij ze hij deze dit het de van in op aan te""".split()
)
"""Words after a title that begin the rest of the sentence, when they are written small."""

_WORDS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...]


def mask(text: str) -> str:
    """Return a text with personal data replaced: ``[e-mailadres]``, ``[telefoonnummer]``, ``[rekeningnummer]``, …

    Where two kinds overlap, all of both is replaced by the word for the one that begins first. What was masked once
    stays as it is when it is masked again.
    """
    found = sorted(
        ((start, end, word) for word, detector in _WORDS for start, end in detector(text)),
        key=lambda one: (one[0], -one[1]),
    )
    parts: list[str] = []
    at = 0
    for start, end, word in found:
        if start >= at:
            parts += [text[at:start], word]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def names(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each name after a title such as *mevrouw* or *dhr.*, without the title."""
    at = 0
    while title := _TITLE.search(text, at):
        at = title.end()
        name = _NAME.match(text, at)
        if name is None or _is_no_name(name.group("last") or "A"):
            continue
        end = name.end()
        for _ in range(_MOST_WORDS):
            more = _MORE.match(text, end)
            if more is None or not more.group("last")[0].isupper():
                break
            end = more.end()
        yield at, end
        at = end


def lone_service_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each nine digits that can be a service number (BSN), whatever the words around them say.

    An amount in euros is left alone, and so are nine digits in threes with full stops, as amounts are written.
    """
    for found in _NINE.finditer(text):
        digits = [int(sign) for sign in found.group() if sign.isdecimal()]
        money = _MONEY_BEFORE.search(text, max(0, found.start() - 8), found.start()) or _MONEY_AFTER.match(
            text, found.end()
        )
        if passes_eleven_test(digits) and not money:
            yield found.span()


def _is_no_name(word: str) -> bool:
    return word.islower() and word in _NO_NAME


_WORDS = (
    ("[e-mailadres]", email_addresses),
    ("[rekeningnummer]", bank_accounts),
    ("[telefoonnummer]", telephone_numbers),
    ("[persoonlijk nummer]", service_numbers),
    ("[persoonlijk nummer]", lone_service_numbers),
    ("[adres]", homes),
    ("[naam]", names),
)
