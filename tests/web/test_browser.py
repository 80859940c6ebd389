"""The whole road in a real browser, with scripts switched off."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.conftest import Town

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def context(browser: Browser, *, size: dict[str, int] = DESK, scheme: str = "light") -> BrowserContext:
    return browser.new_context(java_script_enabled=False, viewport=size, color_scheme=scheme, locale="nl-NL")  # type: ignore[arg-type]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = context(browser)
    yield opened.new_page()
    opened.close()


def yellow_share(png: bytes) -> float:
    """Return which share of an image has the colour of the mark."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    bands = [band.tobytes() for band in image.split()]
    yellow: int = sum(red > 225 and green > 190 and blue < 130 for red, green, blue in zip(*bands, strict=True))
    return yellow / len(bands[0])


def test_from_question_to_the_marked_line(page: Page, address: str) -> None:
    """This test ensures that a reader can ask, read the answer, and see the cited sentence marked on the page."""
    page.goto(address)
    page.get_by_label("Uw vraag").fill("Wanneer gaat betaald parkeren in?")
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wanneer gaat betaald parkeren in?")
    expect(page.locator(".ai-badge")).to_contain_text("AI")
    said = page.locator(".quote blockquote").first.inner_text()
    page.locator(".cite-link").first.click()
    expect(page.locator(".cited blockquote")).to_have_text(said)
    marks = page.locator(".paper-frame .page-mark")
    expect(marks).not_to_have_count(0)
    for mark in marks.all():
        assert yellow_share(mark.screenshot()) > 0.4
    # Beside the page the same words are marked as text.
    assert yellow_share(page.locator(".lines mark").first.screenshot()) > 0.4
    page.locator(".crumbs a").click()
    expect(page.locator(".answer")).to_be_visible()


def test_nothing_else_on_the_page_is_marked(page: Page, address: str, town: Town) -> None:
    """This test ensures that the same page without a citation has no yellow, so the test above sees the mark itself."""
    sha = town.sha("mantelzorgkaart")
    page.goto(f"{address}/bron/{sha}/1")
    assert yellow_share(page.locator(".paper-frame").screenshot()) < 0.001


def test_the_mark_stands_where_the_words_are(page: Page, address: str, town: Town) -> None:
    """This test ensures that under the mark there is ink: it stands on the words and not beside them."""
    spans, _ = next(found for found in town.sentences("mantelzorgkaart") if "€ 25" in found[1])
    span = spans[0]
    page.goto(f"{address}/bron/{town.sha('mantelzorgkaart')}/{span.page}?span={span.page}-{span.start}-{span.end}")
    marks = page.locator(".paper-frame .page-mark")
    expect(marks).not_to_have_count(0)
    for mark in marks.all():
        assert min(Image.open(io.BytesIO(mark.screenshot())).convert("L").tobytes()) < 120


def test_the_pdf_link_gives_the_file(page: Page, address: str, town: Town) -> None:
    """This test ensures that the link to the PDF opens the original at the page."""
    sha = town.sha("mantelzorgkaart")
    page.goto(f"{address}/bron/{sha}/2")
    link = page.get_by_role("link", name="Open de PDF op pagina 2")
    assert link.get_attribute("href") == f"/pdf/{sha}#page=2"
    answer = page.request.get(f"{address}/pdf/{sha}")
    assert answer.body() == town.data.original(sha).read_bytes()


def test_switching_language_stays_on_the_page(page: Page, address: str) -> None:
    """This test ensures that a reader can change language in the middle of a search, and keeps it."""
    page.goto(f"{address}/zoeken?q=parkeren&jaar=2022")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()
    assert "jaar=2022" in page.url
    page.get_by_role("link", name="About Raadspoor").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About Raadspoor")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Over Raadspoor")


def test_filters_work_without_scripts(page: Page, address: str) -> None:
    """This test ensures that facets, the period form and chips are plain links and forms."""
    page.goto(f"{address}/zoeken?q=parkeren")
    page.locator(".facet a").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".period summary").click()
    page.get_by_label("Vanaf").fill("2022-01-01")
    page.get_by_role("button", name="Pas toe").click()
    expect(page.locator(".chip")).to_have_count(2)
    page.get_by_role("link", name="Wis alles").click()
    expect(page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK, {"width": 320, "height": 640}], ids=["phone", "desk", "narrow"])
def test_no_page_scrolls_sideways(
    browser: Browser, address: str, town: Town, size: dict[str, int], scheme: str
) -> None:
    """This test ensures that every page fits its screen, down to 320 points (WCAG 1.4.10)."""
    sha = town.sha("bodemonderzoek")
    spans, _ = town.sentences("bodemonderzoek")[2]
    span = spans[0]
    paths = (
        "/",
        "/zoeken?q=Wanneer+gaat+betaald+parkeren+in%3F",
        f"/zoeken?q={'x' * 300}",
        "/zoeken?q=ruimtevaart",
        f"/bron/{sha}/{span.page}?span={span.page}-{span.start}-{span.end}&q=bodem",
        f"/document/{sha}",
        "/over",
        "/toegankelijkheid",
        "/nope",
    )
    opened = context(browser, size=size, scheme=scheme)
    page = opened.new_page()
    for path in paths:
        page.goto(f"{address}{path}")
        whole = Image.open(io.BytesIO(page.screenshot(full_page=True)))
        assert whole.width == size["width"], path
        for element in ("h1", "main", ".site-foot"):
            box = page.locator(element).first.bounding_box()
            assert box is not None
            assert box["x"] >= 0, (path, element)
            assert box["x"] + box["width"] <= size["width"] + 0.5, (path, element)
    opened.close()


def test_the_keyboard_is_enough(page: Page, address: str) -> None:
    """This test ensures that the first tab shows the skip link, and that a question can be asked without a mouse."""
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.get_by_label("Uw vraag").focus()
    page.keyboard.type("mantelzorgkaart")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()


def test_nothing_is_fetched_from_elsewhere_and_nothing_fails(page: Page, address: str) -> None:
    """This test ensures that pages load from this server alone, with every file they name, and break no policy."""
    asked: list[str] = []
    failed: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    page.goto(f"{address}/zoeken?q=betaald+parkeren")
    page.locator(".cite-link").first.click()
    page.locator(".doc-links a", has_text="Over dit document").click()
    page.wait_for_load_state("networkidle")
    assert asked
    assert all(url.startswith(address) for url in asked)
    assert failed == []
    assert complaints == []
