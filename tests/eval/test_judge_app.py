"""The page for judging: what it shows and hides, what it keeps, and whom it answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from council import Catalogue, DataFolder, UsageError
from eval.gold import QuestionType, Why
from eval.judging.app import HEADERS, STATIC, Desk, create_app
from eval.judging.judgements import Pen, read_judgements
from eval.judging.pool import Place, Pool, Pooled
from eval.judging.session import Session, only_differing
from eval.judging.texts import LANGUAGES, Texts
from tests.eval.heap import PARKING_PDF, POOL_PDF, SCAN_PDF, SECRET_PDF, a_pool, judged_by, page, sentence
from tests.eval.town import POOL, store
from tests.fakes import sha_of
from tests.web.page_text import Element, read_html
from tests.web.test_contrast import contrast

OPENS = POOL[0].index("Het bad opent"), POOL[0].index("deuren.") + len("deuren.")
CREDIT = POOL[0].index("De raad stelt"), POOL[0].index("nieuwe zwembad.") + len("nieuwe zwembad.")
SENTENCE, WHOLE = sentence(POOL_PDF, 1, *OPENS), page(PARKING_PDF, 1)
HOST = "http://127.0.0.1:8010"
FROM_HERE = {"sec-fetch-site": "same-origin", "origin": HOST}
Open = Callable[..., TestClient]


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """Return where the judge's file lies."""
    return tmp_path / "pool.anna.jsonl"


@pytest.fixture
def open_page(town: DataFolder, judged: Path) -> Iterator[Open]:
    """Open the page on a pool for the judge anna; what was open before is closed."""
    catalogue = Catalogue(town.catalogue)
    pens: list[Pen] = []

    def opened(pool: Pool | None = None, *, papers: Catalogue | None = None, **more: object) -> TestClient:
        for pen in pens:
            pen.close()
        pens.append(Pen(judged, "anna"))
        session = Session(pool or a_pool(judged, q1=[SENTENCE, WHOLE], q2=[WHOLE]), pens[-1])
        desk = Desk(session=session, judge="anna", catalogue=papers or catalogue, **more)
        return TestClient(create_app(desk), base_url=HOST, follow_redirects=False, raise_server_exceptions=False)

    yield opened
    for pen in pens:
        pen.close()
    catalogue.close()


def shown(client: TestClient, number: int = 1) -> Element:
    answer = client.get(f"/stap/{number}")
    assert answer.status_code == 200
    return read_html(answer.text)


def name_of(client: TestClient, number: int) -> str:
    return next(
        it.attributes["value"] for it in shown(client, number).all("input") if it.attributes.get("name") == "step"
    )


def send(client: TestClient, number: int, **form: str) -> str:
    """Send a step's form as its page would, and return where it leads."""
    answer = client.post(f"/stap/{number}", data={"step": name_of(client, number), **form}, headers=FROM_HERE)
    return answer.headers["location"] if answer.status_code == 303 else str(answer.status_code)


def grades(path: Path) -> Sequence[tuple[str, Place, int | None, str]]:
    return [(it.question, it.place, it.grade, it.note) for it in read_judgements(path).graded.values()]


def test_a_step_shows_question_place_and_nothing_of_the_ranking(open_page: Open) -> None:
    """This test ensures that a judge sees what to judge, and not who found it."""
    pool = a_pool(Path("x"), q1=[SENTENCE, WHOLE])
    pool = replace(pool, questions=(replace(pool.questions[0], need="de dag van de opening"),))
    client = open_page(pool)
    html = shown(client)
    assert html.all("h1")[0].text == "Vraag q1?" and "de dag van de opening" in html.text
    assert [it.text for it in html.all("mark")] == ["Het bad opent in september 2025 zijn deuren."]
    assert [it.attributes.get("id") for it in html.all("mark")] == ["plek"]
    assert "Nieuw zwembad" in html.text and "raadsvoorstel, 12-3-2024" in html.text
    assert "bladzijde 1 van 2" in html.text and "Wethouder Van Dam" in html.text
    assert "Stap 1 van 2. Klaar: 0. Bij deze vraag: 1 van 2." in html.text
    assert all(word not in client.get("/stap/1").text for word in ("some-system", "systems"))


