"""Outside programs that a run starts, several at a time. Each ends with everything that it started when its time is up,
when the run stops, and when the run is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress


class Programs:
    """What is running now. Threads may share it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self._ended = False

    def run(self, command: list[str], *, seconds: float, environment: Mapping[str, str]) -> tuple[int, str]:
        """Run a program and return its exit code and what it said on standard error.

        Args:
            command: the program and its arguments.
            seconds: how long it may take.
            environment: variables besides those of this process.

        Raises:
            subprocess.TimeoutExpired: it took longer.
        """
        process = self._started(command, environment)
        if process is None:
            return 1, "the run was stopped"
        try:
            _, message = process.communicate(timeout=max(0.0, seconds))
        except BaseException:
            _end(process)
            process.communicate()
            raise
        finally:
            with self._guard:
                self._running.discard(process)
        return process.returncode, message

    def end(self) -> None:
        """End every program, and start no other."""
        with self._guard:
            self._ended = True
            for process in self._running:
                _end(process)

    def _started(self, command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[str] | None:
        with self._guard:  # between the start of a program and its being known, nobody may end them all
            if self._ended:
                return None
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                start_new_session=True,
                env={**os.environ, **environment},
            )
            self._running.add(process)
            return process


def _end(process: subprocess.Popen[str]) -> None:
    """End a program with everything that it started: all of that is in its session."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
