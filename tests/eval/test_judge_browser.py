"""Judging in a real browser: with keys, with buttons alone, and with nothing from elsewhere."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from council import Catalogue
from eval.judging.app import Desk, create_app
from eval.judging.judgements import Pen, read_judgements
from eval.judging.pool import Place
from eval.judging.session import Session
from tests.eval.heap import a_pool, page, sentence
from tests.eval.town import store
from tests.fakes import sha_of

LINES = [f"Regel {number} gaat over iets anders dan het zwembad." for number in range(1, 201)]
LONG = "\n".join([*LINES[:150], "Het bad opent in september 2025.", *LINES[150:]])
START = LONG.index("Het bad opent")
SENTENCE = sentence(sha_of("long.pdf"), 1, START, START + 32)
DESK = {"width": 1200, "height": 800}
PHONE = {"width": 400, "height": 800}


@dataclass(frozen=True, kw_only=True)
class Served:
    """The page as a judge has it, and the file behind it."""

    address: str
    path: Path

    @property
    def said(self) -> list[tuple[Place, int | None, str]]:
        return [(it.place, it.grade, it.note) for it in read_judgements(self.path).graded.values()]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite", create=True)
    store(catalogue, "long.pdf", [LONG, "Tweede bladzijde.", "Derde bladzijde."], title="Een lang stuk")
    places = [SENTENCE, page(sha_of("long.pdf"), 2), page(sha_of("long.pdf"), 3)]
    path = tmp_path / "pool.anna.jsonl"
    listening = socket.create_server(("127.0.0.1", 0))
    with Pen(path, "anna") as pen:
        session = Session(a_pool(path, q1=places, new1=[]), pen)
        app = create_app(Desk(session=session, judge="anna", catalogue=catalogue))
        server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server stopped before it began"
            time.sleep(0.02)
        yield Served(address=f"http://127.0.0.1:{listening.getsockname()[1]}", path=path)
        server.should_exit = True
        thread.join(timeout=20)
    listening.close()
    catalogue.close()


Context = Callable[..., BrowserContext]


@pytest.fixture
def context(browser: Browser) -> Iterator[Context]:
    opened: list[BrowserContext] = []

    def made(**more: object) -> BrowserContext:
        opened.append(browser.new_context(**{"viewport": DESK, "locale": "nl-NL", **more}))
        return opened[-1]

    yield made
    for each in opened:
        each.close()


def ready(opened: Page) -> Page:
    """Wait until keys count."""
    expect(opened.locator("body")).to_have_attribute("data-keys", "ready")
    return opened


def at(opened: Page, number: int) -> Page:
    expect(opened.locator(".bar-progress")).to_contain_text(f"Stap {number} van 4")
    return opened


def test_a_pool_is_judged_with_keys(context: Context, served: Served) -> None:
    """This test ensures the whole road by keys: grade, pass over, back, note, change of mind, and what is kept."""
    opened = context().new_page()
    opened.goto(served.address)
    ready(at(opened, 1)).keyboard.press("3")
    ready(at(opened, 2)).keyboard.press("s")
    ready(at(opened, 3)).keyboard.press("b")
    ready(at(opened, 2)).keyboard.press("n")
    expect(opened.get_by_label("Notitie")).to_be_focused()
    opened.keyboard.type("1 tot 3 keer bs")
    opened.keyboard.press("Escape")
    expect(opened.get_by_label("Notitie")).not_to_be_focused()
    opened.keyboard.press("0")
    ready(at(opened, 3)).keyboard.press("2")
    at(opened, 4)
    long = sha_of("long.pdf")
    assert served.said == [(SENTENCE, 3, ""), (page(long, 2), 0, "1 tot 3 keer bs"), (page(long, 3), 2, "")]


def test_a_pool_is_judged_without_a_script(context: Context, served: Served) -> None:
    """This test ensures that buttons and the form are enough, for grades and for a new question."""
    opened = context(java_script_enabled=False).new_page()
    opened.goto(served.address)
    expect(opened.locator("mark")).to_be_in_viewport()
    opened.get_by_label("Notitie").fill("in de kop")
    opened.get_by_role("button", name="geeft het antwoord").click()
    at(opened, 2).get_by_role("button", name="gaat er niet over").click()
    at(opened, 3).get_by_role("button", name="Sla over").click()
    at(opened, 4).get_by_label("De vraag zoals").fill("Hoe duur is het bad?")
    opened.get_by_label("Waar wordt naar gevraagd?").select_option("een bedrag of aantal")
    opened.get_by_label("Ja").check()
    opened.get_by_label("Wat moet in een volledig antwoord").fill("€ 1")
    opened.get_by_role("button", name="Bewaar").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("Klaar")
    assert [(grade, note) for _, grade, note in served.said] == [(3, "in de kop"), (0, ""), (None, "")]
    about = read_judgements(served.path).described["new1"].description
    assert about and (about.text, about.answerable, about.facts) == ("Hoe duur is het bad?", True, ("€ 1",))
    assert opened.locator(".switch").count() == 0 or not opened.locator(".switch").is_visible()


def test_keys_can_be_switched_off(context: Context, served: Served) -> None:
    """This test ensures that who dictates judges nothing by accident (WCAG 2.1.4), on later pages too."""
    opened = context().new_page()
    opened.goto(served.address)
    ready(opened).get_by_role("button", name="Toetsen uitzetten").click()
    opened.keyboard.press("3")
    opened.reload()
    ready(opened).keyboard.press("3")
    expect(opened.get_by_role("button", name="Toetsen aanzetten")).to_be_visible()
    assert served.said == []
    opened.get_by_role("button", name="Toetsen aanzetten").click()
    opened.keyboard.press("3")
    at(opened, 2)


def test_a_key_that_is_held_or_pressed_twice_judges_once(context: Context, served: Served) -> None:
    """This test ensures that no place is judged before it could be seen."""
    opened = context().new_page()
    opened.goto(served.address)
    ready(at(opened, 1))
    for _ in range(3):
        # Chromium sends the second and third as repeats of a key that is held.
        opened.keyboard.down("2")
    at(opened, 2)
    opened.keyboard.up("2")
    assert [grade for _, grade, _ in served.said] == [2]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_question_sentence_and_buttons_are_in_sight(
    context: Context, served: Served, size: dict[str, int], script: bool
) -> None:
    """This test ensures that a judge need not scroll: line 151 of the page stands marked beside question and grades."""
    opened = context(viewport=size, java_script_enabled=script).new_page()
    opened.goto(served.address)
    for part in (opened.locator("h1"), opened.locator("mark"), *opened.locator(".grade").all()):
        expect(part).to_be_in_viewport(ratio=1)
    wide = opened.locator("html").evaluate("it => it.scrollWidth") if script else 0
    assert wide <= size["width"]


def test_a_small_window_scrolls_as_a_whole(context: Context, served: Served) -> None:
    """This test ensures that at 400 % zoom everything can be reached, downwards only (WCAG 1.4.10)."""
    opened = context(viewport={"width": 320, "height": 256}).new_page()
    opened.goto(served.address)
    assert opened.locator("html").evaluate("it => it.scrollWidth") <= 320
    for button in opened.locator(".grade").all():
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=0.95)


def test_nothing_comes_from_elsewhere_and_nothing_complains(context: Context, served: Served) -> None:
    """This test ensures that the page loads from this machine alone and keeps to its own policy."""
    opened = context().new_page()
    asked: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(served.address)
    ready(opened).keyboard.press("1")
    ready(at(opened, 2))
    opened.goto(f"{served.address}/stap/4")
    ready(opened)
    assert {url.split("/")[-1] for url in asked} >= {"judge.css", "judge.js"}
    assert all(url.startswith(served.address) for url in asked) and complaints == []


def test_another_site_cannot_judge(context: Context, served: Served) -> None:
    """This test ensures that a page of another site, open in the same browser, that sends the form keeps nothing."""
    opened = context().new_page()
    opened.goto(served.address)
    name = opened.locator("input[name=step]").get_attribute("value")
    form = f"""<form method="post" action="{served.address}/stap/1"><input name="step" value="{name}">
        <button name="grade" value="3">Win een prijs</button></form>"""
    opened.route("http://prijs.example/", lambda route: route.fulfill(body=form, content_type="text/html"))
    opened.goto("http://prijs.example/")
    opened.get_by_role("button").click()
    expect(opened.locator("main")).to_contain_text("Dit formulier kwam niet van deze pagina")
    assert served.said == []
