"""A gold set put to the product and the baselines, on a small town's papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from council import Catalogue, Citation, DataFolder, NotIngested, UsageError, Verdict
from council.settings import Settings
from eval import Result, evaluate, read_gold
from eval.as_json import run_json
from eval.run import EVERY
from eval.significance import share_interval
from eval.summary import taken
from eval.systems import BASELINE, BY_SENTENCE, FIRST, LEXRANK, PRODUCT, Bm25Sentences, PlainBm25
from tests.eval.town import judgement, question, unanswerable, write_gold
from tests.fakes import FakeEmbedder, sha_of

Write = Callable[..., Path]
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
def result(town: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Result:
    path = write_gold(tmp_path_factory.mktemp("gold"), *GOLD)
    return evaluate(read_gold(path), town, Settings(), embedder=FakeEmbedder())


def test_a_small_town_is_measured(result: Result) -> None:
    """This test ensures that the product and the baselines are all really asked, and told apart."""
    assert tuple(result.systems) == EVERY == (PRODUCT, BASELINE, FIRST, LEXRANK, BY_SENTENCE)
    assert [asked.answerable for asked in result.questions] == [True] * 4 + [False]
    assert result.mean(PRODUCT, "recall@20") == 1.0
    assert result.mean(PRODUCT, "keeps silent") == 1.0
    first = result.given(PRODUCT)[0]
    assert first.found[0].document == sha_of("pool.pdf") and first.found[0].grade == 3
    assert first.measures["any sentence"] == 1.0 and first.measures["facts"] == 1.0
    assert result.papers.documents == 3 and len(result.papers.sha256) == 64
    assert result.memory_mib > 10.0


def test_each_system_has_the_measures_of_what_it_does(result: Result) -> None:
    """This test ensures that a system which only ranks gets no nought for answers, and the other way round."""
    names = {system: {measure.name for measure in taken(result, system)} for system in result.systems}
    assert {"nDCG@10", "page nDCG@10", "judged@10"} <= names[BASELINE]
    assert not names[BASELINE] & {"facts", "answers", "verified"}
    for system in (FIRST, LEXRANK, BY_SENTENCE):
        assert {"first sentence", "facts", "verified", "keeps silent"} <= names[system]
        assert not names[system] & {"nDCG@10", "page nDCG@10"}
    assert names[PRODUCT] == names[BASELINE] | names[FIRST]


def test_questions_are_described_by_what_answers_them(result: Result) -> None:
    """This test ensures that figures can be told apart by kind of paper and length, and that a trap has no kind."""
    assert [asked.kind for asked in result.questions] == ["raadsvoorstel"] * 4 + [""]
    assert result.questions[1].words == 5
    assert len({asked.mark for asked in result.questions}) == 5


def test_secret_papers_are_in_no_result(result: Result) -> None:
    """This test ensures that evaluating shows nobody what they may not see, in the product and in every baseline."""
    for system, given in result.systems.items():
        named = {found.document for item in given for found in item.found}
        named |= {sentence.citation.document for item in given for sentence in item.sentences}
        assert named, system
        assert sha_of("secret.pdf") not in named


def test_every_quote_of_every_system_stands_at_its_address(result: Result) -> None:
    """This test ensures that the baselines quote from the pages too, so that all are held to one standard."""
    for system in (PRODUCT, FIRST, LEXRANK, BY_SENTENCE):
        assert any(given.sentences for given in result.given(system))
        assert result.mean(system, "verified") == 1.0


def test_a_quote_that_ocr_misread_is_told(result: Result) -> None:
    """This test ensures that the reader of a figure learns which judgements could not be used to the letter."""
    assert result.unplaced == 1


def test_the_same_question_gives_the_same_result(town: DataFolder, gold_file: Write, result: Result) -> None:
    """This test ensures that two runs on the same papers can be compared: nothing differs but time and memory."""

    def without_time(found: Result) -> object:
        return [
            [replace(item, seconds=0.0, cpu_seconds=0.0) for item in given] for given in found.systems.values()
        ], found.questions

    again = evaluate(read_gold(gold_file(*GOLD)), town, Settings(), embedder=FakeEmbedder())
    assert without_time(again) == without_time(result)
    assert (again.papers, again.gold.sha256) == (result.papers, result.gold.sha256)


def test_a_question_that_is_judged_anew_gets_another_mark(town: DataFolder, gold_file: Write, result: Result) -> None:
    """This test ensures that figures of another wording, judgement or fact are never taken for the same question's."""
    first = GOLD[0]
    for changed in (
        {**first, "question": "Hoeveel krediet is er?"},
        {**first, "facts": ["€ 1"]},
        {**first, "judgements": [judgement(grade=2)]},
    ):
        again = evaluate(read_gold(gold_file(changed)), town, Settings(), systems=(BASELINE,), embedder=FakeEmbedder())
        assert again.questions[0].mark != result.questions[0].mark


