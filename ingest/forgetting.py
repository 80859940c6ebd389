"""A source folder that is gone for good: its papers are withdrawn, but for those that lie in another one too."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from council import Access, Catalogue, DataFolder, NotIngested, State, UsageError, plain
from ingest.lock import only_run
from ingest.source import name_of
from ingest.standing import redescribe


@dataclass(frozen=True, kw_only=True, slots=True)
class Forgotten:
    """What became of the papers of a source."""

    source: str
    withdrawn: tuple[str, ...]
    """The paths of papers that could be found until now, or were held back."""
    elsewhere: int
    """How many papers stay, since they lie in another source too."""
    opened: tuple[str, ...]
    """The paths of papers among those that are public from now on: only this source said that they are not."""
    there: bool
    """Whether the folder is still there, so that a run over it would bring all of them back."""


def forget_source(data: DataFolder, path: Path) -> Forgotten:
    """Withdraw the papers of a source; they are out of sight at once, and the index follows in the next run.

    Args:
        data: the data folder.
        path: the folder, named as in a report.

    Raises:
        UsageError: nothing is known of such a folder.
        DataError: another run is writing, or nothing was ever ingested.
    """
    if not data.catalogue.exists():
        raise NotIngested(f"{data.catalogue} is not there; give the data folder of a run")
    with only_run(data.lock), closing(Catalogue(data.catalogue, create=True)) as catalogue:
        source = _known(catalogue, path)
        with catalogue.writing():
            return _forget(catalogue, source)


def _known(catalogue: Catalogue, path: Path) -> str:
    known = sorted({address.source for address in catalogue.all_addresses()})
    for name in (str(path), name_of(path)):
        if name in known:
            return name
    raise UsageError(f"nothing is known of a source {path}; known are: {', '.join(known) or 'none'}")


def _forget(catalogue: Catalogue, source: str) -> Forgotten:
    withdrawn: list[str] = []
    opened: dict[str, str] = {}
    elsewhere: set[str] = set()
    for path, address in sorted(catalogue.addresses(source).items()):
        catalogue.drop_address(source, path)
        document = catalogue.document(address.document) if address.document else None
        if document is None:
            continue
        places = catalogue.addresses_of(document.sha256)
        if any(place.source != source for place in places):
            elsewhere.add(document.sha256)
        if places:
            redescribe(catalogue, document.sha256)
            after = catalogue.document(document.sha256)
            if after is not None and document.access is not after.access is Access.OPENBAAR:
                opened[document.sha256] = after.filename
        elif document.state in (State.LIVE, State.HELD):
            catalogue.set_state(document.sha256, State.WITHDRAWN)
            catalogue.news.withdraw(document.sha256, path)
            withdrawn.append(path)
    return Forgotten(
        source=source,
        withdrawn=tuple(withdrawn),
        elsewhere=len(elsewhere),
        opened=tuple(opened.values()),
        there=Path(source).is_dir(),
    )


def as_text(forgotten: Forgotten) -> str:
    """Return in a few lines what became of it."""
    lines = [
        f"forgotten: {plain(forgotten.source)}: {len(forgotten.withdrawn)} papers are withdrawn, "
        f"{forgotten.elsewhere} stay, since they lie in another source too"
    ]
    lines += [f"Public from now on, since only that source closed it: {plain(path)}" for path in forgotten.opened]
    lines += [f"Withdrawn: {plain(path)}" for path in forgotten.withdrawn]
    if forgotten.there:
        lines.append("The folder is still there: a run over it brings its papers back.")
    return "\n".join(lines)
