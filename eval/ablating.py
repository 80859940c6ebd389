"""What each part is worth: the product without it, on the same questions.

A part is switched off by what everybody can set (a leg's weight), or by what only a comparison sets (what a feature
adds to a sentence's score). Nothing is tuned anew without it: a figure is what the part adds to the product as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from council import DataFolder
from council.settings import Settings
from eval.gold import Gold
from eval.run import evaluate
from eval.significance import SEED, Difference, difference, holm
from eval.systems import PRODUCT
from search import Embedder, Engine, Feature, SentenceTransformerEmbedder

SHOWN = ("nDCG@10", "page nDCG@10", "first sentence", "any sentence", "facts", "answers", "keeps silent")
"""The measures on which the parts are told apart."""
Progress = Callable[[str, int, int], None]


class Part(StrEnum):
    """What can be switched off."""

    LEG = "leg"
    FEATURE = "feature"


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """The product without one part."""

    part: Part
    name: str
    settings: Settings
    without: frozenset[Feature] = frozenset()


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
            without = settings.model_copy(update={f"weight_{leg}": 0.0})
            yield Variant(part=Part.LEG, name=leg, settings=without)
    if Part.FEATURE in parts:
        for feature in Feature:
            yield Variant(part=Part.FEATURE, name=feature.name.lower(), settings=settings, without=frozenset({feature}))


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
    without = list(variants(settings, parts))
    whole = Variant(part=Part.LEG, name="", settings=settings)
    values = []
    for done, variant in enumerate([whole, *without]):
        progress("Variants", done, len(without) + 1)
        values.append(_measured(gold, data, variant, model, progress))
    progress("Variants", len(without) + 1, len(without) + 1)
    found = [_differences(values[0], one, seed) for one in values[1:]]
    flat = [item.p for differences in found for item in differences.values()]
    corrected = iter(holm(flat))
    return tuple(
        Worth(
            part=variant.part,
            name=variant.name,
            differences=differences,
            corrected={measure: next(corrected) for measure in differences},
        )
        for variant, differences in zip(without, found, strict=True)
    )


def _measured(
    gold: Gold, data: DataFolder, variant: Variant, model: Embedder, progress: Progress
) -> Mapping[str, Mapping[str, float]]:
    """Return the values of the shown measures by question."""
    engine = Engine(data, variant.settings, embedder=model, without=variant.without)
    stage = f"without {variant.name}" if variant.name else "as it is"
    try:
        result = evaluate(
            gold,
            data,
            variant.settings,
            systems=(PRODUCT,),
            engine=engine,
            progress=lambda done, total: progress(stage, done, total),
        )
    finally:
        engine.close()
    return {measure: values for measure in SHOWN if (values := result.values(PRODUCT, measure))}


def _differences(
    whole: Mapping[str, Mapping[str, float]], without: Mapping[str, Mapping[str, float]], seed: int
) -> Mapping[str, Difference]:
    return {measure: difference(without[measure], values, seed=seed) for measure, values in whole.items()}
