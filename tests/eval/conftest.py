"""The small town as a data folder, and a pen to write gold files with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from council import DataFolder
from tests.eval.town import make_town, write_gold


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    data = DataFolder(tmp_path_factory.mktemp("town"))
    make_town(data)
    return data


@pytest.fixture
def gold_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a gold file of questions and of raw lines."""

    return partial(write_gold, tmp_path)
