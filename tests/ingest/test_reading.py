"""One PDF: its text, its labels, what is wrong with it, and what can be done about that."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from council import ReadError
from ingest import pdf_text
from ingest.reading import Limits, Read, Task, read
from tests.fakes import sha_of
from tests.ingest.papers import a_locked_pdf, a_pdf, a_scan, joined

TEXT = "De raad van de gemeente Dalmeren\nbesluit het zwembad te bouwen."


def task_for(folder: Path, content: bytes, *, passwords: tuple[str, ...] = (), most: int = 100) -> Task:
    (folder / "in.pdf").write_bytes(content)
    limits = Limits(most_pages=most, passwords=passwords)
    return Task(
        sha256=sha_of("x"), file=folder / "in.pdf", repaired=folder / "out.pdf", path="map/stuk.pdf", limits=limits
    )


def read_bytes(folder: Path, content: bytes, *, passwords: tuple[str, ...] = (), most: int = 100) -> Read:
    return read(task_for(folder, content, passwords=passwords, most=most))


def labelled(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.set_page_label(0, 1, style="/r")
    writer.set_page_label(2, 2, style="/D", start=1)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_text_title_and_labels_are_read(tmp_path: Path) -> None:
    """This test ensures that pages come in order, with the text as PDFium gives it and the printed page numbers."""
    found = read_bytes(tmp_path, labelled(a_pdf(TEXT, "twee", "drie", title="Besluit zwembad")))
    assert [page.text for page in found.pages] == [TEXT.replace("\n", "\r\n"), "twee", "drie"]
    assert [page.label for page in found.pages] == ["i", "ii", "1"]
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert (found.pdf_title, found.failed) == ("Besluit zwembad", ())
    assert found.understood.passages[0].document == sha_of("x")
    assert not (tmp_path / "out.pdf").exists()


def test_a_label_that_says_nothing_new_is_left_out(tmp_path: Path) -> None:
    """This test ensures that a reader is shown a printed number only where it differs."""
    assert [page.label for page in read_bytes(tmp_path, a_pdf("een", "twee")).pages] == ["", ""]


def test_a_page_that_is_an_image_waits(tmp_path: Path) -> None:
    """This test ensures that scanned pages are told from written ones, page by page."""
    found = read_bytes(tmp_path, joined(a_pdf(TEXT), a_scan("Geachte raad"), a_pdf("")))
    assert [page.waiting for page in found.pages] == [False, True, False]


REFUSED = {
    "empty": (b"", "the file is empty"),
    "text": (b"Geachte raad, hierbij", "it is not a PDF"),
    "zip": (b"PK\x03\x04" + b"\0" * 4000 + b"%PDF-1.4", "it is not a PDF"),
    "head": (b"%PDF-1.7\n", "it is damaged and could not be repaired"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "it is damaged and could not be repaired"),
    "locked": (a_locked_pdf(TEXT, password="sesam"), "it is locked with a password"),
    "long": (a_pdf(*["pagina"] * 101), "it has 101 pages"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_remedy(tmp_path: Path, name: str) -> None:
    """This test ensures that each refusal says what is wrong and what a clerk can do, and leaves no copy behind."""
    content, reason = REFUSED[name]
    with pytest.raises(ReadError) as raised:
        read_bytes(tmp_path, content)
    assert raised.value.reason == reason
    assert raised.value.remedy
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
@pytest.mark.parametrize("password", ["sesam", "pässwört æ"])
def test_a_password_that_is_known_opens_a_file_and_leaves_an_open_copy(
    tmp_path: Path, password: str, algorithm: str
) -> None:
    """This test ensures that a locked paper can be read, and shown later by whoever does not know the password."""
    content = a_locked_pdf(TEXT, password=password, algorithm=algorithm)
    found = read_bytes(tmp_path, content, passwords=("mis", password))
    assert found.pages[0].text == TEXT.replace("\n", "\r\n")
    assert pdf_text.read_pdf(tmp_path / "out.pdf", most=10).pages[0].text == found.pages[0].text


def test_a_damaged_file_is_repaired_if_it_can_be(tmp_path: Path) -> None:
    """This test ensures that what PDFium gives up on and pypdf can rebuild is read from the copy that is kept."""
    task = task_for(tmp_path, a_pdf(TEXT).replace(b"/Root 1 0 R", b""))
    with pytest.raises(pdf_text.Damaged):
        pdf_text.read_pdf(task.file, most=10)
    found = read(task)
    assert found.pages[0].text == TEXT.replace("\n", "\r\n")
    assert pdf_text.read_pdf(task.repaired, most=10).pages[0].text == found.pages[0].text


def test_a_file_whose_copy_reads_better_is_read_from_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that pages that fail are tried once more in a repaired copy, which is kept if it helps."""
    real = pdf_text._page
    broken = pdf_text.PageText(failed=True)
    task = task_for(tmp_path, a_pdf("een", "twee", "drie"))

    def page(document: object, number: int) -> pdf_text.PageText:
        return broken if number == 1 and not task.repaired.exists() else real(document, number)

    monkeypatch.setattr(pdf_text, "_page", page)
    found = read(task)
    assert ([item.text for item in found.pages], found.failed) == (["een", "twee", "drie"], ())
    assert task.repaired.exists()


