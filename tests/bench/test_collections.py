"""What is asked and of what: law text that fills a collection, and questions of which no two are alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.asking import searching
from bench.collections import MUNICIPALITY, fill_up
from bench.dense import Embedded, mean_recall
from bench.measure import filling
from bench.questions import gold_questions, law_questions, made_from
from bench.results import NotHereError
from council import Catalogue, DataFolder
from tests.bench.made_up import write_laws


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(DataFolder(tmp_path / "data").catalogue, create=True)


def test_a_collection_is_filled_up_and_later_filled_further(tmp_path: Path, catalogue: Catalogue) -> None:
    """This test ensures that 100,000 passages can become 500,000 without anything being counted twice."""
    laws = write_laws(tmp_path / "material", 600)
    first = fill_up(catalogue, laws, passages=5)
    assert first == catalogue.passage_count() >= 5
    names = {document.sha256 for document in catalogue.documents()}
    second = fill_up(catalogue, laws, passages=first + 5)
    assert second == catalogue.passage_count() >= first + 5
    assert names < {document.sha256 for document in catalogue.documents()}
    assert {document.municipality for document in catalogue.documents()} == {MUNICIPALITY}


def test_when_the_law_text_is_used_up_it_is_shuffled(tmp_path: Path, catalogue: Catalogue) -> None:
    """This test ensures that a collection can be larger than the law text, with papers that are not the same again."""
    laws = write_laws(tmp_path / "material", 240)
    held = fill_up(catalogue, laws, passages=200)
    openings = [catalogue.pages(document.sha256)[0].text for document in catalogue.documents()]
    assert held >= 200
    assert len(openings) > 2
    assert len(set(openings)) == len(openings)


def test_without_the_law_text_it_is_told_how_to_get_on(tmp_path: Path, catalogue: Catalogue) -> None:
    """This test ensures that who lacks the material is not left with a failure."""
    with pytest.raises(NotHereError, match="--material"):
        fill_up(catalogue, tmp_path / "laws.txt.xz", passages=1)


def test_no_question_is_asked_twice(tmp_path: Path, catalogue: Catalogue) -> None:
    """This test ensures that one measurement never repeats a question, nor asks those of another."""
    fill_up(catalogue, write_laws(tmp_path / "material", 2_400), passages=60)
    first, second = law_questions(catalogue, 8), law_questions(catalogue, 8, skip=8)
    assert len(set(first)) == 8
    assert len({*first, *second}) == len(first) + len(second) > 8
    assert law_questions(catalogue, 8) == first
    assert len(set(gold_questions())) == len(gold_questions()) > 100


def test_questions_are_openings_words_and_titles_in_turn() -> None:
    """This test ensures that questions differ in kind, and that no sign of the law becomes an operator."""
    text = 'De "raad": stelt -niet- de precariobelastingverordening, de legesverordening en de begroting vast in mei.'
    assert made_from("Wet: 'X'", text, 0) == "De raad stelt niet de precariobelastingverordening de legesverordening en"
    assert made_from("Wet: 'X'", text, 1) == "precariobelastingverordening legesverordening begroting"
    assert made_from("Wet: 'X'", text, 2) == "Wet X"


def test_recall_is_the_share_of_the_exact_best_ten() -> None:
    """This test ensures that recall is counted right: nine of ten found is 0.9, and order does not matter."""
    angles = np.linspace(0, 1.5, 12)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = Embedded(
        ids=np.arange(100, 112, dtype=np.int64), passages=vectors, questions=np.array([[1, 0]], dtype=np.float32)
    )
    assert mean_recall(found, lambda question: range(109, 99, -1)) == 1.0
    assert mean_recall(found, lambda question: [*range(100, 109), 111]) == pytest.approx(0.9)
    assert mean_recall(found, lambda question: [100, 101]) == pytest.approx(0.2)
    assert mean_recall(found, lambda question: [111, 110, *range(100, 110)]) == pytest.approx(0.8)


def test_of_passages_that_say_the_same_whichever_comes_is_right() -> None:
    """This test ensures that a search is not blamed for taking another of twenty equal passages."""
    vectors = np.tile(np.array([[0.6, 0.8]], dtype=np.float32), (20, 1))
    found = Embedded(ids=np.arange(1, 21, dtype=np.int64), passages=vectors, questions=vectors[:1])
    assert mean_recall(found, lambda question: range(11, 21)) == 1.0


def test_a_filled_folder_is_searched_and_measured(tmp_path: Path) -> None:
    """This test ensures that the whole road works: law text becomes an index, and figures come of asking it."""
    write_laws(tmp_path / "material", 600)
    data = tmp_path / "data"
    Catalogue(DataFolder(data).catalogue, create=True).close()
    filled = filling(data, tmp_path / "material", 10)
    figures = searching(data)
    assert figures["passages"] == filled["passages"]
    assert int(figures["questions"]) > len(gold_questions())
    assert float(figures["p50_ms"]) <= float(figures["p95_ms"])
