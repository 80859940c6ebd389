"""What makes quotes doubtful that hold the words of the question."""

from typing import Any

import numpy as np
import pytest

from council import Span
from search import dutch
from search.doubts import Doubts, doubts, holds_what_is_asked, is_about_secrecy, lacks_a_name
from search.features import Candidate, weigh
from search.question import Question, prepare
from search.vocabulary import Vocabulary
from tests.fakes import a_document

LIBRARY = "De bibliotheek gaat dicht wegens de kosten."
STATION = "In Kruiswaard komt een nieuw station voor stroom."


def a_candidate(text: str, paper: str, passage: int, **changes: Any) -> Candidate:
    """Return a sentence of a paper."""
    whole: dict[str, Any] = {
        "document": a_document(paper, title="Raadsstuk"),
        "passage": passage,
        "spans": (Span(page=1, start=0, end=len(text)),),
        "text": text,
        "before": "",
        "headings": "Raadsstuk",
        "speaker": "",
        "rank_score": 0.5,
    }
    return Candidate(**{**whole, **changes})


def asked(text: str, candidates: list[Candidate]) -> Question:
    """Make a question ready; the words of the candidates are known."""
    vocabulary = Vocabulary()
    for candidate in candidates:
        vocabulary.add(list(dutch.terms(f"{candidate.text} {candidate.headings}")))
    return prepare(text, vocabulary)


def lacking(text: str, candidates: list[Candidate]) -> list[bool]:
    """Say of each candidate whether its paper lacks a name of the question."""
    question = asked(text, candidates)
    found: list[bool] = lacks_a_name(question, weigh(question, candidates, None).whole, candidates).tolist()
    return found


def test_a_paper_that_never_names_the_village_is_doubted() -> None:
    """This test ensures that of two papers the one that lacks the name is doubted, however well it holds the rest."""
    both = [a_candidate(LIBRARY, "a", 1), a_candidate(STATION, "b", 2)]
    assert lacking("waarom gaat de bibliotheek in Kruiswaard dicht", both) == [True, False]


def test_the_name_may_stand_anywhere_in_the_paper() -> None:
    """This test ensures that a name in a heading, or in another passage of the same paper, is enough."""
    headed = a_candidate(LIBRARY, "a", 1, headings="Bibliotheek Kruiswaard")
    assert lacking("waarom gaat de bibliotheek in Kruiswaard dicht", [headed]) == [False]
    elsewhere = [a_candidate(LIBRARY, "a", 1), a_candidate(STATION, "a", 2)]
    assert lacking("waarom gaat de bibliotheek in Kruiswaard dicht", elsewhere) == [False, False]


def test_each_name_must_be_there() -> None:
    """This test ensures that one name found does not make up for one that is missing."""
    both = [a_candidate("Wethouder Haverkate bezocht Kruiswaard.", "a", 1), a_candidate("Wolthuis sprak.", "b", 2)]
    assert lacking("wat zei Wolthuis in Kruiswaard", both) == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "waarom gaat de bibliotheek in kruiswaard dicht",
        "WAAROM GAAT DE BIBLIOTHEEK IN KRUISWAARD DICHT",
        "Kruiswaard bibliotheek dicht",
        "Graag uw hulp. Kruiswaard: bibliotheek dicht?",
        "waarom gaat de bibliotheek in Kruyswaerd dicht",
        "waarom gaat de bibliotheek in Kruiswaardstation dicht",
    ],
)
def test_what_is_no_known_name_is_not_missed(text: str) -> None:
    """This test ensures that small letters, only capitals, a sentence's first word and a misspelling make no doubt."""
    both = [a_candidate(LIBRARY, "a", 1), a_candidate(STATION, "b", 2)]
    assert lacking(text, both)[0] is False


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("De voorwaarden staan in een geheime bijlage.", True),
        ("De geheimhouding wordt bekrachtigd.", True),
        ("Het rapport is vertrouwelijk.", True),
        ("De bedragen zijn niet openbaar.", True),
        ("Dit staat in de besloten exploitatieopzet.", True),
        ("De raad heeft besloten de bijlage vast te stellen.", False),
        ("Er volgt een geheime stemming met stembriefjes.", False),
        ("Zij heeft een beroepsgeheim.", False),
        ("De vergadering is openbaar.", False),
    ],
)
def test_a_sentence_about_secrecy_is_known(text: str, secret: bool) -> None:
    """This test ensures that what is closed is told from what was decided and from a secret ballot."""
    assert is_about_secrecy(text) is secret


def test_only_what_would_be_quoted_counts() -> None:
    """This test ensures that the first quote's paper must hold the name, and any quote may tell of secrecy."""
    three = [
        a_candidate(STATION, "b", 1),
        a_candidate(LIBRARY, "a", 2),
        a_candidate("De huur staat in een geheime bijlage.", "a", 3),
    ]
    question = asked("waarom gaat de bibliotheek in Kruiswaard dicht", three)
    whole = weigh(question, three, None).whole
    assert doubts(question, whole, three, [0, 1]) == Doubts()
    assert doubts(question, whole, three, [1, 0]) == Doubts(unnamed=True)
    assert doubts(question, whole, three, [0, 2]) == Doubts(secret=True)


def test_who_asks_about_secrecy_is_answered_by_it() -> None:
    """This test ensures that a sentence about a secret raises no doubt where the question is about that."""
    secret = [a_candidate("Er is aangifte gedaan omdat het geheime rapport op straat lag.", "a", 1)]
    for text, doubted in (("wie deed aangifte over het geheime rapport", False), ("wie deed aangifte", True)):
        question = asked(text, secret)
        assert doubts(question, weigh(question, secret, None).whole, secret, [0]).secret is doubted


@pytest.mark.parametrize(
    ("text", "quote", "held"),
    [
        ("Hoe hoog is de boete?", "Er mag zestig liter in een zak.", False),
        ("Hoe hoog is de boete?", "De boete is € 95.", True),
        ("Hoeveel bomen zijn er geplant?", "Er zijn 300 bomen geplant.", True),
        ("Hoeveel bomen zijn er geplant?", "Het planten van bomen kost € 300.", False),
        ("Hoe stemde de raad?", "De raad sprak over het plan.", False),
        ("Hoe stemde de raad?", "Het plan is unaniem aangenomen.", True),
        ("zwembad", "Het zwembad is open.", True),
    ],
)
def test_a_quote_holds_what_is_asked_or_not(text: str, quote: str, held: bool) -> None:
    """This test ensures that an amount, a count and a vote are missed where no quote holds them."""
    question = prepare(text, Vocabulary())
    assert holds_what_is_asked(question, [quote]) is held
    assert holds_what_is_asked(question, ["Dat is zo.", quote]) is held


def test_a_question_without_names_doubts_nothing() -> None:
    """This test ensures that no words, or none that is a name, leave every candidate undoubted."""
    one = [a_candidate(LIBRARY, "a", 1)]
    assert lacks_a_name(prepare("bibliotheek", Vocabulary()), np.zeros((1, 1)), one).tolist() == [False]
