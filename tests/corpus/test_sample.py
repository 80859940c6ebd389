"""The papers of Dalmeren: complete, described, messy in every way they promise, and rebuilt byte for byte."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from corpus_sample._markdown import MarkdownError, to_typst
from corpus_sample._source import ACCESS, KINDS, MESS, Source, SourceError, read_source, read_sources
from corpus_sample._tables import widths
from corpus_sample._typeset import typeset
from corpus_sample.build import HOME, build_pdf, complaints

LONG = 80  # characters: a shorter paragraph may well occur twice
SOURCES = read_sources(HOME / "sources")


def manifest() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HOME / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def with_mess(kind: str) -> Source:
    return next(source for source in SOURCES.values() if kind in source.mess.kinds())


def words_on(source: Source, number: int, password: str | None = None) -> str:
    document = pdfium.PdfDocument(HOME / source.file, password=password)
    try:
        return str(document[number - 1].get_textpage().get_text_range())
    finally:
        document.close()


def pages_of(source: Source) -> int:
    if source.mess.damaged:
        return 0
    return len(PdfReader(HOME / source.file, password=source.mess.password).pages)


def written(folder: Path, text: str, extra: str = "") -> Source:
    front = (
        "title: Proef\nkind: overig\ndate: 2024-01-02\nbody: griffie\naccess: openbaar\nlayout: standard\n"
        f"running_head: Proef\nwhy: a test\n{extra}"
    )
    (folder / "proef.md").write_text(f"---\n{front}---\n{text}", encoding="utf-8")
    return read_source(folder / "proef.md")


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.name)
def test_every_source_has_its_pdf_its_row_and_its_line(source: Source) -> None:
    """This test ensures that no paper is written and then forgotten on the way to the shelf."""
    assert (HOME / source.file).is_file()
    assert f"| [{source.name}]({source.file}) |" in (HOME / "README.md").read_text(encoding="utf-8")
    assert (source.file in {entry["file"] for entry in manifest()}) is not source.mess.no_manifest


def test_nothing_is_out_of_date() -> None:
    """This test ensures that PDFs, manifest, sums and README are those of the sources that lie beside them."""
    assert complaints(SOURCES) == []


def test_the_sample_is_large_enough_to_search_in() -> None:
    """This test ensures at least 60 papers and 160 pages, and two sets of minutes of twelve pages or more."""
    pages = {source.name: pages_of(source) for source in SOURCES.values()}
    assert len(pages) >= 60
    assert sum(pages.values()) >= 160
    assert sum(pages[source.name] >= 12 for source in SOURCES.values() if source.kind == "notulen") >= 2


def test_every_kind_of_mess_is_there() -> None:
    """This test ensures that the sample holds each kind of disorder that the builder can make."""
    assert {kind for source in SOURCES.values() for kind in source.mess.kinds()} == set(MESS)


def test_the_manifest_says_what_a_clerk_would_say() -> None:
    """This test ensures that each line is complete, in the words of the field, and names files that exist, once."""
    entries = manifest()
    files = [entry["file"] for entry in entries]
    assert len(files) == len(set(files))
    for entry in entries:
        assert set(entry) - {"replaces", "withdrawn"} == {
            *("file", "title", "kind", "date", "body", "meeting", "agenda_item", "case_number", "access")
        }
        assert entry["kind"] in KINDS
        assert entry["access"] in ACCESS
        assert (HOME / entry["file"]).is_file()
        assert all(entry[field] for field in ("title", "body"))
        for field in ("date", "meeting", "withdrawn"):
            assert entry.get(field) is None or dt.date.fromisoformat(entry[field])
        assert entry.get("replaces", files[0]) in files


def test_no_long_paragraph_stands_in_two_sources() -> None:
    """This test ensures that an answer stands in one place, unless the paper is a copy on purpose."""
    seen: dict[str, str] = {}
    for source in SOURCES.values():
        for line in () if source.mess.duplicate_of else source.text.splitlines():
            paragraph = " ".join(line.split())
            if len(paragraph) > LONG:
                assert seen.setdefault(paragraph, source.name) == source.name, paragraph
    assert len(seen) > len(SOURCES)


@pytest.mark.parametrize("kind", ["scan", "password", "rotate", "hyphenate"])
def test_a_second_build_gives_the_same_bytes(kind: str) -> None:
    """This test ensures that noise, salt and dates come from the source, not from the clock or from chance."""
    source = with_mess(kind)
    assert build_pdf(source, SOURCES) == build_pdf(source, SOURCES)


def test_a_scan_holds_no_text() -> None:
    """This test ensures that scanned pages need reading by OCR, and that only they do."""
    whole, half = with_mess("scan"), with_mess("half_scan")
    assert all(words_on(whole, number) == "" for number in range(1, pages_of(whole) + 1))
    empty = tuple(number for number in range(1, pages_of(half) + 1) if words_on(half, number) == "")
    assert empty == half.mess.half_scan


def test_a_turned_page_is_stored_upright_and_read_lying() -> None:
    """This test ensures that a page with /Rotate 90 shows as wide as it was set, with its words on it."""
    source = with_mess("rotate")
    document = pdfium.PdfDocument(HOME / source.file)
    for number in source.mess.rotate:
        page = document[number - 1]
        assert page.get_rotation() == 90
        assert page.get_width() > page.get_height()
        assert len(page.get_textpage().get_text_bounded(0, 0, 842, 842).split()) > 50
    document.close()


def test_a_locked_paper_opens_with_its_password_only() -> None:
    """This test ensures that the locked paper is really locked, and that its source has the right password."""
    source = with_mess("password")
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(HOME / source.file)
    assert words_on(source, 1, source.mess.password) != ""


def test_a_damaged_paper_opens_nowhere() -> None:
    """This test ensures that neither engine can be lured into reading the broken file."""
    path = HOME / with_mess("damaged").file
    assert path.read_bytes().startswith(b"%PDF-")
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(path)
    with pytest.raises(PyPdfError):
        len(PdfReader(path).pages)


def test_a_duplicate_is_the_same_file_under_another_name() -> None:
    """This test ensures that a double is a double to the last byte."""
    source = with_mess("duplicate_of")
    assert source.mess.duplicate_of is not None
    assert (HOME / source.file).read_bytes() == (HOME / SOURCES[source.mess.duplicate_of].file).read_bytes()


def test_broken_words_are_there_where_promised() -> None:
    """This test ensures that a paper with `hyphenate` really breaks words at the ends of its lines."""
    source = with_mess("hyphenate")
    text = "".join(words_on(source, number) for number in range(1, pages_of(source) + 1))
    assert sum(text.count(mark) for mark in ("\ufffe", "\x02", "\xad", "-\r\n")) >= 10


def test_headings_become_bookmarks_and_the_title_is_kept() -> None:
    """This test ensures that a reader of the PDF can jump to a heading and sees the title of the paper."""
    source = next(source for source in SOURCES.values() if source.kind == "notulen")
    reader = PdfReader(HOME / source.file)
    assert reader.metadata is not None
    assert reader.metadata.title == source.title
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == source.date
    assert json.dumps(reader.outline, default=str).count("/Title") > 5


def test_a_text_full_of_markup_prints_as_it_was_written(tmp_path: Path) -> None:
    """This test ensures that no character of a source is taken for a command of the typesetter."""
    hostile = '#let a = 1; $x_1$ @b <c> {d} ~ -- // /* e */ \'f\' "g" = h + i / j % k^l 1. 2) \\# #image("x")'
    pdf = typeset(written(tmp_path, f"# Titel\n\nBegin {hostile} eind\n"))
    document = pdfium.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    printed = hostile.replace("\\#", "#")  # Markdown's own escape
    assert f"Begin{printed}eind".replace(" ", "") in "".join(text.split())


def test_a_footnote_without_text_is_refused() -> None:
    """This test ensures that a mark that leads nowhere stops the build, with its name in the message."""
    with pytest.raises(MarkdownError, match=r"\[\^9\]"):
        to_typst("Een bedrag[^9].")


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("kleur: rood\n", "unknown fields"),
        ("mess:\n  - coffee\n", "coffee"),
        ("mess:\n  - rotate: 4\n", "list of page numbers"),
        ("mess:\n  - withdrawn: gisteren\n", "no date"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(tmp_path: Path, extra: str, says: str) -> None:
    """This test ensures that a slip in a front matter is reported where it stands and not printed."""
    with pytest.raises(SourceError, match=rf"sources/proef\.md.*{says}"):
        written(tmp_path, "# Titel\n", extra)


def test_a_page_that_does_not_begin_afresh_cannot_be_turned(tmp_path: Path) -> None:
    """This test ensures that `rotate` never turns half a sentence."""
    with pytest.raises(SourceError, match="newpage"):
        typeset(written(tmp_path, "# Titel\n\nTekst.\n", "mess:\n  - rotate: [2]\n"))


def test_the_check_sees_what_is_missing_or_changed(tmp_path: Path) -> None:
    """This test ensures that a lost PDF, a stray PDF, a changed source and an old table each raise a complaint."""
    home = tmp_path / "corpus_sample"
    shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("__pycache__"))
    assert complaints(SOURCES, home) == []
    name, source = next(iter(SOURCES.items()))
    readme = (home / "README.md").read_text(encoding="utf-8")
    (home / "README.md").write_text(readme.replace(f"[{name}]", "[ander]"), encoding="utf-8")
    assert complaints(SOURCES, home) == ["README.md is out of date"]
    with (home / "sources" / f"{name}.md").open("a", encoding="utf-8") as file:
        file.write("Een zin meer.\n")
    assert complaints(SOURCES, home) == ["SHA256SUMS is out of date", "README.md is out of date"]
    (home / source.file).rename(home / source.file.replace(name, "zwerver"))
    assert complaints(SOURCES, home) == [
        f"{source.file} is missing",
        f"{source.file.replace(name, 'zwerver')} has no source",
    ]


def test_the_name_of_a_speaker_is_bold_in_minutes_only() -> None:
    """This test ensures that a contribution begins with its speaker in bold, and that a later colon changes nothing."""
    said = "De heer Wieringa (DB): Mijn vraag: wanneer?"
    assert to_typst(said, speakers=True) == ["#strong[De heer Wieringa \\(DB\\)\\:] Mijn vraag\\: wanneer\\?\n\n"]
    assert "#strong" not in to_typst(said)[0]


def test_columns_share_a_line_by_what_they_need() -> None:
    """This test ensures that narrow tables stay narrow, wide ones are shared out, and amounts stay whole."""
    assert widths([["Post", "dak"], ["Bedrag", "€ 1.000"]], ["left", "right"], 40) == (["auto", "auto"], False)
    # 30 less 2 for each column leaves 26; the words need 5 and 7, so 14 go to those who wish 19 and 0 more.
    assert widths([["Wat", "een twee drie vier vijfs"], ["€", "€ 1.000"]], ["left", "right"], 30) == (
        ["21.0fr", "9.0fr"],
        False,
    )
    assert widths([["Bestemmingsplanwijziging"], ["Verantwoordelijkheid"]], ["left", "left"], 30)[1] is True
