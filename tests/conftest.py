"""What holds for all tests: how hypothesis draws its examples, and where quick folders lie.

The gate draws the same examples every time and sets no time limit, because the machine may be busy. Look further with
``pytest --hypothesis-profile=thorough``.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The contract is no test file itself, and should still say what was unequal.
pytest.register_assert_rewrite("tests.search.index_contract")

_BUSY = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("gate", derandomize=True, deadline=None, max_examples=100, suppress_health_check=_BUSY)
settings.register_profile("thorough", deadline=None, max_examples=3_000, suppress_health_check=_BUSY)
settings.load_profile("gate")

_MEMORY = Path("/dev/shm")  # noqa: S108
_ROOM = 2**30


@pytest.fixture
def quick_path() -> Iterator[Path]:
    """Give an empty folder, in memory where the machine has room for it: an index flushes to disk dozens of times."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    with tempfile.TemporaryDirectory(prefix="raadspoor-test-", dir=_MEMORY if roomy else None) as name:
        yield Path(name)
