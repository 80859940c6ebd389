"""By how many degrees a scanned page lies askew, from the rows of its ink.

Where the lines of print lie level, rows of pixels are either full of ink or empty; askew they are all alike. So the
page is turned, small, by each of some angles, and the one at which neighbouring rows differ most is taken (W. Postl's
criterion of the projection profile, 1986). Tesseract has a measure of its own, which finds nothing on a page of a few
lines.
"""

from __future__ import annotations

from itertools import pairwise

from PIL import Image, ImageChops

MOST = 10.0
"""Degrees to either side that are tried; who lays a sheet more askew sees that himself."""

_SIDE = 700
"""Pixels of the longer side that angles are tried on."""
_COARSE = 0.5
_FINE = 0.1
_GAIN = 1.3
"""How much more the rows must differ than as the page lies, or it is left alone: drawings have no rows."""


def skew(page: Image.Image) -> float:
    """Return by how many degrees against the clock to turn a page to lay its lines level; 0 where that is unclear."""
    small = page.convert("L")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    ink = ImageChops.invert(small)
    level = _unevenness(ink, 0.0)
    coarse = max(_around(0.0, MOST, _COARSE), key=lambda angle: _unevenness(ink, angle))
    best = max(_around(coarse, _COARSE, _FINE), key=lambda angle: _unevenness(ink, angle))
    return best if _unevenness(ink, best) > _GAIN * level else 0.0


def _around(middle: float, most: float, step: float) -> list[float]:
    count = round(most / step)
    return [middle + step * number for number in range(-count, count + 1)]


def _unevenness(ink: Image.Image, angle: float) -> float:
    """Return how much neighbouring rows differ in ink, when it is turned by so many degrees against the clock."""
    rows = ink.rotate(angle, resample=Image.Resampling.BILINEAR).resize((1, ink.height), Image.Resampling.BOX)
    shades = rows.tobytes()
    return float(sum((one - other) ** 2 for one, other in pairwise(shades)))
