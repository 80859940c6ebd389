"""Plots show the figures that they were given, in the colours of the page, and the same ones each time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given as supposing
from hypothesis import settings

from eval.reporting.calibration import Curve, Point
from eval.reporting.plots import Mark, Panel, bars, dots, risk_coverage, spread
from eval.reporting.svg import for_page
from tests.fakes import odd_text
from tests.web.page_text import Element, read_html

MARKS = (Mark(value=0.0, low=0.0, high=0.5), Mark(value=1.0, low=0.5, high=1.0), Mark(value=0.5, small=True))
LABELS = ("nul", "een", "half")


def drawn(svg: str) -> Element:
    return read_html(svg).all("svg")[0]


def circles(svg: Element) -> list[tuple[float, float]]:
    """Return where round marks stand."""
    marks = {
        path.attributes["id"] for path in svg.all("path") if "C" in path.attributes["d"] and "id" in path.attributes
    }
    return [
        (float(use.attributes["x"]), float(use.attributes["y"]))
        for use in svg.all("use")
        if use.attributes["href"].removeprefix("#") in marks
    ]


def test_a_mark_stands_at_its_value_in_its_row() -> None:
    """This test ensures that half stands midway between nought and one, and that rows go down in order."""
    (nought, one, half) = circles(drawn(dots("d", "says", LABELS, [Panel(title="x", marks=MARKS)])))
    assert half[0] == pytest.approx((nought[0] + one[0]) / 2, abs=0.01)
    assert nought[1] < one[1] < half[1]
    assert one[1] - nought[1] == pytest.approx(half[1] - one[1], abs=0.01)


def test_labels_are_letters_and_not_outlines() -> None:
    """This test ensures that a plot can be searched, read out and set in the reader's own font."""
    svg = drawn(dots("d", "says", ("Kosten € 5", *LABELS[1:]), [Panel(title="nDCG@10", marks=MARKS)]))
    texts = [text.text for text in svg.all("text")]
    assert {"Kosten € 5", "een", "half", "nDCG@10"} <= set(texts)


def test_a_small_group_is_hollow() -> None:
    """This test ensures that a mean of too few questions looks like no other."""
    svg = dots("d", "says", LABELS, [Panel(title="x", marks=MARKS)])
    assert svg.count("fill: var(--surface)") == 1


def test_bars_stand_with_the_greatest_gain_first() -> None:
    """This test ensures that the order in which questions come changes nothing."""
    found = [bars("b", "says", changes, better="up", worse="down") for changes in ((0.1, -0.3, 0.2), (0.2, 0.1, -0.3))]
    assert found[0] == found[1]


def test_the_same_figures_give_the_same_drawing() -> None:
    """This test ensures that a report which is made again is the same, and that another name changes only names."""
    curve = Curve(points=(Point(coverage=0.5, risk=0.0), Point(coverage=1.0, risk=0.25)))
    one, other = (risk_coverage(name, "says", curve, curve, curve.points[0]) for name in ("one", "other"))
    assert one == risk_coverage("one", "says", curve, curve, curve.points[0])
    assert one.replace("one-", "other-") == other


def test_every_system_has_a_line_of_its_own() -> None:
    """This test ensures that systems are told apart without colour."""
    svg = drawn(spread("s", "says", {f"system {at}": [0.001 * (at + 1), 0.02] for at in range(5)}))
    dashes = re.findall(r"stroke-dasharray: ([^;\"]+)", str([path.attributes.get("style") for path in svg.all("path")]))
    assert len(set(dashes)) >= 4
    assert {f"system {at}" for at in range(5)} <= {text.text for text in svg.all("text")}


@settings(max_examples=20, deadline=None)
@supposing(odd_text(60))
def test_any_label_can_be_drawn(label: str) -> None:
    """This test ensures that no dossier's name breaks a drawing or is read as a formula."""
    svg = drawn(dots("d", label, [label, "$x^2$", "<b>"], [Panel(title=label, marks=MARKS)]))
    assert {"$x^2$", "<b>"} <= {text.text for text in svg.all("text")}


def test_a_drawing_keeps_nothing_that_reaches_beyond_it() -> None:
    """This test ensures that styles, scripts, metadata and outside references of a drawing do not get into a page."""
    made = for_page(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" '
        'viewBox="0 0 9 9">'
        "<metadata>x</metadata><defs><style>*{color:red}</style><path id='p' d='M 0 0'/></defs><script>x</script>"
        "<!-- note --><g id='unused'><use xlink:href='#p' style='stroke: #ABCDEF; font-family: Arial; fill: none'/></g>"
        "<path clip-path='url(#p)' d='M 1 1'/></svg>",
        name="n",
        says='a "b" <c>',
        colours={"#abcdef": "currentColor"},
    )
    svg = drawn(made)
    assert svg.attributes["aria-label"] == 'a "b" <c>'
    assert svg.attributes["viewbox"] == "0 0 9 9" and "width" not in svg.attributes
    assert [each.tag for each in svg.all()] == ["defs", "path", "g", "use", "path"]
    assert svg.all("use")[0].attributes == {"href": "#n-p", "style": "stroke: currentColor; fill: none"}
    assert svg.all("path")[1].attributes["clip-path"] == "url(#n-p)"
    assert "unused" not in made and "http" not in made
