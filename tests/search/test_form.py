"""What can be seen of a sentence without knowing the question."""

import pytest

from search.form import is_procedure


@pytest.mark.parametrize(
    "text",
    [
        "De VOORZITTER schorst de vergadering om 18.20 uur.",
        "De heer Jansen (VVD): Ik heb een punt van orde.",
        "De VOORZITTER: De punten 18 en 19 zullen gevoegd worden behandeld.",
        "Ik geef als eerste het woord aan mevrouw De Wit.",
        "Het woord is aan de wethouder.",
        "Geachte leden van de raad,",
        "Met vriendelijke groet, het college",
        "Alvast bedankt voor uw antwoord.",
        "Vragen die we hebben:",
    ],
)
def test_sentences_that_only_lead_a_meeting_or_open_or_close_a_letter_are_known(text: str) -> None:
    """This test ensures that a quote does not tell how a meeting or a letter goes on, where something is asked."""
    assert is_procedure(text)


@pytest.mark.parametrize(
    "text",
    [
        "De motie wordt aangehouden.",
        "De raad stelt de begroting vast.",
        "Het krediet is behandeld in de commissie van 12 maart.",
        "Bewoners vragen wanneer het zwembad opengaat.",
        "De wethouder zegt toe dat het college het woord duurzaam voortaan uitlegt.",
        "",
        "Ik heb een punt van orde, maar eerst dit: " + "het krediet van 12 miljoen is te laag en " * 5,
    ],
)
def test_what_tells_something_is_no_procedure(text: str) -> None:
    """This test ensures that decisions, promises and long contributions stay quotes."""
    assert not is_procedure(text)
