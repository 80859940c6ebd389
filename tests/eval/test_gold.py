"""The gold set: its form, line by line, and that every quote stands where it is said to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Address, Catalogue, DataFolder, UsageError, readable
from eval import CataloguePapers, QuestionType, Split, locate, only, read_gold
from eval.gold import QuestionForm, Why
from eval.places import places_of
from tests.eval.town import PARKING, POOL, judgement, question, store, unanswerable
from tests.fakes import sha_of

Write = Callable[..., Path]


def judged_as(**changes: Any) -> dict[str, Any]:
    return question(judgements=[judgement(), judgement(**changes)])


@pytest.fixture
def papers(town: DataFolder) -> Iterator[CataloguePapers]:
    catalogue = Catalogue(town.catalogue)
    yield CataloguePapers(catalogue)
    catalogue.close()


def test_a_good_line_becomes_a_question(gold_file: Write) -> None:
    """This test ensures that nothing of what a judge wrote is lost on reading."""
    gold = read_gold(gold_file(question(), "", unanswerable(id="q2", type="vague")))
    first, second = gold.questions
    assert (first.id, first.type, first.dossier, first.facts) == ("q1", "amount", "zwembad", ("€ 18.550.000",))
    assert first.judgements[0].file == "pool.pdf" and first.judgements[0].grade == 3
    assert (second.line, second.type, second.answerable, second.judgements) == (3, QuestionType.VAGUE, False, ())
    assert (first.form, first.why, second.form, second.why) == (None, None, None, None)
    assert len(gold.sha256) == 64


def test_how_a_question_is_put_and_why_nothing_answers_it_are_kept(gold_file: Write) -> None:
    """This test ensures that figures can be told apart by both, and that what refutes a premise can be judged."""
    refuted = unanswerable(id="q2", why="false_premise", judgements=[judgement(grade=1), judgement(grade=0)])
    first, second = read_gold(gold_file(question(form="misspelt"), refuted)).questions
    assert (first.form, first.why) == (QuestionForm.MISSPELT, None)
    assert (second.form, second.why) == (None, Why.FALSE_PREMISE)
    assert [item.grade for item in second.judgements] == [1, 0]


def test_a_split_is_taken_alone(gold_file: Write) -> None:
    """This test ensures that the half to tune on can be measured without a look at the other."""
    gold = read_gold(gold_file(question(split="dev"), question(id="q2", split="test"), question(id="q3")))
    assert [item.id for item in only(gold, Split.TEST).questions] == ["q2"]
    assert only(gold, Split.DEV).sha256 == gold.sha256
    with pytest.raises(UsageError, match="no question with the split 'test'"):
        only(only(gold, Split.DEV), Split.TEST)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (question(id=None), "id is missing"),
        (question(id="  "), "id is empty"),
        (question(id="q 2"), "white space"),
        (question(question=7), "question must be text"),
        (question(type="sum"), "type 'sum' is none of amount"),
        (question(split="train"), "split 'train' is none of dev, test"),
        (question(answerable="yes"), "answerable must be true or false"),
        (question(facts=["ok", " "]), "facts must be texts"),
        (question(judgements="none"), "judgements must be a list"),
        (question(judgements=[]), "answerable, but no judgement has grade 2 or 3"),
        (question(judgements=[judgement(grade=1)]), "answerable, but no judgement has grade 2 or 3"),
        (unanswerable(judgements=[judgement()]), "not answerable, but a judgement has grade 2 or 3"),
        (unanswerable(judgements=[judgement(grade=1), judgement(grade=2)]), "not answerable, but a judgement has"),
        (unanswerable(why="unknown"), "why 'unknown' is none of absent, later, false_premise, hidden"),
        (unanswerable(why=False), "why must be text"),
        (question(why="absent"), "answerable, but why is 'absent'"),
        (question(form="shouted"), "form 'shouted' is none of question, keywords, memory, misspelt"),
        (question(qestion="x"), "unknown field 'qestion'"),
        (question(judgements=["pool.pdf"]), "judgement 1: not a JSON object"),
        (judged_as(grade=4), "judgement 2: grade 4 is out of range: 0 to 3"),
        (judged_as(grade=-1), "judgement 2: grade -1 is out of range"),
        (judged_as(grade=True), "judgement 2: grade must be a whole number"),
        (judged_as(page=0), "judgement 2: page 0 is out of range: 1 or more"),
        (judged_as(page=None), "judgement 2: page is missing"),
        (judged_as(file=None), "judgement 2: give either file or document"),
        (judged_as(document=sha_of("pool.pdf")), "judgement 2: give either file or document"),
        (judged_as(file=None, document="abc"), "judgement 2: document 'abc' is no SHA-256"),
        (judged_as(quote="…"), "holds no letter or digit"),
        (judged_as(start=1, end=5), "give either a quote or start and end"),
        (judged_as(quote=None, start=5, end=5), "end 5 is out of range"),
        (judged_as(quote=None, start=5), "end is missing"),
        (judged_as(quot="x"), "judgement 2: unknown field 'quot'"),
    ],
)
def test_a_wrong_line_is_named_with_its_reason(gold_file: Write, line: dict[str, Any] | str, reason: str) -> None:
    """This test ensures that whoever writes a gold set learns which line to repair and why."""
    with pytest.raises(UsageError) as error:
        read_gold(gold_file(question(id="q0"), line))
    assert "gold.jsonl: line 2: " in str(error.value)
    assert reason in str(error.value)
    assert error.value.exit_code == 2


def test_all_wrong_lines_are_named_at_once(gold_file: Write) -> None:
    """This test ensures that repairing a gold set does not take one run per error."""
    with pytest.raises(UsageError, match=r"line 1: not JSON.*; line 3: type 'x'"):
        read_gold(gold_file("{", question(), question(id="q3", type="x")))


def test_more_than_ten_wrong_lines_are_counted(gold_file: Write) -> None:
    """This test ensures that a wholly wrong file does not fill the screen."""
    with pytest.raises(UsageError, match=r"line 10: .*\(and 2 more\)"):
        read_gold(gold_file(*["{"] * 12))


def test_an_id_that_stands_twice_is_refused(gold_file: Write) -> None:
    """This test ensures that no question counts double or hides another."""
    with pytest.raises(UsageError, match="line 2: id 'q1' stands on line 1 already"):
        read_gold(gold_file(question(), question(question="Iets anders?")))


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """This test ensures that a file in another encoding is refused and not misread."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"id": "caf\xe9"}\n')
    with pytest.raises(UsageError, match="line 1: not UTF-8"):
        read_gold(path)


