"""Names of files: letters with accents may be written in two ways, and the same name in both."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

_T = TypeVar("_T")


def composed(path: str) -> str:
    """Return a path with each accent in one piece with its letter: how two ways of writing a name are compared."""
    return unicodedata.normalize("NFC", path)


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
