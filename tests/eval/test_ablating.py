"""What each part is worth, where the answer is known."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from council import Catalogue, DataFolder, UsageError
from council.settings import Settings
from eval import read_collection, read_gold
from eval.ablating import PASSAGES, Part, ablate
from eval.ablating_beir import ablate_beir
from search import build, dutch
from tests.eval.town import judgement, question, store
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


def test_papers_that_are_written_meanwhile_are_copied_whole(
    town: DataFolder, tmp_path: Path, gold_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that a log that is emptied between the copying of two files takes no paper out of the copy."""
    data = DataFolder(shutil.copytree(town.root, tmp_path / "data"))
    gold = read_gold(gold_file(question()))
    monkeypatch.setattr("eval.ablating.PASSAGES", {"title in front": PASSAGES["title in front"]})
    seen: list[int] = []

    def counted(*arguments: Any, **more: Any) -> Any:
        seen.append(len(list(arguments[2].documents())))
        return build(*arguments, **more)

    copyfile = shutil.copyfile

    def meanwhile(source: Path, target: Path, **more: Any) -> Any:
        copied = copyfile(source, target, **more)
        with closing(sqlite3.connect(data.catalogue)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return copied

    with closing(Catalogue(data.catalogue)) as writer:
        store(writer, "bridge.pdf", ("De brug over de Dalm wordt vernieuwd.\n",))
        monkeypatch.setattr(shutil, "copyfile", meanwhile)
        monkeypatch.setattr("eval.ablating.build", counted)
        ablate(gold, data, Settings(), parts=frozenset({Part.PASSAGE}), embedder=FakeEmbedder())
        assert seen == [len(list(writer.documents()))]


def test_a_step_is_worth_the_same_on_a_collection_that_only_it_opens(tmp_path: Path) -> None:
    """This test ensures that a BEIR folder is indexed anew without each step, and asked for rankings only."""
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "a", "title": "", "text": "De leges van een zwembad."}\n'
        '{"_id": "b", "title": "", "text": "Overleg over de Wmo in het dorp."}\n',
        encoding="utf-8",
    )
    asked = '{"_id": "q", "text": "wet maatschappelijke ondersteuning"}\n'
    (tmp_path / "queries.jsonl").write_text(asked, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\n", encoding="utf-8")
    collection = read_collection(tmp_path)
    settings = Settings(weight_grams=0.0, weight_dense=0.0)
    found = ablate_beir(collection, settings, parts=frozenset({Part.STEP}), embedder=FakeEmbedder())
    worth = {item.name: item.differences["nDCG@10"].change for item in found}
    assert worth.keys() == {step.value for step in dutch.Step}
    assert worth.pop("abbreviations") == pytest.approx(1.0)
    assert set(worth.values()) == {0.0}
    with pytest.raises(UsageError, match="--only leg"):
        ablate_beir(collection, settings, parts=frozenset({Part.FEATURE}), embedder=FakeEmbedder())


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
