"""A citation becomes the page that it stands on; a document becomes the page that describes it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from council import (
    Catalogue,
    Citation,
    Document,
    Page,
    Passage,
    PrintedLine,
    QuoteError,
    Span,
    Spans,
    printed_lines,
    readable,
)
from web.cited import Cited, cited
from web.origins import origins_of
from web.page_boxes import Box
from web.page_image import PageImages, PageUnavailable, Picture
from web.paper_pages import Citing, DocumentPage, Place, SourcePage, Thumbnail, View
from web.reader import Unknown
from web.urls import SearchState, answer_url, document_url, image_url, pdf_url, source_url

_THUMBNAILS = 24
_MARGIN = 20.0
_SIDE = 10.0
_FADE = 15.0
_TALLEST = 170.0
_TEXT_WIDTH = 500.0
_PAGE_EDGE = 48.0

_log = logging.getLogger(__name__)


def source_page(
    document: Document,
    number: int,
    spans: Spans,
    *,
    state: SearchState,
    catalogue: Catalogue,
    images: PageImages,
    unread: frozenset[int] = frozenset(),
    answer: str = "",
) -> SourcePage:
    """Return the page that a quote stands on.

    Args:
        document: a document that the reader may see.
        number: which page to show, from 1.
        spans: what is cited, on this page or others.
        state: the search that led here.
        catalogue: gives the page text.
        images: gives the size of the page and the boxes of the quote.
        unread: the pages that must not be seen yet.
        answer: the id of the answer that led here, where use is counted.

    Raises:
        Unknown: the document has no such page.
    """
    page = catalogue.page(document.sha256, number)
    if page is None:
        raise Unknown(f"{document.sha256} page {number}")
    passages = catalogue.passages_of(document.sha256) if spans else ()
    quote = _quote(catalogue, document, spans, passages)
    here = tuple(span for span in spans if span.page == number) if quote else ()
    hidden = number in unread
    picture = None if hidden else _picture(images, document, page, here)
    shown = printed_lines(page.text, here)
    return SourcePage(
        document=document,
        number=number,
        label=page.label,
        ocr=page.ocr,
        ocr_confidence=page.confidence,
        waiting=page.waiting,
        unread=hidden,
        lines=shown,
        picture=picture,
        close_up=_close_up(picture) if picture else None,
        image_url=image_url(document.sha256, number, mark=document.text_mark),
        pdf_url="" if unread else pdf_url(document.sha256, number),
        document_url=document_url(document.sha256, state=state),
        citing=_citing(document, number, spans, quote, shown, passages, state) if quote else None,
        lost=bool(spans) and not quote,
        previous=source_url(document.sha256, spans, page=number - 1, state=state) if number > 1 else "",
        next=source_url(document.sha256, spans, page=number + 1, state=state) if number < document.page_count else "",
        state=state,
        back_url=answer_url(state, answer),
        origins=origins_of(catalogue, document, state),
    )


def document_page(
    document: Document,
    page: int,
    *,
    state: SearchState,
    catalogue: Catalogue,
    unread: frozenset[int] = frozenset(),
) -> DocumentPage:
    """Return the page that describes a document.

    Args:
        document: a document that the reader may see.
        page: which two dozen of its pages to show, from 1.
        state: the search that led here.
        catalogue: knows its pages.
        unread: the pages that must not be seen yet.

    Raises:
        Unknown: it has fewer pages than that.
    """
    known = catalogue.pages(document.sha256)
    pages = max(1, -(-len(known) // _THUMBNAILS))
    if page > pages:
        raise Unknown(f"{document.sha256} pages {page}")
    shown = known[(page - 1) * _THUMBNAILS : page * _THUMBNAILS]
    here = document_url(document.sha256, state=state)
    ask = "&" if "?" in here else "?"
    return DocumentPage(
        document=document,
        thumbnails=tuple(
            Thumbnail(
                place=Place(
                    number=each.number,
                    label=each.label,
                    url=source_url(document.sha256, (), page=each.number, state=state),
                ),
                image_url=""
                if each.number in unread
                else image_url(document.sha256, each.number, mark=document.text_mark, small=True),
            )
            for each in shown
        ),
        page=page,
        pages=pages,
        previous=f"{here}{ask}deel={page - 1}" if page > 1 else "",
        next=f"{here}{ask}deel={page + 1}" if page < pages else "",
        ocr=any(each.ocr for each in known),
        pdf_url="" if unread else pdf_url(document.sha256),
        state=state,
        origins=origins_of(catalogue, document, state),
    )


def _quote(catalogue: Catalogue, document: Document, spans: Spans, passages: Sequence[Passage]) -> Cited | None:
    """Return what stands at an address as a reader sees it; nothing if nothing stands there."""
    try:
        found = readable(catalogue.quote(Citation(document=document.sha256, spans=spans))) if spans else ""
    except QuoteError:
        return None
    pages = catalogue.pages_at((document.sha256, span.page) for span in spans)
    return cited(spans, passages, lambda number: pages[document.sha256, number].text) if found else None


def _picture(images: PageImages, document: Document, page: Page, spans: Spans) -> Picture | None:
    try:
        return images.picture(document.sha256, page, spans)
    except PageUnavailable as error:
        # The text is still worth reading; who runs the server must know which file is missing.
        _log.warning("%s", error)
        return None


def _citing(
    document: Document,
    number: int,
    spans: Spans,
    quote: Cited,
    shown: tuple[PrintedLine, ...],
    passages: Sequence[Passage],
    state: SearchState,
) -> Citing:
    passage = _passage(passages, spans[0])
    marked = [line.number for line in shown if line.marked]
    pages = tuple(dict.fromkeys(span.page for span in spans))
    return Citing(
        text=quote.text,
        chosen=quote.whole,
        speaker=passage.speaker if passage else "",
        headings=passage.headings if passage else (),
        pages=pages,
        first_line=marked[0] if marked else 0,
        last_line=marked[-1] if marked else 0,
        url=source_url(document.sha256, spans),
        elsewhere=tuple(
            Place(number=page, url=source_url(document.sha256, spans, page=page, state=state))
            for page in pages
            if page != number
        ),
    )


def _passage(passages: Iterable[Passage], span: Span) -> Passage | None:
    """Return the passage that a span begins in."""
    for passage in passages:
        if any(held.page == span.page and held.start <= span.start < held.end for held in passage.spans):
            return passage
    return None


def _close_up(picture: Picture) -> View | None:
    """Return the part of the page around the quote: wide enough to read, and no taller than a few lines."""
    if not picture.boxes:
        return None
    first = picture.boxes[0]
    near = [box for box in picture.boxes if _within(first, box)]
    top = max(0.0, min(box.top for box in near) - _MARGIN)
    bottom = min(picture.height, max(box.bottom for box in near) + _MARGIN)
    left, right = min(box.left for box in near) - _SIDE, max(box.right for box in near) + _SIDE
    # As wide as the text of a page mostly is, so that the lines around the quote are not cut off.
    width = min(picture.width, max(right - left, min(_TEXT_WIDTH, picture.width - 2 * _PAGE_EDGE)))
    left = max(0.0, min(max(right - width, min(left, _PAGE_EDGE)), picture.width - width))
    return View(left=left, top=top, width=width, height=bottom - top, fade=_FADE)


def _within(first: Box, box: Box) -> bool:
    return abs(box.top - first.top) < _TALLEST and abs(box.bottom - first.top) < _TALLEST
