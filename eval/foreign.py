"""A run that another system made, measured like our own: on the same questions, papers and judgements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from council import Catalogue, DataFolder, Verdict
from council.settings import Settings
from eval.gold import Gold
from eval.places import CataloguePapers, locate
from eval.provenance import provenance
from eval.ranking import page_name
from eval.result import GoldMark, Result
from eval.run import described, memory_mib, papers_mark
from eval.scoring import score
from eval.significance import SEED
from eval.systems import DEPTH, Outcome, Ranked
from eval.trec import read_run
from search import Generation


def score_run(gold: Gold, run: Path, data: DataFolder, settings: Settings, *, seed: int = SEED) -> Result:
    """Measure a TREC run.

    Its documents are named by SHA-256 or path, or its pages by those with ``#`` and a number; a page counts for its
    document where that is first named. Nothing of the product is asked.

    Args:
        gold: the questions and judgements.
        run: the file; a question that it does not name counts as one that found nothing.
        data: the papers that were judged, ingested.
        settings: what is noted beside the figures.
        seed: what chance is started with where the result is looked into.

    Raises:
        UsageError: the run is empty, names questions or papers that are not there, or holds lines that are wrong.
    """
    catalogue = Catalogue(data.catalogue)
    try:
        papers = CataloguePapers(catalogue)
        judged = locate(gold, papers)
        tag, rankings = read_run(run, question=_question(gold), document=_document(papers))
        outcomes = {item.id: _outcome(rankings.get(item.id, ())) for item in gold.questions}
        nothing = Generation(name="", made="", model="", dimension=0, analysis="", average_terms=0.0, average_grams=0.0)
        return Result(
            command="score",
            made_by=provenance(settings, nothing),
            gold=GoldMark(file=gold.path.name, sha256=gold.sha256),
            papers=papers_mark(catalogue),
            seed=seed,
            unplaced=0,
            memory_mib=memory_mib(),
            questions=tuple(described(item, judged[item.id], catalogue) for item in gold.questions),
            systems={tag: score(gold.questions, judged, outcomes, catalogue=catalogue, answers=False)},
        )
    finally:
        catalogue.close()


def _question(gold: Gold) -> Callable[[str], str]:
    known = {item.id for item in gold.questions}

    def find(name: str) -> str:
        if name not in known:
            raise ValueError(f"question {name!r} is not in {gold.path.name}")
        return name

    return find


def _document(papers: CataloguePapers) -> Callable[[str], str]:
    def find(name: str) -> str:
        paper, _, page = name.rpartition("#")
        if not (paper and page.isdecimal()):
            return papers.document(name)
        document = papers.document(paper)
        if papers.page(document, int(page)) is None:
            raise ValueError(f"{paper!r} has no page {page}")
        return page_name(document, int(page))

    return find


def _outcome(ranking: Sequence[tuple[str, float]]) -> Outcome:
    best: dict[str, Ranked] = {}
    for name, value in ranking:
        document, _, page = name.partition("#")
        known = best.get(document)
        pages = known.pages if known else ()
        if page and int(page) not in pages:
            pages = (*pages, int(page))
        best[document] = Ranked(document=document, pages=pages, score=known.score if known else value)
    found = tuple(best.values())[:DEPTH]
    return Outcome(
        documents=found,
        pages=tuple(name for name, _ in ranking if "#" in name),
        verdict=Verdict.ANSWERED if found else Verdict.NOT_FOUND,
    )
