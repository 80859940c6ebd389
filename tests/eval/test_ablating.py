"""What each part is worth, where the answer is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from council import DataFolder
from council.settings import Settings
from eval import read_gold
from eval.ablating import PASSAGES, Part, ablate
from search import dutch
from tests.eval.town import judgement, question
from tests.fakes import FakeEmbedder

Write = Callable[..., Path]
LONG = "Een bewonersvergunning kost straks € 60 per jaar."


def test_a_part_that_alone_finds_the_paper_is_worth_all_of_it(town: DataFolder, gold_file: Write) -> None:
    """This test ensures that a step is really taken out of index and question, and nothing else is."""
    quoted = [judgement(file="parking.pdf", quote=LONG)]
    gold = read_gold(gold_file(question(question="vergunning bewoners", judgements=quoted)))
    # With the other legs off only a compound that is cut finds "bewonersvergunning".
    settings = Settings(weight_grams=0.0, weight_dense=0.0)
    found = {
        item.name: item for item in ablate(gold, town, settings, parts=frozenset({Part.STEP}), embedder=FakeEmbedder())
    }
    assert set(found) == {step.value for step in dutch.Step}
    assert found["compounds"].differences["nDCG@10"].change == pytest.approx(1.0)
    assert found["numbers"].differences["nDCG@10"].change == 0.0


def test_the_data_folder_is_left_as_it_was(town: DataFolder, gold_file: Write) -> None:
    """This test ensures that comparing changes nothing in the index that readers use."""
    before = {path: path.read_bytes() for path in town.index.glob("**/*.json") if "store" not in path.parts}
    ablate(read_gold(gold_file(question())), town, Settings(), parts=frozenset({Part.STEP}), embedder=FakeEmbedder())
    assert {path: path.read_bytes() for path in before} == before
    assert len(list(town.index.iterdir())) == 2
    assert dutch.analysis() == dutch.ANALYSIS


def test_choices_about_passages_are_told_apart_on_papers_cut_again(town: DataFolder, gold_file: Write) -> None:
    """This test ensures that each choice is measured, and that what a title alone finds is worth the title."""
    quoted = [judgement(file="scan.pdf", quote="de waterieiding in de Molenstraat lekt al weken")]
    gold = read_gold(gold_file(question(question="scan", judgements=quoted)))
    settings = Settings(weight_grams=0.0, weight_dense=0.0)
    before = {path: path.read_bytes() for path in town.root.glob("catalogue.sqlite")}
    found = {
        item.name: item
        for item in ablate(gold, town, settings, parts=frozenset({Part.PASSAGE}), embedder=FakeEmbedder())
    }
    assert set(found) == set(PASSAGES)
    assert found["title in front"].differences["nDCG@10"].change == pytest.approx(1.0)
    assert found["speaker in front"].differences["nDCG@10"].change == 0.0
    assert {path: path.read_bytes() for path in before} == before