def test_a_whole_page_is_judged_without_a_mark(open_page: Open) -> None:
    """This test ensures that a judge is told what the grade is of."""
    html = shown(open_page(), 2)
    assert html.all("mark") == [] and "Beoordeel de hele bladzijde" in html.text
    assert "Naar de gemarkeerde zin" not in html.text


def test_grades_are_kept_and_lead_to_the_next_open_step(open_page: Open, judged: Path) -> None:
    """This test ensures the road of a judge: on after each judgement, back to what was left, and an end."""
    client = open_page()
    assert client.get("/").headers["location"] == "/stap/1#plek"
    assert send(client, 2, grade="0", note=" niets \n over bad ") == "/stap/3"
    assert send(client, 3, grade="skip") == "/stap/1#plek"
    assert client.get("/klaar").headers["location"] == "/stap/1#plek"
    assert send(client, 1, grade="3") == "/klaar"
    assert "Alles is beoordeeld: 3 stappen" in read_html(client.get("/klaar").text).text
    assert grades(judged) == [("q1", WHOLE, 0, "niets over bad"), ("q2", WHOLE, None, ""), ("q1", SENTENCE, 3, "")]


def test_a_judge_goes_on_where_they_were(open_page: Open) -> None:
    """This test ensures that a program that was stopped begins at the first place without a judgement."""
    client = open_page()
    assert send(client, 1, grade="1", note="kan beter") == "/stap/2"
    client = open_page()
    assert client.get("/").headers["location"] == "/stap/2"
    html = shown(client)
    assert "U gaf hier eerder een 1." in html.text and html.all("textarea")[0].text == "kan beter"
    assert "Klaar: 1." in html.text


def test_a_grade_is_changed_by_judging_again(open_page: Open, judged: Path) -> None:
    """This test ensures that a judge can go back, and that the last judgement counts."""
    client = open_page()
    send(client, 1, grade="1")
    assert shown(client, 2).within("bar-steps")[0].all("a")[0].attributes["href"] == "/stap/1#plek"
    assert send(client, 1, grade="2") == "/stap/2"
    assert grades(judged) == [("q1", SENTENCE, 2, "")]
    assert len(judged.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    "form", [{}, {"grade": ""}, {"grade": "4"}, {"grade": "-1"}, {"grade": "1", "note": "x" * 2_001}]
)
def test_a_form_that_says_no_grade_keeps_nothing(open_page: Open, judged: Path, form: dict[str, str]) -> None:
    """This test ensures that a judgement is never guessed, and that the judge sees what was wrong."""
    client = open_page()
    answer = client.post("/stap/1", data={"step": name_of(client, 1), **form}, headers=FROM_HERE)
    assert answer.status_code == 422 and read_html(answer.text).within("notice-wrong")
    assert judged.read_bytes() == b""


def test_a_form_of_another_pool_keeps_nothing(open_page: Open, judged: Path) -> None:
    """This test ensures that a window from before the pool was made anew does not judge something else."""
    old = name_of(open_page(), 2)
    client = open_page()
    answer = client.post("/stap/1", data={"step": old, "grade": "3"}, headers=FROM_HERE)
    assert answer.status_code == 409 and "Er is niets opgeslagen" in answer.text
    assert client.post("/stap/1", data={"grade": "3"}, headers=FROM_HERE).status_code == 409
    assert judged.read_bytes() == b""


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "https://kwaad.example"},
        {"sec-fetch-site": "same-site", "origin": HOST},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1:8010"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1:8010.kwaad.example"},
        {**FROM_HERE, "content-type": "text/plain"},
        {**FROM_HERE, "content-type": "application/json"},
    ],
)
def test_a_form_from_elsewhere_keeps_nothing(open_page: Open, judged: Path, headers: dict[str, str]) -> None:
    """This test ensures that no other page in the judge's browser can judge."""
    client = open_page()
    body = f"step={name_of(client, 1)}&grade=3"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/stap/1", content=body, headers={**kind, **headers}).status_code == 403
    assert judged.read_bytes() == b""
    assert client.post("/stap/1", content=body, headers={**kind, "origin": HOST}).status_code == 303


