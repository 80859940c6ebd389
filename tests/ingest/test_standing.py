"""Where documents stand, worked out from what lies where and what is said of it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import shutil
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

import ingest.intake
import ingest.run
import ingest.scans
from council import Access, Address, Catalogue, Document, Kind, State
from ingest.derive import Derived
from ingest.standing import described, in_order, link_versions, strictest, wanted_states
from tests.fakes import a_document, put
from tests.ingest.conftest import Town, in_this_process
from tests.ingest.papers import a_pdf
from tests.ingest.test_nights import BATH, BATH_2, BROKEN, PARK, PERSON

TODAY = dt.date(2024, 6, 1)
OWN = Derived(
    kind=Kind.MOTIE, title="eigen titel", date=None, body="gemeenteraad", case_number="", access=Access.OPENBAAR
)
SECRET = a_pdf("GEHEIM\nBijlage over de grondaankoop aan de Dijk\nDe prijs is 4 miljoen euro.")


def an_address(path: str, document: str, *, source: str = "s", **said: Any) -> Address:
    text = json.dumps({"file": path, **said}) if said else ""
    return Address(source=source, path=path, document=document, size=1, changed=1, said=text)


def test_the_first_address_is_one_that_a_manifest_names() -> None:
    """This test ensures that a document's name does not depend on the order in which its files came."""
    addresses = [an_address("b", "x"), an_address("c", "x", title="C"), an_address("a", "x", source="t")]
    for order in itertools.permutations(addresses):
        assert [address.path for address in in_order(order)] == ["c", "b", "a"]


def test_what_is_said_comes_first_and_the_paper_speaks_where_nobody_does() -> None:
    """This test ensures that each field comes from the first manifest that gives it, and else from the paper."""
    addresses = [
        an_address("a", "x", title="van a", access="openbaar"),
        an_address("b", "x", title="van b", agenda_item="3", access="besloten"),
    ]
    before = a_document("x", title="vroeger", meeting=TODAY, case_number="Z-1", source_url="https://x.nl")
    paper = described(before, OWN, addresses)
    assert (paper.title, paper.kind, paper.agenda_item) == ("van a", Kind.MOTIE, "3")
    assert (paper.access, paper.filename) == (Access.BESLOTEN, "a")
    assert (paper.meeting, paper.case_number, paper.source_url, paper.date) == (None, "", "", None)
    assert paper.derived == {"kind", "body"}


@pytest.mark.parametrize(
    ("addresses", "wanted"),
    [
        ([], {}),
        ([an_address("a", "")], {}),
        ([an_address("a", "x")], {"x": State.LIVE}),
        ([an_address("a", "x", withdrawn="2024-06-01")], {"x": State.WITHDRAWN}),
        ([an_address("a", "x", withdrawn="2024-06-02")], {"x": State.LIVE}),
        ([an_address("a", "x", withdrawn="2024-01-01"), an_address("b", "x")], {"x": State.WITHDRAWN}),
        ([an_address("a", "x", replaces="b"), an_address("b", "y")], {"x": State.LIVE, "y": State.SUPERSEDED}),
        ([an_address("a", "x", replaces="b"), an_address("b", "x")], {"x": State.LIVE}),
        ([an_address("a", "", replaces="b"), an_address("b", "y")], {"y": State.LIVE}),
        ([an_address("a", "x", replaces="b"), an_address("b", "y", source="t")], {"x": State.LIVE, "y": State.LIVE}),
        (
            [an_address("a", "x", replaces="b"), an_address("b", "y", withdrawn="2020-01-01")],
            {"x": State.LIVE, "y": State.WITHDRAWN},
        ),
        (
            [an_address("a", "x", replaces="b"), an_address("b", "y", replaces="c"), an_address("c", "z")],
            {"x": State.LIVE, "y": State.SUPERSEDED, "z": State.SUPERSEDED},
        ),
    ],
)
def test_states_follow_from_the_addresses(addresses: list[Address], wanted: dict[str, State]) -> None:
    """This test ensures that withdrawal counts for more than replacement, and both only for what is there."""
    for order in itertools.permutations(addresses):
        assert wanted_states(order, TODAY) == wanted


