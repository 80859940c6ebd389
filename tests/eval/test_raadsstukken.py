"""The gold sets on real papers: enough of every kind, no word of theirs in it, and every address on its page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from council import Page, readable, sha256_of
from eval import Gold, QuestionType, Split, locate, read_gold
from eval.gold import RIGHT_GRADE, QuestionForm, Why
from ingest.pdf_text import PageText, read_pdf

FOLDER = Path(__file__).parents[2] / "eval" / "gold"
FIRST, SECOND = FILES = ("raadsstukken.jsonl", "raadsstukken_2.jsonl")
PAPERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "council_pdfs"
MOST_PAGES = 5000
LONGEST_RUN = 5
"""So many words in a row a question may share with a paper: names of bodies and streets, never a sentence."""

every_file = pytest.mark.parametrize("file", FILES)
beside_this_checkout = pytest.mark.skipif(not PAPERS.is_dir(), reason="the papers are not beside this checkout")


class RealPapers:
    """The papers as the ingest reads them; their scans wait for OCR."""

    def document(self, name: str) -> str:
        if name not in papers():
            raise ValueError(f"{name!r} is none of the papers")
        return name

    def page(self, document: str, number: int) -> Page | None:
        pages = papers()[document]
        if number > len(pages):
            return None
        return Page(number=number, text=pages[number - 1].text, waiting=pages[number - 1].scan)


@cache
def papers() -> dict[str, tuple[PageText, ...]]:
    return {sha256_of(file): read_pdf(file, most=MOST_PAGES).pages for file in PAPERS.rglob("*.pdf")}


@cache
def gold(file: str) -> Gold:
    return read_gold(FOLDER / file)


def spans(file: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield (question id, page text, start, end) of each judged stretch."""
    for question in gold(file).questions:
        for judgement in question.judgements:
            if judgement.offsets is not None:
                page = papers()[judgement.document][judgement.page - 1]
                yield question.id, page.text, *judgement.offsets


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", readable(text).lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


@every_file
def test_there_are_enough_questions_of_every_kind(file: str) -> None:
    """This test ensures that the figures rest on sixty questions and more, fifteen of which nothing answers, and that
    each type, form and reason for silence is among them; what is hidden, the first set asks for."""
    questions = gold(file).questions
    assert len(questions) >= 60
    assert sum(not question.answerable for question in questions) >= 15
    assert {question.type for question in questions} == set(QuestionType) - {QuestionType.OTHER}
    assert {question.form for question in questions} == set(QuestionForm)
    assert {question.why for question in questions if not question.answerable} >= set(Why) - {Why.HIDDEN}
    assert len({question.text for question in questions}) == len(questions)
    assert all(question.need and question.dossier for question in questions)


@pytest.mark.parametrize(("file", "most"), [(FIRST, 0.06), (SECOND, 0.08)])
def test_the_halves_are_alike(file: str, most: float) -> None:
    """This test ensures that what is tuned on one half can be told on the other: no type, form or reason for silence
    has a much larger share of one than of the other."""
    halves = [[question for question in gold(file).questions if question.split is split] for split in Split]
    assert all(len(half) > len(gold(file).questions) / 3 for half in halves)
    for field in ("answerable", "type", "form", "why"):
        first, second = ([getattr(question, field) for question in half] for half in halves)
        for value in {*first, *second}:
            shares = first.count(value) / len(first), second.count(value) / len(second)
            assert abs(shares[0] - shares[1]) <= most, (field, value)


def test_no_question_is_in_both() -> None:
    """This test ensures that the second set is another one, and that its questions have names of their own."""
    first, second = (gold(file).questions for file in FILES)
    assert not {question.text for question in first} & {question.text for question in second}
    assert not {question.id for question in first} & {question.id for question in second}


@every_file
def test_it_holds_addresses_and_grades_and_no_text(file: str) -> None:
    """This test ensures that no word of a paper is in the repository: a paper is named by its hash, a place by its
    offsets, and there are neither quotes nor facts."""
    for line in (FOLDER / file).read_text("utf-8").splitlines():
        question = json.loads(line)
        assert "facts" not in question
        for judgement in question["judgements"]:
            assert judgement.keys() <= {"document", "page", "start", "end", "grade"}
            assert ("start" in judgement) == ("end" in judgement)


@every_file
def test_a_question_without_answer_has_no_right_place(file: str) -> None:
    """This test ensures that an answerable question has a place that helps to answer it, and another has none."""
    for question in gold(file).questions:
        right = any(judgement.grade >= RIGHT_GRADE for judgement in question.judgements)
        assert right == question.answerable, question.id


@beside_this_checkout
@every_file
def test_every_address_stands_in_the_papers(file: str) -> None:
    """This test ensures that each judged paper is there, has the page, and that the page is as long as is said."""
    judged = locate(gold(file), RealPapers())
    assert sum(len(items) for items in judged.values()) == sum(len(q.judgements) for q in gold(file).questions)
    named = {item.document for items in judged.values() for item in items}
    assert len(named) >= 35


@beside_this_checkout
def test_a_page_without_offsets_is_a_scan() -> None:
    """This test ensures that only where there is no text to point at, the page as a whole was judged."""
    whole = [j for question in gold(FIRST).questions for j in question.judgements if j.offsets is None]
    assert whole
    for judgement in whole:
        assert papers()[judgement.document][judgement.page - 1].scan


@beside_this_checkout
@every_file
def test_no_address_lies_where_ocr_changes_the_text(file: str) -> None:
    """This test ensures that an address means the same whether the scanned part of a page was read or not."""
    for question in gold(file).questions:
        for judgement in question.judgements:
            if judgement.offsets is not None and judgement.grade:
                assert not papers()[judgement.document][judgement.page - 1].scan, question.id


@beside_this_checkout
@every_file
def test_every_stretch_is_a_sentence_or_a_row(file: str) -> None:
    """This test ensures that a judged stretch begins and ends where a sentence, an item of a list or a row of a table
    does, and never within a word."""
    stretches = list(spans(file))
    assert len(stretches) > len(gold(file).questions) / 2
    for id_, text, start, end in stretches:
        before, after = text[:start].rstrip(" \t\uf0b7•“‘(-"), text[end:].lstrip(" \t")
        assert text[start:end] == text[start:end].strip(), id_
        assert not before or before[-1] in "\r\n.?!:;)”’", (id_, text[start - 20 : start + 20])
        assert not after or text[end - 1] in ".?!:;)”" or after[0] in "\r\n", (id_, text[end - 20 : end + 20])


@beside_this_checkout
@every_file
def test_no_question_is_put_in_the_words_of_a_paper(file: str) -> None:
    """This test ensures that the questions are our own: neither they nor what they need share a run of words with a
    page, by which a searcher for words alone would win."""
    ours = {run: q.id for q in gold(file).questions for text in (q.text, q.need) for run in runs(text, LONGEST_RUN + 1)}
    assert ours and papers()
    for pages in papers().values():
        for page in pages:
            taken = ours.keys() & runs(page.text, LONGEST_RUN + 1)
            assert not taken, {ours[run]: " ".join(run) for run in taken}
