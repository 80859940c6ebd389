"""Every error that Raadspoor raises on purpose, as one tree.

::

    RaadspoorError
    ├── UsageError            the command or the question cannot be carried out as given (exit 2)
    │   └── ManifestError     a line of manifest.jsonl is wrong; names the line
    ├── DataError             the data folder is missing, locked, damaged or of another make (exit 4)
    │   ├── Busy              another run, or another program, is writing there (exit 6)
    │   ├── ModelMismatch     the index was made with another embedding model
    │   └── NotIngested       nothing has been published here yet
    ├── ReadError             a document could not be read; carries the remedy
    └── QuoteError            a quote does not stand at its address: it must not be shown
"""

from __future__ import annotations


class RaadspoorError(Exception):
    """The root. Its message says what happened, to which file, and what to do next."""

    exit_code = 1


class UsageError(RaadspoorError):
    """The command or the question cannot be carried out as it was given."""

    exit_code = 2


class ManifestError(UsageError):
    """A line of ``manifest.jsonl`` is wrong; the message names the line by its number."""


class DataError(RaadspoorError):
    """The data folder is missing, locked, damaged or of another make."""

    exit_code = 4


class Busy(DataError):
    """Another run, or another program, is writing in the data folder: nothing is wrong, and waiting helps."""

    exit_code = 6


class ModelMismatch(DataError):
    """The index was made with another embedding model or analysis, and searching it would give nonsense."""


class NotIngested(DataError):
    """The data folder holds no published index yet."""


class ReadError(RaadspoorError):
    """A document could not be read.

    Args:
        reason: what is wrong, in one clause.
        remedy: what the clerk can do about it.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        """Keep both parts when the error crosses from a worker process."""
        return type(self), (self.reason, self.remedy)


class QuoteError(RaadspoorError):
    """A quote does not stand at its address, so it must not be shown."""
