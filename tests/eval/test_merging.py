"""Judgements that become lines of the gold set: what goes in, what waits, and that nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council import UsageError
from eval import Gold, read_gold
from eval.gold import QuestionType, Split, Why
from eval.judging.describing import Description
from eval.judging.gold_writing import merged_content, write_merge
from eval.judging.judgements import Described, Graded, Judgements
from eval.judging.merging import Merge, Rule, plan_merge
from eval.judging.pool import Place
from tests.eval.heap import PARKING_PDF, POOL_PDF, a_pool, page, sentence
from tests.eval.test_pool import ANY_PLACE
from tests.eval.town import judgement, question, unanswerable, write_gold

Write = Callable[..., Path]
A, B, C = page(PARKING_PDF, 1), sentence(POOL_PDF, 1, 3, 9), page(POOL_PDF, 2)
ABOUT = Description(
    text="Wat kost het bad?", type=QuestionType.AMOUNT, answerable=True, need="de prijs", facts=("€ 1",)
)
NOBODY = Description(text="Wie won?", type=QuestionType.PERSON, answerable=False, why=Why.ABSENT)


def judge(
    name: str, grades: Mapping[tuple[str, Place], int | None], described: Mapping[str, Description | None] | None = None
) -> Judgements:
    return Judgements(
        path=Path(f"{name}.jsonl"),
        judge=name,
        graded={key: Graded(question=key[0], place=key[1], grade=grade) for key, grade in grades.items()},
        described={id_: Described(question=id_, description=it) for id_, it in (described or {}).items()},
    )


@pytest.fixture
def gold(gold_file: Write) -> Gold:
    return read_gold(gold_file(question(), unanswerable(id="q2", question="Wie won de loterij?")))


def plan(gold: Gold, judges: list[Judgements], pool: dict[str, list[Place]], **more: Any) -> Merge:
    return plan_merge(gold, a_pool(Path("pool.jsonl"), **pool), judges, **more)


def grades(merge: Merge, id_: str) -> dict[Place, int]:
    return {it.place: it.grade for it in merge.additions.get(id_, ())}


def whys(merge: Merge) -> list[tuple[str, str]]:
    return [(held.question, held.why) for held in merge.held]


def test_one_judge_is_taken_at_their_word(gold: Gold) -> None:
    """This test ensures that grades go in, and that what was passed over or not judged does not."""
    said = judge("anna", {("q1", A): 0, ("q1", B): None})
    merge = plan(gold, [said], {"q1": [A, B, C]})
    assert grades(merge, "q1") == {A: 0} and merge.held == () and merge.new == ()


def test_what_two_judges_differ_on_waits(gold: Gold) -> None:
    """This test ensures that no grade is made up between two judges, and that half of a judgement is none."""
    one = judge("anna", {("q1", A): 1, ("q1", B): 3, ("q1", C): 2})
    other = judge("bert", {("q1", A): 1, ("q1", B): 1})
    merge = plan(gold, [one, other], {"q1": [A, B, C]})
    assert grades(merge, "q1") == {A: 1}
    assert whys(merge) == [("q1", "the judges differ: 3 and 1"), ("q1", "one of the judges has not judged it yet")]
    passed = plan(gold, [judge("a", {("q1", A): 2}), judge("b", {("q1", A): None})], {"q1": [A]}, rule=Rule.LOWER)
    assert passed.empty and whys(passed) == [("q1", "the judges differ: 2 and passed over")]


def test_a_third_settles_what_two_differ_on(gold: Gold) -> None:
    """This test ensures that the last word is that of who settles it, and is heard only where it was spoken."""
    one, other = judge("anna", {("q1", A): 1, ("q1", B): 3}), judge("bert", {("q1", A): 2, ("q1", B): 0})
    third = judge("chair", {("q1", A): 0})
    merge = plan(gold, [one, other], {"q1": [A, B]}, settled=third)
    assert grades(merge, "q1") == {A: 0} and whys(merge) == [("q1", "the judges differ: 3 and 0")]


def test_the_lower_grade_counts_where_that_is_asked_for(gold: Gold) -> None:
    """This test ensures that the rule is the one that was named, and never the rule without being named."""
    one, other = judge("anna", {("q1", A): 1, ("q1", B): 3}), judge("bert", {("q1", A): 2, ("q1", B): 3})
    assert grades(plan(gold, [one, other], {"q1": [A, B]}, rule=Rule.LOWER), "q1") == {A: 1, B: 3}


def test_a_question_without_an_answer_gets_none_by_itself(gold: Gold) -> None:
    """This test ensures that a judge who finds an answer after all is heard, and that the gold set does not break."""
    merge = plan(gold, [judge("anna", {("q2", A): 3, ("q2", C): 1})], {"q2": [A, C]})
    assert grades(merge, "q2") == {C: 1}
    assert whys(merge) == [("q2", "graded 3, but by the gold set nothing answers the question")]


def test_merging_twice_adds_nothing_twice(gold: Gold) -> None:
    """This test ensures that a command that is given again does no harm, with new questions too."""
    said = judge("anna", {("q1", A): 1, ("new1", B): 3}, {"new1": ABOUT})
    pool = {"q1": [A], "new1": [B, C]}
    after = write_merge(gold, plan(gold, [said], pool))
    again = plan(after, [said], pool)
    assert again.empty and again.already == 2 and again.held == ()
    more = judge("anna", {("q1", A): 2, ("new1", B): 3, ("new1", C): 1}, {"new1": ABOUT})
    third = plan(after, [more], pool)
    assert grades(third, "q3") == {C: 1} and whys(third) == [("q1", "the gold set says 1, not 2")]


def test_a_new_question_gets_the_next_id(gold_file: Write) -> None:
    """This test ensures that new questions follow the form of the ids that are there, and never take one."""
    gold = read_gold(gold_file(question(id="q009"), question(id="x7"), question(id="q3")))
    said = judge("anna", {("new1", A): 3, ("new2", A): 0}, {"new1": ABOUT, "new2": NOBODY, "new3": None})
    merge = plan(gold, [said], {"new1": [A], "new2": [A], "new3": [B]})
    assert [(line.id, line.description) for line in merge.new] == [("q010", ABOUT), ("q011", NOBODY)]
    assert merge.held == ()
    words = read_gold(gold_file(question(id="eerste")))
    assert [line.id for line in plan(words, [said], {"new1": [A]}).new] == ["q001"]


def test_a_new_question_that_contradicts_itself_waits(gold: Gold) -> None:
    """This test ensures that no line comes into the gold set that its own reader refuses."""
    said = judge("anna", {("new1", A): 1, ("new2", A): 2}, {"new1": ABOUT, "new2": NOBODY})
    merge = plan(gold, [said], {"new1": [A], "new2": [A]})
    assert merge.new == () and whys(merge) == [
        ("new1", "it is said to be answered, but no place has grade 2 or 3 yet"),
        ("new2", "it is said to have no answer, but a place has grade 2 or 3"),
    ]


def test_a_new_question_needs_both_judges(gold: Gold) -> None:
    """This test ensures that a question is described alike by both before it measures anything, or settled."""
    other = replace(ABOUT, facts=("€ 2",))
    key = ("new1", A)
    pool = {"new1": [A]}
    alone = plan(gold, [judge("anna", {key: 3}, {"new1": ABOUT}), judge("bert", {key: 3})], pool)
    assert alone.new == () and whys(alone) == [("new1", "not every judge has described it yet")]
    both = [judge("anna", {key: 3}, {"new1": ABOUT}), judge("bert", {key: 3}, {"new1": other})]
    assert whys(plan(gold, both, pool)) == [("new1", "the judges describe it differently")]
    settled = plan(gold, both, pool, settled=judge("chair", {}, {"new1": other}))
    assert [line.description for line in settled.new] == [other]
    assert plan(gold, both, pool, settled=judge("chair", {}, {"new1": None})).new == ()


def test_two_new_questions_of_the_same_words_do_not_both_come_in(gold: Gold) -> None:
    """This test ensures that what two readers asked alike does not count double."""
    said = judge(
        "anna", {("new1", A): 3, ("new2", A): 3}, {"new1": ABOUT, "new2": replace(ABOUT, text="wat  KOST het bad?")}
    )
    merge = plan(gold, [said], {"new1": [A], "new2": [A]})
    assert len(merge.new) == 1 and whys(merge) == [("new2", "another new question has the same words")]


def test_a_gold_set_of_halves_must_be_told_which(gold_file: Write) -> None:
    """This test ensures that no question comes to stand in neither half without anybody noticing."""
    gold = read_gold(gold_file(question(split="dev")))
    said = judge("anna", {("new1", A): 3}, {"new1": ABOUT})
    with pytest.raises(UsageError, match="--split"):
        plan(gold, [said], {"new1": [A]})
    assert plan(gold, [said], {"new1": [A]}, split=Split.TEST).new[0].split is Split.TEST


def test_files_that_do_not_belong_together_are_refused(gold: Gold) -> None:
    """This test ensures that the wrong file is noticed, and not merged as if it said nothing."""
    said = judge("anna", {("q1", A): 1})
    with pytest.raises(UsageError, match="each must be of another judge"):
        plan(gold, [said, said], {"q1": [A]})
    with pytest.raises(UsageError, match="says nothing of"):
        plan(gold, [said], {"q1": [B]})
    with pytest.raises(UsageError, match="'q9' is no question of"):
        plan(gold, [judge("anna", {("q9", A): 1})], {"q9": [A]})


RAW = (
    b'\xef\xbb\xbf{"id":"q1","question":"Wat?",  "type":"amount","answerable":true,'
    b'"judgements":[{"file":"pool.pdf","page":1,"grade":3}], "need":"caf\\u00e9"}\r\n'
    b"\r\n"
    b'{ "id": "q2", "question": "Wie won de loterij?", "type": "person", "answerable": false }'
)


def test_untouched_lines_stay_as_they_are(tmp_path: Path) -> None:
    """This test ensures that a merge shows in the history as what it is: byte for byte, order, marks and line ends."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(RAW)
    gold = read_gold(path)
    said = judge("anna", {("q1", A): 1, ("new1", B): 3}, {"new1": ABOUT})
    pool = {"q1": [A], "new1": [B]}
    first, blank, last, added = merged_content(gold, plan(gold, [said], pool)).split(b"\r\n")[:4]
    assert blank == b"" and last == RAW.split(b"\r\n")[2]
    assert first.startswith(b'\xef\xbb\xbf{"id": "q1", "question": "Wat?", "type"') and "café".encode() in first
    assert json.loads(added)["judgements"] == [{"document": POOL_PDF, "page": 1, "start": 3, "end": 9, "grade": 3}]
    only_new = merged_content(gold, plan(gold, [judge("anna", {("new1", B): 3}, {"new1": ABOUT})], {"new1": [B]}))
    assert only_new.startswith(RAW + b"\r\n{")


