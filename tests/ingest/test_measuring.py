"""Is what is derived right often enough, and does the command that says so say it right?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus_sample.build import HOME
from council import Catalogue, UsageError
from ingest.detecting import detected
from ingest.labels import Label, Numbered, Wanted, folded, labels_of, mark_of, numbers_of
from ingest.measuring import Measured, Outcome, Paper, as_text, main, measured, papers_of
from tests.fakes import pages_of, sha_of
from tests.ingest.conftest import SHARED

GOLD = Path(__file__).parents[2] / "eval" / "gold"
LETTER = "Raadsvoorstel\nDatum 3 mei 2022\nOnderwerp Aankoop van grond\nHet college stelt u voor te kopen"


def share(found: Measured, field: str) -> float:
    """Return which share of the outcomes of a field is right."""
    right, of = found.share(field)
    return right / of


def test_the_papers_of_dalmeren_describe_themselves() -> None:
    """This test ensures that on the sample the papers say nearly what its manifest says of them.

    The rules were made with both this sample and the real papers in view, so this is no measure of papers unseen.
    """
    labels = labels_of(HOME / "manifest.jsonl")
    found = measured(papers_of(HOME), labels)
    assert found.share("kind")[1] > 60
    assert share(found, "kind") >= 0.95
    assert share(found, "date") >= 0.95
    assert share(found, "meeting") >= 0.90
    assert share(found, "title") >= 0.85
    assert share(found, "case_number") >= 0.95


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the real papers are not beside this checkout")
def test_real_papers_describe_themselves() -> None:
    """This test ensures that kind, date and title of real papers are right nine times in ten, from their text alone.

    The four scans have no text before OCR and are left out here; a data folder has them.
    """
    found = measured(papers_of(SHARED / "data" / "council_pdfs"), labels_of(GOLD / "derived.jsonl"))
    assert (len(found.absent), len(found.silent), found.share("kind")[1]) == (0, 4, 51)
    for field in ("kind", "folder", "date", "meeting", "title"):
        assert share(found, field) >= 0.90, field
    sure = [each.right for each in found.outcomes if each.confidence is not None and each.confidence >= 0.9]
    assert sum(sure) >= 0.95 * len(sure) > 90


def test_the_labels_hold_no_words_of_the_papers() -> None:
    """This test ensures that the file names papers, kinds, days and hashes, and nothing else."""
    for line in (GOLD / "derived.jsonl").read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        assert set(raw) <= {"sha256", "kind", "folder", "date", "meeting", "titles"}
        for digest in (raw["sha256"], *raw.get("titles", [])):
            assert len(digest) == 64
            int(digest, 16)
    assert len(labels_of(GOLD / "derived.jsonl")) == 55


def test_service_numbers_are_told_from_other_numbers() -> None:
    """This test ensures that nearly all service numbers are found, and that tax, company, bank, telephone and case
    numbers are hardly ever taken for one."""
    found = detected(numbers_of(GOLD / "service_numbers.jsonl"))
    assert sum(of for _, _, of in found.by_sort) >= 80
    assert found.hits + len(found.missed) >= 35
    assert found.recall >= 0.95
    assert found.precision >= 0.90
    assert {sort for sort, wrong, _ in found.by_sort if wrong} <= {"bsn", "other", "phone"}


def test_precision_and_recall_are_counted_right() -> None:
    """This test ensures that the figures are those of four lines counted by hand: 1 hit, 1 miss, 1 false, 1 left be."""
    lines = [
        Numbered(text="BSN 999990019", number="999990019", sort="bsn", personal=True),
        Numbered(text="nummer 999990020", number="999990020", sort="bsn", personal=True),
        Numbered(text="BSN 123456782", number="123456782", sort="made_up", personal=False),
        Numbered(text="KvK 123456782", number="123456782", sort="company", personal=False),
    ]
    found = detected(lines)
    assert (found.hits, len(found.missed), len(found.false)) == (1, 1, 1)
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert found.by_sort == (("bsn", 1, 2), ("company", 0, 1), ("made_up", 1, 1))


def test_a_paper_is_described_without_its_path_and_compared_field_by_field() -> None:
    """This test ensures that what is right, wrong, absent and silent is counted as such."""
    labels = [
        Label(
            sha256=sha_of("a"),
            kind="raadsvoorstel",
            wanted=(
                Wanted(field="kind", accepted=frozenset({"raadsvoorstel"})),
                Wanted(field="date", accepted=frozenset({"2022-05-04"})),
                Wanted(field="meeting", accepted=frozenset({""})),
                Wanted(field="title", accepted=frozenset({mark_of("title", "AANKOOP van gr-ond!")})),
            ),
        ),
        Label(sha256=sha_of("b"), kind="motie", wanted=()),
        Label(sha256=sha_of("c"), kind="motie", wanted=()),
    ]
    papers = [
        Paper(sha256=sha_of("a"), pdf_title="", pages=pages_of(LETTER)),
        Paper(sha256=sha_of("b"), pdf_title="", pages=pages_of(" ")),
        Paper(sha256=sha_of("z"), pdf_title="", pages=pages_of(LETTER)),
    ]
    found = measured(papers, labels)
    assert [(each.field, each.right) for each in found.outcomes] == [
        ("kind", True), ("date", False), ("meeting", True), ("title", True),
    ]  # fmt: skip
    assert (found.absent, found.silent) == ((sha_of("c"),), (sha_of("b"),))
    shown = as_text(found)
    assert "0/1 0.000" in shown
    assert f"missed date         {sha_of('a')[:12]}  2022-05-03" in shown
    assert f"no text {sha_of('b')[:12]}" in shown


def test_confidence_is_held_against_what_is_right() -> None:
    """This test ensures that the table says how often each band of confidence was right."""
    outcomes = [
        Outcome(sha256=sha_of(str(n)), kind="motie", field="kind", derived="motie", right=n != 0, confidence=0.95)
        for n in range(4)
    ]
    assert "0.90-1.00       3/4 0.750" in as_text(Measured(outcomes=tuple(outcomes), absent=(), silent=()))


def test_spaces_signs_and_accents_of_a_title_do_not_count() -> None:
    """This test ensures that a hyphen at a line end makes no other title."""
    assert folded("Één- en ánder, 2024") == "eenenander2024"
    assert mark_of("title", "Jeugd- en gezin") == mark_of("title", "JEUGDEN GEZIN")
    assert mark_of("kind", "motie") == "motie"


@pytest.mark.parametrize("line", ["[]", "{}", "{", '{"sha256": "x"}', '{"file": "absent.pdf", "kind": "motie"}'])
def test_a_label_that_cannot_be_used_is_named_by_its_line(line: str, tmp_path: Path) -> None:
    """This test ensures that a slip in the labels is not measured around."""
    path = tmp_path / "labels.jsonl"
    path.write_text('{"sha256": "x", "kind": "motie"}\n' + line, encoding="utf-8")
    with pytest.raises(UsageError, match="line 2"):
        labels_of(path)


def test_a_number_stands_in_its_line_once(tmp_path: Path) -> None:
    """This test ensures that a line whose number cannot be told is refused."""
    path = tmp_path / "numbers.jsonl"
    path.write_text(json.dumps({"text": "a 1 1", "number": "1", "sort": "x", "personal": False}), encoding="utf-8")
    with pytest.raises(UsageError, match="line 1"):
        numbers_of(path)


def test_the_command_prints_both_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that what is measured can be repeated by anyone, on a data folder too."""
    Catalogue(tmp_path / "catalogue.sqlite", create=True).close()
    assert main(["numbers", str(GOLD / "service_numbers.jsonl")]) == 0
    assert "recall" in capsys.readouterr().out
    assert main(["papers", str(tmp_path), str(GOLD / "derived.jsonl")]) == 0
    assert capsys.readouterr().out.count("not there") == 55
    assert main(["papers", str(tmp_path / "no"), str(GOLD / "derived.jsonl")]) == 2
    assert "is no folder" in capsys.readouterr().err
