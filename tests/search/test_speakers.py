"""Labels above contributions, and the bodies that motions come from, become names and parties."""

import pytest
from hypothesis import given

from council import Kind
from search.speakers import Speaker, parties_of, party_name, speaker_of
from tests.fakes import a_document, odd_text


@pytest.mark.parametrize(
    ("label", "name", "party"),
    [
        ("De heer Jansen (VVD)", "Jansen", "VVD"),
        ("Mevrouw De Boer-Smink (SA)", "De Boer-Smink", "SA"),
        ("Mevr. Van 't Hof (Groen Dalmeren)", "Van 't Hof", "GD"),
        ("Wethouder El Idrissi", "El Idrissi", ""),
        ("De burgemeester Van Dam", "Van Dam", ""),
        ("De voorzitter", "", ""),
        ("Voorzitter", "", ""),
        ("Wethouder", "", ""),
        ("Inspreker (huisarts te Elzerveen)", "", ""),
        ("Inspreker De Wit (huisarts)", "De Wit", ""),
        ("Commissielid Van Loon (D66)", "Van Loon", "D66"),
        ("Fractievoorzitter Bos (50PLUS)", "Bos", "50PLUS"),
        ("Mevrouw de wethouder El Idrissi", "El Idrissi", ""),
        ("Jansen (VVD)", "Jansen", "VVD"),
        ("H. Bos (burgemeester)", "H. Bos", ""),
        ("Voorzitter (CDA)", "", ""),
        ("Griffier", "", ""),
        ("De heer", "", ""),
        ("De heer 1234", "", ""),
        ("", "", ""),
    ],
)
def test_a_label_says_who_and_for_whom(label: str, name: str, party: str) -> None:
    """This test ensures that offices and what stands between their brackets are no persons and no parties."""
    assert speaker_of(label) == Speaker(label=label, name=name, party=party)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("VVD", "VVD"), ("Partij van de Arbeid", "PvdA"), ("Forum voor Democratie", "FvD"), ("Sociaal Appèl", "SA"),
     ("fractie D66", "D66"), ("ChristenUnie", "ChristenUnie"), ("", ""), ("- -", "")],
)  # fmt: skip
def test_a_party_of_several_words_goes_by_its_initials(typed: str, name: str) -> None:
    """This test ensures that the name in a motion and the letters behind a speaker meet."""
    assert party_name(typed) == name


def test_a_motion_is_of_the_parties_that_handed_it_in() -> None:
    """This test ensures that a speaker goes before the body, and that the council itself is no party."""
    motion = a_document(kind=Kind.MOTIE, body="Groen Dalmeren, Sociaal Appèl, VVD en Christelijk Verbond")
    assert parties_of(motion, "") == ("GD", "SA", "VVD", "CV")
    assert parties_of(motion, "De heer Vos (D66)") == ("D66",)
    assert parties_of(motion, "De voorzitter") == ()
    assert parties_of(a_document(kind=Kind.MOTIE, body="gemeenteraad"), "") == ()
    assert parties_of(a_document(kind=Kind.NOTULEN, body="VVD"), "") == ()
    assert parties_of(a_document(kind=Kind.MOTIE, body=""), "") == ()


@given(odd_text(), odd_text())
def test_no_label_and_no_body_is_too_odd(label: str, body: str) -> None:
    """This test ensures that hostile names give few, short parties without a NUL, and no error."""
    parties = parties_of(a_document(kind=Kind.AMENDEMENT, body=body), label)
    assert len(parties) <= 12
    assert all(len(party) <= 60 and "\0" not in party for party in parties)
    assert speaker_of(label).label == label
