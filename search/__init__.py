"""A question in, ranked passages and a cited answer out.

=================  ==================================================================
``dutch``          words to terms: folding, stop words, stems, parts of compounds
``lines``          printed lines, without running heads and page numbers
``structure``      headings, contributions of speakers, paragraphs, table rows
``passages``       documents cut into passages of about 180 words
``sparse``         terms and 4-grams as vectors with BM25 weights
``embedding``      dense vectors through sentence-transformers
``vocabulary``     how rare each term is
``index``          what an index must do; ``index_edge``, ``index_server`` do it
``open_index``     which of the two to open
``generation``     which generation is live, and how another becomes it
``indexing``       the catalogue becomes an index
``intent``         what kind of thing a question asks for
``question``       a question made ready, whatever was typed
``fusion``         three rankings become one
``snippet``        what a result shows of a passage
``matching``       how far a text holds a question's words
``features``       what speaks for and against quoting a sentence
``answer``         which sentences answer, or that none does
``engine``         all of it together
=================  ==================================================================
"""

from search.embedding import Embedder, SentenceTransformerEmbedder
from search.engine import Engine
from search.generation import Generation
from search.indexing import build
from search.passages import CUTTING, cut
from search.snippet import marked

__all__ = [
    "CUTTING",
    "Embedder",
    "Engine",
    "Generation",
    "SentenceTransformerEmbedder",
    "build",
    "cut",
    "marked",
]
