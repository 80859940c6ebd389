"""BEIR folders: read strictly, indexed and searched by the product's own road, measured, written as a run."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path
from typing import Any

import ir_measures
import pytest

from council import UsageError
from council.settings import Settings
from eval import BeirResult, evaluate_beir, read_collection
from eval.as_json import beir_json
from eval.provenance import provenance
from eval.systems import BASELINE, PRODUCT
from eval.trec import write_run
from tests.fakes import FakeEmbedder

CORPUS = [
    {"_id": "pool", "title": "Zwembad", "text": "Het krediet voor het zwembad bedraagt drie miljoen euro."},
    {"_id": "pool-again", "title": "Zwembad", "text": "Het krediet voor het zwembad bedraagt drie miljoen euro."},
    {"_id": "bins", "title": "", "text": "De afvalstoffenheffing stijgt.\n\nContainers verdwijnen uit de straat."},
    {"_id": "empty", "text": ""},
]
QUERIES = [
    {"_id": "q1", "text": "krediet zwembad"},
    {"_id": "q2", "text": "hoeveel kost de heffing op afval", "metadata": {}},
    {"_id": "q3", "text": "de het een"},
    {"_id": "q4", "text": "niet gevraagd"},
]
QRELS = [("q1", "pool-again", "2"), ("q1", "bins", "0"), ("q2", "bins", "1"), ("q3", "pool", "1")]
HEADER = "query-id\tcorpus-id\tscore"


def lines(items: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def fill(folder: Path) -> Path:
    (folder / "corpus.jsonl").write_text(lines(CORPUS), "utf-8")
    (folder / "queries.jsonl").write_text(lines(QUERIES), "utf-8")
    (folder / "qrels.tsv").write_text("\n".join([HEADER, *("\t".join(row) for row in QRELS)]) + "\n", "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> BeirResult:
    collection = read_collection(fill(tmp_path_factory.mktemp("beir")))
    return evaluate_beir(collection, Settings(), legs=True, embedder=FakeEmbedder())


def test_a_collection_is_read_whole(folder: Path) -> None:
    """This test ensures that what is measured is what the folder holds, and that unjudged questions are told."""
    found = read_collection(folder)
    assert list(found.corpus) == ["pool", "pool-again", "bins", "empty"]
    assert list(found.questions) == ["q1", "q2", "q3"] and found.unjudged == 1
    assert found.qrels == {"q1": {"pool-again": 2, "bins": 0}, "q2": {"bins": 1}, "q3": {"pool": 1}}
    assert {len(digest) for digest in found.hashes.values()} == {64}


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("corpus.jsonl", "nonsense", "line 5: not JSON"),
        ("corpus.jsonl", '{"_id": "pool", "text": "x"}', "line 5: _id 'pool' is given twice"),
        ("corpus.jsonl", '{"text": "x"}', "line 5: _id is missing"),
        ("corpus.jsonl", '{"_id": "a b", "text": "x"}', "line 5: _id 'a b' holds white space"),
        ("corpus.jsonl", '{"_id": "x", "text": 3}', "line 5: text must be text"),
        ("queries.jsonl", '{"_id": "q9", "text": ""}', "line 5: text is empty"),
        ("qrels.tsv", "q1 pool 1", "line 6: 1 fields"),
        ("qrels.tsv", "q9\tpool\t1", "line 6: query-id 'q9' is not in queries.jsonl"),
        ("qrels.tsv", "q1\tpond\t1", "line 6: corpus-id 'pond' is not in corpus.jsonl"),
        ("qrels.tsv", "q1\tpool\t-1", "line 6: score '-1' is no whole number"),
        ("qrels.tsv", "q1\tbins\t2", "line 6: q1 and bins are judged 0 before and 2 here"),
    ],
)
def test_a_wrong_line_is_named(folder: Path, file: str, line: str, reason: str) -> None:
    """This test ensures that no figure comes from a collection that was misread."""
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(line + "\n")
    with pytest.raises(UsageError) as error:
        read_collection(folder)
    assert file in str(error.value) and reason in str(error.value)


def test_a_judgement_that_is_repeated_counts_once(folder: Path) -> None:
    """This test ensures that public collections with doubled lines can be used as they are."""
    with (folder / "qrels.tsv").open("a") as opened:
        opened.write("q2\tbins\t1\n")
    assert read_collection(folder).qrels["q2"] == {"bins": 1}


def test_a_missing_file_header_or_content_is_refused(folder: Path) -> None:
    """This test ensures that a folder in another form is refused with what is expected."""
    (folder / "qrels.tsv").write_text("q1\tpool\t1\n")
    with pytest.raises(UsageError, match="line 1: the header must be"):
        read_collection(folder)
    (folder / "qrels.tsv").write_text(HEADER + "\n")
    with pytest.raises(UsageError, match="holds no judgement"):
        read_collection(folder)
    (folder / "corpus.jsonl").write_text("\n")
    with pytest.raises(UsageError, match="is empty"):
        read_collection(folder)
    (folder / "queries.jsonl").unlink()
    with pytest.raises(UsageError, match=r"lacks queries\.jsonl"):
        read_collection(folder)


def test_a_collection_goes_the_product_s_own_road(result: BeirResult) -> None:
    """This test ensures that compounds are split, twins kept apart and empty papers borne, as in the product."""
    found = result.systems[PRODUCT]
    assert [name for name, _ in found.rankings["q1"][:2]] == ["pool", "pool-again"] or [
        name for name, _ in found.rankings["q1"][:2]
    ] == ["pool-again", "pool"]
    assert found.rankings["q2"][0][0] == "bins"
    assert found.rankings["q3"] == []
    at = [name for name, _ in found.rankings["q1"]].index("pool-again") + 1
    assert found.scores["q1"] == {"nDCG@10": pytest.approx(1 / log2(at + 1)), "RR": 1 / at, "R@100": 1.0}
    assert found.mean("R@100") == pytest.approx(2 / 3)
    assert result.passages == 4


def test_plain_bm25_stands_beside_it(result: BeirResult) -> None:
    """This test ensures that the baseline is asked the same, and finds by little words what it cannot by compounds."""
    plain = result.systems[BASELINE]
    assert [name for name, _ in plain.rankings["q2"]] == ["bins"]
    assert [name for name, _ in plain.rankings["q3"]] == ["bins", "pool", "pool-again"]


def test_each_leg_can_be_measured_alone(result: BeirResult) -> None:
    """This test ensures that a leg's own figure comes from that leg only."""
    assert list(result.systems) == [PRODUCT, "terms alone", "grams alone", "dense alone", BASELINE]
    terms = dict(result.systems["terms alone"].rankings["q2"])
    dense = dict(result.systems["dense alone"].rankings["q2"])
    assert terms["bins"] == 1.0 and "empty" not in terms
    assert "empty" in dense or len(dense) > len(terms)