def test_a_merge_that_would_break_the_gold_set_writes_nothing(gold: Gold) -> None:
    """This test ensures that the file is as it was when the outcome would not be read."""
    said = judge("anna", {("new1", B): 3}, {"new1": ABOUT})
    merge = plan(gold, [said], {"new1": [B]})
    before = gold.path.read_bytes()
    broken = replace(merge, new=(replace(merge.new[0], id="q1"),))
    with pytest.raises(UsageError, match=r"nothing was merged.*id 'q1' stands on line 1 already"):
        write_merge(gold, broken)
    assert gold.path.read_bytes() == before
    gold.path.write_bytes(before + b"\n")
    with pytest.raises(UsageError, match="was changed meanwhile"):
        write_merge(gold, merge)


def test_rights_and_links_of_the_file_stay(gold: Gold, tmp_path: Path) -> None:
    """This test ensures that a gold set that is linked to, or only the owner's to read, stays so."""
    gold.path.chmod(0o640)
    link = tmp_path / "link.jsonl"
    link.symlink_to(gold.path)
    linked = read_gold(link)
    write_merge(linked, plan(linked, [judge("anna", {("q1", A): 1})], {"q1": [A]}))
    assert link.is_symlink() and gold.path.stat().st_mode & 0o777 == 0o640
    assert len(read_gold(gold.path).questions[0].judgements) == 2
    assert sorted(it.name for it in tmp_path.iterdir()) == ["gold.jsonl", "link.jsonl"]


