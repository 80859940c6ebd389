"""The report as a page that stands by itself: nothing is fetched, nothing runs, everyone can read it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as supposing
from hypothesis import strategies as st

from eval.html import TEMPLATES
from eval.reporting.formats import plain
from eval.reporting.writing import report_html
from eval.result import GoldMark
from tests.eval.made_up import PRODUCT, a_given, a_mixed_result, a_result, an_asked
from tests.eval.report_reading import ReadReport
from tests.fakes import odd_text
from tests.web.test_contrast import contrast

SHEET = (TEMPLATES[0] / "report.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page() -> ReadReport:
    return ReadReport(report_html(a_mixed_result()))


def test_nothing_is_fetched_and_nothing_runs(page: ReadReport) -> None:
    """This test ensures that opening a report tells nobody, and that it can be read without a network for ever."""
    assert page.root.all("script", "link", "img", "iframe", "object", "embed", "form", "base") == []
    assert "http" not in page.html
    assert not re.search(r"url\((?!#)|@import|@font-face|expression\(", page.html)
    for each in page.root.all():
        assert not [name for name in each.attributes if name.startswith("on") or name in ("src", "srcset", "ping")]
        assert each.attributes.get("href", "#").startswith("#")


def test_the_page_names_its_language_and_itself(page: ReadReport) -> None:
    """This test ensures a language, a title, one main part, one first heading and a way past the contents."""
    assert page.html.lstrip().lower().startswith("<!doctype html>")
    assert page.root.all("html")[0].attributes["lang"] == "en"
    assert page.root.all("title")[0].text == "How well Raadspoor answers: 40 questions, 2024-03-12"
    assert len(page.root.all("main")) == len(page.root.all("h1")) == 1
    assert page.root.all("a")[0].attributes["href"] == "#content"


def test_headings_go_down_one_step_at_a_time(page: ReadReport) -> None:
    """This test ensures that the outline of the page has no holes."""
    levels = [int(heading.tag[1]) for heading in page.root.all("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_table_has_a_caption_and_every_head_a_scope(page: ReadReport) -> None:
    """This test ensures that who hears a table knows what it is about and to which row and column a cell belongs."""
    tables = page.root.all("table")
    assert len(tables) > 15
    for table in tables:
        assert table.all("caption")[0].text
        assert all(head.attributes["scope"] in ("col", "row") for head in table.all("th"))
        wide = {len(row.all("th", "td")) for row in table.all("tr")}
        assert len(wide) == 1, table.all("caption")[0].text


def test_ids_are_unique_and_references_lead_somewhere(page: ReadReport) -> None:
    """This test ensures that contents, labels and the parts of the drawings find what they name, and only that."""
    ids = [each.attributes["id"] for each in page.root.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for each in page.root.all():
        targets = each.attributes.get("aria-labelledby", "").split()
        targets += re.findall(r"#([\w-]+)\)?", each.attributes.get("href", "") + each.attributes.get("clip-path", ""))
        assert set(targets) <= set(ids), targets


def test_every_plot_has_words_and_numbers(page: ReadReport) -> None:
    """This test ensures that what a plot shows can be had without seeing it: in a sentence, and in a table."""
    plots = page.root.within("plot")
    assert len(plots) == 11
    for plot in plots:
        (drawing,) = plot.all("svg")
        assert drawing.attributes["role"] == "img"
        said = " ".join(drawing.attributes["aria-label"].split())
        assert said == plot.within("says")[0].text and len(said) > 40
        assert plot.all("figcaption")[0].text
        assert plot.parent
        assert plot.all("table") or plot.parent.all("table")


def test_what_scrolls_can_be_reached_by_keyboard(page: ReadReport) -> None:
    """This test ensures that a table which is wider than the window can be moved without a mouse."""
    regions = page.root.within("scroll")
    assert len(regions) == len(page.root.all("table"))
    for region in regions:
        assert region.attributes["tabindex"] == "0" and region.attributes["role"] == "region"
        assert "aria-labelledby" in region.attributes


def test_dutch_is_marked_as_dutch() -> None:
    """This test ensures that questions and dossiers are read out in their own language."""
    page = ReadReport(report_html(a_mixed_result()))
    failures = page.root.within("failure")
    assert failures
    for failure in failures:
        (heading,) = failure.all("h4")
        assert [each.attributes.get("lang") for each in heading.all("span", "a")][-1] == "nl"
        (need,) = failure.within("need")
        assert need.all("span")[-1].attributes["lang"] == "nl"
    rows = page.by_id("by-dossier").all("tbody")[0].all("tr")
    assert rows
    for row in rows:
        assert row.all("th")[0].all("span")[0].attributes["lang"] == "nl"


def colours(at: int) -> dict[str, str]:
    """Return the named colours: 0 by day, 1 by night, 2 on paper; each has the rest from the day."""
    blocks = re.findall(r":root \{(.*?)\}", SHEET, re.S)
    day, chosen = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[each])) for each in (0, at))
    return {**day, **chosen}


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunk"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "accent-deep"])
def test_text_can_be_read(at: int, ink: str, ground: str) -> None:
    """This test ensures a contrast of at least 4.5 (WCAG 2.1, 1.4.3) by day, by night and on paper."""
    named = colours(at)
    assert contrast(named[ink], named[ground]) >= 4.5


def test_drawings_take_their_colours_from_the_page(page: ReadReport) -> None:
    """This test ensures that a plot is as readable by night as by day: it sets no colour of its own."""
    drawings = page.root.all("svg")
    assert len(drawings) == len(page.root.within("plot"))
    for drawing in drawings:
        styles = " ".join(each.attributes.get("style", "") for each in drawing.all())
        assert "var(--accent)" in styles or "currentColor" in styles
        assert set(re.findall(r"#[0-9a-f]{6}", styles)) == set()
        assert "font-family" not in styles


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{ 7*7 }}{% raise %}$x^2$</style></svg>\u202e"


def test_hostile_words_stay_words() -> None:
    """This test ensures that markup, templates and formulas in any field of the data are shown and never obeyed."""
    asked = [
        an_asked(at, id=f"q{at}{HOSTILE}", text=HOSTILE, need=HOSTILE, dossier=HOSTILE, kind=HOSTILE) for at in range(6)
    ]
    result = a_result(
        asked,
        [a_given(one, right=(False,)) for one in asked],
        command=HOSTILE,
        gold=GoldMark(file=HOSTILE, sha256=HOSTILE),
    )
    systems = {**result.systems, HOSTILE: result.systems[PRODUCT]}
    made_by = replace(result.made_by, commit=HOSTILE, model=HOSTILE, settings={HOSTILE: HOSTILE})
    page = ReadReport(report_html(replace(result, systems=systems, made_by=made_by)))
    assert page.root.all("script", "img") == []
    assert not [name for each in page.root.all() for name in each.attributes if name.startswith("on")]
    assert len(page.root.all("svg")) == 10
    assert page.root.within("failure")[0].all("h4")[0].text.endswith(plain(HOSTILE))
    assert "\u202e" not in page.html


ODD = odd_text(40).filter(lambda text: bool(plain(text)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@supposing(st.lists(st.tuples(ODD, ODD, ODD, ODD), min_size=2, max_size=4))
def test_any_text_can_be_shown(texts: list[tuple[str, str, str, str]]) -> None:
    """This test ensures that no text of a question breaks the page, and that it is shown as a reader would see it."""
    asked = [
        an_asked(at, id=f"q{at}", text=text, need=need, dossier=dossier, kind=kind)
        for at, (text, need, dossier, kind) in enumerate(texts)
    ]
    html = report_html(a_result(asked, [a_given(one, right=(False,)) for one in asked]))
    page = ReadReport(html)
    shown = [failure.all("h4")[0].all("span")[-1].text for failure in page.root.within("failure")]
    assert shown == [" ".join(plain(text).split()) for text, *_ in texts]
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", html)
    html.encode("utf-8")
