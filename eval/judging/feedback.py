"""Questions that are new to the gold set: what readers allowed to be kept, and what an evaluator thinks of.

A reader was promised that the question is gone on a day. That day goes into the pool with it, a question that its
reader took back leaves the pool, and the gold set gets the judge's words, never the reader's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from council import Catalogue, Citation, DataFolder, Filters, KeptQuestion, Query, UsageError, kept_questions, mask
from council import readable as as_read
from council.settings import Settings
from eval.judging.pool import Candidate, Place, Pool, Pooled, in_blind_order, joined, read_pool, without_expired
from eval.judging.pooling import sentence_place
from search import Embedder, Engine

_READER, _HAND = "reader-", "hand-"
SHOWN, NOW = "shown to the reader", "Raadspoor"
"""Who returned a place: the answer that a reader saw, and the product as it is now."""
LONGEST = 2_000

Search = Callable[[str], Iterable[Candidate]]
"""What is found for a question now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Addition:
    """A pool with more new questions, and how many came and went."""

    pool: Pool
    added: int
    known: int
    """Questions that stood in the pool already."""
    gone: int
    """Questions that left it: their term is over, or their reader took them back."""
    refused: UsageError | None = None
    """Why nothing could be added at all; what had to leave has left nevertheless."""


def opened_pool(path: Path) -> Pool:
    """Return the pool in a file, or an empty one where there is no file yet, or nothing in it.

    Raises:
        UsageError: the file is wrong.
    """
    if not path.exists() or not path.stat().st_size:
        return Pool(path=path, questions=())
    return read_pool(path)


def take_in(
    pool: Pool,
    data: DataFolder,
    settings: Settings,
    search: Search,
    catalogue: Catalogue,
    *,
    today: dt.date,
    seed: int = 1,
) -> Addition:
    """Add the questions that readers allowed to be kept to a pool; see :func:`add_readers`.

    Where none are kept (any more), those in the pool leave it, and ``refused`` says why nothing was added.

    Raises:
        DataError: the file that holds them is damaged or locked.
    """
    try:
        kept, refused = readers_questions(data, settings, today), None
    except UsageError as error:
        kept, refused = (), error
    return replace(add_readers(pool, kept, search, catalogue, today=today, seed=seed), refused=refused)


def readers_questions(data: DataFolder, settings: Settings, today: dt.date) -> tuple[KeptQuestion, ...]:
    """Return the questions that readers allowed to be kept.

    Raises:
        UsageError: questions are not kept here, or nobody allowed it yet.
        DataError: the file that holds them is damaged or locked.
    """
    if not settings.usage or not settings.keep_questions_days:
        raise UsageError(
            "questions of readers are not kept here; set RAADSPOOR_USAGE=true and RAADSPOOR_KEEP_QUESTIONS_DAYS to "
            'keep those whose readers allow it, or add one of your own with --question "…"'
        )
    found = kept_questions(data.usage, today) if data.usage.is_file() else ()
    # A shorter term that was set later holds for what is there already.
    oldest = today - dt.timedelta(days=settings.keep_questions_days)
    fresh = tuple(question for question in found if question.day > oldest)
    if not fresh:
        raise UsageError(f"{data.root} holds no question that its reader allowed to be kept; nothing was added")
    return fresh


def add_readers(
    pool: Pool, kept: Iterable[KeptQuestion], search: Search, catalogue: Catalogue, *, today: dt.date, seed: int = 1
) -> Addition:
    """Add the questions of readers to a pool, and take out those that are kept no longer.

    Args:
        pool: what was added before.
        kept: the questions that are kept now.
        search: what is found now: a reader who was not helped saw no place that answers.
        catalogue: the papers.
        today: the day it is.
        seed: what the order is drawn with.
    """
    kept = tuple(kept)
    there = {_READER + question.id for question in kept}
    fresh = without_expired(pool, today)
    stay = tuple(each for each in fresh.questions if not each.id.startswith(_READER) or each.id in there)
    known = {each.id for each in stay}
    new = []
    for question in kept:
        id_ = _READER + question.id
        if id_ not in known:
            shown = _public(question.citations, catalogue)
            ordered = in_blind_order(id_, _joined([*shown, *search(question.question)]), seed=seed)
            # Masked when it was kept; what masking has learnt since then is used too.
            text = mask(question.question)
            new.append(Pooled(id=id_, text=text, new=True, until=question.until, candidates=ordered))
    return Addition(
        pool=replace(pool, questions=joined(stay, new)),
        added=len(new),
        known=len(kept) - len(new),
        gone=len(pool.questions) - len(stay),
    )


def add_own(pool: Pool, text: str, search: Search, *, seed: int = 1) -> Addition:
    """Add a question of one's own to a pool, with personal data masked.

    Raises:
        UsageError: it holds no word, or is longer than :data:`LONGEST` characters.
    """
    masked = mask(as_read(text))
    if not any(c.isalnum() for c in masked) or len(masked) > LONGEST:
        raise UsageError(
            f"a question has at least a letter and at most {LONGEST} characters; this one has {len(masked)}"
        )
    id_ = _HAND + hashlib.sha256(masked.casefold().encode("utf-8", "replace")).hexdigest()[:16]
    if any(question.id == id_ for question in pool.questions):
        return Addition(pool=pool, added=0, known=1, gone=0)
    question = Pooled(id=id_, text=masked, new=True, candidates=in_blind_order(id_, _joined(search(masked)), seed=seed))
    return Addition(pool=replace(pool, questions=(*pool.questions, question)), added=1, known=0, gone=0)


@contextmanager
def searching(
    data: DataFolder, settings: Settings, *, depth: int, embedder: Embedder | None = None
) -> Iterator[Search]:
    """Open the product, and give what finds the pages of its best passages and the sentences that it quotes.

    Args:
        data: the data folder.
        settings: model and weights.
        depth: how many documents; 0 finds nothing and opens nothing.
        embedder: another embedder than the settings ask for.

    Raises:
        DataError: the folder cannot be searched.
    """
    if not depth:
        yield lambda question: ()
        return
    engine = Engine(data, settings, embedder=embedder)

    def search(question: str) -> Iterable[Candidate]:
        results, answer = engine.ask(Query(text=question, limit=depth))
        pages = [
            Place(document=hit.document.sha256, page=part.page) for hit in results.hits for part in hit.passage.spans
        ]
        sentences = [sentence_place(sentence.citation) for sentence in answer.sentences]
        return [Candidate(place=place, systems=(NOW,)) for place in dict.fromkeys([*pages, *sentences])]

    try:
        yield search
    finally:
        engine.close()


def _public(citations: Iterable[Citation], catalogue: Catalogue) -> list[Candidate]:
    """Return where the quotes stood that a reader saw, as far as everyone may still see them there."""
    places = []
    for citation in citations:
        place = sentence_place(citation)
        page = catalogue.page(place.document, place.page) if catalogue.visible(place.document, Filters()) else None
        if page is not None and place.offsets and place.offsets[1] <= len(page.text):
            places.append(place)
    return [Candidate(place=place, systems=(SHOWN,)) for place in dict.fromkeys(places)]


def _joined(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return each place once, with everyone who returned it."""
    found: dict[Place, Candidate] = {}
    for item in candidates:
        before = found.get(item.place)
        systems = (*before.systems, *item.systems) if before else item.systems
        found[item.place] = Candidate(place=item.place, systems=tuple(dict.fromkeys(systems)))
    return list(found.values())
