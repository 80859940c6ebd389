"""From ranked passages to sentences that could be quoted, and from chosen ones to quotes that were read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from council import AnswerSentence, Catalogue, Document, Kind, Page, QuoteError, Spans, readable, scanned
from search import form
from search.answer import Chosen
from search.ballots import ballots_on, is_ballot, texts_tabled
from search.features import Candidate
from search.fusion import Fused
from search.headings import is_contents
from search.intent import Moment, tallies
from search.ranking import Ranked
from search.tables import goes_on, has_signs, is_row, is_unit
from search.votes import is_vote

_PASSAGES = 32
_PASSAGES_EACH = 8
"""A long debate must not crowd the decision out of the answer; but minutes of ninety pages hold more than one."""
_DOCUMENTS = 20
_OF_A_MEETING = frozenset({Kind.NOTULEN, Kind.BESLUITENLIJST})
_PREFER = 0.15
"""What being the newest of the documents found is worth to a passage, when a question asks how things stand now."""


Pages = Mapping[tuple[str, int], Page]
"""Pages by their document and number."""


def pages_of(catalogue: Catalogue, places: Iterable[tuple[str, Spans]]) -> Pages:
    """Return the pages that places in documents stand on, asked for in one go.

    Args:
        catalogue: where they are; a page that it no longer knows is left out.
        places: documents, and where in them something will be read.
    """
    return catalogue.pages_at((document, span.page) for document, spans in places for span in spans)


def reader(pages: Pages) -> Callable[[str, Spans], str]:
    """Return a function that gives the text at spans of a document as a reader sees it; on other pages is nothing."""

    def read(sha256: str, spans: Spans) -> str:
        texts = ((pages.get((sha256, span.page)), span) for span in spans)
        return readable("\n".join(page.text[span.start : span.end] if page else "" for page, span in texts))

    return read


def candidates(
    catalogue: Catalogue, ranked: Sequence[Ranked], moment: Moment, *, votes: bool = False
) -> list[Candidate]:
    """Return the sentences of the best passages, each text once.

    Args:
        catalogue: where the texts are.
        ranked: the documents found, best first.
        moment: whether the question asks how things stand now, or stood first: then the passages' dates count too.
        votes: whether a vote is asked for: then what was voted under the same agenda items is among them.
    """
    newness = _newness([item.document for item in ranked[:_DOCUMENTS]])
    prefer = {Moment.LATEST: _PREFER, Moment.FIRST: -_PREFER}.get(moment, 0.0)
    order = sorted(
        ((fused, item.document) for item in ranked for fused in item.passages),
        key=lambda entry: (-entry[0].score - prefer * newness.get(entry[1].sha256, 0.0), entry[0].id),
    )
    taken: Counter[str] = Counter()
    best: list[tuple[Fused, Document]] = []
    for fused, document in order:
        if len(best) < _PASSAGES and taken[document.sha256] < _PASSAGES_EACH:
            taken[document.sha256] += 1
            best.append((fused, document))
    passages = catalogue.passages([fused.id for fused, _ in best])
    chosen = [(fused.score, document, passages[fused.id]) for fused, document in best if fused.id in passages]
    pages = dict(pages_of(catalogue, ((one.document, one.spans) for _, _, one in chosen)))
    read = reader(pages)
    ballots = ballots_on(catalogue, chosen, read) if votes else ()
    pages.update(pages_of(catalogue, ((one.document, one.spans) for _, _, one in ballots)))
    ballots = [one for one in ballots if is_vote(read(one[1].sha256, one[2].spans))]
    tabled = texts_tabled(chosen, ballots, read)
    found: dict[str, Candidate] = {}
    for score, document, passage in (*chosen, *ballots):
        # Where the words that begin it stand in a line of their own, that line is a heading.
        before, resolves = "", bool(passage.headings) and form.resolves(passage.headings[-1])
        moved = tabled.get(passage.id, "")
        tells_votes = document.kind in _OF_A_MEETING or is_ballot(passage)
        for spans in passage.sentences:
            text = read(document.sha256, spans)
            if text:
                resolves = (resolves or form.resolves(text)) and not form.has_resolved(text)
                candidate = Candidate(
                    document=document,
                    passage=passage.id,
                    spans=spans,
                    text=text,
                    before=moved or before,
                    headings=" . ".join([document.title, *passage.headings, passage.speaker]),
                    speaker=passage.speaker,
                    rank_score=score,
                    under=_under(text, passage.headings, tells_votes=tells_votes),
                    listed=is_contents(passage.headings) and text[-1].isdigit(),
                    resolves=resolves,
                )
                found.setdefault(text, candidate)
            before = text
    return list(found.values())


def _under(text: str, headings: tuple[str, ...], *, tells_votes: bool) -> tuple[str, ...]:
    """Return what must be read with a sentence: what stands above a table row, without the unit of the other rows if it
    tells its own; the agenda item and the motion that a vote is on; else nothing."""
    if tells_votes and (is_vote(text) or tallies(text)):
        return headings[-2:]
    if not (is_row(text) or goes_on(text)):
        return ()
    return tuple(heading for heading in headings if not (has_signs(text) and is_unit(heading)))


def read_back(catalogue: Catalogue, chosen: Chosen) -> AnswerSentence | None:
    """Return a chosen sentence after reading it back from the page text; None if it does not stand there."""
    try:
        raw = catalogue.quote(chosen.citation)
    except QuoteError:
        return None
    if readable(raw) != chosen.candidate.text:
        return None
    ocr, confidence = scanned(pages_of(catalogue, [(chosen.citation.document, chosen.citation.spans)]).values())
    return AnswerSentence(
        citation=chosen.citation,
        document=chosen.candidate.document,
        text=chosen.candidate.text,
        score=chosen.score,
        speaker=chosen.candidate.speaker,
        ocr=ocr,
        ocr_confidence=confidence,
        under=chosen.candidate.under,
    )


def _newness(documents: Sequence[Document]) -> Mapping[str, float]:
    """Return 0 for the oldest of these documents to 1 for the newest, by hash; those without a date are left out."""
    days = {document.sha256: document.date.toordinal() for document in documents if document.date}
    if not days:
        return {}
    low, width = min(days.values()), max(1, max(days.values()) - min(days.values()))
    return {sha256: (day - low) / width for sha256, day in days.items()}
