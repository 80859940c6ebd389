"""The gold set in the forms of others, and runs of others on our papers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from math import log2
from pathlib import Path

import pytest

from council import Catalogue, DataFolder, UsageError
from council.settings import Settings
from eval import Gold, Judged, locate, read_collection, read_gold
from eval.exchange import Level, addressed, qrels, taken_over, write_beir, write_gold
from eval.foreign import score_run
from eval.places import CataloguePapers
from tests.eval.town import judgement, question, unanswerable
from tests.fakes import sha_of

Write = Callable[..., Path]
POOL, PARKING = sha_of("pool.pdf"), sha_of("parking.pdf")
TWICE = "Wij willen dat het eerste uur parkeren gratis blijft."
GOLD = (
    question(judgements=[judgement(), judgement(page=2, quote=None, grade=1)]),
    question(id="q2", question="gratis parkeren", judgements=[judgement(file="parking.pdf", quote=TWICE, grade=2)]),
    unanswerable(id="q3", question="xylofoon quintus"),
)
Known = tuple[Gold, dict[str, tuple[Judged, ...]], Catalogue]


@pytest.fixture
def known(town: DataFolder, gold_file: Write) -> Iterator[Known]:
    catalogue = Catalogue(town.catalogue)
    gold = read_gold(gold_file(*GOLD))
    yield gold, dict(locate(gold, CataloguePapers(catalogue))), catalogue
    catalogue.close()


def test_qrels_are_of_papers_or_of_pages(known: Known) -> None:
    """This test ensures that a paper has the best grade of its pages, and that a trap is in no qrels."""
    _, judged, _ = known
    assert qrels(judged, Level.DOCUMENT) == {"q1": {POOL: 3}, "q2": {PARKING: 2}}
    assert qrels(judged, Level.PAGE) == {"q1": {f"{POOL}#1": 3, f"{POOL}#2": 1}, "q2": {f"{PARKING}#1": 2}}


@pytest.mark.parametrize(("level", "texts"), [(Level.DOCUMENT, 3), (Level.PAGE, 4)])
def test_a_beir_folder_can_be_read_by_who_reads_beir(known: Known, tmp_path: Path, level: Level, texts: int) -> None:
    """This test ensures that our questions can be put to any system that reads BEIR, and that no secret leaves."""
    gold, judged, catalogue = known
    write_beir(tmp_path / "beir", gold, judged, catalogue, level)
    found = read_collection(tmp_path / "beir")
    assert len(found.corpus) == texts and set(found.questions) == {"q1", "q2"}
    assert found.qrels == qrels(judged, level)
    assert "900.000" not in (tmp_path / "beir" / "corpus.jsonl").read_text()
    assert "beschikbaar" in next(item.text for item in found.corpus.values() if item.id.startswith(POOL))


def test_addresses_say_the_same_without_a_word_of_the_papers(known: Known, tmp_path: Path) -> None:
    """This test ensures that a gold set can be shared where the papers may not, and measures the same."""
    gold, judged, catalogue = known
    path = tmp_path / "addresses.jsonl"
    write_gold(path, addressed(gold, judged))
    text = path.read_text()
    assert "18.550.000" not in text and "gratis blijft" not in text
    again = locate(read_gold(path), CataloguePapers(catalogue))
    assert {id_: {(item.document, item.page, item.grade) for item in items} for id_, items in again.items()} == {
        id_: {(item.document, item.page, item.grade) for item in items} for id_, items in judged.items()
    }
    places = [place for item in again["q2"] for place in item.places]
    assert sorted(places) == sorted(judged["q2"][0].places) and len(places) == 2


def test_what_was_judged_elsewhere_becomes_a_gold_set(tmp_path: Path) -> None:
    """This test ensures that an evaluator who has queries and qrels need not judge again."""
    queries, judged, out = tmp_path / "q.jsonl", tmp_path / "qrels", tmp_path / "gold.jsonl"
    queries.write_text('{"_id": "a", "text": "zwembad"}\n{"_id": "b", "text": "weg"}\n{"_id": "c", "text": "brug"}\n')
    judged.write_text(f"a 0 {POOL}#2 3\na 0 map/stuk.pdf 1\nb 0 map/stuk.pdf 1\n")
    write_gold(out, taken_over(queries, judged))
    first, second, third = read_gold(out).questions
    assert [(item.document, item.file, item.page, item.grade) for item in first.judgements] == [
        (POOL, "", 2, 3),
        ("", "map/stuk.pdf", 0, 1),
    ]
    assert (first.answerable, second.answerable, third.answerable) == (True, False, False)
    assert first.type.value == "other"


@pytest.mark.parametrize(
    ("queries", "judged", "reason"),
    [
        ('{"_id": "a"}', "a 0 x 3", "line 1: text is missing"),
        ('{"_id": "a", "text": "x"}\n{"_id": "a", "text": "y"}', "a 0 x 3", "line 2: _id 'a' is given twice"),
        ('{"_id": "a", "text": "x"}', "b 0 x 3", "judges 'b', which is not in"),
        ('{"_id": "a", "text": "x"}', "a 0 x 9", "line 1: grade 9 is out of range"),
        ('{"_id": "a", "text": "x"}', "", "no judgement"),
    ],
)
def test_what_does_not_fit_together_is_refused(tmp_path: Path, queries: str, judged: str, reason: str) -> None:
    """This test ensures that nothing is taken over that contradicts itself."""
    (tmp_path / "q.jsonl").write_text(queries)
    (tmp_path / "qrels").write_text(judged)
    with pytest.raises(UsageError) as error:
        write_gold(tmp_path / "out", taken_over(tmp_path / "q.jsonl", tmp_path / "qrels"))
    assert reason in str(error.value)


def test_a_line_holds_only_what_the_question_has(known: Known) -> None:
    """This test ensures that a gold set that was written can be read by a person: no empty fields."""
    gold, judged, _ = known
    lines = list(addressed(gold, judged))
    assert json.loads(json.dumps(lines[2])) == {
        "id": "q3",
        "question": "xylofoon quintus",
        "type": "amount",
        "dossier": "zwembad",
        "need": "the sum that the council made available",
        "answerable": False,
    }


# Runs of others


def scored(town: DataFolder, gold: Path, tmp_path: Path, run: str) -> dict[str, dict[str, float]]:
    path = tmp_path / "run.trec"
    path.write_text(run)
    result = score_run(read_gold(gold), path, town, Settings())
    (system,) = result.systems
    assert system == "theirs"
    names = ("RR", "nDCG@10", "page nDCG@10", "judged@10")
    return {name: dict(result.values(system, name)) for name in names}


def test_a_run_of_papers_is_measured_like_our_own(town: DataFolder, gold_file: Write, tmp_path: Path) -> None:
    """This test ensures that another system is scored on the same judgements, by path or by hash, by hand: 1 / 2."""
    run = f"q1 Q0 parking.pdf 1 9.0 theirs\nq1 Q0 {POOL} 2 8.0 theirs\n"
    found = scored(town, gold_file(*GOLD), tmp_path, run)
    assert found["RR"] == {"q1": 0.5, "q2": 0.0}
    assert found["nDCG@10"]["q1"] == pytest.approx(1 / log2(3))
    assert found["judged@10"] == {"q1": 0.5, "q2": 0.0}


def test_a_run_of_pages_is_measured_on_pages_and_papers(town: DataFolder, gold_file: Write, tmp_path: Path) -> None:
    """This test ensures that pages keep their own order, also between pages of another paper."""
    run = (
        f"q1 Q0 {POOL}#2 1 9.0 theirs\nq1 Q0 {PARKING}#1 2 8.0 theirs\nq1 Q0 {POOL}#1 3 7.0 theirs\n"
        f"q2 Q0 parking.pdf#1 1 1.0 theirs\n"
    )
    found = scored(town, gold_file(*GOLD), tmp_path, run)
    assert found["RR"] == {"q1": 1.0, "q2": 1.0}
    ideal = 3 / log2(2) + 1 / log2(3)
    assert found["page nDCG@10"]["q1"] == pytest.approx((1 / log2(2) + 3 / log2(4)) / ideal)


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        ("", "empty run"),
        (f"q1 Q0 {sha_of('of another corpus')} 1 1.0 theirs\n", "line 1: '"),
        ("q9 Q0 pool.pdf 1 1.0 theirs\n", "line 1: question 'q9' is not in gold.jsonl"),
        ("q1 Q0 pool.pdf#9 1 1.0 theirs\n", "line 1: 'pool.pdf' has no page 9"),
        ("q1 Q0 secret.pdf 1 1.0 theirs\n", "line 1: 'secret.pdf' is unknown"),
    ],
)
def test_a_run_for_another_corpus_is_refused(
    town: DataFolder, gold_file: Write, tmp_path: Path, run: str, reason: str
) -> None:
    """This test ensures that a run on other papers, or of other questions, gets no figure."""
    with pytest.raises(UsageError) as error:
        scored(town, gold_file(*GOLD), tmp_path, run)
    assert reason in str(error.value)
