"""Counting use: what is written, what is not, and that what is past its term is gone from the file."""

from __future__ import annotations

import datetime as dt
import logging
import random
import secrets
import sqlite3
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import (
    Answer,
    AnswerSentence,
    Citation,
    Clock,
    DataError,
    DataFolder,
    Feedback,
    Span,
    Usage,
    Use,
    Verdict,
    added_up,
    kept_questions,
    open_usage,
)
from council.settings import Settings
from council.usage_store import UsageStore, days_of_use
from tests.fakes import a_document, sha_of

MONDAY = dt.date(2024, 3, 11)
QUESTION = "Wat zei mevrouw Jansen (06-12345678) over de kleur van de zandbak?"
MASKED = "Wat zei mevrouw [naam] ([telefoonnummer]) over de kleur van de zandbak?"
HERE = Citation(document=sha_of("paper"), spans=(Span(page=2, start=10, end=50),))
THERE = Citation(document=sha_of("paper"), spans=(Span(page=3, start=0, end=9), Span(page=4, start=0, end=5)))


@dataclass
class Moved:
    """A clock that stands still until the test moves it."""

    day: dt.date = MONDAY
    second: float = 1_000.0
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(today=lambda: self.day, seconds=lambda: self.second)


@pytest.fixture
def moved() -> Moved:
    return Moved()


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def opened(data: DataFolder, moved: Moved, *, keep: int = 30, days: int = 400) -> Usage:
    settings = Settings(usage=True, usage_days=days, keep_questions_days=keep)
    usage = open_usage(data, settings, clock=moved.clock)
    assert usage is not None
    return usage


@pytest.fixture
def usage(data: DataFolder, moved: Moved) -> Iterator[Usage]:
    made = opened(data, moved)
    yield made
    made.close()


def an_answer(verdict: Verdict = Verdict.ANSWERED, citations: tuple[Citation, ...] = (HERE, THERE)) -> Answer:
    sentences = tuple(
        AnswerSentence(citation=each, document=a_document(), text="Een zin uit het stuk.", score=1.0)
        for each in citations
    )
    return Answer(sentences=sentences, verdict=verdict, coverage=1.0)


def show(usage: Usage, question: str = QUESTION, answer: Answer | None = None, about: str = "/zoeken?q=x") -> str:
    return usage.shown(about=about, question=question, answer=answer or an_answer(), took=0.25)


def use_on(usage: Usage, day: dt.date = MONDAY) -> Use:
    usage.flush()
    return {each.day: each.use for each in usage.days()}[day]


def on_disk(data: DataFolder) -> bytes:
    """Return every byte that lies in the data folder, whatever file it is in."""
    return b"".join(path.read_bytes() for path in sorted(data.root.rglob("*")) if path.is_file())


def test_nothing_is_made_unless_it_is_switched_on(data: DataFolder) -> None:
    """This test ensures that counting is something that the municipality asks for."""
    assert open_usage(data, Settings(keep_questions_days=30)) is None
    assert not data.root.exists()


def test_a_day_is_added_up(usage: Usage, moved: Moved) -> None:
    """This test ensures that verdicts, sources, seconds and feedback are counted as they happened.

    By hand: two answers with quotes, three different sources opened from the first and none from the second: 1.5
    sources per answer, half of the answers with a source.
    """
    third = Citation(document=sha_of("other"), spans=HERE.spans)
    first = show(usage, answer=an_answer(citations=(HERE, THERE, third)))
    show(usage, answer=an_answer(Verdict.PARTIAL))
    show(usage, answer=an_answer(Verdict.NOT_FOUND, ()))
    usage.shown(about="/zoeken?q=", question="", answer=None, took=0.001)
    moved.second += 12.34
    for citation in (HERE, HERE, THERE, third, HERE):
        moved.second += 1
        assert usage.opened(first, citation)
    assert usage.judged(first, Feedback.NO, keep=False)
    assert usage.judged(first, Feedback.YES, keep=False)
    use = use_on(usage)
    assert (use.searches, use.answered, use.partial, use.not_found, use.nothing_asked) == (4, 1, 1, 1, 1)
    assert (use.opened, use.with_source, use.sources_per_answer, use.share_with_source) == (3, 1, 1.5, 0.5)
    assert use.first == (13.3,)
    assert use.took == (0.25, 0.25, 0.25)
    assert (use.yes, use.partly, use.no) == (1, 0, 0)


