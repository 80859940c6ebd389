"""The section on failures: each question that went wrong, what was expected, and what came instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from council import Citation
from eval.gold import RIGHT_GRADE, Gold, Judgement, Question
from eval.links import search_link, source_link
from eval.places import CataloguePapers, Judged, locate
from eval.reporting.formats import number, plain
from eval.reporting.paired import product_of
from eval.reporting.silence import VERDICTS
from eval.reporting.wordings import Wordings
from eval.result import Asked, Found, Given, Quoted, Result
from eval.summary import failures

SAYS = {
    "answered though nothing answers it": "The papers do not say this; the right reply was “not found”.",
    "not found though it can be answered": "The papers do say this; the product said that it found no answer.",
    "no right sentence": "Sentences were quoted, and none of them was judged right.",
    "right sentence, but not first": "A right sentence was quoted below one that was not judged right.",
    "no helpful document among the first ten": "No document of grade 2 or 3 stands on the first page of results.",
}
"""What each way to fail (:func:`eval.summary.failures`) means."""
_MOST_PLACES = 5
_MOST_FOUND = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place in the papers: what was expected, what was quoted, or what was found."""

    text: str
    """The words there, where they are known."""
    dutch: bool
    name: str
    """The paper's title, path or address."""
    name_dutch: bool
    about: str
    """The paper's kind and date, where they are known."""
    page: str
    href: str
    mark: str
    """What it was judged, in words."""
    right: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FailureView:
    """One question that went wrong."""

    id: str
    anchor: str
    text: str
    need: str
    about: str
    href: str
    verdict: str
    also: tuple[str, ...]
    """What else went wrong with it."""
    expects: str
    """What should have come, where no places say it."""
    facts: tuple[str, ...]
    expected: tuple[Place, ...]
    more: int
    """Expected places that are not listed."""
    quoted: tuple[Place, ...]
    found: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FailureGroup:
    """The questions that failed in one way."""

    id: str
    title: str
    says: str
    failures: tuple[FailureView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Expectation:
    """What a gold set expects of one question."""

    question: Question
    judged: tuple[Judged | None, ...]
    """Where each judgement stands; None where the papers were not given."""


def failure_groups(
    result: Result, expected: Mapping[str, Expectation], words: Wordings, base: str
) -> tuple[FailureGroup, ...]:
    """Return the questions that failed, each under the gravest of its failures.

    Args:
        result: the result.
        expected: what the gold set says, by question; empty where it was not given.
        words: gives titles and texts.
        base: where the product runs; empty for no links.
    """
    product = product_of(result)
    pairs = list(zip(result.questions, result.given(product), strict=True))
    troubles = failures(result, product)
    writer = _Writer(expected, words, base)
    listed: set[str] = set()
    groups = []
    for at, (trouble, ids) in enumerate(troubles.items(), start=1):
        fresh = set(ids) - listed
        listed |= fresh
        groups.append(
            FailureGroup(
                id=f"failing-{at}",
                title=trouble,
                says=SAYS[trouble],
                failures=tuple(
                    writer.failure(
                        number,
                        asked,
                        given,
                        also=tuple(
                            other for other, those in troubles.items() if other != trouble and asked.id in those
                        ),
                    )
                    for number, (asked, given) in enumerate(pairs, start=1)
                    if asked.id in fresh
                ),
            )
        )
    return tuple(groups)


def expectations(gold: Gold, words: Wordings) -> Mapping[str, Expectation]:
    """Return what a gold set expects, with the places where the papers are at hand.

    Raises:
        UsageError: the gold set speaks of papers, pages or quotes that are not there.
    """
    catalogue = words.catalogue
    places: Mapping[str, tuple[Judged, ...]] = {}
    if catalogue is not None:
        places = locate(gold, CataloguePapers(catalogue))
    return {
        question.id: Expectation(
            question=question,
            judged=tuple(places[question.id]) if places else (None,) * len(question.judgements),
        )
        for question in gold.questions
    }


class _Writer:
    def __init__(self, expected: Mapping[str, Expectation], words: Wordings, base: str) -> None:
        self._expected = expected
        self._words = words
        self._base = base

    def failure(self, at: int, asked: Asked, given: Given, *, also: tuple[str, ...]) -> FailureView:
        expectation = self._expected.get(asked.id)
        places = self._places(expectation) if expectation else ()
        return FailureView(
            id=plain(asked.id),
            anchor=f"question-{at}",
            text=plain(asked.text),
            need=plain(asked.need),
            about=_about(asked),
            href=search_link(self._base, plain(asked.text)),
            verdict=f"{VERDICTS[given.verdict]}, confidence {number(given.confidence)}",
            also=also,
            expects=_expects(asked, known=expectation is not None),
            facts=tuple(map(plain, expectation.question.facts)) if expectation else (),
            expected=places[:_MOST_PLACES],
            more=max(0, len(places) - _MOST_PLACES),
            quoted=tuple(self._quoted(sentence) for sentence in given.sentences),
            found=tuple(self._found(document) for document in given.found[:_MOST_FOUND]),
        )

    def _places(self, expectation: Expectation) -> tuple[Place, ...]:
        pairs = zip(expectation.question.judgements, expectation.judged, strict=True)
        helpful = [(said, judged) for said, judged in pairs if said.grade >= RIGHT_GRADE]
        return tuple(self._place(said, judged) for said, judged in sorted(helpful, key=lambda pair: -pair[0].grade))

    def _place(self, said: Judgement, judged: Judged | None) -> Place:
        document = judged.document if judged else said.document
        paper = self._words.paper(document) if document else None
        spans = judged.places[:1] if judged else ()
        words = self._words.words(document, spans) if spans and not said.quote else None
        return Place(
            text=plain(said.quote) or (words.text if words else ""),
            dutch=bool(said.quote) or bool(words and words.dutch),
            name=paper.name if paper else plain(said.file),
            name_dutch=paper is not None and paper.dutch,
            about=paper.about if paper else "",
            page=f"page {said.page}" if said.page else "the whole document",
            href=source_link(self._base, document, spans, page=max(1, said.page)) if document else "",
            mark=f"grade {said.grade}",
            right=True,
        )

    def _quoted(self, sentence: Quoted) -> Place:
        citation: Citation = sentence.citation
        words = self._words.words(citation.document, citation.spans)
        paper = self._words.paper(citation.document)
        mark = "right" if sentence.right else "judged, not right" if sentence.judged else "nobody judged it"
        return Place(
            text=words.text,
            dutch=words.dutch,
            name=paper.name,
            name_dutch=paper.dutch,
            about=paper.about,
            page=f"page {citation.spans[0].page}",
            href=source_link(self._base, citation.document, citation.spans),
            mark=mark if sentence.verified else f"{mark}; does not stand at its address",
            right=sentence.right,
        )

    def _found(self, found: Found) -> Place:
        paper = self._words.paper(found.document)
        return Place(
            text="",
            dutch=False,
            name=paper.name,
            name_dutch=paper.dutch,
            about=paper.about,
            page=f"page {found.pages[0]}" if found.pages else "no page",
            href=source_link(self._base, found.document, (), page=found.pages[0]) if found.pages else "",
            mark="nobody judged it" if found.grade is None else f"grade {found.grade}",
            right=(found.grade or 0) >= RIGHT_GRADE,
        )


def _about(asked: Asked) -> str:
    parts = (asked.type.value, asked.form.value if asked.form else "", asked.dossier, asked.kind.replace("_", " "))
    return plain(_joined(*parts, f"line {asked.line} of the gold set"))


def _expects(asked: Asked, *, known: bool) -> str:
    if not asked.answerable:
        why = f" ({asked.why.value.replace('_', ' ')})" if asked.why else ""
        return f"“Not found”: nothing answers this question{why}."
    return "" if known else "An answer. Which sentences are right stands in the gold set, which was not given."


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
