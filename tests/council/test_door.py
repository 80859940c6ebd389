"""Doors that open when they are asked for."""

import subprocess
import sys

import pytest

import council
from council import lazily


def test_a_name_is_imported_when_it_is_asked_for() -> None:
    """This test ensures that a door gives what its module holds, whichever of its names is asked for."""
    opened = lazily("council", {"text": "clean readable", "errors": "UsageError"})
    assert opened("readable") is council.readable
    assert opened("UsageError") is council.UsageError


@pytest.mark.parametrize("name", ["Raadspoor", "records", ""])
def test_a_name_that_is_not_there_is_an_error(name: str) -> None:
    """This test ensures that a slip in a name is told as it is for any module."""
    with pytest.raises(AttributeError, match="module 'council' has no attribute"):
        lazily("council", {"text": "clean"})(name)


def test_council_is_imported_without_what_it_holds() -> None:
    """This test ensures that who needs one record does not wait for the catalogue and all else."""
    told = "import sys, council; council.Kind; print(*(name for name in sys.modules if name.startswith('council')))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    assert set(done.stdout.split()) == {"council", "council.door", "council.records"}