def test_a_day_without_answers_has_no_shares() -> None:
    """This test ensures that nothing is divided by nothing."""
    use = Use(not_found=3)
    assert (use.sources_per_answer, use.share_with_source, use.median_first, use.median_took) == (None,) * 4


SECONDS = st.lists(st.floats(0, 3600), max_size=6).map(tuple)
USES = st.builds(
    Use,
    **dict.fromkeys(
        ("answered", "partial", "not_found", "nothing_asked", "opened", "with_source", "yes", "partly", "no"),
        st.integers(0, 1_000),
    ),
    took=SECONDS,
    first=SECONDS,
)


@given(st.lists(USES, max_size=6), st.integers(0, 6))
def test_weeks_may_be_added_up_in_any_parts(uses: list[Use], at: int) -> None:
    """This test ensures that a total is that of all days, whichever weeks they were added up in first."""
    whole = added_up(uses)
    assert added_up([added_up(uses[:at]), added_up(uses[at:])]) == whole
    assert whole.searches == sum(use.searches for use in uses)
    assert len(whole.first) == sum(len(use.first) for use in uses)


def test_the_median_is_that_of_all_seconds() -> None:
    """This test ensures that days with few readers do not weigh as much as days with many.

    By hand: 2, 4, 6 and 100 have 5 in the middle; the medians of the two days, 4 and 100, would have had 52.
    """
    assert added_up([Use(first=(2.0, 6.0, 4.0)), Use(first=(100.0,))]).median_first == 5.0


def test_nothing_on_disk_tells_who_asked_what_or_at_what_time(usage: Usage, data: DataFolder, moved: Moved) -> None:
    """This test ensures that the file has the columns that are documented, a day without a time, and no question."""
    number = show(usage)
    usage.opened(number, HERE)
    usage.judged(number, Feedback.YES, keep=False)
    usage.flush()
    with sqlite3.connect(data.usage) as db:
        rows = db.execute("SELECT * FROM answers").fetchall()
        assert [column[1] for column in db.execute("PRAGMA table_info(answers)")] == [
            "id", "day", "verdict", "took", "opened", "first", "feedback",
        ]  # fmt: skip
        assert rows == [(number, "2024-03-11", "answered", 0.25, 1, 0.0, "yes")]
        assert db.execute("SELECT count(*) FROM questions").fetchone() == (0,)
    db.close()
    for word in (b"zandbak", b"Jansen", b"zoeken"):
        assert word not in on_disk(data)
    assert stat.S_IMODE(data.usage.stat().st_mode) == 0o600


def test_rows_do_not_lie_in_the_order_of_asking(usage: Usage, data: DataFolder) -> None:
    """This test ensures that not even the order in the file says who came first."""
    asked = [show(usage) for _ in range(50)]
    usage.flush()
    with sqlite3.connect(data.usage) as db:
        lying = [row[0] for row in db.execute("SELECT id FROM answers")]
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            db.execute("SELECT rowid FROM answers")
    db.close()
    assert lying == sorted(asked) != asked


def test_only_what_was_shown_within_the_hour_counts(usage: Usage, moved: Moved) -> None:
    """This test ensures that old, invented and shared addresses count nothing."""
    number = show(usage)
    for strange in ("", "x", "0" * 16, number.upper(), number + " ", "é" * 1_000, "\x00"):
        assert not usage.opened(strange, HERE)
        assert not usage.judged(strange, Feedback.YES, keep=True)
        assert not usage.again(strange, "/zoeken?q=x")
    assert usage.opened(number, Citation(document=sha_of("never shown"), spans=HERE.spans))
    moved.second += 3_600
    assert usage.again(number, "/zoeken?q=x")
    moved.second += 1
    assert not usage.opened(number, HERE)
    assert not usage.judged(number, Feedback.YES, keep=True)
    assert not usage.again(number, "/zoeken?q=x")
    use = use_on(usage)
    assert (use.searches, use.opened, use.yes) == (1, 0, 0)


def test_another_search_is_not_the_same_one_again(usage: Usage) -> None:
    """This test ensures that the id of one search cannot stand for another."""
    number = show(usage, about="/zoeken?q=x")
    assert usage.again(number, "/zoeken?q=x")
    assert not usage.again(number, "/zoeken?q=y")


