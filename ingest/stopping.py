"""A run that is stopped from outside: with Ctrl-C, by systemd, by whoever shuts the machine down."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """The run was told to stop. Like Ctrl-C it is no :class:`Exception`: nobody takes it for the fault of a file.

    Args:
        number: the signal that said so.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped from outside ({signal.Signals(number).name}); run again to go on where it stopped")
        self.exit_code = 128 + number
        """What a shell makes of a program that a signal ended."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise :class:`Stopped` in this thread, which is the main one, when the process is told to stop.

    The first time, so that the run can end its workers and say in a report that it was stopped. A second ends it at
    once, which loses no more than a kill does.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        raise Stopped(number)

    before = {each: signal.signal(each, stop) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
