"""Both languages say everything."""

import dataclasses
import datetime as dt
import re
import string

import pytest

from council import Kind, Leg
from web.rendering import TEMPLATES
from web.texts import Texts, texts_in
from web.texts_en import ENGLISH
from web.texts_nl import DUTCH

SENTENCES = [field.name for field in dataclasses.fields(Texts) if field.type == "str"]
ALIKE = {"quote_open", "quote_close", "thousands", "code", "answer_answered", "filter_count_one"}


def test_there_are_two_languages_and_dutch_is_the_default() -> None:
    """This test ensures that a language that is not there gives Dutch."""
    assert texts_in("en") is ENGLISH
    assert texts_in("nl") is texts_in("") is texts_in("fr") is DUTCH


@pytest.mark.parametrize("name", SENTENCES)
def test_every_text_is_there_in_both_languages_with_the_same_gaps(name: str) -> None:
    """This test ensures that no text is empty, untranslated, or lacks a part that its twin has."""
    dutch, english = getattr(DUTCH, name), getattr(ENGLISH, name)
    assert dutch.strip()
    assert english.strip()
    assert name in ALIKE or dutch != english
    gaps = [{gap for _, gap, _, _ in string.Formatter().parse(text) if gap} for text in (dutch, english)]
    assert gaps[0] == gaps[1]


@pytest.mark.parametrize("texts", [DUTCH, ENGLISH])
def test_every_kind_and_leg_has_a_name(texts: Texts) -> None:
    """This test ensures that a new kind of paper cannot be forgotten."""
    assert set(texts.kinds) == set(Kind)
    assert set(texts.legs) == set(Leg)
    assert len(set(texts.kinds.values())) == len(Kind)
    assert len(texts.months) == 12


def test_every_text_is_used() -> None:
    """This test ensures that no text stays behind when the page that showed it goes."""
    sources = [*TEMPLATES.iterdir(), *TEMPLATES.parent.glob("*.py")]
    used = "\n".join(file.read_text(encoding="utf-8") for file in sources if not file.name.startswith("texts_"))
    unused = [name for name in SENTENCES if not re.search(rf"\b(?:t|texts|self)\.{name}\b", used)]
    assert unused == []


def test_dates_numbers_and_pages_in_words() -> None:
    """This test ensures that figures are written as readers of each language write them."""
    day = dt.date(2024, 3, 4)
    assert (DUTCH.day(day), ENGLISH.day(day)) == ("4 maart 2024", "4 March 2024")
    assert (DUTCH.number(12345), ENGLISH.number(12345)) == ("12.345", "12,345")
    assert DUTCH.pages_named([3]) == "pagina 3"
    assert DUTCH.pages_named([3, 4]) == "pagina 3 tot en met 4"
    assert DUTCH.lines_named(7, 7) == "regel 7"
    assert DUTCH.not_found(89, day) == "Niet gevonden in 89 documenten tot en met 4 maart 2024"
    assert DUTCH.not_found(1, day) == "Niet gevonden in dit ene document"
    assert DUTCH.day(None) == "zonder datum"