def test_memory_is_bounded(usage: Usage, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a robot that asks without end takes no more than so much memory."""
    monkeypatch.setattr("council.usage._MOST_IN_MEMORY", 10)
    numbers = [show(usage) for _ in range(25)]
    assert [usage.again(number, "/zoeken?q=x") for number in numbers] == [False] * 15 + [True] * 10


def test_a_question_is_kept_only_with_permission_and_masked(usage: Usage, data: DataFolder) -> None:
    """This test ensures that an evaluator gets the question without persons, its answer's places, and no more."""
    silent, allowed = show(usage, "Een andere vraag?"), show(usage)
    usage.judged(silent, Feedback.NO, keep=False)
    usage.judged(allowed, Feedback.PARTLY, keep=True)
    usage.flush()
    (kept,) = kept_questions(data.usage, MONDAY)
    assert (kept.day, kept.until) == (MONDAY, MONDAY + dt.timedelta(days=30))
    assert (kept.question, kept.feedback, kept.verdict) == (MASKED, Feedback.PARTLY, Verdict.ANSWERED)
    assert kept.citations == (HERE, THERE)
    assert kept.id == usage.given(allowed).number != allowed
    assert b"06-12345678" not in on_disk(data)
    assert b"Een zin uit het stuk" not in on_disk(data)


def test_without_a_term_no_question_is_ever_kept(data: DataFolder, moved: Moved) -> None:
    """This test ensures that permission changes nothing where the municipality keeps no questions."""
    usage = opened(data, moved, keep=0)
    number = show(usage)
    assert usage.judged(number, Feedback.YES, keep=True)
    assert usage.given(number).number == ""
    assert use_on(usage).yes == 1
    assert kept_questions(data.usage, MONDAY) == ()
    assert b"zandbak" not in on_disk(data)
    usage.close()


def test_what_a_reader_says_last_counts(usage: Usage, data: DataFolder) -> None:
    """This test ensures that another judgement replaces the first, and that permission left out takes it back."""
    number = show(usage)
    usage.judged(number, Feedback.NO, keep=True)
    usage.judged(number, Feedback.YES, keep=True)
    usage.flush()
    assert [kept.feedback for kept in kept_questions(data.usage, MONDAY)] == [Feedback.YES]
    usage.judged(number, Feedback.YES, keep=False)
    usage.flush()
    assert kept_questions(data.usage, MONDAY) == ()
    assert b"zandbak" not in on_disk(data)


def test_permission_can_be_taken_back_for_good(usage: Usage, data: DataFolder) -> None:
    """This test ensures that a withdrawn question is gone from every byte of the file and its log."""
    number = show(usage)
    usage.judged(number, Feedback.YES, keep=True)
    kept = usage.given(number).number
    usage.flush()
    assert b"zandbak" in on_disk(data)
    assert usage.forget(kept)
    assert b"zandbak" not in on_disk(data)
    assert usage.given(number).number == ""
    assert not usage.forget(kept)
    assert not usage.forget("' OR 1=1 --")
    assert use_on(usage).yes == 1


def many_questions(usage: Usage, count: int, mark: str = "merkwoord") -> list[str]:
    """Ask and keep questions of all lengths, so that pages of the file are split, and return what to look for."""
    words = [f"{mark}{at:05d}" for at in range(count)]
    for at, word in enumerate(words):
        usage.judged(show(usage, f"{word} " * (1 + at * 37 % 190)), Feedback.YES, keep=True)
        if at % 100 == 0:
            usage.flush()
    usage.flush()
    return words


@pytest.mark.parametrize("seed", range(8))
def test_questions_past_their_term_are_gone_from_every_byte(
    usage: Usage, data: DataFolder, moved: Moved, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """This test ensures that after the term not a word is left in the file, its free pages or its log.

    Some questions stay between those that go, in an order that the seed fixes: pages of the file are then split and
    joined, and overwriting what is deleted alone leaves old copies behind in some of these files.
    """
    drawn = random.Random(seed)  # noqa: S311  # the same order each time is what is wanted here
    monkeypatch.setattr(secrets, "token_hex", lambda size: drawn.randbytes(size).hex())
    words = many_questions(usage, 300)
    moved.day = MONDAY + dt.timedelta(days=29)
    others = many_questions(usage, 100, "blijft")
    before = on_disk(data)
    assert all(word.encode() in before for word in [*words, *others])
    moved.day = MONDAY + dt.timedelta(days=30)
    show(usage)
    usage.flush()
    after = on_disk(data)
    assert [word for word in words if word.encode() in after] == []
    assert all(word.encode() in after for word in others)
    assert use_on(usage).yes == 300


def test_questions_past_their_term_go_at_opening(data: DataFolder, moved: Moved) -> None:
    """This test ensures that a server that stood still for months does not begin with old questions."""
    usage = opened(data, moved)
    words = many_questions(usage, 20)
    usage.close()
    assert words[0].encode() in on_disk(data)
    moved.day += dt.timedelta(days=90)
    assert kept_questions(data.usage, moved.day) == ()
    usage = opened(data, moved)
    assert b"merkwoord" not in on_disk(data)
    usage.close()


def test_the_calendar_is_looked_at_when_nobody_asks(
    data: DataFolder, moved: Moved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that questions go on their day in a week without readers too."""
    monkeypatch.setattr("council.usage_writer._TIDY_EVERY", 0.01)
    usage = opened(data, moved)
    many_questions(usage, 5)
    moved.day += dt.timedelta(days=30)
    for _ in range(1_000):
        if b"merkwoord" not in on_disk(data):
            break
        threading.Event().wait(0.01)
    assert b"merkwoord" not in on_disk(data)
    usage.close()


@pytest.mark.parametrize(("keep", "left"), [(7, 0), (0, 0), (400, 1)])
def test_a_term_can_be_shortened_and_not_stretched(data: DataFolder, moved: Moved, keep: int, left: int) -> None:
    """This test ensures that a shorter term holds for old questions, and a longer one breaks no promise."""
    usage = opened(data, moved)
    usage.judged(show(usage), Feedback.YES, keep=True)
    usage.close()
    moved.day += dt.timedelta(days=10)
    usage = opened(data, moved, keep=keep)
    assert len(kept_questions(data.usage, moved.day)) == left
    assert (b"zandbak" in on_disk(data)) == bool(left)
    usage.close()
    moved.day += dt.timedelta(days=20)
    opened(data, moved, keep=keep).close()
    assert b"zandbak" not in on_disk(data)


def test_switching_it_off_deletes_the_questions(data: DataFolder, moved: Moved) -> None:
    """This test ensures that no question stays where nothing would delete it any more."""
    usage = opened(data, moved)
    usage.judged(show(usage), Feedback.YES, keep=True)
    usage.close()
    assert open_usage(data, Settings(keep_questions_days=30), clock=moved.clock) is None
    assert b"zandbak" not in on_disk(data)
    assert [day.use.yes for day in days_of_use(data.usage)] == [1]


def test_counts_past_their_term_are_deleted(data: DataFolder, moved: Moved) -> None:
    """This test ensures that the counts themselves have a term: 400 days after the day, they are gone."""
    usage = opened(data, moved)
    show(usage)
    for days, there in ((399, True), (400, False)):
        moved.day = MONDAY + dt.timedelta(days=days)
        usage.flush()
        assert bool(usage.days()) == there
    usage.close()


def test_days_that_are_over_are_read_once_a_day(
    data: DataFolder, moved: Moved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that the page of figures reads two days each time, and has every day as it is."""
    usage = opened(data, moved)
    for back in range(60):
        moved.day = MONDAY + dt.timedelta(days=back)
        usage.judged(show(usage), Feedback.YES, keep=False)
        usage.flush()
        assert usage.days() == days_of_use(data.usage)
        late = show(usage)
        usage.opened(late, HERE)
        usage.flush()
        assert usage.days() == days_of_use(data.usage)
    read: list[object] = []
    monkeypatch.setattr("council.usage.days_of_use", lambda _, **period: read.append(period) or ())
    usage.days()
    assert read == [{"since": moved.day - dt.timedelta(days=1)}]
    usage.close()


def test_an_open_reader_delays_the_deletion_and_does_not_stop_it(
    data: DataFolder, moved: Moved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that what could not be wiped because somebody was reading is wiped at the next occasion."""
    monkeypatch.setattr("council.usage_store._PATIENCE", 0.05)
    usage = opened(data, moved)
    many_questions(usage, 5)
    reader = sqlite3.connect(data.usage, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM questions").fetchone()
    moved.day += dt.timedelta(days=30)
    usage.flush()
    assert kept_questions(data.usage, MONDAY) == ()
    assert b"merkwoord" in on_disk(data)
    reader.close()
    usage.flush()
    assert b"merkwoord" not in on_disk(data)
    usage.close()


def test_a_failing_disk_stops_the_counting_and_nothing_else(
    usage: Usage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """This test ensures that a page goes on when nothing can be written, that the log says so once."""

    def full(_: UsageStore, __: object) -> None:
        raise DataError("usage.sqlite: disk is full")

    with caplog.at_level(logging.WARNING), monkeypatch.context() as failing:
        failing.setattr(UsageStore, "add", full)
        numbers = [show(usage) for _ in range(20)]
        usage._writer.now(lambda _: True)
    assert usage.opened(numbers[0], HERE)
    show(usage)
    usage.flush()
    said = [record.getMessage() for record in caplog.records]
    assert len([line for line in said if "disk is full" in line]) == 1
    assert all("zandbak" not in line for line in said)
    assert use_on(usage).searches == 1


def test_a_crowd_is_counted_in_part_and_never_waits(
    usage: Usage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """This test ensures that what comes faster than it can be written is left out, and the log says so."""
    held, go = threading.Event(), threading.Event()

    def slow(_: UsageStore) -> None:
        held.set()
        go.wait(30)

    usage._writer.later(slow)
    assert held.wait(30)
    with caplog.at_level(logging.WARNING):
        for _ in range(1_200):
            show(usage)
    go.set()
    assert use_on(usage).searches == 1_000
    assert any("more is asked" in record.getMessage() for record in caplog.records)


def test_many_threads_count_as_one_after_another(usage: Usage) -> None:
    """This test ensures that nothing is lost or counted twice when many read at once."""
    numbers = [show(usage) for _ in range(20)]
    start = threading.Barrier(8)

    def read() -> None:
        start.wait()
        for number in numbers:
            usage.opened(number, HERE)
            usage.opened(number, THERE)
            usage.judged(number, Feedback.YES, keep=False)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    use = use_on(usage)
    assert (use.opened, use.with_source, use.yes, len(use.first)) == (40, 20, 20, 20)


def test_two_judgements_at_once_leave_no_question_without_its_number(usage: Usage, data: DataFolder) -> None:
    """This test ensures that what is kept is what was said last, even when two tabs of one reader send at once."""
    numbers = [show(usage) for _ in range(60)]
    start = threading.Barrier(4)

    def send(keep: bool) -> None:
        start.wait()
        for number in numbers:
            usage.judged(number, Feedback.YES, keep=keep)

    threads = [threading.Thread(target=send, args=[keep]) for keep in (True, False, True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    usage.flush()
    told = {usage.given(number).number for number in numbers} - {""}
    assert {kept.id for kept in kept_questions(data.usage, MONDAY)} == told


def test_two_processes_may_count_in_one_file(data: DataFolder, moved: Moved) -> None:
    """This test ensures that a server that is being replaced and its successor do not break each other's counts."""
    one, other = opened(data, moved), opened(data, moved)
    for _ in range(20):
        show(one)
        show(other)
    one.flush()
    assert use_on(other).searches == 40
    one.close()
    other.close()


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 4_000])
def test_a_damaged_file_is_named_with_the_remedy(data: DataFolder, moved: Moved, content: bytes) -> None:
    """This test ensures that who starts the server is told which file is wrong and what to do, and no page begins."""
    data.root.mkdir()
    data.usage.write_bytes(content)
    with pytest.raises(DataError, match=r"usage\.sqlite.*deleted"):
        opened(data, moved)
    with pytest.raises(DataError, match=r"usage\.sqlite"):
        kept_questions(data.usage, MONDAY)


def test_the_file_of_another_program_is_left_alone(data: DataFolder, moved: Moved) -> None:
    """This test ensures that a file that is not ours is neither read nor written."""
    data.root.mkdir()
    with sqlite3.connect(data.usage) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    before = data.usage.read_bytes()
    with pytest.raises(DataError, match="not made by this version"):
        opened(data, moved)
    assert data.usage.read_bytes() == before


def test_a_damaged_file_does_not_stop_a_server_that_does_not_count(
    data: DataFolder, caplog: pytest.LogCaptureFixture
) -> None:
    """This test ensures that with counting off a broken file is a line in the log."""
    data.root.mkdir()
    data.usage.write_bytes(b"not a database" * 100)
    with caplog.at_level(logging.WARNING):
        assert open_usage(data, Settings()) is None
    assert "could not be deleted" in caplog.text


def test_a_file_that_is_not_there_is_told(data: DataFolder) -> None:
    """This test ensures that an evaluator without a file of use gets a message, and that no file is made by looking."""
    with pytest.raises(DataError, match=r"usage\.sqlite"):
        kept_questions(data.usage, MONDAY)
    assert not data.usage.exists()
