"""Reads the training and evaluation texts, and knows nothing of what is done with them.

Every reader takes the data folder (the one that holds `training/` and `retrieval/`) and yields small records, so the
rest of the package never sees a file format. A missing file raises `MissingDataError`, which names the file.
"""

import csv
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class MissingDataError(Exception):
    """A file of the training data is not where the data folder should have it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} does not exist: point --data at the folder that holds training/ and retrieval/")
        self.path = path


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article of one law: the law's title, the heading above the article, and its text."""

    law: str
    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Rated:
    """Two sentences and how alike people found them (0 to 5 in STS-B, 1 to 5 in SICK)."""

    left: str
    right: str
    score: float


@dataclass(frozen=True, kw_only=True)
class RetrievalSet:
    """A judged collection in BEIR form: texts by id, questions by id, and the relevant text ids per question."""

    name: str
    documents: dict[str, str]
    questions: dict[str, str]
    relevant: dict[str, dict[str, int]]


def paragraphs(data: Path, limit: int | None = None) -> Iterator[str]:
    """Yield the paragraphs of Dutch legislation in the order of the laws, at most `limit` of them."""
    path = _existing(data / "training" / "laws_nl.txt.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == limit:
                return
            yield line.rstrip("\n")


def articles(data: Path, limit: int | None = None) -> Iterator[Article]:
    """Yield the articles of law that carry a heading, at most `limit` of them."""
    path = _existing(data / "training" / "nl_law_heading_article.jsonl.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == limit:
                return
            record = json.loads(line)
            yield Article(law=record["law"], heading=record["heading"], text=record["text"])


def stsb(data: Path, split: str) -> list[Rated]:
    """Return the Dutch STS-B pairs of a split: `train`, `dev` or `test`."""
    path = _existing(data / "training" / "stsb_nl" / f"stsb-nl-{split}.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        return [Rated(left=left, right=right, score=float(score)) for left, right, score in csv.reader(rows)]


def sick(data: Path) -> list[Rated]:
    """Return the whole of SICK-NL. For evaluation only: its licence forbids other than non-commercial use."""
    path = _existing(data / "training" / "sick_nl" / "SICK_NL.txt")
    with path.open(encoding="utf-8", newline="") as rows:
        records = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Rated(left=record["sentence_A"], right=record["sentence_B"], score=float(record["relatedness_score"]))
            for record in records
        ]


def simplifications(data: Path) -> list[tuple[str, str]]:
    """Return municipal sentences of Amsterdam, each as (difficult, plain) Dutch."""
    path = _existing(data / "training" / "amsterdam_simplification" / "complex-simple-v1-anonymized.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        return [(record["Complex"], record["Simple"]) for record in csv.DictReader(rows)]


def retrieval_set(data: Path, name: str) -> RetrievalSet:
    """Return a judged collection of `retrieval/`. For evaluation only: nothing is ever trained on it."""
    folder = data / "retrieval" / name
    documents = {
        record["_id"]: f"{record.get('title', '')} {record['text']}".strip()
        for record in _json_lines(folder / "corpus.jsonl")
    }
    questions = {record["_id"]: record["text"] for record in _json_lines(folder / "queries.jsonl")}
    relevant: dict[str, dict[str, int]] = {}
    with _existing(folder / "qrels.tsv").open(encoding="utf-8", newline="") as rows:
        for record in csv.DictReader(rows, delimiter="\t"):
            relevant.setdefault(record["query-id"], {})[record["corpus-id"]] = int(record["score"])
    return RetrievalSet(name=name, documents=documents, questions=questions, relevant=relevant)


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    with _existing(path).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise MissingDataError(path)
    return path
