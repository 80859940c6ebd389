"""How the pages are used, in a SQLite file of its own (``DATA/usage.sqlite``), and its deletion when the term is over.

Deleted means gone from the file as well: freed space is overwritten (``secure_delete``), the file is written anew
(``VACUUM``: pages that were split or joined can hold old copies that overwriting does not reach), and the write-ahead
log is emptied.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from council.errors import DataError
from council.folder import make_folder
from council.records import Citation, Span, Verdict
from council.usage_records import DayOfUse, Feedback, KeptQuestion, Shown, Use

_VERSION = 1
_MARK = 0x52535055
"""``application_id`` of the file, so that no other program's file is taken for it."""
_PATIENCE = 5.0
"""Seconds to wait for another process."""
_NOTHING = "nothing_asked"

# Rows lie in the order of a random id, so that not even their order says when something was asked.
_TABLES = """
CREATE TABLE answers (
    id TEXT PRIMARY KEY, day TEXT NOT NULL, verdict TEXT NOT NULL, took REAL NOT NULL,
    opened INTEGER NOT NULL DEFAULT 0, first REAL, feedback TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX answers_day ON answers (day);
CREATE TABLE questions (
    id TEXT PRIMARY KEY, day TEXT NOT NULL, until TEXT NOT NULL, question TEXT NOT NULL, feedback TEXT NOT NULL,
    verdict TEXT NOT NULL, citations TEXT NOT NULL
) WITHOUT ROWID;
"""


