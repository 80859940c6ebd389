"""The gold set in the forms of others: TREC qrels, BEIR folders, and addresses without a word of the papers; and back.

Outside, a paper is known by its SHA-256 and a page by that with ``#`` and its number, so a run that another system
makes on an exported collection can be scored here by :mod:`eval.foreign`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from council import Catalogue, Filters, UsageError, is_sha256, readable
from eval.collection import CORPUS, QRELS, QUERIES
from eval.gold import HIGHEST_GRADE, RIGHT_GRADE, Gold, Judgement, Question, QuestionType
from eval.lines import Complaints, objects, text_in
from eval.places import Judged
from eval.ranking import document_grades, page_grades, page_name
from eval.trec import read_qrels


class Level(StrEnum):
    """What is judged as one thing."""

    DOCUMENT = "document"
    PAGE = "page"


def qrels(judged: Mapping[str, tuple[Judged, ...]], level: Level) -> Mapping[str, Mapping[str, int]]:
    """Return the grade of each paper or page by question; a question without a judgement is left out."""
    grades = document_grades if level is Level.DOCUMENT else page_grades
    found = {asked: grades(items) for asked, items in judged.items()}
    return {asked: by_name for asked, by_name in found.items() if by_name}


def write_beir(
    folder: Path, gold: Gold, judged: Mapping[str, tuple[Judged, ...]], catalogue: Catalogue, level: Level
) -> None:
    """Write the public papers, the questions and the judgements as a BEIR folder.

    Raises:
        UsageError: the folder cannot be written.
    """
    known = qrels(judged, level)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_lines(folder / CORPUS, _corpus(catalogue, level))
        _write_lines(
            folder / QUERIES,
            ({"_id": item.id, "text": item.text} for item in gold.questions if item.id in known),
        )
        rows = ["query-id\tcorpus-id\tscore\n"]
        rows += [f"{asked}\t{name}\t{grade}\n" for asked, grades in known.items() for name, grade in grades.items()]
        (folder / QRELS).write_text("".join(rows), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}; choose another folder") from error


def addressed(gold: Gold, judged: Mapping[str, tuple[Judged, ...]]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a gold set with addresses in place of quotes, and without facts: no text of the papers.

    A quote that stands in several places becomes a judgement of each.
    """
    for question in gold.questions:
        judgements = []
        for item in judged[question.id]:
            place = {"document": item.document, **({"page": item.page} if item.page else {})}
            spans = [{"start": span.start, "end": span.end} for span in item.places] or [{}]
            judgements += [{**place, **span, "grade": item.grade} for span in spans]
        yield gold_line(question, judgements, facts=False)


def gold_line(question: Question, judgements: list[dict[str, Any]], *, facts: bool = True) -> dict[str, Any]:
    """Return a question as it is written on a line of a gold set, without the fields that it does not have."""
    line: dict[str, Any] = {
        "id": question.id,
        "split": question.split,
        "question": question.text,
        "type": question.type,
        "form": question.form,
        "dossier": question.dossier,
        "need": question.need,
        "answerable": question.answerable,
        "why": question.why,
        "facts": list(question.facts) if facts else [],
        "judgements": judgements,
    }
    return {name: value for name, value in line.items() if value not in (None, "", [])}


def write_gold(path: Path, lines: Iterator[dict[str, Any]]) -> None:
    """Write a gold set.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        _write_lines(path, lines)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}; choose another place for it") from error


def taken_over(queries: Path, judged: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a gold set that was judged elsewhere.

    Papers may be named by SHA-256 or by path, pages with ``#`` and their number. A question without a helpful judgement
    is one that nothing answers.

    Args:
        queries: questions in the form of BEIR's ``queries.jsonl``.
        judged: qrels in TREC form.

    Raises:
        UsageError: a file cannot be read, or holds lines that are wrong; or a question is judged and not asked.
    """
    complaints = Complaints(queries)
    asked: dict[str, str] = {}
    for number, raw in objects(queries, complaints):
        try:
            id_ = text_in(raw, "_id", needed=True)
            if asked.setdefault(id_, text_in(raw, "text", needed=True)) != raw["text"]:
                raise ValueError(f"_id {id_!r} is given twice")
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    known = read_qrels(judged, highest=HIGHEST_GRADE)
    strangers = sorted(known.keys() - asked.keys())
    if strangers:
        raise UsageError(f"{judged} judges {strangers[0]!r}, which is not in {queries}; give the questions that belong")
    for id_, text in asked.items():
        grades = known.get(id_, {})
        right = any(grade >= RIGHT_GRADE for grade in grades.values())
        question = Question(id=id_, text=text, type=QuestionType.OTHER, answerable=right, line=0)
        yield gold_line(question, [_as_written(_judgement(name, grade)) for name, grade in grades.items()])


def _judgement(name: str, grade: int) -> Judgement:
    paper, _, page = name.rpartition("#")
    if not (paper and page.isdecimal()):
        paper, page = name, "0"
    hashed = is_sha256(paper)
    return Judgement(page=int(page), grade=grade, document=paper if hashed else "", file="" if hashed else paper)


def _as_written(judgement: Judgement) -> dict[str, Any]:
    raw = {"file": judgement.file, "document": judgement.document, "page": judgement.page}
    return {**{name: value for name, value in raw.items() if value}, "grade": judgement.grade}


def _corpus(catalogue: Catalogue, level: Level) -> Iterator[dict[str, Any]]:
    for document in catalogue.documents(Filters()):
        pages = [(page.number, readable(page.text)) for page in catalogue.pages(document.sha256)]
        if level is Level.DOCUMENT:
            yield {"_id": document.sha256, "title": document.title, "text": "\n".join(text for _, text in pages)}
        else:
            for number, text in pages:
                yield {"_id": page_name(document.sha256, number), "title": document.title, "text": text}


def _write_lines(path: Path, lines: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
