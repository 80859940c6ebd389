"""Which sentences are chosen, in what order, and when none is."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from council import Kind, Span, Verdict
from search.answer import LEAST, MOST, NOTHING, WEIGHTS, choose
from search.confidence import ANSWERED
from search.dutch import terms
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


def asked(question: str, texts: list[str], *, latest: date | None = None, **changes: Any) -> Any:
    """Choose from these sentences for a question."""
    candidates = [a_candidate(text, at, **changes) for at, text in enumerate(texts)]
    vocabulary = Vocabulary()
    for text in texts:
        vocabulary.add(text.lower().split())
    made = prepare(question, vocabulary)
    return choose(made, candidates, MODEL.queries([question])[0], MODEL.passages, latest=latest)


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


def test_who_is_asked_about_is_quoted() -> None:
    """This test ensures that what somebody said goes before what others say to him, and a greeting before neither."""
    said = {"speaker": "Wethouder De Vries", "headings": "Notulen . Wethouder De Vries"}
    candidates = [
        a_candidate("Wethouder De Vries: Voorzitter, dank u wel.", 0, **said),
        a_candidate("Het zwembad gaat in mei open.", 1, **said),
        a_candidate("Ik vraag wethouder De Vries wanneer het zwembad opengaat.", 2, speaker="De heer Jansen"),
    ]
    question = prepare("Wat zei wethouder De Vries over het zwembad?", Vocabulary())
    choice = choose(question, candidates, MODEL.queries([question.text])[0], MODEL.passages)
    assert choice.sentences[0].candidate is candidates[1]


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("Wethouder De Vries: Het bad gaat open.", "Wethouder De Vries", "Het bad gaat open."),
        ("(De heer FLOS: Dat is niet waar.)", "De heer FLOS (VVD)", "Dat is niet waar.)"),
        ("Ik zeg dit: het bad gaat open.", "Wethouder De Vries", "Ik zeg dit: het bad gaat open."),
        ("Besluit: het bad gaat open.", "", "Besluit: het bad gaat open."),
        ("Wethouder De Vries:", "Wethouder De Vries", "Wethouder De Vries:"),
        (": het bad", "Wethouder De Vries", ": het bad"),
    ],
)
def test_what_is_said_is_told_from_who_says_it(text: str, speaker: str, said: str) -> None:
    """This test ensures that only the label of who speaks is left out of what a sentence means."""
    assert a_candidate(text, speaker=speaker).said == said


def test_an_entry_of_a_table_of_contents_is_known() -> None:
    """This test ensures that a line is told to be an entry by what it stands under, its page number notwithstanding."""
    line = "3 Preventie van armoede en schulden 20"
    both = [a_candidate(line), a_candidate(line, listed=True)]
    weighed = weigh(prepare("preventie van armoede", Vocabulary()), both, None)
    assert weighed.features[:, Feature.TITLE].tolist() == [0.0, 1.0]


def test_sentences_of_one_passage_come_as_they_are_printed() -> None:
    """This test ensures that the best is first, and the points of a decision after it from the first to the last."""
    choice = asked(
        "Wat besluit de raad over het zwembad?",
        [
            "1. Het krediet voor het zwembad vast te stellen.",
            "2. Het zwembad de Waterlelie te noemen, zoals de raad in 2021 over het zwembad heeft gevraagd.",
            "3. De raad besluit het zwembad te bouwen.",
            "4. De raad over het zwembad in te lichten.",
        ],
    )
    starts = [sentence.candidate.spans[0].start for sentence in choice.sentences]
    assert starts[0] != 0 and starts[1:] == sorted(starts[1:]) and len(starts) >= LEAST


def test_what_says_nothing_and_other_papers_fill_nothing_up() -> None:
    """This test ensures that thanks to the reader, and what another paper says of something else, are not quoted."""
    other = a_document("other", title="Ander stuk")
    candidates = [
        a_candidate("Het zwembad kost € 18.550.000.", 0, rank_score=1.0),
        a_candidate("Alvast bedankt voor het verder uitzetten.", 1, rank_score=1.0),
        a_candidate("Het bad wordt betaald uit de reserve.", 2, rank_score=1.0),
        a_candidate("De wethouder zegt een proef met parkeren toe.", 3, document=other, passage=2, rank_score=0.1),
    ]
    question = prepare("Hoeveel kost het zwembad?", Vocabulary())
    choice = choose(question, candidates, MODEL.queries([question.text])[0], MODEL.passages)
    assert [sentence.candidate.text for sentence in choice.sentences] == [candidates[0].text, candidates[2].text]


def test_nothing_is_quoted_when_nothing_fits() -> None:
    """This test ensures that sentences about other things give the verdict not found, and the missing words."""
    choice = asked("Komt er een metro?", ["De bomen worden gekapt.", "Het weer was goed.", "De raad stemt in."])
    assert choice.verdict is Verdict.NOT_FOUND
    assert choice.sentences == ()
    assert "metro" in choice.missing


def test_what_stands_in_no_paper_is_answered_in_part_at_best() -> None:
    """This test ensures that a quote on a part of a word that no paper holds is not sold as the answer."""
    texts = ["De heffing op afvalstoffen is € 310.", "Het afval wordt opgehaald.", "De raad vergadert."]
    choices = []
    for papers in (texts, [*texts, "De afvalstoffenheffing is hoog."]):
        vocabulary = Vocabulary()
        for text in papers:
            vocabulary.add(terms(text))
        made = prepare("Hoe hoog is de afvalstoffenheffing?", vocabulary)
        candidates = [a_candidate(text, at, rank_score=1.0 - at / 2) for at, text in enumerate(texts)]
        choices.append(choose(made, candidates, MODEL.queries([made.text])[0], MODEL.passages))
    assert [choice.confidence >= ANSWERED for choice in choices] == [True, True]
    assert [choice.verdict for choice in choices] == [Verdict.PARTIAL, Verdict.ANSWERED]


def test_no_candidates_give_nothing() -> None:
    """This test ensures that an empty collection and an empty question are answered with nothing."""
    assert choose(prepare("zwembad", Vocabulary()), [], np.zeros(64, np.float32), MODEL.passages) == NOTHING
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
    weighed = weigh(question, under, None)
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
        ("7a Reserve vastgoed versie raad 275.6Kb Bijlage 17", True),
        ("Raadsvergadering 16 juni 2022, agendapunt 7", True),
        ("79° Motie van het raadslid Kamphof (Gemeenteblad afd. 1, nr. 578)", True),
        ("Datum: woensdag 18 januari 2012 Aanvang: 20.00 uur", True),
        ("Netto schuldquote 47% 58% 44%", False),
        ("Bijlage 3 noemt 12 huizen", False),
        ("vaststellen van de Begroting voor 2012.............. 12, 73", True),
        ("Herziening van het erfpachtstelsel . . . . . 73", True),
        ("558 Motie inzake parkeren......32 559 Motie van het raadslid Geurts inzake", True),
        ("Algemene uitkering .......... € 12.400", False),
        ("Reserve parkeren .......... 1.250", False),
    ],
)
def test_a_line_that_only_names_a_subject_is_known(text: str, names: bool) -> None:
    """This test ensures that titles, list heads and closing formulas are told from sentences and figures."""
    weighed = weigh(prepare("jeugdhulp", Vocabulary()), [a_candidate(text)], None)
    assert bool(weighed.features[0, Feature.TITLE]) is names


def test_headings_are_told_apart_from_the_sentence() -> None:
    """This test ensures that half of the question in the title is half, whatever the sentence holds."""
    weighed = weigh(prepare("krediet zwembad", Vocabulary()), [a_candidate("Het krediet.", headings="Zwembad")], None)
    assert weighed.features[0, Feature.HEADINGS] == pytest.approx(0.5)
    assert weighed.features[0, Feature.OWN] == pytest.approx(0.5)


def test_the_best_candidate_holds_all_that_any_holds() -> None:
    """This test ensures that a question in other words than the papers' is judged by what its best sentence reaches."""
    both = [a_candidate("Het krediet.", 0, passage=1), a_candidate("Het weer.", 1, passage=2)]
    weighed = weigh(prepare("krediet zwembad", Vocabulary()), both, None)
    assert weighed.features[:, Feature.LEXICAL].tolist() == pytest.approx([0.5, 0.0])
    assert weighed.features[:, Feature.RELATIVE].tolist() == pytest.approx([1.0, 0.0])
    assert weighed.anywhere.tolist() == pytest.approx([1.0, 0.0])


