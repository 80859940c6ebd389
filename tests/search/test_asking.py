"""What a search says back about a question: why a passage was found, what to narrow to, and how it goes on."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Access, DataFolder, Document, Filters, Kind, Match, Narrowing, Query, State
from council.settings import Settings
from search import Engine, build
from search.as_json import results_json, suggestions_json
from search.as_text import as_text
from search.suggest import MOST
from tests.fakes import FakeEmbedder, a_catalogue, a_document, odd_text

MINUTES = a_document("notulen", kind=Kind.NOTULEN, title="Notulen over het zwembad", case_number="", body="Rekenkamer")
PLAN = a_document("plan", title="Krediet zwembad De Waterlelie", case_number="Z-22-10483", body="college")
TAX = a_document("belasting", title="Afschaffing hondenbelasting", case_number="Z-22-10790", body="college")
SECRET = a_document("geheim", title="Zwemgeheim", access=Access.GEHEIM, case_number="Z-22-1999", body="zwembeveiliging")
PAPERS: dict[Document, list[str]] = {
    MINUTES: ["De heer Jansen (VVD): De afvalstoffenheffing stijgt en het zwembad sluit.\r\n"] * 2,
    PLAN: ["Het krediet voor het zwembad.\r\n", "Meer zwemmers in het zwembad, en veel krediet.\r\n"],
    TAX: ["De hondenbelasting vervalt. De heffing blijft, de hondenbelasting niet.\r\n"] * 2,
    SECRET: ["De heer Zwemmer (ZWM): zwemparadijs zwemparadijs verkocht.\r\n", "Het zwemparadijs.\r\n"],
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = DataFolder(tmp_path_factory.mktemp("asking"))
    catalogue = a_catalogue(folder, dict(PAPERS))
    build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
    catalogue.close()
    made = Engine(folder, Settings(), embedder=FakeEmbedder())
    yield made
    made.close()


def flat(value: object, path: str = "") -> dict[str, object]:
    """Return every leaf of a value in JSON by its path; the engine adds in no fixed order, so the last digits go."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        return {path: pytest.approx(value, rel=1e-5) if isinstance(value, float) else value}
    return {at: leaf for key, one in inner for at, leaf in flat(one, f"{path}/{key}").items()}


def matches(engine: Engine, typed: str, document: Document) -> list[tuple[str, str, bool, int]]:
    hits = engine.search(Query(text=typed)).hits
    (hit,) = (hit for hit in hits if hit.document.sha256 == document.sha256)
    return [(match.word, match.term, match.part, match.passages) for match in hit.matches]


def test_a_hit_says_which_words_and_which_parts_of_them_it_holds(engine: Engine) -> None:
    """This test ensures that whole words, parts of compounds and phrases are told apart, with how rare each is."""
    assert matches(engine, "zwembad", MINUTES)[0] == ("zwembad", "zwembad", False, 2)
    told = matches(engine, "afvalstoffenheffing", TAX)
    assert ("afvalstoffenheffing", "heffing", True, 2) in told
    assert not any(term == "afvalstoffenheff" for _, term, _, _ in told)
    assert matches(engine, '"krediet voor het"', PLAN)[0] == ("krediet voor het", "", False, 1)
    assert all(
        isinstance(match, Match) and match.weight > 0 for match in engine.search(Query(text="zwembad")).hits[0].matches
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("zwembad krediet", ()),
        ("zwembad helikopter", ("helikopter",)),
        ("zwembadkaartje", ("zwembadkaartje",)),  # its parts stand there, and no such word
        ("de zwembaden", ()),
        ("waterlelie", ()),
        ("zwemparadijs", ("zwemparadijs",)),  # in a secret paper only
        ("de van", ()),
    ],
)
def test_words_that_stand_in_no_public_paper_are_told(engine: Engine, typed: str, words: tuple[str, ...]) -> None:
    """This test ensures that a reader is not left to think that likeness is a find, and learns of no secret paper."""
    results = engine.search(Query(text=typed))
    assert results.nowhere == words
    assert engine.search(Query(text=typed, filters=Filters(access=frozenset(Access)))).nowhere == words
    assert results_json(results, None)["nowhere"] == list(words)
    told = as_text(*engine.ask(Query(text=typed)))
    assert ("Staat in geen enkel openbaar stuk" in told) == bool(words)