class UsageStore:
    """The file, opened for writing by one thread; the file is made if it is not there.

    Args:
        path: the SQLite file.

    Raises:
        DataError: the file is another one, damaged, locked, or cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._wiped = False
        with _named(path):
            make_folder(path.parent)
            # Before SQLite makes it: what readers allowed to be kept is for the municipality alone.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.execute("PRAGMA temp_store = MEMORY")
        if _make(self._db) == (0, 0) and not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(f"BEGIN;{_TABLES}PRAGMA application_id = {_MARK};PRAGMA user_version = 1;COMMIT;")
        _must_be_ours(self.path, self._db)
        # Losing the last counts at a power cut is no harm; waiting for the disk at each of them would be.
        self._db.execute("PRAGMA synchronous = NORMAL")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, shown: Shown) -> None:
        """Write down that an answer was shown."""
        verdict = shown.verdict.value if shown.verdict else _NOTHING
        self._change(
            "INSERT INTO answers (id, day, verdict, took) VALUES (?, ?, ?, ?)",
            shown.id,
            shown.day.isoformat(),
            verdict,
            round(shown.took, 3),
        )

    def open_source(self, answer: str, seconds: float) -> None:
        """Write down that one more source of an answer was opened, so many seconds after it was shown."""
        query = "UPDATE answers SET opened = opened + 1, first = coalesce(first, ?) WHERE id = ?"
        self._change(query, round(seconds, 1), answer)

    def judge(self, answer: str, feedback: Feedback) -> None:
        """Write down whether an answer helped, in place of what was said before."""
        self._change("UPDATE answers SET feedback = ? WHERE id = ?", feedback.value, answer)

    def keep(self, kept: KeptQuestion) -> None:
        """Keep a question, in place of what was kept under the same number."""
        self._change(
            "INSERT OR REPLACE INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)",
            kept.id,
            kept.day.isoformat(),
            kept.until.isoformat(),
            kept.question,
            kept.feedback.value,
            kept.verdict.value,
            _dumped(kept.citations),
        )

    def forget(self, number: str) -> bool:
        """Delete a kept question, and say whether it was there."""
        found = self._change("DELETE FROM questions WHERE id = ?", number) > 0
        if found:
            self._wiped = False
            self.wipe()
        return found

    def purge(self, today: dt.date, *, usage_days: int, keep_days: int) -> bool:
        """Delete what is past its term.

        Args:
            today: the day it is.
            usage_days: how many days counts are kept.
            keep_days: how many days questions are kept at most; 0 deletes them all.

        Returns:
            Whether all of it is out of the file; if not, another process is still reading and it must be tried again.
        """
        counts = _before(today, usage_days)
        questions = _before(today, keep_days) if keep_days else dt.date.max.isoformat()
        gone = self._change("DELETE FROM answers WHERE day <= ?", counts)
        gone += self._change("DELETE FROM questions WHERE until <= ? OR day <= ?", today.isoformat(), questions)
        if gone:
            self._wiped = False
        return self.wipe()

    def wipe(self) -> bool:
        """Take what was deleted out of the file and its log; nothing to do if that was done since the last deletion."""
        if not self._wiped:
            with _named(self.path):
                self._db.execute("VACUUM")
                busy, _, _ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._wiped = not busy
        return self._wiped

    def _change(self, query: str, *values: object) -> int:
        with _named(self.path):
            return self._db.execute(query, values).rowcount


def days_of_use(path: Path, *, since: dt.date = dt.date.min, before: dt.date = dt.date.max) -> tuple[DayOfUse, ...]:
    """Return what was counted on each day on which anything was, oldest first.

    Args:
        path: the SQLite file.
        since: the first day to look at.
        before: the day after the last one.

    Raises:
        DataError: the file is not there, another one, damaged or locked.
    """
    counted: defaultdict[str, defaultdict[str, Any]] = defaultdict(lambda: defaultdict(int))
    period = (since.isoformat(), before.isoformat())
    with _reading(path) as db:
        query = (
            "SELECT day, verdict, feedback, count(*), sum(opened), sum(opened > 0) FROM answers "
            "WHERE day >= ? AND day < ? GROUP BY 1, 2, 3"
        )
        for day, verdict, feedback, count, opened, with_source in db.execute(query, period):
            use = counted[day]
            use[verdict] += count
            use["opened"] += opened
            use["with_source"] += with_source
            if feedback:
                use[feedback] += count
        for name in ("took", "first"):
            seconds: defaultdict[str, list[float]] = defaultdict(list)
            query = (
                f"SELECT day, {name} FROM answers WHERE day >= ? AND day < ? AND {name} IS NOT NULL AND verdict <> ?"
            )
            for day, value in db.execute(query, (*period, _NOTHING)):
                seconds[day].append(value)
            for day, values in seconds.items():
                counted[day][name] = tuple(values)
    return tuple(DayOfUse(day=dt.date.fromisoformat(day), use=Use(**counted[day])) for day in sorted(counted))


def kept_questions(path: Path, today: dt.date) -> tuple[KeptQuestion, ...]:
    """Return the questions that readers allowed to be kept and whose term is not over, by day and number.

    Args:
        path: the SQLite file; it may be in use by the web page, and is only read.
        today: the day it is.

    Raises:
        DataError: the file is not there, another one, damaged or locked.
    """
    query = (
        "SELECT id, day, until, question, feedback, verdict, citations FROM questions WHERE until > ? ORDER BY day, id"
    )
    with _reading(path) as db:
        return tuple(
            KeptQuestion(
                id=number,
                day=dt.date.fromisoformat(day),
                until=dt.date.fromisoformat(until),
                question=question,
                feedback=Feedback(feedback),
                verdict=Verdict(verdict),
                citations=_loaded(citations),
            )
            for number, day, until, question, feedback, verdict, citations in db.execute(query, (today.isoformat(),))
        )


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with (
        _named(path),
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)) as db,
    ):
        _must_be_ours(path, db)
        # One moment for all that is read.
        db.execute("BEGIN")
        yield db


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the disk into ours, with the file's name."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, TypeError) as error:
        raise DataError(
            f"{path}: {error}; it holds counts of use only, so if it is damaged it may be deleted"
        ) from error


def _make(db: sqlite3.Connection) -> tuple[int, int]:
    return db.execute("PRAGMA application_id").fetchone()[0], db.execute("PRAGMA user_version").fetchone()[0]


def _must_be_ours(path: Path, db: sqlite3.Connection) -> None:
    if _make(db) != (_MARK, _VERSION):
        raise DataError(f"{path} was not made by this version of Raadspoor; move it away, and a new one is made")


def _before(today: dt.date, days: int) -> str:
    """Return the last day that is past a term of so many days."""
    return dt.date.fromordinal(max(1, today.toordinal() - days)).isoformat()


def _dumped(citations: tuple[Citation, ...]) -> str:
    plain = [[each.document, [[span.page, span.start, span.end] for span in each.spans]] for each in citations]
    return json.dumps(plain, separators=(",", ":"))


def _loaded(text: str) -> tuple[Citation, ...]:
    return tuple(
        Citation(document=document, spans=tuple(Span(page=page, start=start, end=end) for page, start, end in spans))
        for document, spans in json.loads(text)
    )
