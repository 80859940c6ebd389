"""What papers say about themselves: kind, title, date, case number and secrecy, from texts of every form."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Access, Kind, Source
from ingest.derive import Derived, derive
from tests.fakes import odd_text, pages_of


def said_by(*pages: str, path: str = "stuk.pdf", pdf_title: str = "") -> Derived:
    return derive(path, pdf_title, pages_of(*pages))


LETTERHEAD = "Gemeente Dalmeren\nBezoekadres\nMarkt 1\nPostbus 3\n1234 AB Dalmeren\nTelefoon 14 0123\n"
FILLER = "Hier staat nog een alinea van het stuk, zodat het geen kale voorbladtekst is.\n" * 3

KINDS = {
    Kind.RAADSVOORSTEL: "Gemeenteblad\nRaadsvoordracht\nOnderwerp\nAankoop grond\nWij stellen u voor te kopen",
    Kind.RAADSBESLUIT: "Besluit voor de vergadering van\n3 maart 2022\nOnderwerp Reglement\nGelet op de wet\nBesluit:",
    Kind.AMENDEMENT: "Amendement A4\nDe raad, bijeen op 1 juni 2023\nbesluit punt 2 als volgt te wijzigen",
    Kind.MOTIE: "Vreemd aan de orde\nDe raad, in vergadering bijeen\nConstaterende dat\nVerzoekt het college te bouwen",
    Kind.INITIATIEFVOORSTEL: "Initiatiefvoorstel van de leden Jansen en De Vries\nJongerenraad\nSamenvatting",
    Kind.SCHRIFTELIJKE_VRAGEN: "Mondelinge vragen over de stadsboerderij\nDe fractie stelt de volgende vragen",
    Kind.RAADSINFORMATIEBRIEF: LETTERHEAD + "De leden van de gemeenteraad\nDatum 2 mei 2023\nBehandeld door A. Bakker\n"
    "Onderwerp Uitwerking motie fietspad\nGeachte leden van de raad,\nMet deze brief informeer ik u over het fietspad.",
    Kind.TOEZEGGING: "Lijst van toezeggingen\nNummer Toezegging Stand\nDe wethouder heeft toegezegd",
    Kind.RAADSADRES: "RAADSADRES\nAan de Deelraad\nDalmeren, 20 september 2011\nBetreft: bezwaar\nGeachte Raad,",
    Kind.INGEKOMEN_STUK: "J. Bos\nDijk 3\nAan de gemeenteraad van Dalmeren\nBetreft: lawaai\nGeachte raad,\nIk slaap.",
    Kind.BESLUITENLIJST: "Korte Afsprakenlijst\nSoort vergadering commissie\nDatum 15 januari 2014\nAfspraak: ja",
    Kind.NOTULEN: "Gemeenteblad\nVergaderdatum 4 april 2012\nAvondzitting\nDe VOORZITTER: Ik geef het woord.\n"
    "De VOORZITTER geeft het woord aan mevrouw Bos.",
    Kind.AGENDA: "Hierbij wordt u uitgenodigd voor de openbare vergadering van de raad\nAanvang: 20:00 uur\n1. Opening",
    Kind.BEGROTING: "Programmabegroting 2024\nInhoud\n1 Inleiding",
    Kind.JAARSTUKKEN: "Jaarstukken 2022\nJaarverslag en jaarrekening\nInhoud",
    Kind.VERORDENING: "Verordening op de heffing van parkeerbelasting\nArtikel 1 Begrippen",
    Kind.RAPPORT: "Onderzoek naar armoede\nIn dit rapport leest u wat wij vonden.\nSamenvatting",
    Kind.BIJLAGE: "Bijlage 2\nKaart van het plangebied",
    Kind.OVERIG: "Zwemtijden\nMaandag van 9 tot 12 uur. Dinsdag gesloten wegens onderhoud aan het bad.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_is_told_by_what_it_says_it_is(kind: Kind) -> None:
    """This test ensures that every kind in the closed list is known by its form, without help from a file name."""
    assert said_by(f"{KINDS[kind]}\n{FILLER}").kind is kind


def test_a_letter_is_not_what_it_is_about() -> None:
    """This test ensures that an information letter about an initiative is not taken for the initiative."""
    text = KINDS[Kind.RAADSINFORMATIEBRIEF].replace("Uitwerking motie", "Initiatiefvoorstel van raadslid Bos over een")
    assert said_by(text + "\n" + FILLER).kind is Kind.RAADSINFORMATIEBRIEF


def test_a_file_name_is_a_hint_and_no_more() -> None:
    """This test ensures that a folder's name helps where the paper is silent, and loses where the paper speaks."""
    assert said_by(KINDS[Kind.OVERIG], path="raadsadressen/raadsadres 4.pdf").kind is Kind.RAADSADRES
    assert said_by(KINDS[Kind.MOTIE], path="raadsadressen/raadsadres 4.pdf").kind is Kind.MOTIE


