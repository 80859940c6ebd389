"""The gold set of the sample: enough of every kind, and every quote on its page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium

from corpus_sample.build import HOME
from council import Page, clean, sha256_of
from eval import Gold, QuestionType, Split, locate, read_gold

FILE = Path(__file__).parents[2] / "eval" / "gold" / "dalmeren.jsonl"


class SamplePapers:
    """The sample's PDFs themselves, as far as the manifest lets everyone see them; scans are not read here."""

    def __init__(self) -> None:
        entries = [json.loads(line) for line in (HOME / "manifest.jsonl").read_text("utf-8").splitlines()]
        gone = {HOME / entry["replaces"] for entry in entries if entry.get("replaces")}
        gone |= {HOME / entry["file"] for entry in entries if entry.get("withdrawn") or entry["access"] != "openbaar"}
        self._files = {sha256_of(file): file for file in HOME.glob("pdf/**/*.pdf") if file not in gone}

    def document(self, name: str) -> str:
        found = name if name in self._files else sha256_of(HOME / name) if (HOME / name).is_file() else ""
        if found not in self._files:
            raise ValueError(f"{name!r} is no public paper of the sample")
        return found

    def page(self, document: str, number: int) -> Page | None:
        texts = _texts(self._files[document])
        if number > len(texts):
            return None
        text = texts[number - 1]
        return Page(number=number, text=text, waiting=sum(c.isalnum() for c in text) < 12)


@cache
def _texts(file: Path) -> tuple[str, ...]:
    try:
        opened = pdfium.PdfDocument(file)
    except pdfium.PdfiumError:
        return ()
    try:
        return tuple(clean(page.get_textpage().get_text_range()) for page in opened)
    finally:
        opened.close()


@cache
def dalmeren() -> Gold:
    return read_gold(FILE)


def test_every_quote_stands_on_its_page() -> None:
    """This test ensures that the gold set was written against the papers, and still fits them."""
    judged = locate(dalmeren(), SamplePapers())
    placed = [item for items in judged.values() for item in items if item.places]
    assert len(placed) >= 50


def test_there_are_enough_questions_of_every_kind() -> None:
    """This test ensures that the figures rest on sixty questions, ten of which nothing answers."""
    questions = dalmeren().questions
    assert len(questions) >= 60
    assert sum(not question.answerable for question in questions) >= 10
    assert {question.type for question in questions} == set(QuestionType) - {QuestionType.OTHER}
    assert min(sum(question.split is split for question in questions) for split in Split) >= 30
    assert len({question.dossier for question in questions if question.answerable}) >= 10


def test_every_question_says_what_is_needed_and_what_answers_it() -> None:
    """This test ensures that another judge can judge on, and that full answers can be recognised."""
    for question in dalmeren().questions:
        assert question.need, question.id
        assert bool(question.facts) == question.answerable, question.id
