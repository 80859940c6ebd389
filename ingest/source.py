"""What a source folder offers: its PDFs, and what its manifest says about them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from errno import ELOOP, ENOENT
from pathlib import Path
from stat import S_ISREG

from council import Access, Refusal, UsageError
from ingest.absent import why_absent
from ingest.manifest import MANIFEST, Entry, looks_like_one, must_be_no_other, must_be_told_apart, read_manifest
from ingest.names import matched


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One PDF in the source: its path within it, its size in bytes and its time of change in nanoseconds."""

    path: str
    """As it is shown and kept; a name that is no UTF-8 has its odd bytes written out."""
    file: Path
    size: int
    changed: int
    entry: Entry | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What a source offers."""

    source: str
    """The name of the source: its path as it was typed. A link that leads elsewhere tomorrow is the same source."""
    root: Path
    """Where that leads today, so that a link which is changed midway cannot mix two folders."""
    found: tuple[Found, ...]
    """In order of their paths."""
    unreadable: tuple[Refusal, ...]
    """What could not be looked at."""
    hidden: tuple[str, ...]
    """Files that could not be asked for and folders that could not be looked into, these with a slash at their end.
    What lies there has not vanished."""
    absent: tuple[Entry, ...]
    """Lines of the manifest whose file is not there."""
    strays: tuple[str, ...]
    """Files that look like a manifest and are not read."""
    lines: Mapping[str, Entry]
    """Every line of the manifest: by the path of its file, or as it names one that is not there."""

    @property
    def unmatched(self) -> str:
        """A line that restricts access and matches no file: it may have been meant for any file without a line."""
        closed = (entry.file for entry in self._missed if entry.access not in (None, Access.OPENBAAR))
        return next(closed, "")

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """What the source should hold and does not, or holds and does not show."""
        return (
            *self.unreadable,
            *(why_absent(self.root, entry.file) for entry in self._missed if not self.hides(entry.file)),
        )

    @property
    def _missed(self) -> tuple[Entry, ...]:
        """Lines whose file should be there: one that was withdrawn need not be."""
        return tuple(entry for entry in self.absent if entry.withdrawn is None)

    def hides(self, path: str) -> bool:
        """Say whether a path may be there although it was not found."""
        return any(path == place or (place.endswith("/") and path.startswith(place)) for place in self.hidden)


def look(source: Path, *, data: Path, may_be_empty: bool = False) -> Offer:
    """List the PDFs of a source.

    Files and folders whose name begins with a dot are passed over, as are links that lead out of the source.

    Args:
        source: a folder; its subfolders belong to it.
        data: the data folder, which is passed over if it lies within the source.
        may_be_empty: a source without a PDF is nothing to worry about.

    Raises:
        UsageError: the folder is not there, is empty, holds no PDF, or lies within the data folder.
        ManifestError: a line of the manifest cannot be used.
    """
    if not source.is_dir():
        raise UsageError(f"{source} is not a folder; give the folder that holds the PDFs")
    root, own = source.resolve(), data.resolve()
    if root.is_relative_to(own):
        raise UsageError(f"{source} lies within the data folder {data}; give each a folder of its own")
    if not os.access(root, os.R_OK | os.X_OK):  # else its manifest would get the blame
        raise UsageError(f"{root} cannot be opened (no rights); let the user who runs this read it")
    entries = read_manifest(root / MANIFEST)
    trouble: list[tuple[str, OSError]] = []
    links: list[str] = []
    strays: list[str] = []
    named = _named(root, sorted(_files(root, root, own, trouble, strays)))
    other = must_be_no_other(root, sorted(strays))
    must_be_told_apart(root / MANIFEST, entries, named)
    said = matched(named, entries)
    found: list[Found] = []
    for path, file in named.items():
        try:
            stat = file.stat()
        except OSError as error:
            if error.errno in (ENOENT, ELOOP) and file.is_symlink():
                links.append(path)
            else:
                trouble.append((path, error))
            continue
        if not S_ISREG(stat.st_mode):
            said.pop(path, None)  # what is named and is no file is told of as a line without one
        else:
            entry = said.get(path)
            found.append(Found(path=path, file=file, size=stat.st_size, changed=stat.st_mtime_ns, entry=entry))
    if not found and not trouble and not links and not may_be_empty:
        empty = not any(root.iterdir())
        raise UsageError(f"{source} {'is empty' if empty else 'holds no PDF'}; give a folder with .pdf files in it")
    there = {entry.file for entry in said.values()}
    absent = {file: entry for file, entry in sorted(entries.items()) if file not in there}
    return Offer(
        source=name_of(source),
        root=root,
        found=tuple(found),
        unreadable=(*(_unreadable(path, error) for path, error in trouble), *map(_leads_nowhere, links)),
        hidden=(*(path for path, _ in trouble), *links),
        absent=tuple(absent.values()),
        strays=other,
        lines=absent | said,
    )


def name_of(source: Path) -> str:
    """Return the name of a source: its path as it was typed, made absolute without following links."""
    typed = source.absolute()
    straight = Path(os.path.normpath(typed))
    # Behind a link, ".." leads back from where the link leads, and cannot be taken out.
    same = not typed.exists() or (straight.exists() and straight.samefile(typed))
    return str(straight if same else typed)


def is_gone(root: Path) -> bool:
    """Say whether a source that was listed is no more: a share that drops out leaves no folder, or an empty one."""
    try:
        return not any(root.iterdir())
    except OSError:
        return True


def _files(
    folder: Path, root: Path, own: Path, trouble: list[tuple[str, OSError]], strays: list[str]
) -> Iterator[Path]:
    """Yield the PDFs in a folder and below it.

    What cannot be looked into, and what looks like a manifest, is noted and not passed over in silence.
    """
    try:
        with os.scandir(folder) as entries:
            inside = list(entries)
    except OSError as error:
        if folder == root:
            raise UsageError(f"{root} cannot be opened ({error.strerror}); let who runs this read it") from error
        trouble.append((f"{_shown(folder.relative_to(root))}/", error))
        return
    for entry in inside:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if path != own:
                yield from _files(path, root, own, trouble, strays)
        elif path.suffix.lower() == ".pdf" and not _leads_out(path, root):
            yield path
        elif looks_like_one(shown := _shown(path.relative_to(root))):
            strays.append(shown)


def _leads_out(path: Path, root: Path) -> bool:
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link that leads to itself; asking for the file will tell
        return False


def _named(root: Path, files: list[Path]) -> dict[str, Path]:
    named: dict[str, Path] = {}
    for file in files:
        path = _shown(file.relative_to(root))
        while path in named:
            path += "~"
        named[path] = file
    return named


def _shown(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _unreadable(path: str, error: OSError) -> Refusal:
    what = "the folder" if path.endswith("/") else "the file"
    return Refusal(
        path=path,
        reason=f"{what} cannot be opened ({error.strerror})",
        remedy="let the user who runs this read it; what was known of it stays as it was",
    )


def _leads_nowhere(path: str) -> Refusal:
    return Refusal(
        path=path,
        reason="it is a link that leads nowhere",
        remedy="deliver the file itself, or take the link away; what was known of it stays as it was",
    )