DATES = [
    ("Datum 3 maart 2021\nKenmerk 2 januari 2020", "2021-03-03"),
    ("Vergaderdatum 4 april 2012\nPublicatiedatum 18 april 2012", "2012-04-04"),
    ("Publicatiedatum 18 april 2012\nOver de brief van 3 maart 2012", "2012-04-18"),
    ("Datum: woensdag 18 januari 2012\nDe volgende vergadering is op 8 februari 2012", "2012-01-18"),
    ("Datum Behandeld door\n25 november 2020 M. Groot", "2020-11-25"),
    ("Agenda, donderdag 22 maart 2012\nNotulen van 15 februari 2012", "2012-03-22"),
    ("Besluitenlijst van de raad, donderdag 16\njuni 2022\nVaststellen notulen van 19 mei 2022", "2022-06-16"),
    ("Amsterdam, 20 september 201 1\nBetreft: bezwaar tegen het plan van 3 mei 2010", "2011-09-20"),
    ("De raad, in openbare vergadering bijeen op 15 december 2022,\nin de nacht van 31 december 2019", "2022-12-15"),
    ("Datum college 3 mei 2022\nRaadsvergadering 16 juni 2022", "2022-05-03"),
    ("Vergadering 5-3-2015\nDatum: 5/3/2015", "2015-03-05"),
    ("Datum: 03-02-22\nVersie 01-01-21", "2022-02-03"),
    ("Notulen raad d.d. 17/12/20\nAanwezig 21 leden", "2020-12-17"),
    ("Nummer 21-04-55\nDatum: 31-02-22", None),
    ("Stand: 16 mei 2023. Bedragen exclusief btw.", "2023-05-16"),
    (
        "Datum\nOns kenmerk\nGeachte heer, op 24 augustus 2011 schreef u ons. Op 27 september 2011 besloot de raad.",
        None,
    ),
    ("Het plan geldt van 1 januari 2020 tot 31 december 2024.", None),
    ("Datum 31 februari 2021", None),
    ("Datum 12-13-2021", None),
    ("Datum 3 ſeptember 2021", "2021-09-03"),
    ("Datum 3 meı 2021", None),
    ("Factsheet maart 2022 over het jaar 2021", None),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_the_date_is_the_papers_own(text: str, date: str | None) -> None:
    """This test ensures that of many dates the one is chosen that belongs to the paper, and none if none does."""
    found = said_by("Een regel zonder datum vooraf\n" + text + "\n" + FILLER).date
    assert found == (dt.date.fromisoformat(date) if date else None)


def test_a_decision_is_dated_by_its_last_words() -> None:
    """This test ensures that the closing formula counts where the head gives nothing, also over a line end."""
    tail = "Aldus besloten in de openbare vergadering van\n16 juni 2022,\nde griffier, de voorzitter"
    assert said_by("De raad besluit:\n" + FILLER * 3, FILLER + tail).date == dt.date(2022, 6, 16)


def test_a_name_gives_the_date_where_the_paper_gives_none() -> None:
    """This test ensures that a date in a file name is used as a last resort."""
    assert said_by(FILLER, path="x/2014-03-05 stuk.pdf").date == dt.date(2014, 3, 5)
    assert said_by(FILLER, path="x/BWST20111213_stuk.pdf").date == dt.date(2011, 12, 13)
    assert said_by("Datum 3 maart 2021\n" + FILLER, path="2014-03-05.pdf").date == dt.date(2021, 3, 3)


INVITED = "Hierbij wordt u uitgenodigd voor de openbare vergadering van de Deelraad"
TITLES = [
    (
        "Onderwerp Kennisnemen van het besluit over het spoor\n(PHS)\nGeachte leden,",
        "",
        "Kennisnemen van het besluit over het spoor (PHS)",
    ),
    (
        "Onderwerp Vaststellen van het\nbestemmingsplan Molenkwartier",
        "",
        "Vaststellen van het bestemmingsplan Molenkwartier",
    ),
    ("Betreft:\nbezwaar tegen een bankje\nGeachte raad,", "", "bezwaar tegen een bankje"),
    ("Nr. Onderwerp Nadere info\nAgenda\nDatum 3 maart 2021", "", "Agenda 3 maart 2021"),
    ("Gemeente Dalmeren\nGemeenteraad\nRaadsnotulen\nVergaderdatum 4 april 2012", "", "Raadsnotulen 4 april 2012"),
    ("Actualiteit van D66 over het terras\nIn de krant", "", "Actualiteit van D66 over het terras"),
    ("Besluitenlijst raad 29 juni 2015\n1. Opening", "Aandachtspunten 2008", "Besluitenlijst raad 29 juni 2015"),
    ("Een stad van ongelijkheid in cijfers\nTekst volgt", "Een stad van ongelijkheid", "Een stad van ongelijkheid"),
    (
        "Zwemtijden in het nieuwe bad aan de Badweg\nMaandag open",
        "Microsoft Word - zwemtijden.doc",
        "Zwemtijden in het nieuwe bad aan de Badweg",
    ),
    (
        f"{INVITED}\nDatum: 24 november 2011",
        "Hierbij wordt u uitgenodigd voor de",
        "Agenda vergadering van de Deelraad 24 november 2011",
    ),
]


@pytest.mark.parametrize(("text", "pdf_title", "title"), TITLES)
def test_the_title_is_the_papers_own(text: str, pdf_title: str, title: str) -> None:
    """This test ensures that subjects run on, bare labels get their date, and left-over titles are not believed."""
    assert said_by(f"{text}\n{FILLER}", pdf_title=pdf_title).title == title


def test_a_cover_is_a_title() -> None:
    """This test ensures that the lines of a title page are put together, without letterhead and date."""
    cover = "Gemeente Dalmeren\nRoutekaart Dalmeren\nKlimaatneutraal\nEffect van beleid op de uitstoot\n3 maart 2020"
    assert said_by(cover, FILLER * 9).title == "Routekaart Dalmeren Klimaatneutraal Effect van beleid op de uitstoot"


def test_a_paper_that_says_nothing_has_its_files_name() -> None:
    """This test ensures that a scan has a title before it is read."""
    assert said_by("", path="map/brief-van_de-buren.pdf").title == "brief van de buren"


SECRETS = [
    ("GEHEIM", Access.GEHEIM),
    ("- Strikt vertrouwelijk -", Access.BESLOTEN),
    ("Classificatie: geheim", Access.GEHEIM),
    ("GEHEIM - art. 87 Gemeentewet", Access.GEHEIM),
    ("Niet openbaar", Access.BESLOTEN),
    ("Besloten vergadering", Access.BESLOTEN),
    ("Bekrachtiging geheimhouding", Access.OPENBAAR),
    ("De vergadering is niet geheim", Access.OPENBAAR),
    ("Besloten: de notulen vast te stellen", Access.OPENBAAR),
    ("Vertrouwelijkheid en vertrouwen in het bestuur", Access.OPENBAAR),
]


@pytest.mark.parametrize(("line", "access"), SECRETS)
def test_a_paper_that_calls_itself_secret_is_believed(line: str, access: Access) -> None:
    """This test ensures that a stamp in a line of its own closes a paper, and that a word in passing does not."""
    assert said_by(f"Bijlage 3\n{line}\nDatum 3 maart 2021\n{FILLER}").access is access


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Zaaknummer Z-22-10483", "Z-22-10483"),
        ("Zaaknummer: Z/22/104.", "Z/22/104"),
        ("Ons kenmerk 239635", "239635"),
        ("Registratienummer", ""),
        ("Kenmerk\nBehandeld door A. Bakker", ""),
        ("Kenmerk 12-03-2024", ""),
        ("Zie ook de brief met nummer Z22-104835 van de griffie", "Z22-104835"),
        ("VN2021-004131", "VN2021-004131"),
        ("Gemeente Dalmeren, nummer RV-2024-0012", "RV-2024-0012"),
        ("in de jaren 2021-2024 en in HAVO2021-22", ""),
    ],
)
def test_the_case_number_is_a_number(line: str, number: str) -> None:
    """This test ensures that an empty field on a form gives no case number, and a date neither."""
    assert said_by(f"{line}\n{FILLER}").case_number == number


