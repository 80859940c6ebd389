"""What there is where a manifest names a paper and none was found: nothing, or something that is no paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISLNK, S_ISREG

from council import Refusal

_NOTHING = Refusal(
    path="",
    reason="the manifest names it and it is not there",
    remedy="deliver the file, correct the name, or take the line out",
)
_HIDDEN = Refusal(
    path="",
    reason="the manifest names it, and its name or that of its folder begins with a dot",
    remedy="give it a name without a dot in front, or take the line out",
)
_LINK = Refusal(
    path="",
    reason="the manifest names it and it is a link, or lies behind one, that is not followed",
    remedy="deliver the file itself, or take the line out",
)
_FOLDER = Refusal(
    path="",
    reason="the manifest names it and it is a folder",
    remedy="name each file in it, or take the line out",
)
_NO_FILE = Refusal(
    path="",
    reason="the manifest names it and it is no file but a pipe, a socket or a device",
    remedy="deliver the file itself, or take the line out",
)
_OTHER = Refusal(
    path="",
    reason="the manifest names it and its name does not end in .pdf",
    remedy="deliver it as a PDF whose name ends in .pdf, or take the line out",
)


def why_absent(root: Path, file: str) -> Refusal:
    """Say what is wrong with a file that a manifest names and that was not found among the papers.

    Args:
        root: the source.
        file: the path within it, as the manifest writes it.
    """
    return replace(_what_is_there(root, PurePosixPath(file)), path=file)


def _what_is_there(root: Path, file: PurePosixPath) -> Refusal:
    try:
        mode = (root / file).lstat().st_mode
        is_link = S_ISLNK(mode) or any((root / folder).is_symlink() for folder in file.parents)
    except (OSError, ValueError):
        return _NOTHING
    if any(part.startswith(".") for part in file.parts):
        return _HIDDEN
    if is_link:
        return _LINK
    if S_ISDIR(mode):
        return _FOLDER
    if not S_ISREG(mode):
        return _NO_FILE
    return _OTHER if file.suffix.lower() != ".pdf" else _NOTHING
