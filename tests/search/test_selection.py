"""Which documents match, exactly: phrases, exclusions, alternatives, fields, facets and listing, over all papers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Access, Catalogue, DataFolder, Document, Filters, Kind, Misread, Query, Remark, Results, State
from council.settings import Settings
from search import Engine, build
from search.engine import CANDIDATES
from search.selection import both
from tests.fakes import FakeEmbedder, a_catalogue, a_document

SWORN = Filters(access=frozenset(Access))
MINUTES = a_document(
    "notulen", kind=Kind.NOTULEN, title="Notulen", date=dt.date(2024, 2, 1), case_number="", body="gemeenteraad"
)
MOTION = a_document(
    "motie", kind=Kind.MOTIE, title="Motie", date=dt.date(2023, 5, 4), case_number="Z-23-1", body="VVD en Lokaal Belang"
)
PLAN = a_document("plan", title="Plan", date=dt.date(2022, 1, 1), case_number="Z-22-10483", body="college")
UNDATED = a_document("los", title="Los vel", date=None, case_number="", body="")
SECRET = a_document(
    "geheim", title="Geheim", access=Access.GEHEIM, kind=Kind.BIJLAGE, case_number="Z-99-9", body="geheime dienst"
)
PAPERS = {
    MINUTES: [
        "De voorzitter: Wij spreken over het zwembad.\r\n"
        "De heer Jansen (VVD): Het zwembad mag niet duurder worden.\r\n"
        "Mevrouw De Wit (Lokaal Belang): Het bad kost te veel, en de sporthal ook.\r\n"
        "De heer Jansen (VVD): Dan sluiten wij de sporthal.\r\n"
    ],
    MOTION: ["De raad verzoekt het college het zwembad vast te stellen en de sporthal te sluiten.\r\n"],
    PLAN: ["Het zwembad is vastgesteld.\r\n", "De sporthal blijft. Vast staat dat het te stellen doel hoog is.\r\n"],
    UNDATED: ["Niets over baden, wel een krediet.\r\n"],
    SECRET: ["De heer Geheimhouder (Partij Onbekend): Het zwembad wordt in het geheim verkocht.\r\n"],
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an engine on these papers."""
    folder = DataFolder(tmp_path_factory.mktemp("selection"))
    catalogue = a_catalogue(folder, dict(PAPERS))
    build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
    catalogue.close()
    made = Engine(folder, Settings(), embedder=FakeEmbedder())
    yield made
    made.close()


def shas(results: Results) -> set[str]:
    return {hit.document.sha256 for hit in results.hits}


def names(*documents: Document) -> set[str]:
    return {document.sha256 for document in documents}


@pytest.mark.parametrize(
    ("typed", "matching"),
    [
        ('"vast te stellen"', {MOTION}),
        ('"het zwembad"', {MINUTES, MOTION, PLAN}),
        ('"zwembad mag"', {MINUTES}),
        ('"bad" sporthal', {MINUTES}),
        ('"het zwembad" "te sluiten"', {MOTION}),
        ('"Jansen: dan"', set()),
        ("krediet OF sporthal", {MINUTES, MOTION, PLAN, UNDATED}),
        ('"is vastgesteld" OF krediet', {PLAN, UNDATED}),
        ("zwembad krediet", {MINUTES, MOTION, PLAN, UNDATED}),
        ("zwembad -vast", {MINUTES}),
        ('zwembad -"vast te stellen"', {MINUTES, PLAN}),
        ("sporthal -staat", {MINUTES, MOTION}),
        ('"sporthal" -staat', {MINUTES, MOTION}),
        ("fractie:VVD", {MINUTES, MOTION}),
        ("fractie:vvd sporthal", {MINUTES, MOTION}),
        ('fractie:"Lokaal Belang"', {MINUTES, MOTION}),
        ('partij:LB "te veel"', {MINUTES}),
        ("spreker:jansen", {MINUTES}),
        ("spreker:jansen sporthal", {MINUTES}),
        ('spreker:"de wit" duurder', set()),
        ("orgaan:college", {PLAN}),
        ("dossier:z2210483", {PLAN}),
        ("soort:motie", {MOTION}),
        ("soort:motie soort:notulen zwembad", {MINUTES, MOTION}),
        ("jaar:2022 jaar:2023 zwembad", {MOTION, PLAN}),
        ("van:2023 tot:2023-12 zwembad", {MOTION}),
        ("datum:2024-02 zwembad", {MINUTES}),
        ("van:1900 krediet", set()),
        ("soort:agenda zwembad", set()),
        ('"komt nergens voor"', set()),
    ],
)
def test_exactly_what_was_asked_for_matches(engine: Engine, typed: str, matching: set[Document]) -> None:
    """This test ensures that total and facets count every paper that matches and no other."""
    results = engine.search(Query(text=typed))
    assert results.total == len(matching)
    assert len(shas(results)) == results.total + results.alike
    assert names(*matching) <= shas(results)
    kinds = Counter(document.kind.value for document in matching)
    assert {value.value: value.count for value in results.facets["kind"]} == kinds
    assert results.expression is not None
    assert results.expression.remarks == ()


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [('"het zwembad"', "het zwembad"), ('zwembad "sporthal"', "sporthal"), ('"bad" OF "staat"', "")],
)
def test_the_passage_that_is_shown_holds_the_phrase(engine: Engine, typed: str, phrase: str) -> None:
    """This test ensures that a paper is not shown by a passage of it that lacks what was required."""
    hits = engine.search(Query(text=typed)).hits
    assert hits
    for hit in hits:
        for citation in (hit.citation, *hit.others):
            text = engine.catalogue.quote(citation).lower()
            assert (phrase in text) if phrase else (" bad " in text or "staat" in text)


