"""Who begins to speak: the forms that Dutch minutes use, and what only looks like one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.turns import Manner, parties_in, turn_of
from tests.fakes import odd_text


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("De heer JANSEN (VVD): Dank u wel.", "De heer JANSEN (VVD)"),
        ("De heer Van der Meer: Voorzitter.", "De heer Van der Meer"),
        ("Dhr. Jansen (Partij voor de Dieren): Ja.", "Dhr. Jansen (Partij voor de Dieren)"),
        ("Mw. Jansen (GroenLinks-PvdA): Een vraag.", "Mw. Jansen (GroenLinks-PvdA)"),
        ("**Mevrouw Bos (D66):** Een vraag.", "Mevrouw Bos (D66)"),
        ("Mevrouw ’t Hoen-De Wit (50PLUS):", "Mevrouw ’t Hoen-De Wit (50PLUS)"),
        ("Wethouder De Vries: Dat zeg ik toe.", "Wethouder De Vries"),
        ("De VOORZITTER: Wie wil het woord?", "De VOORZITTER"),
        ("VOORZITTER: Ik open de vergadering.", "VOORZITTER"),
        ("Voorzitter: Dank u wel.", "Voorzitter"),
        ("Inspreker mevrouw De Wit: Ik woon aan de dijk.", "Inspreker mevrouw De Wit"),
        ("Spreker: De heer X. Bos (SP): Ik ben tegen.", "De heer X. Bos (SP)"),
        ("Jansen (CDA): Wij stemmen voor dit voorstel.", "Jansen (CDA)"),
        ("De heer FLOS (stemverklaring): Wij stemmen tegen.", "De heer FLOS"),
        ("H. Bos (burgemeester): Ik open de vergadering.", "H. Bos"),
        ("De griffier: Met 21 stemmen voor is het voorstel aangenomen.", "De griffier"),
    ],
)
def test_a_label_says_who_speaks(line: str, label: str) -> None:
    """This test ensures that every form of label is read, and that a party is kept and another bracket is not."""
    found = turn_of(line)
    assert found is not None
    assert (found.manner, found.label, found.aside) == (Manner.SPEAKS, label, False)


@pytest.mark.parametrize(
    "line",
    [
        "De heer Jansen heeft gelijk: dit kan zo niet.",
        "De heer Hoek zegt: ik wil het niet.",
        "heer Geurts: dat is zo.",
        "De boodschap was duidelijk: het mag niet.",
        "Voorzitter: burgemeester A. de Vries",
        "Voorzitter: Anna de Vries",
        "Griffier: mr. M. Pieters",
        "Insprekers: mevrouw Bos, de heer Smit",
        "Dorpsbelang (DB): Henk Bos, Gea de Wit, Arjan Smit",
        "Aanwezig (29): Henk Bos en Gea de Wit zijn er",
        "De raad besluit unaniem: het voorstel aan te nemen.",
        "Het woord is aan de heer Jansen",
        "H. Bos (bijlage): Wij lezen dat later.",
        "Mevrouw Bos (D66)",
        "",
    ],
)
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    """This test ensures that words are not put into the mouth of somebody who is only named."""
    assert turn_of(line) is None


@pytest.mark.parametrize(
    ("line", "manner", "label"),
    [
        ("De VOORZITTER geeft het woord aan de heer Ivens.", Manner.GIVES, ""),
        ("De voorzitter schorst de vergadering.", Manner.NOTE, ""),
        ("Aan de orde is de motie-Bos inzake het zwembad.", Manner.NOTE, ""),
        ("De motie-Bos (nr. 12) wordt bij zitten en opstaan", Manner.NOTE, ""),
        ("Het amendement wordt met algemene stemmen aangenomen.", Manner.NOTE, ""),
        ("De discussie wordt gesloten.", Manner.NOTE, ""),
        ("De VOORZITTER deelt mee dat de volgende motie is ingekomen:", Manner.NOTE, ""),
        ("Mw. Jansen (GroenLinks-PvdA) zegt dat zij tegen is.", Manner.REPORTED, "Mw. Jansen (GroenLinks-PvdA)"),
        ("De heer Bos (SP) betreurt het besluit.", Manner.REPORTED, "De heer Bos (SP)"),
        ("Wethouder De Vries zegt toe dat hij een brief stuurt.", Manner.REPORTED, "Wethouder De Vries"),
    ],
)
def test_a_sentence_that_reports_is_no_label(line: str, manner: Manner, label: str) -> None:
    """This test ensures that what the clerk tells of the chair is nobody's words, and a report is of whom it names."""
    found = turn_of(line)
    assert found is not None
    assert (found.manner, found.label) == (manner, label)


def test_an_interruption_is_known_by_its_bracket() -> None:
    """This test ensures that after a remark between brackets the speaker before can go on."""
    found = turn_of("(De heer TOONK: Dat is niet waar.)")
    assert found is not None
    assert (found.label, found.aside) == ("De heer TOONK", True)


def test_a_party_that_is_named_twice_differently_is_not_guessed() -> None:
    """This test ensures that the list of who is present gives parties, and that two members of one name get none."""
    texts = [
        "Aanwezig: de leden mevrouw Akel (PvdA), de heer Bos (VVD), de heer Van ’t Wout",
        "(VVD), mevrouw Bos (SP)",
    ]
    assert parties_in(["Aanwezig: de heer Van ’t Wout (VVD)."]) == {"van 't wout": "VVD"}
    assert parties_in(texts) == {"akel": "PvdA"}


@given(odd_text(120) | st.text(max_size=120))
def test_no_line_is_too_odd(line: str) -> None:
    """This test ensures that a hostile line gives a short label or none, and no error."""
    found = turn_of(line)
    assert found is None or len(found.label) <= 160
