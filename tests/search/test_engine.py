"""A question in, documents and quotes out: access, withdrawal, verbatim quotes, and whatever a reader types."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import (
    Access,
    Catalogue,
    DataFolder,
    Filters,
    Kind,
    ModelMismatch,
    NotIngested,
    Query,
    State,
    Verdict,
    readable,
)
from council.settings import Settings
from search import Engine, build
from search.as_json import results_json
from tests.fakes import FakeEmbedder, a_catalogue, a_document, put

POOL = a_document("zwembad", title="Krediet zwembad De Waterlelie", date=dt.date(2022, 5, 3))
POOL_LATER = a_document("zwembad-later", title="Tweede krediet zwembad De Waterlelie", date=dt.date(2024, 4, 23))
SECRET = a_document("huur", title="Huurprijs hotel De Kroon", access=Access.GEHEIM, kind=Kind.BIJLAGE)
CLOSED = a_document("grond", title="Aankoop grond Singel", access=Access.BESLOTEN)
PARKING = a_document("parkeren", title="Betaald parkeren", kind=Kind.MOTIE, date=dt.date(2023, 1, 5))
TEXTS = {
    POOL: [
        "1. Samenvatting\r\nHet krediet voor het zwembad is € 14.600.000. Het bad gaat in september 2024 open.\r\n",
        "2. Planning\r\nDe bouw van het zwem\ufffebad duurt twee jaar.\r\n",
    ],
    POOL_LATER: ["Het krediet voor het zwembad wordt verhoogd tot € 18.550.000.\r\nOpening op 30 augustus 2025.\r\n"],
    SECRET: ["De huurprijs van het hotel is € 46.500 per maand. De eigenaar wil zekerheid.\r\n"],
    CLOSED: ["De gemeente koopt grond aan de Singel voor € 900.000.\r\n"],
    PARKING: ["Parkeren in het centrum kost € 1,80 per uur. De motie is aangenomen met 17 tegen 12 stemmen.\r\n"],
}
EVERYONE = Filters()
SWORN = Filters(access=frozenset(Access))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Give a published data folder with public, closed and secret papers."""
    folder = DataFolder(tmp_path_factory.mktemp("engine"))
    catalogue = a_catalogue(folder, dict(TEXTS))
    build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
    catalogue.close()
    return folder


@pytest.fixture(scope="module")
def engine(data: DataFolder) -> Iterator[Engine]:
    """Give an engine on that folder."""
    found = Engine(data, Settings(), embedder=FakeEmbedder())
    yield found
    found.close()


def test_the_first_document_is_the_one_that_says_it(engine: Engine) -> None:
    """This test ensures that a plain question finds its paper, page and passage, with a rank per leg."""
    results = engine.search(Query(text="Wat kost parkeren per uur?"))
    hit = results.hits[0]
    assert hit.document.sha256 == PARKING.sha256
    assert hit.citation.spans[0].page == 1
    assert all(place.rank >= 0 for place in hit.legs.values())
    assert max(place.rank for place in hit.legs.values()) >= 1
    assert "€ 1,80" in hit.snippet.text
    assert any(hit.snippet.text[start:end].lower() == "parkeren" for start, end in hit.snippet.marks)


@pytest.mark.parametrize("question", ["huurprijs hotel De Kroon", "€ 46.500 per maand", "eigenaar zekerheid"])
def test_a_secret_paper_does_not_exist_for_who_may_not_see_it(engine: Engine, question: str) -> None:
    """This test ensures that hits, answer, facets, totals and counts are the same as if the paper were not there."""
    results, answer = engine.ask(Query(text=question))
    shown = str(results_json(results, answer))
    assert SECRET.sha256 not in shown
    told = [hit.snippet.text for hit in results.hits] + [sentence.text for sentence in answer.sentences]
    assert not any("46.500" in text for text in told)
    assert results.searched == 3
    assert sum(value.count for value in results.facets["kind"]) == results.total
    assert all(value.value != Kind.BIJLAGE for value in results.facets["kind"])


def test_who_may_see_a_secret_paper_finds_it(engine: Engine) -> None:
    """This test ensures that the secret paper is there at all, so that the test above can fail."""
    results, answer = engine.ask(Query(text="huurprijs hotel De Kroon per maand", filters=SWORN))
    assert results.hits[0].document.sha256 == SECRET.sha256
    assert results.searched == 5
    assert any("46.500" in sentence.text for sentence in answer.sentences)


def test_nobody_without_access_sees_anything(engine: Engine) -> None:
    """This test ensures that an empty access level lets nothing through, rather than everything."""
    results, answer = engine.ask(Query(text="zwembad", filters=Filters(access=frozenset())))
    assert (results.hits, results.total, results.searched) == ((), 0, 0)
    assert answer.verdict is Verdict.NOT_FOUND


def test_every_quote_stands_at_its_address(engine: Engine) -> None:
    """This test ensures that each sentence of an answer stands in the page text, but for hyphens and space."""
    for question in ("krediet zwembad", "hoe lang duurt de bouw van het zwembad", "stemmen motie parkeren"):
        _, answer = engine.ask(Query(text=question))
        assert answer.sentences
        for sentence in answer.sentences:
            raw = engine.catalogue.quote(sentence.citation)
            assert readable(raw) == sentence.text
            page = engine.catalogue.page(sentence.citation.document, sentence.citation.spans[0].page)
            assert page is not None
            assert raw in page.text


