"""What a council document is, and where exactly it says something.

=================  ==================================================================
``records``        the frozen records that cross every border
``derivation``     where a fact about a document comes from
``decisions``      the record of what a clerk decided about one
``ingest_report``  the record of what one run of the ingest did
``asking``         records of how a question was read, and what is said back about it
``door``           a package's door, which opens when it is asked for
``errors``         the tree of errors, with exit codes
``text``           page text as it is kept, and as it is shown
``printed``        page text as printed lines, with parts of it marked
``calendar``       months and days of the week by their Dutch names
``child``          processes that end with the one that started them
``sentences``      where Dutch council sentences begin and end
``personal_data``  where personal data stand in a text
``masking``        a question without them
``catalogue``      documents, pages and passages in one SQLite file: the truth
``catalogue_file``  how that file is opened, and written to as one transaction
``news``           what happened to documents that no report has told yet
``connections``    a connection to it for each thread, as long as the thread lives
``change_mark``    whether its file was written to, told without opening it
``snapshots``      a copy of it that leaves no trace
``sqlite_errors``  what goes wrong with it, and what to do about that
``schema``         its tables, and rows to records
``filtering``      filters as SQL
``usage``          how the pages are used, where the municipality wants it counted
``usage_records``  what is counted, as records
``usage_store``    a SQLite file for it, and its deletion
``usage_writer``   the one thread that writes there
``printing``       what a command prints, where that cannot be written
``folder``         what lies where in a data folder
``settings``       every ``RAADSPOOR_…`` setting
=================  ==================================================================
"""

from typing import TYPE_CHECKING

from council.door import lazily

if TYPE_CHECKING:
    from council.asking import Adjustment, Cause, Expression, Match, Misread, Narrowing, Remark, Suggestion, Twin, Wish
    from council.calendar import MONTH_PATTERN, MONTHS, SHORT_MONTHS, WEEKDAY_PATTERN, WEEKDAYS, in_words
    from council.catalogue import Catalogue
    from council.child import die_with
    from council.decisions import Decision
    from council.derivation import Derivation, Source
    from council.errors import (
        Busy,
        DataError,
        ManifestError,
        ModelMismatch,
        NotIngested,
        QuoteError,
        RaadspoorError,
        ReadError,
        UsageError,
    )
    from council.folder import DataFolder, is_sha256, keep, make_folder, sha256_of, unfinished, whole
    from council.ingest_report import (
        Decided,
        DoubtfulPage,
        IngestReport,
        OtherSource,
        PersonalCounts,
        Refusal,
        ScanCounts,
        StageTime,
    )
    from council.masking import mask
    from council.news import Event, News
    from council.personal_data import bank_accounts, email_addresses, homes, service_numbers, telephone_numbers
    from council.printed import PrintedLine, printed_lines
    from council.printing import command, may_lose
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
        Kind,
        Leg,
        LegPlace,
        Page,
        Passage,
        Query,
        Results,
        Snippet,
        Span,
        Spans,
        State,
        Verdict,
        scanned,
    )
    from council.schema import text_mark
    from council.sentences import split_sentences
    from council.snapshots import snapshot
    from council.text import clean, plain, readable
    from council.usage import Clock, Given, Usage, open_usage
    from council.usage_records import DayOfUse, Feedback, KeptQuestion, Use, added_up
    from council.usage_store import kept_questions
else:
    __getattr__ = lazily(
        __name__,
        {
            "asking": "Adjustment Cause Expression Match Misread Narrowing Remark Suggestion Twin Wish",
            "calendar": "MONTHS MONTH_PATTERN SHORT_MONTHS WEEKDAYS WEEKDAY_PATTERN in_words",
            "catalogue": "Catalogue",
            "child": "die_with",
            "decisions": "Decision",
            "derivation": "Derivation Source",
            "errors": (
                "Busy DataError ManifestError ModelMismatch NotIngested QuoteError RaadspoorError ReadError UsageError"
            ),
            "folder": "DataFolder is_sha256 keep make_folder sha256_of unfinished whole",
            "ingest_report": (
                "Decided DoubtfulPage IngestReport OtherSource PersonalCounts Refusal ScanCounts StageTime"
            ),
            "masking": "mask",
            "news": "Event News",
            "personal_data": "bank_accounts email_addresses homes service_numbers telephone_numbers",
            "printed": "PrintedLine printed_lines",
            "printing": "command may_lose",
            "records": (
                "Access Address Answer AnswerSentence Citation Document FacetValue Filters Hit Kind Leg LegPlace Page "
                "Passage Query Results Snippet Span Spans State Verdict scanned"
            ),
            "schema": "text_mark",
            "sentences": "split_sentences",
            "snapshots": "snapshot",
            "text": "clean plain readable",
            "usage": "Clock Given Usage open_usage",
            "usage_records": "DayOfUse Feedback KeptQuestion Use added_up",
            "usage_store": "kept_questions",
        },
    )

__all__ = [
    "MONTHS",
    "MONTH_PATTERN",
    "SHORT_MONTHS",
    "WEEKDAYS",
    "WEEKDAY_PATTERN",
    "Access",
    "Address",
    "Adjustment",
    "Answer",
    "AnswerSentence",
    "Busy",
    "Catalogue",
    "Cause",
    "Citation",
    "Clock",
    "DataError",
    "DataFolder",
    "DayOfUse",
    "Decided",
    "Decision",
    "Derivation",
    "Document",
    "DoubtfulPage",
    "Event",
    "Expression",
    "FacetValue",
    "Feedback",
    "Filters",
    "Given",
    "Hit",
    "IngestReport",
    "KeptQuestion",
    "Kind",
    "Leg",
    "LegPlace",
    "ManifestError",
    "Match",
    "Misread",
    "ModelMismatch",
    "Narrowing",
    "News",
    "NotIngested",
    "OtherSource",
    "Page",
    "Passage",
    "PersonalCounts",
    "PrintedLine",
    "Query",
    "QuoteError",
    "RaadspoorError",
    "ReadError",
    "Refusal",
    "Remark",
    "Results",
    "ScanCounts",
    "Snippet",
    "Source",
    "Span",
    "Spans",
    "StageTime",
    "State",
    "Suggestion",
    "Twin",
    "Usage",
    "UsageError",
    "Use",
    "Verdict",
    "Wish",
    "added_up",
    "bank_accounts",
    "clean",
    "command",
    "die_with",
    "email_addresses",
    "homes",
    "in_words",
    "is_sha256",
    "keep",
    "kept_questions",
    "lazily",
    "make_folder",
    "mask",
    "may_lose",
    "open_usage",
    "plain",
    "printed_lines",
    "readable",
    "scanned",
    "service_numbers",
    "sha256_of",
    "snapshot",
    "split_sentences",
    "telephone_numbers",
    "text_mark",
    "unfinished",
    "whole",
]
