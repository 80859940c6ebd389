"""Where a document stands and what is said of it, worked out from every place where it was found.

Nothing is carried over from one run to the next but facts: which bytes lie where, what each manifest says of them, and
what the document says itself. So it does not matter in which order things became known, nor what became of a run. One
thing is remembered beyond that: what a manifest once closed stays closed until a line says that it is openbaar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from council import Access, Address, Catalogue, Derivation, Document, Source, State
from ingest.derive import Derived, derive
from ingest.manifest import Entry, entry_of, speaks
from ingest.names import Names, composed

_STRICTER = (Access.OPENBAAR, Access.BESLOTEN, Access.GEHEIM)
_SAID = ("title", "kind", "date", "body", "meeting", "agenda_item", "case_number", "source_url")
_DERIVED = ("title", "kind", "date", "meeting", "body", "case_number", "access")


def in_order(addresses: Iterable[Address]) -> list[Address]:
    """Return the addresses of a document; the first one gives it its name, and counts first for what is said of it."""
    return sorted(addresses, key=lambda address: (not speaks(address.said), address.source, address.path))


def described(document: Document, own: Derived, addresses: Sequence[Address]) -> Document:
    """Return a document with what the manifests say of it, and where they are silent, with what it says itself.

    Where they differ on access, the strictest counts: no other place can open what one of them closes. Where none says
    a word about it, a document that one of them closed before stays closed.

    Args:
        document: anything that is known of it by now.
        own: what it says itself.
        addresses: every place where it was found; at least one.
    """
    ordered = in_order(addresses)
    entries = [entry for address in ordered if (entry := entry_of(address.said)) is not None]
    said = {name: next((value for entry in entries if (value := getattr(entry, name))), None) for name in _SAID}
    said["access"] = strictest(entry.access or entry.closed for entry in entries)
    if said["access"] is None and (stated := stated_of(document)) and strictest((stated, own.access)) is stated:
        said["access"] = stated
    found = {name: getattr(own, name) for name in _DERIVED if said[name] is None}
    silent = {"agenda_item": "", "source_url": ""}
    given = {name: value for name, value in said.items() if value is not None}
    derived = frozenset(name for name, value in found.items() if value)
    return replace(document, filename=ordered[0].path, derived=derived, **{**silent, **found, **given})


def strictest(levels: Iterable[Access | None]) -> Access | None:
    """Return the strictest level of access among these; nothing where none says anything."""
    return max((level for level in levels if level), key=_STRICTER.index, default=None)


def stated_of(document: Document) -> Access | None:
    """Return the restriction that a manifest, and not the paper itself, put on a document; nothing without one."""
    return None if document.access is Access.OPENBAAR or "access" in document.derived else document.access


def still_closed(catalogue: Catalogue, before: Iterable[Address], document: str) -> Access | None:
    """Return the restriction that a manifest once stated of what lay somewhere, the strictest of several.

    Args:
        catalogue: where it is kept.
        before: the addresses of until now.
        document: what lies there from now on; where it was another document, one that was closed closes this one too.
    """
    found: list[Access | None] = []
    for address in before:
        entry = entry_of(address.said)
        found.append(entry.restriction if entry else None)
        older = catalogue.document(address.document) if address.document not in ("", document) else None
        found.append(stated_of(older) if older else None)
    return strictest(found)


def closed_when_gone(catalogue: Catalogue) -> Mapping[str, Access]:
    """Return what a manifest once stated of papers that lie nowhere any more, by the last path of each.

    Other bytes may come to lie at such a path, and the manifest say nothing of them: then they are closed as well.
    """
    found: dict[str, Access] = {}
    for document in catalogue.gone():
        path = composed(document.filename)
        level = strictest((stated_of(document), found.get(path)))
        if level is not None:
            found[path] = level
    return found


def tightened(entry: Entry, said: str) -> str:
    """Return what is kept of a file whose bytes may be others by now: what was said, and what a line closes in it.

    Args:
        entry: the line. It counts where it restricts access more than before, or says that the paper is withdrawn.
        said: what was kept of the file until now.
    """
    before = entry_of(said) or Entry(file="")
    after = replace(before, file=entry.file)
    if entry.restriction and strictest((before.restriction, entry.restriction)) is not before.restriction:
        after = replace(after, access=entry.restriction, closed=None)
    if entry.withdrawn:
        after = replace(after, withdrawn=min(entry.withdrawn, before.withdrawn or entry.withdrawn))
    return said if after == replace(before, file=entry.file) else after.as_text()


def explained(document: Document, own: Derived) -> tuple[Derivation, ...]:
    """Return where the facts about a document come from: from the manifest wherever that says them."""
    from_paper = [derivation for derivation in own.derivations if derivation.field in document.derived]
    given = [
        Derivation(field=name, value=str(value), source=Source.MANIFEST, confidence=1.0)
        for name in (*_SAID, "access")
        if name not in document.derived and (value := getattr(document, name))
    ]
    return (*from_paper, *given)


def redescribe(catalogue: Catalogue, sha256: str) -> bool:
    """Describe a document anew from all its addresses; say whether that changed anything."""
    document = catalogue.document(sha256)
    addresses = catalogue.addresses_of(sha256)
    if document is None or not addresses:
        return False
    own = derive(in_order(addresses)[0].path, catalogue.pdf_title(sha256), catalogue.pages(sha256))
    new = described(document, own, addresses)
    if new != document:
        catalogue.describe(new)
    catalogue.explain(sha256, explained(new, own))
    return replace(new, filename="") != replace(document, filename="")


def wanted_states(addresses: Iterable[Address], today: dt.date) -> Mapping[str, State]:
    """Return where the documents that lie somewhere should stand.

    Args:
        addresses: everything that is known of every source.
        today: the day from which a withdrawal counts.

    Returns:
        States by document. ``LIVE`` means that nothing is said against it but perhaps its own text.
    """
    places: dict[tuple[str, str], tuple[str, Entry | None]] = {
        (address.source, address.path): (address.document, entry_of(address.said))
        for address in addresses
        if address.document
    }
    wanted = {document: State.LIVE for document, _ in places.values()}
    replacing = [
        (source, document, entry.replaces)
        for (source, _), (document, entry) in places.items()
        if entry and entry.replaces
    ]
    names = {
        one: Names(path for source, path in places if source == one) for one in {source for source, *_ in replacing}
    }
    for source, document, replaced in replacing:
        older, _ = places.get((source, names[source].find(replaced)), ("", None))
        if older and older != document:
            wanted[older] = State.SUPERSEDED
    for document, entry in places.values():
        if entry is not None and entry.withdrawn is not None and entry.withdrawn <= today:
            wanted[document] = State.WITHDRAWN
    return wanted


def link_versions(catalogue: Catalogue, new: str, old: str) -> None:
    """Say that one document took the place of another, without ever closing the chain of versions to a circle."""
    document = catalogue.document(new)
    if document is None or old in (new, document.version_of):
        return
    seen = {new}
    at = catalogue.document(old)
    while at is not None and at.sha256 not in seen:
        if at.version_of == new:
            # The older bytes came back: what came between them now comes after what was before them.
            catalogue.describe(replace(at, version_of=document.version_of))
            break
        seen.add(at.sha256)
        at = catalogue.document(at.version_of) if at.version_of else None
    catalogue.describe(replace(document, version_of=old))
