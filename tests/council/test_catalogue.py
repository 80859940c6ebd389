"""The catalogue: what is put in comes out, what a reader may not see stays in, and nothing is half done."""

import datetime as dt
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council import (
    Access,
    Address,
    Busy,
    Catalogue,
    Citation,
    DataError,
    Document,
    Filters,
    Kind,
    NotIngested,
    Page,
    Passage,
    QuoteError,
    Span,
    State,
    schema,
)
from tests.fakes import a_document, a_passage, pages_of, sha_of

ALL = Filters(access=frozenset(Access))
HOSTILE = ["o'neil", 'a"b', "100%", "_", "'; DROP TABLE documents; --", "]", "\\", "\n", "é😀", "null", ""]


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """Give an empty catalogue."""
    made = Catalogue(tmp_path / "data" / "catalogue.sqlite", create=True)
    yield made
    made.close()


def store(catalogue: Catalogue, document: Document, *texts: str, cutting: str = "cut-1") -> Document:
    """Store a document with these pages and one passage, and return it as the catalogue gives it back."""
    with catalogue.writing():
        catalogue.put(document, pages_of(*(texts or ("Een bladzijde.",))), [a_passage(document)], cutting=cutting)
    found = catalogue.document(document.sha256)
    assert found is not None
    return found


def found(catalogue: Catalogue, filters: Filters) -> set[str]:
    """Return the file names that the filters let through, after checking that all ways of asking agree."""
    listed = list(catalogue.documents(filters))
    count, newest = catalogue.reach(filters)
    assert count == len(listed)
    assert newest == max((d.date for d in listed if d.date), default=None)
    assert all(catalogue.visible(d.sha256, filters) == d for d in listed)
    return {document.filename for document in listed}


# Round trips

NAMES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
DAYS = st.none() | st.dates(min_value=dt.date(1, 1, 1))
DOCUMENTS = st.builds(
    Document,
    sha256=st.integers().map(sha_of),
    title=NAMES,
    kind=st.sampled_from(Kind),
    municipality=NAMES,
    body=NAMES,
    date=DAYS,
    meeting=DAYS,
    agenda_item=NAMES,
    case_number=NAMES,
    source_url=NAMES,
    access=st.sampled_from(Access),
    page_count=st.integers(0, 10_000),
    version_of=NAMES,
    filename=NAMES,
    state=st.sampled_from(State),
    derived=st.frozensets(st.sampled_from(["title", "kind", "date", "access"])),
)
PAGES = st.lists(
    st.builds(Page, number=st.just(1), text=NAMES, label=NAMES, ocr=st.booleans(), waiting=st.booleans()), max_size=4
).map(lambda pages: tuple(replace(page, number=number) for number, page in enumerate(pages, start=1)))
SPANS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 99), st.integers(1, 99)).map(
        lambda n: Span(page=n[0], start=n[1], end=n[1] + n[2])
    ),
    min_size=1,
    max_size=3,
).map(tuple)


