"""Dense vectors through sentence-transformers: the shipped Dutch model, or any other by setting.

The library takes seconds to import, so it is imported when the first model is loaded and not before. Nothing is ever
fetched from the network unless the setting names a model that is not on this machine.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from council import DataError
from council.settings import Settings, model_folder
from search.word_pieces import is_word_by_word, pieces_by_word

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from torch.nn import EmbeddingBag

Vectors = NDArray[np.float32]
_COUNTS = frozenset({".json", ".safetensors", ".bin", ".txt", ".model", ".py"})
"""Endings of the files that a model's vectors depend on: weights, settings, word lists, code of its own."""
_SUMS = (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
"""The layers of models whose vector of a text has the direction of the sum of its pieces' vectors."""
_TINY = np.float32(1e-12)
_REMEDY = "set RAADSPOOR_MODEL to a sentence-transformers folder on this machine, or leave it out for the shipped model"


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What a person calls the model."""
        ...

    @property
    def fingerprint(self) -> str:
        """A value that differs when vectors of two models, prompts or sizes must not be compared."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def knows_words(self) -> bool:
        """Whether single words have vectors that mean something and cost next to nothing."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage: shape (texts, dimension)."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question: shape (texts, dimension)."""
        ...


class SentenceTransformerEmbedder:
    """An :class:`Embedder` on any sentence-transformers model.

    Args:
        model: a folder, or a model name.
        query_prompt: text put before each question.
        passage_prompt: text put before each passage.
        threads: threads for torch; 0 leaves it alone.
    """

    def __init__(self, model: str, *, query_prompt: str = "", passage_prompt: str = "", threads: int = 0) -> None:
        self._model_name = model
        self._prompts = (query_prompt, passage_prompt)
        self._threads = threads

    @classmethod
    def from_settings(cls, settings: Settings) -> SentenceTransformerEmbedder:
        """Return the embedder that the settings ask for; nothing is loaded yet."""
        return cls(
            model_folder(settings),
            query_prompt=settings.query_prompt,
            passage_prompt=settings.passage_prompt,
            threads=settings.model_threads,
        )

    @property
    def name(self) -> str:
        """The last part of the folder or the model's name."""
        return Path(self._model_name).name

    @cached_property
    def fingerprint(self) -> str:
        """A hash over the model's files (its name, when it is no folder) and the prompts."""
        digest = hashlib.sha256()
        folder = Path(self._model_name)
        self._must_be_there()
        if folder.is_dir():
            for file in sorted(path for path in folder.rglob("*") if path.suffix in _COUNTS):
                digest.update(file.relative_to(folder).as_posix().encode())
                digest.update(file.read_bytes())
        else:
            digest.update(self._model_name.encode())
        digest.update("\0".join(self._prompts).encode())
        return f"{self.name}-{digest.hexdigest()[:16]}"

    def _must_be_there(self) -> None:
        """Refuse a folder that is not there; anything else may be the name of a model that the library knows."""
        looks_like_folder = Path(self._model_name).is_absolute() or self._model_name.startswith((".", "~"))
        if looks_like_folder and not Path(self._model_name).is_dir():
            raise DataError(f"embedding model {self._model_name!r} is not there; {_REMEDY}")

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        size = self._model.get_embedding_dimension()
        if size is None:
            raise DataError(f"{self._model_name}: the model does not say its dimension; choose another")
        return int(size)

    @property
    def knows_words(self) -> bool:
        """True for static models: their vector of a text is put together from those of its words."""
        return type(self._model[0]).__name__ == "StaticEmbedding"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage."""
        return self._vectors([self._prompts[1] + text for text in texts])

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question."""
        return self._vectors([self._prompts[0] + text for text in texts])

    def _vectors(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._added_up([self._pieces(text) for text in texts]) if self._pieces else self._encode(texts)

    @cached_property
    def _pieces(self) -> Callable[[str], Sequence[int]] | None:
        """Gives the pieces of a text word by word, where the model's own are the same.

        None where ``encode`` makes more of a text than the sum of its pieces: a prompt of the model's own, a shorter
        vector, another layer.
        """
        own = self._model
        layers = [type(layer).__name__ for layer in own]
        plain = layers in _SUMS and own.default_prompt_name is None and own.truncate_dim is None
        if not plain:
            return None
        tokenizer = cast("Tokenizer", own[0].tokenizer)
        return pieces_by_word(tokenizer) if is_word_by_word(tokenizer) else None

    @cached_property
    def _table(self) -> Vectors:
        """The vector of each piece."""
        return cast("EmbeddingBag", self._model[0].embedding).weight.detach().numpy()

    def _added_up(self, rows: list[Sequence[int]]) -> Vectors:
        """Return what ``encode`` gives for texts with these pieces, but for the last digit.

        It makes the same of one text and of many, and for one it takes a tenth of the time.
        """
        found = np.empty((len(rows), self._table.shape[1]), np.float32)
        for at, row in enumerate(rows):
            np.add.reduce(self._table.take(np.asarray(row, np.int64), axis=0), axis=0, out=found[at])
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return cast("Vectors", found / np.maximum(lengths, _TINY))

    def _encode(self, texts: list[str]) -> Vectors:
        with self._few_threads():
            found = self._model.encode(
                texts, batch_size=256, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
            )
        return _directed(np.asarray(found, dtype=np.float32))

    @contextmanager
    def _few_threads(self) -> Iterator[None]:
        """Let a model that only adds up vectors do so in one thread: several wait for each other longer than they add.

        That is asked for by nobody who names a number of threads; the vectors are the same to the bit.
        """
        import torch

        before = torch.get_num_threads()
        one = self.knows_words and not self._threads and before > 1
        if one:
            torch.set_num_threads(1)
        try:
            yield
        finally:
            if one:
                torch.set_num_threads(before)

    @cached_property
    def _model(self) -> SentenceTransformer:
        self._must_be_there()
        if Path(self._model_name).is_dir():
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        import torch
        from sentence_transformers import SentenceTransformer

        if self._threads:
            torch.set_num_threads(self._threads)
        try:
            return SentenceTransformer(self._model_name, device="cpu")
        except Exception as error:  # each kind of model breaks in its own way
            raise DataError(f"embedding model {self._model_name!r} cannot be loaded: {error}; {_REMEDY}") from error


def _directed(vectors: Vectors) -> Vectors:
    """Return vectors without what is no number: a text without one known word has no direction, and 0 is its place."""
    return np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
