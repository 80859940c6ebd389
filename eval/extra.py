"""What to say where a package of the extra ``eval`` is not installed: one remedy for all of them."""

from __future__ import annotations

from council import UsageError


def missing(what: str, error: ImportError) -> UsageError:
    """Return the error for something that needs a package which is not there.

    Args:
        what: what needs it, as the subject of a sentence.
        error: the import that failed.
    """
    return UsageError(f"{what} needs {error.name}; run make evaluator, or pip install '.[eval]' in the checkout")
