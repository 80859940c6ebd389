"""A gold set with what was merged into it: lines that nothing is added to stay as they are, byte for byte."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from council import UsageError
from eval.gold import Gold, read_gold
from eval.judging.describing import Description
from eval.judging.merging import Added, Merge, NewLine
from eval.judging.pool import place_json, replace_file
from eval.lines import content_of

_BOM = b"\xef\xbb\xbf"


def write_merge(gold: Gold, merge: Merge) -> Gold:
    """Write what was merged into the file of a gold set, as a whole or not at all.

    Returns:
        The gold set as it now reads.

    Raises:
        UsageError: the file was changed since it was read, would not read as a gold set afterwards, or cannot be
            written.
    """
    content = merged_content(gold, merge)
    _must_read(gold.path, content)
    replace_file(gold.path, content)
    return read_gold(gold.path)


def merged_content(gold: Gold, merge: Merge) -> bytes:
    """Return the bytes of a gold set's file with what was merged into it.

    Raises:
        UsageError: the file was changed since it was read.
    """
    content = content_of(gold.path)
    lines = content.splitlines(keepends=True)
    if hashlib.sha256(content).hexdigest() != gold.sha256:
        raise UsageError(f"{gold.path} was changed meanwhile; merge again")
    for question in gold.questions:
        if question.id in merge.additions:
            at = question.line - 1
            lines[at] = _with_more(lines[at], merge.additions[question.id])
    ending = b"\r\n" if lines[0].endswith(b"\r\n") else b"\n"
    if merge.new and not lines[-1].endswith((b"\n", b"\r")):
        lines[-1] += ending
    return b"".join([*lines, *(_dumped(_plain(line)) + ending for line in merge.new)])


def _with_more(line: bytes, added: tuple[Added, ...]) -> bytes:
    """Return a line with more judgements, its order of fields, its mark of UTF-8 and its ending kept."""
    body = line.rstrip(b"\r\n")
    raw: dict[str, Any] = json.loads(body.decode("utf-8-sig"))
    raw["judgements"] = [*raw.get("judgements", []), *map(_judgement, added)]
    return (_BOM if line.startswith(_BOM) else b"") + _dumped(raw) + line[len(body) :]


def _dumped(values: dict[str, Any]) -> bytes:
    try:
        return json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair, which JSON can name and UTF-8 cannot hold.
        return json.dumps(values).encode()


def _judgement(added: Added) -> dict[str, Any]:
    return {**place_json(added.place), "grade": added.grade}


def _plain(line: NewLine) -> dict[str, Any]:
    about: Description = line.description
    values: dict[str, Any] = {"id": line.id}
    if line.split:
        values["split"] = line.split.value
    values |= {"question": about.text, "type": about.type.value, "need": about.need, "answerable": about.answerable}
    if about.why:
        values["why"] = about.why.value
    return {**values, "facts": list(about.facts), "judgements": [_judgement(item) for item in line.judgements]}


def _must_read(path: Path, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / path.name
        trial.write_bytes(content)
        try:
            read_gold(trial)
        except UsageError as error:
            raise UsageError(f"nothing was merged, for the outcome would be wrong: {error}") from error
