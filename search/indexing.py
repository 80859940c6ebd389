"""How the catalogue becomes an index: texts to terms, 5-grams and vectors, and a new generation that is published.

The index is derived: whatever the live generation holds is compared with what the catalogue wants, and only the
difference is done, on a copy. So a run that was killed needs no repair, and one new document costs one new document. On
a Qdrant server it is the same, with a collection for each generation (:mod:`search.aliases`).
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from itertools import islice
from pathlib import Path

from council import Catalogue, DataError, DataFolder, Document, Filters, Leg, make_folder
from council.settings import Settings
from search import dutch
from search.aliases import collection_of, is_there, point_to, sweep
from search.checking import Made, must_hold
from search.copying import copied
from search.embedding import Embedder
from search.fulltext import WORDS_FORM, FullText
from search.generation import Generation, clear_unfinished, describe, live, next_name, prune, publish
from search.gram_counts import GRAMS_FORM, GramCounts
from search.index import EVERYTHING, PAYLOAD, PassageIndex, PassagePoint
from search.indexable import Indexable, indexables, revision
from search.lasting import set_apart
from search.lexicon import NO_WORDS, Lexicon
from search.open_index import open_for_writing
from search.passages import SHIPPED, Cutting
from search.preparing import Averages, PassageText, Prepared, prepared
from search.rarity import Rarity
from search.smoke import must_answer
from search.soundness import must_be_sound, remember_sizes
from search.sparse import term_index
from search.vocabulary import Vocabulary
from search.wordbuild import WordBuilder

PUBLIC = Filters()
"""What is counted: which words stand in secret papers may not show in any reader's answer."""

LAYOUT = f"{WORDS_FORM} {GRAMS_FORM} {PAYLOAD}"
"""Names the form of everything in a generation that is neither a vector nor a term."""

_BATCH = 256
_FLUSH = 20 * _BATCH
_SAMPLE = 400
Progress = Callable[[int, int], None]
"""Told how many passages are done, of how many."""


def build(
    settings: Settings,
    data: DataFolder,
    catalogue: Catalogue,
    embedder: Callable[[], Embedder],
    *,
    municipality: str,
    cutting: Cutting = SHIPPED,
    progress: Progress = lambda done, total: None,
    warn: Callable[[str], None] = lambda text: None,
) -> Generation:
    """Bring the index up to date with the catalogue and publish it.

    Args:
        settings: engine and model.
        data: the data folder; the caller holds its lock.
        catalogue: the truth.
        embedder: gives the model; asked for its vectors only when there is something to embed.
        municipality: whose papers these are.
        cutting: what is told of each passage; another than what is shipped only for an index of its own (comparisons).
        progress: told how far it is, first that nothing is done yet: then it is known how much there is to do.
        warn: told when the live generation is damaged, and so is built anew.

    Returns:
        The live generation: the same as before when nothing changed.

    Raises:
        DataError: the finished index does not hold what the catalogue says, or does not answer; or a server does not.
    """
    wanted = {revision(document): document for document in catalogue.documents()}
    model = embedder()
    old = _unless_damaged(lambda: live(data), warn)
    clear_unfinished(data)
    sweep(settings, data, municipality)
    if old is not None and not _goes_on(old, settings, model, municipality):
        old = None
    if old is not None:
        old = _unless_damaged(partial(_sound, data, old), warn)
    if old is not None and _holds(data, old, wanted.keys()):
        point_to(settings, old)
        prune(data, keep=settings.keep_generations)
        sweep(settings, data, municipality)
        return old
    new = _begin(settings, data, old, model, municipality, lambda: _averages(catalogue, wanted.values(), cutting))
    rarity = _rarity(data, new, fresh=old is None)
    words = _words(data, new, wanted, fresh=old is None)
    index = open_for_writing(settings, data, new, municipality, old)
    try:
        held = set(index.facet("revision", EVERYTHING))
        gone, missing = held - wanted.keys(), wanted.keys() - held
        _forget(index, rarity, gone & index.facet("revision", PUBLIC).keys())
        index.delete(gone)
        news = {rev: wanted[rev] for rev in sorted(missing)}
        stream = ((rev, item) for rev, document in news.items() for item in indexables(catalogue, document, cutting))
        total = catalogue.passage_count(document.sha256 for document in news.values())
        averages = Averages(terms=new.average_terms, grams=new.average_grams)
        ready = prepared(_batched(stream), _texts, averages, passages=total, workers=_workers(settings))
        # Millions of objects come and go, and none of them is garbage that has to be searched for.
        set_apart()
        with closing(ready) as batches:
            _add(batches, index, model, rarity, words, lambda done: progress(done, total))
        index.optimize()
        index.flush()
        words.finish(new.words(data), new.lexicon(data), lambda rev: wanted[rev].access in PUBLIC.access)
        made = Made(
            index=index,
            fulltext=FullText.read(new.words(data)),
            rarity=rarity,
            catalogue=catalogue,
            documents=wanted,
            news=missing,
            cutting=cutting,
        )
        must_hold(made)
        must_answer(made, model)
    finally:
        index.close()
        words.close()
    rarity.vocabulary.write(new.vocabulary(data))
    rarity.grams.write(new.grams(data))
    _revisions(data, new).write_text("\n".join(sorted(wanted)), encoding="ascii")
    remember_sizes(data, new)
    describe(data, new)
    # Readers go by the pointer. So an alias that cannot be moved costs this night and not a wrong answer.
    point_to(settings, new)
    publish(data, new, keep=settings.keep_generations)
    with suppress(DataError):  # the next night sweeps again
        sweep(settings, data, municipality)
    return new


