"""What is measured, as named values: what each measure says in one sentence, and on which questions it is taken.

Each gives one value per question, from 0 to 1, and more is better, so two versions are compared question by question.
A question on which a measure cannot be taken (no sentence was judged; nothing answers it) has no value; every other
question has one, and a system that gave nothing gets 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """What a measure looks at."""

    DOCUMENTS = "documents"
    PAGES = "pages"
    ANSWER = "answer"
    SILENCE = "silence"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One measure."""

    name: str
    about: About
    says: str
    """What it says, in a sentence that needs no other."""
    standard: str = ""
    """How ``ir_measures`` names it; empty where the measure is our own."""


_ALL = (
    Measure(
        name="nDCG@10",
        about=About.DOCUMENTS,
        says="how well the ten documents on the first page are ordered; 1 is the best order that there is",
        standard="nDCG@10",
    ),
    Measure(
        name="RR",
        about=About.DOCUMENTS,
        says="one divided by the place of the first document that helps to answer (grade 2 or 3)",
        standard="RR(rel=2)",
    ),
    Measure(
        name="recall@20",
        about=About.DOCUMENTS,
        says="share of the documents that help to answer among the first twenty",
        standard="R(rel=2)@20",
    ),
    Measure(
        name="recall@100",
        about=About.DOCUMENTS,
        says="share of the documents that help to answer among the first hundred",
        standard="R(rel=2)@100",
    ),
    Measure(
        name="AP",
        about=About.DOCUMENTS,
        says="mean share of helpful documents above each helpful one, down to the hundredth",
        standard="AP(rel=2)@100",
    ),
    Measure(
        name="judged@10",
        about=About.DOCUMENTS,
        says="share of the first ten documents that somebody judged; what nobody judged counts as not helpful",
        standard="Judged@10",
    ),
    Measure(
        name="page nDCG@10",
        about=About.PAGES,
        says="how well the first ten pages that are opened are ordered",
        standard="nDCG@10",
    ),
    Measure(
        name="first sentence",
        about=About.ANSWER,
        says="the first quoted sentence is one that was judged right",
    ),
    Measure(
        name="any sentence",
        about=About.ANSWER,
        says="one of the quoted sentences is one that was judged right",
    ),
    Measure(
        name="sentence precision",
        about=About.ANSWER,
        says="share of the quoted sentences that were judged right",
    ),
    Measure(
        name="sentence recall",
        about=About.ANSWER,
        says="share of the right sentences that are quoted; where there are more than five, of five",
    ),
    Measure(
        name="facts",
        about=About.ANSWER,
        says="share of the facts of a full answer that stand in the quoted sentences",
    ),
    Measure(
        name="answers",
        about=About.SILENCE,
        says="a question that can be answered gets an answer, right or wrong",
    ),
    Measure(
        name="keeps silent",
        about=About.SILENCE,
        says="a question that nothing answers gets “not found”",
    ),
    Measure(
        name="verified",
        about=About.ANSWER,
        says="share of the quoted sentences that stand, letter for letter, at the address that is given",
    ),
)

MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
"""Every measure by its name, in the order in which they are shown."""


def about(*kinds: About) -> tuple[Measure, ...]:
    """Return the measures that look at these things, in order."""
    return tuple(measure for measure in MEASURES.values() if measure.about in kinds)
