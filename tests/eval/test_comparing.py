"""Two results side by side, summed up, and held against what was accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from council import Citation, Span, UsageError, Verdict
from eval.accepting import accept, gate, kept
from eval.comparing import compare
from eval.gold import QuestionType
from eval.result import GoldMark, PapersMark, Quoted, Result, read_result, write_result
from eval.summary import GROUPS, cell, compared, failures, groups, taken, unjudged_sentences
from tests.eval.results import a_result, asked, given_, made_by
from tests.fakes import sha_of

GOOD, BAD = [0.9, 0.8, 1.0, 0.7] * 10, [0.5, 0.6, 0.4, 0.7] * 10


def test_every_measure_that_both_have_is_compared_and_corrected_together() -> None:
    """This test ensures that looking at many measures does not make one of them look certain."""
    before = a_result({"nDCG@10": BAD, "facts": [0.5] * 40})
    after = a_result({"nDCG@10": GOOD, "facts": [0.5] * 40, "AP": GOOD})
    found = {item.measure.name: item for item in compare(before, after)}
    assert list(found) == ["nDCG@10", "facts"]
    assert found["nDCG@10"].difference.change == pytest.approx(0.3)
    assert found["nDCG@10"].corrected == pytest.approx(2 * found["nDCG@10"].difference.p)
    assert found["facts"].corrected == 1.0


def test_another_corpus_is_refused() -> None:
    """This test ensures that figures on other papers are never set against each other, whatever is asked for."""
    before = a_result({"facts": GOOD})
    after = replace(before, papers=PapersMark(sha256=sha_of("other"), text="", documents=9))
    with pytest.raises(UsageError) as error:
        compare(before, after, common=True)
    assert "another corpus" in str(error.value)
    assert sha_of("papers")[:12] in str(error.value) and sha_of("other")[:12] in str(error.value)


def test_another_gold_set_is_refused_unless_only_the_same_questions_are_meant() -> None:
    """This test ensures that a grown gold set can be compared on what it shares, and on nothing else."""
    before = a_result({"facts": BAD})
    grown = a_result({"facts": GOOD}, gold=GoldMark(file="gold.jsonl", sha256=sha_of("grown")))
    changed = (replace(grown.questions[0], mark="judged anew"), *grown.questions[1:])
    after = replace(grown, questions=changed)
    with pytest.raises(UsageError, match="--common"):
        compare(before, after)
    (found,) = compare(before, after, common=True)
    assert found.difference.questions == 39
    strangers = replace(after, questions=tuple(replace(item, mark="x") for item in after.questions))
    with pytest.raises(UsageError, match="no question in common"):
        compare(before, strangers, common=True)


def test_two_systems_of_one_result_can_be_compared() -> None:
    """This test ensures that the product is held against a baseline by the same code as against itself."""
    both = a_result({"facts": GOOD})
    both = replace(both, systems={**both.systems, "BM25": a_result({"facts": BAD}).given("Raadspoor")})
    (found,) = compare(both, both, system="BM25")
    assert found.difference.change > 0
    with pytest.raises(UsageError, match="no system"):
        compare(both, both, system="bm25")


def test_only_the_questions_that_are_chosen_count() -> None:
    """This test ensures that a half, a type or a kind can be looked at alone."""
    result = a_result({"facts": [1.0, 0.0, 0.0, 1.0]})
    questions = tuple(
        replace(item, type=QuestionType.VOTE if at % 2 else QuestionType.DATE)
        for at, item in enumerate(result.questions)
    )
    result = replace(result, questions=questions)
    found = {name: cell(result, "Raadspoor", "facts", chosen) for name, chosen in groups(result, "type").items()}
    assert {name: (item.mean, item.questions) for name, item in found.items() if item} == {
        "date": (0.5, 2),
        "vote": (0.5, 2),
    }
    assert cell(result, "Raadspoor", "AP") is None
    assert [measure.name for measure in taken(result, "Raadspoor")] == ["facts"]
    assert all(callable(by) for by in GROUPS.values())
    assert groups(result, "form") == {}
    (item,) = compared(result, result, chosen=groups(result, "type")["vote"])
    assert item.difference.questions == 2


def test_what_went_wrong_is_listed_by_what_it_was() -> None:
    """This test ensures that whoever improves the product sees which questions to look at, and why."""
    outcomes = {
        "fine": ({"any sentence": 1.0, "first sentence": 1.0, "RR": 1.0}, {}),
        "second": ({"any sentence": 1.0, "first sentence": 0.0, "RR": 0.1}, {}),
        "wrong": ({"any sentence": 0.0, "first sentence": 0.0, "RR": 1 / 11}, {}),
        "silent": ({"any sentence": 0.0, "first sentence": 0.0, "RR": 1.0}, {"verdict": Verdict.NOT_FOUND}),
        "trap": ({"keeps silent": 0.0}, {}),
        "seen": ({"keeps silent": 1.0}, {"verdict": Verdict.NOT_FOUND}),
    }
    result = replace(
        a_result({"facts": [0.0]}),
        questions=tuple(asked(id_, answerable=id_ not in ("trap", "seen")) for id_ in outcomes),
        systems={"Raadspoor": tuple(given_(values, **more) for values, more in outcomes.values())},
    )
    assert failures(result) == {
        "answered though nothing answers it": ("trap",),
        "not found though it can be answered": ("silent",),
        "no right sentence": ("wrong",),
        "right sentence, but not first": ("second",),
        "no helpful document among the first ten": ("wrong",),
    }


def test_what_nobody_judged_is_counted() -> None:
    """This test ensures that an unjudged quote is told and not passed off as a wrong one."""
    citation = Citation(document="a", spans=(Span(page=1, start=0, end=1),))
    known = Quoted(citation=citation, right=False, judged=True, verified=True)
    unknown = replace(known, judged=False)
    assert unjudged_sentences([given_({}, sentences=(known, unknown)), given_({}, sentences=(unknown,))]) == (2, 3)


# The gate


def test_the_gate_opens_for_the_same_and_for_better() -> None:
    """This test ensures that what was accepted passes after being kept, rounded and read again."""
    accepted = a_result({"nDCG@10": [at / 7 for at in range(7)] * 6, "verified": [1.0] * 42})
    assert gate(kept(accepted), accepted).reasons == ()
    assert gate(a_result({"nDCG@10": BAD}), a_result({"nDCG@10": GOOD})).reasons == ()


def test_the_gate_shuts_on_a_loss_that_is_more_than_chance() -> None:
    """This test ensures that a worse version is named with its measure, its figures and its questions."""
    found = gate(a_result({"nDCG@10": GOOD, "facts": GOOD}), a_result({"nDCG@10": GOOD, "facts": BAD}))
    (reason,) = found.reasons
    assert reason.startswith("facts fell from 0.850 to 0.550 on 40 questions")
    assert "q2" in reason


def test_the_gate_does_not_shut_on_chance() -> None:
    """This test ensures that one question that went the other way stops nobody's work."""
    worse = [*GOOD[:-1], 0.0]
    assert gate(a_result({"nDCG@10": GOOD}), a_result({"nDCG@10": worse})).reasons == ()


