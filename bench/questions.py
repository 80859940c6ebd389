"""What is asked: the questions of the gold set, and questions made from the law text itself.

Each question is asked once in a measurement. A question that is asked again finds its words cut, its pages in the
processor's caches and its vectors made, and would tell how fast a repetition is.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence

from bench.collections import LAW_FOLDER
from bench.machine import ROOT
from council import Catalogue, Document
from search.indexable import indexables

GOLD = ROOT / "eval" / "gold" / "dalmeren.jsonl"
_SEED = 20240312
_OPENING = 9
_KEYWORDS = 3
_SHORTEST_KEYWORD = 7
_TITLE = 8
_MOST_A_PAPER = 20
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def gold_questions() -> list[str]:
    """Return the questions of the gold set, in whole sentences, as people ask them."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines if line.strip()]


def law_questions(catalogue: Catalogue, number: int, *, skip: int = 0) -> list[str]:
    """Return questions made from law text, no two alike: openings of passages, key words and titles in turn.

    Args:
        catalogue: of a collection that was filled up.
        number: how many are wanted; a small collection gives fewer.
        skip: how many of the row are left for another measurement.
    """
    laws = [document for document in catalogue.documents() if document.filename.startswith(LAW_FOLDER)]
    chance = random.Random(_SEED)  # noqa: S311  # nothing secret, and the same every time
    chance.shuffle(laws)
    found: dict[str, None] = {}
    for at, document in enumerate(laws * _MOST_A_PAPER):
        if len(found) >= number + skip:
            break
        if text := _question(catalogue, document, at, chance):
            found.setdefault(text)
    return list(found)[skip : skip + number]


def mixed(catalogue: Catalogue, number: int) -> list[str]:
    """Return the gold set's questions and so many made from law text, shuffled."""
    asked = [*gold_questions(), *law_questions(catalogue, number)]
    random.Random(_SEED).shuffle(asked)  # noqa: S311  # nothing secret, and the same every time
    return asked


def _question(catalogue: Catalogue, document: Document, at: int, chance: random.Random) -> str:
    texts = [item.text for item in indexables(catalogue, document)]
    return made_from(document.title, chance.choice(texts) if texts else "", at)


def made_from(title: str, text: str, turn: int) -> str:
    """Return one question: the opening of a passage, its longest words, or the title, by turn.

    Signs are left out, so that no quote or colon of the law becomes an operator of the search.
    """
    words = _WORD.findall(text)
    if turn % 3 == 0:
        chosen: Sequence[str] = words[:_OPENING]
    elif turn % 3 == 1:
        long = dict.fromkeys(word.lower() for word in words if len(word) >= _SHORTEST_KEYWORD and word.isalpha())
        chosen = sorted(long, key=lambda word: (-len(word), word))[:_KEYWORDS]
    else:
        chosen = _WORD.findall(title)[:_TITLE]
    return " ".join(chosen)
