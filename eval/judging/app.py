"""The page for judging: for one judge, on the judge's own machine, and for no other page that is open there.

Any web site that the judge has open can send requests to this machine. So only a host name of this machine is answered
(another one may have been made to point here), and a form counts only when the browser says that it came from this
page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException as AnyHttpError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from council import Catalogue, UsageError
from eval.html import render
from eval.judging.describing import Description, FieldError, described_as
from eval.judging.judgements import SKIP
from eval.judging.page import DoneView, step_url, step_view
from eval.judging.session import Session, Step
from eval.judging.texts import DUTCH, Texts

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that browsers hide the origin of a form, which is what forms are known by here.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STATIC = Path(__file__).parent / "static"
_HERE = {"127.0.0.1", "localhost"}
_LONGEST_FORM = 64_000
"""Bytes."""
_GRADES = {"0": 0, "1": 1, "2": 2, "3": 3, SKIP: None}

router = APIRouter()


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What a judge sits at."""

    session: Session
    judge: str
    catalogue: Catalogue
    texts: Texts = DUTCH
    product: str = ""
    """What links into the running product begin with; empty for no links."""


def create_app(desk: Desk) -> FastAPI:
    """Return the application that serves one judge."""
    app = FastAPI(title="Raadspoor", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(_OnlyHere)
    for error in (AnyHttpError, RequestValidationError, Exception):
        app.add_exception_handler(error, _failed)
    return app


@router.get("/", response_model=None)
def begin(request: Request) -> Response:
    """Go to the first step at which nothing was said."""
    return _to(_desk(request).session.open_after(0))


@router.get("/stap/{number}", response_model=None)
def show(request: Request, number: int) -> Response:
    """Show one step."""
    desk = _desk(request)
    return _step(desk, _find(desk, number))


@router.post("/stap/{number}", response_model=None)
async def judge(request: Request, number: int) -> Response:
    """Take what the judge says at one step, and go to the next open one."""
    desk = _desk(request)
    step = _find(desk, number)
    form = await _posted(request)
    if form.get("step") != step.name:
        raise HTTPException(409)
    return await run_in_threadpool(_take, desk, step, form)


@router.get("/klaar", response_model=None)
def done(request: Request) -> Response:
    """Say that everything was judged, if it was."""
    desk = _desk(request)
    t, session = desk.texts, desk.session
    if (step := session.open_after(0)) is not None:
        return _to(step)
    page = DoneView(
        heading=t.done_title,
        message=t.done.format(total=len(session.steps)),
        link_url=step_url(session.steps[-1]),
        link=t.again,
    )
    return HTMLResponse(render("judge_done.html", page=page, t=t))


def _take(desk: Desk, step: Step, form: dict[str, str]) -> Response:
    try:
        if step.place is None:
            desk.session.describe(step, _description(form), form.get("note", ""))
        elif form.get("grade") in _GRADES:
            desk.session.grade(step, _GRADES[form["grade"]], form.get("note", ""))
        else:
            raise FieldError("grade", "is missing")
    except FieldError as error:
        return _step(desk, step, sent=form, wrong=desk.texts.wrong[error.field], status=422)
    except UsageError as error:
        return _step(desk, step, sent=form, wrong=f"{desk.texts.unsaved} ({error})", status=500)
    return _to(desk.session.open_after(step.number))


def _description(form: dict[str, str]) -> Description | None:
    if form.get("grade") == SKIP:
        return None
    return described_as(
        text=form.get("text", ""),
        type_=form.get("type", ""),
        answerable={"yes": True, "no": False}.get(form.get("answerable", "")),
        why=form.get("why", ""),
        need=form.get("need", ""),
        facts=form.get("facts", "").splitlines(),
    )


def _step(
    desk: Desk, step: Step, *, sent: dict[str, str] | None = None, wrong: str = "", status: int = 200
) -> Response:
    page = step_view(
        desk.session,
        step,
        judge=desk.judge,
        catalogue=desk.catalogue,
        texts=desk.texts,
        product=desk.product,
        sent=sent,
        wrong=wrong,
    )
    return HTMLResponse(render("judge.html", page=page, t=desk.texts), status)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _find(desk: Desk, number: int) -> Step:
    if not 1 <= number <= len(desk.session.steps):
        raise HTTPException(404)
    return desk.session.steps[number - 1]


def _to(step: Step | None) -> Response:
    return RedirectResponse(step_url(step), 303)


async def _posted(request: Request) -> dict[str, str]:
    """Return the fields of a form that was sent from this page.

    Raises:
        HTTPException: 403 when it comes from elsewhere, or nothing says where it comes from; 413 when it is too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not _from_here(request) or kind != "application/x-www-form-urlencoded":
        raise HTTPException(403)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            raise HTTPException(413)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _from_here(request: Request) -> bool:
    """Say whether a form was sent from a page of this very server; what says nothing of it is refused."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and origin in (None, f"http://{request.headers.get('host', '')}")


class _OnlyHere:
    """Answers a host name of this machine only, and puts :data:`HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if _host(scope) in _HERE:
            await self._app(scope, receive, with_headers)
        else:
            request = Request(scope)
            await _failed(request, HTTPException(400))(scope, receive, with_headers)


def _host(scope: Scope) -> str:
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    try:
        return (urlsplit(f"//{hosts[0]}").hostname or "") if len(hosts) == 1 else ""
    except ValueError:
        return ""


def _failed(request: Request, error: Exception) -> Response:
    """Say in plain words what went wrong, and lead back to the work."""
    status = error.status_code if isinstance(error, AnyHttpError) else 500
    if isinstance(error, RequestValidationError):
        status = 404
    texts = _desk(request).texts
    message = texts.errors.get(status, texts.errors[500])
    page = DoneView(heading=texts.title, message=message, link_url="/", link=texts.begin)
    return HTMLResponse(render("judge_done.html", page=page, t=texts), status, headers=HEADERS)
