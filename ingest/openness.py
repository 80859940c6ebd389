"""Which papers became public through the manifest, and which stay closed although it is silent about them."""

from __future__ import annotations

from collections.abc import Iterable

from council import Access, Address, Catalogue, Filters, Refusal, State
from ingest.manifest import entry_of
from ingest.running import Run
from ingest.standing import in_order, stated_of, strictest

_PUBLIC = Filters(access=frozenset({Access.OPENBAAR}))
_CLOSED = Filters(access=frozenset(Access) - {Access.OPENBAAR})


def not_public(catalogue: Catalogue, addresses: Iterable[Address]) -> frozenset[str]:
    """Return the documents at these addresses that the public cannot find, by a manifest or by what they say.

    One that is only held back, for a citizen service number, is not among them: no manifest opens it.
    """
    there = {address.document for address in addresses if address.document}
    states = catalogue.states()
    hidden = there - catalogue.still_visible(there, _PUBLIC)
    return frozenset(
        sha256
        for sha256 in hidden
        if states.get(sha256) is not State.HELD
        or ((document := catalogue.document(sha256)) is not None and document.access is not Access.OPENBAAR)
    )


def opened(run: Run) -> tuple[str, ...]:
    """Return the papers that the public can find now, and could not when the run began although they were there."""
    if not run.closed:
        return ()
    first: dict[str, str] = {}
    for address in in_order(run.catalogue.addresses(run.source).values()):
        before = run.known.get(address.path)
        if run.closed & {address.document, before.document if before else ""}:
            first.setdefault(address.document, address.path)
    return tuple(sorted(first[sha256] for sha256 in run.catalogue.still_visible(first, _PUBLIC)))


def silently_closed(run: Run) -> tuple[Refusal, ...]:
    """Return the papers of the source that a manifest once closed, and of which none says so any more."""
    found = []
    for document in run.catalogue.documents(_CLOSED):
        addresses = run.catalogue.addresses_of(document.sha256)
        here = [address for address in in_order(addresses) if address.source == run.source]
        entries = map(entry_of, (address.said for address in addresses))
        said = strictest(entry.access for entry in entries if entry)
        if here and stated_of(document) and (said is None or strictest((said, document.access)) is not said):
            found.append(
                Refusal(
                    path=here[0].path,
                    reason=f"the manifest said that it is {document.access} and says nothing of that any more",
                    remedy="write in the manifest what it is: openbaar opens it, besloten or geheim keeps it closed",
                )
            )
    return tuple(sorted(found, key=lambda one: one.path))
