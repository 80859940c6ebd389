"""What is counted of a reader's way, where the municipality wants it: answers shown, and sources opened from them.

What a browser fetches ahead, or a program asks with HEAD, nobody has seen; it is not counted.
"""

from __future__ import annotations

from fastapi import Request

from council import Answer, Citation, Results, Usage
from web.pages import FeedbackForm
from web.search_page import unanswerable
from web.urls import ANSWER, NOTE, SearchState


def answer_shown(
    request: Request, usage: Usage | None, state: SearchState, results: Results, answer: Answer | None
) -> FeedbackForm | None:
    """Count a search, unless it comes back to the answer that it got before, and return what is asked about it.

    Args:
        request: says which answer it comes back to, if any.
        usage: counts; None where nothing is counted.
        state: the search as its address says it.
        results: what was found, and how long that took.
        answer: None where none is shown, as on later pages of results.
    """
    if usage is None or answer is None or not _seen(request):
        return None
    empty = unanswerable(results)
    number = request.query_params.get(ANSWER, "")
    if not usage.again(number, state.url):
        number = usage.shown(
            about=state.url,
            question=state.text,
            answer=None if empty else answer,
            took=sum(results.timings.values()),
        )
    if empty:
        return None
    return FeedbackForm(
        answer=number,
        state=state,
        keep_days=usage.keep_days,
        given=usage.given(number),
        note=request.query_params.get(NOTE, ""),
    )


def source_opened(request: Request, usage: Usage | None, citation: Citation) -> str:
    """Count that a source was opened, and return the id of the answer that it was opened from; empty if there is none.

    Args:
        request: names the answer in its address.
        usage: counts; None where nothing is counted.
        citation: the source.
    """
    number = request.query_params.get(ANSWER, "")
    if usage is None or not number or not _seen(request):
        return ""
    return number if usage.opened(number, citation) else ""


def _seen(request: Request) -> bool:
    ahead = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return request.method == "GET" and "prefetch" not in ahead
