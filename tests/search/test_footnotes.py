"""Notes at the foot of a page, told from the text above them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.footnotes import parted
from search.lines import lines_of
from search.passages import cut, text_of
from search.structure import Role, blocks_of
from tests.fakes import a_document, pages_of

BODY = (
    "Het college wil de subsidie voor de bibliotheek in drie jaar afbouwen tot het bedrag van\r\n"
    "2019. De raad heeft daar in 2021 over gesproken1\r\n"
    ", en toen bleek dat een meerderheid liever ziet dat de vestiging in het dorp open blijft. In\r\n"
    "de begroting staat daarom een bedrag voor de huur van het gebouw dat het bestuur van de\r\n"
)
NOTES = "1 Vergadering van 8 juni 2021, agendapunt 7; de motie werd met twee stemmen verschil\r\nverworpen.\r\n"
NEXT = "stichting zelf niet kan dragen. Daarmee is de vestiging tot 2026 verzekerd.\r\n"


def split(text: str) -> tuple[list[str], list[list[str]]]:
    """Return the lines of a page without its notes, and those of each note, as texts."""
    body, notes = parted(lines_of(pages_of(text))[0])
    return [line.text for line in body], [[line.text for line in note] for note in notes]


def test_a_note_leaves_the_text_that_calls_it() -> None:
    """This test ensures that a note is parted from the text, with all its lines."""
    body, notes = split(BODY + NOTES)
    assert body == [line.strip() for line in BODY.splitlines()]
    assert notes == [[line.strip() for line in NOTES.splitlines()]]


def test_a_sentence_goes_on_past_the_notes_of_its_page() -> None:
    """This test ensures that what a note interrupts is one sentence, and the note a passage of its own at the end."""
    pages = pages_of(BODY + NOTES, NEXT)
    texts = {page.number: page.text for page in pages}
    passages = cut(a_document("a"), pages)
    said = [text_of(passage, texts.__getitem__) for passage in passages]
    assert "de huur van het gebouw dat het bestuur van de stichting zelf niet kan dragen." in said[0]
    assert said[-1].startswith("1 Vergadering van 8 juni 2021") and "Vergadering" not in said[0]
    assert not passages[-1].headings


@pytest.mark.parametrize(
    "mark",
    ["gesproken1", "gesproken.1", "gesproken”1", "gesproken¹", "gesproken (in juni)1"],
)
def test_the_ways_in_which_a_note_is_called(mark: str) -> None:
    """This test ensures that a note is known by whatever its number sticks to."""
    assert split(BODY.replace("gesproken1", mark) + NOTES)[1] != []


def test_a_loose_number_calls_a_note_below_an_empty_line_only() -> None:
    """This test ensures that a number with a space before it is a mark only where something else tells the note."""
    loose, note = BODY.replace("gesproken1", "gesproken 3"), NOTES.replace("1 Verg", "3 Verg")
    assert split(loose + note)[1] == []
    for above in (" \r\n", "\r\n", "______________\r\n", "______________\r\n\r\n"):
        assert split(loose + above + note)[1] != []


@pytest.mark.parametrize(
    "points",
    [
        "Besluit:\r\n \r\n1 Kennis te nemen van de brief.\r\n \r\n2 De kosten te dekken.\r\n \r\n3 Dit te melden.\r\n",
        " \r\n1 Kennis te nemen van de brief.\r\n2 De kosten te dekken.\r\n",
        " \r\n2 De kosten te dekken.\r\n",
    ],
)
def test_points_below_an_empty_line_are_no_notes(points: str) -> None:
    """This test ensures that a list stays in the text where the text names an appendix, a date or a count."""
    above = BODY.replace("gesproken1", "gesproken (bijlage 1, bijlage 2, per 1 mei en in fase 3)")
    assert split(above + points)[1] == []


def test_a_list_that_counts_on_is_no_note_though_a_number_ends_a_line() -> None:
    """This test ensures that the second point of a list is none, whatever the text above it holds."""
    above = BODY.replace("gesproken1", "gesproken 2")
    assert split(above + "1 Kennis te nemen van de brief.\r\n \r\n2 De kosten te dekken.\r\n")[1] == []


def test_a_drawn_line_is_furniture() -> None:
    """This test ensures that the line above the notes ends no sentence."""
    body, notes = split(BODY + "______________\r\n" + NOTES)
    assert len(notes) == 1 and body[-1].endswith("bestuur van de")


def test_several_notes_count_on() -> None:
    """This test ensures that each note stands apart, an address on the web and a number alone on its line too."""
    text = BODY.replace("blijft.", "blijft.2").replace("huur", "huur3")
    more = "2 https://www.dalmeren.example/bibliotheek\r\n3\r\nZie het huurcontract.\r\n"
    _, notes = split(text + NOTES + more)
    assert [note[0][:2].strip() for note in notes] == ["1", "2", "3"]
    assert notes[-1] == ["3", "Zie het huurcontract."]


@pytest.mark.parametrize(
    "tail",
    [
        "1 januari 2022 opgezegd. Hoe eerder de huur eindigt, hoe kleiner het risico voor de stichting.",
        "1 Bestuur en dienstverlening 13.890 14.200",
        "2 Onderwijs en jeugd krijgen daarvoor meer geld dan in de jaren hiervoor is uitgegeven.",
        "1. Kennis te nemen van de brief.",
    ],
)
def test_what_only_begins_with_a_number_is_no_note(tail: str) -> None:
    """This test ensures that a date, a row, a number that nothing calls and a list item stay in the text."""
    assert split(BODY + tail + "\r\n")[1] == []


def test_points_of_a_decision_are_no_notes() -> None:
    """This test ensures that a numbered list stays in the text, also where a unit ends in a figure."""
    points = "1 Kennis te nemen van het rapport.\r\n2 De uitstoot van CO2 te halveren.\r\n3 Dit bekend te maken.\r\n"
    assert split("De raad wil minder CO2 per km2 en\r\nbesluit daarom als volgt en wel:\r\n" + points)[1] == []


def test_what_goes_on_too_long_is_no_note() -> None:
    """This test ensures that a column beside the text, which follows a note in the PDF, is not taken into it."""
    column = "De kosten van het gebouw zijn hoog.\r\n" * 9
    above = "Dit is een gewone regel van het stuk.\r\n" * 9
    assert split(above + BODY + NOTES + column)[1] == []


def test_notes_are_blocks_behind_the_rest() -> None:
    """This test ensures that the notes of all pages follow the text of all pages."""
    second = BODY.replace("gesproken1", "gesproken2") + NOTES.replace("1 Verg", "2 Verg")
    roles = [block.role for block in blocks_of(pages_of(BODY + NOTES, second))]
    assert roles[-2:] == [Role.FOOTNOTE] * 2 and Role.FOOTNOTE not in roles[:-2]


@given(
    st.lists(
        st.sampled_from(
            [
                "1 Zie",
                "2 Zie de nota.",
                "3",
                "4 https://x.example",
                "woord1",
                "zin.2",
                "in 3",
                "km2 4 ",
                "",
                "Zin.",
                "____",
            ]
        ),
        max_size=40,
    )
)
def test_no_line_is_lost_or_told_twice(lines: list[str]) -> None:
    """This test ensures that text and notes together are the lines of the page, in order."""
    whole = lines_of(pages_of("\r\n".join(lines)))[0]
    body, notes = parted(whole)
    assert [*body, *(line for note in notes for line in note)] == whole
    assert all(notes)
