"""Memory that goes back to the system."""

import ctypes

import pytest

from search.freed import give_back


def test_freed_memory_goes_back_whatever_the_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a C library that cannot give memory back ends no run, and one that can is told to."""
    told = []

    class Glibc:
        def malloc_trim(self, kept: int) -> int:
            told.append(kept)
            return 1

    monkeypatch.setattr(ctypes, "CDLL", lambda name: Glibc())
    give_back()
    assert told == [0]
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    give_back()
