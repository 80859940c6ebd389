"""What changed since the last run, and what follows from it without reading a single PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from council import Address, Document, Event, State, UsageError
from ingest.held import must_hold
from ingest.manifest import remembered
from ingest.names import Names, matched
from ingest.reading import is_personal
from ingest.running import Run, read_back
from ingest.source import Found
from ingest.standing import link_versions, redescribe, still_closed, tightened, wanted_states

FEW = 20
"""Papers below which any number may be withdrawn in one run: in a small source half is soon gone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """The files of a source, beside what was known of it."""

    unchanged: tuple[Found, ...]
    """The same as last time, whether the run looks at them or not."""
    fresh: tuple[Found, ...]
    """New, or changed, or refused within bounds that are no longer the same."""
    vanished: tuple[str, ...]


def compare(run: Run) -> Changes:
    """Compare what a source offers with what was known of it."""
    documents = run.catalogue.states()
    unchanged: list[Found] = []
    fresh: list[Found] = []
    for item in run.offer.found:
        (unchanged if _same(run, item, documents) else fresh).append(item)
    fresh = [item for item in fresh if run.scope.holds(item.path)]
    return Changes(unchanged=tuple(unchanged), fresh=tuple(fresh), vanished=_vanished(run))


def _vanished(run: Run) -> tuple[str, ...]:
    if run.scope.keep_missing:
        return ()
    gone = run.known.keys() - {item.path for item in run.looked_at.found}
    return tuple(sorted(path for path in gone if run.scope.holds(path) and not run.offer.hides(path)))


def _same(run: Run, item: Found, documents: Mapping[str, State]) -> bool:
    address = run.known.get(item.path)
    if address is None or (address.size, address.changed) != (item.size, item.changed):
        return False
    if not address.document:
        return read_back(item.path, address.refusal)[1] == run.mark
    return address.document in documents


def restate(run: Run, unchanged: tuple[Found, ...]) -> None:
    """Take over what the manifest says otherwise than last time, of every paper that is known.

    Of files that are the same, or missing and kept, all of it counts. Of those that changed, that cannot be looked at
    or that are gone, a line counts at once where it closes or withdraws, as it may be long until they are read; the
    rest of it may be meant for other bytes than those that are known.
    """
    told = {item.path: item.entry for item in unchanged}
    there = {item.path: item.entry for item in run.offer.found}
    other = {path: entry for path, entry in there.items() if entry and path in run.known and path not in told}
    lines = {path: entry for path, entry in run.offer.lines.items() if path not in there}
    for path, entry in matched(run.known.keys() - there.keys(), lines).items():
        is_kept = run.scope.keep_missing and not run.offer.hides(path)
        (told if is_kept else other)[path] = entry
    for path, entry in other.items():
        _say(run, run.known[path], tightened(entry, run.known[path].said))
    for path, line in told.items():
        address = run.known[path]
        if address.said != (line.as_text() if line else ""):
            _say(run, address, remembered(line, still_closed(run.catalogue, [address], address.document)))


def _say(run: Run, address: Address, said: str) -> None:
    if said == address.said:
        return
    with run.catalogue.writing():
        run.catalogue.put_address(replace(address, said=said))
        if address.document and redescribe(run.catalogue, address.document):
            run.catalogue.news.tell(address.document, Event.CHANGED)


def must_not_be_most(run: Run, vanished: tuple[str, ...]) -> None:
    """Stop before most of a source is withdrawn: that is more often a share that is not there than a wish.

    Raises:
        UsageError: more papers lie nowhere any more than :attr:`Settings.most_withdrawn` allows.
    """
    states = run.catalogue.states()
    shown = {
        address.document
        for address in run.known.values()
        if run.scope.holds(address.path) and states.get(address.document) in (State.LIVE, State.HELD)
    }
    if run.scope.withdraw_all or len(shown) < FEW:
        return
    gone = {(run.source, path) for path in vanished}
    lost = [
        document
        for document in shown & {run.known[path].document for path in vanished}
        if all((one.source, one.path) in gone for one in run.catalogue.addresses_of(document))
    ]
    if len(lost) > run.settings.most_withdrawn * len(shown):
        settle(run)  # what the manifest takes back goes all the same
        raise UsageError(
            f"{run.source}: {len(lost)} of {len(shown)} papers are no longer there, more than RAADSPOOR_MOST_WITHDRAWN "
            f"allows ({run.settings.most_withdrawn:g}). None was withdrawn for that. See to it that the whole folder "
            "is there, like a share that is not mounted; if they were all taken back, run once with --withdraw-all"
        )


def forget(run: Run, vanished: tuple[str, ...]) -> None:
    """Withdraw documents whose last file is gone; one that another file replaces is an older version instead."""
    names = Names(run.known)
    replaced = {names.find(item.entry.replaces) for item in run.looked_at.found if item.entry and item.entry.replaces}
    for path in vanished:
        digest = run.known[path].document
        with run.catalogue.writing():
            run.catalogue.drop_address(run.source, path)
            document = run.catalogue.document(digest) if digest else None
            if document is None:
                continue
            if run.catalogue.addresses_of(digest):
                redescribe(run.catalogue, digest)
                continue
            if document.state is not State.SUPERSEDED:
                run.catalogue.set_state(digest, State.SUPERSEDED if path in replaced else State.WITHDRAWN)
            if document.state in (State.LIVE, State.HELD):
                run.catalogue.news.withdraw(digest, path)


def settle(run: Run) -> None:
    """Put every document where it should stand, whatever a run that was killed left undone."""
    wanted = wanted_states(run.catalogue.all_addresses(), run.today)
    for digest, state in run.catalogue.states().items():
        shown = state in (State.LIVE, State.HELD)
        target = wanted.get(digest)
        if target is None and shown:
            target = State.WITHDRAWN
        if target is None or target is state or (target is State.LIVE and shown):
            continue
        document = run.catalogue.document(digest)
        if document is not None:
            _set_state(run, document, target)
    _link_replaced(run)


def _set_state(run: Run, document: Document, target: State) -> None:
    if target is State.LIVE:
        # It was out of sight, so nobody has looked at it since: what it holds is checked again.
        pages = run.catalogue.pages(document.sha256)
        held = must_hold(run.catalogue, document.sha256, pages, personal=is_personal(pages))
        target = State.HELD if held else State.LIVE
    with run.catalogue.writing():
        run.catalogue.set_state(document.sha256, target)
        if target in (State.LIVE, State.HELD):
            run.catalogue.news.back(document.sha256)
        elif document.state in (State.LIVE, State.HELD) and target is State.WITHDRAWN:
            run.catalogue.news.withdraw(document.sha256, document.filename)


def _link_replaced(run: Run) -> None:
    """Link each document with the one that its manifest line says it replaces; note a line that replaces nothing."""
    replacing = [(item, item.entry.replaces) for item in run.looked_at.found if item.entry and item.entry.replaces]
    now = run.catalogue.addresses(run.source) if replacing else {}
    paths, formerly = Names(now), Names(run.known)
    run.replacing_nothing.clear()
    for item, older in replacing:
        new = now[item.path].document if item.path in now else ""
        before = now.get(paths.find(older)) or run.known.get(formerly.find(older))
        if not new or (before is not None and not before.document):
            continue
        if before is not None:
            with run.catalogue.writing():
                link_versions(run.catalogue, new, before.document)
        elif (document := run.catalogue.document(new)) is not None and not document.version_of:
            run.replacing_nothing[item.path] = older
