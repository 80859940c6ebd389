"""Writes the model as a folder that sentence-transformers loads, and reads such a folder back.

The one module here that knows sentence-transformers. The same rows and tokenizer give the same bytes.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer

from training.measures import Embed


def ship(folder: Path, tokenizer: Tokenizer, rows: NDArray[np.float32]) -> None:
    """Write the model into `folder` in half precision; `rows` is (pieces, dimensions), in the tokenizer's order.

    A model card that already stands in the folder stays; the generated one is never kept.
    """
    card = folder / "README.md"
    kept = card.read_bytes() if card.is_file() else None
    folder.mkdir(parents=True, exist_ok=True)
    # Rows of at most unit length keep clear of half precision's largest and smallest numbers; the common factor falls
    # out again when a text's vector is brought to unit length.
    scaled = torch.from_numpy((rows / np.linalg.norm(rows, axis=1).max()).astype(np.float16))
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=scaled), Normalize()], device="cpu"
    )
    model.save(str(folder), create_model_card=False)
    # Under these two names the library multiplies and so loads single precision; under its own name it would go on
    # calculating in half precision, where the length of an empty text's vector underflows and its direction is NaN.
    save_file(
        {"embeddings": scaled, "weights": torch.ones(len(scaled))}, folder / "model.safetensors", {"format": "pt"}
    )
    (folder / "model.safetensors").chmod(0o644)
    _compact(folder / "tokenizer.json")
    if kept is not None:
        card.write_bytes(kept)


def _compact(path: Path) -> None:
    """Drop the white space, two thirds of the file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def load(folder: Path) -> Embed:
    """Return what embeds texts with the model in `folder`: (texts, dimensions), single precision, unit length."""
    model = SentenceTransformer(str(folder), device="cpu")

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(model.encode(list(texts), batch_size=256), dtype=np.float32)

    return embed
