"""The file of figures: one entry a measurement, each with its day, machine and commit; rewritten after every one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bench.machine import Provenance
from council import UsageError

Figures = Mapping[str, float | int | str]
"""The values of one measurement by name; a name ends in its unit."""


class NotHereError(Exception):
    """Something that a measurement needs is not on this machine; the message says how to get it."""


class State(StrEnum):
    """How a measurement ended."""

    MEASURED = "measured"
    NOT_MEASURED = "not measured"
    """Something that it needs is not on this machine."""
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One measurement."""

    name: str
    state: State
    figures: Figures
    """Empty, unless it was measured."""
    why: str
    """Why there are no figures; empty if there are."""
    when: str
    """When it ended, in ISO 8601."""
    seconds: float
    """How long the measuring took, all told."""
    made_on: Provenance
    pace_ms: float = 0.0
    """How quick the machine was (:mod:`bench.pace`): the mean of before and after in milliseconds; 0: not known."""


def write_results(path: Path, found: Mapping[str, Measured]) -> None:
    """Write all measurements in one step, so that a run that is stopped never leaves half a file."""
    said = {"command": "make bench", "measurements": [asdict(item) for item in found.values()]}
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


def read_results(path: Path) -> dict[str, Measured]:
    """Return the measurements of a file by name.

    Raises:
        UsageError: the file is missing or was written by another version.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {item.name: item for item in map(_measured, raw["measurements"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} holds no figures that can be read ({error!r}); make it with: make bench") from error


def _measured(raw: Mapping[str, Any]) -> Measured:
    return Measured(**{**raw, "state": State(raw["state"]), "made_on": Provenance(**raw["made_on"])})
