"""Records and templates become HTML; everything in a record is escaped. The only module here that imports Jinja2."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.judge_page import DoneView, StepView
from eval.judge_texts import Texts

STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, page: StepView | DoneView, texts: Texts) -> str:
    """Return a page as HTML.

    Args:
        template: its file among the templates.
        page: what it shows.
        texts: the words around it.
    """
    return _environment().get_template(template).render(page=page, t=texts)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