def test_no_passage_with_an_excluded_word_is_shown_or_quoted(engine: Engine) -> None:
    """This test ensures that the answer leaves out what the question excludes, too."""
    results, answer = engine.ask(Query(text="zwembad sporthal -sluiten"))
    assert results.hits
    shown = [engine.catalogue.quote(hit.citation) for hit in results.hits]
    shown += [sentence.text for sentence in answer.sentences]
    assert not any("sluiten" in text for text in shown)


def test_a_phrase_is_found_however_many_papers_rank_before_it(quick_path: Path) -> None:
    """This test ensures that a phrase, an exclusion and a total look further than the best of each leg."""
    folder = DataFolder(quick_path / "many")
    number = CANDIDATES + 60
    papers = {
        a_document(at, title=f"Stuk {at}", date=dt.date(2020, 1, 1) + dt.timedelta(days=at)): ["zwembad " * 9 + "\r\n"]
        for at in range(number)
    }
    hidden = a_document("verstopt", title="Verstopt", date=dt.date(2010, 1, 1))
    filler = "veel andere woorden gaan aan de vondst vooraf en maken de passage lang " * 8
    papers[hidden] = [f"{filler} het diepe zwembad van weleer {filler}\r\n"]
    catalogue = a_catalogue(folder, papers)
    build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
    catalogue.close()
    engine = Engine(folder, Settings(), embedder=FakeEmbedder())
    try:
        assert [hit.document.title for hit in engine.search(Query(text='"diepe zwembad"')).hits] == ["Verstopt"]
        results = engine.search(Query(text="zwembad"))
        assert (results.total, results.alike) == (number + 1, 0)
        without = engine.search(Query(text='zwembad -"diepe zwembad"'))
        assert without.total == number
        seen: list[str] = []
        while page := engine.search(Query(text="zwembad", limit=50, offset=len(seen))).hits:
            seen += [hit.document.sha256 for hit in page]
        assert len(seen) == len(set(seen)) == number + 1
        listed = engine.search(Query(text="soort:raadsvoorstel", limit=3))
        assert (listed.hint, listed.total) == ("newest_first", number + 1)
        assert [hit.document.title for hit in listed.hits] == [f"Stuk {number - 1 - at}" for at in range(3)]
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ('fractie:"Partij Onbekend" zwembad', Remark(code=Misread.UNKNOWN_NAME, text="Partij Onbekend")),
        ("spreker:Geheimhouder zwembad", Remark(code=Misread.UNKNOWN_NAME, text="Geheimhouder")),
        ("dossier:Z-99-9", Remark(code=Misread.UNKNOWN_NAME, text="Z-99-9")),
        ('orgaan:"geheime dienst"', Remark(code=Misread.UNKNOWN_NAME, text="geheime dienst")),
    ],
)
def test_a_name_of_a_secret_paper_is_as_unknown_as_one_that_does_not_exist(
    engine: Engine, typed: str, remark: Remark
) -> None:
    """This test ensures that names are known from what this reader may see only, and the others are plain words."""
    results = engine.search(Query(text=typed))
    assert results.expression is not None
    assert remark in results.expression.remarks
    assert SECRET.sha256 not in shas(results)
    sworn = engine.search(Query(text=typed, filters=SWORN))
    assert sworn.expression is not None
    assert SECRET.sha256 in shas(sworn)


