"""Personal data in text: where citizen service numbers, e-mail addresses, telephone and bank numbers and homes stand.

Each detector yields (start, end) and changes nothing, and each takes time in proportion to the text. The one for
service numbers (BSN) holds papers back, so it wants proof. One number in eleven passes the eleven-test by chance, and
company, tax and bank numbers pass it by design: the test alone says nothing, and a word beside the number decides.
Where a form names two kinds of number, the worse is assumed. :mod:`council.masking` is less exacting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_GAP = r"[ .\u00a0\u2009\u202f-]"
_NUMBER = re.compile(
    # Nine digits, in one piece or grouped as forms do; eight where the leading nought was left out.
    rf"(?<![\w.,/-])(?:\d{{8,9}}|\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}|\d{{4}}{_GAP}\d{{2}}{_GAP}\d{{3}}"
    rf"|\d{{4}}{_GAP}\d{{3}}{_GAP}\d{{2}}|\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{3}})(?![\w/-]|[.,]\d)"
)
_SPLIT = r"[\s\ufffe\x02-]{0,3}"
"""Where a word may be written apart, or end a line: PDFium puts U+FFFE or U+0002 for the hyphen there."""
_SAYS_SO = re.compile(
    rf"\b(?:bsn\b|bsn-|b\.s\.n\b|burger{_SPLIT}service{_SPLIT}(?:nummer|nr)|sofi[\s-]?(?:nummer|nr)|persoonsnummer)",
    re.IGNORECASE,
)
_SAYS_OTHER = re.compile(
    r"\b(?:kvk|k\.v\.k\b|kamer van koophandel|rsin|btw|b\.t\.w\b|ob[\s-]?nummer|iban|bankrekening|rekening(?:nummer|nr)"
    r"|(?:besluit|debiteur|factuur|giro|klant|meter|order|polis|registratie|volg)nummer|fiscaal ?nummer"
    r"|loonheffingen?nummer|vestigingsnummer|zaaknummer|kenmerk|dossiernummer|telefoon|tel\.)",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 80, 30
_CLOSE = 20
"""Characters before a number within which eight digits must be named."""
_TOGETHER = re.compile(r"\s*(?:/|-|,|\(|\bof\b|\ben\b)\s*", re.IGNORECASE)
"""What stands between two names of one field, as in "BSN/RSIN"."""

_EMAIL = re.compile(
    # The bounds are those of RFC 5321 (64 before the sign, 63 a label); they also bound the time.
    r"(?<![\w.+%-])[\w+%](?:[\w.+%'-]{0,62}[\w+%-])?@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@])"
)
_BETWEEN = r"[ .\u00a0\u2009\u202f-]"
_PAUSE = r"[ \u00a0]?[-/. \u00a0]?[ \u00a0]?"


def _shaped(*shapes: str) -> str:
    """Return a pattern for digits in groups: "3 4" is three and four digits, with the same sign between all groups."""
    return "|".join(_groups(shape.split(), name) for shape in shapes for name in [f"s{shape.replace(' ', '')}"])


def _groups(sizes: list[str], name: str) -> str:
    first, *others = (rf"\d{{{size}}}" for size in sizes)
    if not others:
        return first
    second, *rest = others
    return first + rf"(?P<{name}>{_BETWEEN})" + second + "".join(rf"(?P={name}){group}" for group in rest)


_TELEPHONE = re.compile(
    # Only groups as people write them: a day and what follows it ("01-02-2024 12 moties") has as many digits.
    rf"(?<![\w.,+-])(?:"
    rf"(?:\+|00)31{_PAUSE}(?:\(0\))?[ \u00a0]?[1-9](?:{_BETWEEN}?\d){{8}}"
    rf"|(?:\(06\)|06){_PAUSE}(?:{_shaped('8', '4 4', '2 2 2 2', '3 3 2', '2 3 3', '3 2 3')})"
    rf"|(?:\(0[1-9]\d\)|0[1-9]\d){_PAUSE}(?:{_shaped('7', '3 4', '3 2 2', '2 2 3', '4 3')})"
    rf"|(?:\(0[1-9]\d\d\)|0[1-9]\d\d){_PAUSE}(?:{_shaped('6', '3 3', '2 2 2')})"
    rf")(?!\w|[.,-]\d)"
)
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}[ .\u00a0-]?[0-9]{2}(?:[ .\u00a0-]?[A-Z0-9]){11,30}", re.IGNORECASE | re.ASCII)
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27, "GB": 22,
    "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26,
}  # fmt: skip
"""Characters of an account number per country (ISO 13616, the registry of SWIFT)."""

_POSTCODE = r"(?<!\d)[1-9]\d{3}(?:[ \u00a0]?(?!SA|SD|SS)[A-Z]{2}|(?!sa|sd|ss)[a-z]{2})(?!\w)"
_HOUSE = r"\d{1,5}(?:[ -]?[A-Za-z](?!\w))?(?:[ -](?:bis|hs|[IVX]{1,4}|\d{1,3})(?!\w))?"
_HOME = re.compile(
    rf"{_POSTCODE}(?:,|;)?[ \u00a0]{{0,3}}(?:(?:te|huisnummer|huisnr\.?|nummer|nr\.?)[ \u00a0]{{1,3}})?{_HOUSE}"
    rf"(?![\d.,-]\d|\d)|(?<![\w.,/-]){_HOUSE}(?:[ \u00a0]{{0,3}},[ \u00a0\n]{{0,3}}|[ \u00a0\r\n]{{1,3}}){_POSTCODE}"
)
_NO_POSTCODE = re.compile(
    r"(?:19|20)\d\d[ \u00a0](?:AF|AL|DE|EN|ER|IN|IS|NU|OF|OM|OP|TE|UW|VS|WE|ZE)\b"
    r"|\d{4}[ \u00a0]?(?:cm|dl|gb|ha|jr|kg|kl|km|kv|kw|mb|mg|ml|mm|mw|tb)\b"
    r"|\d{4}[ \u00a0]?(?:GB|GW|HA|KG|KM|KV|KW|MW)\b"
)
"""A year and a word in a headline, as in "BEGROTING 2024 EN 2025", or an amount of something."""


def service_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where citizen service numbers stand.

    A number counts when it passes the eleven-test and a word just before or after it says what it is; of several such
    words before it, the nearest decides.

    Args:
        text: the text of one page.

    Yields:
        (start, end) of each number.
    """
    for found in _NUMBER.finditer(text):
        digits = [int(c) for c in found.group() if c.isdecimal()]
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if passes_eleven_test([0] * (9 - len(digits)) + digits) and _named(
            before, text[found.end() : found.end() + _AFTER], whole=len(digits) == 9
        ):
            yield found.start(), found.end()