def test_an_empty_or_missing_file_is_refused(tmp_path: Path) -> None:
    """This test ensures that an average over nothing is never printed."""
    with pytest.raises(UsageError, match="No such file"):
        read_gold(tmp_path / "gold.jsonl")
    (tmp_path / "gold.jsonl").write_text("\n\n")
    with pytest.raises(UsageError, match="holds no question"):
        read_gold(tmp_path / "gold.jsonl")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"file": "absent.pdf"}, "'absent.pdf' is unknown"),
        ({"file": None, "document": sha_of("absent.pdf")}, "is unknown"),
        ({"file": "secret.pdf", "quote": None}, "'secret.pdf' is unknown"),
        ({"page": 3}, "'pool.pdf' has no page 3"),
        ({"page": 2}, "does not stand on page 2 of 'pool.pdf'"),
        ({"quote": "Het bad opent in september 2026 zijn deuren."}, "2026 zijn deuren.” does not stand on page 1"),
        ({"quote": None, "start": 0, "end": 9999}, "characters, and end is 9999"),
    ],
)
def test_a_judgement_of_what_is_not_there_is_refused(
    gold_file: Write, papers: CataloguePapers, wrong: dict[str, Any], reason: str
) -> None:
    """This test ensures that every judgement can be walked back to the papers before anything is measured."""
    gold = read_gold(gold_file(question(id="q0"), judged_as(**wrong)))
    with pytest.raises(UsageError) as error:
        locate(gold, papers)
    assert "line 2: q1, judgement 2: " in str(error.value)
    assert reason in str(error.value)


def test_a_path_that_stands_for_two_papers_is_refused(gold_file: Write, tmp_path: Path) -> None:
    """This test ensures that a judgement is never given to the wrong one of two papers of the same name."""
    catalogue = Catalogue(tmp_path / "catalogue.sqlite", create=True)
    store(catalogue, "pool.pdf", POOL)
    store(catalogue, "other.pdf", POOL)
    with catalogue.writing():
        catalogue.put_address(
            Address(source="elsewhere", path="pool.pdf", document=sha_of("other.pdf"), size=1, changed=1)
        )
    with pytest.raises(UsageError, match=r"'pool\.pdf' stands for 2 papers"):
        locate(read_gold(gold_file(question())), CataloguePapers(catalogue))
    catalogue.close()


