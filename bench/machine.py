"""Which machine and which commit figures are of, and how much memory this process takes."""

from __future__ import annotations

import multiprocessing
import os
import platform
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What has to be known of the machine and the program before a figure can be compared."""

    commit: str
    changed_since_commit: bool
    """Whether tracked files differed from that commit."""
    processor: str
    cores: int
    memory_mib: int
    python: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Resident:
    """What of this process lies in memory now, in MiB."""

    own: int
    """What only this process can hold: the kernel cannot give it away."""
    mapped: int
    """Pages of files: the kernel drops them when it needs the room and reads them again."""


def provenance() -> Provenance:
    """Return commit, processor, cores, memory in MiB and Python version."""
    return Provenance(
        commit=_git("rev-parse", "--short", "HEAD"),
        changed_since_commit=bool(_git("status", "--porcelain", "--untracked-files=no")),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_mib=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        python=platform.python_version(),
    )


def peak_mib() -> int:
    """Return the largest resident size of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def resident() -> Resident:
    """Return the resident size of this process now. Linux only: it is read from ``/proc``."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    kib = {line.partition(":")[0]: int(line.split()[1]) for line in lines if line.startswith("Rss")}
    return Resident(own=kib["RssAnon"] >> 10, mapped=(kib["RssFile"] + kib["RssShmem"]) >> 10)


def own_bytes(process: psutil.Process) -> int:
    """Return what a process holds of its own now. Pages of files count for none: the kernel drops them when it likes.

    Raises:
        psutil.Error: it has ended.
    """
    found = process.memory_info()
    return int(found.rss - found.shared)


def children_own_mib() -> list[int]:
    """Return what each process that this one started holds of its own now, in MiB."""
    return [own_bytes(psutil.Process(child.pid)) >> 20 for child in multiprocessing.active_children()]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()