@given(pages=st.lists(odd_text(300), max_size=4), path=odd_text(40), title=odd_text(60))
def test_any_paper_gets_a_description_that_can_be_kept(pages: list[str], path: str, title: str) -> None:
    """This test ensures that whatever a paper holds, its description is short, whole and free of control characters."""
    found = derive(path or "x", title, pages_of(*pages))
    for text in (found.title, found.body, found.case_number):
        assert len(text) <= 300
        text.encode()
    assert found.kind in Kind


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000,
        "Datum " * 9_000,
        "van de " * 9_000,
        "1-1-2020 " * 6_000,
        "\n" * 50_000,
        "Geachte\n" * 9_000,
        "- " * 25_000,
    ],
)
def test_a_description_takes_no_time(text: str) -> None:
    """This test ensures that no text can keep the rules busy."""
    started = time.process_time()
    derive("x.pdf", text[:300], pages_of(text, text, text))
    assert time.process_time() - started < 2


MEETINGS = [
    ("Raadsvoorstel\nRaadscommissie 2 mei 2024\nRaad 16 mei 2024, agendapunt 8\nCollege 23 april 2024", "2024-05-16"),
    ("Raadsvoorstel\nCollegevergadering 10 september 2024\nRaadsvergadering 3 oktober 2024", "2024-10-03"),
    ("Voordracht voor de Commissie WB van 03 maart 2021\nOnderwerp\nIets", "2021-03-03"),
    ("Motie M-1\nDatum: 10 november 2022\nDe raad, bijeen,\nverzoekt het college", "2022-11-10"),
    ("Besluitenlijst raad\nDatum 4 april 2012\nVaststelling notulen van de vergadering van 1 maart 2012", "2012-04-04"),
    ("Geachte leden,\nIn de vergadering van de gemeenteraad van 18 april 2019 nam u een voorstel aan.", None),
    ("Brief\nDatum 3 mei 2021", None),
]


