"""What a question asks for, and whether a sentence holds it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.intent import Asks, Moment, holds, is_after, only_asks, what_is_asked, which_moment, years_named


@pytest.mark.parametrize(
    ("question", "asks", "moment"),
    [
        ("Hoeveel kost het zwembad uiteindelijk?", Asks.AMOUNT, Moment.LATEST),
        ("Wat was oorspronkelijk het tarief?", Asks.AMOUNT, Moment.FIRST),
        ("Wanneer ging De Golfslag dicht?", Asks.DATE, Moment.ANY),
        ("Wanneer wordt het bad geopend?", Asks.DATE, Moment.LATEST),
        ("Wat wordt het tarief in 2025?", Asks.AMOUNT, Moment.ANY),
        ("Wie stemde tegen het windpark?", Asks.VOTE, Moment.ANY),
        ("stemming motie vuurwerk", Asks.VOTE, Moment.ANY),
        ("Wat heeft de wethouder toegezegd?", Asks.PROMISE, Moment.ANY),
        ("Waarom kwam de drempel te laat?", Asks.REASON, Moment.ANY),
        ("Wat heeft de raad besloten over parkeren?", Asks.DECISION, Moment.ANY),
        ("Wie is de griffier?", Asks.PERSON, Moment.ANY),
        ("Wat kost een uur parkeren?", Asks.AMOUNT, Moment.ANY),
        ("saneringskrediet Molenkwartier", Asks.AMOUNT, Moment.ANY),
        ("Wie was er tegen de heffing?", Asks.VOTE, Moment.ANY),
        ("Welke partijen steunden het amendement?", Asks.VOTE, Moment.ANY),
        ("Waarom stemde de fractie tegen?", Asks.REASON, Moment.ANY),
        ("Hoeveel mensen wonen er, en tot wanneer?", Asks.AMOUNT, Moment.ANY),
        ("Welk aandeel belooft het fonds te halen?", Asks.AMOUNT, Moment.ANY),
        ("Welk raadslid vroeg waarom de pomp stilstond?", Asks.PERSON, Moment.ANY),
        ("Hoeveel raadsleden stemden tegen?", Asks.VOTE, Moment.ANY),
        ("Welke partijen wilden een lager tarief?", Asks.VOTE, Moment.ANY),
        ("Wat vroeg de Partij voor de Dieren over ganzen?", Asks.ANYTHING, Moment.ANY),
        ("zwembad", Asks.ANYTHING, Moment.ANY),
    ],
)
def test_questions_are_told_apart(question: str, asks: Asks, moment: Moment) -> None:
    """This test ensures that the kind of thing and the moment asked for are read off the question's own words."""
    assert what_is_asked(question) is asks
    assert which_moment(question) is moment


@pytest.mark.parametrize(
    ("asks", "sentence", "expected"),
    [
        (Asks.VOTE, "De motie is verworpen.", True),
        (Asks.VOTE, "Voor: DV (7), GD (5).", True),
        (Asks.VOTE, "2. In te stemmen met de bijdrage.", False),
        (Asks.VOTE, "Als de motie wordt aangenomen, kom ik terug.", False),
        (Asks.VOTE, "Men dacht dat het voorstel aangenomen zou worden.", False),
        (Asks.REASON, "Het brood was namelijk op.", True),
        (Asks.REASON, "De motie is door de raad aangenomen.", False),
        (Asks.DATE, "De markt is open van 09.00 tot 18.00 uur.", True),
        (Asks.PROMISE, "Ik zeg de raad toe dat het bericht er komt.", True),
        (Asks.PROMISE, "T-2023-07 eerste kwartaalrapportage", True),
        (Asks.PROMISE, "De raad vraagt om een brief.", False),
        (Asks.REASON, "Dat komt doordat staal duurder werd.", True),
        (Asks.DATE, "De opening is op 30 augustus 2025.", True),
        (Asks.DATE, "De opening is later.", False),
        (Asks.DATE, "Dat zal er rond de zomer zijn.", True),
        (Asks.DATE, "Het antwoord komt in juni.", True),
        (Asks.AMOUNT, "Een woning mag zes uur slagschaduw hebben.", True),
        (Asks.AMOUNT, "Het bad is te duur.", False),
        (Asks.AMOUNT, "5.) Te inventariseren wie er wonen.", False),
        (Asks.AMOUNT, "19 Vaststellen van de nota, afd. 1, nr. 540", False),
        (Asks.AMOUNT, "12 miljoen euro is beschikbaar.", True),
        (Asks.PERSON, "Er komen meer windmolens (vertrouwelijk).", False),
        (Asks.PERSON, "Jansen (VVD) was tegen.", True),
        (Asks.PERSON, "Stichting Stil Elzerveen haalde ze op.", True),
        (Asks.DECISION, "De raad besluit het krediet vast te stellen.", True),
        (Asks.ANYTHING, "€ 100 op 1 januari 2024", False),
    ],
)
def test_sentences_hold_what_is_asked_or_not(asks: Asks, sentence: str, expected: bool) -> None:
    """This test ensures that each kind of thing is recognised where it stands and only there."""
    assert holds(asks, sentence, "Wie volgt mevrouw Bos op?") is expected


def test_a_word_that_only_asks_is_known_for_its_kind_only() -> None:
    """This test ensures that *kosten* asks for an amount, and is an ordinary word in a question about a vote."""
    assert only_asks(Asks.AMOUNT, "kost")
    assert not only_asks(Asks.VOTE, "kost")


@pytest.mark.parametrize(
    ("question", "latest", "expected"),
    [
        ("Hoeveel boetes zijn er in 2025 uitgeschreven?", date(2024, 12, 12), True),
        ("Hoeveel boetes zijn er in heel 2024 uitgeschreven?", date(2024, 12, 12), True),
        ("Hoeveel boetes zijn er in heel 2024 uitgeschreven?", date(2024, 12, 31), False),
        ("Hoeveel boetes zijn er in 2024 uitgeschreven?", date(2024, 12, 12), False),
        ("Wat wordt het tarief in 2025?", date(2024, 12, 12), False),
        ("Wat werd het tarief in 2023, en wat wordt het in 2026?", date(2024, 12, 12), False),
        ("Hoe werd er gestemd over de begroting van 2026?", date(2024, 12, 12), False),
        ("Wat werd er in 2025 begroot?", date(2024, 12, 12), False),
        ("Hoeveel boetes zijn er uitgeschreven?", date(2024, 12, 12), False),
        ("Hoeveel boetes zijn er in 2025 uitgeschreven?", None, False),
        ("Wat werd er in 2055 gebouwd?", date(2024, 12, 12), False),
    ],
)
def test_what_happened_after_the_last_paper_is_known(question: str, latest: date | None, expected: bool) -> None:
    """This test ensures that a plan for a later year may be asked, and what came of it stands in no paper yet."""
    assert is_after(question, latest) is expected


@given(st.text(max_size=300))
def test_any_text_has_an_intent(text: str) -> None:
    """This test ensures that no text makes the rules fail."""
    assert what_is_asked(text) in Asks
    assert which_moment(text) in Moment
    named = years_named(f"{text} in 2023?")
    assert 2023 in named
    assert all(1900 <= year < 2050 for year in named)