@pytest.mark.parametrize(
    "typed", ["zwembad", '"het zwembad"', "soort:bijlage", "verkocht OF sporthal", "zwembad -raad"]
)
def test_a_secret_paper_is_in_no_count(engine: Engine, typed: str) -> None:
    """This test ensures that totals, facets and reach are as if it were not there, and that it is there for others."""
    public, sworn = (engine.search(Query(text=typed, filters=filters)) for filters in (Filters(), SWORN))
    assert sworn.total == public.total + 1
    assert public.searched <= 4
    told = {value.value for values in public.facets.values() for value in values}
    assert not told & {"geheim", "bijlage", "PO", "De heer Geheimhouder (Partij Onbekend)", "Z-99-9", "geheime dienst"}


def test_facets_count_documents_and_not_passages(engine: Engine) -> None:
    """This test ensures that parties and speakers count once per paper, and only for passages that match."""
    facets = engine.search(Query(text="zwembad sporthal")).facets
    told = {name: {value.value: value.count for value in values} for name, values in facets.items()}
    assert told["party"] == {"LB": 2, "VVD": 2}
    assert told["speaker"] == {"De heer Jansen (VVD)": 1, "Mevrouw De Wit (Lokaal Belang)": 1}
    assert told["year"] == {"2022": 1, "2023": 1, "2024": 1}
    assert told["case_number"] == {"Z-22-10483": 1, "Z-23-1": 1}
    assert told["body"] == {"VVD en Lokaal Belang": 1, "college": 1, "gemeenteraad": 1}
    assert told["access"] == {"openbaar": 3}
    spoken = engine.search(Query(text='"te veel"')).facets
    assert [value.value for value in spoken["speaker"]] == ["Mevrouw De Wit (Lokaal Belang)"]


FIELDS = {
    "kind": lambda value: {"kinds": frozenset({Kind(value)})},
    "year": lambda value: {"years": frozenset({int(value)})},
    "body": lambda value: {"bodies": frozenset({value})},
    "case_number": lambda value: {"case_numbers": frozenset({value})},
    "party": lambda value: {"parties": frozenset({value})},
    "speaker": lambda value: {"speakers": frozenset({value})},
}


@pytest.mark.parametrize("typed", ["zwembad", "sporthal", '"het zwembad"', "zwembad -mag", "krediet OF sporthal"])
def test_narrowing_to_a_value_finds_as_many_as_its_facet_said(engine: Engine, typed: str) -> None:
    """This test ensures that the number beside a value is the total after choosing it."""
    facets = engine.search(Query(text=typed)).facets
    assert facets["kind"] and facets["year"]
    for name, change in FIELDS.items():
        for value in facets[name]:
            narrowed = engine.search(Query(text=typed, filters=replace(Filters(), **change(value.value))))
            assert narrowed.total == value.count, (name, value)


def test_what_was_withdrawn_a_moment_ago_is_in_no_count(tmp_path: Path) -> None:
    """This test ensures that counts follow the catalogue and not the index."""
    folder = DataFolder(tmp_path / "data")
    catalogue = a_catalogue(folder, dict(PAPERS))
    build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
    engine = Engine(folder, Settings(), embedder=FakeEmbedder())
    try:
        before = engine.search(Query(text='"het zwembad"'))
        assert (before.total, before.searched) == (3, 4)
        with catalogue.writing():
            catalogue.set_state(MOTION.sha256, State.WITHDRAWN)
            known = catalogue.document(PLAN.sha256)
            assert known is not None
            catalogue.describe(replace(known, access=Access.GEHEIM))
        after = engine.search(Query(text='"het zwembad"'))
        assert (after.total, after.searched, shas(after)) == (1, 2, names(MINUTES))
        assert after.facets["kind"][0].value == "notulen"
        assert engine.search(Query(text="dossier:Z-22-10483")).total == 0
    finally:
        engine.close()
        catalogue.close()


