"""Where use is counted: what a reader sees of it, what counts, and what nobody can do with it."""

import csv
import datetime as dt
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from council import (
    DataError,
    DataFolder,
    DayOfUse,
    Feedback,
    KeptQuestion,
    Usage,
    Use,
    added_up,
    kept_questions,
    open_usage,
)
from council.settings import Settings
from tests.web.conftest import KEEP_DAYS, Town
from tests.web.page_text import Element, read_html, strange_scripts
from web.app import create_app
from web.usage_page import COLUMNS, usage_csv, usage_page

QUESTION = "Wanneer gaat betaald parkeren in?"
PARKING = "/zoeken?q=Wanneer+gaat+betaald+parkeren+in%3F"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
COMMANDS = Path(__file__).parents[2] / "docs" / "commands.md"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def fresh(data: DataFolder) -> Iterator[Usage]:
    """Give a count that begins at nothing."""
    made = open_usage(data, Settings(usage=True, keep_questions_days=KEEP_DAYS))
    assert made is not None
    yield made
    made.close()


@pytest.fixture
def reader(town: Town, settings: Settings, fresh: Usage) -> Iterator[TestClient]:
    headers = {"Sec-Fetch-Site": "same-origin"}
    with TestClient(create_app(town.engine, settings, fresh), follow_redirects=False, headers=headers) as made:
        yield made


def use(usage: Usage) -> Use:
    usage.flush()
    return added_up(day.use for day in usage.days())


def kept(data: DataFolder) -> tuple[KeptQuestion, ...]:
    return kept_questions(data.usage, dt.date.today())


def search(client: TestClient, path: str = PARKING) -> Element:
    answer = client.get(path)
    assert answer.status_code == 200
    return read_html(answer.text)


def id_of(page: Element) -> str:
    (form,) = page.within("feedback-form")
    return next(each for each in form.all("input") if each.attributes["name"] == "antwoord").attributes["value"]


def judge(client: TestClient, answer: str, said: str = "ja", **more: str) -> str:
    """Send the form, and return the address that it leads to."""
    sent = client.post("/oordeel", data={"q": QUESTION, "antwoord": answer, "oordeel": said, **more})
    assert sent.status_code == 303
    return sent.headers["location"]


# Off


def test_without_counting_no_page_has_a_trace_of_it(client: TestClient, town: Town) -> None:
    """This test ensures that a municipality that counts nothing shows no form, no link and no number."""
    sha = town.sha("mantelzorgkaart")
    for path in (PARKING, "/", "/over", f"/bron/{sha}/1?span=1-0-20&q=x", f"/document/{sha}", "/zoeken?q=", "/nope"):
        html = client.get(path).text
        for trace in ("feedback", "/oordeel", "antwoord=", 'href="/gebruik', "bewaren", 'method="post"'):
            assert trace not in html, (path, trace)


def test_counting_adds_to_a_page_and_changes_nothing_else(client: TestClient, reader: TestClient, town: Town) -> None:
    """This test ensures that without the form, the link and the id a counted page is the other one, byte for byte."""
    sha = town.sha("mantelzorgkaart")
    for path in (PARKING, "/", "/over", f"/bron/{sha}/1?span=1-0-20&q=x", f"/document/{sha}", "/zoeken?q=", "/nope"):
        html = reader.get(path).text
        html = re.sub(r'<div class="feedback">.*?</form>\n</div>', "", html, flags=re.S)
        html = re.sub(r"&amp;antwoord=[0-9a-f]{16}(?=\")", "", html)
        html = html.replace('<li><a href="/gebruik">Gebruik</a></li>\n', "")
        assert html == client.get(path).text, path


@pytest.mark.parametrize("path", ["/gebruik", "/gebruik.csv"])
def test_without_counting_the_figures_look_like_any_unknown_address(client: TestClient, path: str) -> None:
    """This test ensures that the addresses are not there where nothing is counted."""
    known, unknown = client.get(path), client.get("/nope")
    assert known.status_code == 404
    assert known.text.replace(path, "/nope") == unknown.text