@given(links=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_versions_never_go_in_a_circle(tmp_path_factory: Any, links: list[tuple[int, int]]) -> None:
    """This test ensures that whoever walks from version to version comes to an end, whatever came back."""
    catalogue = Catalogue(tmp_path_factory.mktemp("c") / "catalogue.sqlite", create=True)
    papers = [a_document(number, version_of="") for number in range(5)]
    with catalogue.writing():
        for paper in papers:
            put(catalogue, paper, "tekst")
        for new, old in links:
            link_versions(catalogue, papers[new].sha256, papers[old].sha256)
            if new != old:
                assert version_of(catalogue, papers[new]) == papers[old].sha256
            for paper in papers:
                seen, at = set(), paper.sha256
                while at:
                    assert at not in seen
                    seen.add(at)
                    at = version_of(catalogue, replace(paper, sha256=at))
    catalogue.close()


def version_of(catalogue: Catalogue, paper: Document) -> str:
    found = catalogue.document(paper.sha256)
    assert found is not None
    return found.version_of


CONTENTS = {"bath": BATH, "bath_2": BATH_2, "park": PARK, "person": PERSON, "secret": SECRET, "broken": BROKEN}
PLACES = ("a", "b", "map/c")
SAID = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Een", "Twee"]),
        "access": st.sampled_from(["openbaar", "besloten", "geheim"]),
        "withdrawn": st.sampled_from(["2020-01-01", "9999-01-01"]),
        "date": st.just("2024-01-01"),
    },
)
NIGHT = st.fixed_dictionaries(
    {
        "files": st.dictionaries(st.sampled_from(PLACES), st.sampled_from(sorted(CONTENTS)), min_size=1),
        "said": st.dictionaries(st.sampled_from(PLACES), SAID),
        "replaces": st.sampled_from([None, ("a", "b"), ("b", "a"), ("a", "map/c")]),
        "killed": st.none() | st.integers(0, 30),
    }
)


class Killed(BaseException):
    """A run that came to an untimely end."""


@how(max_examples=how().max_examples * 6 // 10)
@given(nights=st.lists(NIGHT, min_size=1, max_size=5))
def test_it_does_not_matter_how_things_came_to_be(tmp_path_factory: Any, nights: list[dict[str, Any]]) -> None:
    """This test ensures that after any history of files, manifests and killed runs, the catalogue holds what one run
    over the last state of the source gives: nothing lost, nothing twice, nothing shown that should not be; only
    what was closed by a line stays so, unless one says that it is openbaar."""
    home = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        for module in (ingest.intake, ingest.run, ingest.scans):
            patch.setattr(module, "in_workers", in_this_process)
        patch.setattr(ingest.run, "build", lambda *args, **kwargs: SimpleNamespace(name="none"))
        town = Town(home / "lived", indexed=False)
        for night in nights:
            deliver(town, night)
            run_or_die(town, night["killed"], patch)
        town.night()
        fresh = Town(home / "fresh", indexed=False)
        deliver(fresh, nights[-1])
        fresh.night()
        for path, paper in fresh.papers().items():
            lived = town.papers()[path]
            assert bare(lived) == bare(paper)
            if (lived.access, lived.derived) != (paper.access, paper.derived):
                assert strictest((paper.access, lived.access)) is lived.access
                assert "access" not in lived.derived
                assert paper.access is not Access.OPENBAAR or "access" in paper.derived or len(town.papers()) > 1
        assert town.papers().keys() == fresh.papers().keys()
        assert town.live() == fresh.live()
        held = {paper.sha256 for paper in town.papers().values()}
        assert {paper.sha256 for paper in town.catalogue.documents()} <= held
        report = town.night()
        assert report.unchanged + len(report.duplicates) + len(report.refused) == len(nights[-1]["files"])
        assert (report.pages, report.added, report.changed, report.withdrawn) == (0, (), (), ())
    shutil.rmtree(home)


def bare(paper: Document) -> Document:
    """Return a paper without what its history decides: its former version, and whether it stays closed."""
    return replace(paper, version_of="", access=Access.OPENBAAR, derived=paper.derived - {"access"})


def deliver(town: Town, night: dict[str, Any]) -> None:
    """Put the files and the manifest of a night in place of what was there."""
    for file in town.source.rglob("*.*"):
        if file.relative_to(town.source).as_posix().removesuffix(".pdf") not in night["files"]:
            file.unlink()
    for path, name in night["files"].items():
        file = town.source / f"{path}.pdf"
        if not file.exists() or file.read_bytes() != CONTENTS[name]:
            town.put(**{path.replace("/", "__"): CONTENTS[name]})
    lines = {path: {"file": f"{path}.pdf", **said} for path, said in night["said"].items() if path in night["files"]}
    if night["replaces"] and night["replaces"][0] in night["files"]:
        new, old = night["replaces"]
        lines.setdefault(new, {"file": f"{new}.pdf"})["replaces"] = f"{old}.pdf"
    if lines:
        town.say(*lines.values())


def run_or_die(town: Town, after: int | None, patch: pytest.MonkeyPatch) -> None:
    """Run a night; end it in the midst of its work after so many changes to the catalogue, if that is asked for."""
    real = Catalogue._change
    left = [after if after is not None else 1_000]

    def counted(self: Catalogue, query: str, values: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return real(self, query, values)

    with patch.context() as inner:
        inner.setattr(Catalogue, "_change", counted)
        try:
            town.night()
        except Killed:
            assert after is not None
