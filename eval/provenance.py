"""What every figure stands beside: when, which commit, model, settings and data, on which machine."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from council.settings import Settings
from search import Generation

_HOME = Path(__file__).resolve().parent.parent
_LIBRARIES = ("bm25s", "ir_measures", "qdrant-edge-py", "sentence-transformers", "torch")
_PRIVATE = set(
    "qdrant_api_key qdrant_url passwords mail_to mail_from smtp smtp_starttls smtp_user smtp_password".split()
)
"""Settings that are nobody's business and change no figure; results are handed on, with whom the clerk mails to not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """The circumstances of one evaluation."""

    made: dt.datetime
    commit: str
    """The commit of the program, with ``+changed`` when files differ from it; empty where there is no git."""
    libraries: dict[str, str]
    model: str
    """The embedding model's fingerprint."""
    generation: str
    analysis: str
    settings: dict[str, Any]
    machine: dict[str, Any]


def provenance(settings: Settings, generation: Generation) -> Provenance:
    """Gather the circumstances of an evaluation that was just done."""
    return Provenance(
        made=dt.datetime.now(dt.UTC).replace(microsecond=0),
        commit=_commit(_HOME),
        libraries={name: _version(name) for name in _LIBRARIES},
        model=generation.model,
        generation=generation.name,
        analysis=generation.analysis,
        settings=settings.model_dump(mode="json", exclude=_PRIVATE),
        machine={
            "system": platform.system(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
    )


def _commit(home: Path) -> str:
    """Return the commit of a checkout; nothing for a folder that is no checkout itself."""
    if not (home / ".git").exists():
        return ""
    head = _git(home, "rev-parse", "HEAD")
    changed = _git(home, "status", "--porcelain", "--untracked-files=no")
    return f"{head}+changed" if head and changed else head


def _git(home: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(home), *arguments], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