def _unless_damaged(look: Callable[[], Generation | None], warn: Callable[[str], None]) -> Generation | None:
    try:
        return look()
    except DataError as error:
        what, _, _ = str(error).partition("; ")
        warn(f"the live index is damaged, and is built anew from the catalogue ({what}); see whether the disk is sound")
        return None


def _sound(data: DataFolder, generation: Generation) -> Generation:
    must_be_sound(data, generation)
    return generation


def _revisions(data: DataFolder, generation: Generation) -> Path:
    return generation.folder(data) / "revisions.txt"


def _holds(data: DataFolder, generation: Generation, wanted: Collection[str]) -> bool:
    """Say whether a generation holds just these revisions, without opening or copying it."""
    try:
        return set(_revisions(data, generation).read_text(encoding="ascii").split()) == set(wanted)
    except (OSError, ValueError):
        return False


def fits(old: Generation, settings: Settings, model: Embedder) -> bool:
    """Say whether this program can read a generation."""
    return (old.model, old.analysis, old.layout, bool(old.collection)) == (
        model.fingerprint,
        dutch.analysis(),
        LAYOUT,
        bool(settings.qdrant_url),
    )


def _goes_on(old: Generation, settings: Settings, model: Embedder, municipality: str) -> bool:
    """Say whether a new generation can begin with what this one holds."""
    own = collection_of(municipality, old.name) if settings.qdrant_url else ""
    return old.collection == own and fits(old, settings, model) and is_there(settings, old)


def _begin(
    settings: Settings,
    data: DataFolder,
    old: Generation | None,
    model: Embedder,
    municipality: str,
    averages: Callable[[], tuple[float, float]],
) -> Generation:
    """Make the folder of a new generation: a copy of the old one, or empty."""
    now = dt.datetime.now(dt.UTC)
    terms, five = (old.average_terms, old.average_grams) if old else averages()
    name = next_name(data, now)
    new = Generation(
        name=name,
        made=now.isoformat(),
        model=model.fingerprint,
        dimension=old.dimension if old else model.dimension,
        analysis=dutch.analysis(),
        average_terms=terms,
        average_grams=five,
        collection=collection_of(municipality, name) if settings.qdrant_url else "",
        layout=LAYOUT,
    )
    make_folder(data.index)
    if old is not None:
        # A copy and not hard links: the engine writes in place, and both names would change.
        copied(old.folder(data), new.folder(data))
    else:
        new.folder(data).mkdir(parents=True)
    return new


