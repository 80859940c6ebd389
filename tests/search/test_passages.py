"""Passages: every line once, no sentence cut, no two speakers in one."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from council import Catalogue, Citation, DataFolder, Page, Passage, Span, readable, split_sentences
from search.headings import ITEM_LEVEL
from search.lines import lines_of
from search.passages import SHIPPED, Cutting, cut, text_of
from search.structure import Role, blocks_of
from tests.fakes import a_catalogue, a_document, odd_text, pages_of

LINES = [
    "De VOORZITTER geeft het woord aan de heer Jansen.",
    "De voorzitter deelt mee dat de volgende motie is ingekomen:",
    "Wethouder Smit zegt toe dat de raad een brief krijgt.",
    "Programma 2023 2024 2025",
    "(x € 1.000)",
    "Overige 1.910",
    "3. Vaststelling van de agenda.",
    "38° Motie van het raadslid Bos inzake de brug",
    "De heer Jansen (VVD): Dank u wel, voorzitter. Wij steunen het voorstel.",
    "Mevrouw De Vries (D66):",
    "(De heer Bos: Mag ik een vraag stellen?)",
    "Wethouder Smit: Het krediet is € 1.250.000. Dat is genoeg.",
    "1. Inleiding",
    "2.3 Financiële gevolgen",
    "HOOFDSTUK WONEN",
    "Voorgesteld besluit",
    "Artikel 4 Vergunningplicht",
    "Overwegende dat",
    "• het zwembad in 2025 wordt vernieuwd;",
    "a. het krediet te voteren;",
    "Totaal 1.200 1.350 1.400",
    "Baten 12 13 14",
    "Het college stelt voor om de verordening te wijzigen, omdat de wet op 1 januari 2024 is ge\ufffewijzigd en de",
    "raad daarover vorig jaar een motie heeft aangenomen. De kosten zijn gedekt. Zie art. 5.",
    "en daarom besluit de raad als volgt.",
    "Is dat zo?",
    "12",
    "",
    "   ",
]
PAGES = st.lists(
    st.lists(st.sampled_from(LINES) | odd_text(60), max_size=25).map("\r\n".join), min_size=1, max_size=5
).map(lambda texts: pages_of(*texts))


def within(inner: Span, outer: Span) -> bool:
    """Say whether a span lies inside another."""
    return inner.page == outer.page and outer.start <= inner.start and inner.end <= outer.end


def texts_of(pages: tuple[Page, ...]) -> dict[int, str]:
    """Return the text of each page by its number."""
    return {page.number: page.text for page in pages}


@given(PAGES)
def test_every_line_stands_in_exactly_one_passage(pages: tuple[Page, ...]) -> None:
    """This test ensures that nothing on a page is lost to search and nothing is found twice, furniture aside."""
    spans = [span for passage in cut(a_document(), pages) for span in passage.spans]
    for line in (line for lines in lines_of(pages) for line in lines):
        here = Span(page=line.page, start=line.start, end=line.end)
        assert sum(within(here, span) for span in spans) + covered_in_parts(here, spans) == 1


def covered_in_parts(line: Span, spans: list[Span]) -> int:
    """Return 1 if a line is shared out over several spans that leave out white space only, else 0."""
    parts = [span for span in spans if span.page == line.page and span.start < line.end and line.start < span.end]
    return int(len(parts) > 1)


@given(PAGES)
def test_passages_cover_all_text_in_order_and_never_overlap(pages: tuple[Page, ...]) -> None:
    """This test ensures that between two passages stands nothing but white space and furniture."""
    texts = texts_of(pages)
    spans = [span for passage in cut(a_document(), pages) for span in passage.spans]
    assert spans == sorted(spans)
    for first, second in pairwise(spans):
        assert (first.page, first.end) <= (second.page, second.start)
    kept = {(line.page, at) for lines in lines_of(pages) for line in lines for at in range(line.start, line.end)}
    covered = {(span.page, at) for span in spans for at in range(span.start, span.end)}
    assert {(page, at) for page, at in kept - covered if not texts[page][at].isspace()} == set()
    assert {(page, at) for page, at in covered - kept if not texts[page][at].isspace()} == set()


@given(PAGES)
def test_no_passage_cuts_a_sentence(pages: tuple[Page, ...]) -> None:
    """This test ensures that what can be quoted are the sentences of the paragraphs, each whole within one passage."""
    texts = texts_of(pages)
    passages = cut(a_document(), pages)
    for passage in passages:
        for sentence in passage.sentences:
            assert sentence
            assert all(any(within(part, span) for span in passage.spans) for part in sentence)
        flat = [part for sentence in passage.sentences for part in sentence]
        assert flat == sorted(flat)
    found = [
        "\n".join(texts[part.page][part.start : part.end] for part in sentence)
        for passage in passages
        for sentence in passage.sentences
    ]
    expected = []
    for block in blocks_of(pages):
        text = "\n".join(texts[span.page][span.start : span.end] for span in block.spans)
        if block.role is Role.TEXT:
            expected += [text[start:end] for start, end in split_sentences(text)]
        elif block.role is Role.ROW:
            expected.append(text)
    assert found == expected


@given(PAGES)
def test_a_passage_has_one_speaker(pages: tuple[Page, ...]) -> None:
    """This test ensures that words are never put into another member's mouth."""
    blocks = [block for block in blocks_of(pages) if block.role is not Role.HEADING]
    for passage in cut(a_document(), pages):
        said_by = {
            block.speaker
            for block in blocks
            if any(within(part, span) for sentence in passage.sentences for part in sentence for span in block.spans)
        }
        assert said_by <= {passage.speaker}


