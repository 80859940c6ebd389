"""A record and a template become HTML, in the language of the reader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.pages import Page
from web.texts import Texts, texts_in
from web.urls import document_url, in_language

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
COOKIE = "taal"
LANGUAGES = ("nl", "en")
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What stands around every page."""

    other_language_url: str
    stylesheet: str
    script: str
    """The one script there is: it completes what is typed. Every page works without it."""
    address: str
    """Scheme and host as the reader typed them: what a shared reference begins with."""
    usage: bool
    """Whether use is counted, and there is a page about it."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates: everything is escaped, and a name that no record gives is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["document_url"] = document_url
    return made


def language(request: Request) -> str:
    """Return the reader's language: what the address asks for, else what was chosen before, else Dutch."""
    for code in (request.query_params.get(COOKIE, ""), request.cookies.get(COOKIE, "")):
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def texts_for(request: Request) -> Texts:
    """Return the texts in the reader's language."""
    return texts_in(language(request))


def render(request: Request, template: str, page: Page, *, status: int = 200) -> HTMLResponse:
    """Return a page as a response.

    Args:
        request: gives the language and the address.
        template: its file among the templates; ``{language}`` in it is filled in.
        page: what it shows.
        status: the HTTP status.
    """
    texts = texts_for(request)
    other = next(code for code in LANGUAGES if code != texts.code)
    frame = Frame(
        other_language_url=in_language(request.url.path, request.query_params.multi_items(), other),
        stylesheet=static_url("style.css"),
        script=static_url("suggest.js"),
        address=f"{request.url.scheme}://{request.url.netloc}",
        usage=request.app.state.site.usage is not None,
    )
    html = environment().get_template(template.format(language=texts.code)).render(page=page, t=texts, frame=frame)
    # What was public an hour ago may be withdrawn now, so pages are asked for again each time.
    response = HTMLResponse(html, status, headers={"Cache-Control": "private, no-cache", "Vary": "Cookie"})
    if request.query_params.get(COOKIE) in LANGUAGES:
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, texts.code, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    return response


@lru_cache(maxsize=8)
def static_url(name: str) -> str:
    """Return the address of a file that comes with the program; it changes when the file does, so it may be kept."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
