"""Tests for the optional cross-encoder: its order, its place, and a real model made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from council import Cause, DataError
from council.settings import Settings
from search.fusion import Fused
from search.ranking import Ranked
from search.reranking import CrossEncoderReranker, reranked, reranker_of
from tests.fakes import a_document


def _found(scores: Sequence[float]) -> list[Ranked]:
    return [
        Ranked(document=a_document(str(at)), passages=(Fused(id=at, score=score),), score=score)
        for at, score in enumerate(scores)
    ]


def test_the_read_ones_take_the_order_of_the_reranker_and_the_rest_stay() -> None:
    """This test ensures that scores go on falling, that ties keep their order, and that each says its new place."""
    found = _found([0.9, 0.8, 0.7, 0.6])
    after = reranked(found, [1.0, 3.0, 1.0])
    assert [item.passages[0].id for item in after] == [1, 0, 2, 3]
    assert [item.score for item in after] == [0.9, 0.8, 0.7, 0.6]
    first = after[0].adjustments[-1]
    assert (first.cause, first.change, first.place and first.place.rank) == (Cause.RERANKER, pytest.approx(0.1), 1)
    assert not after[3].adjustments


def test_without_the_setting_there_is_none_and_a_wrong_folder_is_named(tmp_path: Path) -> None:
    """This test ensures that nothing is loaded by default, and that a mistake is told with its remedy."""
    assert reranker_of(Settings()) is None
    with pytest.raises(DataError, match="RAADSPOOR_RERANKER"):
        reranker_of(Settings(reranker=str(tmp_path / "absent")))
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="cannot be loaded"):
        CrossEncoderReranker(str(tmp_path / "empty")).scores("vraag", ["tekst"])


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give two tiny cross-encoders with random weights: one that gives one score, and one that gives three."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    made = []
    for labels in (1, 3):
        folder = tmp_path_factory.mktemp(f"cross{labels}")
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "zwembad", "parkeren", "krediet", "motie"]
        (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        tokenizer = BertTokenizerFast(vocab={word: at for at, word in enumerate(words)})
        tokenizer.save_pretrained(folder)
        config = BertConfig(
            vocab_size=len(words),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            max_position_embeddings=64,
            num_labels=labels,
            initializer_range=0.5,
        )
        BertForSequenceClassification(config).eval().save_pretrained(folder)
        made.append(folder)
    return made[0], made[1]


def test_a_real_model_orders_by_its_own_scores(folders: tuple[Path, Path]) -> None:
    """This test ensures that a folder of sentence-transformers' form is read, and gives a number for each text."""
    texts = ["krediet zwembad", "motie parkeren", "zwembad"]
    reranker = CrossEncoderReranker(str(folders[0]))
    scores = reranker.scores("zwembad", texts)
    assert scores.shape == (3,) and np.isfinite(scores).all() and len(set(scores.tolist())) == 3
    order = [item.passages[0].id for item in reranked(_found([0.9, 0.8, 0.7]), scores.tolist())]
    assert order == np.argsort(-scores).tolist()
    assert np.allclose(scores, reranker.scores("zwembad", texts))
    assert reranker.scores("zwembad", []).shape == (0,)


def test_a_model_with_several_scores_is_refused(folders: tuple[Path, Path]) -> None:
    """This test ensures that a classifier of something else is not taken for a reranker."""
    with pytest.raises(DataError, match="3 scores"):
        CrossEncoderReranker(str(folders[1])).scores("zwembad", ["krediet"])
