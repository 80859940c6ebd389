"""What can be seen of a sentence without knowing the question."""

import pytest

from search.form import has_resolved, is_procedure, only_names, resolves


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
        "Ondertekening en naam:",
        "Wethouder De Vries: Voorzitter, dank u wel.",
        "Hartelijk dank.",
        "Aan de orde is de motie over het zwembad.",
        "3.2 Afval Fout! Bladwijzer niet gedefinieerd.",
        "Mevrouw JANSEN: Ook ik zal het kort houden.",
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
        "Met dank aan de vrijwilligers is het bad gered.",
        "Wij willen de lijnen kort houden.",
        "De wethouder zegt toe dat het college het woord duurzaam voortaan uitlegt.",
        "",
        "Ik heb een punt van orde, maar eerst dit: " + "het krediet van 12 miljoen is te laag en " * 5,
    ],
)
def test_what_tells_something_is_no_procedure(text: str) -> None:
    """This test ensures that decisions, promises and long contributions stay quotes."""
    assert not is_procedure(text)


@pytest.mark.parametrize(
    "text",
    [
        "verzoekt het college:",
        "Draagt het college van burgemeester en wethouders op:",
        "Roept de wethouder op om",
        "Spreekt als zijn mening uit dat",
        "De raad besluit:",
        "De raad, overwegende dat ouderen nergens kunnen zitten, draagt het college op",
        "Verzoekt het college te onderzoeken of er meer bankjes kunnen komen.",
    ],
)
def test_the_place_is_known_where_a_motion_says_what_it_asks(text: str) -> None:
    """This test ensures that what follows counts as what the paper comes down to."""
    assert resolves(text)


@pytest.mark.parametrize(
    "text",
    [
        "Het college verzoekt de raad om geduld.",
        "De heer Bos (SP) verzoekt het college om een brief.",
        "overwegende dat:",
        "De raad besluit daar later over.",
        "",
    ],
)
def test_the_reasons_of_a_motion_are_not_what_it_asks(text: str) -> None:
    """This test ensures that a paper's reasons and its prose do not count so."""
    assert not resolves(text)


def test_a_paper_that_is_named_as_it_was_handed_in_only_names() -> None:
    """This test ensures that the full name of a motion is no answer, and what is said about one may be."""
    name = "79° Motie van het raadslid Bos inzake de bomen (Gemeenteblad afd. 1, nr. 578)."
    assert only_names(name, "Notulen")
    assert not only_names("De motie van het raadslid Bos inzake de bomen is verworpen.", "Notulen")
    assert not only_names("Motie van het raadslid Bos inzake de bomen: het college plant er twaalf.", "Notulen")


def test_a_motion_has_said_what_it_asks_when_the_meeting_goes_on() -> None:
    """This test ensures that explanation and signatures after it do not count."""
    assert has_resolved("en gaat over tot de orde van de dag.")
    assert has_resolved("Toelichting")
    assert not has_resolved("een plan te maken en gaat over tot de orde van de dag")


def test_what_is_to_be_done_tells_something() -> None:
    """This test ensures that the points of a motion, which end without a full stop, are no mere titles."""
    assert not only_names("- een plan te maken,", "Motie zonnepanelen")
    assert only_names("Het plan voor zonnepanelen", "Motie daken")
