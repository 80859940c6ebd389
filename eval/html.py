"""A record and a template become HTML through Jinja2: the only module of the evaluation that imports it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_UNFIT = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        *(0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
        *range(0xD800, 0xE000),
        *range(0xFDD0, 0xFDF0),
        *(0xFFFE, 0xFFFF),
    ]
)
_HOME = Path(__file__).parent
TEMPLATES = (_HOME / "reporting" / "templates", _HOME / "judging" / "templates")


def render(template: str, **values: object) -> str:
    """Return a page.

    Args:
        template: its file among the templates.
        values: what the template calls by name. Everything is escaped, and a name that nobody gave is an error.

    Returns:
        HTML without the characters that it may not hold, or that turn the direction of reading.
    """
    return _environment().get_template(template).render(**values).translate(_UNFIT)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
