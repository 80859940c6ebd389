"""How councils write: the first lines of papers in the forms of many municipalities, all of them made up.

``forms.txt`` holds one after the other: ``=== kind | part of the title | day | pages``, the first lines of the first
page, and after ``---`` those of the last page. What a clerk would look for must be found in each, and a new form that
goes wrong is one more of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.derive import derive
from tests.fakes import pages_of

_FORMS = Path(__file__).with_name("forms.txt")
_COVER = 40
"""Papers of so many pages begin with a cover; on the first page of others the text goes on."""
_GOES_ON = "Deze alinea staat verderop op de bladzijde en werkt het onderwerp uit voor de hele gemeente.\n" * 8


@dataclass(frozen=True, kw_only=True)
class Form:
    """The first and last lines of a paper, and what they say."""

    kind: str
    title: str
    day: str
    pages: int
    first: str
    last: str


def _forms() -> list[Form]:
    found = []
    for part in _FORMS.read_text(encoding="utf-8").split("=== ")[1:]:
        head, _, text = part.partition("\n")
        kind, title, day, pages = (field.strip() for field in head.split("|"))
        first, _, last = text.partition("---\n")
        found.append(Form(kind=kind, title=title, day=day, pages=int(pages), first=first, last=last))
    return found


FORMS = _forms()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.kind}-{form.first.splitlines()[0][:40]}")
def test_the_papers_of_any_municipality_say_what_they_are(form: Form) -> None:
    """This test ensures that kind, title and day are read off forms that differ from place to place."""
    cover = form.pages >= _COVER
    between = [f"Bladzijde {number} van een langer stuk over het onderwerp." for number in range(2, form.pages)]
    last = f"De laatste bladzijde van het stuk met de ondertekening.\n{form.last}"
    own = derive("stuk.pdf", "", pages_of(form.first + ("" if cover else _GOES_ON), *between, last))
    assert own.kind.value == form.kind
    assert form.title.lower() in own.title.lower()
    assert not form.day or form.day in (str(own.date), str(own.meeting))


def test_there_is_a_form_of_nearly_every_kind() -> None:
    """This test ensures that the forms are many, and not of the easy kinds only."""
    assert len(FORMS) >= 110
    assert len({form.kind for form in FORMS}) >= 15
