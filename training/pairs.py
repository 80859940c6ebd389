"""Makes pairs of texts that belong together out of texts that nobody ever paired.

A pair's left side plays the question, its right side the passage that should be found. Each kind of pair is a list of
its own, because a batch is drawn from one kind: the batch's other passages are then as hard to tell apart as they come.
Nothing here reads `retrieval/` (development sets) or SICK-NL (evaluation only).
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import corpus

_LIKE = 4.0  # STS-B scores from here on say "mostly equivalent"


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """A kind of pair, and how many times its pairs are shown in one epoch."""

    kind: str
    pairs: list[tuple[str, str]]
    repeats: int = 1


def all_kinds(data: Path, paragraphs: Sequence[str], wanted: int, seed: int) -> list[Pairs]:
    """Return every kind of pair; at most `wanted` pairs of neighbouring `paragraphs`, and of headed articles."""
    dice = random.Random(seed)  # noqa: S311  # lots are drawn, no secret is made
    return [
        Pairs(kind="title and heading, article", pairs=headed(corpus.articles(data, wanted))),
        Pairs(kind="paragraph, next paragraph", pairs=neighbours(paragraphs, wanted, dice)),
        Pairs(kind="alike sentences (STS-B)", pairs=alike(corpus.stsb(data, "train")), repeats=3),
        Pairs(kind="difficult, plain sentence", pairs=corpus.simplifications(data), repeats=3),
    ]


def headed(articles: Iterable[corpus.Article]) -> list[tuple[str, str]]:
    """Pair a law's title and an article's heading with the article; a heading alone is often just "Definitions"."""
    distinct = {article.text: f"{article.law} {article.heading}" for article in articles if len(article.text) > 60}
    return [(heading, text) for text, heading in distinct.items()]


def neighbours(paragraphs: Sequence[str], wanted: int, dice: random.Random) -> list[tuple[str, str]]:
    """Pair a paragraph with the one that follows it."""
    places = [
        place for place in range(len(paragraphs) - 1) if len(paragraphs[place]) > 80 and len(paragraphs[place + 1]) > 80
    ]
    dice.shuffle(places)
    return [(paragraphs[place], paragraphs[place + 1]) for place in places[:wanted]]


def alike(rated: Iterable[corpus.Rated]) -> list[tuple[str, str]]:
    """Keep the sentence pairs that people found alike but that are not the same sentence."""
    return [(pair.left, pair.right) for pair in rated if pair.score >= _LIKE and pair.left != pair.right]
