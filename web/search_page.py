"""Results and answer become the search page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from council import (
    Answer,
    AnswerSentence,
    Citation,
    Document,
    FacetValue,
    Hit,
    Kind,
    Leg,
    LegPlace,
    Results,
    Spans,
)
from web.narrowing import names_to_narrow, offers
from web.pages import (
    AnswerView,
    Chip,
    Example,
    FeedbackForm,
    KindChoice,
    Pagination,
    Quote,
    Result,
    SearchPage,
    TwinLink,
    YearChoice,
)
from web.paper_pages import Place
from web.urls import NAMED, PER_PAGE, SearchState, document_url, pdf_url, source_url


def search_page(
    state: SearchState,
    results: Results,
    answer: Answer | None,
    *,
    within: Document | None,
    examples: Callable[[], tuple[Example, ...]],
    unread: Collection[str] = (),
    feedback: FeedbackForm | None = None,
) -> SearchPage:
    """Return the search page.

    Args:
        state: the search as its address says it.
        results: one page of documents.
        answer: the cited answer; None where none is shown.
        within: the document that the search is narrowed to, if any.
        examples: gives questions to begin with.
        unread: the documents whose file is not given out yet.
        feedback: what is asked about the answer, where use is counted.
    """
    return SearchPage(
        state=state,
        hint=results.hint,
        answer=None if answer is None or unanswerable(results) else _answer(state, answer, results.nowhere, feedback),
        results=tuple(_result(state, hit, unread) for hit in results.hits),
        total=results.total,
        alike=results.alike,
        first=state.offset + 1,
        searched=results.searched,
        latest=results.latest,
        kinds=_kinds(state, results.facets.get("kind", ())),
        years=_years(state, results.facets.get("year", ())),
        names=names_to_narrow(state, results),
        remarks=results.expression.remarks if results.expression else (),
        meant=Example(text=results.meant, url=replace(state, text=results.meant, page=1).url)
        if results.meant
        else None,
        nowhere=_nowhere(results, answer),
        offers=offers(state, results),
        chips=_chips(state, within),
        pagination=_pagination(state, results.total + results.alike - results.folded),
        examples=examples() if nothing_asked(results) else (),
        feedback=feedback,
    )


def nothing_asked(results: Results) -> bool:
    """Say whether a question held nothing to look for."""
    return results.hint in ("empty", "only_stop_words")


def unanswerable(results: Results) -> bool:
    """Say whether nothing was asked that could be answered: only filters, or nothing at all."""
    return nothing_asked(results) or results.hint == "newest_first"


def _answer(state: SearchState, answer: Answer, nowhere: tuple[str, ...], feedback: FeedbackForm | None) -> AnswerView:
    quotes = tuple(_quote(state, sentence, feedback.answer if feedback else "") for sentence in answer.sentences)
    # What stands nowhere at all is said above the quotes already; where there are none, it is said here.
    missing = tuple(word for word in answer.missing if not quotes or word not in nowhere)
    return AnswerView(verdict=answer.verdict, quotes=quotes, missing=missing)


def _nowhere(results: Results, answer: Answer | None) -> tuple[str, ...]:
    """Return the words that stand nowhere, without those that are told in place of an answer."""
    told = answer.missing if answer is not None and not answer.sentences else ()
    return tuple(word for word in results.nowhere if word not in told)


def _quote(state: SearchState, sentence: AnswerSentence, answer: str) -> Quote:
    spans = sentence.citation.spans
    sha256 = sentence.document.sha256
    return Quote(
        text=sentence.text,
        under=sentence.under,
        document=sentence.document,
        speaker=sentence.speaker,
        ocr=sentence.ocr,
        ocr_confidence=sentence.ocr_confidence,
        pages=_pages(spans),
        url=source_url(sha256, spans, state=state),
        link=source_url(sha256, spans, state=state, answer=answer),
        pdf_url=pdf_url(sha256, spans[0].page),
    )


def _result(state: SearchState, hit: Hit, unread: Collection[str]) -> Result:
    sha256 = hit.document.sha256
    spans = _shown(hit) or hit.citation.spans
    page = spans[0].page if spans else 1
    return Result(
        document=hit.document,
        headings=hit.passage.headings,
        speaker=hit.passage.speaker,
        ocr=hit.ocr,
        ocr_confidence=hit.ocr_confidence,
        snippet=hit.snippet,
        page=page,
        url=source_url(sha256, spans, page=page, state=state),
        pdf_url="" if sha256 in unread else pdf_url(sha256, page),
        document_url=document_url(sha256, state=state),
        others=_others(state, page, hit.others),
        legs={leg: hit.legs.get(leg, LegPlace(rank=0, score=0.0)) for leg in Leg},
        matches=hit.matches,
        adjustments=hit.adjustments,
        twins=tuple(
            TwinLink(document=twin.document, url=source_url(twin.document.sha256, twin.citation.spans, state=state))
            for twin in hit.twins
        ),
    )


def _shown(hit: Hit) -> Spans:
    """Return where the sentences of the snippet stand, so that what was read is marked and not the whole passage."""
    start, end = hit.snippet.sentences
    return tuple(span for spans in hit.passage.sentences[start:end] for span in spans)


def _others(state: SearchState, page: int, citations: tuple[Citation, ...]) -> tuple[Place, ...]:
    found: dict[int, Place] = {}
    for citation in citations:
        number = citation.spans[0].page
        if number != page and number not in found:
            found[number] = Place(number=number, url=source_url(citation.document, citation.spans, state=state))
    return tuple(found[number] for number in sorted(found))


def _pages(spans: Spans) -> tuple[int, ...]:
    return tuple(dict.fromkeys(span.page for span in spans))


def _kinds(state: SearchState, values: tuple[FacetValue, ...]) -> tuple[KindChoice, ...]:
    if state.kinds:
        return ()
    return tuple(
        KindChoice(kind=kind, count=value.count, url=replace(state, kinds=(kind,), page=1).url)
        for value in values
        for kind in [Kind(value.value)]
    )


def _years(state: SearchState, values: tuple[FacetValue, ...]) -> tuple[YearChoice, ...]:
    if state.years:
        return ()
    return tuple(
        YearChoice(year=year, count=value.count, url=replace(state, years=(year,), page=1).url)
        for value in sorted(values, key=lambda value: value.value, reverse=True)
        for year in [int(value.value)]
    )


def _chips(state: SearchState, within: Document | None) -> tuple[Chip, ...]:
    first = replace(state, page=1)
    chips = [
        Chip(kind=kind, without=replace(first, kinds=tuple(k for k in state.kinds if k is not kind)).url)
        for kind in state.kinds
    ]
    chips += [
        Chip(year=year, without=replace(first, years=tuple(y for y in state.years if y != year)).url)
        for year in state.years
    ]
    if state.date_from:
        chips.append(Chip(date_from=state.date_from, without=replace(first, date_from=None).url))
    if state.date_to:
        chips.append(Chip(date_to=state.date_to, without=replace(first, date_to=None).url))
    for attribute in NAMED.values():
        chosen: tuple[str, ...] = getattr(state, attribute)
        chips += [
            Chip(name=name, without=replace(first, **{attribute: tuple(n for n in chosen if n != name)}).url)  # type: ignore[arg-type]
            for name in chosen
        ]
    if within:
        chips.append(Chip(document=within, without=replace(first, document="").url))
    return tuple(chips)


def _pagination(state: SearchState, total: int) -> Pagination:
    pages = max(1, -(-total // PER_PAGE))
    return Pagination(
        page=state.page,
        pages=pages,
        previous=replace(state, page=min(state.page - 1, pages)).url if state.page > 1 else "",
        next=replace(state, page=state.page + 1).url if state.page < pages else "",
    )
