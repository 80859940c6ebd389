"""The making of the model from beginning to end, in the order in which it happens."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from training import contrast, corpus, pairs, shipping, vectors, vocabulary, weights

_TRAINER_READS_ONE_IN = 3  # the pieces are settled long before the last paragraph is read
_LONGEST_TEXT = 3_000  # characters of a passage that the contrastive step sees


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All figures of the making. The defaults make the shipped model."""

    pieces: int = 45_000
    dimensions: int = 256
    paragraphs: int | None = None
    vector_epochs: int = 3
    smoothing: float = 5e-4
    pairs_of_a_kind: int = 150_000
    schedule: contrast.Schedule = field(default_factory=contrast.Schedule)
    seed: int = 1
    threads: int = 2


QUICK = Recipe(
    pieces=2_000,
    dimensions=32,
    paragraphs=3_000,
    vector_epochs=1,
    pairs_of_a_kind=500,
    schedule=contrast.Schedule(epochs=1, batch=128),
)


def make(data: Path, folder: Path, recipe: Recipe, say: Callable[[str], None]) -> None:
    """Make the model out of the texts in `data` and write it into `folder`. `say` hears what is being done.

    Raises `corpus.MissingDataError` where a file of the data is missing.
    """
    say("reading the law texts")
    texts = distinct(corpus.paragraphs(data, recipe.paragraphs))

    say(f"learning up to {recipe.pieces:,} pieces from {len(texts):,} paragraphs")
    tokenizer = vocabulary.train_tokenizer(texts[::_TRAINER_READS_ONE_IN], recipe.pieces)
    size = tokenizer.get_vocab_size()

    say("cutting the texts and learning word vectors")
    with tempfile.TemporaryDirectory() as scratch:
        sentences = Path(scratch) / "sentences.txt"
        counts = vectors.write_sentences(sentences, vocabulary.encode(tokenizer, texts), size)
        found = vectors.word_vectors(
            sentences, size, recipe.dimensions, recipe.vector_epochs, recipe.seed, recipe.threads
        )
    start = vectors.even_out(found, counts)
    weight = weights.inverse_frequency(counts, weights.everyday_counts(tokenizer), recipe.smoothing)

    say("pairing texts")
    kinds = [
        contrast.EncodedPairs(
            kind=kind.kind,
            left=list(vocabulary.encode(tokenizer, (left for left, _ in kind.pairs))),
            right=list(vocabulary.encode(tokenizer, (right[:_LONGEST_TEXT] for _, right in kind.pairs))),
            repeats=kind.repeats,
        )
        for kind in pairs.all_kinds(data, texts, recipe.pairs_of_a_kind, recipe.seed)
    ]

    say("learning from " + ", ".join(f"{len(kind.left):,} x {kind.kind}" for kind in kinds))
    rows = contrast.learn(start, weight, kinds, recipe.schedule, _every_fiftieth(say))
    rows[tokenizer.token_to_id(vocabulary.UNKNOWN)] = 0.0

    shipping.ship(folder, tokenizer, rows)
    say(f"wrote {folder}")


def distinct(paragraphs: Iterable[str]) -> list[str]:
    """Keep the first of equal paragraphs, in order, and none that is hardly longer than a heading."""
    return list(dict.fromkeys(paragraph for paragraph in paragraphs if len(paragraph) > 40))


def _every_fiftieth(say: Callable[[str], None]) -> Callable[[int, int, float], None]:
    def heard(step: int, steps: int, loss: float) -> None:
        if step % 50 == 0 or step == steps:
            say(f"  step {step} of {steps}, loss {loss:.3f}")

    return heard