def test_a_repair_that_takes_too_long_costs_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that pages that could be read are not lost in the attempt to read the others."""
    import signal
    import time

    from ingest import pdf_repair

    real = pdf_text._page
    broken = pdf_text.PageText(failed=True)
    monkeypatch.setattr(pdf_text, "_page", lambda document, number: broken if number else real(document, number))
    monkeypatch.setattr(pdf_repair, "PdfReader", lambda *args, **kwargs: time.sleep(60))
    (tmp_path / "in.pdf").write_bytes(a_pdf("een", "twee"))
    limits = Limits(most_pages=9, repair_seconds=1)
    before = signal.getsignal(signal.SIGALRM)
    started = time.monotonic()
    found = read(
        Task(sha256=sha_of("x"), file=tmp_path / "in.pdf", repaired=tmp_path / "out.pdf", path="a.pdf", limits=limits)
    )
    assert ([page.text for page in found.pages], found.failed) == (["een", ""], (2,))
    assert time.monotonic() - started < 20
    assert signal.getsignal(signal.SIGALRM) is before


def test_a_page_that_fails_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """This test ensures that one broken page does not cost the document."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("een bladzijde", "twee", "drie"))))
    pages = writer._pages.get_object()["/Kids"]  # type: ignore[index]
    pages[1] = NameObject("/Weg")
    out = io.BytesIO()
    writer.write(out)
    found = read_bytes(tmp_path, out.getvalue())
    texts = [page.text for page in found.pages]
    assert texts[0] == "een bladzijde"
    assert "drie" in texts
    assert len(texts) == 2 or found.failed == (2,)


def test_too_much_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a file that unfolds into a flood of text does not reach the catalogue."""
    monkeypatch.setattr("ingest.reading._MOST_TEXT", 100)
    with pytest.raises(ReadError, match="more than 100 characters"):
        read_bytes(tmp_path, a_pdf("x" * 80, "y" * 80))


def test_odd_characters_can_be_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that NUL characters and half characters in text and title never stop a run."""
    from council import Catalogue
    from ingest.derive import derive
    from tests.fakes import a_document

    odd = "Motie\x00 \ud800 over \ufffe\x02 het \U0001f600 bad \udfff en nog veel meer tekst erbij"
    monkeypatch.setattr(pdf_text.pdfium.PdfTextPage, "get_text_range", lambda self: odd)
    monkeypatch.setattr(pdf_text.pdfium.PdfDocument, "get_metadata_value", lambda self, key: f"Titel {odd}")
    monkeypatch.setattr(pdf_text.pdfium.PdfDocument, "get_page_label", lambda self, number: odd)
    found = read_bytes(tmp_path, a_pdf(TEXT))
    own = derive("a.pdf", found.pdf_title, found.pages)
    catalogue = Catalogue(tmp_path / "c.sqlite", create=True)
    paper = a_document("x", title=own.title)
    with catalogue.writing():
        catalogue.put(paper, found.pages, found.understood.passages, cutting="1", pdf_title=found.pdf_title)
    assert catalogue.pages(paper.sha256) == found.pages
    assert catalogue.pdf_title(paper.sha256) == found.pdf_title
    assert "\x00" in found.pages[0].text
    catalogue.close()
