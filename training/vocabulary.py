"""Cuts Dutch text into at most some 45,000 pieces, and learns from text which pieces those are.

A unigram model (Kudo 2018) without word-start marks: a piece is the same piece wherever it stands in a word. So
`afvalstoffenheffing` is cut into the very pieces that `afvalstoffen` and `heffing` are, and words that a PDF glued
together come apart again; a continuation mark (`##heffing`) would spoil both. The one module that knows `tokenizers`.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"
_BATCH = 10_000


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """Learn a tokenizer of at most `size` pieces. Case, accents, hyphens and punctuation do not survive it."""
    tokenizer = Tokenizer(models.Unigram())
    # A hyphen is dropped, not turned into a space: PDF text is full of words broken at a line's end, and the model
    # cuts a real compound (`eu-lidstaat`) at the right place by itself.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex("[-\u00ad\u2010\u2011]"), ""),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\p{L}+|\p{N}+"), "removed", invert=True)
    trainer = trainers.UnigramTrainer(
        vocab_size=size, special_tokens=[UNKNOWN], unk_token=UNKNOWN, max_piece_length=24, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.model = _settled(tokenizer)
    return tokenizer


def _settled(tokenizer: Tokenizer) -> models.Unigram:
    """Return the model with its pieces in an order that a second training finds again.

    The trainer adds up in an order that chance decides, so the last digits of the scores differ from run to run, and
    with them the order of pieces that are about as likely.
    """
    unknown, *pieces = json.loads(tokenizer.to_str())["model"]["vocab"]
    rounded = sorted((-round(score, 4), piece) for piece, score in pieces)
    return models.Unigram([tuple(unknown), *((piece, -score) for score, piece in rounded)], unk_id=0)


def encode(tokenizer: Tokenizer, texts: Iterable[str]) -> Iterator[NDArray[np.int32]]:
    """Yield the piece ids of each text, in order, without holding more than a batch of texts."""
    stream = iter(texts)
    while batch := list(islice(stream, _BATCH)):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            yield np.array(encoding.ids, dtype=np.int32)
