"""The frozen records for the pages of one document: what is cited, where it stands, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from council import Document, PrintedLine
from web.origins import Origin, origin_of
from web.page_boxes import Box
from web.page_image import Picture
from web.urls import SearchState, source_url


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page of a document, as a link: its number, its printed label if that differs, and its address."""

    number: int
    url: str
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Citing:
    """What is cited on the page in view, and how to hand it on."""

    text: str
    chosen: bool
    """Whether it is what a search quotes: whole sentences. Anybody can write an address of other stretches."""
    speaker: str
    headings: tuple[str, ...]
    pages: tuple[int, ...]
    first_line: int
    last_line: int
    url: str
    """The address to share: the quote and nothing of the search behind it."""
    elsewhere: tuple[Place, ...]
    """The other pages that the quote runs over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """The part of a page image that is shown, in points from its top left corner."""

    left: float
    top: float
    width: float
    height: float
    fade: float = 0.0
    """How far from its upper and lower side the view fades, so that lines cut through there do not look broken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcePage:
    """The page that a quote stands on, as an image and as text."""

    document: Document
    number: int
    label: str
    ocr: bool
    ocr_confidence: float | None
    waiting: bool
    unread: bool
    """True when nothing of the page may be seen before it was read."""
    lines: tuple[PrintedLine, ...]
    picture: Picture | None
    """None when no image can be made."""
    close_up: View | None
    image_url: str
    pdf_url: str
    """Empty while the file is not given out, since not all its pages were read."""
    document_url: str
    citing: Citing | None
    lost: bool
    """True when something was cited that does not stand there."""
    previous: str
    next: str
    state: SearchState
    back_url: str
    """The search that led here; with its answer's id where use is counted, so that it is not counted again."""
    origins: tuple[Origin, ...] = ()

    def origin(self, field: str) -> Origin | None:
        """Where a derived fact comes from."""
        return origin_of(field, self.origins)

    @property
    def plain_url(self) -> str:
        """The address of this page without anything marked."""
        return source_url(self.document.sha256, (), page=self.number)

    @property
    def has_derived(self) -> bool:
        """Whether any fact that is shown was read off the document."""
        return has_derived(self.document)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where the quote stands on the image."""
        return self.picture.boxes if self.picture else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Thumbnail:
    """A page as a small image that leads to it."""

    place: Place
    image_url: str
    """Empty while the page may not be seen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentPage:
    """What is known of one document, and all its pages."""

    document: Document
    thumbnails: tuple[Thumbnail, ...]
    page: int
    pages: int
    previous: str
    next: str
    ocr: bool
    pdf_url: str
    """Empty while the file is not given out, since not all its pages were read."""
    state: SearchState
    origins: tuple[Origin, ...] = ()

    def origin(self, field: str) -> Origin | None:
        """Where a derived fact comes from."""
        return origin_of(field, self.origins)

    @property
    def has_derived(self) -> bool:
        """Whether any fact that is shown was read off the document."""
        return has_derived(self.document)


def has_derived(document: Document) -> bool:
    """Say whether a fact that the pages show of a document was read off the document itself."""
    return any(
        name in document.derived and getattr(document, name)
        for name in ("title", "kind", "date", "meeting", "body", "case_number")
    )