def _averages(catalogue: Catalogue, documents: Iterable[Document], cutting: Cutting) -> tuple[float, float]:
    """Return the mean number of terms and of 5-grams of a passage, over an even sample of the public documents."""
    chosen = sorted((one for one in documents if one.access in PUBLIC.access), key=revision)[:_SAMPLE]
    counts = [
        (len(dutch.terms(item.weighed)), len(item.weighed))
        for document in chosen
        for item in islice(indexables(catalogue, document, cutting), 8)
    ]
    if not counts:
        return 1.0, 1.0
    return sum(c[0] for c in counts) / len(counts), sum(c[1] for c in counts) / len(counts)


def _workers(settings: Settings) -> int:
    """Return how many processes prepare passages.

    As many as there are cores, though this one works beside them: which of the two has more to do changes by the hour,
    and so no core waits for the other. Theirs is the lower priority, so it never waits for one of them.
    """
    return settings.workers or os.cpu_count() or 1


_Item = tuple[str, Indexable]
"""A passage under the revision of its document."""


def _texts(item: _Item) -> PassageText:
    return item[1].texts


def _batched(stream: Iterator[_Item]) -> Iterator[Sequence[_Item]]:
    while batch := list(islice(stream, _BATCH)):
        yield batch


def _add(
    batches: Iterator[tuple[Sequence[_Item], list[Prepared]]],
    index: PassageIndex,
    model: Embedder,
    rarity: Rarity,
    words: WordBuilder,
    progress: Callable[[int], None],
) -> None:
    # A build that is cut short is thrown away whole, so a flush is not for safety: it lets go of memory, and costs
    # about as much as a batch.
    done = 0
    progress(done)
    for batch, found in batches:
        vectors = model.passages([item.in_context for _, item in batch])
        points, public = [], []
        for (rev, item), ready, dense in zip(batch, found, vectors, strict=True):
            if item.document.access in PUBLIC.access:
                rarity.vocabulary.add(ready.vocabulary)
                public.append(ready.grams.indices)
            if rev not in words.held:
                _add_words(words, rev, item, ready)
            points.append(
                PassagePoint(
                    id=item.passage.id,
                    document=item.document,
                    revision=rev,
                    speaker=item.passage.speaker,
                    terms=ready.terms,
                    grams=ready.grams,
                    dense=tuple(dense.tolist()),
                )
            )
        rarity.grams.add(public)
        index.upsert(points)
        done += len(batch)
        if done % _FLUSH < _BATCH:
            index.flush()
        progress(done)


def _words(data: DataFolder, new: Generation, wanted: Collection[str], *, fresh: bool) -> WordBuilder:
    """Return what gathers the words, with those of the generation before that stay."""
    waiting = new.folder(data) / "waiting"
    if fresh:
        return WordBuilder(None, NO_WORDS, wanted, waiting)
    return WordBuilder(FullText.read(new.words(data)), Lexicon.read(new.lexicon(data)), wanted, waiting)


def _rarity(data: DataFolder, new: Generation, *, fresh: bool) -> Rarity:
    """Return what counts how rare words are, with what was counted in the generation before."""
    if fresh:
        return Rarity(vocabulary=Vocabulary(), grams=GramCounts())
    return Rarity.read(new.vocabulary(data), new.grams(data))


def _add_words(words: WordBuilder, rev: str, item: Indexable, ready: Prepared) -> None:
    public = item.document.access in PUBLIC.access
    words.add(rev, item.passage.id, item.passage.speaker, ready.words, public=public)


def _forget(index: PassageIndex, rarity: Rarity, revisions: set[str]) -> None:
    """Count the terms and the 5-grams of documents that leave the index out.

    They are read from the index: the catalogue may know another title or text by now than the one that was counted.
    """
    if revisions:
        names = {term_index(term): term for term in rarity.vocabulary}
        for indices in index.indices(Leg.TERMS, revisions):
            rarity.vocabulary.remove(names[at] for at in indices if at in names)
        rarity.grams.remove(index.indices(Leg.GRAMS, revisions))
