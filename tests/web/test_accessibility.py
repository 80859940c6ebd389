"""What a program can check of WCAG 2.1 on every page."""

from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import Town
from tests.web.page_text import Element, read_html
from web.rendering import STATIC


@pytest.fixture(params=["nl", "en"])
def pages(request: pytest.FixtureRequest, client: TestClient, counted: TestClient, town: Town) -> dict[str, Element]:
    sha = town.sha("mantelzorgkaart")
    spans, _ = town.sentences("mantelzorgkaart")[3]
    source = f"/bron/{sha}/{spans[0].page}?span={spans[0].page}-{spans[0].start}-{spans[0].end}&q=kaart"
    paths = (
        "/",
        "/zoeken?q=betaald+parkeren",
        "/zoeken?q=betaald+parkeren&soort=raadsvoorstel&jaar=2022",
        "/zoeken?q=gemeente&p=2",
        "/zoeken?q=ruimtevaart+naar+Jupiter",
        "/zoeken?q=",
        source,
        f"/document/{sha}",
        f"/bron/{town.sha('zwemvereniging')}/1",
        "/over",
        "/toegankelijkheid",
        "/nope",
        "/zoeken?q=x&van=z",
    )
    client.cookies.set("taal", request.param)
    counted.cookies.set("taal", request.param)
    found = {path: read_html(client.get(path).text) for path in paths}
    # Where use is counted: the form, what comes after it, and the figures.
    judging = "/zoeken?q=Wanneer+gaat+betaald+parkeren+in%3F"
    form = read_html(counted.get(judging).text)
    answer = next(each for each in form.all("input") if each.attributes.get("name") == "antwoord").attributes["value"]
    sent = {"q": "Wanneer gaat betaald parkeren in?", "antwoord": answer, "oordeel": "ja", "bewaren": "ja"}
    thanks = counted.post("/oordeel", data=sent).headers["location"]
    others = (f"{judging}&oordeel=kies", thanks, "/gebruik", "/gebruik?oordeel=weg", "/oordeel")
    return found | {"form": form} | {path: read_html(counted.get(path).text) for path in others}


def test_every_page_names_its_language_and_itself(pages: dict[str, Element]) -> None:
    """This test ensures a language, a title of its own, one main part and one first heading (3.1.1, 2.4.2, 1.3.1)."""
    titles = set()
    for path, page in pages.items():
        assert page.all("html")[0].attributes["lang"] in ("nl", "en"), path
        titles.add(page.all("title")[0].text)
        assert len(page.all("main")) == len(page.all("h1")) == 1, path
        assert page.all("h1")[0].text, path
    assert len(titles) >= len(pages) - 7


def test_headings_go_down_one_step_at_a_time(pages: dict[str, Element]) -> None:
    """This test ensures that the outline of a page has no holes (1.3.1)."""
    for path, page in pages.items():
        levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4")]
        assert levels[0] == 1, path
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), (path, levels)


def test_every_field_has_a_label(pages: dict[str, Element]) -> None:
    """This test ensures that no field is nameless (1.3.1, 3.3.2, 4.1.2)."""
    for path, page in pages.items():
        labelled = {label.attributes.get("for") for label in page.all("label") if label.text}
        for field in page.all("input", "textarea", "select"):
            if field.attributes.get("type") == "hidden":
                continue
            named = field.attributes.get("id") in labelled or "aria-labelledby" in field.attributes
            assert named, (path, field.attributes)


def test_choices_that_belong_together_have_a_name_together(pages: dict[str, Element]) -> None:
    """This test ensures that who hears "Ja" hears first what the question is (1.3.1)."""
    groups = [group for page in pages.values() for group in page.all("fieldset")]
    assert groups
    assert all(group.all("legend")[0].text and len(group.all("input")) == 3 for group in groups)
    for page in pages.values():
        inside = [field for group in page.all("fieldset") for field in group.all("input")]
        assert all(each in inside for each in page.all("input") if each.attributes.get("type") == "radio")


