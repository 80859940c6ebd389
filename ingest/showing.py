"""What is known of one paper and why, for the clerk: each fact, who says it, how sure that is, and on which words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from council import (
    Catalogue,
    Citation,
    Decision,
    Derivation,
    Document,
    Page,
    QuoteError,
    Source,
    State,
    UsageError,
    plain,
    readable,
)
from ingest.held import listed, numbered_pages, without_numbers
from ingest.running import read_back

FORM = 1
"""Rises when a field of the JSON form changes its meaning or goes."""

_LEAST = 8
"""Characters of a SHA-256 that are enough to name a paper."""
_SAYS = {
    Source.MANIFEST: "the manifest says so",
    Source.DOCUMENT: "read off the paper",
    Source.PDF_INFORMATION: "the PDF's own information says so",
    Source.FILENAME: "from the name of the file",
    Source.FOLDER: "from the name of a folder",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One derivation with the words of the paper that it rests on, as they stand there."""

    derivation: Derivation
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A paper and the facts about it."""

    document: Document
    facts: tuple[Fact, ...]
    numbered: tuple[int, ...] = ()
    """The pages on which a citizen service number seems to stand; the numbers themselves are shown nowhere."""
    decisions: tuple[Decision, ...] = ()
    """What clerks decided about it; the last one counts."""


def shown(catalogue: Catalogue, name: str) -> Shown:
    """Look up a paper and what is known of it.

    Args:
        catalogue: where it is kept.
        name: its SHA-256, the beginning of that, or its path within a source, now or before it was taken away.

    Raises:
        UsageError: no paper has that name, or more than one, or the file could not be read; then the message says why.
    """
    document = named(catalogue, name)
    pages = catalogue.pages(document.sha256)
    facts = (_fact(catalogue, document, derivation, pages) for derivation in catalogue.derivations(document.sha256))
    return Shown(
        document=document,
        facts=tuple(facts),
        numbered=tuple(dict.fromkeys(numbered_pages(pages))),
        decisions=catalogue.decisions(document.sha256),
    )


def named(catalogue: Catalogue, name: str) -> Document:
    """Look up a paper; arguments and errors as for :func:`shown`."""
    document = catalogue.document(_named(catalogue, name))
    if document is None:
        raise UsageError(f"{name} is not in the catalogue")
    return document


def _fact(catalogue: Catalogue, document: Document, derivation: Derivation, pages: tuple[Page, ...]) -> Fact:
    words = without_numbers(_words(catalogue, document, derivation), pages)
    return Fact(derivation=replace(derivation, value=without_numbers(derivation.value, pages)), words=words)


def _named(catalogue: Catalogue, name: str) -> str:
    by_path = {address.document for address in catalogue.all_addresses() if address.path == name and address.document}
    long = len(name) >= _LEAST
    found = by_path or {sha256 for sha256 in catalogue.states() if long and sha256.startswith(name.lower())}
    if not found:
        _must_not_be_refused(catalogue, name)
        found = _of_former_name(catalogue, name)
    if len(found) > 1:
        each = ", ".join(sorted(sha256[:12] for sha256 in found))
        raise UsageError(f"{name!r} names {len(found)} papers; give the SHA-256 of one: {each}")
    if not found:
        raise UsageError(
            f"{name!r} names no papers; give a path as in the report, or {_LEAST} or more characters of the SHA-256"
        )
    return found.pop()


def _must_not_be_refused(catalogue: Catalogue, name: str) -> None:
    for address in catalogue.all_addresses():
        if address.path == name and address.refusal:
            refusal, _ = read_back(name, address.refusal)
            raise UsageError(f"{name!r} could not be read: {refusal.reason}; {refusal.remedy}")


def _of_former_name(catalogue: Catalogue, name: str) -> set[str]:
    """Return the papers that lay at a path and lie nowhere now: older versions only where none was withdrawn."""
    gone = [sha256 for sha256 in catalogue.states() if not catalogue.addresses_of(sha256)]
    papers = [document for sha256 in gone if (document := catalogue.document(sha256)) and document.filename == name]
    withdrawn = {document.sha256 for document in papers if document.state is State.WITHDRAWN}
    return withdrawn or {document.sha256 for document in papers}


def _words(catalogue: Catalogue, document: Document, derivation: Derivation) -> str:
    if not derivation.evidence:
        return ""
    try:
        return catalogue.quote(Citation(document=document.sha256, spans=derivation.evidence))
    except QuoteError:
        return ""


def as_text(found: Shown) -> str:
    """Return what is known of a paper in lines that a clerk can read."""
    document = found.document
    lines = [f"{plain(document.filename)} ({document.sha256[:12]}, {document.state.value})"]
    lines += _about_numbers(found)
    for fact in found.facts:
        each = fact.derivation
        lines.append(f"{each.field:12} {plain(each.value)}")
        sure = "" if each.source is Source.MANIFEST else f", confidence {each.confidence:.2f}"
        place = f", page {each.evidence[0].page}" if each.evidence else ""
        lines.append(f"{'':12} {_SAYS[each.source]}{place}{sure}")
        lines += [f"{'':12} | {plain(readable(line))}" for line in fact.words.splitlines() if readable(line)]
    if not found.facts:
        lines.append("nothing is known of where its facts come from; run raadspoor-ingest once more")
    return "\n".join(lines)


def _about_numbers(found: Shown) -> list[str]:
    lines = []
    if found.numbered:
        lines.append(f"a citizen service number seems to stand on page {listed(found.numbered)}")
    lines += [
        f"{'released' if each.released else 'held back'} on {each.day}: {plain(each.reason)}"
        for each in found.decisions
    ]
    if found.document.state is State.HELD:
        lines.append("held back: nobody finds it; raadspoor-ingest --release lets it go")
    return lines


def as_json(found: Shown) -> dict[str, Any]:
    """Return the same as plain values; ``docs/json.md`` describes them."""
    return {
        "form": FORM,
        "document": found.document.sha256,
        "file": found.document.filename,
        "state": found.document.state.value,
        "numbered_pages": list(found.numbered),
        "decisions": [
            {"released": each.released, "day": each.day.isoformat(), "reason": each.reason, "pages": list(each.pages)}
            for each in found.decisions
        ],
        "facts": [
            {
                "field": fact.derivation.field,
                "value": fact.derivation.value,
                "source": fact.derivation.source.value,
                "confidence": fact.derivation.confidence,
                "evidence": [
                    {"page": span.page, "start": span.start, "end": span.end} for span in fact.derivation.evidence
                ],
                "words": fact.words,
            }
            for fact in found.facts
        ],
    }
