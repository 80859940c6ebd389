"""Headings, speakers, paragraphs and table rows, read off the text."""

import pytest

from council import readable
from search.structure import Block, Role, blocks_of
from tests.fakes import pages_of


def told(*texts: str) -> list[tuple[Role, str, str]]:
    """Return role, speaker and text of each block of pages with these texts."""
    pages = {page.number: page.text for page in pages_of(*texts)}
    return [(block.role, block.speaker, said(block, pages)) for block in blocks_of(pages_of(*texts))]


def said(block: Block, pages: dict[int, str]) -> str:
    """Return a block's text as a reader sees it."""
    return readable(" ".join(pages[span.page][span.start : span.end] for span in block.spans))


LINE = "Dit is een gewone regel van een alinea die de hele breedte van de bladzijde vult en doorloopt"


def test_a_line_of_a_sentence_with_one_figure_is_no_row() -> None:
    """This test ensures that a sentence is whole whose line ends in a figure after a year."""
    text = (
        "Het gaat goed met de stad en met haar bedrijven.\r\nBegin 2020 telde Dalmeren circa 132.000\r\n"
        "bedrijven met hierin twee keer zoveel mensen.\r\n"
    )
    blocks = blocks_of(pages_of(text))
    assert all(block.role is Role.TEXT for block in blocks)
    assert len(blocks) == 1


def test_a_numbered_heading_stands_apart_from_its_paragraph() -> None:
    """This test ensures that a numbered heading is a heading and the lines under it are one paragraph."""
    found = told(f"2. Financiële gevolgen\r\n{LINE}\r\nop de volgende regel en daar eindigt.\r\n")
    assert [(role, text) for role, _, text in found] == [
        (Role.HEADING, "2. Financiële gevolgen"),
        (Role.TEXT, f"{LINE} op de volgende regel en daar eindigt."),
    ]


def test_a_list_item_that_runs_on_is_no_heading() -> None:
    """This test ensures that a numbered sentence over two lines stays one sentence."""
    found = told(f"1. {LINE}\r\nnaar het einde van het beslispunt.\r\n{LINE}\r\n")
    assert found[0] == (Role.TEXT, "", f"1. {LINE} naar het einde van het beslispunt.")


def test_an_amount_at_a_line_start_is_no_list_item() -> None:
    """This test ensures that a sentence is not cut where its amount happens to begin a line."""
    found = told(f"{LINE} met €\r\n2.350.000 te verhogen tot € 17.400.000 voor het bad.\r\n")
    assert len(found) == 1


@pytest.mark.parametrize("before", ["en in de tweede helft van 2023", "en in het jaar daarna waren dat er meer dan de"])
def test_a_figure_that_closes_a_sentence_at_a_line_start_is_no_point(before: str) -> None:
    """This test ensures that a sentence is not cut before the very number that it tells."""
    first = f"Een jongere wachtte eerst gemiddeld elf weken, een jaar later veertien {before}"
    second = "17. Daarmee is de norm van veertien weken gepasseerd, die de raad eerder zelf heeft vastgesteld."
    (block,) = blocks_of(pages_of(f"{first}\r\n{second}"))
    assert block.role is Role.TEXT


def test_a_date_over_the_end_of_a_line_begins_no_row() -> None:
    """This test ensures that a line that begins with a year and holds a figure is no row after a day and a month."""
    found = told(f"{LINE} tot en met 30 juni\r\n2013 35.530 mensen in het land woonden2\r\n. {LINE}\r\n")
    assert [role for role, _, _ in found] == [Role.TEXT]


def test_a_full_stop_on_a_line_of_its_own_closes_what_stands_before() -> None:
    """This test ensures that what the mark of a note parts from its sentence begins nothing."""
    found = told(f"{LINE}\r\nmits de stage niet betaald is12\r\n.\r\nHoger onderwijs\r\n{LINE}.\r\n")
    assert [text for role, _, text in found if role is Role.HEADING] == ["Hoger onderwijs"]
    assert found[0][2].endswith("is12 .")


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("De heer Wieringa (DB): Voorzitter, dank u wel.", "De heer Wieringa (DB)"),
        ("Mevrouw De Boer-Smink (SA): Ik heb een vraag.", "Mevrouw De Boer-Smink (SA)"),
        ("Wethouder Haverkate: Dat zeg ik toe.", "Wethouder Haverkate"),
        ("De VOORZITTER: Wie wil het woord?", "De VOORZITTER"),
        ("De heer VAN LAMMEREN: Een goede magneet.", "De heer VAN LAMMEREN"),
    ],
)
def test_a_contribution_has_its_speaker(line: str, speaker: str) -> None:
    """This test ensures that who speaks is read off the line, and holds until another speaks or a heading comes."""
    found = told(
        f"{line}\r\nDit hoort er nog bij.\r\n6. Volgend agendapunt\r\nDe vergadering gaat door met dit punt.\r\n"
    )
    assert found[0][1] == speaker
    assert found[-1][1] == ""


def test_an_interruption_between_brackets_is_of_who_interrupts() -> None:
    """This test ensures that what another calls out is not put in the speaker's mouth, and that the speaker goes on."""
    found = told(
        "De heer Wieringa (DB): Wij zijn voor dit voorstel en dat blijft zo.\r\n"
        "(Mevrouw Abbing (GD): Ook met deze prijs?)\r\n"
        "Ook met deze prijs, want het bad is nodig.\r\n"
    )
    assert [speaker for _, speaker, _ in found] == [
        "De heer Wieringa (DB)",
        "Mevrouw Abbing (GD)",
        "De heer Wieringa (DB)",
    ]


