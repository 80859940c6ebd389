"""The figures in the documents are those that were measured."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def scores() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scores", ROOT / "docs" / "scores.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_table_is_what_its_file_says(scores: ModuleType) -> None:
    """This test ensures that no score in the documents was typed, forgotten or made prettier."""
    marks = "".join(path.read_text("utf-8") for path in scores.DOCUMENTS)
    shown = set(re.findall(r"<!-- scores: (\w+) -->", marks))
    assert shown == set(scores.TABLES)
    for path in scores.DOCUMENTS:
        text = path.read_text("utf-8")
        assert scores.filled(text) == text, f"{path.name} is out of date; run python docs/scores.py"


def test_a_figure_that_was_changed_by_hand_is_noticed(scores: ModuleType) -> None:
    """This test ensures that the test above can fail."""
    text = (ROOT / "README.md").read_text("utf-8")
    table = text.partition("<!-- scores: short -->")[2].partition("<!-- /scores")[0]
    figure = re.search(r"\*\*(0\.\d{3})\*\*", table)
    assert figure is not None
    changed = text.replace(figure[1], "0.999", 1)
    assert scores.filled(changed) == text != changed


def test_the_tables_come_from_one_committed_version(scores: ModuleType) -> None:
    """This test ensures that what is published can be made again: from a commit, and for each gold set as it is now."""
    for gold in ("dalmeren", "raadsstukken", "raadsstukken_2"):
        result = scores.read_result(scores.HOME / f"{gold}-test.json.gz")
        assert re.fullmatch("[0-9a-f]{40}", result.made_by.commit)
        assert {asked.split for asked in result.questions} == {"test"}
        assert result.gold.file == f"{gold}.jsonl"
        assert result.mean("Raadspoor", "verified") == 1.0
