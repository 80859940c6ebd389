"""The pieces that a model of word pieces cuts a text into, each word cut once.

Cutting a text takes a static model longer than adding up the vectors of its pieces, and the words of council papers
come back all the time. Where white space parts words for the model too, a text's pieces are those of its words in turn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from search.remembered import Remembered

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_KEPT = 50_000
"""Words whose pieces are kept, and as many that may be forgotten: some 20 MB."""
_WORD_BY_WORD = {
    "truncation": None,
    "normalizer": {
        "type": "Sequence",
        "normalizers": [
            {"type": "NFKD"},
            {"type": "StripAccents"},
            {"type": "Lowercase"},
            {"type": "Replace", "pattern": {"Regex": "[-\u00ad\u2010\u2011]"}, "content": ""},
        ],
    },
    "pre_tokenizer": {
        "type": "Split",
        "pattern": {"Regex": r"\p{L}+|\p{N}+"},
        "behavior": "Removed",
        "invert": True,
    },
}
"""How the shipped model makes words of a text: nothing here looks across white space, or makes a letter of it."""


def is_word_by_word(tokenizer: Tokenizer) -> bool:
    """Say whether white space parts words for this tokenizer, so that it may be given them one by one."""
    settings = json.loads(tokenizer.to_str())
    return {name: settings[name] for name in _WORD_BY_WORD} == _WORD_BY_WORD


def pieces_by_word(tokenizer: Tokenizer) -> Callable[[str], Sequence[int]]:
    """Return what gives the numbers of the pieces of a text: the same as the tokenizer.

    Args:
        tokenizer: one that is word by word.
    """

    pieces: Remembered[str, Sequence[int]] = Remembered(
        lambda word: tokenizer.encode(word, add_special_tokens=False).ids, most=_KEPT
    )

    def of_text(text: str) -> Sequence[int]:
        return list(chain.from_iterable(map(pieces.__getitem__, text.split())))

    return of_text
