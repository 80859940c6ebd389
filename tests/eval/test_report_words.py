"""What a report shows of papers and gold set: only what belongs to the result, and only what everyone may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from council import Catalogue, Citation, DataFolder, Span, UsageError
from eval.gold import Gold, read_gold
from eval.reporting.writing import report_html
from eval.result import Found, GoldMark, Quoted, Result
from eval.run import papers_mark
from tests.eval.made_up import a_given, a_result, an_asked
from tests.eval.report_reading import ReadReport
from tests.eval.town import POOL, SECRET, judgement, question, unanswerable
from tests.fakes import sha_of
from tests.web.page_text import Element
from web.urls import SearchState, source_url

Write = Callable[..., Path]
POOL_PAPER, SECRET_PAPER = sha_of("pool.pdf"), sha_of("secret.pdf")
SENTENCE = "Wethouder Van Dam leidt het project."
START = POOL[0].index(SENTENCE)
QUOTED = (Span(page=1, start=START, end=START + len(SENTENCE)),)
BASE = "http://127.0.0.1:8000"
JUDGED = [
    judgement(page=2, quote="De bouwkosten kunnen stijgen door de krappe markt.", grade=2),
    judgement(),
    judgement(quote=None, grade=1),
]


@pytest.fixture
def gold(gold_file: Write) -> Gold:
    asked = (question(judgements=JUDGED), unanswerable(id="q2", question="Welke xylofoon?", why="absent"))
    return read_gold(gold_file(*asked))


@pytest.fixture
def result(town: DataFolder, gold: Gold) -> Result:
    """Return a result on the town: an answer that quotes the pool, and a secret paper that was public then."""
    asked = [an_asked(1, id="q1", text=gold.questions[0].text), an_asked(2, id="q2", answerable=False)]
    citations = (
        Citation(document=POOL_PAPER, spans=QUOTED),
        Citation(document=SECRET_PAPER, spans=(Span(page=1, start=0, end=30),)),
    )
    quoted = tuple(Quoted(citation=one, right=False, judged=False, verified=True) for one in citations)
    found = (Found(document=POOL_PAPER, pages=(1,), score=1.0, grade=3),)
    given = [replace(a_given(one, right=(False,)), sentences=quoted, found=found) for one in asked]
    catalogue = Catalogue(town.catalogue)
    papers = papers_mark(catalogue)
    catalogue.close()
    return a_result(asked, given, gold=GoldMark(file="gold.jsonl", sha256=gold.sha256), papers=papers)


def block(page: ReadReport, id_: str) -> Element:
    (found,) = [each for each in page.root.within("failure") if each.within("id")[0].text == id_]
    return found


def test_titles_and_texts_come_from_the_papers(result: Result, gold: Gold, town: DataFolder) -> None:
    """This test ensures that a reader sees what was quoted and where, in the words of the paper."""
    shown = block(ReadReport(report_html(result, gold=gold, data=town)), "q1")
    assert SENTENCE in [quote.text for quote in shown.all("blockquote")]
    assert "Nieuw zwembad, raadsvoorstel, 2024-03-12, page 1 nobody judged it" in shown.text
    assert "€ 18.550.000" in [fact.text for fact in shown.within("fact")]


def test_the_best_of_what_was_expected_comes_first(result: Result, gold: Gold, town: DataFolder) -> None:
    """This test ensures that the places of grade 3 stand above those of grade 2, and that grade 1 is not expected."""
    shown = block(ReadReport(report_html(result, gold=gold, data=town)), "q1")
    expected = [place.text for place in shown.all("section")[0].all("li")]
    assert [place[-7:] for place in expected] == ["grade 3", "grade 2"]
    assert expected[0].startswith("De raad stelt een krediet van € 18.550.000 beschikbaar voor het nieuwe zwembad.")


def test_what_is_not_public_is_named_by_address(result: Result, gold: Gold, town: DataFolder) -> None:
    """This test ensures that no word or title of a secret paper gets into a report, even if it was quoted."""
    html = report_html(result, gold=gold, data=town)
    assert f"document {SECRET_PAPER[:12]}… (not public here)" in html
    assert "page 1, characters 0 to 30" in html
    assert SECRET[0][:20] not in html and "Raadsvoorstel secret.pdf" not in html


def test_without_papers_there_are_addresses(result: Result, gold: Gold) -> None:
    """This test ensures that a report can be made where the papers are not, with the gold set's own quotes."""
    page = ReadReport(report_html(result, gold=gold))
    shown = block(page, "q1").text
    assert "named by address" in page.text and SENTENCE not in page.text and "Nieuw zwembad" not in page.text
    assert f"page 1, characters {START} to {START + len(SENTENCE)}" in shown
    assert "De bouwkosten kunnen stijgen door de krappe markt." in shown and "pool.pdf, page 2 grade 2" in shown


def test_without_a_gold_set_that_is_said(result: Result) -> None:
    """This test ensures that nobody takes a report without expectations for one in which nothing was expected."""
    page = ReadReport(report_html(result))
    assert "stands in the gold set, which was not given" in block(page, "q1").text
    assert "“Not found”: nothing answers this question (false premise)" in block(page, "q2").text


def test_links_lead_to_the_search_and_to_the_marked_page(result: Result, gold: Gold, town: DataFolder) -> None:
    """This test ensures that each question, quote and expected place can be opened, if an address was given."""
    page = ReadReport(report_html(result, gold=gold, data=town, product=f"{BASE}/"))
    links = {link.attributes["href"] for link in page.root.all("a") if not link.attributes["href"].startswith("#")}
    assert BASE + SearchState(text=gold.questions[0].text).url in links
    assert BASE + source_url(POOL_PAPER, QUOTED) in links
    expected = POOL[1].index("De bouwkosten"), POOL[1].index("markt.") + len("markt.")
    assert BASE + source_url(POOL_PAPER, (Span(page=2, start=expected[0], end=expected[1]),)) in links
    assert all(link.startswith(f"{BASE}/") for link in links)
    bare = ReadReport(report_html(result, gold=gold, data=town))
    assert all(link.attributes["href"].startswith("#") for link in bare.root.all("a"))


def test_other_papers_than_those_that_were_asked_are_refused(result: Result, town: DataFolder) -> None:
    """This test ensures that no address is read in a folder where it means something else."""
    for changed, what in (({"sha256": "0" * 64}, "other papers"), ({"text": "0" * 64}, "other text of these papers")):
        with pytest.raises(UsageError, match=f"holds {what} .* give the folder that was measured"):
            report_html(replace(result, papers=replace(result.papers, **changed)), data=town)


def test_another_gold_set_is_refused(result: Result, gold_file: Write) -> None:
    """This test ensures that expectations are those that were measured against."""
    other = read_gold(gold_file(question(question="Iets anders?")))
    with pytest.raises(UsageError, match="is not the gold set that was asked"):
        report_html(result, gold=other)


def test_a_paper_judged_as_a_whole_has_no_page(result: Result, gold_file: Write, town: DataFolder) -> None:
    """This test ensures that a judgement without a page is shown, and linked to where the paper begins."""
    whole = read_gold(gold_file(question(judgements=[{"document": POOL_PAPER, "grade": 3}])))
    made = replace(result, gold=GoldMark(file="gold.jsonl", sha256=whole.sha256))
    shown = block(ReadReport(report_html(made, gold=whole, data=town, product=BASE)), "q1")
    assert "Nieuw zwembad, raadsvoorstel, 2024-03-12, the whole document grade 3" in shown.text
    assert f"{BASE}/bron/{POOL_PAPER}/1" in {link.attributes["href"] for link in shown.all("a")}
