"""What each part is worth on a BEIR folder: the legs, and the steps of the Dutch analysis.

Only the ranking is measured: such a folder knows no right sentences. Each step costs an index of its own.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from council import DataFolder, Query, UsageError
from council.settings import Settings
from eval.ablating import Part, Progress, Values, Variant, Worth, variants, worth
from eval.beir import put_in
from eval.collection import Collection
from eval.ranking import score_rankings
from eval.significance import SEED
from search import Embedder, Engine, SentenceTransformerEmbedder, without

MEASURE = "nDCG@10"
PARTS = frozenset({Part.LEG, Part.STEP})
"""What can be told apart by a ranking alone."""


def ablate_beir(
    collection: Collection,
    settings: Settings,
    *,
    parts: frozenset[Part] = PARTS,
    embedder: Embedder | None = None,
    seed: int = SEED,
    progress: Progress = lambda stage, done, total: None,
) -> tuple[Worth, ...]:
    """Measure the product without each part.

    Args:
        collection: corpus, questions and judgements.
        settings: the product as it is.
        parts: which kinds of parts; features of the answer are passed over.
        embedder: another embedder than the settings ask for.
        seed: what chance is started with.
        progress: told how far it is.

    Raises:
        UsageError: only parts are asked for that have nothing to do with a ranking.
        DataError: the model cannot be loaded, or the temporary folder cannot hold the index.
    """
    if not parts & PARTS:
        raise UsageError("a BEIR folder judges rankings, not answers; give --only leg or --only step")
    settings = settings.model_copy(update={"qdrant_url": ""})
    model = embedder or SentenceTransformerEmbedder.from_settings(settings)
    whole = Variant(part=Part.LEG, name="", settings=settings)
    lacking = list(variants(settings, parts & PARTS))
    values = []
    for done, variant in enumerate([whole, *lacking]):
        progress("Variants", done, len(lacking) + 1)
        values.append(_measured(collection, variant, model, progress))
    progress("Variants", len(lacking) + 1, len(lacking) + 1)
    return worth(lacking, values[0], values[1:], seed)


def _measured(collection: Collection, variant: Variant, model: Embedder, progress: Progress) -> Values:
    stage = f"without {variant.name}" if variant.name else "as it is"
    rankings: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory(prefix="raadspoor-ablate-") as folder, without(variant.steps):
        data = DataFolder(Path(folder))
        names, _, _ = put_in(collection, data, variant.settings, model, progress)
        engine = Engine(data, variant.settings, embedder=model)
        try:
            for done, (id_, text) in enumerate(collection.questions.items(), start=1):
                hits = engine.search(Query(text=text)).hits
                rankings[id_] = [names[hit.document.sha256] for hit in hits]
                progress(stage, done, len(collection.questions))
        finally:
            engine.close()
    scores = score_rankings(collection.qrels, rankings, (MEASURE,))
    return {MEASURE: {id_: values[MEASURE] for id_, values in scores.items()}}