@given(PAGES)
@example(pages_of(""))
def test_ids_are_positive_63_bit_numbers_and_the_same_every_time(pages: tuple[Page, ...]) -> None:
    """This test ensures that an unchanged paper keeps its points in the index, and that the engine can hold the ids."""
    first, again, other = (cut(a_document(name), pages) for name in ("a", "a", "b"))
    assert first == again
    assert all(0 < passage.id < 2**63 for passage in first)
    assert len({passage.id for passage in (*first, *other)}) == len(first) + len(other)
    assert [passage.ordinal for passage in first] == list(range(len(first)))
    assert {passage.document for passage in first} == {a_document("a").sha256}


@given(PAGES)
def test_the_text_of_a_passage_is_what_its_spans_say(pages: tuple[Page, ...]) -> None:
    """This test ensures that what is searched is the page text at the address, as a reader sees it."""
    texts = texts_of(pages)
    for passage in cut(a_document(), pages):
        raw = "\n".join(texts[span.page][span.start : span.end] for span in passage.spans)
        assert text_of(passage, texts.__getitem__) == readable(raw)


def test_the_text_of_a_passage_is_the_quote_at_its_address(tmp_path: object) -> None:
    """This test ensures that a word that is broken over the edge of a page is one word in search and in the quote."""
    document = a_document()
    texts = ("Het gaat hier om de vernieuwing van de openbare verlich-", "ting in de wijk Noord. De raad stemt in.")
    catalogue: Catalogue = a_catalogue(DataFolder(tmp_path), {document: texts})  # type: ignore[arg-type]
    (passage,) = catalogue.passages_of(document.sha256)
    text = text_of(passage, lambda number: texts[number - 1])
    assert text == "Het gaat hier om de vernieuwing van de openbare verlichting in de wijk Noord. De raad stemt in."
    assert text == readable(catalogue.quote(Citation(document=document.sha256, spans=passage.spans)))
    catalogue.close()


@pytest.mark.parametrize("texts", [(), ("",), ("", " \n "), ("3",), tuple(f"Kop\n{n}" for n in range(1, 9))])
def test_a_document_without_text_has_one_passage_without_spans(texts: tuple[str, ...]) -> None:
    """This test ensures that a scan can be found by its title."""
    (passage,) = cut(a_document(), pages_of(*texts))
    assert (passage.spans, passage.sentences, passage.headings, passage.speaker) == ((), (), (), "")


def words(passage: Passage, pages: tuple[Page, ...]) -> int:
    """Return how many words a passage holds."""
    return len(text_of(passage, texts_of(pages).__getitem__).split())


def test_running_text_is_cut_into_passages_of_about_180_words() -> None:
    """This test ensures that long text is cut near the size that was chosen."""
    line = "De raad besluit het krediet voor de nieuwe school beschikbaar te stellen aan het college."
    pages = pages_of("\r\n".join([line] * 120), "\r\n".join([line] * 60))
    sizes = [words(passage, pages) for passage in cut(a_document(), pages)]
    assert sum(sizes) == 180 * len(line.split())
    assert all(SHIPPED.words * 0.8 <= size <= SHIPPED.words * 1.2 for size in sizes[:-1])


