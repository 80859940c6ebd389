"""What was voted on what a question found: a debate and its vote stand pages apart, and only the debate is in the words
that somebody asks with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from council import Catalogue, Document, Passage, Spans
from search.votes import leads, next_tabled, tables

_DOCUMENTS = 3
"""In how many documents it is looked what was voted."""
_LINE = 100
"""In how many characters a line that tables something is known again; headings are cut off where they are long."""
_LONGEST = 1_200
"""Characters of a motion that are compared with the question."""

Scored = tuple[float, Document, Passage]
"""A passage with its score and its document."""
Read = Callable[[str, Spans], str]


def ballots_on(catalogue: Catalogue, found: Sequence[Scored], read: Read) -> Sequence[Scored]:
    """Return what may be votes: under the agenda items of passages, or on what these table, and not among them.

    Args:
        catalogue: where they are.
        found: the best passages, best first. A vote gets the score of the best of its motion or its agenda item.
        read: gives the text at spans of a document.
    """
    documents = {document.sha256: document for _, document, _ in found}
    known = {passage.id for _, _, passage in found}
    voted: list[Scored] = []
    for sha256, document in list(documents.items())[:_DOCUMENTS]:
        here = [(score, passage) for score, one, passage in found if one.sha256 == sha256]
        texts = [(score, read(sha256, passage.spans)) for score, passage in here]
        for passage in catalogue.passages_of(sha256):
            if not is_ballot(passage) or passage.id in known:
                continue
            scores = [score for score, text in texts if _line(passage) in text]
            scores += [score for score, one in here if one.headings[:1] == passage.headings[:1]]
            if scores:
                voted.append((max(scores), document, passage))
    return voted


def texts_tabled(found: Sequence[Scored], ballots: Sequence[Scored], read: Read) -> Mapping[int, str]:
    """Return the text of what is voted on, by the passage that holds the vote, where it stands in what was found.

    Args:
        found: the best passages.
        ballots: the votes besides.
        read: gives the text at spans of a document.
    """
    if not ballots:
        return {}
    texts = [(document.sha256, read(document.sha256, passage.spans)) for _, document, passage in found]
    moved: dict[int, str] = {}
    for _, document, passage in (*found, *ballots):
        if is_ballot(passage):
            line = _line(passage)
            holding = next((text for sha256, text in texts if sha256 == document.sha256 and line in text), "")
            if holding:
                at = holding.index(line)
                moved[passage.id] = holding[at : next_tabled(holding, at + len(line))][:_LONGEST]
    return moved


def _line(ballot: Passage) -> str:
    return ballot.headings[-1][:_LINE]


def is_ballot(passage: Passage) -> bool:
    """Say whether a passage stands under what is voted on, and no member speaks in it."""
    return leads(passage.speaker) and bool(passage.headings) and tables(passage.headings[-1])
