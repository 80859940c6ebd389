"""A clerk decides about one paper: it is released although it seems to hold a citizen service number, or held back.

The catalogue is told and nothing else is touched: what may be seen is asked of it at every request, so a decision
counts at once. The index, which needs the model, follows in the next run; so nothing here can hurt it.
"""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import dataclass

from council import Catalogue, DataFolder, Decision, Document, NotIngested, State, UsageError, plain
from ingest.held import listed, numbered_pages
from ingest.lock import only_run
from ingest.showing import named
from ingest.standing import wanted_states

_LONGEST_REASON = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """What was decided, and where the paper stands after it."""

    document: Document
    decision: Decision


def decide(data: DataFolder, name: str, *, release: bool, because: str) -> Ruling:
    """Release a paper that is held back, or hold one back.

    Args:
        data: the data folder.
        name: its SHA-256, the beginning of that, or its path within a source.
        release: whether it may be found from now on; else it may not.
        because: why, in the clerk's words.

    Raises:
        UsageError: no paper or more than one has that name, it is not held back or is already, or there is no reason.
        DataError: another run is writing, or nothing was ever ingested.
    """
    reason = " ".join(plain(because.replace("\n", " ")).split())
    if not reason or len(reason) > _LONGEST_REASON:
        raise UsageError(f"--because: say why in 1 to {_LONGEST_REASON} characters; it is kept with the decision")
    if not data.catalogue.exists():
        raise NotIngested(f"{data.catalogue} is not there; give the data folder of a run")
    with only_run(data.lock), closing(Catalogue(data.catalogue, create=True)) as catalogue:
        document = named(catalogue, name)
        _must_make_sense(catalogue, document, release=release)
        today = dt.datetime.now().astimezone().date()
        decision = Decision(
            document=document.sha256,
            day=today,
            released=release,
            reason=reason,
            pages=numbered_pages(catalogue.pages(document.sha256)) if release else (),
        )
        with catalogue.writing():
            catalogue.decide(decision)
            state = _state_after(catalogue, document, release=release, today=today)
            catalogue.set_state(document.sha256, state)
        after = catalogue.document(document.sha256)
        return Ruling(document=after or document, decision=decision)


def _must_make_sense(catalogue: Catalogue, document: Document, *, release: bool) -> None:
    held = document.state is State.HELD
    decided = catalogue.decisions(document.sha256)
    if release and not held:
        raise UsageError(f"{document.filename} is not held back ({document.state.value}); nothing was changed")
    if not release and decided and not decided[-1].released:
        raise UsageError(f"{document.filename} is held back already, by a clerk; nothing was changed")


def _state_after(catalogue: Catalogue, document: Document, *, release: bool, today: dt.date) -> State:
    """Return where a paper stands: a release opens nothing that is taken back, replaced or gone by now."""
    if not release:
        return State.HELD if document.state is State.LIVE else document.state
    return wanted_states(catalogue.all_addresses(), today).get(document.sha256, State.WITHDRAWN)


def as_text(ruling: Ruling) -> str:
    """Return in a few lines what was decided and what comes of it."""
    document, decision = ruling.document, ruling.decision
    head = f"{'released' if decision.released else 'held back'}: {plain(document.filename)} ({document.sha256})"
    if not decision.released:
        return f"{head}\nNobody finds or opens it from this moment. --release lets it go again."
    lines = [head]
    if decision.pages:
        lines.append(f"A citizen service number seems to stand on page {listed(decision.pages)}.")
    if document.state is State.LIVE:
        lines.append(
            f"Its access is {document.access.value}, and stays so. Who may see it can open it from this moment; "
            "searching finds it after the next run of raadspoor-ingest over its source. --hold takes it back."
        )
    else:
        lines.append(f"It stays out of sight: it is {document.state.value}.")
    return "\n".join(lines)
