"""What a run has at hand, and what it has found out so far."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields

from council import Access, Address, Catalogue, DataFolder, Page, PersonalCounts, ReadError, Refusal
from council.settings import Settings
from ingest.derive import DERIVING
from ingest.manifest import remembered
from ingest.names import composed
from ingest.progress import Progress
from ingest.reading import READING, Limits
from ingest.scope import Scope
from ingest.source import Found, Offer
from ingest.standing import still_closed, strictest
from ingest.workers import Bounds
from search import CUTTING

MAKE = f"{CUTTING}/{DERIVING}"
"""Names how a text became passages and a description; documents of another make are gone through again."""


@dataclass(kw_only=True)
class Run:
    """One run over one source. The lists grow as it goes on."""

    settings: Settings
    data: DataFolder
    catalogue: Catalogue
    municipality: str
    offer: Offer
    """What the source offers, whole: what the run looks at is :attr:`looked_at`."""
    looked_at: Offer
    scope: Scope
    limits: Limits
    known: Mapping[str, Address]
    """What was known of the source when the run began."""
    closed: frozenset[str]
    """The documents there that were not public then, by a manifest or by what they say of themselves."""
    closed_when_gone: Mapping[str, Access]
    """What a manifest stated of papers that lay nowhere any more then, by their last path."""
    progress: Progress
    today: dt.date
    """The day on which withdrawals are due; never before that of an earlier run."""
    warnings: tuple[str, ...] = ()
    """What is wrong beside the papers."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds by stage."""
    personal: PersonalCounts = field(default_factory=PersonalCounts)
    refused: list[Refusal] = field(default_factory=list)
    """Files that could not be taken in this time; nothing of that is kept, so the next run tries again."""
    replacing_nothing: dict[str, str] = field(default_factory=dict)
    """What a line says that a file replaces, by the file, where nothing of that name was ever there."""
    pages: int = 0
    scanned: list[tuple[str, Page]] = field(default_factory=list)
    """The pages that were read from scans, each with its document."""

    @property
    def source(self) -> str:
        """The name of the source."""
        return self.offer.source

    @property
    def bounds(self) -> Bounds:
        """What one file may take of a worker."""
        return Bounds(seconds=self.settings.read_seconds, megabytes=self.settings.read_megabytes)

    @property
    def workers(self) -> int:
        """How many processes read."""
        return self.settings.workers or os.cpu_count() or 1

    @property
    def mark(self) -> str:
        """A value that differs when a file that was refused may be read now."""
        said = f"{READING}|{self.settings.max_megabytes}|{self.bounds}|{self.limits}"
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def address(self, item: Found, document: str, *, refusal: str = "", moved_from: Iterable[Address] = ()) -> Address:
        """Return what is to be known of a file from now on.

        What closed it, here or where it was moved from, still does where the manifest is silent.
        """
        here = [self.known[item.path]] if item.path in self.known else []
        closed = still_closed(self.catalogue, (*here, *moved_from), document)
        if not here:
            closed = strictest((closed, self.closed_when_gone.get(composed(item.path))))
        return Address(
            source=self.source,
            path=item.path,
            document=document,
            size=item.size,
            changed=item.changed,
            refusal=refusal,
            said=remembered(item.entry, closed),
        )

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that something takes to a stage."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.stages[stage] = self.stages.get(stage, 0.0) + time.monotonic() - began

    def count_personal(self, more: PersonalCounts) -> None:
        """Add the personal data of one paper."""
        names = [each.name for each in fields(PersonalCounts)]
        self.personal = PersonalCounts(**{n: getattr(self.personal, n) + getattr(more, n) for n in names})

    def refuse(self, path: str, error: ReadError) -> None:
        """Note a file that could not be taken in this time."""
        self.refused.append(Refusal(path=path, reason=error.reason, remedy=error.remedy))


def written(error: ReadError, mark: str) -> str:
    """Return a refusal as an address keeps it."""
    return "\t".join(part.replace("\t", " ") for part in (error.reason, error.remedy, mark))


def read_back(path: str, refusal: str) -> tuple[Refusal, str]:
    """Return the refusal that an address keeps, and its mark."""
    reason, remedy, mark = (*refusal.split("\t"), "", "")[:3]
    return Refusal(path=path, reason=reason, remedy=remedy), mark


def limits_of(settings: Settings) -> Limits:
    """Return what files must keep within.

    Raises:
        UsageError: the file with passwords cannot be read.
    """
    repair = max(1, settings.read_seconds // 2)
    return Limits(most_pages=settings.max_pages, repair_seconds=repair, passwords=settings.passwords_to_try())
