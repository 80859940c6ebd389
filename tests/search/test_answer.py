"""Which sentences are chosen, in what order, and when none is."""

from typing import Any

import numpy as np
import pytest

from council import Kind, Span, Verdict
from search.answer import LEAST, MOST, NOTHING, WEIGHTS, choose
from search.features import Candidate, Feature, weigh
from search.question import prepare
from search.vocabulary import Vocabulary
from tests.fakes import FakeEmbedder, a_document

MODEL = FakeEmbedder(dimension=64)


def a_candidate(text: str, at: int = 0, **changes: Any) -> Candidate:
    """Return a sentence that could be quoted."""
    whole: dict[str, Any] = {
        "document": a_document("paper", title="Raadsstuk", kind=Kind.RAADSVOORSTEL),
        "passage": 1,
        "spans": (Span(page=1, start=at * 100, end=at * 100 + len(text)),),
        "text": text,
        "before": "",
        "headings": "Raadsstuk",
        "speaker": "",
        "rank_score": 0.5,
    }
    return Candidate(**{**whole, **changes})


def asked(question: str, texts: list[str], **changes: Any) -> Any:
    """Choose from these sentences for a question."""
    candidates = [a_candidate(text, at, **changes) for at, text in enumerate(texts)]
    vocabulary = Vocabulary()
    for text in texts:
        vocabulary.add(text.lower().split())
    made = prepare(question, vocabulary)
    return choose(made, candidates, MODEL.passages(texts), MODEL.queries([question])[0])


def test_the_sentence_that_says_it_comes_first() -> None:
    """This test ensures that of sentences in one passage the one with the question's words and an amount is first."""
    choice = asked(
        "Hoeveel kost het zwembad?",
        [
            "De voorzitter opent de vergadering om half acht.",
            "Het zwembad kost € 18.550.000.",
            "De bomen aan de Singel worden gekapt.",
            "Het weer was goed.",
        ],
    )
    assert choice.verdict is Verdict.ANSWERED
    assert choice.sentences[0].candidate.text == "Het zwembad kost € 18.550.000."
    assert LEAST <= len(choice.sentences) <= MOST
    assert choice.sentences[0].score == max(sentence.score for sentence in choice.sentences)


def test_nothing_is_quoted_when_nothing_fits() -> None:
    """This test ensures that sentences about other things give the verdict not found, and the missing words."""
    choice = asked("Komt er een metro?", ["De bomen worden gekapt.", "Het weer was goed.", "De raad stemt in."])
    assert choice.verdict is Verdict.NOT_FOUND
    assert choice.sentences == ()
    assert "metro" in choice.missing


def test_no_candidates_give_nothing() -> None:
    """This test ensures that an empty collection and an empty question are answered with nothing."""
    empty = np.zeros((0, 64), np.float32)
    assert choose(prepare("zwembad", Vocabulary()), [], empty, np.zeros(64, np.float32)) == NOTHING
    assert asked("de van het", ["Het zwembad kost € 1."]) == NOTHING


def test_a_question_in_the_papers_is_no_answer() -> None:
    """This test ensures that the echo of the question comes after the sentence that answers it."""
    choice = asked(
        "Wat kost het zwembad?",
        ["Wat kost het zwembad precies?", "Het zwembad kost € 18.550.000.", "Dat is veel geld voor Dalmeren."],
    )
    assert choice.sentences[0].candidate.text.startswith("Het zwembad kost")


def test_the_same_sentence_is_quoted_once() -> None:
    """This test ensures that a text that stands in two papers takes one place of the answer."""
    same = "Het zwembad kost € 18.550.000."
    choice = asked(
        "Wat kost het zwembad?", [same, same, "De opening van het zwembad is later.", "Het bad is van 1974."]
    )
    texts = [sentence.candidate.text for sentence in choice.sentences]
    assert texts.count(same) == 1


def test_a_vote_is_answered_by_a_vote() -> None:
    """This test ensures that the line with the votes wins from a line that repeats the subject."""
    choice = asked(
        "Hoe stemde de raad over het windpark?",
        [
            "Het windpark komt in de polder bij Elzerveen te staan.",
            "Het windpark is aangenomen met 24 tegen 5 stemmen.",
            "Een windpark heeft kaders nodig van de raad.",
        ],
    )
    assert "24 tegen 5" in choice.sentences[0].candidate.text


def test_headings_count_in_part() -> None:
    """This test ensures that a sentence under a heading with the subject beats the same sentence under another."""
    question = prepare("krediet zwembad", Vocabulary())
    text = "Het krediet is € 100."
    under = [
        a_candidate(text, 0, headings="Zwembad De Waterlelie"),
        a_candidate(text, 1, headings="Parkeren", passage=2),
    ]
    weighed = weigh(question, under, MODEL.passages([text, text]), MODEL.queries(["krediet zwembad"])[0], None)
    lexical = weighed.features[:, Feature.LEXICAL]
    own = weighed.features[:, Feature.OWN]
    assert lexical[0] > lexical[1] > 0
    assert own[0] == own[1]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Onderzoek naar de sturing op jeugdhulp", True),
        ("Toezeggingenlijst 12 december 2024", True),
        ("8. Motie M-2022-21, Vuurwerkvrije jaarwisseling (GD, SA)", True),
        ("Aldus vastgesteld in de openbare vergadering van 15 december 2022.", True),
        ("Aldus vastgesteld met 26 stemmen voor en 3 tegen.", False),
        ("Tegen LB (2) 2", False),
        ("Het krediet is € 100", False),
        ("De raad stemt in.", False),
    ],
)
def test_a_line_that_only_names_a_subject_is_known(text: str, names: bool) -> None:
    """This test ensures that titles, list heads and closing formulas are told from sentences and figures."""
    weighed = weigh(
        prepare("jeugdhulp", Vocabulary()), [a_candidate(text)], MODEL.passages([text]), MODEL.queries(["x"])[0], None
    )
    assert bool(weighed.features[0, Feature.TITLE]) is names


def test_every_feature_has_a_weight() -> None:
    """This test ensures that a feature that is counted is also weighed."""
    assert set(WEIGHTS) == set(Feature)