@settings(max_examples=40)
@given(data=st.data())
def test_everything_about_a_document_comes_back_as_it_was_put_in(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """This test ensures that no record loses or changes anything on its way through the file, whatever it holds."""
    document = data.draw(DOCUMENTS)
    pages = data.draw(PAGES)
    passages = tuple(
        Passage(
            id=number + 1,
            document=document.sha256,
            ordinal=number,
            spans=spans,
            sentences=data.draw(st.lists(SPANS, max_size=3).map(tuple)),
            headings=tuple(data.draw(st.lists(NAMES, max_size=3))),
            speaker=data.draw(NAMES),
        )
        for number, spans in enumerate(data.draw(st.lists(st.just(()) | SPANS, max_size=3)))
    )
    path = tmp_path_factory.mktemp("round") / "catalogue.sqlite"
    made = Catalogue(path, create=True)
    with made.writing():
        made.put(document, pages, passages, cutting="cut-1")
    made.close()
    opened = Catalogue(path)
    kept = opened.document(document.sha256)
    assert kept is not None
    assert replace(kept, text_mark="") == document
    assert opened.pages(document.sha256) == pages
    assert [opened.page(document.sha256, page.number) for page in pages] == list(pages)
    assert opened.passages_of(document.sha256) == passages
    assert dict(opened.passages([p.id for p in passages])) == {p.id: p for p in passages}
    opened.close()


def test_the_text_mark_differs_when_other_text_was_read_and_only_then(catalogue: Catalogue) -> None:
    """This test ensures that text that came of OCR is noticed, also where only the border between pages moved."""
    document = a_document()
    first = store(catalogue, document, "een", "twee").text_mark
    assert store(catalogue, document, "een", "twee").text_mark == first
    assert store(catalogue, replace(document, title="anders"), "een", "twee").text_mark == first
    assert store(catalogue, document, "eent", "wee").text_mark != first


def test_putting_a_document_again_replaces_all_that_was_known(catalogue: Catalogue) -> None:
    """This test ensures that no page or passage of an earlier reading stays behind."""
    document = a_document()
    store(catalogue, document, "een", "twee", "drie")
    store(catalogue, replace(document, title="Nieuw"), "vier")
    assert [page.text for page in catalogue.pages(document.sha256)] == ["vier"]
    assert len(catalogue.passages_of(document.sha256)) == 1
    assert [d.title for d in catalogue.documents()] == ["Nieuw"]


def test_describing_a_document_leaves_its_pages_and_passages(catalogue: Catalogue) -> None:
    """This test ensures that a new title or access level costs no new reading."""
    kept = store(catalogue, a_document())
    changed = replace(kept, title="Anders", access=Access.GEHEIM, date=None, derived=frozenset())
    with catalogue.writing():
        catalogue.describe(changed)
    assert catalogue.document(kept.sha256) == changed
    assert len(catalogue.pages(kept.sha256)) == 1
    assert len(catalogue.passages_of(kept.sha256)) == 1
    assert catalogue.cut_otherwise("cut-1") == ()


def test_passages_that_were_cut_in_another_way_are_named_and_replaced(catalogue: Catalogue) -> None:
    """This test ensures that a new way of cutting finds exactly the documents of the old one."""
    old, new = a_document("old"), a_document("new")
    store(catalogue, old, cutting="cut-0")
    store(catalogue, new, cutting="cut-1")
    assert catalogue.cut_otherwise("cut-1") == (old.sha256,)
    fresh = [a_passage(old, ordinal) for ordinal in (3, 1, 2)]
    with catalogue.writing():
        catalogue.recut(old.sha256, fresh, cutting="cut-1")
    assert [p.ordinal for p in catalogue.passages_of(old.sha256)] == [1, 2, 3]
    assert catalogue.cut_otherwise("cut-1") == ()
    assert catalogue.passages([a_passage(old, 0).id]) == {}


def test_many_passages_can_be_asked_for_at_once(catalogue: Catalogue) -> None:
    """This test ensures that no number of ids exceeds what SQLite takes in one question."""
    document = a_document()
    passages = [replace(a_passage(document, number), id=number + 1) for number in range(1_700)]
    with catalogue.writing():
        catalogue.put(document, pages_of("tekst"), passages, cutting="cut-1")
    asked = [*range(1_700, 0, -1), 2**62, 1]
    assert dict(catalogue.passages(asked)) == {p.id: p for p in passages}
    assert catalogue.passages([]) == {}


# Filters


def papers(catalogue: Catalogue) -> None:
    """Store one paper of each sort."""
    for name, changes in {
        "a": {"date": dt.date(2023, 12, 31), "kind": Kind.MOTIE},
        "b": {"date": dt.date(2024, 1, 1), "body": "commissie Ruimte", "access": Access.BESLOTEN},
        "c": {"date": dt.date(2024, 6, 30), "kind": Kind.NOTULEN, "access": Access.GEHEIM},
        "d": {"date": None, "kind": Kind.BIJLAGE, "body": ""},
        "gone": {"state": State.WITHDRAWN},
        "old": {"state": State.SUPERSEDED},
        "held": {"state": State.HELD},
    }.items():
        store(catalogue, replace(a_document(name, filename=name), **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), "ad"),
        (ALL, "abcd"),
        (Filters(access=frozenset({Access.GEHEIM, Access.BESLOTEN})), "bc"),
        (Filters(access=frozenset()), ""),
        (replace(ALL, kinds=frozenset({Kind.MOTIE, Kind.BIJLAGE})), "ad"),
        (replace(ALL, kinds=frozenset({Kind.AGENDA})), ""),
        (replace(ALL, bodies=frozenset({"commissie Ruimte", "x"})), "b"),
        (replace(ALL, years=frozenset({2024})), "bc"),
        (replace(ALL, years=frozenset({2023, 2025})), "a"),
        (replace(ALL, years=frozenset({24})), ""),
        (replace(ALL, date_from=dt.date(2024, 1, 1)), "bc"),
        (replace(ALL, date_to=dt.date(2024, 1, 1)), "ab"),
        (replace(ALL, date_from=dt.date(2024, 1, 1), date_to=dt.date(2024, 1, 1)), "b"),
        (replace(ALL, date_from=dt.date(2024, 1, 2), date_to=dt.date(2024, 1, 1)), ""),
        (replace(ALL, documents=frozenset({sha_of("a"), sha_of("gone"), "x"})), "a"),
        (replace(ALL, without=frozenset({sha_of("a"), sha_of("d")})), "bc"),
        (replace(ALL, documents=frozenset({sha_of("a")}), without=frozenset({sha_of("a")})), ""),
        (Filters(kinds=frozenset({Kind.NOTULEN})), ""),
    ],
)
def test_each_filter_lets_through_what_it_says(catalogue: Catalogue, filters: Filters, names: str) -> None:
    """This test ensures that listing, counting and showing obey every filter alike, and that only live papers pass."""
    papers(catalogue)
    assert found(catalogue, filters) == set(names)


