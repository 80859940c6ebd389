"""Makes the PDFs, the manifest and the tables of the sample from its sources.

    python -m corpus_sample.build                 everything
    python -m corpus_sample.build NAME ...        these documents' PDFs only
    python -m corpus_sample.build --check         builds nothing; fails where what lies there is out of date

Two builds of the same sources with the same releases of the libraries give the same bytes. Needs the development
extras.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus_sample._mess import page_count, spoil
from corpus_sample._source import Source, SourceError, read_sources
from corpus_sample._typeset import typeset

HOME = Path(__file__).parent
_BEGIN, _END = "<!-- documents: begin -->", "<!-- documents: end -->"


def build_pdf(source: Source, sources: dict[str, Source]) -> bytes:
    """The bytes of one document's PDF; a duplicate is the PDF of the document that it doubles."""
    original = sources[source.mess.duplicate_of] if source.mess.duplicate_of else source
    return spoil(typeset(original), original)


def manifest(sources: dict[str, Source]) -> str:
    """The manifest that a clerk would deliver with the papers: one JSON object on a line for each document."""
    lines = []
    for source in sources.values():
        if source.mess.no_manifest:
            continue
        entry: dict[str, str | None] = {
            "file": source.file,
            "title": source.title,
            "kind": source.kind,
            "date": source.date.isoformat(),
            "body": source.body,
            "meeting": source.meeting.isoformat() if source.meeting else None,
            "agenda_item": source.agenda_item,
            "case_number": source.case_number,
            "access": source.access,
        }
        if source.mess.replaces:
            entry["replaces"] = sources[source.mess.replaces].file
        if source.mess.withdrawn:
            entry["withdrawn"] = source.mess.withdrawn.isoformat()
        lines.append(json.dumps(entry, ensure_ascii=False) + "\n")
    return "".join(lines)


def checksums(sources: dict[str, Source], home: Path = HOME) -> str:
    """Which source gave which PDF, as `sha256sum --check` reads it from inside the folder."""
    files = [file for source in sources.values() for file in (f"sources/{source.name}.md", source.file)]
    return "".join(f"{hashlib.sha256((home / file).read_bytes()).hexdigest()}  {file}\n" for file in files)


def readme(sources: dict[str, Source], home: Path = HOME) -> str:
    """The README with its table of documents made anew; what stands outside the markers is kept."""
    old = (home / "README.md").read_text(encoding="utf-8")
    before, begin, rest = old.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise SourceError(
            f"README.md: the lines {_BEGIN} and {_END} are missing: put them round the place of the table"
        )
    rows = [_row(source, home) for source in sources.values()]
    known = [count for count in (row[1] for row in rows) if count]
    table = [
        f"{len(rows)} documents, {sum(known)} pages that can be opened.\n",
        "| document | pages | what it is | why it is there |",
        "|---|--:|---|---|",
    ]
    table += [f"| {link} | {count or '–'} | {what} | {why} |" for link, count, what, why in rows]
    return before + begin + "\n" + "\n".join(table) + "\n" + end + after


def _row(source: Source, home: Path) -> tuple[str, int, str, str]:
    pages = page_count((home / source.file).read_bytes(), source.mess.password)
    mess = f" ({', '.join(source.mess.kinds())})" if source.mess.kinds() else ""
    what = f"{source.kind}: {source.title}{mess}"
    return f"[{source.name}]({source.file})", pages, _cell(what), _cell(source.why)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def complaints(sources: dict[str, Source], home: Path = HOME) -> list[str]:
    """Everything under `home` that is not as the sources say, in words; empty where all is well."""
    missing = [f"{source.file} is missing" for source in sources.values() if not (home / source.file).is_file()]
    wanted = {source.file for source in sources.values()}
    missing += [f"{file} has no source" for file in _pdfs(home) if file not in wanted]
    if missing:
        return missing
    made = {
        "manifest.jsonl": manifest(sources),
        "SHA256SUMS": checksums(sources, home),
        "README.md": readme(sources, home),
    }
    return [f"{file} is out of date" for file, text in made.items() if _text(home / file) != text]


def build(sources: dict[str, Source], only: Sequence[str] = (), home: Path = HOME) -> None:
    """Writes the PDFs of `only` (of all, if empty); after all of them also the manifest, the sums and the table."""
    for source in sources.values():
        if not only or source.name in only:
            pdf = build_pdf(source, sources)
            path = home / source.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pdf)
            print(f"{source.file}: {page_count(pdf, source.mess.password)} pages, {len(pdf) // 1024} KiB", flush=True)
    if only:
        return
    for file in _pdfs(home) - {source.file for source in sources.values()}:
        (home / file).unlink()
    (home / "manifest.jsonl").write_text(manifest(sources), encoding="utf-8")
    (home / "SHA256SUMS").write_text(checksums(sources, home), encoding="utf-8")
    (home / "README.md").write_text(readme(sources, home), encoding="utf-8")


def _pdfs(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in (home / "pdf").glob("*/*.pdf")}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; 0 when all is well, 1 when something is out of date, 2 when a source is wrong."""
    parser = argparse.ArgumentParser(prog="python -m corpus_sample.build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="build only these documents")
    parser.add_argument(
        "--check", action="store_true", help="build nothing, fail where anything is missing or out of date"
    )
    options = parser.parse_args(arguments)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # the damaged papers are damaged on purpose
    try:
        sources = read_sources(HOME / "sources")
        if unknown := sorted(set(options.names) - set(sources)):
            raise SourceError(
                f"no source is called {', '.join(unknown)}: give the name of a file in sources/ without .md"
            )
        if not options.check:
            build(sources, options.names)
            return 0
        found = complaints(sources)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 2
    for complaint in found:
        print(f"{complaint}: run `python -m corpus_sample.build`", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