def test_one_quote_that_stands_nowhere_shuts_the_gate() -> None:
    """This test ensures that a false quote is a fault and no matter of statistics."""
    accepted = a_result({"facts": GOOD, "verified": [1.0] * 40})
    (reason,) = gate(accepted, a_result({"facts": GOOD, "verified": [1.0] * 39 + [0.8]})).reasons
    assert reason == "quotes that do not stand at their address: q39"


def test_the_gate_tells_which_questions_take_no_part() -> None:
    """This test ensures that a gate over a changed gold set says how much of it was compared."""
    accepted = a_result({"facts": GOOD})
    now = a_result({"facts": GOOD}, gold=GoldMark(file="gold.jsonl", sha256=sha_of("grown")))
    questions = (replace(now.questions[0], mark="anew"), *now.questions[1:])
    now = replace(now, questions=questions, papers=replace(now.papers, text="read otherwise"))
    found = gate(accepted, now)
    assert found.questions == 39
    assert [notice.split()[0] for notice in found.notices] == ["1", "1", "the"]


def test_accepting_is_logged_with_its_reason(tmp_path: Path) -> None:
    """This test ensures that who lowers the bar leaves a trace: when, why, from what to what."""
    path = tmp_path / "accepted.json"
    accept(a_result({"facts": GOOD}), path, why="The first version")
    accept(a_result({"facts": BAD}, made_by=made_by(commit="b" * 40)), path, why=" Simpler, and worse ")
    assert read_result(path).mean("Raadspoor", "facts") == pytest.approx(0.55)
    first, second = (json.loads(line) for line in (tmp_path / "accepted.log.jsonl").read_text().splitlines())
    assert (first["why"], first["before"], first["means"]) == ("The first version", "", {"facts": 0.85})
    assert (second["why"], second["before"], second["commit"]) == ("Simpler, and worse", "a" * 40, "b" * 40)
    assert second["means_before"] == {"facts": 0.85}


@pytest.mark.parametrize("broken", ["accepted.json", "accepted.log.jsonl"])
def test_where_one_of_both_files_cannot_be_written_the_other_stays_as_it_was(tmp_path: Path, broken: str) -> None:
    """This test ensures that nothing is accepted without its log, and nothing logged that is not accepted."""
    path = tmp_path / "accepted.json"
    accept(a_result({"facts": GOOD}), path, why="The first version")
    (tmp_path / broken).unlink()
    (tmp_path / broken).mkdir()
    (other,) = (each for each in tmp_path.iterdir() if each.is_file())
    before = other.read_bytes()
    with pytest.raises(UsageError, match=f"{broken} cannot be written"):
        accept(a_result({"facts": BAD}, made_by=made_by(commit="b" * 40)), path, why="Simpler, and worse")
    assert other.read_bytes() == before


@pytest.mark.parametrize(("commit", "why"), [("a" * 40, " "), ("", "why"), ("a" * 40 + "+changed", "why")])
def test_nothing_is_accepted_without_reason_or_commit(tmp_path: Path, commit: str, why: str) -> None:
    """This test ensures that an accepted figure can be made again from a commit, and that somebody stands for it."""
    with pytest.raises(UsageError):
        accept(a_result({"facts": GOOD}, made_by=made_by(commit=commit)), tmp_path / "accepted.json", why=why)
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_holds_no_words_and_no_quotes(tmp_path: Path) -> None:
    """This test ensures that the accepted result can lie in the open: values and marks only."""
    citation = Citation(document="a", spans=(Span(page=1, start=0, end=1),))
    quoted = Quoted(citation=citation, right=True, judged=True, verified=True)
    result = a_result({"facts": [0.123456789]}, questions=(asked("q0", text="Wie is het?", need="de naam"),))
    result = replace(result, systems={"Raadspoor": (given_({"facts": 0.123456789}, sentences=(quoted,)),), "BM25": ()})
    small: Result = kept(result)
    write_result(tmp_path / "kept.json", small)
    text = (tmp_path / "kept.json").read_text()
    assert "Wie is het" not in text and "de naam" not in text and "BM25" not in text and '"spans"' not in text
    assert small.values("Raadspoor", "facts") == {"q0": 0.123457}
