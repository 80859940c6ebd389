"""A question in, ranked passages and a cited answer out.

The names below are imported when they are first asked for, so that ``--help`` costs nothing.

=================  ==================================================================
``dutch``          texts to terms, papers and questions alike
``finding``        where in a text the words of a question stand
``steps``          the steps of that, and how a comparison leaves one out
``remembered``     what was made of each word, looked up like a dictionary
``folding``        letters without capitals and accents
``wordlists``      stop words, endings that are no words, odd plurals, abbreviations
``compounds``      words cut into the words that they are made of
``council_words``  compounds of words that only the papers know, at question time
``abbreviations``  names in full are found by their abbreviation, and the other way round
``references``     amounts, dates, articles and case numbers, however they are written
``lines``          printed lines, without running heads and page numbers
``footnotes``      the notes at the foot of a page, told from the text above
``headings``       what a heading looks like
``items``          numbered lines that are agenda items, and those that only stand in a list
``address``        forms of address
``turns``          who begins to speak on a line
``tables``         rows, and what stands above their columns: names, years, the unit
``paragraphs``     lines joined to paragraphs
``structure``      headings, contributions of speakers, paragraphs, table rows
``votes``          what the council votes on, which was tabled pages before
``passages``       documents cut into passages of about 180 words
``sparse``         terms and 5-grams as vectors with BM25 weights
``embedding``      dense vectors through sentence-transformers
``vocabulary``     in how many passages each term stands
``gram_counts``    in how many each 5-gram does
``rarity``         a question's vectors, weighed by how rare its words are
``postings``       which numbers belong to each key, in arrays on disk
``fulltext``       every word of every passage, to find phrases and count exactly
``lexicon``        the words of public papers, as they are spelt
``wordbuild``      how those are built from what stays and what is new
``index``          what an index must do; ``index_edge``, ``index_server`` do it
``aliases``        generations on a server: a collection each, an alias for the live one
``freed``          memory that an engine let go of goes back to the system
``open_index``     which of the two to open
``copying``        a copy of one that takes no more of the disk than it must
``generation``     which generation is live, and how another becomes it
``soundness``      whether the files of the live one can be read
``returning``      back to the generation before
``indexable``      a passage with everything that is said about it in words
``preparing``      what the index takes of passages, in processes beside this one
``indexing``       the catalogue becomes an index
``checking``       whether a new generation holds what the catalogue says
``smoke``          whether it answers
``expression``     "phrases", -words, OR and fields such as soort:motie
``naming``         names as they are typed become names as the papers have them
``speakers``       who speaks, and for which party
``intent``         what kind of thing a question asks for
``saying``         whose words it asks for, and which sentences are theirs
``question``       a question made ready, whatever was typed
``rows``           sequences in arrays, whose items are made when they are looked at
``weights``        how much each of the three counts for a question
``fusion``         three rankings become one
``listing``        passages that only name subjects a little lower
``papers``         what the ranking goes by of documents, in arrays
``ranking``        passages become documents
``preference``     decisions and new papers a little higher
``reranking``      the best ordered anew by a cross-encoder, if there is one
``sketch``         four numbers that tell which passages may say the same
``twins``          documents that say the same are shown as one
``ordering``       those steps, one after the other
``register``       what the catalogue says of each now; facets
``selection``      which passages may be shown, which documents count
``showing``        a page of hits
``explaining``     which words of the question a passage holds, and how rare they are
``spelling``       did you mean …
``suggest``        what somebody who is typing may mean
``snippet``        what a result shows of a passage
``matching``       how far a text holds a question's words
``form``           what can be seen of a sentence without knowing the question
``figures``        figures that tell something, and what a question wants counted
``word_vectors``   vectors of single words, kept
``word_pieces``    the pieces that the model cuts words into, kept
``features``       what speaks for and against quoting a sentence
``ballots``        what was voted on what a question found
``quoting``        sentences to choose from, and quotes read back
``doubts``         why quotes that hold the words may answer nothing
``confidence``     how likely it is that they answer
``answer``         which sentences answer, or that none does
``lasting``        what is loaded to stay is not looked through for garbage
``following``      which generation answers, and what the catalogue says of it now
``engine``         all of it together
``searchers``      several of those in processes of their own
``as_json``        results and answers as plain values
``as_text``        the same as the command line prints them
=================  ==================================================================
"""

from typing import TYPE_CHECKING

from council import lazily

if TYPE_CHECKING:
    from search.embedding import Embedder, SentenceTransformerEmbedder
    from search.engine import Engine
    from search.features import Feature
    from search.generation import Generation
    from search.indexing import build
    from search.passages import CUTTING, Cutting, cut
    from search.returning import go_back
    from search.searchers import Searchers, Searches, open_searches
    from search.snippet import marked
    from search.steps import Step, without
else:
    __getattr__ = lazily(
        __name__,
        {
            "embedding": "Embedder SentenceTransformerEmbedder",
            "engine": "Engine",
            "features": "Feature",
            "generation": "Generation",
            "indexing": "build",
            "passages": "CUTTING Cutting cut",
            "returning": "go_back",
            "searchers": "Searchers Searches open_searches",
            "snippet": "marked",
            "steps": "Step without",
        },
    )

__all__ = [
    "CUTTING",
    "Cutting",
    "Embedder",
    "Engine",
    "Feature",
    "Generation",
    "Searchers",
    "Searches",
    "SentenceTransformerEmbedder",
    "Step",
    "build",
    "cut",
    "go_back",
    "marked",
    "open_searches",
    "without",
]