def test_a_quote_is_found_over_a_hyphenated_line_end(gold_file: Write, papers: CataloguePapers) -> None:
    """This test ensures that a judge can copy what a reader sees, and that the address is the page's own."""
    found = locate(read_gold(gold_file(question())), papers)["q1"][0]
    (place,) = found.places
    stands = POOL[0][place.start : place.end]
    assert stands.startswith("De raad stelt") and stands.endswith("zwembad.") and "beschik\ufffe\nbaar" in stands
    assert (found.document, found.page, found.grade) == (sha_of("pool.pdf"), 1, 3)


def test_a_quote_that_stands_twice_has_two_places(gold_file: Write, papers: CataloguePapers) -> None:
    """This test ensures that an answer is right wherever on the page it repeats the judged words."""
    quote = "Wij willen dat het eerste uur parkeren gratis blijft."
    gold = read_gold(gold_file(question(judgements=[judgement(file="parking.pdf", quote=quote)])))
    first, second = locate(gold, papers)["q1"][0].places
    assert first.end <= second.start
    assert readable(PARKING[0][second.start : second.end]) == quote


def test_an_address_and_a_page_need_no_quote(gold_file: Write, papers: CataloguePapers) -> None:
    """This test ensures that papers can be judged whose text may not be written down."""
    by_address = judgement(file=None, document=sha_of("pool.pdf"), quote=None, start=3, end=9)
    by_page = judgement(quote=None, page=2, grade=0)
    gold = read_gold(gold_file(question(judgements=[by_address, by_page])))
    first, second = locate(gold, papers)["q1"]
    assert [(place.page, place.start, place.end) for place in first.places] == [(1, 3, 9)]
    assert (second.page, second.grade, second.places) == (2, 0, ())


def test_a_quote_from_a_badly_read_scan_counts_as_its_page(gold_file: Write, papers: CataloguePapers) -> None:
    """This test ensures that a gold set is not refused because OCR misread a word."""
    quote = "de waterleiding in de Molenstraat lekt"
    gold = read_gold(gold_file(question(judgements=[judgement(file="scan.pdf", quote=quote)])))
    assert locate(gold, papers)["q1"][0].places == ()


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("een twee", "een  twee", [(0, 9)]),
        ("een twee", "geen twee", [(1, 9)]),
        ("- een twee", "x\n- een\ntwee", [(2, 12)]),
        ("Noord-Holland", "in Noord-\ufffe\nHolland", [(3, 18)]),
        ("Noord-Holland", "in Noord-\nHolland", [(3, 17)]),
        ("bij-na", "bijna", []),
        ("café", "een cafe\u0301", [(4, 9)]),
        ("(1) ja", "(1)\u00a0ja (1) ja", [(0, 6), (7, 13)]),
        ("aa", "aaa", [(0, 2), (1, 3)]),
        ("twee", "een", []),
        ("een", "", []),
    ],
)
def test_places_are_exact(quote: str, text: str, found: list[tuple[int, int]]) -> None:
    """This test ensures that a quote is found as a reader sees it, and nothing else is."""
    assert list(places_of(quote, text)) == found


WORDS = st.text(alphabet="abé1€.,(", min_size=1, max_size=6).filter(lambda word: any(c.isalnum() for c in word))
GAPS = st.sampled_from([" ", "  ", "\n", "\r\n", "\u00a0", "\ufffe\n", "\x02\r\n", "-\n", "\t"])


@given(st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=12), st.data())
def test_whatever_a_reader_sees_is_found_again(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    """This test ensures that any stretch of whole words of any page can be judged by quoting it."""
    starts = [0]
    for word, gap in pieces:
        starts.append(starts[-1] + len(word) + len(gap))
    text = "".join(word + gap for word, gap in pieces)
    low = data.draw(st.integers(0, len(pieces) - 1))
    high = data.draw(st.integers(low, len(pieces) - 1))
    quote = readable(text[starts[low] : starts[high] + len(pieces[high][0])])
    found = list(places_of(quote, text))
    assert found
    assert all(readable(text[start:end]) == quote for start, end in found)
