"""What a council document is, and where exactly it says something.

==============  =====================================================================
``records``     the frozen records that cross every border
``asking``      records of how a question was read, and what is said back about it
``errors``      the tree of errors, with exit codes
``text``        page text as it is kept, and as it is shown
``sentences``   where Dutch council sentences begin and end
``catalogue``   documents, pages and passages in one SQLite file: the truth
``schema``      its tables, and rows to records
``filtering``   filters as SQL
``folder``      what lies where in a data folder
``settings``    every ``RAADSPOOR_…`` setting
==============  =====================================================================
"""

from council.asking import Expression, Match, Misread, Narrowing, Remark, Suggestion, Wish
from council.catalogue import Catalogue
from council.errors import (
    DataError,
    ManifestError,
    ModelMismatch,
    NotIngested,
    QuoteError,
    RaadspoorError,
    ReadError,
    UsageError,
)
from council.folder import DataFolder, keep, sha256_of
from council.records import (
    Access,
    Address,
    Answer,
    AnswerSentence,
    Citation,
    Document,
    FacetValue,
    Filters,
    Hit,
    IngestReport,
    Kind,
    Leg,
    LegPlace,
    Page,
    Passage,
    Query,
    Refusal,
    Results,
    Snippet,
    Span,
    Spans,
    State,
    Verdict,
)
from council.sentences import split_sentences
from council.text import clean, readable

__all__ = [
    "Access",
    "Address",
    "Answer",
    "AnswerSentence",
    "Catalogue",
    "Citation",
    "DataError",
    "DataFolder",
    "Document",
    "Expression",
    "FacetValue",
    "Filters",
    "Hit",
    "IngestReport",
    "Kind",
    "Leg",
    "LegPlace",
    "ManifestError",
    "Match",
    "Misread",
    "ModelMismatch",
    "Narrowing",
    "NotIngested",
    "Page",
    "Passage",
    "Query",
    "QuoteError",
    "RaadspoorError",
    "ReadError",
    "Refusal",
    "Remark",
    "Results",
    "Snippet",
    "Span",
    "Spans",
    "State",
    "Suggestion",
    "UsageError",
    "Verdict",
    "Wish",
    "clean",
    "keep",
    "readable",
    "sha256_of",
    "split_sentences",
]
