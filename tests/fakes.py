"""Stand-ins that are small and quick, and records with everything filled in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from council import Access, Catalogue, DataFolder, Document, Kind, Page, Passage, Span
from search.embedding import Vectors
from search.passages import CUTTING, cut

TODAY = dt.date(2024, 3, 12)

# What PDF pages hold and tests forget: every kind of space and line end, hyphen marks, quotes, marks without a letter,
# letters that grow when they are lower-cased, characters of two, three and four bytes.
ODD = (
    "abcdeABCDE éëïĳİßﬁ0123456789.,:;!?-–—'\"„“”‘’()[]/%€§•\n\r\t\v\f"
    "\x00\x01\x02\x1c\x85\xa0\u00ad\u0300\u200b\u200d\u2028\u2029\u202e\u3000\ufeff\ufffd\ufffe\uff9e٣²½Ⅷ漢字😀👩‍🦰"
)


def odd_text(max_size: int = 120) -> st.SearchStrategy[str]:
    """Return a strategy for text of any kind, most of it from characters that have broken something somewhere."""
    return st.text(alphabet=ODD, max_size=max_size) | st.text(
        alphabet=st.characters(exclude_categories=["Cs"]), max_size=max_size
    )


def sha_of(name: object) -> str:
    """Return a SHA-256 made from any name."""
    return hashlib.sha256(str(name).encode()).hexdigest()


def a_document(name: object = "paper", **changes: Any) -> Document:
    """Return a public document with everything filled in, except for what is given otherwise."""
    whole = Document(
        sha256=sha_of(name),
        title=f"Raadsvoorstel {name}",
        kind=Kind.RAADSVOORSTEL,
        municipality="gm9901",
        body="gemeenteraad",
        date=TODAY,
        meeting=dt.date(2024, 3, 28),
        agenda_item="7.a",
        case_number="Z24-0815",
        source_url="https://raad.example.nl/stuk/815?a=1&b=2",
        access=Access.OPENBAAR,
        page_count=1,
        filename=f"map/{name}.pdf",
        derived=frozenset({"body", "date"}),
    )
    return replace(whole, **changes)


def pages_of(*texts: str) -> tuple[Page, ...]:
    """Return pages with these texts, numbered from 1."""
    return tuple(Page(number=number, text=text) for number, text in enumerate(texts, start=1))


def a_passage(document: Document, ordinal: int = 0, **changes: Any) -> Passage:
    """Return a passage of one sentence at the top of page 1."""
    spans = (Span(page=1, start=0, end=10),)
    number = int(sha_of(f"{document.sha256}{ordinal}")[:15], 16) + 1
    whole = Passage(id=number, document=document.sha256, ordinal=ordinal, spans=spans, sentences=(spans,))
    return replace(whole, **changes)


def a_catalogue(data: DataFolder, papers: dict[Document, Sequence[str]]) -> Catalogue:
    """Return a catalogue that holds these documents with these page texts, cut as the ingest cuts them."""
    catalogue = Catalogue(data.catalogue, create=True)
    with catalogue.writing():
        for document, texts in papers.items():
            put(catalogue, document, *texts)
    return catalogue


def put(catalogue: Catalogue, document: Document, *texts: str) -> None:
    """Store one document with these page texts."""
    pages = pages_of(*texts)
    catalogue.put(replace(document, page_count=len(pages)), pages, cut(document, pages), cutting=CUTTING)


class FakeEmbedder:
    """An embedder that needs no model: a text's vector is the sum of one random but fixed direction per word."""

    knows_words = False

    def __init__(self, *, name: str = "fake", dimension: int = 16) -> None:
        self.name = name
        self.dimension = dimension
        self.asked = 0

    @property
    def fingerprint(self) -> str:
        """The name and the size."""
        return f"{self.name}-{self.dimension}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, and count how many were asked for."""
        self.asked += len(texts)
        return self._vectors(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text."""
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for at, text in enumerate(texts):
            for word in text.lower().split():
                found[at] += self._direction(word)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)

    def _direction(self, word: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(f"{self.name}{word}".encode()).digest()[:8], "big")
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)


def broken_copy(file: Path) -> None:
    """Overwrite the middle of a file, as a bad disk would."""
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = b"\xff" * 64
    file.write_bytes(bytes(content))
