"""Whether the text layer of a page is worth anything."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.worth import is_worthless, too_little, worth

LETTER = (
    "Geachte leden van de raad, op 12 maart 2024 heeft het college besloten om de subsidie voor het zwembad met 40.000 "
    "euro te verhogen. De bewoners van de Kastanjelaan vragen daarnaast om een zebrapad bij de basisschool, omdat daar "
    "elke ochtend ruim honderd kinderen oversteken. Wij stellen voor om hierover in april met hen te overleggen."
)
ENGLISH = (
    "The council has decided to raise the grant for the swimming pool. Residents have asked for a crossing at school, "
    "because more than a hundred children cross the road there every morning."
)
NAMES = (
    "Kastanjelaan Molenweg Burgemeester Jansenstraat Noorderholt Waterlelie Havenkade Lindeplein Schoolstraat Dorpsweg"
)
FIGURES = (
    "Onderhoud wegen 1.250 1.310 1.275\nGroenvoorziening 640 655 661\nStraatverlichting 210 215 219\nRiolering 90 91"
)
BRANCHES = "\n".join(f"a{number} b{number} c{number}" for number in range(40))


def each_letter(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return what changes every sign but white space."""
    return lambda text: "".join(sign if sign.isspace() else change(sign) for sign in text)


def shift(by: int) -> Callable[[str], str]:
    """Return what shifts the alphabet."""
    return lambda text: re.sub("[a-z]", lambda m: chr((ord(m[0]) - 97 + by) % 26 + 97), text.lower())


BAD: dict[str, Callable[[str], str]] = {
    "shifted by 1": shift(1),
    "shifted by 3": shift(3),
    "shifted by 13": shift(13),
    "codes of glyphs": each_letter(lambda sign: chr(max(1, ord(sign) - 29))),
    "named codes": each_letter(lambda sign: f"(cid:{ord(sign)})"),
    "private signs": each_letter(lambda sign: chr(0xF000 + ord(sign))),
    "control characters": each_letter(lambda sign: chr(ord(sign) % 31 + 1)),
    "not decoded": each_letter(lambda sign: "\N{REPLACEMENT CHARACTER}"),
    "of a mainframe": lambda text: text.encode("cp500").decode("latin-1"),
    "bytes two by two": lambda text: text.encode()[: len(text) // 2 * 2].decode("utf-16-be"),
    "bytes swapped": lambda text: text.encode("utf-16-le").decode("utf-16-be"),
    "every letter alone": " ".join,
}


@pytest.mark.parametrize(
    "text", [LETTER, ENGLISH, NAMES, FIGURES, BRANCHES], ids=["nl", "en", "names", "figures", "a1"]
)
def test_text_that_says_something_is_kept(text: str) -> None:
    """This test ensures that letters, lists of names and tables of figures are not read anew."""
    assert not is_worthless(text)


@pytest.mark.parametrize("name", BAD)
def test_text_that_says_nothing_is_recognised(name: str) -> None:
    """This test ensures that each way in which fonts and encodings go wrong is seen."""
    assert is_worthless(BAD[name](LETTER))


def test_a_text_with_a_few_wrong_signs_is_kept() -> None:
    """This test ensures that UTF-8 taken for Latin-1, in which most words can be found, is no reason."""
    assert not is_worthless(LETTER.replace("e", "é", 5).encode().decode("cp1252"))


def test_other_scripts_are_left_alone() -> None:
    """This test ensures that Arabic, Greek and Chinese pages for residents are not spoilt by a Dutch reader."""
    for text in (
        "المدينة تدعو السكان إلى اجتماع في المساء " * 5,
        "Η πόλη καλεί τους κατοίκους " * 5,
        "市政府邀请居民参加会议" * 9,
    ):
        assert not worth(text).nothing


def test_a_page_with_hardly_any_text_says_nothing_by_that() -> None:
    """This test ensures that a page number is too little to be a page, and too little to be called nonsense."""
    assert too_little("- 12 -")
    assert not worth("- 12 -").nothing
    assert not too_little("Bijlage 2 bij het raadsvoorstel")


def test_the_share_of_odd_signs_is_counted() -> None:
    """This test ensures that of 16 signs, four of them private, a quarter is odd, white space aside."""
    assert worth("abcd efgh ijkl" + "\uf041" * 4).odd == 4 / 16


@given(st.text())
def test_any_text_can_be_measured(text: str) -> None:
    """This test ensures that no text stops the reader, and that shares are shares."""
    measured = worth(text)
    assert 0 <= measured.odd <= 1
    assert 0 <= measured.known <= 1
    assert measured.alike is None or 0 <= measured.alike <= 1.0001
