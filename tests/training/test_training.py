"""The making of the Dutch embedding model, and the model that is shipped."""

import csv
import json
import lzma
import math
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from training import corpus, measures, pairs, vectors, vocabulary, weights
from training.__main__ import main as make_model
from training.contrast import EncodedPairs, Schedule, learn
from training.shipping import load

SHIPPED = Path(__file__).parents[2] / "search" / "models" / "raadspoor-static-nl"
SENTENCE = "De gemeenteraad stelt de verordening afvalstoffenheffing vast."
CANONICAL = [-0.00934, 0.04677, 0.13195, -0.01445, 0.02329]
TOPICS = {
    "parkeren": "De parkeervergunning geldt voor bewoners van de straat en kost per auto een bedrag per jaar",
    "afval": "De afvalstoffenheffing wordt geheven van huishoudens die restafval en papier laten ophalen",
    "bouwen": "De omgevingsvergunning voor het bouwen van een dakkapel wordt aangevraagd bij het college",
    "school": "De leerling met een indicatie krijgt leerlingenvervoer naar de school van zijn richting",
}


@pytest.fixture(scope="module")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a data folder with made-up law texts of a few topics, in the form of the real files."""
    data = tmp_path_factory.mktemp("data")
    for folder in ("stsb_nl", "amsterdam_simplification"):
        (data / "training" / folder).mkdir(parents=True)
    texts = [
        (
            name,
            f"{number}. {text}. Artikel {number} van de regeling over {name} is van toepassing. {text}, lid {number}.",
        )
        for number in range(150)
        for name, text in TOPICS.items()
    ]
    with lzma.open(data / "training" / "laws_nl.txt.xz", "wt", encoding="utf-8") as lines:
        lines.writelines(text + "\n" for _, text in texts)
    with lzma.open(data / "training" / "nl_law_heading_article.jsonl.xz", "wt", encoding="utf-8") as lines:
        for name, text in texts:
            lines.write(json.dumps({"law": f"Regeling {name}", "heading": f"Over {name}", "text": text}) + "\n")
    with (data / "training" / "stsb_nl" / "stsb-nl-train.csv").open("w", encoding="utf-8", newline="") as rows:
        csv.writer(rows).writerows(
            [["Een auto rijdt.", "Er rijdt een auto.", "4.8"], ["Een kat.", "Een boot.", "0.2"]] * 4
        )
    simple = data / "training" / "amsterdam_simplification" / "complex-simple-v1-anonymized.csv"
    with simple.open("w", encoding="utf-8", newline="") as rows:
        csv.writer(rows).writerows(
            [["Document ID", "Complex", "Simple"]] + [["1", TOPICS["afval"], "U betaalt voor afval"]] * 4
        )
    return data


def test_the_quick_recipe_makes_a_model_that_finds_the_right_topic(small_data: Path, tmp_path: Path) -> None:
    """This test ensures that the whole making runs on small data and that its model loads and tells topics apart."""
    assert make_model(["--data", str(small_data), "--out", str(tmp_path / "model"), "--quick"]) == 0
    embed = load(tmp_path / "model")
    passages = embed(list(TOPICS.values()))
    questions = embed(
        ["bewoners parkeervergunning", "huishoudens restafval", "bouwen dakkapel", "leerling vervoer school"]
    )
    assert passages.dtype == np.float32
    assert np.allclose(np.linalg.norm(passages, axis=1), 1.0, atol=1e-5)
    assert (questions @ passages.T).argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert not (tmp_path / "model" / "README.md").exists()


def test_one_thread_makes_the_same_model_twice(small_data: Path, tmp_path: Path) -> None:
    """This test ensures that a making on one thread repeats to the byte."""
    for name in ("first", "second"):
        make_model(["--data", str(small_data), "--out", str(tmp_path / name), "--quick", "--threads", "1"])
    for file in ("model.safetensors", "tokenizer.json", "modules.json"):
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes()


def test_missing_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a wrong data folder ends with code 2 and the name of the file that is not there."""
    assert make_model(["--data", str(tmp_path), "--out", str(tmp_path / "model"), "--quick"]) == 2
    assert "laws_nl.txt.xz" in capsys.readouterr().err


def test_a_broken_word_is_cut_like_the_whole_word() -> None:
    """This test ensures that hyphens of a line's end, soft hyphens, case and accents make no difference."""
    tokenizer = vocabulary.train_tokenizer(["de regelgeving over financiele zaken"] * 20, 200)
    whole, broken, soft, capital = vocabulary.encode(
        tokenizer, ["regelgeving", "regelge-ving", "regel\u00adgeving", "Regelgeving!"]
    )
    assert whole.tolist() == broken.tolist() == soft.tolist() == capital.tolist()
    plain, accented = vocabulary.encode(tokenizer, ["financiele", "financiële"])
    assert plain.tolist() == accented.tolist()


def test_everyday_words_weigh_little_though_the_law_never_says_them() -> None:
    """This test ensures that a piece's share is the larger of the law's and of everyday Dutch."""
    law = np.array([90.0, 0.0, 10.0])
    everyday = np.array([0.1, 0.5, 0.0])
    assert weights.inverse_frequency(law, everyday, 0.1) == pytest.approx([0.1, 0.1 / 0.6, 0.5])