def test_a_heading_stands_with_what_follows_it() -> None:
    """This test ensures that a passage says under which headings it stands, and begins with the nearest."""
    pages = pages_of(
        "VOORSTEL ZWEMBAD\r\n1 Aanleiding\r\nHet zwembad is vijftig jaar oud en aan vervanging toe.\r\n"
        "2 Kosten\r\n2.1 Krediet\r\nHet krediet voor het nieuwe zwembad is twaalf miljoen euro."
    )
    first, second = cut(a_document(), pages)
    assert first.headings == ("VOORSTEL ZWEMBAD", "1 Aanleiding")
    assert second.headings == ("VOORSTEL ZWEMBAD", "2 Kosten", "2.1 Krediet")
    assert text_of(second, texts_of(pages).__getitem__).startswith("2 Kosten 2.1 Krediet Het krediet")
    assert len(second.sentences) == 1


def test_a_table_of_contents_becomes_passages_of_common_size() -> None:
    """This test ensures that hundreds of headings in a row are not one passage that crowds out everything else."""
    pages = pages_of(*("\r\n".join(f"{page}.{line} Een onderwerp" for line in range(1, 40)) for page in range(1, 9)))
    passages = cut(a_document(), pages)
    assert len(passages) > 3
    assert all(words(passage, pages) <= SHIPPED.words + 20 for passage in passages)


def test_a_contribution_keeps_its_speaker_over_a_page() -> None:
    """This test ensures that who speaks is known until the next speaker, and no longer."""
    pages = pages_of(
        "4 Zwembad\r\nDe heer Jansen (VVD): Wij vinden dit een goed voorstel en wij zullen het steunen, want de",
        "inwoners wachten al lang.\r\nMevrouw Bos (D66): Wij niet.\r\n5 Sluiting\r\nOm elf uur sluit de vergadering.",
    )
    spoken = [(p.speaker, text_of(p, texts_of(pages).__getitem__)) for p in cut(a_document(), pages)]
    assert [speaker for speaker, _ in spoken] == ["De heer Jansen (VVD)", "Mevrouw Bos (D66)", ""]
    assert spoken[0][1].endswith("want de inwoners wachten al lang.")


def test_a_passage_of_rows_says_what_stands_above_its_columns() -> None:
    """This test ensures that figures far below the head of a table still have their years and their unit."""
    rows = "\r\n".join(
        f"Post nummer {letter} van de lasten {n}.300 {n}.400" for n, letter in enumerate("abcdefghij" * 6)
    )
    pages = pages_of(f"2. Lasten en baten (x € 1.000)\r\nProgramma 2023 2024\r\n{rows}\r\n3. Slot\r\nDat was het weer.")
    *tables, last = cut(a_document(), pages)
    assert len(tables) > 1
    assert all(passage.headings == ("2. Lasten en baten (x € 1.000)", "Programma 2023 2024") for passage in tables)
    assert last.headings == ("3. Slot",)


def test_two_tables_are_not_in_one_passage() -> None:
    """This test ensures that a row is not read under the columns of another table."""
    pages = pages_of("1. Cijfers\r\nLasten 2023 2024\r\nOnderwijs 12 13\r\nInwoners 2021 2022\r\nNoord 31 32")
    assert [passage.headings for passage in cut(a_document(), pages)] == [
        ("1. Cijfers", "Lasten 2023 2024"),
        ("1. Cijfers", "Inwoners 2021 2022"),
    ]


@given(PAGES)
def test_a_passage_stands_under_one_agenda_item(pages: tuple[Page, ...]) -> None:
    """This test ensures that what is said of one item is never found under another."""
    blocks = blocks_of(pages)
    starts = [block.spans[0] for block in blocks if block.role is Role.HEADING and block.level <= ITEM_LEVEL]
    for passage in cut(a_document(), pages):
        body = [sentence[0] for sentence in passage.sentences]
        assert not any(body and body[0] < start < body[-1] for start in starts)


def test_another_cutting_is_for_comparisons() -> None:
    """This test ensures that length and overlap do as they say, and that headings can be left off."""
    line = "De raad besluit het krediet voor de nieuwe school beschikbaar te stellen aan het college."
    pages = pages_of("1. Krediet\r\n" + "\r\n".join(line.replace("school", f"school {n}") for n in range(60)))
    whole = cut(a_document(), pages)
    short = cut(a_document(), pages, Cutting(words=60))
    assert len(short) > 2 * len(whole)
    twice = cut(a_document(), pages, Cutting(overlap=1))
    assert all(before.sentences[-1] == after.sentences[0] for before, after in pairwise(twice))
    assert {sentence for passage in twice for sentence in passage.sentences} == {
        sentence for passage in whole for sentence in passage.sentences
    }
    assert {passage.headings for passage in cut(a_document(), pages, Cutting(headings=False))} == {()}
