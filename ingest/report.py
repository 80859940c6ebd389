"""A run's report, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import Any

from council import (
    Address,
    Decided,
    DoubtfulPage,
    IngestReport,
    OtherSource,
    Refusal,
    ScanCounts,
    StageTime,
    State,
    plain,
)
from ingest import ocr
from ingest.held import listed, numbered_pages
from ingest.openness import opened, silently_closed
from ingest.running import Run, read_back
from ingest.scans import at_hand
from ingest.standing import in_order

FORM = 1
"""Rises when a field of the JSON form changes its meaning or goes."""

DOUBTFUL = 0.75
"""Confidence below which a scanned page is named: words on it will be missed, and quotes of it need the image."""


def compiled(run: Run, generation: str, seconds: float) -> IngestReport:
    """Return what a run did: each file that was found is added, changed, unchanged, a duplicate or refused.

    Documents that no report has told of yet are told of too: of nights that never came to one.
    """
    events = run.catalogue.news.events()
    everywhere, states = run.catalogue.all_addresses(), run.catalogue.states()
    addresses = {address.path: address for address in everywhere if address.source == run.source}
    first: dict[str, Address] = {}
    for address in in_order(everywhere):
        first.setdefault(address.document, address)
    refused = {refusal.path: refusal for refusal in (*_of_source(run), *run.refused)}
    listed: dict[str, list[str]] = {name: [] for name in ("added", "changed", "unchanged", "duplicates")}
    same_as: list[str] = []
    leading: list[Address] = []
    for item in run.looked_at.found:
        found = addresses.get(item.path)
        if item.path in refused or found is None:
            continue
        if not found.document:
            refused[item.path] = read_back(item.path, found.refusal)[0]
        elif first[found.document] != found:
            listed["duplicates"].append(item.path)
            same_as.append(_place(run, first[found.document]))
        else:
            event = events.get(found.document)
            listed[event.value if event else "unchanged"].append(item.path)
            leading.append(found)
    looked_at = {item.path for item in run.looked_at.found}
    for path, known in addresses.items():
        if path not in looked_at and known.document in events and first[known.document] == known:
            listed[events[known.document].value].append(path)
    waiting, partly, held = _remarks(run, leading, states)
    return IngestReport(
        source=run.source,
        only=run.scope.only,
        keep_missing=run.scope.keep_missing,
        warnings=run.warnings,
        added=tuple(sorted(listed["added"])),
        changed=tuple(sorted(listed["changed"])),
        withdrawn=run.catalogue.news.withdrawn(),
        opened=opened(run),
        unchanged=len(listed["unchanged"]),
        duplicates=tuple(listed["duplicates"]),
        same_as=tuple(same_as),
        held=held,
        decided=tuple(_decided(run)),
        closed=silently_closed(run),
        waiting=waiting,
        partly=partly,
        refused=tuple(refused[path] for path in sorted(refused)),
        other_sources=tuple(_other_sources(run, everywhere, states)),
        manifest=tuple(_without_effect(run)),
        personal=run.personal,
        scans=_scans(run),
        pages=run.pages,
        passages=run.catalogue.passage_count(),
        seconds=seconds,
        stages=tuple(StageTime(name=name, seconds=taken) for name, taken in run.stages.items()),
        generation=generation,
    )


def _of_source(run: Run) -> Iterable[Refusal]:
    """Return what the source does not show, as far as this run looks; a folder may hold what it looks at."""
    return (one for one in run.looked_at.refused if one.path.endswith("/") or run.scope.holds(one.path))


def _place(run: Run, address: Address) -> str:
    return address.path if address.source == run.source else f"{address.source}/{address.path}"


def _other_sources(run: Run, everywhere: Iterable[Address], states: Mapping[str, State]) -> Iterable[OtherSource]:
    """Return the sources that this run did not look at and that hold papers which are found."""
    by_source: dict[str, set[str]] = {}
    for address in everywhere:
        if address.document and states[address.document] is State.LIVE:
            by_source.setdefault(address.source, set()).add(address.document)
    own = by_source.pop(run.source, set())
    for source, documents in sorted(by_source.items()):
        if documents - own:
            yield OtherSource(path=source, papers=len(documents - own), there=Path(source).is_dir())


def _remarks(run: Run, leading: Iterable[Address], states: Mapping[str, State]) -> tuple[tuple[Refusal, ...], ...]:
    """Return which documents wait for their scans to be read, which are in but not whole, and which are held back."""
    scanned = set() if at_hand(run) else set(run.catalogue.waiting())
    why, remedy = ("", "") if not scanned else _why_they_wait(run)
    waiting, partly, held = [], [], []
    for address in leading:
        if states[address.document] is State.HELD:
            held.append(_held(run, address))
        if address.refusal:
            partly.append(read_back(address.path, address.refusal)[0])
        elif address.document in scanned:
            waiting.append(Refusal(path=address.path, reason=why, remedy=remedy))
    return tuple(waiting), tuple(partly), tuple(held)


def _held(run: Run, address: Address) -> Refusal:
    """Return why a paper is held back; on which pages, and never what stands there."""
    pages = listed(numbered_pages(run.catalogue.pages(address.document)))
    decided = run.catalogue.decisions(address.document)
    if decided and not decided[-1].released:
        return Refusal(
            path=address.path,
            reason=f"a clerk held it back on {decided[-1].day}",
            remedy=f"release it again when it may be found: raadspoor-ingest --release {address.document[:12]}",
        )
    return Refusal(
        path=address.path,
        reason=f"it seems to hold a citizen service number, on page {pages}",
        remedy="have the number removed and deliver the document again, or have the administrator release it: "
        f"raadspoor-ingest --release {address.document[:12]}",
    )


def _decided(run: Run) -> Iterable[Decided]:
    """Return what clerks decided since the report before, whatever this run looks at."""
    for decision in run.catalogue.untold_decisions():
        document = run.catalogue.document(decision.document)
        yield Decided(
            path=document.filename if document else "",
            document=decision.document,
            released=decision.released,
            day=decision.day.isoformat(),
            reason=decision.reason,
            pages=tuple(dict.fromkeys(decision.pages)),
        )


def _why_they_wait(run: Run) -> tuple[str, str]:
    """Return why scans are not read in this run, and what to do about that."""
    if not run.settings.ocr:
        return "it has scanned pages and OCR is switched off", "set RAADSPOOR_OCR to true and run again"
    lacking = ocr.unknown(run.settings.ocr_language)
    why = f"Tesseract does not know {lacking}" if lacking else "no OCR is at hand"
    return f"it has scanned pages and {why}", ocr.remedy(run.settings.ocr_language)


def _without_effect(run: Run) -> Iterable[Refusal]:
    """Yield what the manifest says and what does nothing."""
    for path in run.offer.strays:
        yield Refusal(
            path=path,
            reason="it looks like a manifest and is not read",
            remedy="put its lines into manifest.jsonl in SOURCE itself, or give it another name",
        )
    for path, older in sorted(run.replacing_nothing.items()):
        yield Refusal(
            path=path,
            reason=f"the manifest says that it replaces {older}, and no such file was ever there",
            remedy="correct the name of what it replaces in the manifest, or take that out",
        )


def _scans(run: Run) -> ScanCounts:
    """Return what this run read from scans."""
    known = [(sha256, page.number, page.confidence) for sha256, page in run.scanned if page.confidence is not None]
    doubtful = [
        DoubtfulPage(path=in_order(run.catalogue.addresses_of(sha256))[0].path, page=number, confidence=confidence)
        for sha256, number, confidence in known
        if confidence < DOUBTFUL
    ]
    return ScanCounts(
        pages=len(run.scanned),
        empty=len(run.scanned) - len(known),
        confidence=sum(confidence for _, _, confidence in known) / len(known) if known else None,
        doubtful=tuple(sorted(doubtful, key=lambda one: (one.path, one.page))),
    )


def as_json(report: IngestReport) -> dict[str, Any]:
    """Return the report as plain values; ``docs/json.md`` describes them."""
    return {"form": FORM, **asdict(report)}


def exit_code(report: IngestReport) -> int:
    """Return 0 when everything was read, 3 when something could not be."""
    return 3 if report.refused or report.partly else 0


def as_text(report: IngestReport) -> str:
    """Return the report in lines that a clerk can read."""
    read = f"{report.pages} pages read in {report.seconds:.1f} s; {report.passages} passages are published"
    return "\n".join([counts(report), read, *remarks(report)])


def counts(report: IngestReport) -> str:
    """Return how many of each there are, in one line."""
    return (
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.withdrawn)} withdrawn, "
        f"{report.unchanged} unchanged, {len(report.duplicates)} duplicates, {len(report.refused)} refused, "
        f"{len(report.partly)} partly read, {len(report.waiting)} waiting, {len(report.held)} held back, "
        f"{len(report.opened)} now public, {len(report.closed)} still closed"
    )


def remarks(report: IngestReport) -> list[str]:
    """Return a line for each file about which something is to be said."""
    lines = [f"Warning: {warning}" for warning in report.warnings]
    lines += [*_scanned(report.scans), *_listed("Refused", report.refused)]
    lines += _listed("Partly read", report.partly)
    lines += _listed("Waiting", report.waiting)
    lines += _listed("Held back", report.held)
    lines += [line for line in map(about_source, report.other_sources) if line]
    for one in report.decided:
        what = "Released by a clerk" if one.released else "Held back by a clerk"
        lines.append(f"{what} on {one.day}: {plain(one.path)} ({one.document[:12]}): {plain(one.reason)}")
    lines += _listed("Still closed", report.closed)
    lines += _listed("Manifest", report.manifest)
    lines += [f"Now public: {plain(path)}" for path in report.opened]
    for path, other in zip_longest(report.duplicates, report.same_as, fillvalue=""):
        lines.append(f"Same document twice: {plain(path)}" + (f" is the same as {plain(other)}" if other else ""))
    return lines


def about_source(other: OtherSource) -> str:
    """Return what is to be said of a source that was not looked at: nothing, as long as it is there."""
    if other.there:
        return ""
    return (
        f"Source is gone: {plain(other.path)} is not there any more, and {other.papers} papers of it stay findable; "
        f"put it back and run over it, or raadspoor-ingest --forget-source {plain(other.path)}"
    )


def _scanned(scans: ScanCounts) -> list[str]:
    if scans.confidence is None:
        return []
    return [
        f"{scans.pages} pages read from scans, {scans.confidence:.0%} sure on average",
        *(f"Scan anew: {plain(one.path)}, page {one.page}: {one.confidence:.0%} sure" for one in scans.doubtful),
    ]


def _listed(head: str, refusals: Iterable[Refusal]) -> list[str]:
    return [f"{head}: {plain(r.path)}: {plain(r.reason)}; {plain(r.remedy)}" for r in refusals]