def _named(before: str, after: str, *, whole: bool) -> bool:
    """Say whether the words around a number call it a citizen service number."""
    so = max(_SAYS_SO.finditer(before), key=lambda m: m.end(), default=None)
    other = max(_SAYS_OTHER.finditer(before), key=lambda m: m.end(), default=None)
    if so is None:
        return whole and other is None and _SAYS_SO.search(after) is not None
    if other is not None and other.start() > so.end() and not _TOGETHER.fullmatch(before[so.end() : other.start()]):
        return False
    return whole or so.end() + _CLOSE > len(before)


def passes_eleven_test(digits: list[int]) -> bool:
    """Say whether nine digits can be a BSN: weights 9 to 2 and -1 give a multiple of eleven (Logisch Ontwerp BSN)."""
    if len(digits) != 9 or not any(digits):
        return False
    return sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0


def email_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each e-mail address in a text."""
    for found in _EMAIL.finditer(text):
        yield found.span()


def telephone_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each Dutch telephone number of ten digits, or of nine after +31 or 0031.

    The short numbers of organisations (112, 14 0343, 0800-1234) are nobody's in particular and are left alone.
    """
    for found in _TELEPHONE.finditer(text):
        yield found.span()


def bank_accounts(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each international bank account number (IBAN) whose check digits are right."""
    at = 0
    while found := _IBAN.search(text, at):
        places = [place for place in range(*found.span()) if text[place].isalnum()]
        length = _IBAN_LENGTHS.get(text[found.start() : found.start() + 2].upper(), len(places) + 1)
        at = found.start() + 2
        if length <= len(places):
            end = places[length - 1] + 1
            number = text[found.start() : end]
            if not text[end : end + 1].isalnum() and passes_iban_test(number) and sum(map(str.isdigit, number)) > 9:
                yield found.start(), end
                at = end


def homes(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each Dutch postcode that has a house number beside it, with that number."""
    for found in _HOME.finditer(text):
        if not _NO_POSTCODE.search(found.group()):
            yield found.span()


def passes_iban_test(number: str) -> bool:
    """Say whether check digits are right: the first four signs to the end, A for 10, 1 over modulo 97 (ISO 7064)."""
    signs = "".join(sign for sign in number.upper() if sign.isascii() and sign.isalnum())
    return len(signs) > 4 and int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