def test_two_filters_that_exclude_each_other_let_nothing_through(engine: Engine) -> None:
    """This test ensures that soort:motie within a choice of minutes is nothing, and not everything."""
    only = Filters(kinds=frozenset({Kind.NOTULEN}))
    results = engine.search(Query(text="zwembad soort:motie", filters=only))
    assert (results.total, results.hits, results.searched) == (0, (), 0)
    found = both(
        replace(only, date_from=dt.date(2024, 1, 1), access=frozenset({Access.BESLOTEN})),
        Filters(kinds=frozenset(Kind), date_from=dt.date(2023, 1, 1), date_to=dt.date(2024, 6, 1)),
    )
    assert found == Filters(
        access=frozenset({Access.BESLOTEN}),
        kinds=only.kinds,
        date_from=dt.date(2024, 1, 1),
        date_to=dt.date(2024, 6, 1),
    )


def test_no_question_can_widen_what_may_be_seen(engine: Engine) -> None:
    """This test ensures that access is no field of the language."""
    for typed in ("toegang:geheim verkocht", "access:geheim verkocht", 'soort:bijlage "in het geheim"'):
        results = engine.search(Query(text=typed))
        assert SECRET.sha256 not in shas(results)


PIECES = st.sampled_from(
    ['"het zwembad"', '"', "-sporthal", '-"te sluiten"', "OF", "zwembad", "krediet", "soort:motie", "fractie:VVD",
     "spreker:jansen", "jaar:2024", "van:2023", "tot:2022", "dossier:x", "orgaan:", "-", "de", "🙂", "x" * 300]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map(" ".join), st.sampled_from([Filters(), SWORN, Filters(access=frozenset())]))
def test_whatever_is_combined_counts_add_up(engine: Engine, typed: str, filters: Filters) -> None:
    """This test ensures that total, facets and pages agree for any expression, and that access always holds."""
    results, answer = engine.ask(Query(text=typed, filters=filters, limit=50))
    assert sum(value.count for value in results.facets["kind"]) == results.total
    assert sum(value.count for value in results.facets["access"]) == results.total
    assert len(results.hits) == results.total + results.alike
    assert results.total <= results.searched <= len(PAPERS)
    assert all(hit.document.access in filters.access for hit in results.hits)
    assert all(sentence.document.access in filters.access for sentence in answer.sentences)


def test_an_index_of_an_older_program_is_refused(tmp_path: Path) -> None:
    """This test ensures that a folder without words says which command makes them."""
    from council import NotIngested
    from search.generation import describe, live

    folder = DataFolder(tmp_path / "data")
    catalogue = a_catalogue(folder, {PLAN: ["zwembad"]})
    build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
    generation = live(folder)
    assert generation is not None
    describe(folder, replace(generation, layout=""))
    with pytest.raises(NotIngested, match="raadspoor-ingest"):
        Engine(folder, Settings(), embedder=FakeEmbedder())
    made = build(Settings(), folder, Catalogue(folder.catalogue), FakeEmbedder, municipality="gm9901")
    assert made.name != generation.name
    Engine(folder, Settings(), embedder=FakeEmbedder()).close()
    catalogue.close()


@pytest.mark.parametrize("filters", [Filters(), SWORN, Filters(kinds=frozenset({Kind.NOTULEN, Kind.BIJLAGE}))])
@pytest.mark.parametrize("question", ["zwembad", "het zwembad -sporthal", "geheim verkocht", '"het zwembad" krediet'])
@pytest.mark.parametrize("candidates", [2, CANDIDATES])
def test_a_few_passages_are_taken_out_as_a_filter_would(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, filters: Filters, question: str, candidates: int
) -> None:
    """This test ensures that hits, their scores and their reasons are the same whichever way passages are kept out,
    also where the best of a leg are among those."""
    monkeypatch.setattr("search.engine.CANDIDATES", candidates)
    query = Query(text=question, filters=filters)
    taken_out = replace(engine.search(query), timings={})
    monkeypatch.setattr("search.selection._FEW", -1)
    assert replace(engine.search(query), timings={}) == taken_out


def test_of_a_few_passages_no_more_than_the_ids_are_known_to_a_search(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that the legs are left without a filter where few passages are kept out, and that what they
    bring in of these is dropped before anything looks at it."""
    seen: list[set[int]] = []
    ordered = engine._ordering.ranked
    monkeypatch.setattr(
        engine._ordering,
        "ranked",
        lambda legs, *more, **named: (
            seen.append({one for found in legs.values() for one, _ in found}),
            ordered(legs, *more, **named),
        )[1],
    )
    assert SECRET.sha256 in shas(engine.search(Query(text="geheim verkocht", filters=SWORN)))
    engine.search(Query(text="geheim verkocht"))
    assert seen[0] - seen[1] == {passage.id for passage in engine.catalogue.passages_of(SECRET.sha256)}
