"""All that follows from comparing a source with what was known of it: before anything is read, and in a dry run too."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.changes import compare, forget, must_not_be_most, restate, settle
from ingest.intake import find_moved
from ingest.running import Run
from ingest.source import Found


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """What is left to be done of a source."""

    fresh: tuple[Found, ...]
    """Files whose bytes are to be looked at."""
    moved: tuple[str, ...]
    """New paths of files that only lie elsewhere; that is done."""


def follow(run: Run) -> Compared:
    """Bring the catalogue up to date with what needs no reading: what is gone, moved, or said otherwise.

    Raises:
        UsageError: most of the papers are gone, and nobody said that they may be.
    """
    changes = compare(run)
    restate(run, changes.unchanged)
    moved = find_moved(run, changes.fresh, changes.vanished)
    must_not_be_most(run, changes.vanished)
    forget(run, changes.vanished)
    settle(run)
    fresh = tuple(item for item in changes.fresh if item.path not in moved)
    return Compared(fresh=fresh, moved=tuple(sorted(moved)))
