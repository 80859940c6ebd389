"""What is read of one PDF, within a worker: text, passages, what it says about itself, and personal data.

Text from outside is no safer than the file it came from: whatever reads it with patterns does so here as well, where
time is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from council import (
    Document,
    Kind,
    Page,
    Passage,
    PersonalCounts,
    ReadError,
    bank_accounts,
    email_addresses,
    service_numbers,
    telephone_numbers,
)
from ingest.derive import Derived, derive
from ingest.worth import worth
from search import cut

if TYPE_CHECKING:
    from ingest.pdf_text import PdfText

READING = "read-2"
"""Names this way of reading; what another one refused is tried again."""

_HEADER = 1024
_MOST_TEXT = 40_000_000
"""Characters above which a document is refused: a few thousand printed pages hold half of that."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a file must keep within to be read, besides time and memory."""

    most_pages: int
    repair_seconds: int = 60
    passwords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A file to read."""

    sha256: str
    file: Path
    repaired: Path
    """Where an open and sound copy may be put, if the file itself is locked or damaged."""
    path: str
    """Where it lies within the source."""
    limits: Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """What the text of a document says."""

    passages: tuple[Passage, ...]
    derived: Derived
    personal: bool
    """It seems to hold a citizen service number."""
    counts: PersonalCounts = field(default_factory=PersonalCounts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What was read of one file."""

    pages: tuple[Page, ...]
    pdf_title: str
    """What the PDF's own information says; often nothing, or nonsense."""
    failed: tuple[int, ...]
    """Numbers of the pages that could not be read."""
    understood: Understood


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A document whose pages are known and are to be understood again."""

    sha256: str
    path: str
    pdf_title: str
    pages: tuple[Page, ...]


def read(task: Task) -> Read:
    """Read one PDF, in this process.

    Raises:
        ReadError: it is no PDF, locked, damaged, or has no or too many pages.
    """
    _must_be_pdf(task)
    found = _opened(task)
    if sum(len(page.text) for page in found.pages) > _MOST_TEXT:
        raise ReadError(f"it holds more than {_MOST_TEXT:,} characters", "split it, or check what was put into it")
    pages = tuple(
        Page(
            number=number,
            text=page.text,
            label=page.label if page.label != str(number) else "",
            waiting=page.scan or worth(page.text).nothing,
        )
        for number, page in enumerate(found.pages, start=1)
    )
    text = Text(sha256=task.sha256, path=task.path, pdf_title=found.title, pages=pages)
    failed = tuple(number for number, page in enumerate(found.pages, start=1) if page.failed)
    return Read(pages=pages, pdf_title=found.title, failed=failed, understood=understand(text))


def understand(text: Text) -> Understood:
    """Cut a text into passages, and see what it says about itself and about persons."""
    derived = derive(text.path, text.pdf_title, text.pages)
    document = Document(sha256=text.sha256, title=derived.title, kind=Kind.OVERIG, municipality="", body="", date=None)
    return Understood(
        passages=cut(document, text.pages),
        derived=derived,
        personal=is_personal(text.pages),
        counts=counted(text.pages),
    )


def is_personal(pages: Sequence[Page]) -> bool:
    """Say whether pages seem to hold a citizen service number."""
    return any(True for page in pages for _ in service_numbers(page.text))


def counted(pages: Sequence[Page]) -> PersonalCounts:
    """Count the personal data on pages. They are common in council papers and no reason to hold one back."""
    emails, telephones, banks = (
        sum(1 for page in pages for _ in detector(page.text))
        for detector in (email_addresses, telephone_numbers, bank_accounts)
    )
    return PersonalCounts(
        documents=int(emails + telephones + banks > 0),
        email_addresses=emails,
        telephone_numbers=telephones,
        bank_accounts=banks,
    )


def _opened(task: Task) -> PdfText:
    """Return what PDFium reads, from an open and sound copy if the file itself is locked or damaged."""
    from ingest.pdf_repair import rewrite
    from ingest.pdf_text import Damaged, Locked, read_pdf

    limits = task.limits
    found: PdfText | None = None
    try:
        found = read_pdf(task.file, most=limits.most_pages)
        if not found.failed:
            return found
    except (Damaged, Locked) as error:
        refusal = error
    if rewrite(task.file, task.repaired, passwords=limits.passwords, seconds=limits.repair_seconds):
        try:
            again = read_pdf(task.repaired, most=limits.most_pages)
        except ReadError:
            again = None
        if again is not None and (found is None or again.failed < found.failed):
            return again
    task.repaired.unlink(missing_ok=True)
    if found is None:
        raise refusal
    return found


def _must_be_pdf(task: Task) -> None:
    if task.file.stat().st_size == 0:
        raise ReadError("the file is empty", "ask the sender for the document again")
    with task.file.open("rb") as opened:
        if b"%PDF-" not in opened.read(_HEADER):
            raise ReadError("it is not a PDF", "convert it to PDF")
