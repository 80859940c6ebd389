"""From ranked passages to sentences that could be quoted, and back from their addresses."""

from pathlib import Path

from council import Catalogue, DataFolder, Document, readable
from search.answer import Chosen
from search.features import Candidate
from search.fusion import Fused
from search.intent import Moment
from search.quoting import candidates, read_back
from search.ranking import Ranked
from tests.fakes import a_catalogue, a_document

BUDGET = (
    "Begroting 2025. Bedragen × € 1.000, tenzij anders aangegeven.\r\n2. Lasten\r\n"
    "De lasten stijgen door hogere lonen.\r\nProgramma Begroting 2024 Begroting 2025\r\n"
    "7 Sociaal domein 51.400 54.600\r\nOverige 1.910\r\nAanslag voor een gezin € 355 € 371\r\n"
)


def sentences_of(catalogue: Catalogue, document: Document) -> list[Candidate]:
    """Return what could be quoted of a document, all of whose passages fit as well."""
    passages = tuple(Fused(id=item.id, score=1.0) for item in catalogue.passages_of(document.sha256))
    return candidates(catalogue, [Ranked(document=document, passages=passages, score=1.0)], Moment.ANY)


def test_a_quoted_row_says_what_stands_above_it(tmp_path: Path) -> None:
    """This test ensures that a row is quoted with year and unit, euros never as thousands, and prose alone."""
    document = a_document("budget")
    catalogue = a_catalogue(DataFolder(tmp_path), {document: [BUDGET]})
    found = sentences_of(catalogue, document)
    above = ("2. Lasten", "Programma Begroting 2024 Begroting 2025", "Bedragen × € 1.000")
    under = {item.text: item.under for item in found}
    assert under["7 Sociaal domein 51.400 54.600"] == under["Overige 1.910"] == above
    assert under["Aanslag voor een gezin € 355 € 371"] == above[:2]
    assert under["De lasten stijgen door hogere lonen."] == ()
    row = next(item for item in found if item.text.startswith("7"))
    quote = read_back(catalogue, Chosen(candidate=row, score=0.5))
    assert quote is not None
    assert quote.under == above
    assert readable(catalogue.quote(quote.citation)) == quote.text
    catalogue.close()


CONTENTS = (
    "Armoede in Dalmeren\r\nInhoud\r\n1 Inleiding 3\r\n2 Kansen voor kinderen en jongeren 14\r\n"
    "3 Preventie van armoede en schulden 20\r\nSamenvatting\r\nIn 2023 waren er 412 gezinnen in armoede.\r\n"
)


def test_entries_of_a_table_of_contents_are_told(tmp_path: Path) -> None:
    """This test ensures that lines under *Inhoud* that end with a page are entries, and what follows is none."""
    document = a_document("contents")
    catalogue = a_catalogue(DataFolder(tmp_path), {document: [CONTENTS]})
    listed = {item.text: item.listed for item in sentences_of(catalogue, document)}
    assert [text for text, told in listed.items() if told and "Preventie" in text]
    assert not [text for text, told in listed.items() if told and "412" in text]
    catalogue.close()


MOTION = (
    "Motie\r\nOnderwerp: Bankjes in het park\r\nDe raad, in vergadering bijeen op 1 juni 2023,\r\nconstaterende dat\r\n"
    "- ouderen nergens kunnen zitten;\r\nverzoekt het college\r\n- een plan voor bankjes te maken;\r\n"
    "- de raad daarover te berichten;\r\nen gaat over tot de orde van de dag.\r\nToelichting\r\nHet park is groot.\r\n"
)


def test_what_a_motion_asks_is_told_from_its_reasons(tmp_path: Path) -> None:
    """This test ensures that the points of a motion count as what it comes down to, to the last one and no further."""
    document = a_document("motion")
    catalogue = a_catalogue(DataFolder(tmp_path), {document: [MOTION]})
    found = sentences_of(catalogue, document)
    resolved = " ".join(item.text for item in found if item.resolves)
    others = " ".join(item.text for item in found if not item.resolves)
    assert "bankjes te maken" in resolved
    assert "daarover te berichten" in resolved
    assert "nergens kunnen zitten" in others
    assert "Het park is groot" in others
    catalogue.close()