def test_no_answer_in_json_tells_of_a_secret_paper(engine: Engine, tmp_path: Path) -> None:
    """This test ensures that every score, count and word is what it would be if the secret paper did not exist."""
    folder = DataFolder(tmp_path)
    catalogue = a_catalogue(folder, {paper: texts for paper, texts in PAPERS.items() if paper is not SECRET})
    build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
    catalogue.close()
    with closing(Engine(folder, Settings(), embedder=FakeEmbedder())) as without:
        for typed in ("zwembad", "zwemparadijs", "krediet zwemmers", "heer", "verkocht zwembad", "De heer Zwemmer"):
            told, expected = (results_json(*one.ask(Query(text=typed))) for one in (engine, without))
            assert flat({**told, "seconds": 0}) == flat({**expected, "seconds": 0})


@pytest.mark.parametrize(("text", "words"), [("vuurwerkverbod", ()), ("vuur en werk", ("vuurwerk",))])
def test_a_word_stands_nowhere_where_only_its_parts_do(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    """This test ensures that a longer word of the papers holds the one that was typed, and two words beside do not."""
    folder = DataFolder(tmp_path)
    catalogue = a_catalogue(folder, {PLAN: [f"De raad sprak over {text} in de stad.\r\n" * 4]})
    build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
    catalogue.close()
    with closing(Engine(folder, Settings(), embedder=FakeEmbedder())) as own:
        assert own.search(Query(text="vuurwerk")).nowhere == words


def test_a_hit_that_is_only_alike_has_no_reason_among_the_words(engine: Engine) -> None:
    """This test ensures that likeness is not sold as a match, and that the two are counted apart."""
    results = engine.search(Query(text="hondenbelasting"))
    assert [bool(hit.matches) for hit in results.hits] == [hit.document.sha256 == TAX.sha256 for hit in results.hits]
    assert results.total == 1
    assert results.alike == len(results.hits) - 1


def test_json_and_text_tell_the_reasons(engine: Engine) -> None:
    """This test ensures that both forms hold words, terms, places of the legs, remarks and another spelling."""
    results, answer = engine.ask(Query(text="zwembat soort:motte"))
    told = results_json(results, answer)
    assert told["meant"] == "zwembad soort:motte"
    assert told["expression"]["remarks"] == [{"code": "unknown_kind", "text": "soort:motte"}]
    results, answer = engine.ask(Query(text='"krediet voor het" zwembad'))
    explained = results_json(results, answer)["hits"][0]["explain"]
    assert [one["term"] for one in explained] == ["", "krediet", "zwembad"]
    text = as_text(results, answer, explain=True)
    assert "letterlijk “krediet voor het” (in 1 openbare tekstdelen)" in text
    assert "terms: plaats 1" in text
    assert "openbare tekstdelen" not in as_text(results, answer)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("zwembad VVD", [Narrowing(field="party", value="VVD", rest="zwembad")]),
        ("wat zei Jansen over het zwembad?",
         [Narrowing(field="speaker", value="De heer Jansen (VVD)", rest="wat zei over het zwembad?")]),
        ("rekenkamer moties zwembad",
         [Narrowing(field="body", value="Rekenkamer", rest="moties zwembad")]),  # and no motie would be left
        ("zwembad Z-22-10483", [Narrowing(field="case_number", value="Z-22-10483", rest="zwembad")]),
        ("zwemmer ZWM zwembeveiliging Z-22-1999", []),
        ("raadsvoorstellen zwembad", [Narrowing(field="kind", value="raadsvoorstel", rest="zwembad")]),
        ("schriftelijke vragen zwembad", []),
        ("brief besluit zwembad", []),
        ("zwembad fractie:VVD vvd", []),
        ("krediet voor het zwembad", []),
    ],
)  # fmt: skip
def test_a_name_in_a_question_is_offered_as_a_filter(engine: Engine, typed: str, offered: list[Narrowing]) -> None:
    """This test ensures that names of public papers are offered and not forced, and names of secret ones never."""
    results = engine.search(Query(text=typed))
    assert list(results.narrowings) == offered
    sworn = engine.search(Query(text=typed, filters=Filters(access=frozenset(Access))))
    assert list(sworn.narrowings) == offered
    if offered and offered[0].field == "party":
        assert results.expression is not None
        assert results.expression.filters == Filters()


