"""Where the facts about a document come from: kept, replaced, gone with the document, and added to older catalogues."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council import Catalogue, Derivation, Source
from council.records import Document, Kind, Page
from tests.council.test_catalogue import NAMES, SPANS
from tests.fakes import pages_of, sha_of

PAPER = Document(sha256=sha_of("x"), title="t", kind=Kind.MOTIE, municipality="gm0001", body="", date=None)
DERIVATIONS = st.lists(
    st.builds(
        Derivation,
        field=NAMES,
        value=NAMES,
        source=st.sampled_from(Source),
        confidence=st.floats(0, 1),
        evidence=st.just(()) | SPANS,
    ),
    unique_by=lambda derivation: derivation.field,
    max_size=5,
)
DATED = Derivation(field="date", value="2024-03-12", source=Source.FILENAME, confidence=0.5)


@settings(max_examples=30, deadline=None)
@given(found=DERIVATIONS)
def test_what_is_known_of_a_fact_comes_back_as_it_was_put_in(
    found: list[Derivation], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """This test ensures that value, source, confidence and evidence survive the file, and replace what was there."""
    catalogue = Catalogue(tmp_path_factory.mktemp("facts") / "catalogue.sqlite", create=True)
    catalogue.put(PAPER, pages_of("tekst"), (), cutting="c")
    catalogue.explain(PAPER.sha256, [DATED])
    catalogue.explain(PAPER.sha256, found)
    kept = catalogue.derivations(PAPER.sha256)
    assert sorted(kept, key=lambda each: each.field) == sorted(found, key=lambda each: each.field)
    catalogue.close()


def test_facts_go_with_their_document(tmp_path: Path) -> None:
    """This test ensures that a paper that is read anew does not keep evidence in text that is no longer there."""
    catalogue = Catalogue(tmp_path / "catalogue.sqlite", create=True)
    catalogue.put(PAPER, pages_of("tekst"), (), cutting="c")
    catalogue.explain(PAPER.sha256, [DATED])
    catalogue.put(PAPER, pages_of("andere tekst"), (), cutting="c")
    assert catalogue.derivations(PAPER.sha256) == ()
    catalogue.close()


def make_1(path: Path) -> None:
    """Write a catalogue as the first make had it: without the table of derivations."""
    catalogue = Catalogue(path, create=True)
    catalogue.put(PAPER, pages_of("tekst"), (), cutting="c")
    catalogue.close()
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE derivations")
    connection.execute("ALTER TABLE pages DROP COLUMN confidence")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def test_a_reader_of_the_first_make_knows_no_derivations_and_writes_nothing(tmp_path: Path) -> None:
    """This test ensures that the pages go on between an update of the program and the next night."""
    path = tmp_path / "catalogue.sqlite"
    make_1(path)
    before = path.read_bytes()
    catalogue = Catalogue(path)
    assert catalogue.derivations(PAPER.sha256) == ()
    assert catalogue.document(PAPER.sha256) is not None
    catalogue.close()
    assert path.read_bytes() == before


def test_a_writer_brings_the_first_make_up_to_date(tmp_path: Path) -> None:
    """This test ensures that nothing needs to be ingested anew for the sake of the new table."""
    path = tmp_path / "catalogue.sqlite"
    make_1(path)
    for _ in range(2):
        catalogue = Catalogue(path, create=True)
        assert catalogue.document(PAPER.sha256) is not None
        catalogue.explain(PAPER.sha256, [DATED])
        catalogue.close()
    reader = Catalogue(path)
    assert reader.derivations(PAPER.sha256) == (DATED,)
    reader.close()


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_is_a_share(confidence: float) -> None:
    """This test ensures that no percentage or nonsense is kept for a share of one."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        Derivation(field="date", value="", source=Source.DOCUMENT, confidence=confidence)


def test_pages_of_an_older_make_have_no_confidence_until_they_are_read_anew(tmp_path: Path) -> None:
    """This test ensures that a figure is never made up: old pages have none, to a reader and after an update, and new
    ones keep theirs."""
    path = tmp_path / "catalogue.sqlite"
    make_1(path)
    catalogue = Catalogue(path)
    assert [page.confidence for page in catalogue.pages(PAPER.sha256)] == [None]
    catalogue.close()
    catalogue = Catalogue(path, create=True)
    assert [page.confidence for page in catalogue.pages(PAPER.sha256)] == [None]
    catalogue.put(PAPER, [Page(number=1, text="tekst", ocr=True, confidence=0.875)], (), cutting="c")
    assert [page.confidence for page in catalogue.pages(PAPER.sha256)] == [0.875]
    catalogue.close()
