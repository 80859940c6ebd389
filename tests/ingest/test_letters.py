"""Letters to the council, and invitations to its meetings."""

import re

import pytest

from ingest.invitations import INVITATION, invited_to, invites_on
from ingest.letters import Letter, greets, letter_in


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("Geachte raad,", True),
        ("Geacht college,", True),
        ("- beste leden van de raad", True),
        ("Bestemmingsplan Molenkwartier", False),
        ("De geachte afgevaardigde", False),
        ("", False),
    ],
)
def test_a_letter_opens_with_a_greeting(line: str, opens: bool) -> None:
    """This test ensures that a greeting is known at the beginning of a line, and words that begin like one are not."""
    assert greets(line) == opens


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Onderwerp: parkeren\nGeachte raad,\nWij informeren u.\nOns kenmerk 12", Letter(line=1, own=True)),
        ("Van het college\nAan de leden van de raad\nBeste mensen,", Letter(line=2, own=True)),
        ("Aan de gemeenteraad\n\nGeachte raad,\nOns kenmerk 12. Ik schrijf u over de boom.", Letter(line=2, own=False)),
        ("Geachte mevrouw Bos,\nWij informeren u.\nOns kenmerk 12", None),
        ("Aan de gemeenteraad\nDe raad wordt voorgesteld", None),
        ("", None),
    ],
)
def test_a_letter_to_the_council_is_told_from_others(text: str, letter: Letter | None) -> None:
    """This test ensures that a letter is the council's only where it says so, and the town hall's only by its signs."""
    assert letter_in(text) == letter


@pytest.mark.parametrize(
    ("line", "meeting", "before_day"),
    [
        ("Hierbij wordt u uitgenodigd voor de vergadering van de raad", "vergadering van de raad", ""),
        (
            "Hierbij wordt u uitgenodigd voor de vergadering van de raad, te houden op donderdag 3 mei 2012",
            "",
            "Hierbij wordt u uitgenodigd voor de vergadering van de raad, te houden op donderdag ",
        ),
        (
            "De voorzitter nodigt de leden uit voor de openbare vergadering op 3 mei 2012",
            "",
            "De voorzitter nodigt de leden uit voor de openbare vergadering op ",
        ),
    ],
)
def test_an_invitation_names_a_meeting_or_its_day(line: str, meeting: str, before_day: str) -> None:
    """This test ensures that an agenda that is a letter is known as one, with the meeting or the day that it names."""
    assert re.search(INVITATION, line, re.IGNORECASE)
    assert invited_to(line) == meeting
    assert not before_day or invites_on(before_day)


@pytest.mark.parametrize("line", ["De buurt is uitgenodigd voor koffie op 3 mei", "De vergadering is op 3 mei", ""])
def test_what_invites_to_no_meeting_is_no_invitation(line: str) -> None:
    """This test ensures that a report about guests is not taken for the agenda of a meeting."""
    assert not re.search(INVITATION, line, re.IGNORECASE)
    assert not invited_to(line)
    assert not invites_on(line.partition("3")[0])