GRADED = st.dictionaries(ANY_PLACE, st.integers(0, 3), min_size=1, max_size=8)


@given(known=GRADED, new=GRADED, ending=st.sampled_from(["", "\n"]))
@settings(max_examples=60)
def test_a_merge_reads_back_as_what_was_judged(
    tmp_path_factory: pytest.TempPathFactory, known: dict[Place, int], new: dict[Place, int], ending: str
) -> None:
    """This test ensures that every judgement comes through the gold file as it was given, and no other does."""
    path = write_gold(tmp_path_factory.mktemp("gold"), question(), question(id="q2", judgements=[judgement(grade=2)]))
    path.write_text(path.read_text("utf-8") + ending, "utf-8")
    gold = read_gold(path)
    about = ABOUT if max(new.values()) >= 2 else NOBODY
    said = judge(
        "anna", {**{("q1", it): known[it] for it in known}, **{("new1", it): new[it] for it in new}}, {"new1": about}
    )
    after = write_merge(gold, plan(gold, [said], {"q1": list(known), "new1": list(new)}))
    first, second, third = after.questions
    assert first.judgements[: len(gold.questions[0].judgements)] == gold.questions[0].judgements
    assert second == gold.questions[1]

    def places(judgements: Any) -> dict[Place, int]:
        return {
            Place(document=it.document, page=it.page, offsets=it.offsets): it.grade for it in judgements if it.document
        }

    assert places(first.judgements) == known and places(third.judgements) == new
    assert (third.id, third.text, third.type, third.answerable) == ("q3", about.text, about.type, about.answerable)
    assert (third.need, third.facts, third.why) == (about.need, about.facts, about.why)
