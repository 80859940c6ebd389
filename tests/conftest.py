"""What holds for all tests: how hypothesis draws its examples, and where quick folders lie.

The gate draws the same examples every time and sets no time limit, because the machine may be busy. Look further with
``pytest --hypothesis-profile=thorough``.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

# The contract is no test file itself, and should still say what was unequal.
pytest.register_assert_rewrite("tests.search.index_contract")

_BUSY = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("gate", derandomize=True, deadline=None, max_examples=100, suppress_health_check=_BUSY)
settings.register_profile("thorough", deadline=None, max_examples=3_000, suppress_health_check=_BUSY)
settings.load_profile("gate")

CHROMIUM = "/usr/bin/chromium"
# No call to the outside, whatever the browser would like to fetch for itself.
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_MEMORY = Path("/dev/shm")  # noqa: S108
_ROOM = 2**30


@pytest.fixture
def quick_path() -> Iterator[Path]:
    """Give an empty folder, in memory where the machine has room for it."""
    with quick_folder() as folder:
        yield folder


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Make an empty folder, in memory where the machine has room for it: an index flushes to disk dozens of times."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    with tempfile.TemporaryDirectory(prefix="raadspoor-test-", dir=_MEMORY if roomy else None) as name:
        yield Path(name)


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """Let whoever makes a file say alone who may read it."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a real browser, of this module alone: two at once cannot be driven, and none may outlive its tests."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is not there, and the gate does not pass without a browser; install chromium")
        pytest.skip(f"{CHROMIUM} is not there; install chromium to test in a real browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()
