"""New questions for the gold set: only with permission, without the people in them, and not beyond their term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from council import Catalogue, Citation, DataFolder, Feedback, KeptQuestion, Span, UsageError, Verdict
from council.settings import Settings
from council.usage_store import UsageStore
from eval.judging.feedback import NOW, SHOWN, Search, add_own, add_readers, opened_pool, searching, take_in
from eval.judging.pool import Candidate, Place, Pool, read_pool, write_pool
from tests.eval.heap import PARKING_PDF, POOL_PDF, SECRET_PDF, page, sentence
from tests.eval.town import make_town
from tests.fakes import FakeEmbedder, sha_of

TODAY = dt.date(2026, 2, 1)
LATER = TODAY + dt.timedelta(days=30)
KEEPING = Settings(usage=True, keep_questions_days=60)
NOTHING = Pool(path=Path("pool.jsonl"), questions=())


def cited(document: str, start: int, end: int) -> Citation:
    return Citation(document=document, spans=(Span(page=1, start=start, end=end),))


def kept(id_: str, text: str = "Wat kost het zwembad?", **more: object) -> KeptQuestion:
    good = KeptQuestion(
        id=id_,
        day=TODAY,
        until=LATER,
        question=text,
        feedback=Feedback.NO,
        verdict=Verdict.ANSWERED,
        citations=(
            cited(POOL_PDF, 3, 9),
            cited(SECRET_PDF, 0, 9),
            cited(POOL_PDF, 0, 99_999),
            cited(sha_of("x"), 0, 1),
        ),
    )
    return replace(good, **more)


def finds(*places: Place) -> Search:
    return lambda question: [Candidate(place=place, systems=(NOW,)) for place in places]


@pytest.fixture
def catalogue(town: DataFolder) -> Iterator[Catalogue]:
    opened = Catalogue(town.catalogue)
    yield opened
    opened.close()


def test_a_readers_question_is_pooled_with_what_was_shown_and_is_found_now(catalogue: Catalogue) -> None:
    """This test ensures that judges see what the reader saw, and what may help where that did not."""
    addition = add_readers(
        NOTHING,
        [kept("ab")],
        finds(page(PARKING_PDF, 1), sentence(POOL_PDF, 1, 3, 9)),
        catalogue,
        today=TODAY,
    )
    (question,) = addition.pool.questions
    assert (addition.added, addition.known, addition.gone) == (1, 0, 0)
    assert (question.id, question.text, question.new, question.until) == (
        "reader-ab",
        "Wat kost het zwembad?",
        True,
        LATER,
    )
    assert {item.place: item.systems for item in question.candidates} == {
        sentence(POOL_PDF, 1, 3, 9): (SHOWN, NOW),
        page(PARKING_PDF, 1): (NOW,),
    }


def test_adding_twice_adds_nothing_twice(catalogue: Catalogue, tmp_path: Path) -> None:
    """This test ensures that a command given every week takes each question once, and that the file is private."""
    pool = replace(NOTHING, path=tmp_path / "pool.jsonl")
    first = add_readers(pool, [kept("ab")], finds(), catalogue, today=TODAY)
    write_pool(first.pool)
    assert pool.path.stat().st_mode & 0o777 == 0o600, "questions of readers are for their owner alone"
    again = add_readers(
        opened_pool(pool.path),
        [kept("ab"), kept("cd")],
        finds(page(PARKING_PDF, 1)),
        catalogue,
        today=TODAY,
    )
    assert (again.added, again.known, again.gone) == (1, 1, 0)
    assert again.pool.questions[0] == first.pool.questions[0]


def test_a_question_that_was_taken_back_leaves_the_pool(catalogue: Catalogue) -> None:
    """This test ensures that a reader who changes their mind is heard here too, and one's own questions stay."""
    pool = add_own(NOTHING, "Wie won?", finds()).pool
    pool = add_readers(pool, [kept("ab"), kept("cd")], finds(), catalogue, today=TODAY).pool
    after = add_readers(pool, [kept("cd")], finds(), catalogue, today=TODAY)
    assert [question.id for question in after.pool.questions] == [pool.questions[0].id, "reader-cd"]
    assert (after.added, after.gone) == (0, 1)
    over = add_readers(after.pool, [], finds(), catalogue, today=LATER)
    assert len(over.pool.questions) == 1 and over.gone == 1


