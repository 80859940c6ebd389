"""The gold set of the sample: enough of every kind, two halves alike, and every quote on its page."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium

from corpus_sample.build import HOME
from council import Page, clean, readable, sha256_of
from eval import Gold, Question, QuestionType, Split, locate, only, read_gold
from eval.gold import HIGHEST_GRADE, RIGHT_GRADE, QuestionForm, Why

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
    assert len(placed) >= 1000


def test_there_are_enough_questions_of_every_kind() -> None:
    """This test ensures that the figures rest on 190 questions, fifty of which nothing answers, of every kind."""
    questions = dalmeren().questions
    assert len(questions) >= 190
    assert sum(not question.answerable for question in questions) >= 50
    assert {question.type for question in questions} == set(QuestionType) - {QuestionType.OTHER}
    assert len({question.dossier for question in questions if question.answerable}) >= 10
    forms, whys = Counter(item.form for item in questions), Counter(item.why for item in questions)
    assert min(forms[form] for form in QuestionForm) >= 8
    assert min(whys[why] for why in Why) >= 8


def test_the_halves_are_alike() -> None:
    """This test ensures that what is tuned on the one half can be believed on the other."""
    dev, test = (only(dalmeren(), split).questions for split in Split)
    assert len(dev) + len(test) == len(dalmeren().questions)
    for trait, most in ((_type, 1), (_form, 2), (_why, 2), (_dossier, 2)):
        here, there = Counter(map(trait, dev)), Counter(map(trait, test))
        apart = {kind: (here[kind], there[kind]) for kind in here | there if abs(here[kind] - there[kind]) > most}
        assert not apart, trait.__name__


def _type(question: Question) -> str:
    return question.type


def _form(question: Question) -> str:
    return question.form or ""


def _why(question: Question) -> str:
    return question.why or "answerable"


def _dossier(question: Question) -> str:
    return question.dossier


def test_every_question_says_what_is_needed_and_what_answers_it() -> None:
    """This test ensures that another judge can judge on, and that full answers can be recognised."""
    for question in dalmeren().questions:
        assert question.need and question.form and question.dossier, question.id
        assert bool(question.facts) == question.answerable, question.id
        assert bool(question.why) != question.answerable, question.id
        assert any(item.grade == HIGHEST_GRADE for item in question.judgements) == question.answerable, question.id


def test_every_fact_of_a_full_answer_stands_in_what_was_judged_right() -> None:
    """This test ensures that nobody is asked for a fact that no quote holds; what a scan says is not checked here."""
    checked = 0
    for question in dalmeren().questions:
        right = [judgement for judgement in question.judgements if judgement.grade >= RIGHT_GRADE]
        if question.facts and all(judgement.quote for judgement in right):
            checked += 1
            quotes = [judgement.quote for judgement in right]
            missing = [fact for fact in question.facts if not any(readable(fact) in quote for quote in quotes)]
            assert not missing, question.id
    assert checked > len(dalmeren().questions) / 2


def test_no_question_and_no_judgement_stands_twice() -> None:
    """This test ensures that no question counts double, and that no place has two grades for one question."""
    texts = Counter(_folded(question.text) for question in dalmeren().questions)
    assert not [text for text, times in texts.items() if times > 1]
    for question in dalmeren().questions:
        places = Counter((item.file, item.page, item.quote) for item in question.judgements)
        assert not [place for place, times in places.items() if times > 1], question.id


def _folded(text: str) -> str:
    """Return the letters and digits alone, without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())
