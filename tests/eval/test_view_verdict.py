"""The words at the head of a report follow from its figures."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given as supposing
from hypothesis import settings
from hypothesis import strategies as st

from council import Verdict
from eval.reporting.paired import product_of, within
from eval.reporting.verdict import STRONG, WEAK, Findings, findings
from eval.result import Result
from eval.significance import interval
from tests.eval.made_up import FIRST, PRODUCT, a_given, a_result, an_asked

RIGHT_AT_ALL = "Quoting a right sentence at all"
SILENT = "Saying “not found” where nothing answers"


def found(result: Result) -> Findings:
    return findings(result, within(result))


def subjects(of: Findings) -> tuple[set[str], set[str], set[str]]:
    well, short, undecided = ({one.subject for one in part} for part in (of.well, of.short, of.undecided))
    return well, short, undecided


def answered(rights: list[bool], *, unanswerable: int = 0, silent: int = 0) -> Result:
    """Return a result with this many right answers, and as many unanswerable questions of which some got silence."""
    asked = [an_asked(at, answerable=at < len(rights)) for at in range(len(rights) + unanswerable)]
    given = [a_given(one, right=(right,)) for one, right in zip(asked, rights, strict=False)]
    for at, one in enumerate(asked[len(rights) :]):
        given.append(a_given(one, verdict=Verdict.NOT_FOUND if at < silent else Verdict.ANSWERED))
    return a_result(asked, given)


def test_what_is_nearly_always_right_is_done_well() -> None:
    """This test ensures that 39 of 40 is called good: its whole interval is above the border."""
    well, short, undecided = subjects(found(answered([True] * 39 + [False])))
    assert RIGHT_AT_ALL in well and RIGHT_AT_ALL not in short | undecided


def test_what_is_seldom_right_falls_short() -> None:
    """This test ensures that 4 of 40 is called a failing: its whole interval is below the border."""
    well, short, undecided = subjects(found(answered([True] * 4 + [False] * 36)))
    assert RIGHT_AT_ALL in short and RIGHT_AT_ALL not in well | undecided


def test_few_questions_decide_nothing() -> None:
    """This test ensures that 3 of 3 is called neither good nor bad: the interval of so few is wide."""
    well, short, undecided = subjects(found(answered([True] * 3)))
    assert RIGHT_AT_ALL in undecided and RIGHT_AT_ALL not in well | short


def test_silence_is_judged_by_the_questions_that_nothing_answers() -> None:
    """This test ensures that a product that answers everything is told so, whatever else it does well."""
    chatty = found(answered([True] * 40, unanswerable=20, silent=0))
    assert SILENT in subjects(chatty)[1]
    (one,) = [finding for finding in chatty.short if finding.subject == SILENT]
    assert one.text == "0.000 (95 % interval 0.000 to 0.161; 20 questions)."
    quiet = found(answered([True] * 40, unanswerable=30, silent=30))
    assert {SILENT, "Being right when it says “not found”"} <= subjects(quiet)[0]


def test_a_better_baseline_is_named_among_the_failings() -> None:
    """This test ensures that a report does not keep quiet about a simple system that does better."""
    result = answered([False] * 40)
    better = tuple(a_given(one, right=(True,)) for one in result.questions)
    of = found(replace(result, systems={PRODUCT: result.given(PRODUCT), FIRST: better}))
    (one,) = [finding for finding in of.short if finding.subject.startswith(f"{RIGHT_AT_ALL}, beside")]
    assert one.text.startswith("worse than First sentences: 0.000 against 1.000, a difference of −1.000")
    assert not any("beside" in finding.subject for finding in of.well)


def test_the_same_as_a_baseline_is_no_merit() -> None:
    """This test ensures that two systems that gave the same are not told apart."""
    result = answered([True, False] * 20)
    of = found(replace(result, systems={PRODUCT: result.given(PRODUCT), FIRST: result.given(PRODUCT)}))
    assert any("cannot be told apart from First sentences" in one.text for one in of.undecided)
    assert not any("beside" in one.subject for one in (*of.well, *of.short))


def test_the_weakest_groups_are_named_and_small_ones_are_not() -> None:
    """This test ensures that a group that always fails is told, and that four questions are not called a group."""
    dossiers = ["goed"] * 30 + ["slecht"] * 8 + ["klein"] * 4
    asked = [an_asked(at, dossier=dossier) for at, dossier in enumerate(dossiers)]
    given = [a_given(one, right=(one.dossier == "goed",)) for one in asked]
    short = subjects(found(a_result(asked, given)))[1]
    assert "Questions on the dossier slecht" in short
    assert not any("klein" in subject or "goed" in subject for subject in short)


@settings(max_examples=25, deadline=None)
@supposing(st.lists(st.booleans(), min_size=1, max_size=30), st.integers(0, 12), st.integers(0, 12))
def test_no_sentence_contradicts_its_figure(rights: list[bool], unanswerable: int, silent: int) -> None:
    """This test ensures that whatever the figures are, each measure stands on the side that its interval says."""
    result = answered(rights, unanswerable=unanswerable, silent=silent)
    sides = subjects(found(result))
    for subject, measure in ((RIGHT_AT_ALL, "any sentence"), (SILENT, "keeps silent")):
        values = tuple(result.values(product_of(result), measure).values())
        if not values:
            assert not any(subject in side for side in sides)
            continue
        low, high = interval(values, seed=result.seed)
        side = 0 if low >= STRONG else 1 if high < WEAK else 2
        assert [subject in each for each in sides] == [at == side for at in range(3)]
