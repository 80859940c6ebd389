"""Judging an answer, and the figures of use: addresses that are there only where use is counted."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import QueryParams

from council import Feedback, Usage
from web.rendering import render
from web.urls import ANSWER, NOTE, answer_url, read_state
from web.usage_page import usage_csv, usage_page

usage_router = APIRouter()
_FRESH = {"Cache-Control": "private, no-cache"}
_LONGEST_FORM = 64_000
"""Bytes: the longest question that is kept takes 24,000 when every sign of it is an emoji."""
_SAID = {"ja": Feedback.YES, "deels": Feedback.PARTLY, "nee": Feedback.NO}


async def posted(request: Request) -> QueryParams:
    """Return the fields of a form that was sent from a page of this site.

    Raises:
        HTTPException: 403 when it comes from elsewhere, or nothing says where it comes from; 413 when it is too large.
    """
    if not _from_here(request):
        raise HTTPException(403)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            raise HTTPException(413)
    return QueryParams(body.decode("utf-8", "replace"))


Form = Annotated[QueryParams, Depends(posted)]


@usage_router.post("/oordeel", response_model=None)
def judge(request: Request, form: Form) -> Response:
    """Take what a reader says of an answer, and go back to it."""
    usage, state = _usage(request), read_state(form)
    answer, said = form.get(ANSWER, ""), _SAID.get(form.get(NOTE, ""))
    if said is None:
        return _to(answer_url(state, answer, "kies"))
    known = usage.judged(answer, said, keep=form.get("bewaren") == "ja")
    return _to(answer_url(state, answer, "dank") if known else answer_url(state, "", "laat"))


@usage_router.post("/oordeel/intrekken", response_model=None)
def withdraw(request: Request, form: Form) -> Response:
    """Delete a question that was kept with its reader's permission, and go back to where it was asked for."""
    usage, state = _usage(request), read_state(form)
    note = "weg" if usage.forget("".join(form.get("nummer", "").split()).lower()) else "onbekend"
    if state.text:
        return _to(answer_url(state, form.get(ANSWER, ""), note))
    return _to(f"/gebruik?{NOTE}={note}#{NOTE}")


@usage_router.api_route("/gebruik", methods=["GET", "HEAD"], response_model=None)
def figures(request: Request) -> Response:
    """How the pages are used."""
    parameters = request.query_params
    page = usage_page(_usage(request), weeks=parameters.get("weken", ""), note=parameters.get(NOTE, ""))
    return render(request, "usage.html", page)


@usage_router.api_route("/gebruik.csv", methods=["GET", "HEAD"], response_model=None)
def figures_as_csv(request: Request) -> Response:
    """The same figures, one row a day, for a spreadsheet."""
    usage = _usage(request)
    headers = {**_FRESH, "Content-Disposition": 'attachment; filename="gebruik.csv"'}
    return Response(usage_csv(usage.days(), usage.today), media_type="text/csv; charset=utf-8", headers=headers)


def _usage(request: Request) -> Usage:
    usage: Usage = request.app.state.site.usage
    return usage


def _to(address: str) -> Response:
    return RedirectResponse(address, 303, headers=_FRESH)


def _from_here(request: Request) -> bool:
    """Say whether a form was sent from a page of this site.

    Browsers of today say so themselves. Older ones name the origin; only the host is compared, for behind a proxy that
    does the encryption the scheme is another one.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    try:
        origin = urlsplit(request.headers.get("origin", ""))
    except ValueError:
        return False
    return origin.scheme in ("http", "https") and origin.netloc.lower() == request.url.netloc.lower()
