"""What several results hold that nobody judged, put on one heap, and how much of each that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from council import Citation, UsageError
from eval.answers import is_judged
from eval.gold import Gold
from eval.judging.pool import Candidate, Place, Pool, Pooled, in_blind_order
from eval.places import Judged, Papers, locate
from eval.result import Given, PapersMark, Result


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
    """Places that are not there, or in papers that not everyone may see: left out."""


def make_pool(
    gold: Gold,
    results: Mapping[str, Result],
    papers: Papers,
    *,
    mark: PapersMark,
    out: Path,
    systems: Collection[str] = (),
    depth: int = 10,
    seed: int = 1,
) -> Pooling:
    """Collect what the systems of some results returned and nobody judged.

    A page counts as judged when it was judged as a whole or anything on it was; a sentence when it was, or its page as
    a whole was.

    Args:
        gold: the questions.
        results: by the name that their systems are told apart by; of this gold set, and of the same papers.
        papers: the papers that were judged.
        mark: which papers those are.
        out: the file that the pool is for.
        systems: which systems of each result; all of them if none is named.
        depth: down to which document of each ranking; a result holds the first :data:`eval.scoring.SHOWN`.
        seed: what the order is drawn with.

    Raises:
        UsageError: a result is of another gold set, of other papers, or of another reading of their scans; no result
            has a system of that name; or the gold set speaks of what is not in the papers.
    """
    for name, result in results.items():
        _must_fit(name, result, gold, mark)
    results = {name: _with_only(result, systems) for name, result in results.items()}
    absent = set(systems) - {name for result in results.values() for name in result.systems}
    if absent:
        raise UsageError(f"no result has a system {sorted(absent)[0]!r}; give names as the results have them")
    judged = locate(gold, papers)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    questions: list[Pooled] = []
    hidden = 0
    for question in gold.questions:
        found: dict[Place, set[str]] = defaultdict(set)
        for system, given in _given(results, question.id):
            known = judged[question.id]
            pages = {Place(document=item.document, page=page) for item in given.found[:depth] for page in item.pages}
            sentences = {quoted.citation for quoted in given.sentences}
            new_pages = {place for place in pages if not _is_judged(place, known)}
            new_sentences = {sentence_place(citation) for citation in sentences if not is_judged(citation, known)}
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


def _must_fit(name: str, result: Result, gold: Gold, mark: PapersMark) -> None:
    if result.gold.sha256 != gold.sha256:
        raise UsageError(
            f"{name} asked gold set {result.gold.file} {result.gold.sha256[:12]}, and {gold.path} is "
            f"{gold.sha256[:12]}; score it again with this gold set, or give the one that it asked"
        )
    if result.papers.sha256 != mark.sha256:
        raise UsageError(
            f"{name} was measured on papers {result.papers.sha256[:12]}, and DATA holds papers {mark.sha256[:12]}: "
            "another corpus; score it again on this data"
        )
    if result.papers.text != mark.text:
        raise UsageError(
            f"{name} was measured on text {result.papers.text[:12]}, and DATA holds text {mark.text[:12]}: the scans "
            "were read otherwise, so its addresses may mean other words; score it again on this data"
        )


def _with_only(result: Result, systems: Collection[str]) -> Result:
    kept = {name: given for name, given in result.systems.items() if name in systems or not systems}
    return replace(result, systems=kept)


def _given(results: Mapping[str, Result], question: str) -> Iterator[tuple[str, Given]]:
    """Yield what each system gave for a question; a result of half of the gold set lacks the others."""
    for name, result in results.items():
        for asked, *given in zip(result.questions, *result.systems.values(), strict=True):
            if asked.id == question:
                for system, each in zip(result.systems, given, strict=True):
                    yield f"{name}/{system}" if len(results) > 1 else system, each


def sentence_place(citation: Citation) -> Place:
    """Return where a sentence is judged: its longest part, where it runs on over a page or past a running head."""
    span = max(citation.spans, key=lambda part: part.end - part.start)
    return Place(document=citation.document, page=span.page, offsets=(span.start, span.end))


def _is_judged(page: Place, judged: Iterable[Judged]) -> bool:
    return any(item.document == page.document and item.page == page.page for item in judged)


def _stands(place: Place, papers: Papers) -> bool:
    """Say whether a place is in a paper that everyone may see, and on a page that is there."""
    try:
        page = papers.page(papers.document(place.document), place.page)
    except ValueError:
        return False
    return page is not None and (place.offsets is None or place.offsets[1] <= len(page.text))


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
