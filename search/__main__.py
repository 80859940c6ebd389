"""``raadspoor-search``: arguments, output and exit code."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from council import Answer, Query, Results

_KINDS = (
    "raadsvoorstel raadsbesluit amendement motie initiatiefvoorstel schriftelijke_vragen raadsinformatiebrief "
    "toezegging ingekomen_stuk besluitenlijst notulen agenda begroting jaarstukken verordening raadsadres rapport "
    "bijlage overig"
).split()
_ACCESS = ("openbaar", "besloten", "geheim")


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 2 wrong usage, 4 data folder trouble."""
    chosen = _parser().parse_args(arguments)

    from council import DataFolder, RaadspoorError
    from council.settings import Settings
    from search.engine import Engine

    try:
        engine = Engine(DataFolder(chosen.data), Settings())
        try:
            results, answer = engine.ask(_query(chosen))
        finally:
            engine.close()
    except RaadspoorError as error:
        print(f"raadspoor-search: {error}", file=sys.stderr)
        return error.exit_code
    if chosen.json:
        from search.as_json import results_json

        print(json.dumps(results_json(results, answer), ensure_ascii=False, indent=2))
    else:
        print(_as_text(results, answer))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="raadspoor-search",
        description="Ask a question of the council papers in DATA: the documents found, then an answer in quotes.",
        epilog="Exit codes: 0 done (also when nothing was found), 2 wrong usage, 4 trouble with DATA.",
    )
    parser.add_argument("question", metavar="VRAAG", help="a question or a few words, in Dutch")
    parser.add_argument(
        "--data", metavar="DATA", type=Path, required=True, help="data folder that raadspoor-ingest made"
    )
    parser.add_argument("--kind", action="append", default=[], choices=_KINDS, metavar="KIND",
                        help="only this kind; may be given more than once: " + ", ".join(_KINDS))  # fmt: skip
    parser.add_argument("--from", dest="date_from", type=_day, metavar="DATE", help="only papers of this day or later")
    parser.add_argument("--to", dest="date_to", type=_day, metavar="DATE", help="only papers of this day or earlier")
    parser.add_argument("--access", action="append", default=[], choices=_ACCESS,
                        help="what the reader may see; openbaar if not given; may be given more than once")  # fmt: skip
    parser.add_argument("--limit", type=_positive, default=10, metavar="N", help="how many documents (default 10)")
    parser.add_argument("--json", action="store_true", help="print JSON (docs/json.md)")
    return parser


def _query(chosen: argparse.Namespace) -> Query:
    from council import Access, Filters, Kind, Query

    filters = Filters(
        access=frozenset(map(Access, chosen.access or ["openbaar"])),
        kinds=frozenset(map(Kind, chosen.kind)),
        date_from=chosen.date_from,
        date_to=chosen.date_to,
    )
    return Query(text=chosen.question, filters=filters, limit=chosen.limit)


def _as_text(results: Results, answer: Answer) -> str:
    hints = {
        "empty": "De vraag bevat geen woorden. Typ een paar woorden of een vraag.",
        "only_stop_words": "De vraag bevat alleen woorden als 'de' en 'van'. Noem een onderwerp.",
        "cut_short": "De vraag is erg lang. Alleen het begin is gebruikt.",
    }
    lines = [hints[results.hint]] if results.hint else []
    for rank, hit in enumerate(results.hits, start=1):
        document = hit.document
        page = hit.citation.spans[0].page if hit.citation.spans else 1
        legs = ", ".join(f"{leg.value} {place.rank or '–'}" for leg, place in hit.legs.items())
        lines.append(f"{rank:2}. {_plain(document.title)}")
        lines.append(
            f"    {document.kind.value}, {document.date or 'zonder datum'}, {_plain(document.filename)}, p. {page}"
        )
        spans = " ".join(f"{span.page}:{span.start}-{span.end}" for span in hit.citation.spans)
        lines.append(f"    score {hit.score:.3f} ({legs}) [{spans}]")
        lines.append(f"    {_plain(hit.snippet.text)}")
    lines.append("")
    if answer.sentences:
        lines.append("Antwoord in citaten, automatisch gekozen (AI):" if answer.verdict == "answered"
                     else "Gedeeltelijk antwoord in citaten, automatisch gekozen (AI):")  # fmt: skip
        for sentence in answer.sentences:
            span = sentence.citation.spans[0]
            lines.append(f"  - “{_plain(sentence.text)}”")
            lines.append(f"    {_plain(sentence.document.title)}, p. {span.page} [{span.start}-{span.end}]")
    else:
        until = f" tot en met {results.latest:%d-%m-%Y}" if results.latest else ""
        lines.append(f"Geen antwoord gevonden in {results.searched} documenten{until}.")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Take out what could command a terminal: a title is somebody else's text."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2024-03-12") from None


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
