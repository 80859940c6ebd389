"""Page text as a reader sees it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import clean, readable
from tests.fakes import odd_text


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("ge\ufffemeen\ufffete", "gemeente"),
        ("gemeen\x02\r\nte", "gemeente"),
        ("gemeen\u00adte", "gemeente"),
        ("gemeen-\r\nte", "gemeente"),
        ("gemeen- \n te", "gemeente"),
        ("BESTEMMINGS\ufffePLAN", "BESTEMMINGSPLAN"),
        ("Noord\ufffeHolland", "Noord-Holland"),
        ("Noord-\r\nHolland", "Noord-Holland"),
        ("PFAS\ufffehoudende grond", "PFAS-houdende grond"),
        ("COVID\ufffe19", "COVID-19"),
        ("CO2-\r\nuitstoot", "CO2-uitstoot"),
        ("water\ufffeen rioolrecht", "water- en rioolrecht"),
        ("zee-\r\nof landweg", "zee- of landweg"),
        ("wonin-\r\ngen en ofwel-\r\nlicht", "woningen en ofwellicht"),
        ("een streepje -\r\nen dan", "een streepje - en dan"),
        ("€ 10,-\r\nper keer", "€ 10,- per keer"),
        ("Noord-Holland", "Noord-Holland"),
        ("\ufffelos", "los"),
        ("los\ufffe", "los"),
        ("  twee \t regels\r\nachter\xa0\u2003elkaar\u200b ", "twee regels achter elkaar"),
        ("cafe\u0301", "café"),
        ("ver\u202ekeerd\u202c", "verkeerd"),
        ("nul\x00teken", "nulteken"),
        ("\uf0b7 een punt", "• een punt"),
        ("\uf0b7\tnog een", "• nog een"),
        ("twee\uf0b7\uf0a7woorden", "tweewoorden"),
        ("\ufeff", ""),
        ("", ""),
    ],
)
def test_hyphens_at_line_ends_and_odd_characters_are_shown_as_print_shows_them(kept: str, shown: str) -> None:
    """This test ensures that a hyphen of the typesetter goes, one of the word stays, and nothing invisible is shown."""
    assert readable(kept) == shown


@given(odd_text())
def test_readable_text_is_one_line_of_visible_characters(text: str) -> None:
    """This test ensures that no control character, double space or turn of direction ever reaches a reader."""
    shown = readable(text)
    assert shown == shown.strip()
    assert "  " not in shown
    assert not any(c.isspace() and c != " " for c in shown)
    assert not any(unicodedata.category(c) == "Cc" or c in "\ufffe\ufffd\u202e\u00ad" for c in shown)
    assert unicodedata.is_normalized("NFC", shown)


@given(odd_text())
def test_making_text_readable_twice_changes_nothing(text: str) -> None:
    """This test ensures that what is compared with a quote is the same whether it was made readable once or twice."""
    assert readable(readable(text)) == readable(text)


@given(odd_text())
def test_a_text_is_shown_alike_beside_odd_characters_and_without(text: str) -> None:
    """This test ensures that the short ways for plain texts show what the whole way shows, which odd signs ask for."""
    assert readable(f"é\x00 \ufffe– {text}") == f"é – {readable(text)}".rstrip()


@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyzë", min_size=1, max_size=12), min_size=1, max_size=30))
def test_words_survive_any_line_break_between_them(words: list[str]) -> None:
    """This test ensures that plain words come out whole, in order, with one space between them."""
    assert readable(" \r\n".join(words)) == " ".join(words)


@given(odd_text())
def test_cleaning_changes_no_text_that_can_be_stored(text: str) -> None:
    """This test ensures that page text without half characters is kept to the letter, so that offsets hold."""
    assert clean(text) == text


@given(st.text(alphabet="ab\ud800\udfff\udc00é😀"))
def test_cleaned_text_can_always_be_written(text: str) -> None:
    """This test ensures that a PDF with half a character in it cannot stop a run."""
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert cleaned == "".join(c for c in text if not "\ud800" <= c <= "\udfff")