def test_a_quote_that_no_longer_stands_there_is_not_shown(data: DataFolder, tmp_path: Path) -> None:
    """This test ensures that a sentence whose page text changed under it is left out of the answer."""
    import shutil

    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(data.root, copy.root)
    engine = Engine(copy, Settings(), embedder=FakeEmbedder())
    try:
        original = engine.catalogue.quote
        engine.catalogue.quote = lambda citation: original(citation) + " maar niet heus"  # type: ignore[method-assign]
        _, answer = engine.ask(Query(text="krediet zwembad"))
    finally:
        engine.close()
    assert answer.sentences == ()
    assert answer.verdict is Verdict.NOT_FOUND


def test_a_withdrawn_or_closed_paper_is_gone_at_once(data: DataFolder, tmp_path: Path) -> None:
    """This test ensures that a change in the catalogue counts from the next question on, before any new generation."""
    import shutil

    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(data.root, copy.root)
    engine = Engine(copy, Settings(), embedder=FakeEmbedder())
    writer = Catalogue(copy.catalogue)
    try:
        asked = Query(text="krediet zwembad")
        assert engine.search(asked).total == 2
        with writer.writing():
            writer.set_state(POOL.sha256, State.WITHDRAWN)
        results, answer = engine.ask(asked)
        assert POOL.sha256 not in str(results_json(results, answer))
        assert (results.total, results.searched) == (1, 2)
        with writer.writing():
            known = writer.document(POOL_LATER.sha256)
            assert known is not None
            writer.describe(replace(known, access=Access.GEHEIM))
        results, answer = engine.ask(asked)
        assert POOL_LATER.sha256 not in str(results_json(results, answer))
        assert results.searched == 1
    finally:
        writer.close()
        engine.close()


def test_a_new_generation_is_followed_without_a_restart(data: DataFolder, tmp_path: Path) -> None:
    """This test ensures that an open engine answers from what was published after it was opened."""
    import shutil

    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(data.root, copy.root)
    engine = Engine(copy, Settings(), embedder=FakeEmbedder())
    try:
        before = engine.generation.name
        writer = Catalogue(copy.catalogue)
        with writer.writing():
            put(writer, a_document("brug", title="Brug"), "De brug over de Wiedebeek heet Juf Willemijnbrug.\r\n")
        build(Settings(), copy, writer, FakeEmbedder, municipality="gm9901")
        writer.close()
        results = engine.search(Query(text="Willemijnbrug Wiedebeek"))
        assert results.hits[0].document.title == "Brug"
        assert engine.generation.name != before
    finally:
        engine.close()


def test_filters_narrow_hits_counts_and_reach(engine: Engine) -> None:
    """This test ensures that kind and dates limit what is found and what is said to have been searched."""
    only = engine.search(Query(text="zwembad parkeren", filters=replace(EVERYONE, kinds=frozenset({Kind.MOTIE}))))
    assert [hit.document.sha256 for hit in only.hits] == [PARKING.sha256]
    assert (only.total, only.searched, only.latest) == (1, 1, PARKING.date)
    late = engine.search(Query(text="krediet zwembad", filters=replace(EVERYONE, date_from=dt.date(2024, 1, 1))))
    assert [hit.document.sha256 for hit in late.hits] == [POOL_LATER.sha256]


def test_the_same_question_gives_the_same_page(engine: Engine) -> None:
    """This test ensures that ranking and answer do not depend on chance, and that pages do not overlap."""
    first, again = (engine.ask(Query(text="krediet zwembad 2024")) for _ in range(2))
    assert [hit.document.sha256 for hit in first[0].hits] == [hit.document.sha256 for hit in again[0].hits]
    assert first[1] == again[1]
    pages = [engine.search(Query(text="zwembad", limit=1, offset=at)).hits for at in range(3)]
    assert len({hit.document.sha256 for page in pages for hit in page}) == sum(map(len, pages))


def test_now_prefers_the_newest_paper_and_at_first_the_oldest(engine: Engine) -> None:
    """This test ensures that a figure that changed is quoted as it stands now, or stood first."""
    _, now = engine.ask(Query(text="Wat is nu het krediet voor het zwembad?"))
    _, first = engine.ask(Query(text="Wat was oorspronkelijk het krediet voor het zwembad?"))
    assert "18.550.000" in now.sentences[0].text
    assert "14.600.000" in first.sentences[0].text


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("", "empty"), ("   ", "empty"), ("🙂🙃", "empty"), ("?!", "empty"), ("de van het en", "only_stop_words"),
     ("zwembad " * 2_000, "cut_short")],
)  # fmt: skip
def test_odd_questions_get_a_hint(engine: Engine, typed: str, hint: str) -> None:
    """This test ensures that a question that cannot be used as it is gives a reason and no error."""
    results, answer = engine.ask(Query(text=typed))
    assert results.hint == hint
    assert bool(results.hits) == (hint == "cut_short")
    assert answer.verdict is Verdict.NOT_FOUND or hint == "cut_short"


@given(
    st.text(max_size=200) | st.sampled_from(["'; DROP TABLE documents; --", "<script>alert(1)</script>", "%", "\x00"])
)
def test_whatever_is_typed_is_answered(engine: Engine, typed: str) -> None:
    """This test ensures that no text whatever makes a search fail or the catalogue change."""
    results, answer = engine.ask(Query(text=typed))
    assert results.searched == 3
    assert len(answer.sentences) <= 5


def test_an_index_of_another_model_is_refused(data: DataFolder) -> None:
    """This test ensures that vectors of two models are never compared, and that the message says what to do."""
    with pytest.raises(ModelMismatch, match="RAADSPOOR_MODEL"):
        Engine(data, Settings(), embedder=FakeEmbedder(name="another"))


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    """This test ensures that a search before the first ingest says which command comes first."""
    with pytest.raises(NotIngested, match="raadspoor-ingest"):
        Engine(DataFolder(tmp_path), Settings(), embedder=FakeEmbedder())
