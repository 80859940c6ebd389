"""Which address gives which page. All go through :mod:`web.reader`; none says why something is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response

from council import Citation, Document, Query, Usage
from search import Searches
from search.as_json import FORM, document_json, results_json, suggestions_json
from web.counting import answer_shown, source_opened
from web.examples import Examples
from web.page_image import PageImages, PageUnavailable
from web.pages import HomePage, TextPage
from web.reader import Reading, Unknown, Unread
from web.rendering import render
from web.search_page import search_page
from web.source_page import document_page, source_page
from web.urls import LONGEST_QUESTION, PER_PAGE, SearchState, has_empty, read_spans, read_state, sha256

router = APIRouter()
_FRESH = {"Cache-Control": "private, no-cache"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What the addresses have at hand."""

    engine: Searches
    reading: Reading
    images: PageImages
    examples: Examples
    usage: Usage | None = None
    """Counts how the pages are used; None where the municipality does not want it."""


def _get(path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return router.api_route(path, methods=["GET", "HEAD"], response_model=None)


@_get("/")
def home(request: Request) -> Response:
    """Where a reader begins."""
    site = _site(request)
    page = HomePage(collection=site.reading.collection(), examples=site.examples())
    return render(request, "home.html", page)


@_get("/zoeken")
def search(request: Request) -> Response:
    """The answer and the documents."""
    site = _site(request)
    state = read_state(request.query_params)
    if has_empty(request.query_params):
        return RedirectResponse(state.url, 303, headers=_FRESH)
    within = site.reading.document(state.document) if state.document else None
    if state.page == 1:
        results, answer = site.engine.ask(_query(state))
    else:
        results, answer = site.engine.search(_query(state)), None
    page = search_page(
        state,
        results,
        answer,
        within=within,
        unread=site.reading.unread(hit.document.sha256 for hit in results.hits),
        examples=site.examples,
        feedback=answer_shown(request, site.usage, state, results, answer),
    )
    return render(request, "search.html", page)


@_get("/bron/{document}/{page}")
def source(request: Request, document: str, page: str) -> Response:
    """The page that a quote stands on."""
    site = _site(request)
    found = _document(site, document)
    spans = read_spans(request.query_params)
    shown = source_page(
        found,
        _number(page),
        spans,
        state=read_state(request.query_params),
        catalogue=site.engine.catalogue,
        images=site.images,
        unread=site.reading.unread_of(found),
        answer=source_opened(request, site.usage, Citation(document=found.sha256, spans=spans)),
    )
    return render(request, "source.html", shown)


@_get("/document/{document}")
def about_document(request: Request, document: str) -> Response:
    """What is known of a document."""
    site = _site(request)
    state = read_state(request.query_params)
    part = _number(request.query_params.get("deel", "1"))
    found = _document(site, document)
    unread = site.reading.unread_of(found)
    page = document_page(found, part, state=state, catalogue=site.engine.catalogue, unread=unread)
    return render(request, "document.html", page)


@_get("/pagina/{document}/{page}.png")
def page_image(request: Request, document: str, page: str) -> Response:
    """A page as an image."""
    site = _site(request)
    found = _document(site, document)
    small = request.query_params.get("maat") == "klein"
    number = _number(page)
    if number in site.reading.unread_of(found):
        raise Unread(f"{document} page {number}")
    if number > found.page_count:
        raise Unknown(f"{document} page {number}")
    # A browser asks each time whether it may still show its copy, so a paper that is withdrawn is gone at once. The tag
    # is known without drawing.
    try:
        tag = f'"{site.images.mark(found.sha256, number, small=small)}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        image = site.images.png(found.sha256, number, small=small)
    except PageUnavailable as error:
        raise Unknown(str(error)) from error
    return Response(image, media_type="image/png", headers=headers)


@_get("/pdf/{document}")
def pdf(request: Request, document: str) -> Response:
    """The original file, byte for byte."""
    site = _site(request)
    found = _document(site, document)
    if site.reading.unread_of(found):
        raise Unread(document)
    file = site.engine.data.original(found.sha256)
    if not file.is_file():
        raise Unknown(document)
    name = PurePath(found.filename).name or f"{found.sha256}.pdf"
    return FileResponse(
        file, media_type="application/pdf", filename=name, content_disposition_type="inline", headers=dict(_FRESH)
    )


@_get("/over")
def about(request: Request) -> Response:
    """What Raadspoor does and does not do."""
    page = TextPage(name="over", collection=_site(request).reading.collection())
    return render(request, "about_{language}.html", page)


@_get("/toegankelijkheid")
def accessibility(request: Request) -> Response:
    """How accessible the pages are."""
    page = TextPage(name="toegankelijkheid", collection=_site(request).reading.collection())
    return render(request, "accessibility_{language}.html", page)


@_get("/api/zoeken")
def api_search(request: Request) -> Response:
    """The same search as JSON, in the form of the command line."""
    state = read_state(request.query_params)
    site = _site(request)
    if state.document:
        site.reading.document(state.document)
    results, answer = site.engine.ask(_query(state))
    return JSONResponse(results_json(results, answer), headers=_FRESH)


@_get("/api/suggesties")
def api_suggestions(request: Request) -> Response:
    """What somebody who is typing may mean, out of public papers."""
    typed = request.query_params.get("q", "")[:LONGEST_QUESTION]
    return JSONResponse(suggestions_json(typed, _site(request).engine.suggest(typed)), headers=_FRESH)


@_get("/api/document/{document}")
def api_document(request: Request, document: str) -> Response:
    """What is known of a document, as JSON."""
    found = _document(_site(request), document)
    return JSONResponse({"form": FORM, **document_json(found)}, headers=_FRESH)


@_get("/gezond")
def health(request: Request) -> Response:
    """Whether the catalogue and the index can be read, for whoever watches over the server."""
    site = _site(request)
    collection = site.reading.collection()
    state = {"status": "ok", "documents": collection.documents, "generation": site.engine.generation.name}
    return JSONResponse(state, headers={"Cache-Control": "no-store"})


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def _document(site: Site, text: str) -> Document:
    try:
        return site.reading.document(sha256(text))
    except ValueError as error:
        raise Unknown(text) from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 5 and int(text) > 0):
        raise Unknown(text)
    return int(text)


def _query(state: SearchState) -> Query:
    return Query(text=state.text, filters=state.filters, limit=PER_PAGE, offset=state.offset)
