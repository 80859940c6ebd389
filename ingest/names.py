"""Names of files: letters with accents may be written in two ways, and the same name in both."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

_T = TypeVar("_T")


def composed(path: str) -> str:
    """Return a path with each accent in one piece with its letter: how two ways of writing a name are compared."""
    return unicodedata.normalize("NFC", path)


class Names:
    """Names in which another one is looked up, however its accents are written.

    Args:
        names: as they are.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = dict.fromkeys(names)
        self._ways: dict[str, str] = {}
        for name in self._names:
            self._ways.setdefault(composed(name), name)

    def find(self, name: str) -> str:
        """Return the name that is meant, one that is written in the same way before any other; empty where none is."""
        return name if name in self._names else self._ways.get(composed(name), "")


def matched(paths: Iterable[str], said: Mapping[str, _T]) -> dict[str, _T]:
    """Match paths with what is said of them.

    Args:
        paths: names as they are.
        said: by names as somebody wrote them.

    Returns:
        What is said, by the paths. The same name written in the same way counts before one written otherwise.
    """
    named = dict.fromkeys(paths)
    found = {path: said[path] for path in named if path in said}
    rest = {composed(path): path for path in reversed(list(named)) if path not in found}
    for name, value in said.items():
        path = rest.get(composed(name))
        if name not in named and path is not None:
            found[path] = value
    return found