def test_without_counting_nothing_can_be_sent(client: TestClient, town: Town) -> None:
    """This test ensures that there is no form to send, and that no file was made."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    for path in ("/oordeel", "/oordeel/intrekken"):
        assert client.post(path, data={"q": "x"}, headers=headers).status_code == 404
    assert not town.data.usage.exists()


# What counts


def test_a_reader_who_searches_opens_and_judges_is_counted(reader: TestClient, fresh: Usage) -> None:
    """This test ensures that the whole road is counted: verdicts, two sources, the way back, and the judgement."""
    page = search(reader)
    links = [each.attributes["href"] for each in page.within("cite-link")]
    source = search(reader, links[0])
    search(reader, links[0])
    back = source.within("crumbs")[0].all("a")[0].attributes["href"]
    again = search(reader, back)
    assert id_of(again) == id_of(page)
    search(reader, again.within("cite-link")[1].attributes["href"])
    judge(reader, id_of(page), "deels")
    search(reader, "/zoeken?q=ruimtevaart+naar+Jupiter")
    search(reader, "/zoeken?q=de+het+een")
    counted = use(fresh)
    assert (counted.searches, counted.answers, counted.not_found, counted.nothing_asked) == (3, 1, 1, 1)
    assert (counted.opened, counted.with_source, len(counted.first)) == (2, 1, 1)
    assert (counted.yes, counted.partly, counted.no) == (0, 1, 0)
    assert all(0 < seconds < 60 for seconds in counted.took)


def test_what_nobody_saw_is_not_counted(reader: TestClient, fresh: Usage) -> None:
    """This test ensures that HEAD, fetching ahead, later pages of results, JSON and the home page count nothing."""
    link = search(reader).within("cite-link")[0].attributes["href"]
    before = use(fresh)
    reader.head(PARKING)
    reader.head(link)
    for header in ("Sec-Purpose", "Purpose"):
        ahead = reader.get(PARKING, headers={header: "prefetch;prerender"})
        assert not read_html(ahead.text).within("feedback")
        reader.get(link, headers={header: "prefetch"})
    for path in ("/zoeken?q=parkeren&p=2", "/api/zoeken?q=parkeren", "/", "/gezond", "/zoeken?q=x&van="):
        reader.get(path)
    assert use(fresh) == before


def test_an_address_that_was_shared_counts_nothing(
    town: Town, settings: Settings, tmp_path: Path, reader: TestClient, fresh: Usage
) -> None:
    """This test ensures that a number of another server, of yesterday or of nobody is as good as none."""
    link = search(reader).within("cite-link")[0].attributes["href"]
    other = open_usage(DataFolder(tmp_path / "other"), Settings(usage=True))
    assert other is not None
    with TestClient(create_app(town.engine, settings, other)) as elsewhere:
        for strange in (link, link.replace("antwoord=", "antwoord=0"), f"{link}&antwoord=%00", f"{link}{'x' * 5_000}"):
            answer = elsewhere.get(strange)
            assert answer.status_code == 200
            assert "antwoord=" not in answer.text
    assert use(other) == Use()
    other.close()


def test_only_what_the_answer_quoted_counts_as_its_source(reader: TestClient, fresh: Usage, town: Town) -> None:
    """This test ensures that nobody can raise the figures by tying other pages to an answer."""
    answer = id_of(search(reader))
    for part in ("mantelzorgkaart", "2023-03-16-notulen"):
        for page in (1, 2):
            assert reader.get(f"/bron/{town.sha(part)}/{page}?span=1-0-20&antwoord={answer}").status_code == 200
    assert use(fresh).opened == 0


def test_the_number_is_only_where_it_is_needed(reader: TestClient) -> None:
    """This test ensures that what a reader shares, quotes or goes on with does not carry the number of an answer."""
    page = search(reader)
    answer = id_of(page)
    carrying = [each for each in page.all("a") if answer in each.attributes["href"]]
    assert carrying == page.within("cite-link")
    assert all(answer not in each.attributes["cite"] for each in page.all("blockquote"))
    source = search(reader, page.within("cite-link")[0].attributes["href"])
    assert answer not in source.all("textarea")[0].text
    (back,) = [each for each in source.all("a") if answer in each.attributes["href"]]
    assert back.parent is source.within("crumbs")[0]
    thanks = search(reader, judge(reader, answer))
    carrying = [each for each in thanks.all("a") if answer in each.attributes["href"]]
    assert carrying == thanks.within("cite-link")
    assert "oordeel" not in thanks.within("language")[0].attributes["href"]


# The form


def test_the_form_leads_back_to_the_same_search_with_thanks(reader: TestClient, fresh: Usage) -> None:
    """This test ensures that filters survive, that the judgement is shown, and that coming back is no new search."""
    path = f"{PARKING}&soort=raadsvoorstel&jaar=2022&jaar=2024&van=2022-01-01"
    page = search(reader, path)
    (form,) = page.within("feedback-form")
    fields = [
        (each.attributes["name"], each.attributes["value"])
        for each in form.all("input")
        if each.attributes["type"] == "hidden"
    ]
    sent = reader.post("/oordeel", content=urlencode([*fields, ("oordeel", "nee")]), headers=FORM)
    back = urlsplit(sent.headers["location"])
    assert (back.scheme, back.netloc, back.path, back.fragment) == ("", "", "/zoeken", "oordeel")
    said = parse_qs(back.query)
    assert {name: said[name] for name in ("q", "soort", "jaar", "van")} == parse_qs(urlsplit(path).query)
    thanks = search(reader, sent.headers["location"].partition("#")[0])
    assert "Uw oordeel: nee" in thanks.within("feedback-said")[0].text
    assert not thanks.within("feedback-form")
    assert (use(fresh).searches, use(fresh).no) == (1, 1)


def test_a_question_is_kept_when_its_reader_says_so_and_can_be_taken_back(
    reader: TestClient, data: DataFolder, fresh: Usage
) -> None:
    """This test ensures that the box is empty at first, that the number is told, and that one button undoes it."""
    page = search(reader)
    box = next(each for each in page.all("input") if each.attributes.get("name") == "bewaren")
    assert "checked" not in box.attributes
    assert "30 dagen" in page.within("feedback-keep")[0].text
    judge(reader, id_of(page))
    fresh.flush()
    assert kept(data) == ()
    thanks = search(reader, judge(reader, id_of(page), bewaren="ja"))
    fresh.flush()
    (question,) = kept(data)
    assert (question.question, question.feedback) == (QUESTION, Feedback.YES)
    assert 3 <= len(question.citations) <= 5
    (form,) = thanks.within("feedback-said")[0].all("form")
    assert question.id in form.text
    fields = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    back = reader.post(form.attributes["action"], data=fields).headers["location"]
    assert kept(data) == ()
    after = search(reader, back)
    assert "Uw vraag is gewist" in after.within("feedback-said")[0].text
    assert question.id not in after.text


def test_a_question_can_be_taken_back_by_its_number_later(reader: TestClient, data: DataFolder, fresh: Usage) -> None:
    """This test ensures that the page of figures takes a number as people type it, and is kind about a wrong one."""
    judge(reader, id_of(search(reader)), bewaren="ja")
    fresh.flush()
    number = kept(data)[0].id
    for wrong in ("", "nope", "0" * 16, "'; DROP TABLE questions; --", "é" * 5_000):
        back = reader.post("/oordeel/intrekken", data={"nummer": wrong}).headers["location"]
        assert "Er is geen vraag met dit nummer" in search(reader, back).within("notice")[0].text
    assert len(kept(data)) == 1
    typed = f" {number[:4].upper()} {number[4:]} "
    back = reader.post("/oordeel/intrekken", data={"nummer": typed}).headers["location"]
    assert "Uw vraag is gewist" in search(reader, back).within("notice")[0].text
    assert kept(data) == ()


def test_a_question_that_cannot_be_deleted_now_is_not_called_deleted(
    reader: TestClient, fresh: Usage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that who takes a question back is told the truth when the disk refuses."""

    def fail(_: str) -> bool:
        raise DataError("usage.sqlite is locked")

    monkeypatch.setattr(fresh, "forget", fail)
    answer = reader.post("/oordeel/intrekken", data={"nummer": "0" * 16})
    assert answer.status_code == 503
    assert "gewist" not in answer.text


