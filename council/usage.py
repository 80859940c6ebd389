"""How the pages are used, counted only where the municipality wants it, and without a trace of who asked.

The moment of asking stays in memory, for an hour at most. Only an answer that this process showed within that hour can
have a source opened or be judged, so an address that is shared or kept counts nothing. All writing is left to
:mod:`council.usage_writer`: no page waits for the disk, and none fails when it is full.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from council.errors import DataError
from council.folder import DataFolder
from council.masking import mask
from council.records import Answer, Citation, Verdict
from council.text import readable
from council.usage_records import DayOfUse, Feedback, KeptQuestion, Shown
from council.usage_store import UsageStore, days_of_use
from council.usage_writer import Writer

if TYPE_CHECKING:
    from council.settings import Settings

_HOUR = 3600.0
_MOST_IN_MEMORY = 5_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """What day it is, and seconds that only go up."""

    today: Callable[[], dt.date] = dt.date.today
    seconds: Callable[[], float] = time.monotonic


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the reader of an answer said of it, and under which number the question is kept; empty if it is not."""

    feedback: Feedback | None = None
    number: str = ""
    until: dt.date | None = None


@dataclass(kw_only=True, slots=True)
class _Recent:
    """An answer that was shown within the hour."""

    moment: float
    mark: bytes
    verdict: Verdict | None
    question: str
    citations: tuple[Citation, ...]
    opened: set[Citation] = field(default_factory=set)
    given: Given = field(default_factory=Given)


