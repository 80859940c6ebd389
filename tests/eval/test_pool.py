"""Pools: their file, what goes into them, and how much of it nobody judged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from council import Catalogue, Citation, DataFolder, Span, UsageError
from eval import CataloguePapers, Gold, read_gold
from eval.judging.pool import Candidate, Place, Pool, Pooled, in_blind_order, read_pool, without_expired, write_pool
from eval.judging.pooling import Pooling, make_pool, sentence_place
from eval.result import Result
from tests.eval.heap import MARK, PARKING_PDF, POOL_PDF, SCAN_PDF, SECRET_PDF, given, page, result_of, sentence
from tests.eval.town import POOL, judgement, question, unanswerable
from tests.fakes import odd_text, sha_of

Write = Callable[..., Path]
JUDGED = POOL[0].index("De raad stelt"), POOL[0].index("nieuwe zwembad.") + len("nieuwe zwembad.")
OPENS = POOL[0].index("Het bad opent"), POOL[0].index("deuren.") + len("deuren.")


@pytest.fixture
def papers(town: DataFolder) -> Iterator[CataloguePapers]:
    catalogue = Catalogue(town.catalogue)
    yield CataloguePapers(catalogue)
    catalogue.close()


@pytest.fixture
def gold(gold_file: Write) -> Gold:
    return read_gold(gold_file(question(), unanswerable(id="q2", question="Wie won de loterij?")))


def pooled(gold: Gold, papers: CataloguePapers, results: dict[str, Result], **more: Any) -> Pooling:
    return make_pool(gold, results, papers, **{"mark": MARK, "out": Path("pool.jsonl"), **more})


def test_what_was_returned_and_not_judged_is_pooled(gold: Gold, papers: CataloguePapers) -> None:
    """This test ensures that judges see what nobody judged, and nothing that somebody did."""
    ours = [
        given(
            [page(POOL_PDF, 1), page(PARKING_PDF, 1)], [sentence(POOL_PDF, 1, *JUDGED), sentence(POOL_PDF, 1, *OPENS)]
        ),
        given([page(POOL_PDF, 2)]),
    ]
    plain = [given([page(PARKING_PDF, 1), page(POOL_PDF, 2)]), given()]
    found = pooled(gold, papers, {"run": result_of(gold, {"Raadspoor": ours, "BM25": plain})})
    first, second = found.pool.questions
    assert (first.id, first.text, first.need, first.new) == (
        "q1",
        gold.questions[0].text,
        gold.questions[0].need,
        False,
    )
    assert {item.place: item.systems for item in first.candidates} == {
        page(PARKING_PDF, 1): ("BM25", "Raadspoor"),
        page(POOL_PDF, 2): ("BM25",),
        sentence(POOL_PDF, 1, *OPENS): ("Raadspoor",),
    }
    assert [item.place for item in second.candidates] == [page(POOL_PDF, 2)]
    figures = {it.system: it for it in found.systems}
    assert (figures["Raadspoor"].pages, figures["Raadspoor"].unjudged_pages) == (3, 2)
    assert (figures["Raadspoor"].sentences, figures["Raadspoor"].unjudged_sentences) == (2, 1)
    assert (figures["BM25"].pages, figures["BM25"].unjudged_pages, figures["BM25"].sentences) == (2, 2, 0)
    assert (figures["Raadspoor"].alone, figures["BM25"].alone) == (2, 1)


def test_a_page_that_was_judged_as_a_whole_judges_its_sentences(gold_file: Write, papers: CataloguePapers) -> None:
    """This test ensures that a pool and the measures mean the same by unjudged."""
    gold = read_gold(gold_file(question(judgements=[judgement(), judgement(quote=None, page=2, grade=0)])))
    found = pooled(gold, papers, {"run": result_of(gold, {"x": [given(sentences=[sentence(POOL_PDF, 2, 0, 14)])]})})
    assert found.pool.questions == () and found.systems[0].unjudged_sentences == 0


def test_the_depth_is_that_of_documents(gold: Gold, papers: CataloguePapers) -> None:
    """This test ensures that what stands below the depth is not judged, however few questions there are."""
    ours = [given([page(PARKING_PDF, 1), page(SCAN_PDF, 1)]), given()]
    found = pooled(gold, papers, {"run": result_of(gold, {"x": ours})}, depth=1)
    assert [item.place for item in found.pool.questions[0].candidates] == [page(PARKING_PDF, 1)]


def test_systems_of_several_results_are_told_apart(gold: Gold, papers: CataloguePapers) -> None:
    """This test ensures that the product of two versions counts as two systems, and what both found is judged once."""
    one = result_of(gold, {"Raadspoor": [given([page(PARKING_PDF, 1)]), given()]})
    found = pooled(gold, papers, {"before": one, "after": one})
    (candidate,) = found.pool.questions[0].candidates
    assert candidate.systems == ("after/Raadspoor", "before/Raadspoor")


def test_result_of_of_half_of_the_questions_can_be_pooled(gold: Gold, papers: CataloguePapers) -> None:
    """This test ensures that results of the development half are pooled with those of the whole."""
    half = result_of(replace(gold, questions=gold.questions[1:]), {"x": [given([page(PARKING_PDF, 1)])]})
    found = pooled(gold, papers, {"half": half})
    assert [each.id for each in found.pool.questions] == ["q2"]


def test_results_of_another_gold_set_or_other_papers_are_refused(gold: Gold, papers: CataloguePapers) -> None:
    """This test ensures that nobody judges what answers another question or stands in another corpus."""
    good = result_of(gold, {"x": [given(), given()]})
    for changes, reason in (
        (
            {"gold": replace(good.gold, sha256="0" * 64)},
            f"asked gold set gold.jsonl 0{{12}}, and .* is {gold.sha256[:12]}",
        ),
        ({"papers": replace(MARK, sha256="a" * 64)}, f"on papers a{{12}}, and DATA holds papers {MARK.sha256[:12]}"),
        ({"papers": replace(MARK, text="b" * 64)}, f"on text b{{12}}, and DATA holds text {MARK.text[:12]}"),
    ):
        with pytest.raises(UsageError, match=f"second .*{reason}"):
            pooled(gold, papers, {"first": good, "second": replace(good, **changes)})


def test_what_may_not_or_cannot_be_seen_is_left_out(gold: Gold, papers: CataloguePapers) -> None:
    """This test ensures that a judge is never led to a secret paper or to nothing, and that it is said."""
    hidden = [page(SECRET_PDF, 1), page(sha_of("gone"), 1), page(POOL_PDF, 9)]
    ours = [given(hidden, [sentence(SECRET_PDF, 1, 0, 9), sentence(POOL_PDF, 2, 0, 9_999)]), given()]
    found = pooled(gold, papers, {"run": result_of(gold, {"x": ours})})
    assert found.pool.questions == () and found.hidden == 5


def test_a_sentence_over_a_page_end_is_judged_by_its_longer_part() -> None:
    """This test ensures that what is judged is what the gold set would hold of such a sentence."""
    spans = (Span(page=1, start=90, end=100), Span(page=2, start=0, end=40))
    assert sentence_place(Citation(document="a", spans=spans)) == Place(document="a", page=2, offsets=(0, 40))


PLACES = [page(sha_of(number), number) for number in range(1, 40)]


def test_the_order_says_nothing_of_the_ranking() -> None:
    """This test ensures that the order is the same at every run, another for another question or seed, and not ours."""
    ranked = [Candidate(place=place) for place in PLACES]
    order = in_blind_order("q1", ranked, seed=1)
    assert order == in_blind_order("q1", reversed(ranked), seed=1)
    assert sorted(order, key=lambda it: it.place.page) == ranked
    assert len({order, tuple(ranked), in_blind_order("q2", ranked, seed=1), in_blind_order("q1", ranked, seed=2)}) == 4


def test_one_more_place_does_not_move_the_others() -> None:
    """This test ensures that a judge who goes on with a larger pool meets the rest in the order of before."""
    ranked = [Candidate(place=place) for place in PLACES]
    few = in_blind_order("q1", ranked[:-1], seed=1)
    assert [it for it in in_blind_order("q1", ranked, seed=1) if it in few] == list(few)


NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
OFFSETS = st.none() | st.tuples(st.integers(0, 9_000), st.integers(1, 500)).map(lambda it: (it[0], it[0] + it[1]))
ANY_PLACE = st.builds(Place, document=NAMES.map(sha_of), page=st.integers(1, 999), offsets=OFFSETS)
CANDIDATES = st.lists(
    st.builds(Candidate, place=ANY_PLACE, systems=st.lists(NAMES, max_size=3).map(tuple)),
    max_size=5,
    unique_by=lambda it: it.place,
)
QUESTIONS = st.lists(
    st.builds(
        Pooled,
        id=NAMES,
        text=odd_text().filter(str.strip),
        need=odd_text(),
        new=st.booleans(),
        until=st.none() | st.dates(),
        candidates=CANDIDATES.map(tuple),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda it: it.id,
)


@drawn(QUESTIONS)
def test_a_pool_reads_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, questions: list[Pooled]) -> None:
    """This test ensures that no place or question is lost or altered on its way through the file."""
    pool = Pool(path=tmp_path_factory.mktemp("pool") / "pool.jsonl", questions=tuple(questions))
    write_pool(pool)
    assert read_pool(pool.path) == pool


def test_a_pool_holds_no_text_of_the_papers(gold: Gold, papers: CataloguePapers, tmp_path: Path) -> None:
    """This test ensures that a pool over papers that may not be copied can be kept and sent."""
    ours = [given([page(PARKING_PDF, 1)], [sentence(POOL_PDF, 1, *OPENS)]), given()]
    found = pooled(gold, papers, {"run": result_of(gold, {"x": ours})})
    write_pool(replace(found.pool, path=tmp_path / "pool.jsonl"))
    written = (tmp_path / "pool.jsonl").read_text("utf-8")
    assert "Het bad opent" not in written and "parkeren" not in written and POOL_PDF in written


def line(**changes: Any) -> str:
    good = {"id": "q1", "question": "Wat?", "places": [{"document": POOL_PDF, "page": 1, "systems": ["x"]}]}
    return json.dumps({name: value for name, value in {**good, **changes}.items() if value is not None})


def with_place(**changes: Any) -> str:
    return line(places=[{"document": POOL_PDF, "page": 1, **changes}])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        (line(), "id 'q1' is given twice"),
        (line(id="q 2"), "white space"),
        (line(id="q2", question=" "), "question is empty"),
        (line(id="q2", new="yes"), "new must be true or false"),
        (line(id="q2", until="morgen"), "until 'morgen' is no day"),
        (line(id="q2", places={}), "places must be a list"),
        (line(id="q2", places=["x"]), "place 1: not a JSON object"),
        (line(id="q2", grade=3), "unknown field 'grade'"),
        (with_place(document="abc"), "place 1: document 'abc' is no SHA-256"),
        (with_place(page=0), "place 1: page 0 is out of range"),
        (with_place(start=4, end=4), "place 1: end 4 is out of range"),
        (with_place(end=4), "place 1: start is missing"),
        (with_place(systems="x"), "place 1: systems must be a list of names"),
        (line(id="q2", places=[{"document": POOL_PDF, "page": 1}] * 2), "place 2: this place is given twice"),
    ],
)
def test_a_wrong_line_of_a_pool_is_named(tmp_path: Path, wrong: str, reason: str) -> None:
    """This test ensures that nobody judges for hours on a pool that was damaged."""
    path = tmp_path / "pool.jsonl"
    path.write_text(f"{line()}\n{wrong}\n", "utf-8")
    with pytest.raises(UsageError) as error:
        read_pool(path)
    assert "pool.jsonl: line 2: " in str(error.value) and reason in str(error.value)


def test_an_empty_pool_is_refused(tmp_path: Path) -> None:
    """This test ensures that a judge is not shown a page with nothing to do."""
    (tmp_path / "pool.jsonl").write_text("\n")
    with pytest.raises(UsageError, match="holds no question"):
        read_pool(tmp_path / "pool.jsonl")


def test_a_question_past_its_term_is_not_judged_any_more() -> None:
    """This test ensures that what a reader was promised holds in the pool too: on that day the question is gone."""
    day = dt.date(2026, 3, 1)
    kept = Pooled(id="a", text="?")
    pool = Pool(path=Path("x"), questions=(kept, Pooled(id="b", text="?", until=day)))
    assert len(without_expired(pool, day - dt.timedelta(days=1)).questions) == 2
    assert without_expired(pool, day).questions == (kept,)
