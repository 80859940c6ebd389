"""What a command prints, where that cannot be written: the reader went away (``| head``), or its disk is full.

Neither may stop what the command does beside printing, nor end it with a trace. So for the length of a command both
outputs are replaced by ones that note the first failure and let the rest go.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import Any, Protocol, TextIO, cast

LOST = 4
"""What a command ends with whose output is lost and that did well else: there is no room where it goes."""


class _Main(Protocol):
    def __call__(self, arguments: list[str] | None = None) -> int: ...


class _Output:
    """A stream that is written to as far as that goes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.failure: OSError | None = None
        self.matters = True

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # everything else is the stream's own
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, or note why not."""
        if self.failure is None:
            try:
                self._stream.write(text)
            except OSError as error:
                self._give_up(error)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write one after another."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Write what is held back, or note why not."""
        if self.failure is None:
            try:
                self._stream.flush()
            except OSError as error:
                self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self.failure = error
        with suppress(OSError, ValueError):  # a stream need not have a file
            # What the stream still holds it writes when Python ends, and would fail again.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


def command(name: str) -> Callable[[_Main], _Main]:
    """Return what lets the main function of a command end as it should where its output cannot be written.

    A reader that went away wanted no more: the command does the rest, and ends with its own code. Any other failure is
    said on standard error, and a command that did well else ends with :data:`LOST`, unless it :func:`may_lose` what it
    said.

    Args:
        name: of the command, for the message.
    """

    def decorated(main: _Main) -> _Main:
        @wraps(main)
        def edge(arguments: list[str] | None = None) -> int:
            before = sys.stdout, sys.stderr
            out, err = (_Output(stream) for stream in before)
            sys.stdout, sys.stderr = cast(TextIO, out), cast(TextIO, err)
            left: SystemExit | None = None
            try:
                code = main(arguments)
            except SystemExit as said:  # --help prints too
                left, code = said, int(said.code or 0)
            finally:
                out.flush()
                if lost := out.failure is not None and not isinstance(out.failure, BrokenPipeError):
                    err.write(f"{name}: standard output cannot be written: {out.failure}; make room where it goes\n")
                err.flush()
                sys.stdout, sys.stderr = before
            if lost and out.matters and not code:
                return LOST
            if left is not None:
                raise left
            return code

        return edge

    return decorated


def may_lose() -> None:
    """Say that what is printed from now on is kept elsewhere too: that it is lost is no failure of the command."""
    if isinstance(sys.stdout, _Output):
        sys.stdout.matters = False
