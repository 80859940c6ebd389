"""What several results hold that nobody judged, put on one heap, and how much of each that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from council import Citation, UsageError
from eval.answers import is_judged
from eval.gold import Gold
from eval.places import Judged, Papers
from eval.pool import Candidate, Place, Pool, Pooled, in_blind_order
from eval.result import Given, Result

DEEPEST = 20
"""A result holds no more documents than this per system and question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unjudged:
    """How much of what a system returned, down to the depth of the pool, nobody judged."""

    system: str
    pages: int
    """Pages that it returned, each question's counted apart."""
    unjudged_pages: int
    sentences: int
    unjudged_sentences: int
    alone: int
    """Unjudged places that no other system returned: what would be missed without this one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pooling:
    """A pool, and what it was made of."""

    pool: Pool
    depth: int
    seed: int
    systems: tuple[Unjudged, ...]
    hidden: int
    """Places in papers that not everyone may see any more: left out."""


def make_pool(
    gold: Gold,
    judged: Mapping[str, Sequence[Judged]],
    results: Mapping[str, Result],
    papers: Papers,
    *,
    out: Path,
    depth: int = 10,
    seed: int = 1,
) -> Pooling:
    """Collect what the systems of some results returned and nobody judged.

    A page counts as judged when it was judged as a whole or anything on it was; a sentence when it was, or its page as
    a whole was.

    Args:
        gold: the questions.
        judged: what was judged, by question.
        results: by the name that their systems are told apart by; of this gold set, and of the same papers.
        papers: the papers that were judged.
        out: the file that the pool is for.
        depth: down to which document of each ranking.
        seed: what the order is drawn with.

    Raises:
        UsageError: a result is of another gold set, or of other papers.
    """
    _must_fit(gold, results)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    questions: list[Pooled] = []
    hidden = 0
    for question in gold.questions:
        found: dict[Place, set[str]] = defaultdict(set)
        for system, given in _given(results, question.id):
            pages, sentences = _returned(given, depth)
            new_pages = [place for place in pages if not _page_is_judged(place, judged[question.id])]
            new_sentences = [place for place in sentences if not _sentence_is_judged(place, judged[question.id])]
            sizes = (len(pages), len(new_pages), len(sentences), len(new_sentences))
            counts[system] = [a + b for a, b in zip(counts[system], sizes, strict=True)]
            for place in (*new_pages, *new_sentences):
                found[place].add(system)
        there = {place: systems for place, systems in found.items() if _stands(place, papers)}
        hidden += len(found) - len(there)
        candidates = (Candidate(place=place, systems=tuple(sorted(names))) for place, names in there.items())
        if there:
            ordered = in_blind_order(question.id, candidates, seed=seed)
            questions.append(Pooled(id=question.id, text=question.text, need=question.need, candidates=ordered))
    return Pooling(
        pool=Pool(path=out, questions=tuple(questions)),
        depth=depth,
        seed=seed,
        systems=tuple(_unjudged(name, count, questions) for name, count in counts.items()),
        hidden=hidden,
    )


def _must_fit(gold: Gold, results: Mapping[str, Result]) -> None:
    first_name, first = next(iter(results.items()))
    for name, result in results.items():
        if result.gold.sha256 != gold.sha256:
            raise UsageError(
                f"{name} asked gold set {result.gold.file} {result.gold.sha256[:12]}, and {gold.path} is "
                f"{gold.sha256[:12]}; score it again with this gold set, or give the one that it asked"
            )
        if result.papers.sha256 != first.papers.sha256:
            raise UsageError(
                f"{first_name} was measured on papers {first.papers.sha256[:12]} and {name} on papers "
                f"{result.papers.sha256[:12]}: another corpus; score both on the same data"
            )


def _given(results: Mapping[str, Result], question: str) -> Iterator[tuple[str, Given]]:
    """Yield what each system gave for a question; a result of half of the gold set lacks the others."""
    for name, result in results.items():
        for asked, *given in zip(result.questions, *result.systems.values(), strict=True):
            if asked.id == question:
                for system, each in zip(result.systems, given, strict=True):
                    yield f"{name}/{system}" if len(results) > 1 else system, each


def _returned(given: Given, depth: int) -> tuple[list[Place], list[Place]]:
    """Return the pages and the sentences that a system returned, each once."""
    pages = [Place(document=found.document, page=page) for found in given.found[:depth] for page in found.pages]
    sentences = [sentence_place(quoted.citation) for quoted in given.sentences]
    return list(dict.fromkeys(pages)), list(dict.fromkeys(sentences))


def sentence_place(citation: Citation) -> Place:
    """Return where a sentence is judged: its longest part, where it runs on over a page or past a running head."""
    span = max(citation.spans, key=lambda part: part.end - part.start)
    return Place(document=citation.document, page=span.page, offsets=(span.start, span.end))


def _page_is_judged(place: Place, judged: Iterable[Judged]) -> bool:
    return any(item.document == place.document and item.page == place.page for item in judged)


def _sentence_is_judged(place: Place, judged: Iterable[Judged]) -> bool:
    return place.span is not None and is_judged(Citation(document=place.document, spans=(place.span,)), judged)


def _stands(place: Place, papers: Papers) -> bool:
    """Say whether a place is in a paper that everyone may see.

    Raises:
        UsageError: the paper is there and the place is not: the result is of another reading of it.
    """
    try:
        document = papers.document(place.document)
    except ValueError:
        return False
    page = papers.page(document, place.page)
    if page is None or (place.offsets and place.offsets[1] > len(page.text)):
        raise UsageError(
            f"{place.name} does not stand in DATA: the results are of another reading of the papers; score them again"
        )
    return True


def _unjudged(system: str, counts: Sequence[int], questions: Iterable[Pooled]) -> Unjudged:
    pages, unjudged_pages, sentences, unjudged_sentences = counts
    return Unjudged(
        system=system,
        pages=pages,
        unjudged_pages=unjudged_pages,
        sentences=sentences,
        unjudged_sentences=unjudged_sentences,
        alone=sum(item.systems == (system,) for question in questions for item in question.candidates),
    )
