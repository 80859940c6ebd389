"""Names with accents, written in one piece or in two: in the manifest, on the disk, and in what was known before."""

from __future__ import annotations

import pytest

from council import ManifestError
from ingest.names import Names, matched
from tests.ingest.conftest import LIVE, SUPERSEDED, Town
from tests.ingest.papers import put
from tests.ingest.test_nights import BATH, BATH_2, PARK

ONE, TWO = "caf\u00e9.pdf", "cafe\u0301.pdf"


@pytest.mark.parametrize("there", [ONE, TWO, "park.pdf"])
def test_one_name_in_two_ways_is_named_twice(town: Town, there: str) -> None:
    """This test ensures that no line that opens a paper takes the place of one that closes it."""
    put(town.source, {there: BATH})
    town.say({"file": ONE, "access": "openbaar"}, {"file": TWO, "access": "geheim"})
    with pytest.raises(ManifestError, match=r"is named twice, .*Nothing was changed"):
        town.night()
    assert not town.data.root.exists()


def test_two_files_whose_names_look_the_same_have_a_line_each(town: Town) -> None:
    """This test ensures that each of them gets what its own line says."""
    put(town.source, {ONE: BATH, TWO: PARK})
    town.say({"file": ONE, "access": "besloten"}, {"file": TWO, "access": "geheim"})
    town.night()
    assert {path: paper.access.value for path, paper in town.papers().items()} == {
        ONE.removesuffix(".pdf"): "besloten",
        TWO.removesuffix(".pdf"): "geheim",
    }


@pytest.mark.parametrize("first", ["both at once", "the older before"])
@pytest.mark.parametrize(("on_disk", "said"), [(ONE, TWO), (TWO, ONE)])
def test_what_is_replaced_may_be_written_otherwise(town: Town, on_disk: str, said: str, first: str) -> None:
    """This test ensures that an older version leaves the search however its name is written."""
    put(town.source, {on_disk: BATH})
    if first == "the older before":
        town.night()
    town.put(new=BATH_2)
    town.say({"file": "new.pdf", "replaces": said})
    report = town.night()
    assert report.manifest == ()
    assert town.standing() == {on_disk.removesuffix(".pdf"): SUPERSEDED, "new": LIVE}
    assert town.papers()["new"].version_of == town.papers()[on_disk.removesuffix(".pdf")].sha256
    (town.source / on_disk).unlink()
    report = town.night()
    assert (report.manifest, report.withdrawn) == ((), ())


def test_papers_that_replace_one_another_are_found_out_however_they_are_written(town: Town) -> None:
    """This test ensures that a circle through two spellings stops the run, since neither would be found."""
    put(town.source, {ONE: BATH, "b.pdf": PARK})
    town.say({"file": ONE, "replaces": "b.pdf"}, {"file": "b.pdf", "replaces": TWO})
    with pytest.raises(ManifestError, match="none of them would be the newest"):
        town.night()


def test_a_replacement_of_nothing_is_told_until_it_is_corrected(town: Town) -> None:
    """This test ensures that a slip in the name of the older version, which is still found, is in the report."""
    town.put(old=BATH, new=BATH_2)
    town.say({"file": "new.pdf", "replaces": "oud.pdf"})
    for _ in range(2):
        assert [(one.path, one.reason) for one in town.night().manifest] == [
            ("new.pdf", "the manifest says that it replaces oud.pdf, and no such file was ever there")
        ]
    town.say({"file": "new.pdf", "replaces": "old.pdf"})
    assert town.night().manifest == ()


def test_the_same_way_of_writing_comes_first() -> None:
    """This test ensures that of two names that look the same, the one that is meant is found."""
    assert (Names([ONE, TWO]).find(TWO), Names([ONE]).find(TWO), Names([ONE]).find("x"), Names([]).find("")) == (
        TWO, ONE, "", "",
    )  # fmt: skip
    assert matched([ONE, TWO], {TWO: 2}) == {TWO: 2}
    assert matched([ONE], {TWO: 2, "x": 3}) == {ONE: 2}
