"""Agreement of two judges, against arithmetic by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council import UsageError
from eval.gold import QuestionType
from eval.judging.agreement import Kappa, agreement, same_description
from eval.judging.describing import Description
from eval.judging.judgements import Described, Graded, Judgements
from tests.eval.heap import page
from tests.fakes import sha_of

PLACES = [page(sha_of(number), 1) for number in range(60)]


def judge(
    name: str, grades: Sequence[int | None], *, first: int = 0, described: Sequence[Described] = ()
) -> Judgements:
    said = [Graded(question="q1", place=PLACES[first + at], grade=grade) for at, grade in enumerate(grades)]
    return Judgements(
        path=Path(f"{name}.jsonl"),
        judge=name,
        graded={one.key: one for one in said},
        described={one.question: one for one in described},
    )


# Ten places, as a table of anna (rows) against bert (columns).
ANNA = [0, 0, 0, 1, 1, 2, 2, 3, 3, 3]
BERT = [0, 0, 1, 1, 2, 2, 3, 3, 3, 1]


def test_kappa_is_that_of_the_formula() -> None:
    """This test ensures that the figures are Cohen's: each is worked out here by hand.

    Alike: 6 of 10. Anna gave 3, 2, 2, 3 of each grade and Bert 2, 3, 2, 3, so by chance 6 + 6 + 4 + 9 = 25 of 100
    pairs are alike: (0.6 - 0.25) / (1 - 0.25) = 0.35 / 0.75.

    Squared distances: 1 + 1 + 1 + 4 = 7 over ten places. By chance, over all hundred pairs of one of Anna's and one of
    Bert's: from 0 to 2 0s, 3 1s, 2 2s, 3 3s 0 + 3 + 8 + 27 = 38, and so 2 + 0 + 2 + 12 = 16, 8 + 3 + 0 + 3 = 14,
    18 + 12 + 2 + 0 = 32; in all 3 * 38 + 2 * 16 + 2 * 14 + 3 * 32 = 270, or 27 over ten: 1 - 7 / 27.

    Helpful or not: alike 8 of 10 (of the four differences, 1 against 2 and 3 against 1 cross the line). Both gave 5 of
    each, so by chance 0.5: (0.8 - 0.5) / 0.5.
    """
    found = agreement(judge("anna", ANNA), judge("bert", BERT))
    assert found.judges == ("anna", "bert")
    assert (found.places, found.same, found.share) == (10, 6, 0.6)
    assert found.table == ((2, 1, 0, 0), (0, 1, 1, 0), (0, 0, 1, 1), (0, 1, 0, 2))
    assert found.kappa.value == pytest.approx(0.35 / 0.75)
    assert found.weighted.value == pytest.approx(1 - 7 / 27)
    assert found.binary.value == pytest.approx(0.6)


def test_a_grade_that_nobody_gave_still_counts_as_a_step() -> None:
    """This test ensures that 1 against 3 stays twice as far as 0 against 1 where nobody gave a 2.

    Squared distances 0, 4, 0, 4: 8 over four places. By chance: from 0 (once) 0 + 1 + 9 + 9 = 19, from 1 (once)
    1 + 0 + 4 + 4 = 9, from 3 (twice) 9 + 4 + 0 + 0 = 13; 19 + 9 + 26 = 54 over sixteen pairs, 13.5 over four.
    """
    found = agreement(judge("anna", [0, 1, 3, 3]), judge("bert", [0, 3, 3, 1]))
    assert found.weighted.value == pytest.approx(1 - 8 / 13.5)


def test_one_grade_for_everything_leaves_kappa_undefined() -> None:
    """This test ensures that agreement which chance explains wholly is not shown as perfect, nor as not a number."""
    found = agreement(judge("anna", [2, 2, 3]), judge("bert", [2, 2, 2]))
    assert found.binary.value is None and found.binary.reading.startswith("undefined")
    assert found.kappa.value == pytest.approx(0)
    same = agreement(judge("anna", [1, 1]), judge("bert", [1, 1]))
    assert (same.kappa.value, same.weighted.value, same.binary.value, same.share) == (None, None, None, 1.0)


GRADES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


@given(GRADES)
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_judges_changes_nothing(pairs: list[tuple[int, int]]) -> None:
    """This test ensures that agreement is mutual, stays from -1 to 1, and is 1 where they always agree."""
    one, other = judge("anna", [a for a, _ in pairs]), judge("bert", [b for _, b in pairs])
    there, back = agreement(one, other), agreement(other, one)
    assert there.table == tuple(zip(*back.table, strict=True))
    for a, b in ((there.kappa, back.kappa), (there.weighted, back.weighted), (there.binary, back.binary)):
        if a.value is None or b.value is None:
            assert a == b
        else:
            assert a.value == pytest.approx(b.value) and -1 <= a.value <= 1
    assert there.same + len(there.differences) == there.places == len(pairs)
    assert (there.kappa.value or 0) < 1 or there.same == there.places


def test_only_what_both_graded_is_compared() -> None:
    """This test ensures that passing over and being not so far yet count as neither agreement nor difference."""
    found = agreement(judge("anna", [0, None, 2, None]), judge("bert", [1, 2, None, None, 3], first=0))
    assert (found.places, found.skipped, found.once, found.same) == (1, 3, 1, 0)


def test_differences_are_listed_largest_first() -> None:
    """This test ensures that who settles differences begins where it matters most."""
    found = agreement(judge("anna", [0, 1, 2, 0]), judge("bert", [1, 1, 0, 3]))
    assert [(it.one.grade, it.other.grade) for it in found.differences] == [(0, 3), (2, 0), (0, 1)]


def test_what_cannot_be_compared_is_refused() -> None:
    """This test ensures that a judge is not compared with themself, nor nothing with nothing."""
    with pytest.raises(UsageError, match="both of 'anna'"):
        agreement(judge("anna", [1]), judge("anna", [2]))
    with pytest.raises(UsageError, match="no place that both judges graded"):
        agreement(judge("anna", [1, None]), judge("bert", [2], first=1))


@pytest.mark.parametrize(
    ("value", "reading"),
    [
        (-0.1, "poor"),
        (0.0, "slight"),
        (0.2, "slight"),
        (0.21, "fair"),
        (0.4, "fair"),
        (0.41, "moderate"),
        (0.6, "moderate"),
        (0.61, "substantial"),
        (0.8, "substantial"),
        (0.81, "almost perfect"),
        (1.0, "almost perfect"),
    ],
)
def test_kappa_is_read_as_landis_and_koch_do(value: float, reading: str) -> None:
    """This test ensures that the words are those of the table of 1977, at its bounds too."""
    assert Kappa(value=value).reading == reading


def test_descriptions_are_alike_in_what_is_measured() -> None:
    """This test ensures that judges may word a question each in their way, but must agree on what answers it."""

    def said(**changes: object) -> Described:
        good: dict[str, object] = {"text": "Wat?", "type": QuestionType.AMOUNT, "answerable": True, "facts": ("1", "2")}
        return Described(question="new", description=Description(**{**good, **changes}))

    turned_down = Described(question="new", description=None)
    assert same_description(said(), said(text="Hoeveel?", need="x", facts=("2", "1")))
    assert not same_description(said(), said(type=QuestionType.DATE))
    assert not same_description(said(), said(facts=("1",)))
    assert not same_description(said(), turned_down)
    assert same_description(turned_down, turned_down)
    one, other = judge("anna", [1], described=[said()]), judge("bert", [1], described=[turned_down])
    found = agreement(one, other)
    assert (found.described, found.described_differently) == (1, ("new",))
