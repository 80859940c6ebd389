"""Where Dutch council sentences begin and end."""

import pytest
import sentencex
from hypothesis import example, given

from council import split_sentences
from tests.fakes import odd_text

# Each line holds text as it stands in council papers, with | where a sentence must end.
TABLE = """
Volgens art. 5 van de Gemeentewet is dat zo.|De raad stemt in.
Dhr. Jansen sprak als eerste.|Mw. De Vries volgde.
De heer H. Jansen en mevrouw Th. Bos spraken.|Zo is het.
Zie bijlage A. Overzicht van kosten.
De heer J.P. de Boer (VVD) vroeg het woord.|Mevrouw A. Smit antwoordde.
Zie nr. 7 van de lijst.|Daarna volgt nr. 8.
Op 12 maart jl. is besloten.|Het college voert dit uit.
Uw brief d.d. 12 maart 2024 is ontvangen.|Wij danken u.
De wethouder c.q. De burgemeester tekent.|Zo is besloten.
Het gaat o.a. Om de Dorpsstraat.|Ook de Kerkweg hoort erbij.
De kosten zijn € 1.250.000,50 in 2024.|De dekking is geregeld.
Het krediet is € 1,2 mln.|De raad stemt in.
De rente is 2,5% per jaar.|Dat is laag.
Dit is de 3e wijziging.|De 4e volgt in mei.
Op 12-03-2024 besloot de raad.|Op 13.04.2024 volgde het college.
Op 1 jan. 2024 gaat de verordening in.|Op 31 dec. 2025 vervalt zij.
1. De raad stelt de begroting vast.|2. Het college voert haar uit.
a. Het krediet wordt gevoteerd.|Het college wordt gemachtigd.
De raad besluit: 1. het krediet te voteren; 2. het college te machtigen.|De voorzitter sluit af.
Wat kost het plan?|Dat is nog niet bekend!|Wij zoeken het uit.
Zie blz. 12 en bijl. 3 voor de cijfers.|De tabel staat op pag. 14.
Dit geldt i.v.m. De Omgevingswet.|Het geldt m.i.v. 1 juli.
Ing. Bakker en drs. Kok lichten toe.|Mr. dr. A.B. Smit vult aan.
De subsidie is ca. 300 euro en max. 500 euro.|Meer is er niet.
Het voorstel is aangenomen met 21 stemmen voor.|Tegen stemden 8 leden.
Er zijn bijv. Woningen voor ouderen.|Er zijn er 40.
De St. Jansstraat en de Burg. Bosstraat gaan dicht.|De buurt is ingelicht.
Ter inzage t.a.v. Mevrouw Bos.|Tot 1 mei.
"""


@pytest.mark.parametrize("line", TABLE.strip().split("\n"))
def test_council_abbreviations_amounts_and_numbers_do_not_end_a_sentence(line: str) -> None:
    """This test ensures that a quote is never half a sentence because of an abbreviation, amount or date."""
    expected = line.split("|")
    text = " ".join(expected)
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@pytest.mark.parametrize("line", TABLE.strip().split("\n"))
def test_line_ends_within_a_paragraph_change_nothing(line: str) -> None:
    """This test ensures that sentences are the same wherever the typesetter broke the lines."""
    expected = line.split("|")
    text = " ".join(expected)
    broken = text.replace(" ", "\n")
    assert [broken[start:end].replace("\n", " ") for start, end in split_sentences(broken)] == expected


@given(odd_text(200))
@example("A\xa0.")
@example("B\u2028. Volgende.")
def test_sentences_cover_every_visible_character_once_and_in_order(text: str) -> None:
    """This test ensures that no word of a page falls between two sentences or stands in both, whatever the text."""
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


def test_a_hard_space_before_a_full_stop_breaks_nothing() -> None:
    """This test ensures that the splitter, which panics on it, is not given it and still finds the other borders."""
    text = "De raad stemt in. Zie bijlage B\xa0. dat is al."
    assert [text[start:end] for start, end in split_sentences(text)] == [text[:17], text[18:]]


def test_a_breakdown_of_the_splitter_keeps_the_paragraph_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a panic inside the splitter costs one long quote and not the night's run."""
    panic = type("PanicException", (BaseException,), {})

    def broken(language: str, text: str) -> list[str]:
        raise panic("byte index is not a char boundary")

    monkeypatch.setattr(sentencex, "segment", broken)
    assert split_sentences(" Een zin. Nog een zin. ") == ((1, 22),)


def test_only_a_breakdown_of_the_splitter_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that who stops a run with Ctrl-C stops it."""

    def stopped(language: str, text: str) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(sentencex, "segment", stopped)
    with pytest.raises(KeyboardInterrupt):
        split_sentences("Een zin.")