@pytest.mark.parametrize(("text", "day"), MEETINGS)
def test_the_meeting_is_the_one_that_the_paper_is_for(text: str, day: str | None) -> None:
    """This test ensures that the council's meeting counts before the committee's, and a former meeting not at all."""
    found = said_by(f"{text}\n{FILLER}").meeting
    assert found == (dt.date.fromisoformat(day) if day else None)


def evidence(paper: Derived, field: str, *pages: str) -> list[str]:
    """Return the words on the pages that a field was read from."""
    (found,) = [each for each in paper.derivations if each.field == field]
    return [pages[span.page - 1][span.start : span.end] for span in found.evidence]


def test_each_fact_names_the_line_that_it_was_read_from() -> None:
    """This test ensures that a reader can be shown, for each fact, the very words of the paper, over line ends too."""
    page = (
        "  Gemeente Dalmeren\r\nRaadsvoorstel\r\nZaaknummer Z-22-10483\r\nDatum 3 mei 2022 \r\n"
        "Raadsvergadering 16 juni 2022\r\nOnderwerp Aankoop van grond voor\r\nwoningen\r\nHet college stelt u voor"
    )
    paper = said_by(page)
    assert evidence(paper, "kind", page) == ["Raadsvoorstel"]
    assert evidence(paper, "case_number", page) == ["Zaaknummer Z-22-10483"]
    assert evidence(paper, "date", page) == ["Datum 3 mei 2022"]
    assert evidence(paper, "meeting", page) == ["Raadsvergadering 16 juni 2022"]
    assert evidence(paper, "title", page) == ["Onderwerp Aankoop van grond voor\r\nwoningen"]
    assert evidence(paper, "body", page) == ["Het college stelt u voor"]
    assert {each.source for each in paper.derivations} == {Source.DOCUMENT}