def test_progress_is_told_per_question(town: DataFolder, gold_file: Write) -> None:
    """This test ensures that a long evaluation can show how far it is."""
    told: list[tuple[int, int]] = []
    gold = read_gold(gold_file(*GOLD))
    evaluate(
        gold,
        town,
        Settings(),
        systems=(BASELINE,),
        embedder=FakeEmbedder(),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(at, 5) for at in range(1, 6)]


def test_the_ranking_baseline_ranks_and_says_nothing(town: DataFolder) -> None:
    """This test ensures that plain BM25 gives documents by their best passage, and nothing where no word stands."""
    catalogue = Catalogue(town.catalogue)
    ask = PlainBm25(catalogue)
    found = ask("bouwkosten stijgen krappe markt")
    assert (found.documents[0].document, found.documents[0].pages) == (sha_of("pool.pdf"), (2,))
    assert found.sentences == ()
    silent = ask("xylofoon")
    assert (silent.verdict, silent.documents) == (Verdict.NOT_FOUND, ())
    catalogue.close()


def test_the_sentence_baseline_quotes_the_sentences_with_most_of_the_words(town: DataFolder) -> None:
    """This test ensures that BM25 over sentences looks at the question, in all public papers."""
    catalogue = Catalogue(town.catalogue)
    found = Bm25Sentences(catalogue)("bewonersvergunning € 60 per jaar")
    assert "bewonersvergunning" in found.sentences[0].text
    assert found.sentences[0].citation.document == sha_of("parking.pdf")
    assert isinstance(found.sentences[0].citation, Citation)
    assert Bm25Sentences(catalogue)("xylofoon").verdict is Verdict.NOT_FOUND
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


def test_a_paper_can_be_judged_as_a_whole(gold_file: Write, town: DataFolder) -> None:
    """This test ensures that judgements of other collections, without pages, are measured on documents alone."""
    whole = question(judgements=[{"file": "pool.pdf", "grade": 3}], facts=None)
    result = evaluate(read_gold(gold_file(whole)), town, Settings(), systems=(PRODUCT,), embedder=FakeEmbedder())
    (given,) = result.given(PRODUCT)
    assert given.measures["RR"] == 1.0
    assert not given.measures.keys() & {"page nDCG@10", "first sentence", "facts"}


def test_the_json_names_its_circumstances_and_no_text(gold_file: Write, town: DataFolder) -> None:
    """This test ensures that a kept result can be traced to its data, and gives away no paper's words and no secret."""
    mail = {"mail_to": "griffier@hidden", "mail_from": "no@hidden", "smtp": "hidden:25", "smtp_user": "hidden"}
    private = {"qdrant_api_key": "hush", "passwords": "/hidden/file", "smtp_password": "/hidden/word"}
    settings = Settings.model_validate(private | mail)
    result = evaluate(read_gold(gold_file(*GOLD)), town, settings, systems=(PRODUCT,), embedder=FakeEmbedder())
    found = run_json(result)
    assert found["gold"] == {"file": "gold.jsonl", "sha256": result.gold.sha256}
    assert found["made_by"]["model"] == "fake-16"
    assert found["made_by"]["machine"]["cores"] >= 1
    assert found["made_by"]["settings"]["weight_terms"] == settings.weight_terms
    low, high = share_interval(1, 1)
    assert found["means"][PRODUCT]["keeps silent"] == {"mean": 1.0, "low": low, "high": high, "questions": 1}
    assert found["means"][PRODUCT]["abstention"]["recall"] == 1.0
    text = str(found)
    assert "hush" not in text and "hidden" not in text and "18.550.000" not in text
