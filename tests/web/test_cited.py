"""Addresses that anybody can write say no more than the paper does."""

import pytest
from fastapi.testclient import TestClient

from council import Passage, Span, Spans
from tests.web.conftest import Town
from tests.web.page_text import read_html
from web.cited import LEFT_OUT, cited

TEXT = "Motie 1 wordt na een debat\r\nverworpen. Motie 2 wordt aangenomen.\r\nKop\r\nDe raad stemt niet in.\r\n"
NEXT = "Notulen 2\r\nHij gaat uiteen."


def at(words: str, page: int = 1) -> Span:
    start = {1: TEXT, 2: NEXT}[page].index(words)
    return Span(page=page, start=start, end=start + len(words))


def a_passage(*sentences: Spans) -> Passage:
    spans = tuple(span for sentence in sentences for span in sentence)
    return Passage(id=1, document="a" * 64, ordinal=0, spans=spans, sentences=sentences, headings=(), speaker="")


ONE, TWO = (at("Motie 1 wordt na een debat\r\nverworpen."),), (at("Motie 2 wordt aangenomen."),)
LAST, OVER = (at("De raad stemt niet in."),), (at("Hij gaat uiteen.", 2),)
PASSAGES = (a_passage(ONE, TWO, LAST, OVER),)


@pytest.mark.parametrize(
    ("spans", "text", "whole"),
    [
        (ONE, "Motie 1 wordt na een debat verworpen.", True),
        (ONE + TWO, "Motie 1 wordt na een debat verworpen. Motie 2 wordt aangenomen.", True),
        (LAST + OVER, "De raad stemt niet in. Hij gaat uiteen.", True),
        (ONE + LAST, f"Motie 1 wordt na een debat verworpen. {LEFT_OUT} De raad stemt niet in.", False),
        (
            (at("Motie 1 wordt"), at("aangenomen.")),
            f"Motie 1 wordt … {LEFT_OUT} … aangenomen.",
            False,
        ),
        ((at("De raad stemt"), at("in.")), f"De raad stemt … {LEFT_OUT} … in.", False),
        (TWO + ONE, f"Motie 2 wordt aangenomen. {LEFT_OUT} Motie 1 wordt na een debat verworpen.", False),
        ((at("Kop"),), "Kop", False),
    ],
)
def test_what_was_left_out_is_shown(spans: Spans, text: str, whole: bool) -> None:
    """This test ensures that stretches which do not adjoin, are turned round or break off a sentence are marked so, and
    that only what a search quotes is called chosen."""
    found = cited(spans, PASSAGES, {1: TEXT, 2: NEXT}.__getitem__)
    assert (found.text, found.whole) == (text, whole)


def test_a_page_does_not_call_pieces_of_a_link_a_quote_of_the_search(client: TestClient, town: Town) -> None:
    """This test ensures that words which somebody put together by link show their gap and no mark of AI, and that the
    whole sentence shows that mark whoever passes the address on."""
    sha = town.sha("mantelzorgkaart")
    (spans, text), *_ = [one for one in town.sentences("mantelzorgkaart") if len(one[1].split()) > 8]
    (span, *_) = spans
    half = f"span={span.page}-{span.start}-{span.start + 4}&span={span.page}-{span.end - 4}-{span.end}"
    forged = read_html(client.get(f"/bron/{sha}/{span.page}?q=parkeren&{half}").text)
    assert LEFT_OUT in forged.within("cited")[0].all("blockquote")[0].text
    assert "AI" not in forged.within("cited-ai")[0].text
    whole = "&".join(f"span={one.page}-{one.start}-{one.end}" for one in spans)
    page = read_html(client.get(f"/bron/{sha}/{span.page}?{whole}").text)
    assert page.within("cited")[0].all("blockquote")[0].text == text
    assert "AI" in page.within("cited-ai")[0].text