def test_where_no_questions_are_kept_nobody_is_asked(town: Town, settings: Settings, tmp_path: Path) -> None:
    """This test ensures that without a term there is no box, no field for a number, and no way round it."""
    data = DataFolder(tmp_path)
    usage = open_usage(data, Settings(usage=True))
    assert usage is not None
    headers = {"Sec-Fetch-Site": "same-origin"}
    with TestClient(create_app(town.engine, settings, usage), follow_redirects=False, headers=headers) as client:
        page = search(client)
        assert not page.within("feedback-keep")
        judge(client, id_of(page), bewaren="ja")
        figures = search(client, "/gebruik")
        assert not figures.within("take-back")
        assert "De tekst van vragen wordt hier niet bewaard" in figures.text
    usage.flush()
    assert kept(data) == ()
    assert b"parkeren" not in data.usage.read_bytes()
    usage.close()


def test_a_number_that_is_unknown_is_answered_kindly(reader: TestClient, fresh: Usage) -> None:
    """This test ensures that a reader who comes back after an hour is told so, and can judge again."""
    for strange in ("", "0" * 16, "x" * 5_000, "<b>", "\x00", "é"):
        page = search(reader, judge(reader, strange))
        assert "meer dan een uur geleden" in page.within("feedback-said")[0].text
        assert page.within("feedback-form")
        assert not page.all("b")
    assert use(fresh).yes == 0