def test_evened_out_vectors_have_no_common_direction() -> None:
    """This test ensures that centring and whitening leave the same spread in each direction."""
    generator = np.random.default_rng(5)
    rows = (generator.normal(size=(4_000, 6)) * [9, 5, 3, 2, 1, 0.5] + 7).astype(np.float32)
    even = vectors.even_out(rows, np.full(4_000, 100.0))
    assert np.allclose(np.linalg.norm(even, axis=1), 1.0, atol=1e-5)
    assert np.allclose(np.cov(even.T), np.eye(6) / 6, atol=0.02)


def test_only_alike_but_not_equal_sentences_are_paired() -> None:
    """This test ensures that unlike sentences, and a sentence with itself, teach nothing."""
    rated = [
        corpus.Rated(left="a", right="a", score=5.0),
        corpus.Rated(left="a", right="b", score=4.0),
        corpus.Rated(left="a", right="c", score=3.9),
    ]
    assert pairs.alike(rated) == [("a", "b")]


def test_an_article_is_paired_with_its_law_and_heading() -> None:
    """This test ensures that the law's title stands before the heading and that near-empty articles are left out."""
    text = "Burgemeester en wethouders beslissen binnen acht weken op de aanvraag."
    articles = [
        corpus.Article(law="Parkeerwet", heading="Termijn", text=text),
        corpus.Article(law="Parkeerwet", heading="Slot", text="Vervallen."),
    ]
    assert pairs.headed(articles) == [("Parkeerwet Termijn", text)]


def test_neighbours_are_paragraphs_that_follow_each_other() -> None:
    """This test ensures that each pair is a paragraph and the next one, and that short ones are passed over."""
    long = [letter * 90 for letter in "abcd"]
    made = pairs.neighbours([long[0], long[1], "short", long[2], long[3]], 10, random.Random(1))  # noqa: S311  # no secret
    assert sorted(made) == [(long[0], long[1]), (long[2], long[3])]


def test_learning_brings_what_belongs_together_together() -> None:
    """This test ensures that contrastive learning raises the cosine of a pair above that of strangers."""
    generator = np.random.default_rng(2)
    start = generator.normal(size=(40, 16)).astype(np.float32)
    left = [np.array([piece], dtype=np.int32) for piece in range(20)]
    right = [np.array([piece + 20], dtype=np.int32) for piece in range(20)]
    rows = learn(
        start,
        np.ones(40, dtype=np.float32),
        [EncodedPairs(kind="made up", left=left, right=right)],
        Schedule(epochs=60, batch=20, rate=0.05, drop=0.0),
    )
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert ((rows[:20] @ rows[20:].T).argmax(axis=1) == np.arange(20)).all()


def test_ndcg_is_what_arithmetic_by_hand_gives() -> None:
    """This test ensures that ranks count from 1, the discount is log2(rank + 1), and rank 11 counts for nothing."""
    assert measures.ndcg(["b", "a"], {"a": 1}) == pytest.approx(1 / math.log2(3))
    assert measures.ndcg(["a", "x", "b"], {"a": 1, "b": 1}) == pytest.approx(1.5 / (1 + 1 / math.log2(3)))
    assert measures.ndcg([*"abcdefghij", "k"], {"k": 1}) == 0.0


def test_spearman_is_what_arithmetic_by_hand_gives() -> None:
    """This test ensures that only the order counts and that equal values share the mean of their ranks."""
    assert measures.spearman([1, 2, 3], [10, 20, 900]) == pytest.approx(1.0)
    assert measures.spearman([1, 2, 3], [9, 5, 1]) == pytest.approx(-1.0)
    # Ranks 1.5, 1.5, 3 against 1, 2, 3: covariance 1.5, sums of squares 1.5 and 2.
    assert measures.spearman([5, 5, 7], [1, 2, 3]) == pytest.approx(1.5 / math.sqrt(1.5 * 2))


def test_a_long_document_counts_by_its_best_part() -> None:
    """This test ensures that parts of a document are embedded one by one and the best one counts."""
    judged = corpus.RetrievalSet(
        name="made up",
        documents={"long": "x x y y", "short": "x y y"},
        questions={"q": "y"},
        relevant={"q": {"long": 1}},
    )

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array([[text.count("x"), text.count("y")] for text in texts], dtype=np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), dtype=np.float32)

    assert measures.retrieval_score(embed, judged) == pytest.approx(1 / math.log2(3))
    assert measures.retrieval_score(embed, judged, part_words=2) == 1.0


def test_the_shipped_model_is_small_and_carries_our_card() -> None:
    """This test ensures that the shipped folder stays under 30 MB and that its card is the one we wrote."""
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) < 30_000_000
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert "python -m training" in card and "CC BY-SA 4.0" in card


def test_the_shipped_model_embeds_as_it_did_when_it_was_scored() -> None:
    """This test ensures that the library, the tokenizer and the weights still give the same vector for a sentence."""
    vector, empty = load(SHIPPED)([SENTENCE, ""])
    assert vector.shape == (256,)
    assert vector[:5] == pytest.approx(CANONICAL, abs=2e-4)
    assert not empty.any()
