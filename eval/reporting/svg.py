"""A drawing as a plotting library writes it becomes a drawing that stands in a page.

What a page does not need goes (metadata, name spaces, styles that would reach beyond the drawing), names are made
unique, and the colours become those of the page, so that a plot is as readable by night and on paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_FONT = re.compile(r"font-family:[^;]*;?\s*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_KEPT = frozenset({"svg", "g", "path", "text", "tspan", "use", "defs", "clipPath", "rect"})


def for_page(drawing: str, *, name: str, says: str, colours: Mapping[str, str]) -> str:
    """Return a drawing that can be put in a page.

    Args:
        drawing: an SVG document that this program made.
        name: what its parts are named after; unique in the page.
        says: what it shows, for who cannot see it.
        colours: per colour in it (``#rrggbb``) what stands in its place.
    """
    root = ElementTree.fromstring(drawing)  # noqa: S314  # it was written a moment ago by our own plotting
    needed = _referred(root)
    _clean(root, name, needed, colours)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.attrib.update({"role": "img", "aria-label": says, "class": "drawing"})
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element, name: str, needed: frozenset[str], colours: Mapping[str, str]) -> None:
    element.tag = _local(element.tag)
    attributes: dict[str, str] = {}
    for key, value in element.attrib.items():
        plain = _local(key)
        if plain == "id":
            if value in needed:
                attributes["id"] = f"{name}-{value}"
        elif plain == "href":
            attributes["href"] = f"#{name}-{value.removeprefix('#')}"
        else:
            attributes[plain] = _styled(value, name, colours)
    element.attrib.clear()
    element.attrib.update(attributes)
    for child in list(element):
        if not isinstance(child.tag, str) or _local(child.tag) not in _KEPT:
            element.remove(child)
        else:
            _clean(child, name, needed, colours)


def _styled(value: str, name: str, colours: Mapping[str, str]) -> str:
    value = _FONT.sub("", _REFERENCE.sub(lambda found: f"url(#{name}-{found[1]})", value))
    return _COLOUR.sub(lambda found: colours.get(found[0].lower(), found[0]), value)


def _referred(root: ElementTree.Element) -> frozenset[str]:
    found: set[str] = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            found.update(_REFERENCE.findall(value))
            if _local(key) == "href":
                found.add(value.removeprefix("#"))
    return frozenset(found)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
