"""What tests of the search begin with."""

from pathlib import Path

import pytest

from council import DataFolder


@pytest.fixture
def data(quick_path: Path) -> DataFolder:
    """Give an empty data folder."""
    return DataFolder(quick_path / "data")