class Usage:
    """Counts how the pages are used. Threads may share it; whatever fails is written to the log and goes no further.

    Args:
        store: the file, which this opens, writes and closes from now on.
        usage_days: how many days counts are kept.
        keep_days: how many days a question is kept when its reader allows it; 0 keeps none.
        clock: tells day and time.
    """

    def __init__(self, store: UsageStore, *, usage_days: int, keep_days: int, clock: Clock) -> None:
        self.keep_days = keep_days
        self.usage_days = usage_days
        self._path = store.path
        self._clock = clock
        self._secret = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._past: tuple[dt.date, tuple[DayOfUse, ...]] | None = None
        self._recent: OrderedDict[str, _Recent] = OrderedDict()
        self._writer = Writer(store, usage_days=usage_days, keep_days=keep_days, today=clock.today)

    # What the pages tell

    def shown(self, *, about: str, question: str, answer: Answer | None, took: float) -> str:
        """Count a search, and return the random id of its answer.

        Args:
            about: what makes it this search (question and filters); only a mark of it is held.
            question: as it was typed; held in memory for an hour if it may be kept later, else not at all.
            answer: what was shown; None where nothing was asked.
            took: seconds that it took.
        """
        number = secrets.token_hex(8)
        verdict = answer.verdict if answer else None
        recent = _Recent(
            moment=self._clock.seconds(),
            mark=self._mark(about),
            verdict=verdict,
            question=question if self.keep_days and answer else "",
            citations=tuple(sentence.citation for sentence in answer.sentences) if answer else (),
        )
        with self._lock:
            self._forget_old()
            self._recent[number] = recent
            if len(self._recent) > _MOST_IN_MEMORY:
                self._recent.popitem(last=False)
        written = Shown(id=number, day=self._clock.today(), verdict=verdict, took=took)
        self._writer.later(lambda store: store.add(written))
        return number

    def again(self, answer: str, about: str) -> bool:
        """Say whether this is the same search coming back to the answer that it got within the hour."""
        with self._lock:
            recent = self._find(answer)
            return recent is not None and recent.mark == self._mark(about)

    def opened(self, answer: str, citation: Citation) -> bool:
        """Count that a source of an answer was opened, each source once; say whether the answer is known."""
        with self._lock:
            recent = self._find(answer)
            if recent is None or citation not in recent.citations:
                return recent is not None
            if citation in recent.opened:
                return True
            recent.opened.add(citation)
            seconds = self._clock.seconds() - recent.moment
        self._writer.later(lambda store: store.open_source(answer, seconds))
        return True

    def judged(self, answer: str, feedback: Feedback, *, keep: bool) -> bool:
        """Count whether an answer helped, in place of what was said before; say whether the answer is known.

        Args:
            answer: its id.
            feedback: what its reader says.
            keep: whether the reader allows the question to be kept. What was kept before is deleted if not.
        """
        with self._lock:
            recent = self._find(answer)
            if recent is None or recent.verdict is None:
                return False
            before = recent.given
            given = recent.given = self._given(before, feedback, keep=keep and bool(recent.question))
            # Still under the lock: of two judgements at once, what is remembered and what is written must be the same.
            self._writer.later(lambda store: store.judge(answer, feedback))
            if given.until:
                kept = KeptQuestion(
                    id=given.number,
                    day=self._clock.today(),
                    until=given.until,
                    question=recent.question,
                    feedback=feedback,
                    verdict=recent.verdict,
                    citations=recent.citations,
                )
                self._writer.later(lambda store: store.keep(_masked(kept)))
            elif before.number:
                self._writer.later(lambda store: store.forget(before.number))
        return True

    def given(self, answer: str) -> Given:
        """Return what was said of an answer within the hour."""
        with self._lock:
            recent = self._find(answer)
            return recent.given if recent else Given()

    def forget(self, number: str) -> bool:
        """Delete a kept question for good, and say whether it was there.

        Raises:
            DataError: it could not be deleted now; the reader must be told so.
        """
        with self._lock:
            for recent in self._recent.values():
                if recent.given.number == number:
                    recent.given = replace(recent.given, number="", until=None)
        return self._writer.now(lambda store: store.forget(number))

    # What the municipality reads

    def days(self) -> tuple[DayOfUse, ...]:
        """Return what was counted on each day on which anything was, oldest first.

        Raises:
            DataError: the file cannot be read now.
        """
        today = self._clock.today()
        # An answer can be opened or judged for an hour: what was counted before yesterday does not change any more.
        still_open = today - dt.timedelta(days=1)
        with self._reading:
            if self._past is None or self._past[0] != today:
                self._past = (today, days_of_use(self._path, before=still_open))
            past = self._past[1]
        oldest = today - dt.timedelta(days=self.usage_days)
        return tuple(day for day in (*past, *days_of_use(self._path, since=still_open)) if day.day > oldest)

    @property
    def today(self) -> dt.date:
        """The day it is for this clock."""
        return self._clock.today()

    def flush(self) -> None:
        """Wait until everything counted so far is written.

        Raises:
            DataError: that takes too long.
        """
        self._writer.now(lambda _: True)

    def close(self) -> None:
        """Write what is left, and let go of the file."""
        self._writer.close()

    # In memory

    def _find(self, answer: str) -> _Recent | None:
        self._forget_old()
        return self._recent.get(answer)

    def _forget_old(self) -> None:
        oldest = self._clock.seconds() - _HOUR
        while self._recent and next(iter(self._recent.values())).moment < oldest:
            self._recent.popitem(last=False)

    def _mark(self, about: str) -> bytes:
        return hashlib.blake2b(about.encode("utf-8", "surrogatepass"), key=self._secret, digest_size=16).digest()

    def _given(self, before: Given, feedback: Feedback, *, keep: bool) -> Given:
        if not keep:
            return Given(feedback=feedback)
        until = before.until or self._clock.today() + dt.timedelta(days=self.keep_days)
        return Given(feedback=feedback, number=before.number or secrets.token_hex(8), until=until)


def open_usage(data: DataFolder, settings: Settings, *, clock: Clock | None = None) -> Usage | None:
    """Return what counts the use of the pages, or None where the municipality does not want it.

    Where it was wanted before and is not any more, the questions that were kept are deleted here, for nothing else
    would delete them when their term is over.

    Raises:
        DataError: the file is another one, damaged, locked, or cannot be made.
    """
    if not settings.usage:
        if data.usage.is_file():
            _delete_questions(data, settings, clock or Clock())
        return None
    return Usage(
        UsageStore(data.usage),
        usage_days=settings.usage_days,
        keep_days=settings.keep_questions_days,
        clock=clock or Clock(),
    )


def _masked(kept: KeptQuestion) -> KeptQuestion:
    return replace(kept, question=mask(readable(kept.question)))


def _delete_questions(data: DataFolder, settings: Settings, clock: Clock) -> None:
    try:
        store = UsageStore(data.usage)
        try:
            store.purge(clock.today(), usage_days=settings.usage_days, keep_days=0)
        finally:
            store.close()
    except DataError as error:
        _log.warning("questions that were kept could not be deleted: %s", error)