def test_a_table_row_is_a_row() -> None:
    """This test ensures that a line of figures is kept apart from the prose around it."""
    found = told(f"{LINE}.\r\nOnderwijs 7.300 7.800 7.950\r\nVeiligheid 6.500 6.900 7.050\r\n{LINE}.\r\n")
    assert [role for role, _, _ in found] == [Role.TEXT, Role.ROW, Role.ROW, Role.TEXT]


def test_a_sentence_runs_on_over_the_page() -> None:
    """This test ensures that running heads and page numbers do not stand in the middle of a sentence."""
    pages = [
        f"Gemeente Dalmeren\r\n{LINE}.\r\n{LINE}\r\nPagina 1 van 3",
        f"Gemeente Dalmeren\r\nen hier gaat de zin verder tot de punt.\r\n{LINE}\r\nPagina 2 van 3",
        f"Gemeente Dalmeren\r\nen eindigt op de laatste bladzijde.\r\n{LINE}.\r\nPagina 3 van 3",
    ]
    texts = [text for _, _, text in told(*pages)]
    assert any(f"{LINE} en hier gaat de zin verder tot de punt." in text for text in texts)
    assert not any("Pagina" in text or "Gemeente Dalmeren" in text for text in texts)


MINUTES = (
    "Notulen van de raad\r\n1\r\nMededelingen\r\nDe VOORZITTER: Ik open de vergadering en heet u welkom.\r\n"
    "De VOORZITTER geeft het woord aan de heer Bos.\r\n"
    "De heer BOS: Wij dienen een motie in.\r\nDe VOORZITTER deelt mee dat de volgende motie is ingekomen:\r\n"
    "38° Motie van het raadslid Bos inzake de brug\r\nBesluit:\r\nHet college te verzoeken de brug te sluiten.\r\n"
    "Mevrouw AKEL: Wij zijn tegen.\r\nWaarom?\r\nOmdat het geld op is.\r\n"
    "2\r\nVoordracht van het college van burgemeester en wethouders van\r\n9 oktober 2013 tot sluiting van de brug.\r\n"
    "Wordt goedgekeurd.\r\n"
)


def test_a_number_alone_above_a_title_is_an_agenda_item() -> None:
    """This test ensures that an item's number and title are one heading, also where the title goes on with a date."""
    headings = [text for role, _, text in told(MINUTES) if role is Role.HEADING]
    assert headings[1] == "1 Mededelingen"
    assert headings[-1] == (
        "2 Voordracht van het college van burgemeester en wethouders van 9 oktober 2013 tot sluiting van de brug."
    )


def test_nobody_says_what_the_clerk_tells_or_a_motion_asks() -> None:
    """This test ensures that words are of who says them, and that a short question in a speech is no heading."""
    said_by = {text: speaker for role, speaker, text in told(MINUTES) if role is not Role.HEADING}
    assert said_by["Het college te verzoeken de brug te sluiten."] == ""
    assert said_by["De VOORZITTER deelt mee dat de volgende motie is ingekomen:"] == ""
    assert [role for role, _, text in told(MINUTES) if "geeft het woord" in text] == [Role.NOTE]
    assert [speaker for text, speaker in said_by.items() if "Waarom?" in text] == ["Mevrouw AKEL"]
    assert said_by["Wordt goedgekeurd."] == ""


def test_a_member_has_the_party_that_the_list_of_who_is_present_gives() -> None:
    """This test ensures that a label without a party gets the one that stands elsewhere in the same minutes."""
    found = told("Aanwezig: de leden de heer Bos (VVD) en mevrouw Akel (SP).\r\n" + MINUTES)
    assert {speaker for _, speaker, _ in found} >= {"De heer BOS (VVD)", "Mevrouw AKEL (SP)", "De VOORZITTER"}


def test_minutes_that_report_give_a_speaker_his_own_paragraph_only() -> None:
    """This test ensures that the decision after a report is not told by who was reported last."""
    found = told(
        "Besluitenlijst\r\nWethouder Smit zegt toe dat de raad een brief krijgt.\r\nDe raad besluit unaniem.\r\n"
        "Mevrouw Bos (D66) vraagt naar de kosten.\r\nDe heer Wit (SP) merkt op dat het laat is.\r\n"
    )
    assert [speaker for role, speaker, _ in found if role is Role.TEXT] == [
        "Wethouder Smit",
        "",
        "Mevrouw Bos (D66)",
        "De heer Wit (SP)",
    ]


@pytest.mark.parametrize(
    "line", ["Postbus 90460", "1012 CP AMSTERDAM", "Middenweg 86", "Behandeld door A. Bos", "E-mail: a@example.org",
             "Dhr. H. Bos (GroenLinks)", "Totaal 14.550", "512 GEHEIM.............6", "Agendapunt 5", "M. Oldenkotte"],
)  # fmt: skip
def test_a_letterhead_a_name_or_an_amount_is_no_heading(line: str) -> None:
    """This test ensures that what stands above text on a form is not taken for what the text is about."""
    assert Role.HEADING not in [role for role, _, _ in told(f"{line}\r\n{LINE}.\r\n{LINE}.\r\n")]


def test_rows_know_their_columns() -> None:
    """This test ensures that each row has the years and the unit that stand above it, and prose has none."""
    pages = pages_of(
        "2. Lasten (x € 1.000)\r\nProgramma 2023 2024\r\nOnderwijs 7.300 7.800\r\nOverige 50\r\n"
        "De lasten nemen toe door hogere lonen.\r\n"
    )
    assert [(block.role, block.table) for block in blocks_of(pages)] == [
        (Role.HEADING, ()),
        (Role.ROW, ("Programma 2023 2024", "x € 1.000")),
        (Role.ROW, ("Programma 2023 2024", "x € 1.000")),
        (Role.ROW, ("Programma 2023 2024", "x € 1.000")),
        (Role.TEXT, ()),
    ]
