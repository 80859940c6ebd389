"""How often what is derived is right: ``python -m ingest.measuring papers PAPERS LABELS`` and ``numbers LIST``.

Papers are described without their path, since a folder's name may be the label itself, and without their manifest.
What is right is known from labels (``eval/gold/derived.md``) or from a manifest. Titles are compared by the hash of
their letters and figures, so that labels need no words of papers that are not ours.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from council import Catalogue, DataFolder, Page, RaadspoorError, UsageError, plain, sha256_of
from ingest.derive import Derived, derive
from ingest.detecting import Detected, detected
from ingest.labels import Label, labels_of, mark_of, numbers_of

_PATH = "stuk.pdf"
"""The name that every paper is described under."""
_BANDS = ((0.9, 1.01), (0.8, 0.9), (0.65, 0.8), (0.0, 0.65))


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper to describe."""

    sha256: str
    pdf_title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One field of one paper: what was derived, whether it is right, and how sure the rules were."""

    sha256: str
    kind: str
    """The kind by the label, for the table."""
    field: str
    derived: str
    right: bool
    confidence: float | None
    """None where nothing was derived."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """Every outcome, and which labelled papers could not be measured."""

    outcomes: tuple[Outcome, ...]
    absent: tuple[str, ...]
    """Labelled papers that are not among those given."""
    silent: tuple[str, ...]
    """Papers without any text: scans that were not read."""

    def share(self, field: str, kind: str = "") -> tuple[int, int]:
        """Return how many outcomes of a field are right, of how many; of papers of one kind, if one is given."""
        chosen = [each.right for each in self.outcomes if each.field == field and kind in ("", each.kind)]
        return sum(chosen), len(chosen)


def papers_of(source: Path) -> Iterator[Paper]:
    """Yield the papers of a data folder, as they were read, or of a folder of PDFs, as far as they have text.

    Raises:
        UsageError: it is no folder.
        DataError: the data folder cannot be read.
    """
    if not source.is_dir():
        raise UsageError(f"{source} is no folder; give a data folder or a folder of PDFs")
    data = DataFolder(source)
    if data.catalogue.is_file():
        with closing(Catalogue(data.catalogue)) as catalogue:
            for sha256 in sorted(catalogue.states()):
                yield Paper(sha256=sha256, pdf_title=catalogue.pdf_title(sha256), pages=catalogue.pages(sha256))
    else:
        yield from _from_files(source)


def _from_files(source: Path) -> Iterator[Paper]:
    from ingest.pdf_text import Damaged, Locked, read_pdf

    for file in sorted(source.rglob("*.pdf")):
        try:
            found = read_pdf(file, most=5_000)
        except (Damaged, Locked):
            continue
        pages = tuple(Page(number=number, text=page.text) for number, page in enumerate(found.pages, start=1))
        yield Paper(sha256=sha256_of(file), pdf_title=found.title, pages=pages)


def measured(papers: Iterable[Paper], labels: Sequence[Label]) -> Measured:
    """Describe papers from their text alone, and compare with labels."""
    wanted = {label.sha256: label for label in labels}
    outcomes: list[Outcome] = []
    silent: list[str] = []
    for paper in papers:
        label = wanted.pop(paper.sha256, None)
        if label is None:
            continue
        if any(page.text.strip() for page in paper.pages):
            outcomes += _compared(label, derive(_PATH, paper.pdf_title, paper.pages))
        else:
            silent.append(paper.sha256)
    return Measured(outcomes=tuple(outcomes), absent=tuple(sorted(wanted)), silent=tuple(silent))


def _compared(label: Label, own: Derived) -> Iterator[Outcome]:
    sure = {derivation.field: derivation.confidence for derivation in own.derivations}
    for wanted in label.wanted:
        name = "kind" if wanted.field == "folder" else wanted.field
        value = getattr(own, name)
        text = "" if value is None else str(value)
        yield Outcome(
            sha256=label.sha256,
            kind=label.kind,
            field=wanted.field,
            derived=text,
            right=mark_of(name, text) in wanted.accepted,
            confidence=sure.get(name),
        )


def as_text(found: Measured) -> str:
    """Return a table of fields by kinds, how often each confidence is right, and the misses."""
    fields = list(dict.fromkeys(each.field for each in found.outcomes))
    kinds = sorted({each.kind for each in found.outcomes})
    lines = [f"{'':22}" + "".join(f"{field:>14}" for field in fields)]
    lines += [f"{kind or 'all':22}" + "".join(_cell(*found.share(field, kind)) for field in fields)
              for kind in ("", *kinds)]  # fmt: skip
    lines += ["", "confidence   right"]
    for low, high in _BANDS:
        band = [each.right for each in found.outcomes if each.confidence is not None and low <= each.confidence < high]
        lines.append(f"{low:.2f}-{min(high, 1.0):.2f}  {_cell(sum(band), len(band))}")
    lines += ["", *(f"missed {each.field:12} {each.sha256[:12]}  {plain(each.derived)[:70] or '(nothing)'}"
                    for each in found.outcomes if not each.right)]  # fmt: skip
    lines += [f"not there {sha256[:12]}" for sha256 in found.absent]
    lines += [f"no text {sha256[:12]}: a scan; give a data folder, where scans were read" for sha256 in found.silent]
    return "\n".join(lines)


def _cell(right: int, of: int) -> str:
    return f"{f'{right}/{of} {right / of:.3f}':>14}" if of else f"{'-':>14}"


def numbers_as_text(found: Detected) -> str:
    """Return precision and recall of the detector of service numbers, and what it got wrong."""
    lines = [
        f"precision {found.precision:.3f} ({found.hits} of {found.hits + len(found.false)} found are service numbers)",
        f"recall    {found.recall:.3f} ({found.hits} of {found.hits + len(found.missed)} service numbers are found)",
    ]
    lines += [f"{sort:24} {wrong} wrong of {of}" for sort, wrong, of in found.by_sort]
    lines += [f"taken for one: {plain(text)}" for text in found.false]
    lines += [f"missed: {plain(text)}" for text in found.missed]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or that of the error."""
    parser = argparse.ArgumentParser(prog="python -m ingest.measuring", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    papers = commands.add_parser("papers", help="how often kind, title, days, body and case number are right")
    papers.add_argument("papers", metavar="PAPERS", type=Path, help="a data folder, or a folder of PDFs")
    papers.add_argument("labels", metavar="LABELS", type=Path, help="labels as in eval/gold/derived.md, or a manifest")
    numbers = commands.add_parser("numbers", help="precision and recall of the detector of service numbers")
    numbers.add_argument("list", metavar="LIST", type=Path, help="such as eval/gold/service_numbers.jsonl")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "papers":
            print(as_text(measured(papers_of(chosen.papers), labels_of(chosen.labels))))
        else:
            print(numbers_as_text(detected(numbers_of(chosen.list))))
    except RaadspoorError as error:
        print(f"ingest.measuring: {plain(str(error))}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
