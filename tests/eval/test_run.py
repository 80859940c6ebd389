"""A gold set put to the product and the baseline: on made-up outcomes by hand, then on a small town's papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import log2
from pathlib import Path

import pytest

from council import Catalogue, Citation, DataFolder, NotIngested, Span, UsageError, Verdict
from council.settings import Settings
from eval import Evaluation, Judged, Question, QuestionType, evaluate, read_gold
from eval.provenance import provenance
from eval.report import by_type, run_json, troubles
from eval.run import score, summarise
from eval.systems import BASELINE, PRODUCT, Outcome, PlainBm25
from tests.eval.town import judgement, question, unanswerable, write_gold
from tests.fakes import FakeEmbedder, sha_of

Write = Callable[..., Path]
RIGHT = Citation(document="a", spans=(Span(page=1, start=0, end=10),))
WRONG = Citation(document="b", spans=(Span(page=1, start=0, end=10),))
NOTHING = Outcome(documents=(), pages=(), sentences=(), verdict=Verdict.NOT_FOUND, seconds=0.1)


def asked(id_: str, *, type_: str = "amount", answerable: bool = True) -> Question:
    return Question(id=id_, text="?", type=QuestionType(type_), answerable=answerable, line=1)


def gave(*sentences: Citation, documents: tuple[str, ...] = ("b", "a"), verdict: Verdict = Verdict.ANSWERED) -> Outcome:
    pages = tuple(f"{document}#1" for document in documents)
    return Outcome(documents=documents, pages=pages, sentences=sentences, verdict=verdict, seconds=0.1)


QUESTIONS = (
    asked("first"),
    asked("second"),
    asked("silent"),
    asked("page", type_="vote"),
    asked("trap", answerable=False),
    asked("trap2", type_="vote", answerable=False),
)
SENTENCE = (Judged(document="a", page=1, grade=3, places=(Span(page=1, start=0, end=12),)),)
PAGE = (Judged(document="a", page=1, grade=2, places=()), Judged(document="b", page=1, grade=1, places=()))
JUDGED = {"first": SENTENCE, "second": SENTENCE, "silent": SENTENCE, "page": PAGE, "trap": (), "trap2": ()}
OUTCOMES = {
    "first": gave(RIGHT, WRONG, documents=("a", "b")),
    "second": gave(WRONG, RIGHT),
    "silent": NOTHING,
    "page": gave(RIGHT, verdict=Verdict.PARTIAL),
    "trap": NOTHING,
    "trap2": gave(WRONG, verdict=Verdict.PARTIAL),
}


def test_every_figure_is_the_mean_over_the_questions_it_can_be_measured_on() -> None:
    """This test ensures that a missing answer counts 0 and that no question leaves the average quietly."""
    found = summarise(score(QUESTIONS, JUDGED, OUTCOMES))
    second = 1 / log2(3)
    page = (1 / log2(2) + 2 / log2(3)) / (2 / log2(2) + 1 / log2(3))
    assert (found.questions, found.answerable, found.with_sentences) == (6, 4, 3)
    assert found.documents["nDCG@10"] == pytest.approx((1 + second + 0 + page) / 4)
    assert found.documents["RR(rel=2)"] == pytest.approx((1 + 1 / 2 + 0 + 1 / 2) / 4)
    assert found.documents["R(rel=2)@20"] == pytest.approx(3 / 4)
    assert found.page == pytest.approx((1 + second + 0 + page) / 4)
    assert found.first_right == pytest.approx(1 / 3)
    assert found.any_right == pytest.approx(2 / 3)
    assert found.kept_silent == 1 / 2
    assert found.missed == 1 / 4


def test_what_cannot_be_measured_has_no_figure() -> None:
    """This test ensures that a group without unanswerable questions does not show 0 for silence."""
    found = summarise(score([asked("page")], {"page": PAGE}, OUTCOMES))
    assert (found.first_right, found.any_right, found.kept_silent, found.missed) == (None, None, None, 0.0)


def test_types_are_told_apart() -> None:
    """This test ensures that each type's figures come from its own questions."""
    groups = dict(by_type(score(QUESTIONS, JUDGED, OUTCOMES)))
    assert list(groups) == [QuestionType.AMOUNT, QuestionType.VOTE]
    assert (groups[QuestionType.AMOUNT].questions, groups[QuestionType.AMOUNT].kept_silent) == (4, 1.0)
    assert (groups[QuestionType.VOTE].questions, groups[QuestionType.VOTE].kept_silent) == (2, 0.0)


GOLD = (
    question(),
    question(
        id="q2",
        question="Wie leidt het project zwembad?",
        type="person",
        judgements=[judgement(quote="Wethouder Van Dam leidt het project."), judgement(page=2, quote=None, grade=1)],
    ),
    question(
        id="q3",
        question="bewonersvergunning parkeren",
        type="keyword",
        judgements=[judgement(file="parking.pdf", quote="Een bewonersvergunning kost straks € 60 per jaar.")],
    ),
    question(
        id="q4",
        question="waterleiding Molenstraat",
        type="keyword",
        judgements=[judgement(file="scan.pdf", quote="de waterleiding in de Molenstraat lekt al weken", grade=2)],
    ),
    unanswerable(id="q5", question="Welke xylofoon bespeelt quintus?", type="vague"),
)


