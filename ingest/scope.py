"""How much of a source a run looks at: ``--only`` limits it, ``--keep-missing`` keeps what is no longer delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from council import Address, UsageError
from ingest.names import composed, matched
from ingest.source import Offer


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a run was asked to look at."""

    only: tuple[str, ...] = ()
    """Patterns of paths within the source; ``*`` stands for any characters, a slash too. None means everything."""
    keep_missing: bool = False
    """The source lists only what is new: a file that is not there was not taken back."""
    withdraw_all: bool = False
    """However many files are gone, they were all taken back."""

    def holds(self, path: str) -> bool:
        """Say whether a path is looked at."""
        return not self.only or any(fnmatchcase(composed(path), composed(pattern)) for pattern in self.only)

    def limited(self, offer: Offer, known: Mapping[str, Address]) -> Offer:
        """Return the part of an offer that is looked at.

        Args:
            offer: what the source offers.
            known: what is known of the source by now.

        Returns:
            The offer with the files that the patterns match. Where missing files are kept, a line of the manifest about
            a paper that is known is not without its paper.

        Raises:
            UsageError: the patterns match nothing, neither what is there nor what is known.
        """
        if self.only and not any(map(self.holds, (*known, *offer.hidden, *(item.path for item in offer.found)))):
            raise UsageError(
                f"--only {' '.join(self.only)} matches nothing in {offer.source}; a pattern is held against the path "
                "within the source, like 'moties/*'. Nothing was changed"
            )
        kept = set(matched(known, offer.lines).values()) if self.keep_missing else set()
        return replace(
            offer,
            found=tuple(item for item in offer.found if self.holds(item.path)),
            absent=tuple(entry for entry in offer.absent if entry not in kept),
        )
