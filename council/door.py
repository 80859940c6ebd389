"""A package's door: its names are imported when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package that imports nothing before it is asked for.

    ``--help`` must not wait for a library, nor what needs one record for all that the package can do. A door assigns it
    where ``TYPE_CHECKING`` is false and imports the same names where it is true, so that types are checked as ever.

    Args:
        package: its name.
        homes: for each of its modules, the names of the door that live there, apart by spaces.
    """
    places = {name: f"{package}.{module}" for module, names in homes.items() for name in names.split()}

    def opened(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(places[name]), name)
        return found

    return opened
