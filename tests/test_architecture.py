"""The house stands as ``ARCHITECTURE.md`` says: floors, doors, one module per outside library, and no slow start."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = {
    "council": set[str](),
    "search": {"council"},
    "ingest": {"council", "search"},
    "web": {"council", "search"},
    "eval": {"council", "search"},
}
PACKAGES = [name for name in FLOORS if (ROOT / name / "__init__.py").exists()]
DOORS = {"council", "council.settings", "search", "search.as_json"}
"""What another package may import: a package itself, and the modules that its documentation names beside it."""
LIBRARIES = {
    "pypdfium2": {"ingest/pdf_text.py", "web/page_image.py"},
    "ocrmypdf": {"ingest/ocr_plugin.py"},
    "pypdf": {"ingest/pdf_repair.py"},
    "qdrant_edge": {"search/index_edge.py"},
    "qdrant_client": {"search/index_server.py"},
    "sentence_transformers": {"search/embedding.py", "search/reranking.py"},
    "torch": {"search/embedding.py"},
    "Stemmer": {"search/dutch.py"},
    "wordfreq": {"search/compounds.py"},
    "rapidfuzz": {"search/spelling.py"},
    "sentencex": {"council/sentences.py"},
    "pebble": {"ingest/workers.py"},
    "rich": {"ingest/progress.py", "eval/terminal.py", "eval/judging/terminal.py"},
    "sqlite3": {
        "council/catalogue_file.py",
        "council/connections.py",
        "council/schema.py",
        "council/snapshots.py",
        "council/sqlite_errors.py",
        "council/usage_store.py",
    },
    "pydantic_settings": {"council/settings.py"},
    "ir_measures": {"eval/ranking.py"},
    "scipy": {"eval/significance.py"},
    "sklearn": {"eval/judging/agreement.py"},
    "bm25s": {"eval/baseline.py"},
    "jinja2": {"web/rendering.py", "eval/html.py", "ingest/report_html.py"},
    "matplotlib": {"eval/reporting/plots.py"},
    "sumy": {"eval/lexrank.py"},
}
LONGEST = 350
SLOW = {
    *("torch", "sentence_transformers", "transformers", "qdrant_client", "scipy", "sklearn", "wordfreq", "matplotlib"),
    *("sumy", "nltk"),
}


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the product, parsed, by its path."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the full name of everything that a module imports, within functions and for types too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their package"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yield the functions and classes that are meant for others, methods included."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def test_all_floors_are_there() -> None:
    """This test ensures that the tests below look at the whole house."""
    assert set(PACKAGES) == set(FLOORS)
    assert len(modules()) > 40


@pytest.mark.parametrize("package", FLOORS)
def test_imports_only_go_down(package: str) -> None:
    """This test ensures that ingest, web and eval stand on search, search on council, and none on one another."""
    own = {package, *FLOORS[package]}
    others = {*FLOORS, "training", "corpus_sample", "bench", "tests"} - own
    wrong = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        if path.startswith(f"{package}/")
        for name in imported(tree)
        if name.partition(".")[0] in others
    ]
    assert wrong == []


def test_other_packages_come_in_by_the_door() -> None:
    """This test ensures that what a package keeps to itself can change without anybody outside noticing."""
    wrong = []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            wrong += [
                f"{path} imports {name}"
                for name in names
                if name.partition(".")[0] in set(FLOORS) - {path.partition("/")[0]} and name not in DOORS
            ]
    assert wrong == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_outside_library_has_one_place(library: str) -> None:
    """This test ensures that a library can be replaced by changing the module that knows it."""
    using = {
        path for path, tree in modules().items() if any(name.partition(".")[0] == library for name in imported(tree))
    }
    assert using <= LIBRARIES[library]
    assert using, f"{library} is used nowhere; take it out of this list and out of pyproject.toml"


@pytest.mark.parametrize("package", FLOORS)
def test_a_door_names_what_is_there_in_order(package: str) -> None:
    """This test ensures that everything a package offers exists, once, and can be looked up in order."""
    door = importlib.import_module(package)
    names = list(getattr(door, "__all__", []))
    assert names == sorted(set(names), key=lambda name: (not name.isupper(), name)), "constants first"
    assert [name for name in names if not hasattr(door, name)] == []


@pytest.mark.parametrize("package", FLOORS)
def test_a_door_opens_on_what_the_checker_of_types_sees(package: str) -> None:
    """This test ensures that a name of a door is the same thing when it runs as when its types are checked."""
    tree = modules()[f"{package}/__init__.py"]
    checked = next(node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    homes = {
        alias.name: str(node.module)
        for node in checked.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    door = importlib.import_module(package)
    assert set(homes) == set(door.__all__) - {"lazily"}
    assert [
        name for name, home in homes.items() if getattr(door, name) is not getattr(importlib.import_module(home), name)
    ] == []


ROOMS = sorted({str(Path(path).parent) for path in modules()})
"""Packages and the packages in them."""


@pytest.mark.parametrize("room", ROOMS)
def test_a_door_has_a_map_of_its_package(room: str) -> None:
    """This test ensures that whoever opens a package is told what each of its modules is for."""
    told = set(re.findall(r"``(\w+)``", importlib.import_module(room.replace("/", ".")).__doc__ or ""))
    there = {path.stem for path in (ROOT / room).glob("*.py")} - {"__init__", "__main__"}
    inner = {path.parent.name for path in (ROOT / room).glob("*/__init__.py")}
    assert (there | inner) - told == set()


def test_every_module_says_what_it_is_for() -> None:
    """This test ensures that no module is without a first sentence."""
    assert [path for path, tree in modules().items() if not ast.get_docstring(tree)] == []


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    """This test ensures that whoever calls something can read what it does without reading how."""
    missing = [
        f"{path}: {node.name}"
        for path, tree in modules().items()
        for node in public(tree)
        if not ast.get_docstring(node)
    ]
    assert missing == []


def test_no_module_is_longer_than_one_can_take_in() -> None:
    """This test ensures that a module that has grown past one idea is noticed."""
    long = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: lines for path, lines in long.items() if lines > LONGEST} == {}


@pytest.mark.parametrize("package", ["ingest", "search", "web", "eval"])
def test_help_is_shown_without_loading_anything_slow(package: str) -> None:
    """This test ensures that --help answers at once: what takes seconds to import is not imported for it."""
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", package, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert shown.returncode == 0, shown.stderr[-2_000:]
    assert "usage" in shown.stdout.lower()
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in shown.stderr.splitlines() if "|" in line}
    assert "argparse" in loaded
    assert loaded & SLOW == set()
