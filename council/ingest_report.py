"""What one run of the ingest did: the record behind the report that the clerk reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A file that could not be read: which, why, and what the clerk can do about it."""

    path: str
    reason: str
    remedy: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StageTime:
    """How many seconds one stage of a run took; a stage that came twice is added up."""

    name: str
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalCounts:
    """How many personal data stand in the papers that a run read. What they are is kept nowhere."""

    documents: int = 0
    """Papers with at least one of them."""
    email_addresses: int = 0
    telephone_numbers: int = 0
    bank_accounts: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DoubtfulPage:
    """A scanned page of which the text that was read is so unsure that it had better be scanned anew."""

    path: str
    page: int
    confidence: float
    """0 to 1, as in :class:`council.Page`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanCounts:
    """What a run read from scans."""

    pages: int = 0
    empty: int = 0
    """Pages among them on which no word was seen, like the back of a sheet."""
    confidence: float | None = None
    """The mean of the pages with words, 0 to 1; None where there is none."""
    doubtful: tuple[DoubtfulPage, ...] = ()
    """The pages of low confidence, by path and number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What a clerk decided since the report before: a paper that was held back is released, or one is held back."""

    path: str
    document: str
    """The SHA-256, for which alone it counts."""
    released: bool
    day: str
    """Like 2024-03-12."""
    reason: str
    pages: tuple[int, ...] = ()
    """Where numbers stood that were released."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherSource:
    """A source folder that this run did not look at."""

    path: str
    papers: int
    """How many papers are found that lie there and not in the source of this run."""
    there: bool
    """Whether the folder is there. Where it is not, no run withdraws its papers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestReport:
    """What one run did. Each tuple of paths holds paths within the source, in order."""

    source: str
    only: tuple[str, ...] = ()
    """The patterns that limited the run; none means the whole source."""
    keep_missing: bool = False
    """Papers stayed though their file was not in the source."""
    warnings: tuple[str, ...] = ()
    """What is wrong beside the papers, for who looks after the machine."""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    """Papers that became public through the manifest."""
    unchanged: int = 0
    duplicates: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    """Of each of these, in the same order, the file that the document is called after; with its source in front of it,
    where that is another one."""
    held: tuple[Refusal, ...] = ()
    decided: tuple[Decided, ...] = ()
    closed: tuple[Refusal, ...] = ()
    """Papers that a manifest once closed, and that stay so although it is silent about them now."""
    waiting: tuple[Refusal, ...] = ()
    partly: tuple[Refusal, ...] = ()
    """Papers that are in, but with pages that could not be read."""
    refused: tuple[Refusal, ...] = ()
    other_sources: tuple[OtherSource, ...] = ()
    manifest: tuple[Refusal, ...] = ()
    """What is said in the manifest, or beside it, and does nothing."""
    personal: PersonalCounts = PersonalCounts()
    scans: ScanCounts = ScanCounts()
    pages: int = 0
    passages: int = 0
    seconds: float = 0.0
    stages: tuple[StageTime, ...] = ()
    """In the order in which they first began."""
    generation: str = ""
