"""What a BEIR folder holds: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv`` (Thakur et al., "BEIR", 2021)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from council import UsageError, clean
from eval.lines import Complaints, objects, text_in, texts

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One document of the corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Collection:
    """A corpus, questions and what was judged."""

    folder: Path
    corpus: Mapping[str, Text]
    questions: Mapping[str, str]
    """The questions that were judged, by id, in the order of the file."""
    unjudged: int
    """Questions of the file without a judgement; they are not asked."""
    qrels: Mapping[str, Mapping[str, int]]
    hashes: Mapping[str, str]
    """SHA-256 of each of the three files."""


def read_collection(folder: Path) -> Collection:
    """Read a BEIR folder.

    Raises:
        UsageError: a file is missing or holds lines that are wrong, each named by its number.
    """
    absent = [name for name in (CORPUS, QUERIES, QRELS) if not (folder / name).is_file()]
    if absent:
        raise UsageError(
            f"{folder} lacks {', '.join(absent)}; give a folder in BEIR form: {CORPUS}, {QUERIES}, {QRELS}"
        )
    corpus = _corpus(folder / CORPUS)
    questions = _questions(folder / QUERIES)
    qrels = _qrels(folder / QRELS, corpus, questions)
    return Collection(
        folder=folder,
        corpus=corpus,
        questions={id_: text for id_, text in questions.items() if id_ in qrels},
        unjudged=len(questions.keys() - qrels.keys()),
        qrels=qrels,
        hashes={name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (CORPUS, QUERIES, QRELS)},
    )


def folders_in(folder: Path) -> list[Path]:
    """Return a BEIR folder itself, or the BEIR folders in it by name.

    Raises:
        UsageError: it is none and holds none.
    """
    inner = sorted(path.parent for path in folder.glob(f"*/{CORPUS}"))
    if inner and not (folder / CORPUS).exists():
        return inner
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; give a folder in BEIR form, or one that holds such folders")
    return [folder]


def _corpus(path: Path) -> dict[str, Text]:
    complaints = Complaints(path)
    found: dict[str, Text] = {}
    for number, raw in objects(path, complaints):
        try:
            id_ = _id(raw, found)
            found[id_] = Text(id=id_, title=clean(text_in(raw, "title")), text=clean(text_in(raw, "text")))
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    if not found:
        raise UsageError(f"{path} is empty; there is nothing to search")
    return found


def _questions(path: Path) -> dict[str, str]:
    complaints = Complaints(path)
    found: dict[str, str] = {}
    for number, raw in objects(path, complaints):
        try:
            found[_id(raw, found)] = clean(text_in(raw, "text", needed=True))
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    return found


def _id(raw: Mapping[str, Any], known: Mapping[str, object]) -> str:
    id_ = text_in(raw, "_id", needed=True)
    if any(c.isspace() or not c.isprintable() for c in id_):
        raise ValueError(f"_id {id_!r} holds white space or control characters, which a TREC run cannot hold")
    if id_ in known:
        raise ValueError(f"_id {id_!r} is given twice")
    return id_


def _qrels(path: Path, corpus: Mapping[str, object], questions: Mapping[str, object]) -> dict[str, dict[str, int]]:
    complaints = Complaints(path)
    found: dict[str, dict[str, int]] = {}
    for at, (number, line) in enumerate(texts(path, complaints)):
        fields = line.rstrip("\r\n").split("\t")
        if at == 0:
            if fields != ["query-id", "corpus-id", "score"]:
                complaints.add(number, "the header must be query-id, corpus-id, score with tabs between them")
            continue
        try:
            _judge(fields, found, corpus, questions)
        except ValueError as error:
            complaints.add(number, error)
    complaints.settle()
    if not found:
        raise UsageError(f"{path} holds no judgement; nothing can be measured")
    return found


def _judge(
    fields: list[str],
    found: dict[str, dict[str, int]],
    corpus: Mapping[str, object],
    questions: Mapping[str, object],
) -> None:
    if len(fields) != 3:
        raise ValueError(f"{len(fields)} fields with tabs between them, and three are needed")
    question, document, score = fields
    if question not in questions:
        raise ValueError(f"query-id {question!r} is not in {QUERIES}")
    if document not in corpus:
        raise ValueError(f"corpus-id {document!r} is not in {CORPUS}")
    if not score.isdecimal():
        raise ValueError(f"score {score!r} is no whole number of 0 or more")
    grades = found.setdefault(question, {})
    # Public sets repeat lines; a repetition says nothing new, a contradiction must be settled by a person.
    if grades.setdefault(document, int(score)) != int(score):
        raise ValueError(f"{question} and {document} are judged {grades[document]} before and {score} here")