def test_without_filters_every_live_document_is_given_newest_first(catalogue: Catalogue) -> None:
    """This test ensures that whoever builds the index sees all live papers, secret ones too, in a fixed order."""
    papers(catalogue)
    assert [document.filename for document in catalogue.documents()] == ["c", "b", "a", "d"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_filter_value_is_a_value_and_never_part_of_a_command(catalogue: Catalogue, value: str) -> None:
    """This test ensures that quotes, per cent signs, NULs and SQL in a filter match themselves and nothing else."""
    store(catalogue, a_document("hit", body=value, filename="hit"))
    store(catalogue, a_document("other", body="raad", filename="other"))
    assert found(catalogue, Filters(bodies=frozenset({value}))) == {"hit"}
    assert found(catalogue, Filters(documents=frozenset({value}))) == set()
    assert found(catalogue, Filters(without=frozenset({value}))) == {"hit", "other"}
    assert catalogue.visible(value, ALL) is None
    assert catalogue.document(value) is None


def test_a_filter_value_with_a_nul_in_it_matches_nothing(catalogue: Catalogue) -> None:
    """This test ensures that cutting a value off at a NUL can neither widen what is found nor break the question."""
    store(catalogue, a_document("a", body="raad", filename="a"))
    assert found(catalogue, Filters(bodies=frozenset({"raad\x00"}))) == set()
    assert found(catalogue, Filters(bodies=frozenset({"\x00raad"}))) == set()
    assert found(catalogue, Filters(without=frozenset({sha_of("a") + "\x00"}))) == {"a"}


def test_more_filter_values_than_sqlite_has_places_for_still_work(catalogue: Catalogue) -> None:
    """This test ensures that excluding forty thousand documents at once is no error."""
    store(catalogue, a_document("a", filename="a"))
    many = frozenset(map(sha_of, range(40_000)))
    assert found(catalogue, Filters(without=many)) == {"a"}
    assert found(catalogue, Filters(without=many | {sha_of("a")})) == set()


@pytest.mark.parametrize("state", [State.SUPERSEDED, State.WITHDRAWN, State.HELD])
def test_a_document_is_gone_from_readers_the_moment_its_state_says_so(catalogue: Catalogue, state: State) -> None:
    """This test ensures that a withdrawn paper is invisible at once and comes back when it is live again."""
    document = store(catalogue, a_document())
    with catalogue.writing():
        catalogue.set_state(document.sha256, state)
    assert catalogue.visible(document.sha256, ALL) is None
    assert catalogue.reach(ALL) == (0, None)
    assert catalogue.document(document.sha256) == replace(document, state=state)
    with catalogue.writing():
        catalogue.set_state(document.sha256, State.LIVE)
    assert catalogue.visible(document.sha256, ALL) == document


# Quotes


def test_a_quote_is_the_page_text_at_its_address_to_the_letter(catalogue: Catalogue) -> None:
    """This test ensures that offsets count characters, not bytes, and that several spans are joined by line ends."""
    text = "😀 Eén é\u0301 ge\ufffemeente\r\n zin."
    document = store(catalogue, a_document(), text, "tweede")
    whole = Span(page=1, start=0, end=len(text))
    assert catalogue.quote(Citation(document=document.sha256, spans=(whole,))) == text
    parts = (Span(page=1, start=2, end=5), Span(page=2, start=0, end=6))
    assert catalogue.quote(Citation(document=document.sha256, spans=parts)) == "Eén\ntweede"


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("paper", Span(page=1, start=0, end=6)),
        ("paper", Span(page=1, start=99, end=100)),
        ("paper", Span(page=3, start=0, end=1)),
        ("paper", Span(page=2, start=0, end=1)),
        ("unknown", Span(page=1, start=0, end=1)),
    ],
)
def test_a_quote_that_stands_nowhere_is_refused(catalogue: Catalogue, name: str, span: Span) -> None:
    """This test ensures that an address past the text, on no page or in no document gives an error."""
    store(catalogue, a_document(), "vijf!", "")
    good = Span(page=1, start=0, end=5)
    with pytest.raises(QuoteError, match="nothing stands at"):
        catalogue.quote(Citation(document=sha_of(name), spans=(good, span)))


