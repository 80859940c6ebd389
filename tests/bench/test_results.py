"""The file of figures is read as it was written, or refused with a remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.results import State, read_results, write_results
from council import UsageError
from tests.bench.made_up import measured


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """This test ensures that nothing of a measurement is lost on its way through the file."""
    found = {
        "a": measured("a", {"passages": 10, "p95_ms": 2.5, "version": "1.0"}),
        "b": measured("b", why="OSError: no room", state=State.FAILED),
    }
    write_results(tmp_path / "results.json", found)
    assert read_results(tmp_path / "results.json") == found
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"figures": {}}', json.dumps({"measurements": [{"name": "a"}]})])
def test_a_file_of_another_make_is_refused_with_the_remedy(tmp_path: Path, text: str) -> None:
    """This test ensures that a table is never made from half a file or from that of an older version."""
    path = tmp_path / "results.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"results\.json.*make bench"):
        read_results(path)


def test_a_missing_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """This test ensures that whoever asks for tables first is told to measure first."""
    with pytest.raises(UsageError, match="make bench"):
        read_results(tmp_path / "results.json")
