"""Reports in the data folder: what the clerk reads in the morning, and what is looked up a year later."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from council import Busy, DataFolder, IngestReport, RaadspoorError, UsageError, plain, unfinished, whole
from ingest.lock import only_run
from ingest.report import as_json, exit_code
from ingest.report_html import Night, page
from ingest.stopping import Stopped

FORM = 1
"""Rises when a field of a kept report changes its meaning or goes."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6})(?:-(\d+))?\.(?:json|html)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Keeper:
    """Keeps the report of one run. Whatever goes wrong with that is said, and is no reason for the run to fail.

    The caller holds the lock of the data folder, so nobody else writes or deletes here.
    """

    folder: Path
    """Made for its owner alone when it is not there: reports name papers that are secret or held back."""
    most: int
    """How many are kept; 0 keeps none."""
    begun: dt.datetime
    """When the run began, on the clock of the place."""
    municipality: str
    source: str
    warn: Callable[[str], None]

    def made(self, report: IngestReport) -> Mapping[str, bytes] | None:
        """Return the report of a run that was published as files to :meth:`put`, by name; None where that failed."""
        return self._made(Night(begun=self.begun, municipality=self.municipality, source=self.source, report=report))

    def put(self, files: Mapping[str, bytes]) -> bool:
        """Write files that were made and delete the oldest; say whether they are kept. The same twice is the same."""
        # The papers are published or the error is under way: no mistake of a report, not even of ours, may change that.
        try:
            for name, content in files.items():
                _put(self.folder / name, content)
            self._prune()
        except Exception as error:  # see above
            self._say(error)
            return False
        return True

    @contextmanager
    def keeping_failure(self) -> Iterator[None]:
        """Keep why a run failed or was stopped, where that is no mistake of ours, and let the error go on."""
        try:
            yield
        except RaadspoorError as error:
            self._keep_failure(str(error), error.exit_code)
            raise
        except KeyboardInterrupt as error:
            stopped = error if isinstance(error, Stopped) else Stopped(signal.SIGINT)
            self._keep_failure(str(stopped), stopped.exit_code)
            raise

    @contextmanager
    def keeping_wrong_usage(self, data: DataFolder) -> Iterator[None]:
        """Keep why a run could not begin, where its data folder is one, and let the error go on.

        Nobody has the lock yet: where another run has it, the report of that one says how the night went.
        """
        try:
            yield
        except UsageError as error:
            if _is_a_data_folder(data):
                with suppress(Busy, OSError), only_run(data.lock):
                    self._keep_failure(str(error), error.exit_code)
            raise

    def _keep_failure(self, why: str, code: int) -> None:
        night = Night(
            begun=self.begun, municipality=self.municipality, source=self.source, failed=why, failed_code=code
        )
        if (files := self._made(night)) is not None:
            self.put(files)

    def _made(self, night: Night) -> Mapping[str, bytes] | None:
        if not self.most:
            return {}
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = self._free_name()
            # A lone surrogate, from a folder whose name is not UTF-8, becomes an escape that JSON knows.
            text = json.dumps(kept_json(night), ensure_ascii=False, indent=2) + "\n"
            return {f"{name}.json": text.encode("utf-8", "backslashreplace"), f"{name}.html": page(night).encode()}
        except Exception as error:  # as in put
            self._say(error)
            return None

    def _say(self, error: Exception) -> None:
        self.warn(plain(f"the report could not be kept in {self.folder}: {error}; the run itself is not affected"))

    def _free_name(self) -> str:
        """Return the moment as a name, or where the clock stands before the newest report, its name with a number.

        So it is in the second run of a second, in the hour that comes twice, and after the clock was set back. The
        order of names stays that of the runs: what is newest is found by its name, and what is oldest goes.
        """
        moment = f"{self.begun:%Y-%m-%dT%H%M%S}"
        stem, number = max(_by_name(self.folder), default=("", 0))
        return moment if moment > stem else f"{stem}-{number + 1}"

    def _prune(self) -> None:
        """Delete what is older than the newest, and what a run that was killed left half written."""
        if not self.folder.is_dir():
            return
        for path in unfinished(self.folder):
            path.unlink(missing_ok=True)
        by_name = _by_name(self.folder)
        for name in sorted(by_name)[: max(0, len(by_name) - self.most)]:
            for path in by_name[name]:
                path.unlink(missing_ok=True)


def _is_a_data_folder(data: DataFolder) -> bool:
    """Say whether a folder is ours, if only made for us: whoever names a wrong one gets nothing written into it."""
    ours = {data.reports.name, data.lock.name}
    return data.catalogue.exists() or (data.root.is_dir() and {path.name for path in data.root.iterdir()} <= ours)


def kept_json(night: Night) -> dict[str, Any]:
    """Return a kept report as plain values; ``docs/json.md`` describes them."""
    return {
        "form": FORM,
        "begun": night.begun.isoformat(timespec="seconds"),
        "municipality": night.municipality,
        "source": night.source,
        "exit_code": exit_code(night.report) if night.report else night.failed_code,
        "failed": night.failed,
        "report": as_json(night.report) if night.report else None,
    }


def newest(folder: Path) -> Path | None:
    """Return the JSON form of the newest report, or nothing where none is kept."""
    kept = sorted(_by_name(folder).items()) if folder.is_dir() else []
    return next((path for _, paths in reversed(kept) for path in paths if path.suffix == ".json"), None)


def _by_name(folder: Path) -> dict[tuple[str, int], list[Path]]:
    """Return the files of each kept report, by the moment in their name and its number."""
    found: dict[tuple[str, int], list[Path]] = {}
    for path in folder.iterdir():
        if name := _NAME.fullmatch(path.name):
            found.setdefault((name[1], int(name[2] or 1)), []).append(path)
    return found


def _put(target: Path, content: bytes) -> None:
    with whole(target) as out:
        # Who is let into the folder by its group may read; the folder itself lets nobody in of its own accord.
        os.fchmod(out.fileno(), 0o640)
        out.write(content)