def test_what_only_a_name_says_has_no_evidence() -> None:
    """This test ensures that a fact from the name of a file or folder says so, and is less sure."""
    named = {each.field: each for each in said_by(KINDS[Kind.OVERIG], path="moties/2014-03-05 x.pdf").derivations}
    assert (named["kind"].source, named["kind"].evidence) == (Source.FOLDER, ())
    assert (named["date"].source, named["date"].evidence) == (Source.FILENAME, ())
    assert named["date"].confidence == 0.5
    told = {each.field: each for each in said_by(f"{KINDS[Kind.MOTIE]}\n{FILLER}").derivations}
    assert named["kind"].confidence < 0.65 < told["kind"].confidence
    informed = said_by(FILLER, pdf_title="Stuk van 5 maart 2014").derivations
    assert [each.source for each in informed if each.field == "date"] == [Source.PDF_INFORMATION]


@given(pages=st.lists(odd_text(300), max_size=4), path=odd_text(40), title=odd_text(60))
def test_evidence_always_stands_on_its_page(pages: list[str], path: str, title: str) -> None:
    """This test ensures that no evidence points past the end of a page or at nothing, whatever the paper holds."""
    for each in derive(path or "x", title, pages_of(*pages)).derivations:
        assert 0 < each.confidence <= 1
        assert (each.source is Source.DOCUMENT) or not each.evidence
        for span in each.evidence:
            words = pages[span.page - 1][span.start : span.end]
            assert len(words) == span.end - span.start
            assert words == words.strip() != ""


BODIES = [
    ("Verslag van de vergadering van de commissie Bestuur en Middelen\nDatum 3 mei 2022", "raadscommissie"),
    ("Commissie Samenleving\nAgenda\n1. Opening\n2. Vaststelling agenda", "raadscommissie"),
    ("Besluitenlijst raad 18 april 2024\n1. Opening\nBesluit: conform", "gemeenteraad"),
    ("B&W-besluitenlijst week 35\n1. Verkeersbesluit\nBesluit: conform", "college van burgemeester en wethouders"),
    ("Agenda van de welstandscommissie\n1. Opening\n2. Rondvraag", ""),
]


@pytest.mark.parametrize(("text", "body"), BODIES)
def test_the_body_is_the_one_that_meets(text: str, body: str) -> None:
    """This test ensures that committee, council and college are told apart by the heading of a list or of minutes."""
    assert said_by(text + "\n" + "Hier staat verder niets dat een naam noemt.\n" * 4).body == body


def test_motions_and_questions_come_from_no_body() -> None:
    """This test ensures that the council that a motion speaks to is not shown as its sender."""
    assert said_by(f"{KINDS[Kind.MOTIE]}\nDe gemeenteraad\n{FILLER}").body == ""
    assert said_by(f"{KINDS[Kind.RAADSVOORSTEL]}\nde raad\nnamens het college\n{FILLER}").body.startswith("college")


def test_a_list_of_papers_has_not_the_case_number_of_one_of_them() -> None:
    """This test ensures that decision lists keep the numbers of their items to themselves."""
    items = "\n".join(f"{n}. Voorstel {n}\nBesluit: aangenomen" for n in range(1, 5))
    assert said_by(f"Besluitenlijst raad 4 april 2012\n{items}\nZaaknummer Z-22-10483\n{FILLER}").case_number == ""
