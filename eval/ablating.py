"""What each part is worth: the product without it, on the same questions.

A leg is switched off by its weight, a step of the Dutch analysis by an index that was made without it, a feature of the
answer by adding nothing to a sentence's score, a choice about passages by cutting all papers otherwise: judgements are
addresses, so they hold whatever the cutting. Nothing is tuned anew without a part: a figure is what the part adds to
the product as it is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from council import Catalogue, DataFolder, snapshot
from council.settings import Settings
from eval.gold import Gold
from eval.run import evaluate
from eval.significance import SEED, Difference, difference, holm
from eval.systems import PRODUCT
from search import (
    CUTTING,
    Cutting,
    Embedder,
    Engine,
    Feature,
    SentenceTransformerEmbedder,
    Step,
    build,
    cut,
    without,
)

SHOWN = ("nDCG@10", "page nDCG@10", "first sentence", "any sentence", "facts", "answers", "keeps silent")
"""The measures on which the parts are told apart."""
SHIPPED = Cutting()
PASSAGES: Mapping[str, Cutting] = {
    "180 words, not 120": replace(SHIPPED, words=120),
    "180 words, not 260": replace(SHIPPED, words=260),
    "no overlap, not one sentence": replace(SHIPPED, overlap=1),
    "no overlap, not two sentences": replace(SHIPPED, overlap=2),
    "headings in front": replace(SHIPPED, headings=False),
    "columns and unit in front": replace(SHIPPED, columns=False),
    "speaker in front": replace(SHIPPED, speaker=False),
    "title in front": replace(SHIPPED, title=False),
    "opening counts more": replace(SHIPPED, opening=0),
}
"""What each choice about passages is held against."""
Progress = Callable[[str, int, int], None]
Values = Mapping[str, Mapping[str, float]]
"""By measure the value of each question."""


class Part(StrEnum):
    """What can be switched off."""

    LEG = "leg"
    STEP = "step"
    FEATURE = "feature"
    PASSAGE = "passage"


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """The product without one part."""

    part: Part
    name: str
    settings: Settings
    steps: frozenset[Step] = frozenset()
    features: frozenset[Feature] = frozenset()
    cutting: Cutting = SHIPPED


@dataclass(frozen=True, kw_only=True, slots=True)
class Worth:
    """What a part is worth: the product without it (A) against the product with it (B), by measure."""

    part: Part
    name: str
    differences: Mapping[str, Difference]
    corrected: Mapping[str, float]
    """The p-values, corrected after Holm over all parts and measures."""


def variants(settings: Settings, parts: frozenset[Part] = frozenset(Part)) -> Iterator[Variant]:
    """Yield the product without each part."""
    if Part.LEG in parts:
        for leg in ("terms", "grams", "dense"):
            others = settings.model_copy(update={f"weight_{leg}": 0.0})
            yield Variant(part=Part.LEG, name=leg, settings=others)
    if Part.STEP in parts:
        for step in Step:
            yield Variant(part=Part.STEP, name=step.value, settings=settings, steps=frozenset({step}))
    if Part.FEATURE in parts:
        for feature in Feature:
            yield Variant(
                part=Part.FEATURE, name=feature.name.lower(), settings=settings, features=frozenset({feature})
            )
    if Part.PASSAGE in parts:
        for name, cutting in PASSAGES.items():
            yield Variant(part=Part.PASSAGE, name=name, settings=settings, cutting=cutting)


def ablate(
    gold: Gold,
    data: DataFolder,
    settings: Settings,
    *,
    parts: frozenset[Part] = frozenset(Part),
    embedder: Embedder | None = None,
    seed: int = SEED,
    progress: Progress = lambda stage, done, total: None,
) -> tuple[Worth, ...]:
    """Measure the product without each part.

    Args:
        gold: the questions and judgements; use the development half, or the parts are chosen on the test.
        data: the papers, ingested.
        settings: the product as it is.
        parts: which kinds of parts.
        embedder: another embedder than the settings ask for.
        seed: what chance is started with.
        progress: told how far it is.

    Raises:
        UsageError: the gold set does not fit the papers.
        DataError: the data folder cannot be searched.
    """
    model = embedder or SentenceTransformerEmbedder.from_settings(settings)
    lacking = list(variants(settings, parts))
    whole = Variant(part=Part.LEG, name="", settings=settings)
    values = []
    for done, variant in enumerate([whole, *lacking]):
        progress("Variants", done, len(lacking) + 1)
        values.append(_measured(gold, data, variant, model, progress))
    progress("Variants", len(lacking) + 1, len(lacking) + 1)
    return worth(lacking, values[0], values[1:], seed)


def worth(lacking: Sequence[Variant], whole: Values, less: Sequence[Values], seed: int) -> tuple[Worth, ...]:
    """Return what each part is worth.

    Args:
        lacking: the product without each part.
        whole: the values of the product as it is.
        less: its values without each part, in the same order.
        seed: what chance is started with.
    """
    found = [_differences(whole, one, seed) for one in less]
    flat = [item.p for differences in found for item in differences.values()]
    corrected = iter(holm(flat))
    return tuple(
        Worth(
            part=variant.part,
            name=variant.name,
            differences=differences,
            corrected={measure: next(corrected) for measure in differences},
        )
        for variant, differences in zip(lacking, found, strict=True)
    )


def _measured(gold: Gold, data: DataFolder, variant: Variant, model: Embedder, progress: Progress) -> Values:
    """Return the values of the shown measures by question."""
    stage = f"without {variant.name}" if variant.name else "as it is"
    with _indexed(data, variant, model) as folder, without(variant.steps):
        engine = Engine(folder, variant.settings, embedder=model, without=variant.features)
        try:
            result = evaluate(
                gold,
                folder,
                variant.settings,
                systems=(PRODUCT,),
                engine=engine,
                progress=lambda done, total: progress(stage, done, total),
            )
        finally:
            engine.close()
    return {measure: values for measure in SHOWN if (values := result.values(PRODUCT, measure))}


@contextmanager
def _indexed(data: DataFolder, variant: Variant, model: Embedder) -> Iterator[DataFolder]:
    """Give the data folder itself, or a copy of its catalogue that is indexed as the variant asks."""
    if not variant.steps and variant.cutting == SHIPPED:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="raadspoor-ablate-") as folder:
        copy = DataFolder(Path(folder))
        snapshot(data.catalogue, copy.catalogue)
        catalogue = Catalogue(copy.catalogue)
        try:
            some = next(catalogue.documents())
            if variant.cutting != SHIPPED:
                _cut_again(catalogue, variant.cutting)
            # The embedded engine, whatever the settings say: a comparison has no place on a municipality's server.
            settings = variant.settings.model_copy(update={"qdrant_url": ""})
            with without(variant.steps):
                build(
                    settings,
                    copy,
                    catalogue,
                    lambda: model,
                    municipality=some.municipality,
                    cutting=variant.cutting,
                )
        finally:
            catalogue.close()
        yield copy


def _cut_again(catalogue: Catalogue, cutting: Cutting) -> None:
    with catalogue.writing():
        for document in list(catalogue.documents()):
            passages = cut(document, catalogue.pages(document.sha256), cutting)
            catalogue.recut(document.sha256, passages, cutting=CUTTING)


def _differences(whole: Values, lacking: Values, seed: int) -> Mapping[str, Difference]:
    return {measure: difference(lacking[measure], values, seed=seed) for measure, values in whole.items()}