def test_no_more_documents_are_measured_than_are_asked_for(folder: Path) -> None:
    """This test ensures that depth means the same for the product and the baseline."""
    found = evaluate_beir(read_collection(folder), Settings(), depth=1, embedder=FakeEmbedder())
    assert {len(ranking) for ranked in found.systems.values() for ranking in ranked.rankings.values()} == {0, 1}


def test_a_test_collection_never_goes_to_a_server(folder: Path) -> None:
    """This test ensures that measuring does not write into the index of a municipality."""
    settings = Settings(qdrant_url="http://192.0.2.1:6333")
    found = evaluate_beir(read_collection(folder), settings, embedder=FakeEmbedder())
    assert found.generation.collection == "" and found.systems[PRODUCT].rankings["q1"]


def test_progress_is_told_per_stage(folder: Path) -> None:
    """This test ensures that a long evaluation can show where it is."""
    told: list[tuple[str, int, int]] = []
    evaluate_beir(
        read_collection(folder), Settings(), embedder=FakeEmbedder(), progress=lambda *step: told.append(step)
    )
    assert told[0] == ("Cutting", 1, 4)
    assert ("Indexing", 4, 4) in told
    assert told[-1] == (BASELINE, 3, 3)


def test_the_json_names_the_collection_and_every_question(result: BeirResult) -> None:
    """This test ensures that a kept result can be compared question by question."""
    found = beir_json(result, provenance(result.settings, result.generation))
    assert found["collection"]["sha256"] == dict(result.collection.hashes)
    assert found["systems"][PRODUCT]["nDCG@10"] == result.systems[PRODUCT].mean("nDCG@10")
    assert [item["id"] for item in found["questions"]] == ["q1", "q2", "q3"]
    assert found["questions"][2]["systems"][PRODUCT] == {"nDCG@10": 0.0, "RR": 0.0, "R@100": 0.0}


def test_a_run_is_written_as_others_read_it(tmp_path: Path) -> None:
    """This test ensures that a run holds six fields a line, and that ties keep our order in a tool that sorts."""
    path = tmp_path / "out.trec"
    write_run(path, {"q1": [("b", 0.5), ("a", 0.5), ("c", 0.5)], "q2": [], "q3": [("a", 1 / 3)]}, tag="raadspoor")
    assert path.read_text() == (
        "q1 Q0 b 1 0.500000 raadspoor\n"
        "q1 Q0 a 2 0.499999 raadspoor\n"
        "q1 Q0 c 3 0.499998 raadspoor\n"
        "q3 Q0 a 1 0.333333 raadspoor\n"
    )


def test_a_run_gives_another_tool_the_same_figures(result: BeirResult, tmp_path: Path) -> None:
    """This test ensures that our figures can be checked from the run and the judgements alone."""
    path = tmp_path / "out.trec"
    write_run(path, result.systems[PRODUCT].rankings, tag="raadspoor")
    qrels = {question: dict(grades) for question, grades in result.collection.qrels.items()}
    found = ir_measures.calc_aggregate(
        [ir_measures.nDCG @ 10, ir_measures.RR], qrels, ir_measures.read_trec_run(str(path))
    )
    ours = result.systems[PRODUCT]
    assert {str(measure): value for measure, value in found.items()} == {
        "nDCG@10": pytest.approx(ours.mean("nDCG@10")),
        "RR": pytest.approx(ours.mean("RR")),
    }


def test_a_run_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """This test ensures that a wrong place for the run is named."""
    with pytest.raises(UsageError, match=r"cannot be written"):
        write_run(tmp_path / "none" / "out.trec", {}, tag="x")