def test_an_amount_is_told_by_a_figure_that_the_question_does_not_hold() -> None:
    """This test ensures that a date and a figure of the question count for nothing, and money counts in full."""
    texts = ["In 2022 waren er 412 handtekeningen.", "Dat kost € 25.", "Zes banen, 25 meter, 3 duikplanken en 2 baden."]
    candidates = [a_candidate(text, at) for at, text in enumerate(texts)]
    weighed = weigh(prepare("Hoeveel kosten 412 handtekeningen?", Vocabulary()), candidates, None)
    assert weighed.features[:, Feature.FIGURES].tolist() == [0.0, 0.25, 1.0]
    assert weighed.features[:, Feature.COUNTS].tolist() == [0.0, 1.0, 0.0]


def test_a_year_that_is_not_over_gives_no_answer() -> None:
    """This test ensures that what came of a later year is not answered with an older figure, and the year is named."""
    texts = ["In 2023 zijn er 1.200 boetes uitgeschreven.", "De boetes zijn hoger.", "De bomen worden gekapt."]
    question = "Hoeveel boetes zijn er in 2026 uitgeschreven?"
    before, after = (asked(question, texts, latest=date(year, 12, 12)) for year in (2024, 2027))
    assert before.verdict is Verdict.NOT_FOUND
    assert before.sentences == ()
    assert "2026" in before.missing
    assert after.verdict is not Verdict.NOT_FOUND


def test_every_feature_has_a_weight() -> None:
    """This test ensures that a feature that is counted is also weighed."""
    assert set(WEIGHTS) == set(Feature)
