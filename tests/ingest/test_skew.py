"""By how many degrees a page lies askew."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from ingest.skew import skew


def a_page(turned: float) -> Image.Image:
    """Return a page with eight bars where lines of print would be, turned against the clock."""
    page = Image.new("L", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    for line in range(8):
        draw.rectangle((150, 200 + 60 * line, 1000 - 40 * line, 218 + 60 * line), fill="black")
    return page.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor="white")


@pytest.mark.parametrize("turned", [-8.0, -3.0, -0.5, 0.0, 1.2, 4.0, 9.5])
def test_a_page_askew_is_turned_back(turned: float) -> None:
    """This test ensures that what comes out undoes how the sheet lay, to a fifth of a degree."""
    assert skew(a_page(turned)) == pytest.approx(-turned, abs=0.2)


def test_what_has_no_rows_is_left_as_it_lies() -> None:
    """This test ensures that a blank sheet, a round drawing and a grey one are not turned at random."""
    drawing = Image.new("L", (1000, 1000), "white")
    ImageDraw.Draw(drawing).ellipse((200, 200, 800, 800), fill="black")
    assert skew(Image.new("L", (1000, 1400), "white")) == 0
    assert skew(Image.new("1", (1, 1))) == 0
    assert abs(skew(drawing)) < 0.2