def test_a_judgement_without_a_choice_asks_for_one(reader: TestClient, fresh: Usage) -> None:
    """This test ensures that a browser that does not check the form brings the reader back to it."""
    answer = id_of(search(reader))
    for said in ("", "misschien", "JA", "ja "):
        page = search(reader, judge(reader, answer, said))
        assert "Kies eerst" in page.within("feedback-said")[0].text
        assert id_of(page) == answer
    assert use(fresh).yes == 0


OWN = "http://testserver"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": OWN}, 303),
        ({"Origin": "https://testserver"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": OWN}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "http://testserver:81"}, 403),
        ({"Origin": "file://testserver"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_a_form_of_this_site_counts(
    town: Town, settings: Settings, fresh: Usage, headers: dict[str, str], status: int
) -> None:
    """This test ensures that no other site can speak for a reader, behind a proxy and with old browsers as well."""
    with TestClient(create_app(town.engine, settings, fresh), follow_redirects=False) as client:
        answer = id_of(search(client))
        sent = client.post("/oordeel", data={"q": "x", "antwoord": answer, "oordeel": "ja"}, headers=headers)
        assert sent.status_code == status
        assert client.post("/oordeel/intrekken", data={"nummer": "0" * 16}, headers=headers).status_code == status
    assert use(fresh).yes == (status == 303)
    if status == 403:
        assert "niet aangekomen" in sent.text


def test_a_form_has_a_largest_size(reader: TestClient) -> None:
    """This test ensures that nobody can fill the memory with a form, and that the longest question fits."""
    assert reader.post("/oordeel", content=b"q=" + b"x" * 64_001, headers=FORM).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 1_000

    assert reader.post("/oordeel", content=endless(), headers=FORM).status_code == 413
    longest = ("parkeren " + "🚲" * 2_000)[:2_000]
    answer = id_of(search(reader, "/zoeken?" + urlencode([("q", longest)])))
    sent = reader.post("/oordeel", data={"q": longest, "antwoord": answer, "oordeel": "ja"})
    assert sent.status_code == 303
    assert "oordeel=dank" in sent.headers["location"]


HOSTILE = {
    "another site": "https://evil.example/",
    "another host": "//evil.example",
    "a header": "x\r\nSet-Cookie: a=b",
    "html": "<script>alert(1)</script>",
    "formula": "=HYPERLINK(1)",
    "nul": "\x00",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_form_leads_nowhere_else(reader: TestClient, text: str) -> None:
    """This test ensures that whatever is sent, the reader stays here, and nothing of it becomes part of a page."""
    fields = dict.fromkeys(("q", "antwoord", "oordeel", "bewaren", "nummer", "terug", "url"), text)
    for path in ("/oordeel", "/oordeel/intrekken"):
        sent = reader.post(path, data=fields)
        assert sent.status_code == 303
        back = sent.headers["location"]
        assert back.startswith("/zoeken?")
        assert "set-cookie" not in sent.headers
        assert strange_scripts(search(reader, back)) == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"%", b"&&&===", b"antwoord", b"{}", b"q=x&van=z"])
def test_a_body_that_is_no_form_is_no_error(reader: TestClient, body: bytes) -> None:
    """This test ensures that a broken form gets a plain answer."""
    for path in ("/oordeel", "/oordeel/intrekken"):
        for kind in ("application/x-www-form-urlencoded", "application/json", "multipart/form-data", "text/plain"):
            assert reader.post(path, content=body, headers={"Content-Type": kind}).status_code in (303, 422)


def test_counting_never_breaks_a_page(reader: TestClient, fresh: Usage, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that with a disk that refuses everything readers notice nothing."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("add", "open_source", "judge", "keep"):
        monkeypatch.setattr(f"council.usage_store.UsageStore.{name}", fail)
    page = search(reader)
    search(reader, page.within("cite-link")[0].attributes["href"])
    assert "dank" in judge(reader, id_of(page), bewaren="ja")
    assert use(fresh) == Use()


def test_figures_that_cannot_be_read_ask_for_patience(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a locked file gives the page of maintenance and tells nothing of the machine."""

    def fail(_: Path, **__: object) -> None:
        raise DataError("/srv/data/usage.sqlite is locked")

    monkeypatch.setattr("council.usage.days_of_use", fail)
    for path in ("/gebruik", "/gebruik.csv"):
        answer = reader.get(path)
        assert answer.status_code == 503
        assert "/srv" not in answer.text


def test_many_readers_at_once_are_all_counted(town: Town, settings: Settings, fresh: Usage, reader: TestClient) -> None:
    """This test ensures that readers in many threads, one of them looking at the figures, are counted once each."""
    failed: list[object] = []

    def read() -> None:
        try:
            page = search(reader)
            for link in page.within("cite-link"):
                reader.get(link.attributes["href"])
            judge(reader, id_of(page))
            assert reader.get("/gebruik").status_code == 200
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    counted = use(fresh)
    assert (counted.searches, counted.with_source, counted.yes) == (6, 6, 6)
    assert counted.opened == 6 * len(search(reader).within("cite-link"))


# The figures


class Counted:
    """Counts as they come from the file, without one."""

    usage_days = 400
    keep_days = 0

    def __init__(self, today: dt.date, days: tuple[DayOfUse, ...]) -> None:
        self.today = today
        self._days = days

    def days(self) -> tuple[DayOfUse, ...]:
        return self._days


WEDNESDAY = dt.date(2024, 3, 13)


def test_days_become_weeks_from_monday_to_sunday() -> None:
    """This test ensures that weeks are added up by the calendar, that empty ones are there, and that bars fit.

    By hand: Sunday 25 February and Monday 26 February are in two weeks. The busiest week has 8 searches; in the last
    one 4 are answered and 2 are not found, so its bar is 50 percent high with 25 percent on top of it.
    """
    days = tuple(
        DayOfUse(day=day, use=use)
        for day, use in (
            (dt.date(2024, 2, 25), Use(answered=5, partial=3, first=(4.0,), with_source=1, opened=2)),
            (dt.date(2024, 2, 26), Use(answered=1)),
            (WEDNESDAY, Use(answered=4, not_found=2, yes=3, no=1)),
        )
    )
    page = usage_page(Counted(WEDNESDAY, days), weeks="13", note="")  # type: ignore[arg-type]
    assert [(week.first, week.last) for week in page.weeks] == [
        (dt.date(2024, 2, 19), dt.date(2024, 2, 25)),
        (dt.date(2024, 2, 26), dt.date(2024, 3, 3)),
        (dt.date(2024, 3, 4), dt.date(2024, 3, 10)),
        (dt.date(2024, 3, 11), dt.date(2024, 3, 17)),
    ]
    assert [week.use.searches for week in page.weeks] == [8, 1, 0, 6]
    assert page.highest == 8
    assert page.weeks[2].parts == ()
    assert page.weeks[3].parts == (("answered", 50.0, 50.0), ("not_found", 25.0, 25.0))
    assert (page.total.searches, page.total.share_answered, page.total.share_helped) == (15, 13 / 15, 0.75)


@pytest.mark.parametrize(("asked", "weeks"), [("4", 4), ("13", 13), ("53", 53), ("", 13), ("-1", 13), ("1e9", 13)])
def test_a_period_looks_back_so_many_weeks(asked: str, weeks: int) -> None:
    """This test ensures that a period ends today, and that what is no choice gives the usual one."""
    days = tuple(DayOfUse(day=WEDNESDAY - dt.timedelta(days=back), use=Use(answered=1)) for back in range(399, -1, -1))
    page = usage_page(Counted(WEDNESDAY, days), weeks=asked, note="")  # type: ignore[arg-type]
    assert len(page.weeks) == weeks
    assert page.total.searches == 7 * (weeks - 1) + 3
    assert [each.weeks for each in page.periods if each.chosen] == [weeks]


def test_the_page_says_what_is_kept_and_shows_the_figures(reader: TestClient, fresh: Usage) -> None:
    """This test ensures that readers find figures, a chart that is a picture with a name, and the terms in days."""
    empty = search(reader, "/gebruik")
    assert "nog niets geteld" in empty.text
    assert not empty.all("table")
    page = search(reader)
    search(reader, page.within("cite-link")[0].attributes["href"])
    judge(reader, id_of(page))
    fresh.flush()
    figures = search(reader, "/gebruik?weken=4")
    first, answered, sourced, *_ = [each.all("strong")[0].text for each in figures.within("figures")[0].all("li")]
    assert (first, answered, sourced) == ("1", "100%", "100%")
    row = figures.all("tbody")[0].all("tr")[0]
    assert [cell.text for cell in row.all("td")][:7] == ["1", "1", "0", "0", "0", "1,0", "100%"]
    assert [cell.text for cell in row.all("td")][8:] == ["1", "0", "0"]
    (bars,) = figures.within("bars")
    assert bars.attributes["role"] == "img"
    assert len(bars.all("rect")) == 1
    assert "400 dagen" in figures.within("kept-what")[0].text
    assert "30 dagen" in figures.within("kept-what")[0].text
    english = search(reader, "/gebruik?taal=en")
    shape = [[each.tag for each in found.all("h1", "h2", "li", "th", "p")] for found in (figures, english)]
    assert shape[0] == shape[1]


def test_the_file_has_one_row_a_day_and_nothing_but_days_and_numbers() -> None:
    """This test ensures that a spreadsheet reads every row, days without use included, and that no cell can act."""
    days = (
        DayOfUse(
            day=WEDNESDAY - dt.timedelta(days=2), use=Use(answered=2, took=(0.1, 0.25), first=(3.0, 4.5), opened=3)
        ),
        DayOfUse(day=WEDNESDAY, use=Use(not_found=1, took=(0.5,), no=1)),
    )
    text = usage_csv(days, WEDNESDAY)
    assert text.endswith("\r\n")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == COLUMNS
    assert [dict(zip(header, row, strict=True)) for row in rows] == [
        dict(zip(header, line.split(","), strict=True))
        for line in (
            "2024-03-11,2,2,0,0,0,3,0,3.8,0.175,0,0,0",
            "2024-03-12,0,0,0,0,0,0,0,,,0,0,0",
            "2024-03-13,1,0,0,1,0,0,0,,0.500,0,0,1",
        )
    ]
    assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d|\d+(\.\d+)?)?", cell) for row in rows for cell in row)


def test_the_file_is_sent_as_one(reader: TestClient) -> None:
    """This test ensures that a browser saves the figures under a name, as UTF-8, and keeps no copy between."""
    search(reader)
    answer = reader.get("/gebruik.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="gebruik.csv"'
    assert answer.text.splitlines()[0] == ",".join(COLUMNS)
    assert not reader.head("/gebruik.csv").content


def test_the_documentation_names_every_column_in_order() -> None:
    """This test ensures that a column cannot come or go without its meaning."""
    section = COMMANDS.read_text(encoding="utf-8").partition("/gebruik.csv")[2]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.M)) == COLUMNS


# In a browser


def test_a_reader_without_scripts_can_judge_keep_and_take_back(
    browser: Browser, counting_address: str, usage: Usage
) -> None:
    """This test ensures that the whole road works with the keyboard alone in a browser that obeys our policy."""
    usage.flush()
    before = added_up(day.use for day in usage.days())
    opened = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}, locale="nl-NL")
    page = opened.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{counting_address}{PARKING}")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("group", name="Hielp dit antwoord?")).to_be_visible()
    assert "dank" not in page.url
    page.get_by_label("Ja", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Mijn vraag mag bewaard worden")).to_be_focused()
    expect(page.get_by_label("Mijn vraag mag bewaard worden")).not_to_be_checked()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".feedback-said")).to_contain_text("Uw oordeel: deels")
    expect(page.locator(".feedback-said")).to_be_in_viewport()
    page.get_by_role("button", name="Neem mijn vraag terug").click()
    expect(page.locator(".feedback-said")).to_contain_text("Uw vraag is gewist")
    page.locator(".cite-link").first.click()
    expect(page.locator(".cited blockquote")).to_be_visible()
    page.locator(".crumbs a").click()
    expect(page.locator(".feedback-said")).to_contain_text("Uw oordeel: deels")
    page.get_by_role("link", name="Gebruik").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe wordt Raadspoor gebruikt?")
    expect(page.locator(".bars rect").first).to_be_attached()
    usage.flush()
    after = added_up(day.use for day in usage.days())
    assert (after.searches - before.searches, after.opened - before.opened, after.partly - before.partly) == (1, 1, 1)
    assert complaints == []
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_of_use_scrolls_sideways(browser: Browser, counting_address: str, width: int, scheme: str) -> None:
    """This test ensures that form and figures fit their screen; a table that is wider scrolls within its own room."""
    opened = browser.new_context(
        java_script_enabled=False,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = opened.new_page()
    for path, elements in ((PARKING, (".feedback", ".choice", ".quiet")), ("/gebruik", ("h1", ".bars", ".table-room"))):
        page.goto(f"{counting_address}{path}")
        for element in ("main", *elements):
            parts = page.locator(element).all()
            assert parts, (path, element)
            for part in parts:
                box = part.bounding_box()
                assert box is not None
                assert box["x"] >= 0, (path, element)
                assert box["x"] + box["width"] <= width + 0.5, (path, element)
    opened.close()
