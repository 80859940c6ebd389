"""What a page for judging shows, as records: the template only lays them out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from council import Catalogue, Document, Filters, Page, PrintedLine, printed_lines, readable
from eval.gold import QuestionType
from eval.judging.pool import Place
from eval.judging.session import Session, Step, needs_own_words
from eval.judging.texts import Texts
from eval.links import source_link


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceView:
    """A place within the text of its page."""

    title: str
    about: str
    """Kind and date."""
    where: str
    """Page number, and of how many."""
    whole: bool
    """Whether the page as a whole is judged."""
    ocr: bool
    product_url: str
    """Empty where no running product was named."""
    lines: tuple[PrintedLine, ...]
    first_line: int
    """Number of the line on which what is judged begins; 0 for the page as a whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StepView:
    """One step: what is asked, what is judged, and what was said before."""

    judge: str
    number: int
    total: int
    done: int
    number_in_question: int
    of_question: int
    name: str
    """Told back by the form, so that a form from before a change of the pool is noticed."""
    question: str
    need: str
    new: bool
    grades: bool
    """Whether a place is graded; else the question is described."""
    place: PlaceView | None
    """None also where the paper may not be shown any more."""
    before: str
    """What was said here before, as a sentence; empty where nothing was."""
    fields: Mapping[str, str]
    """What the form's fields hold."""
    wrong: str
    """What is wrong with the form that was sent; empty when nothing is."""
    types: tuple[str, ...]
    """The types that a question can have."""
    own_words: str
    """What to know before a reader's question is put in other words; empty for other questions."""
    back_url: str
    forward_url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DoneView:
    """The end, or something that went wrong: a heading, a sentence, and a way on."""

    heading: str
    message: str
    link_url: str
    link: str


def step_url(step: Step | None) -> str:
    """Return the address of a step, at its marked sentence; of the last page where there is none."""
    if step is None:
        return "/klaar"
    return f"/stap/{step.number}" + ("#plek" if step.place and step.place.offsets else "")


def step_view(
    session: Session,
    step: Step,
    *,
    judge: str,
    catalogue: Catalogue,
    texts: Texts,
    product: str = "",
    sent: Mapping[str, str] | None = None,
    wrong: str = "",
) -> StepView:
    """Return what a step shows.

    Args:
        session: the judge at work.
        step: which step.
        judge: their name.
        catalogue: the papers; only those that everyone may see are shown.
        texts: the words of the page.
        product: what links into the running product begin with; empty for no links.
        sent: the fields of a form that could not be used, to be shown again.
        wrong: why not.
    """
    question, total = step.question, len(session.steps)
    at = step.number - 1
    return StepView(
        judge=judge,
        number=step.number,
        total=total,
        done=session.done,
        number_in_question=step.number_in_question,
        of_question=step.of_question,
        name=step.name,
        question=readable(question.text),
        need=readable(question.need),
        new=question.new,
        grades=step.place is not None,
        place=_place_view(step.place, catalogue, texts, product) if step.place else None,
        before=_before(session, step, texts),
        fields=_fields(session, step) if sent is None else sent,
        wrong=wrong,
        types=tuple(QuestionType),
        own_words=_own_words(step, texts),
        back_url=step_url(session.steps[at - 1]) if at else "",
        forward_url=step_url(session.steps[at + 1]) if step.number < total else "",
    )


def _own_words(step: Step, texts: Texts) -> str:
    until = step.question.until
    return texts.own_words.format(date=_day(until, texts)) if needs_own_words(step.question) and until else ""


def _before(session: Session, step: Step, texts: Texts) -> str:
    graded = session.graded(step)
    described = None if step.place else session.described(step)
    if graded and graded.grade is not None:
        return texts.before.format(grade=graded.grade)
    if graded or (described and described.description is None):
        return texts.before_skip
    return ""


def _fields(session: Session, step: Step) -> Mapping[str, str]:
    """Return what the fields of a step's form hold when it is opened."""
    graded, described = session.graded(step), session.described(step)
    if step.place:
        return {"note": graded.note if graded else ""}
    about = described.description if described else None
    if about is None:
        text = "" if needs_own_words(step.question) else readable(step.question.text)
        return {"text": text, "note": described.note if described else ""}
    return {
        "text": about.text,
        "type": about.type.value,
        "answerable": "yes" if about.answerable else "no",
        "why": about.why.value if about.why else "",
        "need": about.need,
        "facts": "\n".join(about.facts),
        "note": described.note if described else "",
    }


def _place_view(place: Place, catalogue: Catalogue, texts: Texts, product: str) -> PlaceView | None:
    document = catalogue.visible(place.document, Filters())
    page = catalogue.page(place.document, place.page) if document else None
    if document is None or page is None or (place.offsets and place.offsets[1] > len(page.text)):
        return None
    spans = [place.span] if place.span else []
    lines = printed_lines(page.text, spans)
    return PlaceView(
        title=readable(document.title),
        about=", ".join(filter(None, (document.kind.value.replace("_", " "), _day(document.date, texts)))),
        where=_where(document, page, texts),
        whole=place.offsets is None,
        ocr=page.ocr or page.waiting,
        product_url=source_link(product, place.document, spans, page=place.page),
        lines=lines,
        first_line=next((line.number for line in lines if line.marked), 0),
    )


def _where(document: Document, page: Page, texts: Texts) -> str:
    where = texts.page.format(page=page.number, pages=document.page_count)
    return f"{where} ({readable(page.label)})" if page.label else where


def _day(day: dt.date | None, texts: Texts) -> str:
    if day is None:
        return ""
    return f"{day.day}-{day.month}-{day.year}" if texts.code == "nl" else day.isoformat()
