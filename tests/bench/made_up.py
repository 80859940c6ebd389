"""Measurements and texts that were made up for the tests."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from bench.machine import Provenance
from bench.results import Figures, Measured, State

MACHINE = Provenance(
    commit="abc1234",
    changed_since_commit=False,
    processor="Some Processor",
    cores=2,
    memory_mib=8192,
    python="3.11.7",
)
LINES = [
    "Het college stelt de leges voor een rijbewijs vast op dertig euro per aanvraag.",
    "De gemeenteraad beslist over de begroting voordat het nieuwe jaar begint.",
    "Honden lopen in het stadspark aangelijnd, behalve op de aangewezen losloopweide.",
    "De burgemeester kan een evenement verbieden als de openbare orde in gevaar komt.",
]


def measured(name: str, figures: Figures | None = None, *, why: str = "", state: State | None = None) -> Measured:
    """Return a measurement; without figures one that failed."""
    ended = state or (State.MEASURED if figures else State.FAILED)
    return Measured(
        name=name,
        state=ended,
        figures=figures or {},
        why=why,
        when="2026-05-04T03:02:01+00:00",
        seconds=1.5,
        made_on=MACHINE,
    )


def write_laws(material: Path, paragraphs: int) -> Path:
    """Write law text with so many paragraphs where a measurement looks for it, and return the file."""
    path = material / "training" / "laws_nl.txt.xz"
    path.parent.mkdir(parents=True)
    lines = (f"Artikel {number}. {LINES[number % len(LINES)]}" for number in range(paragraphs))
    path.write_bytes(lzma.compress("\n".join(lines).encode()))
    return path


def write_judged(material: Path, name: str) -> Path:
    """Write a public set of four documents, each the answer to one question, and return its folder."""
    folder = material / "retrieval" / name
    folder.mkdir(parents=True)
    asked = ("leges rijbewijs", "begroting gemeenteraad", "honden losloopweide", "evenement verbieden")
    documents = [{"_id": f"d{at}", "title": "", "text": line} for at, line in enumerate(LINES)]
    questions = [{"_id": f"q{at}", "text": text} for at, text in enumerate(asked)]
    for file, rows in (("corpus.jsonl", documents), ("queries.jsonl", questions)):
        (folder / file).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    judged = "".join(f"q{at}\td{at}\t1\n" for at in range(len(LINES)))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + judged, encoding="utf-8")
    return folder
