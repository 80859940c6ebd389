"""The application: what is mounted where, which headers every answer carries, and what a reader sees when it fails."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from council import RaadspoorError, Usage
from council.settings import Settings
from search import Searches
from web.examples import Examples
from web.page_image import PageImages
from web.pages import ErrorPage
from web.reader import Reading, Unknown, Unread
from web.rendering import STATIC, render, texts_for
from web.routes import Site, router
from web.texts import Texts
from web.urls import LONGEST_QUESTION, BadAddress, SearchState
from web.usage_routes import usage_router

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
"""What every answer carries: nothing comes from elsewhere, only our own script runs, no site learns the question."""


def create_app(engine: Searches, settings: Settings, usage: Usage | None = None) -> FastAPI:
    """Return the application that serves one data folder.

    Args:
        engine: searches the data folder.
        settings: scale of the page images, the file of passwords, and whether pages are shown that were not read yet.
        usage: counts how the pages are used; without it nothing is counted, and no page speaks of it.
    """
    app = FastAPI(title="Raadspoor", docs_url=None, redoc_url=None, openapi_url=None)
    reading = Reading(engine.catalogue, show_unread=settings.show_unread)
    app.state.site = Site(
        engine=engine,
        reading=reading,
        images=PageImages(engine.data, settings),
        examples=Examples(engine, reading),
        usage=usage,
    )
    app.include_router(router)
    if usage is not None:
        app.include_router(usage_router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(_Headers)
    for error in (HTTPException, RequestValidationError, Unknown, Unread, BadAddress, RaadspoorError, Exception):
        app.add_exception_handler(error, _failed)
    return app


class _Headers:
    """Puts :data:`HEADERS` on every answer that does not say otherwise itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/static/") and b"v=" in scope["query_string"]:
                    headers.setdefault("Cache-Control", "public, max-age=31536000, immutable")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def _failed(request: Request, error: Exception) -> Response:
    """Say in plain words what went wrong, and nothing about how the program is made."""
    page = _page(error, texts_for(request), request.query_params.get("q", "")[:LONGEST_QUESTION])
    if request.url.path.startswith("/api/"):
        body: dict[str, Any] = {"error": {"status": page.status, "title": page.title, "message": page.message}}
        response: Response = JSONResponse(body, page.status)
    else:
        response = render(request, "error.html", page, status=page.status)
    if page.status == 503:
        response.headers["Retry-After"] = "60"
    # The answer to an unexpected error is sent from outside the middleware.
    response.headers.update(HEADERS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(error: Exception, t: Texts, asked: str) -> ErrorPage:
    if isinstance(error, BadAddress):
        told = t.error_422_text if error.field in ("van", "tot") else t.error_422_other
        text = t.error_422_period if error.swapped else told
        message = text.format(field=error.field, value=error.value)
        retry = SearchState(text=asked).url if asked else ""
        return ErrorPage(status=422, title=t.error_422, message=message, retry_url=retry)
    if isinstance(error, Unknown):
        return ErrorPage(status=404, title=t.error_404, message=t.error_404_text)
    if isinstance(error, Unread):
        return ErrorPage(status=404, title=t.error_404, message=t.document_unread)
    if isinstance(error, HTTPException) and error.status_code == 405:
        return ErrorPage(status=405, title=t.error_405, message=t.error_405_text)
    if isinstance(error, HTTPException) and error.status_code in (403, 413):
        return ErrorPage(status=error.status_code, title=t.error_form, message=t.error_form_text)
    if isinstance(error, HTTPException | RequestValidationError):
        return ErrorPage(status=404, title=t.error_404, message=t.error_404_text)
    if isinstance(error, RaadspoorError):
        return ErrorPage(status=503, title=t.error_503, message=t.error_503_text)
    return ErrorPage(status=500, title=t.error_500, message=t.error_500_text)