def test_personal_data_are_masked(catalogue: Catalogue) -> None:
    """This test ensures that no e-mail address or telephone number comes into a pool, whoever wrote it down."""
    own = add_own(NOTHING, " Belt  j.jansen@example.nl  met 06-12345678? ", finds())
    assert own.pool.questions[0].text == "Belt [e-mailadres] met [telefoonnummer]?"
    theirs = add_readers(NOTHING, [kept("ab", "mail a@example.nl")], finds(), catalogue, today=TODAY)
    assert theirs.pool.questions[0].text == "mail [e-mailadres]"


@pytest.mark.parametrize("text", ["", "?!", "x" * 2_001])
def test_a_question_without_words_or_end_is_refused(text: str) -> None:
    """This test ensures that nobody is asked to judge for nothing."""
    with pytest.raises(UsageError, match="at least a letter"):
        add_own(NOTHING, text, finds())


def test_ones_own_question_is_added_once() -> None:
    """This test ensures that the same question in other letters does not stand in the pool twice."""
    first = add_own(NOTHING, "Wie won?", finds())
    again = add_own(first.pool, "wie  WON?", finds())
    assert (again.added, again.known, again.pool) == (0, 1, first.pool)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    make_town(made)
    return made


def store(data: DataFolder, *questions: KeptQuestion) -> None:
    opened = UsageStore(data.usage)
    for question in questions:
        opened.keep(question)
    opened.close()


def test_nothing_is_taken_where_nothing_is_kept(data: DataFolder) -> None:
    """This test ensures that a municipality that keeps no questions is told how, and that none slip through."""
    catalogue = Catalogue(data.catalogue)
    store(data, kept("ab"))
    for settings in (Settings(), Settings(usage=True), Settings(keep_questions_days=60)):
        found = take_in(NOTHING, data, settings, finds(), catalogue, today=TODAY)
        assert found.pool.questions == () and "RAADSPOOR_KEEP_QUESTIONS_DAYS" in str(found.refused)
    catalogue.close()


def test_nothing_is_taken_where_nobody_allowed_it(data: DataFolder) -> None:
    """This test ensures that no permission is no question, with or without a file of counts."""
    catalogue = Catalogue(data.catalogue)
    for _ in range(2):
        found = take_in(NOTHING, data, KEEPING, finds(), catalogue, today=TODAY)
        assert "no question that its reader allowed" in str(found.refused)
        store(data)
    catalogue.close()


def test_the_shorter_term_holds(data: DataFolder) -> None:
    """This test ensures that a question past its own day, or past a term that was shortened since, is not taken."""
    catalogue = Catalogue(data.catalogue)
    old = TODAY - dt.timedelta(days=60)
    store(data, kept("ab", until=TODAY), kept("cd", day=old), kept("ef"))
    found = take_in(NOTHING, data, KEEPING, finds(), catalogue, today=TODAY)
    assert [question.id for question in found.pool.questions] == ["reader-ef"] and found.refused is None
    catalogue.close()


def test_what_is_kept_no_longer_leaves_though_nothing_can_be_added(data: DataFolder) -> None:
    """This test ensures that switching retention off empties the pool of readers' questions as well."""
    catalogue = Catalogue(data.catalogue)
    store(data, kept("ab"))
    pool = take_in(NOTHING, data, KEEPING, finds(), catalogue, today=TODAY).pool
    assert len(pool.questions) == 1
    after = take_in(pool, data, Settings(), finds(), catalogue, today=TODAY)
    assert after.refused and after.gone == 1 and after.pool.questions == ()
    catalogue.close()


def test_the_product_is_asked_for_what_it_finds_now(town: DataFolder) -> None:
    """This test ensures that a question of one's own has pages and quoted sentences to judge, each once."""
    with searching(town, Settings(), depth=2, embedder=FakeEmbedder()) as search:
        addition = add_own(NOTHING, "Hoeveel krediet is er voor het nieuwe zwembad?", search)
    places = [item.place for item in addition.pool.questions[0].candidates]
    assert page(POOL_PDF, 1) in places and any(place.offsets for place in places)
    assert len(set(places)) == len(places) and SECRET_PDF not in {place.document for place in places}
    with searching(town, Settings(), depth=0) as search:
        assert list(search("zwembad")) == []


def test_a_pool_that_is_empty_or_absent_can_be_added_to(tmp_path: Path) -> None:
    """This test ensures that a pool that the last question has left is no error, and a wrong one is."""
    path = tmp_path / "pool.jsonl"
    assert opened_pool(path).questions == ()
    write_pool(Pool(path=path, questions=()))
    assert opened_pool(path).questions == ()
    with pytest.raises(UsageError, match="holds no question"):
        read_pool(path)
    path.write_text("{")
    with pytest.raises(UsageError, match="line 1: not JSON"):
        opened_pool(path)
