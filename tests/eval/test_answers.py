"""Answers, against arithmetic done by hand."""

from __future__ import annotations

import pytest
from hypothesis import given

from council import Catalogue, Citation, DataFolder, Span
from eval.answers import can_be_right, facts_held, is_judged, is_right, is_verified, precision, recall
from eval.averages import mean, quantile
from eval.places import Judged
from tests.fakes import odd_text, sha_of


def judged(document: str, page: int, grade: int, *spans: tuple[int, int]) -> Judged:
    places = tuple(Span(page=page, start=start, end=end) for start, end in spans)
    return Judged(document=document, page=page, grade=grade, places=places)


def cited(document: str, *spans: tuple[int, int, int]) -> Citation:
    return Citation(document=document, spans=tuple(Span(page=p, start=s, end=e) for p, s, e in spans))


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        (cited("a", (1, 100, 200)), True),
        (cited("a", (1, 150, 300)), True),  # 50 of the 100 that were judged
        (cited("a", (1, 151, 300)), False),  # 49 of them
        (cited("a", (1, 90, 110)), True),  # 10 of its own 20
        (cited("a", (1, 89, 110)), False),  # 10 of its own 21
        (cited("a", (1, 0, 900)), True),  # a long sentence around what was judged
        (cited("a", (2, 100, 200)), False),
        (cited("b", (1, 100, 200)), False),
        (cited("a", (1, 140, 200), (2, 0, 40)), True),  # runs on over the page: 60 of 100 on the judged one
        (cited("a", (1, 155, 200), (2, 0, 90)), False),  # 45 of 100
        (cited("a", (1, 400, 500)), False),  # graded 1: about it, no answer
        (cited("a", (1, 620, 640)), True),  # the second place of one judgement
    ],
)
def test_a_right_sentence_shares_half_of_the_shorter(sentence: Citation, right: bool) -> None:
    """This test ensures that a sentence is right when it is what was judged, and not when it is near it."""
    found = [judged("a", 1, 3, (100, 200)), judged("a", 1, 1, (400, 500)), judged("a", 1, 2, (560, 580), (620, 640))]
    assert is_right(sentence, found) is right


def test_answers_are_measured_only_where_a_sentence_was_judged() -> None:
    """This test ensures that a judgement of a whole page does not make every answer wrong."""
    assert can_be_right([judged("a", 1, 1, (0, 5)), judged("a", 1, 2, (0, 5))])
    assert not can_be_right([judged("a", 1, 1, (0, 5)), judged("a", 1, 3)])


def test_a_sentence_was_judged_when_it_or_its_page_was() -> None:
    """This test ensures that a quote that nobody looked at can be told apart from one that was found wrong."""
    found = [judged("a", 1, 0, (0, 10)), judged("a", 2, 1), judged("b", 0, 3)]
    assert is_judged(cited("a", (1, 0, 10)), found)
    assert is_judged(cited("a", (2, 50, 60)), found)
    assert not is_judged(cited("a", (1, 20, 30)), found)
    assert not is_judged(cited("b", (1, 0, 10)), found)


def test_precision_is_over_what_was_quoted() -> None:
    """This test ensures that an answer without a sentence has no right one."""
    assert precision([True, False, False, True]) == 0.5
    assert precision([]) == 0.0


def test_recall_is_over_what_could_be_quoted() -> None:
    """This test ensures that each right sentence counts once, wherever it stands, and at most five are asked for."""
    wanted = [judged("a", 1, 3, (0, 10), (90, 99)), judged("a", 1, 2, (20, 30)), judged("a", 1, 1, (40, 50))]
    assert recall([cited("a", (1, 0, 10)), cited("a", (1, 90, 99)), cited("a", (1, 40, 50))], wanted) == 0.5
    assert recall([], wanted) == 0.0
    many = [judged("a", 1, 3, (at * 100, at * 100 + 50)) for at in range(8)]
    assert recall([cited("a", (1, at * 100, at * 100 + 50)) for at in range(3)], many) == 3 / 5
    assert recall([cited("a", (1, at * 100, at * 100 + 50)) for at in range(8)], many) == 1.0


@pytest.mark.parametrize(
    ("fact", "text", "stands"),
    [
        ("€ 1.640", "Het kost € 1.640 per jaar.", True),
        ("1.640", "Het kost €1.640, dat is veel.", True),
        ("1.640", "Het kost € 11.640.", False),
        ("1.640", "Het kost € 1.640.000.", False),
        ("640", "Het kost € 1.640.", False),
        ("1.640", "Het kost € 1.640", True),
        ("24-5", "aangenomen (24-5)", True),
        ("wethouder Van Dam", "Wethouder  van\nDam zei het.", True),
        ("Dam", "Amsterdam", False),
        ("één jaar", "over een jaar", True),
        ("één jaar", "over één jaren", False),
        ("beschikbaar", "beschik\ufffe\nbaar", True),
    ],
)
def test_a_fact_stands_as_itself_and_not_within_another(fact: str, text: str, stands: bool) -> None:
    """This test ensures that an amount is not found inside a larger one, and that spacing and case do not hide it."""
    assert facts_held([fact], text) == float(stands)


def test_facts_are_counted_one_by_one() -> None:
    """This test ensures that half of an answer is half."""
    assert facts_held(["24", "5", "Groen"], "24 stemmen voor, Groen stemde tegen") == pytest.approx(2 / 3)


@given(odd_text(60), odd_text(60))
def test_a_text_holds_itself(text: str, other: str) -> None:
    """This test ensures that no text, however odd, breaks the search for facts."""
    assert 0.0 <= facts_held([text or "x"], other) <= 1.0


def test_a_quote_is_verified_against_the_page(town: DataFolder) -> None:
    """This test ensures that the evaluation reads quotes back itself and believes nobody."""
    catalogue = Catalogue(town.catalogue)
    sha = sha_of("pool.pdf")
    page = catalogue.page(sha, 2)
    assert page is not None
    start = page.text.index("De bouwkosten")
    there = Citation(document=sha, spans=(Span(page=2, start=start, end=start + 13),))
    assert is_verified(catalogue, there, "De bouwkosten")
    assert not is_verified(catalogue, there, "De Bouwkosten")
    assert not is_verified(catalogue, cited(sha, (2, 0, 99_999)), "De bouwkosten")
    assert not is_verified(catalogue, cited(sha_of("absent"), (1, 0, 5)), "De")
    catalogue.close()


def test_means_and_quantiles() -> None:
    """This test ensures that nothing measured gives no figure, and that quantiles are values that occurred."""
    assert mean([]) is None
    assert mean([1, 0, 0, 0]) == 0.25
    assert quantile([], 0.5) == 0.0
    assert [quantile([4, 1, 3, 2], share) for share in (0.0, 0.5, 0.51, 0.95, 1.0)] == [1, 2, 3, 4, 4]