@pytest.mark.parametrize(
    ("typed", "kind", "text", "query"),
    [
        ("z-22-104", "case_number", "Z-22-10483", "dossier:Z-22-10483"),
        ("vv", "party", "VVD", "fractie:VVD"),
        ("jan", "speaker", "Jansen", "spreker:Jansen"),
        ("reken", "body", "Rekenkamer", "orgaan:Rekenkamer"),
        ("zwem", "word", "zwembad", "zwembad"),
        ("wat kost het zwem", "word", "wat kost het zwembad", "wat kost het zwembad"),
        ("waterl", "title", "Krediet zwembad De Waterlelie", "Krediet zwembad De Waterlelie"),
        ("zwembad de wat", "title", "Krediet zwembad De Waterlelie", "Krediet zwembad De Waterlelie"),
    ],
)
def test_what_is_being_typed_is_completed(engine: Engine, typed: str, kind: str, text: str, query: str) -> None:
    """This test ensures that numbers, names, words and titles are offered, each with what to search for."""
    assert (kind, text, query) in [(one.kind, one.text, one.query) for one in engine.suggest(typed)]


def test_choosing_a_suggestion_finds_its_paper(engine: Engine) -> None:
    """This test ensures that what a suggestion searches for is understood."""
    for typed, document in (("z-22-104", PLAN), ("jans", MINUTES), ("hondenb", TAX), ("afsch", TAX)):
        suggested = engine.suggest(typed)
        assert suggested, typed
        for suggestion in suggested:
            found = engine.search(Query(text=suggestion.query))
            assert document.sha256 in {hit.document.sha256 for hit in found.hits}, suggestion


def test_nothing_of_a_secret_paper_is_offered_while_typing(engine: Engine) -> None:
    """This test ensures that titles, names, numbers and words of secret papers do not exist here."""
    offered = [one.text.lower() for typed in ("zwem", "zw", "z-22-1", "de") for one in engine.suggest(typed)]
    assert offered
    assert not any(part in text for text in offered for part in ("paradijs", "zwm", "geheim", "1999", "beveiliging"))
    assert engine.suggest("zwempar") == engine.suggest("zwm") == ()
    assert engine.search(Query(text="zwemparadijz")).meant == ""


def test_a_paper_that_is_closed_is_no_longer_offered() -> None:
    """This test ensures that words, names and titles go with their paper at once, before the index is made anew."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = DataFolder(Path(name))
        catalogue = a_catalogue(folder, {**PAPERS, TAX: ["De hondenbelasting vervalt.\r\n" * 150]})
        build(Settings(), folder, catalogue, FakeEmbedder, municipality="gm9901")
        own = Engine(folder, Settings(), embedder=FakeEmbedder())
        try:
            assert {one.kind for one in own.suggest("honden")} == {"word", "title"}
            assert own.search(Query(text="hondenbelastink")).meant == "hondenbelasting"
            with catalogue.writing():
                catalogue.set_state(TAX.sha256, State.WITHDRAWN)
            assert own.suggest("honden") == ()
            assert own.search(Query(text="hondenbelastink")).meant == ""
        finally:
            own.close()
            catalogue.close()


@given(odd_text(40) | st.sampled_from(["zw " * 60, "a" * 5_000, '"', "fractie:", "-", "  "]))
def test_whatever_is_typed_gets_few_suggestions(engine: Engine, typed: str) -> None:
    """This test ensures that no text makes the suggestions fail or overflow."""
    found = engine.suggest(typed)
    assert len(found) <= MOST
    assert suggestions_json(typed, found)["typed"] == typed
    assert len({one.query.lower() for one in found}) == len(found)
