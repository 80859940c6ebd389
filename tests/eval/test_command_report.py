"""``raadspoor-eval report``: what it writes, what it refuses, and what it does not wait for."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from council import UsageError
from eval.commands_report import add_parsers
from eval.result import write_result
from tests.eval.made_up import a_mixed_result
from tests.eval.report_reading import ReadReport


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_parsers(parser.add_subparsers(required=True))
    chosen = parser.parse_args(["report", *arguments])
    handler: Callable[[argparse.Namespace], int] = chosen.handler
    return handler(chosen)


@pytest.fixture
def result(tmp_path: Path) -> Path:
    file = tmp_path / "result.json.gz"
    write_result(file, a_mixed_result(12))
    return file


def test_a_result_becomes_a_page(result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that the command writes the page where it was asked to, and says where that is."""
    out = tmp_path / "page.html"
    assert run(str(result), "--out", str(out), "--against", str(result), "--product", "http://localhost:8000") == 0
    assert capsys.readouterr().out == f"{out}\n"
    page = ReadReport(out.read_text(encoding="utf-8"))
    assert page.root.all("h1")[0].text == "How well Raadspoor answers"
    assert page.table("versions")["nDCG@10"][-1] == "no difference shown"
    assert "http://localhost:8000/zoeken?q=" in page.html


def test_wrong_input_is_named(result: Path, tmp_path: Path) -> None:
    """This test ensures that a file that is no result, or an address that is none, is refused and no page is made."""
    (tmp_path / "no.json").write_text("{}")
    for arguments, said in (
        ([str(tmp_path / "no.json")], "no result"),
        ([str(tmp_path / "absent.json")], "cannot be read"),
        ([str(result), "--product", "javascript:x"], "--product"),
        ([str(result), "--gold", str(tmp_path / "absent.jsonl")], "cannot be read"),
    ):
        with pytest.raises(UsageError, match=said):
            run(*arguments, "--out", str(tmp_path / "page.html"))
    assert not (tmp_path / "page.html").exists()


def test_without_matplotlib_it_says_what_to_install(
    result: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that who installed the product without its plots is told the name of the extra."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install '.\[eval\]'"):
        run(str(result), "--out", str(tmp_path / "page.html"))


def test_help_loads_nothing_heavy() -> None:
    """This test ensures that the command's help comes at once."""
    code = (
        "import sys, argparse; from eval.commands_report import add_parsers\n"
        "parser = argparse.ArgumentParser(); add_parsers(parser.add_subparsers())\n"
        "try: parser.parse_args(['report', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'matplotlib', 'jinja2', 'search', 'pydantic', 'council.records'}\n"
        "sys.exit(bool(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--against" in done.stdout
