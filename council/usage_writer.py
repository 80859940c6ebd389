"""The one thread that writes counts of use: nobody waits for it, and whatever fails there is a line in the log.

It also deletes what is past its term: when it starts, and when the day has changed, whether anybody asks or not.
"""

from __future__ import annotations

import datetime as dt
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late

from council.errors import DataError
from council.usage_store import UsageStore

Job = Callable[[UsageStore], object]

_MOST_WAITING = 1_000
_TIDY_EVERY = 600.0
"""Seconds after which it looks at the calendar when there is nothing to write."""
_PATIENCE = 15.0
"""Seconds to wait for it where a reader must know that something is done."""

_log = logging.getLogger(__name__)


class Writer:
    """Writes to the file of use, from any number of threads, one thing after the other.

    Args:
        store: the file, which nobody else may write from now on.
        usage_days: how many days counts are kept.
        keep_days: how many days questions are kept.
        today: tells the day.
    """

    def __init__(self, store: UsageStore, *, usage_days: int, keep_days: int, today: Callable[[], dt.date]) -> None:
        self._store = store
        self._usage_days = usage_days
        self._keep_days = keep_days
        self._today = today
        self._jobs: queue.Queue[Job | None] = queue.Queue(_MOST_WAITING)
        self._tidied: dt.date | None = None
        self._lost = 0
        self._tidy()
        self._thread = threading.Thread(target=self._write, name="usage", daemon=True)
        self._thread.start()

    def later(self, job: Job) -> None:
        """Write something down when there is time; if far too much waits already, it is left out."""
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            self._lose("more is asked than can be written down")

    def now(self, job: Callable[[UsageStore], bool]) -> bool:
        """Return what a job gives, once everything before it is written.

        Raises:
            DataError: it failed, or its turn did not come in time.
        """
        done: Future[bool] = Future()

        def told(store: UsageStore) -> None:
            try:
                done.set_result(job(store))
            except BaseException as error:
                done.set_exception(error)

        try:
            self._jobs.put(told, timeout=_PATIENCE)
            return done.result(_PATIENCE)
        except (queue.Full, Late) as error:
            raise DataError(f"{self._store.path} is too busy; try again in a minute") from error

    def close(self) -> None:
        """Write what is left and let go of the file, in some seconds at most."""
        try:
            self._jobs.put(None, timeout=_PATIENCE)
        except queue.Full:
            return
        self._thread.join(_PATIENCE)

    def _write(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=_TIDY_EVERY)
            except queue.Empty:
                self._tidy()
                continue
            if job is None:
                break
            self._tidy()
            self._try(job)
        self._store.close()

    def _try(self, job: Job) -> None:
        try:
            job(self._store)
        except Exception as error:  # whatever it is, the pages must go on
            self._lose(str(error))
            return
        if self._lost:
            _log.warning("use is counted again; %d things were not", self._lost)
            self._lost = 0

    def _tidy(self) -> None:
        """Delete what is past its term, once a day; what could not be deleted is tried again at the next occasion."""
        today = self._today()
        if today != self._tidied:
            self._try(lambda store: self._purge(store, today))

    def _purge(self, store: UsageStore, today: dt.date) -> None:
        if store.purge(today, usage_days=self._usage_days, keep_days=self._keep_days):
            self._tidied = today

    def _lose(self, why: str) -> None:
        """Log the first loss of a series; a full disk must not fill the log as well."""
        if not self._lost:
            _log.warning("use is not counted: %s", why)
        self._lost += 1