# Writing wholly or not at all


def test_a_transaction_that_fails_leaves_nothing_behind(catalogue: Catalogue) -> None:
    """This test ensures that whatever stops a write half-way, Ctrl-C too, the file is as it was before."""
    kept = store(catalogue, a_document("kept"))
    for error in (RuntimeError("stop"), KeyboardInterrupt()):
        with pytest.raises(type(error)), catalogue.writing():
            catalogue.put(a_document("new"), pages_of("x"), [], cutting="cut-1")
            catalogue.set_state(kept.sha256, State.WITHDRAWN)
            raise error
        assert list(catalogue.documents()) == [kept]
    with catalogue.writing():
        catalogue.set_state(kept.sha256, State.HELD)
    assert list(catalogue.documents()) == []


def test_a_passage_id_that_is_taken_undoes_the_whole_write(catalogue: Catalogue) -> None:
    """This test ensures that two documents can never own one passage, and that the error names the file."""
    first, second = a_document("first"), a_document("second")
    store(catalogue, first)
    with pytest.raises(DataError, match=r"catalogue\.sqlite"), catalogue.writing():
        catalogue.put(second, pages_of("x"), [replace(a_passage(second), id=a_passage(first).id)], cutting="cut-1")
    assert catalogue.document(second.sha256) is None
    assert [p.document for p in catalogue.passages([a_passage(first).id]).values()] == [first.sha256]


def test_readers_see_the_old_state_until_a_write_is_complete(catalogue: Catalogue, tmp_path: Path) -> None:
    """This test ensures that the web page neither waits for the ingest nor sees half of its work."""
    reader = Catalogue(tmp_path / "data" / "catalogue.sqlite")
    with catalogue.writing():
        catalogue.put(a_document(), pages_of("x"), [], cutting="cut-1")
        assert list(reader.documents()) == []
    assert len(list(reader.documents())) == 1
    reader.close()


def test_threads_share_one_catalogue(catalogue: Catalogue) -> None:
    """This test ensures that every thread of the web page can read at the same time, also after a close."""
    document = store(catalogue, a_document())
    together = threading.Barrier(8)
    seen: list[object] = []

    def read() -> None:
        together.wait()
        seen.extend(catalogue.visible(document.sha256, ALL) for _ in range(50))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [document] * 400
    catalogue.close()
    assert catalogue.document(document.sha256) == document


