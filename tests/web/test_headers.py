"""What every answer carries, and what no page holds."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import Town
from tests.web.page_text import read_html, strange_scripts
from web.rendering import STATIC, TEMPLATES

POLICY = {
    "default-src": "'none'",
    "img-src": "'self'",
    "style-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


@pytest.fixture
def paths(town: Town) -> list[str]:
    sha = town.sha("mantelzorgkaart")
    return [
        "/",
        "/?taal=en",
        "/zoeken?q=parkeren",
        "/zoeken?q=parkeren&van=",
        "/zoeken?q=parkeren&p=zz",
        f"/bron/{sha}/1?span=1-0-20",
        f"/document/{sha}",
        f"/pagina/{sha}/1.png",
        f"/pdf/{sha}",
        "/over",
        "/toegankelijkheid",
        "/api/zoeken?q=parkeren",
        "/api/suggesties?q=park",
        f"/api/document/{sha}",
        "/gezond",
        "/static/style.css",
        "/static/suggest.js",
        "/static/favicon.svg",
        "/static/nope.css",
        "/nope",
    ]


def test_every_answer_carries_the_policy(client: TestClient, paths: list[str]) -> None:
    """This test ensures that no address forgets that foreign scripts, frames and other sites are shut out."""
    for path in paths:
        headers = client.get(path).headers
        rules = dict(rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";"))
        assert rules == POLICY, path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path
        assert headers["cross-origin-resource-policy"] == "same-origin", path


COUNTED = ("/zoeken?q=parkeren", "/gebruik", "/gebruik?taal=en", "/gebruik.csv", "/oordeel")


def test_the_addresses_of_use_carry_the_same_policy(counted: TestClient) -> None:
    """This test ensures that forms and figures are held to what holds for every other page."""
    answers = [counted.get(path) for path in COUNTED] + [
        counted.post("/oordeel", data={"q": "parkeren"}),
        counted.post("/oordeel", data={"q": "parkeren"}, headers={"Sec-Fetch-Site": "cross-site"}),
    ]
    for answer in answers:
        rules = dict(rule.strip().split(" ", 1) for rule in answer.headers["content-security-policy"].split(";"))
        assert rules == POLICY, answer.url
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert re.match(r"private|no-store", answer.headers["cache-control"]), answer.url
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for element in read_html(answer.text).all():
            assert element.tag != "style"
            assert "style" not in element.attributes
            assert element.attributes.get("action", "/").startswith("/")
        assert strange_scripts(read_html(answer.text)) == []


def test_no_answer_about_papers_may_be_kept_by_others(client: TestClient, paths: list[str]) -> None:
    """This test ensures that a paper withdrawn today is not served from a cache between tomorrow."""
    for path in paths:
        if not path.startswith("/static"):
            assert re.match(r"private|no-store", client.get(path).headers["cache-control"]), path


def test_no_page_needs_what_the_policy_forbids(client: TestClient, paths: list[str]) -> None:
    """This test ensures that pages hold no inline script or style, one script file, and nothing from elsewhere."""
    for path in paths:
        answer = client.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page = read_html(answer.text)
        assert strange_scripts(page) == [], path
        for element in page.all():
            assert element.tag not in ("style", "iframe", "object", "embed"), path
            for name, value in element.attributes.items():
                assert name != "style", path
                assert not name.startswith("on"), path
                if name in ("href", "src", "action") and element.tag != "a":
                    assert value.startswith(("/", "#")), (path, value)


def test_no_stylesheet_or_drawing_calls_elsewhere() -> None:
    """This test ensures that the looks come from this server alone."""
    for file in [*STATIC.iterdir(), *TEMPLATES.iterdir()]:
        found = re.findall(r"https?://[^\s\"')]+", file.read_text(encoding="utf-8"))
        assert set(found) <= {"http://www.w3.org/2000/svg", "https://", "http://"}, file


def test_static_files_may_be_kept_at_their_fixed_address(client: TestClient) -> None:
    """This test ensures that the stylesheet is fetched once, and anew when it changes."""
    page = read_html(client.get("/").text)
    sheet = next(link for link in page.all("link") if link.attributes["rel"] == "stylesheet").attributes["href"]
    assert re.fullmatch(r"/static/style\.css\?v=[0-9a-f]{12}", sheet)
    assert "immutable" in client.get(sheet).headers["cache-control"]
    assert "immutable" not in client.get("/static/style.css").headers.get("cache-control", "")


def test_the_language_cookie_is_out_of_reach_of_scripts(client: TestClient) -> None:
    """This test ensures that the one cookie holds the language and nothing else."""
    cookie = client.get("/?taal=en").headers["set-cookie"]
    assert cookie.startswith("taal=en;")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