def test_every_figure_of_a_table_has_its_headings(pages: dict[str, Element]) -> None:
    """This test ensures that each row begins with its heading, and has a figure for each column (1.3.1)."""
    (table,) = pages["/gebruik"].all("table")
    rows = table.all("tbody")[0].all("tr") + table.all("tfoot")[0].all("tr")
    above, below = table.all("thead")[0].all("tr")
    columns = len(below.all("th"))
    assert sum(int(head.attributes.get("colspan", "0")) for head in above.all("th")) == columns
    assert len(rows) >= 2
    for row in rows:
        assert row.all("th")[0].attributes["scope"] == "row"
        assert len(row.all("td")) == columns
    (room,) = pages["/gebruik"].within("table-room")
    assert (room.attributes["role"], room.attributes["tabindex"]) == ("region", "0")


def test_ids_are_unique_and_references_lead_somewhere(pages: dict[str, Element]) -> None:
    """This test ensures that labels, descriptions and links within the page find their target (4.1.1, 4.1.2)."""
    for path, page in pages.items():
        ids = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids)), path
        for each in page.all():
            for name in ("aria-labelledby", "aria-describedby", "for"):
                for target in each.attributes.get(name, "").split():
                    assert target in ids, (path, name, target)
            href = each.attributes.get("href", "")
            if href.startswith("#"):
                assert href[1:] in ids, (path, href)


def test_the_first_link_skips_to_the_content(pages: dict[str, Element]) -> None:
    """This test ensures that who uses a keyboard need not walk through the head of each page (2.4.1)."""
    for page in pages.values():
        first = page.all("a")[0]
        assert first.attributes["href"] == "#inhoud"
        assert page.all("main")[0].attributes["id"] == "inhoud"


def test_every_link_and_button_has_a_name(pages: dict[str, Element]) -> None:
    """This test ensures that nothing is read out as just "link" or "button" (2.4.4, 4.1.2)."""
    for path, page in pages.items():
        for each in page.all("a", "button", "summary"):
            assert each.attributes.get("aria-label") or each.text, (path, each.attributes)


def test_a_label_contains_what_is_seen(pages: dict[str, Element]) -> None:
    """This test ensures that who speaks the name of a link can follow it (2.5.3)."""
    assert any("aria-label" in each.attributes for page in pages.values() for each in page.all("a"))
    for path, page in pages.items():
        for each in page.all("a"):
            label = each.attributes.get("aria-label", "")
            assert not label or each.text.lower() in label.lower(), (path, label, each.text)


def test_every_image_says_what_it_shows_or_that_it_is_decoration(pages: dict[str, Element]) -> None:
    """This test ensures that drawings are named or hidden, and page images named (1.1.1)."""
    assert any(page.all("img") for page in pages.values()) and any(page.all("svg") for page in pages.values())
    for path, page in pages.items():
        for image in page.all("img"):
            assert "alt" in image.attributes, path
        for drawing in page.all("svg"):
            hidden = drawing.attributes.get("aria-hidden") == "true"
            named = drawing.attributes.get("role") == "img" and drawing.attributes.get("aria-label")
            assert hidden or named, (path, drawing.attributes)


def test_dutch_words_are_marked_as_dutch_on_english_pages(pages: dict[str, Element]) -> None:
    """This test ensures that quotes, snippets and titles are read out in the language they are in (3.1.2)."""
    dutch = [each for page in pages.values() for each in page.all("blockquote")]
    assert dutch
    for name in ("lines", "snippet", "cite-title", "hit-path"):
        found = [each for page in pages.values() for each in page.within(name)]
        assert found, name
        dutch += found
    assert all(each.attributes["lang"] == "nl" for each in dutch)


def test_the_focus_can_be_seen() -> None:
    """This test ensures that the stylesheet gives the focus a ring and takes it from the search field only, whose
    box takes it over (2.4.7)."""
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    assert ":focus-visible { outline: 3px solid var(--accent)" in sheet
    bare = [line.split("{")[0].strip() for line in sheet.splitlines() if "outline: none" in line]
    assert sorted(bare) == [".search-input", "main"]
    assert ".search-box:focus-within" in sheet


def test_nothing_moves_for_who_does_not_want_it() -> None:
    """This test ensures that movement is asked for and never forced (2.3.3)."""
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    assert "animation" not in sheet
    before = sheet[: sheet.index("prefers-reduced-motion: no-preference")]
    assert "transition" not in before