def test_connections_of_threads_that_ended_are_closed(catalogue: Catalogue, tmp_path: Path) -> None:
    """This test ensures that a server that runs for weeks, whose threads come and go, keeps no file open for each of
    them: no more than the threads of the last burst had, and one for a thread that goes on."""
    document = store(catalogue, a_document())
    here = psutil.Process()

    def opened(tail: str = "") -> int:
        names = [Path(file.path).name for file in here.open_files() if Path(file.path).parent == tmp_path / "data"]
        return names.count(f"catalogue.sqlite{tail}")

    def burst(size: int) -> None:
        together = threading.Barrier(size)

        def read() -> None:
            assert catalogue.document(document.sha256) == document
            together.wait()

        threads = [threading.Thread(target=read) for _ in range(size)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert opened("-wal") == opened() == 1
    for _ in range(4):
        burst(10)
        assert opened("-wal") == opened() == 11
    burst(1)
    assert opened("-wal") == 2
    assert opened() <= 11
    assert catalogue.document(document.sha256) == document


def test_every_change_by_any_process_gives_another_mark(catalogue: Catalogue, tmp_path: Path) -> None:
    """This test ensures that a reader that keeps something in memory notices each of many quick changes."""
    reader = Catalogue(tmp_path / "data" / "catalogue.sqlite")
    seen = [reader.change_mark()]
    for number in range(30):
        with catalogue.writing():
            catalogue.put(a_document(number), pages_of("x"), [], cutting="cut-1")
        seen.append(reader.change_mark())
    assert len(set(seen)) == len(seen)
    assert reader.change_mark() == seen[-1]
    reader.close()


# Addresses, waiting pages, runs


def test_addresses_remember_where_each_document_was_found(catalogue: Catalogue) -> None:
    """This test ensures that one document may have many addresses, a path has one, and a refusal keeps its reason."""
    one = Address(source="/bron", path="a b/é'%.pdf", document="d1", size=2**40, changed=2**62)
    two = Address(source="/bron", path="b.pdf", document="", size=0, changed=0, refusal="kapot\tstuur opnieuw")
    elsewhere = replace(one, source="/ander")
    with catalogue.writing():
        for address in (replace(one, document="d0"), one, two, elsewhere):
            catalogue.put_address(address)
    assert dict(catalogue.addresses("/bron")) == {one.path: one, two.path: two}
    assert catalogue.addresses_of("d1") == (elsewhere, one)
    assert catalogue.addresses_of("d0") == ()
    with catalogue.writing():
        catalogue.drop_address("/bron", one.path)
        catalogue.drop_address("/bron", "never there")
    assert dict(catalogue.addresses("/bron")) == {two.path: two}
    assert catalogue.addresses_of("d1") == (elsewhere,)


def test_the_addresses_of_all_sources_are_given_in_order(catalogue: Catalogue) -> None:
    """This test ensures that two sources may hold a path of the same name, and that neither hides the other."""
    addresses = [
        Address(source=source, path=path, document="d", size=1, changed=2)
        for source in ("/a", "/b")
        for path in ("1.pdf", "2.pdf")
    ]
    with catalogue.writing():
        for address in addresses[::-1]:
            catalogue.put_address(address)
    assert catalogue.all_addresses() == tuple(addresses)


def test_states_titles_of_pdfs_and_numbers_of_passages_are_known(catalogue: Catalogue) -> None:
    """This test ensures that the ingest can ask where every paper stands, also those that are not found."""
    papers(catalogue)
    with catalogue.writing():
        catalogue.put(a_document("titled"), pages_of("x"), [], cutting="cut-1", pdf_title="Microsoft Word - é.doc")
    states = dict.fromkeys(("a", "b", "c", "d", "titled"), State.LIVE)
    states |= {"gone": State.WITHDRAWN, "old": State.SUPERSEDED, "held": State.HELD}
    assert catalogue.states() == {sha_of(name): state for name, state in states.items()}
    assert catalogue.passage_count() == 4
    assert catalogue.pdf_title(sha_of("titled")) == "Microsoft Word - é.doc"
    assert catalogue.pdf_title(sha_of("a")) == catalogue.pdf_title("unknown") == ""


def test_only_live_documents_with_an_unread_page_are_waiting(catalogue: Catalogue) -> None:
    """This test ensures that OCR is asked for each document once, and not for what nobody can find."""
    scan, gone = a_document("scan"), a_document("gone", state=State.WITHDRAWN)
    unread = [Page(number=number, text="", waiting=True) for number in (1, 2)]
    with catalogue.writing():
        catalogue.put(scan, unread, [], cutting="cut-1")
        catalogue.put(gone, unread, [], cutting="cut-1")
        catalogue.put(a_document("read"), pages_of("tekst"), [], cutting="cut-1")
    assert catalogue.waiting() == (scan.sha256,)


def test_the_last_run_is_the_newest_that_ended(catalogue: Catalogue) -> None:
    """This test ensures that a run that was killed leaves the report of the one before it in place."""
    assert catalogue.last_run() is None
    started, ended = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
    with catalogue.writing():
        first, second = catalogue.start_run(started), catalogue.start_run(started)
        assert second > first
        catalogue.finish_run(first, ended, {"added": ["é.pdf"], "pages": 3})
    assert catalogue.last_run() == {"added": ["é.pdf"], "pages": 3, "finished": ended.isoformat()}


# Who may read it


@pytest.mark.usefixtures("open_to_all")
def test_a_catalogue_is_for_its_owner_alone_from_its_first_moment(tmp_path: Path) -> None:
    """This test ensures that no other user of the machine reads secret papers, in the file or in its log."""
    made = Catalogue(tmp_path / "data" / "catalogue.sqlite", create=True)
    store(made, a_document())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert modes == {f"catalogue.sqlite{tail}": 0o600 for tail in ("", "-wal", "-shm")}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o750
    made.close()


@pytest.mark.usefixtures("open_to_all")
def test_who_may_read_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    """This test ensures that an administrator who lets another group read goes on doing so."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    path = folder / "catalogue.sqlite"
    Catalogue(path, create=True).close()
    path.chmod(0o640)
    Catalogue(path, create=True).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


# Files that are no catalogue


def test_a_catalogue_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    """This test ensures that searching in an empty folder names the command to run and makes no file."""
    with pytest.raises(NotIngested, match="raadspoor-ingest"):
        Catalogue(tmp_path / "catalogue.sqlite")
    assert list(tmp_path.iterdir()) == []


def written(path: Path, version: int) -> None:
    """Write a catalogue of another make."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_bytes(b"PDF or whatever" * 100), "not a database"),
        (lambda path: written(path, schema.VERSION + 1), "is of make"),
        (lambda path: written(path, 0), "is of make 0"),
    ],
)
def test_a_file_that_is_no_catalogue_of_this_make_is_refused(
    tmp_path: Path, make: Callable[[Path], Any], message: str, create: bool
) -> None:
    """This test ensures that a damaged, newer or foreign file is named, left alone and never written to."""
    path = tmp_path / "catalogue.sqlite"
    make(path)
    before = path.read_bytes()
    with pytest.raises(DataError, match=message) as raised:
        Catalogue(path, create=create)
    assert str(path) in str(raised.value)
    assert path.read_bytes() == before


def test_a_catalogue_that_another_process_is_writing_is_reported_as_locked(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that a lock gives the file's name and a remedy, not a traceback of SQLite."""
    path = tmp_path / "data" / "catalogue.sqlite"
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "timeout": 0.05}))
    other = Catalogue(path)
    with catalogue.writing():
        with pytest.raises(Busy, match=r"locked.*wait until it is done"), other.writing():
            raise AssertionError("must not be reached")
        assert list(other.documents()) == []
    other.close()


def test_a_catalogue_that_is_damaged_while_it_is_read_is_reported(catalogue: Catalogue, tmp_path: Path) -> None:
    """This test ensures that a bad disk gives an error that names the file, whichever question finds it out."""
    for number in range(200):
        store(catalogue, a_document(number), "x" * 3_000)
    catalogue.close()
    path = tmp_path / "data" / "catalogue.sqlite"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    damaged = Catalogue(path)
    for question in (
        lambda: list(damaged.documents()),
        lambda: damaged.document(sha_of(1)),
        lambda: damaged.pages(sha_of(1)),
        lambda: damaged.passages([1]),
        lambda: damaged.reach(ALL),
    ):
        with pytest.raises(DataError, match=r"catalogue\.sqlite"):
            question()
    damaged.close()