@pytest.mark.parametrize(
    "host", ["kwaad.example", "127.0.0.1.kwaad.example", "kwaad@127.0.0.2", "", "[::1", "10.0.0.1", "127.0.0.1, x"]
)
def test_another_name_for_this_machine_is_not_answered(open_page: Open, host: str) -> None:
    """This test ensures that a web site that makes its name point to this machine reads no paper and judges nothing."""
    client = open_page()
    for answer in (
        client.get("/stap/1", headers={"host": host}),
        client.post("/stap/1", headers={"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}),
        client.get("/static/judge.css", headers={"host": host}),
    ):
        assert answer.status_code == 400 and "zwembad" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8010", "localhost:8010", "LOCALHOST"])
def test_this_machine_is_answered(open_page: Open, host: str) -> None:
    """This test ensures that the refusal above is not one of everything."""
    assert open_page().get("/stap/1", headers={"host": host}).status_code == 200


def test_a_form_that_is_too_large_is_refused(open_page: Open) -> None:
    """This test ensures that memory is bounded, whatever is sent."""
    client = open_page()
    answer = client.post("/stap/1", data={"note": "x" * 70_000}, headers=FROM_HERE)
    assert answer.status_code == 413 and "te groot" in answer.text


@pytest.mark.parametrize("path", ["/stap/0", "/stap/4", "/stap/-1", "/stap/x", "/stap/99999999999999999999", "/nee"])
def test_a_page_that_is_not_there_is_said_so(open_page: Open, path: str) -> None:
    """This test ensures that a wrong address gets words and a way on, and no trace of the program."""
    answer = open_page().get(path)
    assert answer.status_code == 404 and "Deze pagina is er niet" in answer.text and "Traceback" not in answer.text


def test_every_answer_carries_the_headers(open_page: Open) -> None:
    """This test ensures that nothing is loaded from elsewhere and no script runs but the one that comes with it."""
    client = open_page()
    answers = [client.get(path) for path in ("/", "/stap/1", "/nee", "/static/judge.js", "/klaar")]
    answers += [client.post("/stap/1"), client.get("/", headers={"host": "x"})]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (answer.url, name)
    assert "'unsafe" not in HEADERS["Content-Security-Policy"]


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}\u202egeheim'


def test_what_papers_and_questions_say_is_only_text(open_page: Open, tmp_path: Path) -> None:
    """This test ensures that no title, page or question can put anything into the page but words."""
    catalogue = Catalogue(tmp_path / "evil.sqlite", create=True)
    store(catalogue, "evil.pdf", [f"Lees dit: {EVIL} einde."], title=EVIL)
    place = sentence(sha_of("evil.pdf"), 1, 10, 10 + len(EVIL))
    pool = a_pool(Path("x"), q1=[place])
    pool = replace(pool, questions=(replace(pool.questions[0], text=EVIL, need=EVIL),))
    client = open_page(pool, papers=catalogue)
    text = client.get("/stap/1").text
    assert "<script>" not in text and "<img" not in text and "\u202e" not in text and "{{ 7*7 }}" in text
    html = read_html(text)
    assert [it.attributes.get("src") for it in html.all("script")] == ["/static/judge.js"]
    assert html.all("mark")[0].text == EVIL.replace("\u202e", "")
    answer = client.post("/stap/1", data={"step": name_of(client, 1), "note": EVIL, "grade": "9"}, headers=FROM_HERE)
    assert "<script>alert" not in answer.text and EVIL[:9] in read_html(answer.text).all("textarea")[0].text
    catalogue.close()


@pytest.mark.parametrize("place", [page(SECRET_PDF, 1), page(sha_of("gone"), 1), sentence(POOL_PDF, 2, 0, 9_999)])
def test_what_may_not_be_seen_can_only_be_passed_over(open_page: Open, place: Place) -> None:
    """This test ensures that a paper that was closed since it was pooled is not shown to a judge."""
    html = shown(open_page(a_pool(Path("x"), q1=[place])))
    assert "niet meer openbaar" in html.text and "grondprijs" not in html.text
    assert [it.attributes["value"] for it in html.all("button") if "value" in it.attributes] == ["skip"]


def test_a_scan_is_marked_as_such(open_page: Open) -> None:
    """This test ensures that a judge knows that words may have been misread."""
    client = open_page(a_pool(Path("x"), q1=[page(SCAN_PDF, 1), WHOLE]))
    assert "van een scan gelezen" in shown(client).text and "van een scan gelezen" not in shown(client, 2).text


def test_the_page_leads_into_the_running_product(open_page: Open) -> None:
    """This test ensures that a judge can look at the real page, with the sentence marked, and only if it runs."""
    link = "Bekijk de echte bladzijde in Raadspoor"
    assert link not in shown(open_page()).text
    html = shown(open_page(product="http://127.0.0.1:8000"))
    (found,) = [it for it in html.all("a") if it.text == link]
    assert found.attributes["href"] == f"http://127.0.0.1:8000/bron/{POOL_PDF}/1?span=1-{OPENS[0]}-{OPENS[1]}"
    assert found.attributes["rel"] == "noopener noreferrer"


NEW = {"text": "Wat kost het bad?", "type": "amount", "answerable": "yes", "need": "de prijs", "facts": "€ 1\n\n2024\n"}


def test_a_new_question_is_described_after_its_places(open_page: Open, judged: Path) -> None:
    """This test ensures that a judge describes a question when they know what the papers say."""
    client = open_page(a_pool(judged, new1=[WHOLE], new2=[]))
    assert "nieuwe vraag" in shown(client).text
    assert send(client, 1, grade="2") == "/stap/2"
    html = shown(client, 2)
    assert "Over deze vraag" in html.text and html.all("textarea")[0].text == "Vraag new1?"
    assert send(client, 2, **NEW) == "/stap/3"
    assert send(client, 3, grade="skip") == "/klaar"
    found = read_judgements(judged).described
    about = found["new1"].description
    assert about and (about.text, about.type, about.answerable) == ("Wat kost het bad?", QuestionType.AMOUNT, True)
    assert (about.need, about.facts, about.why) == ("de prijs", ("€ 1", "2024"), None)
    assert found["new2"].description is None
    again = shown(open_page(a_pool(judged, new1=[WHOLE], new2=[])), 2)
    assert [it.text for it in again.all("textarea")] == ["Wat kost het bad?", "de prijs", "€ 1 2024", ""]
    assert [it.attributes["value"] for it in again.all("option") if "selected" in it.attributes] == ["amount"]
    assert [it.attributes["value"] for it in again.all("input") if "checked" in it.attributes] == ["yes"]


@pytest.mark.parametrize(
    "changes",
    [{"text": ""}, {"type": ""}, {"type": "<b>"}, {"answerable": ""}, {"why": "absent"}, {"answerable": "no"}],
)
def test_a_description_that_cannot_be_used_is_shown_again(
    open_page: Open, judged: Path, changes: dict[str, str]
) -> None:
    """This test ensures that a judge loses nothing of what they typed."""
    client = open_page(a_pool(judged, new1=[]))
    answer = client.post("/stap/1", data={"step": name_of(client, 1), **NEW, **changes}, headers=FROM_HERE)
    html = read_html(answer.text)
    assert answer.status_code == 422 and html.within("notice-wrong")
    assert html.all("textarea")[1].text == "de prijs" and judged.read_bytes() == b""


def test_a_readers_own_words_do_not_come_into_the_gold_set(open_page: Open, judged: Path) -> None:
    """This test ensures the promise to a reader that their text is gone on a day: the judge must put it otherwise."""
    asked = Pooled(id="reader-ab", text="Wat kost het bad?", new=True, until=dt.date(2026, 3, 1))
    client = open_page(Pool(path=judged, questions=(asked,)))
    html = shown(client)
    assert html.all("textarea")[0].text == "" and "op 1-3-2026 wordt gewist" in html.text
    form = {"step": name_of(client, 1), **NEW, "text": "Wat kost, het BAD"}
    answer = client.post("/stap/1", data=form, headers=FROM_HERE)
    assert answer.status_code == 422 and "eigen woorden; dit is nog de tekst van de lezer" in answer.text
    assert send(client, 1, **{**NEW, "text": "Hoe duur is het zwembad?"}) == "/klaar"
    assert "Wat kost" not in judged.read_text()


def test_who_settles_sees_only_what_two_judges_differ_on(open_page: Open, tmp_path: Path) -> None:
    """This test ensures that settling takes no more than the differences, without sight of who gave what."""
    places = [SENTENCE, WHOLE, page(SCAN_PDF, 1), page(POOL_PDF, 2)]
    one = judged_by(tmp_path / "a.jsonl", "bert", "q1", dict(zip(places, (3, 1, None, 2), strict=True)))
    other = judged_by(tmp_path / "b.jsonl", "cees", "q1", dict(zip(places, (0, 1, 2), strict=False)))
    pool = a_pool(tmp_path / "pool.jsonl", q1=places, q2=[WHOLE])
    found = only_differing(pool, read_judgements(one), read_judgements(other))
    assert [[it.place for it in each.candidates] for each in found.questions] == [[SENTENCE, page(SCAN_PDF, 1)]]
    text = open_page(found).get("/stap/1").text
    assert "bert" not in text and "cees" not in text
    with pytest.raises(UsageError, match="differ on nothing"):
        only_differing(a_pool(tmp_path / "x", q1=[WHOLE]), read_judgements(one), read_judgements(other))


def test_nothing_to_judge_is_refused(judged: Path) -> None:
    """This test ensures that a judge is not led to an empty page."""
    with Pen(judged, "anna") as pen, pytest.raises(UsageError, match="nothing to judge"):
        Session(a_pool(judged, q1=[]), pen)


def test_a_judgement_that_cannot_be_written_is_said(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a judge sees at once that the disk is full, and that the step stays open."""
    client = open_page()

    def full(self: Pen, graded: object) -> None:
        raise UsageError("the judgement could not be written: No space left on device")

    monkeypatch.setattr(Pen, "grade", full)
    answer = client.post("/stap/1", data={"step": name_of(client, 1), "grade": "2", "note": "hm"}, headers=FROM_HERE)
    assert answer.status_code == 500 and "No space left" in answer.text
    html = read_html(answer.text)
    assert html.all("textarea")[0].text == "hm" and "Klaar: 0." in html.text


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_every_choice_has_words(open_page: Open, texts: Texts) -> None:
    """This test ensures that no type or reason of the gold set is missing from the form, in either language."""
    assert set(texts.types) >= set(QuestionType) and set(texts.whys) == set(Why)
    client = open_page(a_pool(Path("x"), new1=[WHOLE]), texts=texts)
    html = shown(client, 2)
    assert html.all("html")[0].attributes["lang"] == texts.code
    offered = {it.attributes["value"] for it in html.all("option")}
    assert offered == {"", *QuestionType, *Why}
    named = {label.attributes["for"] for label in html.all("label")}
    fields = [it for it in html.all("input", "textarea", "select") if it.attributes.get("type") != "hidden"]
    assert {it.attributes["id"] for it in fields} == named
    for number in (1, 2):
        ids = [it.attributes["id"] for it in shown(client, number).all() if "id" in it.attributes]
        assert len(set(ids)) == len(ids)


SHEET = (STATIC / "judge.css").read_text("utf-8")
TEXT = [(ink, ground) for ground in ("paper", "surface", "sunk") for ink in ("ink", "muted", "accent")]
TEXT += [("on-accent", "accent"), ("mark-ink", "mark"), ("ink", "warn-soft")]
EDGES = [(part, ground) for ground in ("paper", "surface") for part in ("edge", "accent")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_by_day_and_by_night(scheme: str) -> None:
    """This test ensures a contrast of 4.5 for text and 3 for edges and the ring of the focus (WCAG 1.4.3, 1.4.11)."""
    blocks = re.findall(r":root \{(.*?)\}", SHEET, re.S)
    named: dict[str, str] = {}
    for block in blocks[: 1 if scheme == "light" else 2]:
        named |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    for ink, ground in TEXT:
        assert contrast(named[ink], named[ground]) >= 4.5, (ink, ground)
    for part, ground in EDGES:
        assert contrast(named[part], named[ground]) >= 3, (part, ground)
    after = SHEET[SHEET.index("*, *::before") :]
    used = set(re.findall(r"(?<![-\w])color: *([^;]+);", after))
    assert used <= {f"var(--{ink})" for ink, _ in TEXT}