@pytest.fixture(scope="module")
def evaluation(town: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    path = write_gold(tmp_path_factory.mktemp("gold"), *GOLD)
    return evaluate(read_gold(path), town, Settings(), embedder=FakeEmbedder())


def test_a_small_town_is_measured(evaluation: Evaluation) -> None:
    """This test ensures that the product and the baseline are both really asked, and told apart."""
    ours = evaluation.summary(PRODUCT)
    assert list(evaluation.systems) == [PRODUCT, BASELINE]
    assert (ours.questions, ours.answerable, ours.with_sentences) == (5, 4, 3)
    assert ours.documents["R(rel=2)@20"] == 1.0
    assert ours.kept_silent == 1.0
    first = evaluation.systems[PRODUCT][0]
    assert first.outcome.documents[0] == sha_of("pool.pdf") and first.any_right
    assert evaluation.documents == 3 and len(evaluation.papers) == 64


def test_secret_papers_are_in_no_result(evaluation: Evaluation) -> None:
    """This test ensures that evaluating shows nobody what they may not see, in the product and in the baseline."""
    for scored in evaluation.systems.values():
        for item in scored:
            named = {*item.outcome.documents, *(sentence.document for sentence in item.outcome.sentences)}
            assert sha_of("secret.pdf") not in named


def test_a_quote_that_ocr_misread_is_told(evaluation: Evaluation) -> None:
    """This test ensures that the reader of a figure learns which judgements could not be used to the letter."""
    assert evaluation.unplaced == 1


def test_the_same_question_gives_the_same_result(town: DataFolder, gold_file: Write, evaluation: Evaluation) -> None:
    """This test ensures that two runs on the same papers can be compared: nothing differs but the time."""

    def without_time(found: Evaluation) -> object:
        return [
            [replace(item, outcome=replace(item.outcome, seconds=0.0)) for item in scored]
            for scored in found.systems.values()
        ]

    again = evaluate(read_gold(gold_file(*GOLD)), town, Settings(), embedder=FakeEmbedder())
    assert without_time(again) == without_time(evaluation)


def test_progress_is_told_per_question(town: DataFolder, gold_file: Write) -> None:
    """This test ensures that a long evaluation can show how far it is."""
    told: list[tuple[int, int]] = []
    gold = read_gold(gold_file(*GOLD))
    evaluate(gold, town, Settings(), embedder=FakeEmbedder(), progress=lambda done, total: told.append((done, total)))
    assert told == [(at, 5) for at in range(1, 6)]


def test_the_baseline_answers_with_the_first_sentence_of_its_best_passage(town: DataFolder) -> None:
    """This test ensures that the baseline's answer is what the README says it is."""
    catalogue = Catalogue(town.catalogue)
    ask = PlainBm25(catalogue)
    found = ask("bouwkosten stijgen krappe markt")
    (passage,) = (p for p in catalogue.passages_of(sha_of("pool.pdf")) if any(s.page == 2 for s in p.spans))
    assert found.sentences == (Citation(document=sha_of("pool.pdf"), spans=passage.sentences[0]),)
    assert found.documents[0] == sha_of("pool.pdf")
    silent = ask("xylofoon")
    assert (silent.verdict, silent.documents, silent.sentences) == (Verdict.NOT_FOUND, (), ())
    catalogue.close()


def test_a_folder_without_papers_is_refused(gold_file: Write, tmp_path: Path) -> None:
    """This test ensures that a wrong DATA is a data error and not an empty score."""
    with pytest.raises(NotIngested):
        evaluate(read_gold(gold_file(*GOLD)), DataFolder(tmp_path / "none"), Settings(), embedder=FakeEmbedder())


def test_a_gold_set_of_other_papers_is_refused(gold_file: Write, town: DataFolder) -> None:
    """This test ensures that nothing is asked before every judgement is known to stand."""
    gold = read_gold(gold_file(question(judgements=[judgement(file="else.pdf")])))
    with pytest.raises(UsageError, match="line 1"):
        evaluate(gold, town, Settings(), embedder=FakeEmbedder())


def test_the_json_names_its_circumstances_and_no_text(evaluation: Evaluation) -> None:
    """This test ensures that a kept result can be traced to its data, and gives away no paper's words."""
    settings = Settings(qdrant_url="http://user:hush@server", passwords="/hidden/file")
    found = run_json(evaluation, provenance(settings, evaluation.generation))
    assert found["gold"] == {"file": "gold.jsonl", "sha256": evaluation.gold.sha256, "splits": [""]}
    assert found["provenance"]["model"] == "fake-16"
    assert found["provenance"]["generation"] == evaluation.generation.name
    assert found["provenance"]["machine"]["cores"] >= 1
    assert found["provenance"]["settings"]["weight_terms"] == settings.weight_terms
    assert found["systems"][PRODUCT]["types"]["amount"]["questions"] == 1
    assert found["questions"][0]["systems"][BASELINE]["documents"]
    text = str(found)
    assert "hush" not in text and "hidden" not in text and "18.550.000" not in text


def test_what_went_wrong_is_listed_by_question(evaluation: Evaluation) -> None:
    """This test ensures that whoever improves the product sees which questions to look at."""
    silent = replace(evaluation, systems={PRODUCT: score(QUESTIONS, JUDGED, OUTCOMES)})
    assert troubles(silent) == {
        "answered though nothing answers it": ["trap2"],
        "not found though it can be answered": ["silent"],
        "no right sentence": [],
        "right sentence, but not first": ["second"],
    }
