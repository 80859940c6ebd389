"""The colours of the stylesheet can be read (WCAG 2.1, 1.4.3 and 1.4.11), by day and by night."""

import re

import pytest

from web.rendering import STATIC

SHEET = (STATIC / "style.css").read_text(encoding="utf-8")
TEXT = [
    (ink, ground)
    for ground in ("paper", "surface", "sunk")
    for ink in ("ink", "muted", "accent", "accent-deep", "warn")
] + [("on-accent", "accent"), ("on-accent", "accent-deep"), ("mark-ink", "mark"), ("ink", "warn-soft")]
PARTS = [("edge", "paper"), ("edge", "surface"), ("accent", "paper"), ("accent", "surface"), ("partly", "surface")]


def colours(scheme: str) -> dict[str, str]:
    """Return the named colours of a scheme; what the dark one does not name, it has from the light one."""
    blocks = re.findall(r":root \{(.*?)\}", SHEET, re.S)
    names = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[0]))
    return names if scheme == "light" else {**names, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[1]))}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2.1 defines it."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    """This test ensures that contrast is computed as the standard does: black on white is 21, grey #767676 is 4.54."""
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    """This test ensures a contrast of at least 4.5 for every colour of text on every ground that it is put on."""
    named = colours(scheme)
    assert contrast(named[ink], named[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_fields_and_buttons_can_be_seen(scheme: str, part: str, ground: str) -> None:
    """This test ensures a contrast of at least 3 for the edges of fields, the ring of the focus and bars."""
    named = colours(scheme)
    assert contrast(named[part], named[ground]) >= 3


def test_text_takes_its_colour_from_the_names() -> None:
    """This test ensures that no rule sets a colour of text that the tests above do not know."""
    after = SHEET[SHEET.index("*, *::before") :]
    set_by_hand = re.findall(r"(?<![-\w])color: *([^;]+);", after)
    assert set(set_by_hand) <= {f"var(--{name})" for name in colours("light")} | {"inherit"}
