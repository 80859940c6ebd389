"""The language of search engines: what each sign means, and that nothing that is typed is an error."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Expression, Filters, Kind, Misread, Remark, Wish
from search.expression import FIELDS, parse, period
from tests.fakes import odd_text


def days(first: str, last: str) -> Filters:
    return Filters(date_from=dt.date.fromisoformat(first), date_to=dt.date.fromisoformat(last))


@pytest.mark.parametrize("quotes", ['""', "“”", "„”", "„“", "«»", "””"])
def test_words_between_quotes_are_a_phrase(quotes: str) -> None:
    """This test ensures that every kind of quote that a keyboard makes is a quote, and that its words also rank."""
    typed = f"{quotes[0]}vrij parkeren{quotes[1]} kosten"
    assert parse(typed) == Expression(words="vrij parkeren kosten", phrases=("vrij parkeren",))


@pytest.mark.parametrize(
    ("typed", "without", "words"),
    [
        ("zwembad -krediet", ("krediet",), "zwembad"),
        ('zwembad -"te koop" -huur', ("te koop", "huur"), "zwembad"),
        ("-krediet zwembad", ("krediet",), "zwembad"),
        ("zwembad -krediet -krediet", ("krediet",), "zwembad"),
        ("A-2022-07", (), "A-2022-07"),
        ("Zuid-Holland e-mail", (), "Zuid-Holland e-mail"),
        ("prijs - kwaliteit", (), "prijs - kwaliteit"),
        ("prijs – kwaliteit –duur", (), "prijs – kwaliteit –duur"),
        ("zwembad -!", (), "zwembad -!"),
        ("zwembad -", (), "zwembad -"),
    ],
)
def test_a_minus_before_a_word_excludes_it_and_a_hyphen_within_does_not(
    typed: str, without: tuple[str, ...], words: str
) -> None:
    """This test ensures that case numbers, provinces and dashes stay what they are."""
    assert parse(typed) == Expression(words=words, without=without)


@pytest.mark.parametrize("sign", ["OR", "OF"])
def test_or_in_capitals_makes_a_choice(sign: str) -> None:
    """This test ensures that words and phrases can be alternatives, more than two, and beside other words."""
    found = parse(f'kosten zwembad {sign} "nieuw bad" {sign} sporthal')
    assert found.either == ((Wish(text="zwembad"), Wish(text="nieuw bad", exact=True), Wish(text="sporthal")),)
    assert (found.words, found.phrases, found.remarks) == ("kosten zwembad nieuw bad sporthal", (), ())


def test_a_phrase_among_alternatives_is_quoted_too() -> None:
    """This test ensures that words between quotes are wanted literally wherever they stand in a question."""
    assert parse('"openbare orde" OR politie').quotes
    assert parse('"openbare orde"').quotes
    assert not parse("orde OR politie").quotes


def test_of_in_small_letters_is_a_word() -> None:
    """This test ensures that the Dutch word *of* in a question makes no choice."""
    assert parse("komt er een zwembad of een sporthal") == Expression(words="komt er een zwembad of een sporthal")


@pytest.mark.parametrize("typed", ["OF zwembad", "zwembad OF", "OR", "zwembad OF -sporthal", "zwembad OF soort:motie"])
def test_a_choice_of_one_is_no_choice(typed: str) -> None:
    """This test ensures that OR without two sides is told, and the rest is searched."""
    found = parse(typed)
    assert found.either == ()
    assert "loose_or" in {remark.code for remark in found.remarks}


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("soort:motie", Filters(kinds=frozenset({Kind.MOTIE}))),
        ("kind:motion", Filters(kinds=frozenset({Kind.MOTIE}))),
        ("SOORT:Moties soort:amendementen", Filters(kinds=frozenset({Kind.MOTIE, Kind.AMENDEMENT}))),
        ('soort:"schriftelijke vragen"', Filters(kinds=frozenset({Kind.SCHRIFTELIJKE_VRAGEN}))),
        ("soort:schriftelijke_vragen", Filters(kinds=frozenset({Kind.SCHRIFTELIJKE_VRAGEN}))),
        ("soort:raadsvoorstellen", Filters(kinds=frozenset({Kind.RAADSVOORSTEL}))),
        ("jaar:2024", Filters(years=frozenset({2024}))),
        ("datum:2024 year:2023", Filters(years=frozenset({2023, 2024}))),
        ("datum:2024-02", days("2024-02-01", "2024-02-29")),
        ("datum:2023-2", days("2023-02-01", "2023-02-28")),
        ("date:12-03-2024", days("2024-03-12", "2024-03-12")),
        ("van:2023-01-01 tot:2024-06-30", days("2023-01-01", "2024-06-30")),
        ("van:01-01-2023 tot:30-06-2024", days("2023-01-01", "2024-06-30")),
        ("from:2023 to:2024", days("2023-01-01", "2024-12-31")),
        ("van:2023-11", Filters(date_from=dt.date(2023, 11, 1))),
        ("tot:2023-11", Filters(date_to=dt.date(2023, 11, 30))),
        ("fractie:VVD partij:D66", Filters(parties=frozenset({"VVD", "D66"}))),
        ('spreker:"De Vries"', Filters(speakers=frozenset({"De Vries"}))),
        ("orgaan:rekenkamer", Filters(bodies=frozenset({"rekenkamer"}))),
        ("dossier:Z-22-10483 zaak:Z-1", Filters(case_numbers=frozenset({"Z-22-10483", "Z-1"}))),
    ],
)  # fmt: skip
def test_a_field_narrows(typed: str, filters: Filters) -> None:
    """This test ensures that every field, in Dutch and in English, becomes the filter that it names."""
    assert parse(typed) == Expression(filters=filters)
    found = parse(f"zwembad {typed}")
    assert (found.words, found.filters) == ("zwembad", filters)


@pytest.mark.parametrize(
    ("typed", "code", "part", "words"),
    [
        ('zwembad "nieuw bad', "unclosed_quote", '"nieuw bad', "zwembad nieuw bad"),
        ("soort:motte parkeren", "unknown_kind", "soort:motte", "motte parkeren"),
        ("datum:2024-13 parkeren", "bad_date", "datum:2024-13", "2024-13 parkeren"),
        ("datum:30-02-2024 parkeren", "bad_date", "datum:30-02-2024", "30-02-2024 parkeren"),
        ("jaar:vorig parkeren", "bad_date", "jaar:vorig", "vorig parkeren"),
        ("van:2024 tot:2023 parkeren", "swapped_dates", "tot:2023", "2023 parkeren"),
        ("soort: parkeren", "empty_field", "soort:", "parkeren"),
        ("-soort:motie parkeren", "field_without", "-soort:motie", "motie parkeren"),
        ("-zwembad -krediet", "only_without", "-zwembad -krediet", "zwembad krediet"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_searched_as_words_and_told(typed: str, code: str, part: str, words: str) -> None:
    """This test ensures that a mistake costs the mistake only, and that the remark names it as it was typed."""
    found = parse(typed)
    assert found.remarks == (Remark(code=Misread(code), text=part),)
    assert found.words == words


def test_a_word_with_a_colon_that_is_no_field_is_a_word() -> None:
    """This test ensures that a heading that was pasted is searched as it is."""
    assert parse("Onderwerp:zwembad 12:30 https://dalmeren.nl") == Expression(
        words="Onderwerp:zwembad 12:30 https://dalmeren.nl"
    )


@pytest.mark.parametrize(
    "typed",
    [
        'Wat betekent "nul op de meter" voor de -huur?',
        "Klopt het bericht «Gemeente verkoopt zwembad».",
        "jet interference with supersonic flow -dash experimental papers .",
        'een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien "nul op de meter"',
        "IS DIT WAAR OF NIET WAAR?",
    ],
)
def test_in_a_sentence_signs_are_prose(typed: str) -> None:
    """This test ensures that who quotes in a question requires nothing, and is told so."""
    found = parse(typed)
    assert (found.words, found.selects) == (typed, False)
    assert [remark.code for remark in found.remarks] == [Misread.SENTENCE]


def test_a_sentence_can_still_be_narrowed() -> None:
    """This test ensures that a field that can be read is a field anywhere, and one that cannot is a word."""
    found = parse("soort:motie Ik word 18 jaar: wat moet ik regelen?")
    assert found == Expression(
        words="Ik word 18 jaar: wat moet ik regelen?", filters=Filters(kinds=frozenset({Kind.MOTIE}))
    )


@pytest.mark.parametrize(
    ("typed", "words", "years"),
    [
        ("Wat is besloten over het zwembad jaar:2023?", "Wat is besloten over het zwembad ?", {2023}),
        ("Wat is besloten jaar:2023, over het zwembad?", "Wat is besloten , over het zwembad?", {2023}),
    ],
)
def test_a_field_may_end_a_sentence(typed: str, words: str, years: set[int]) -> None:
    """This test ensures that the sign behind a field is no part of it."""
    assert parse(typed) == Expression(words=words, filters=Filters(years=frozenset(years)))


def test_what_a_field_in_a_sentence_cannot_be_is_told() -> None:
    """This test ensures that nobody takes all years for the one that was typed wrongly."""
    found = parse("Wat is besloten over het zwembad jaar:20x3?")
    assert [remark.code for remark in found.remarks] == [Misread.BAD_DATE]


def test_everything_together() -> None:
    """This test ensures that parts do not get in each other's way."""
    found = parse('"vast te stellen" zwembad OF sporthal soort:motie -krediet van:2023 fractie:"Groen Dalmeren" tarief')
    assert found == Expression(
        words="vast te stellen zwembad sporthal tarief",
        phrases=("vast te stellen",),
        either=((Wish(text="zwembad"), Wish(text="sporthal")),),
        without=("krediet",),
        filters=Filters(
            kinds=frozenset({Kind.MOTIE}), date_from=dt.date(2023, 1, 1), parties=frozenset({"Groen Dalmeren"})
        ),
    )
    assert found.selects
    assert not parse("gewoon een vraag over het zwembad").selects


def test_a_period_is_a_year_a_month_or_a_day() -> None:
    """This test ensures that leap days and the last day of a month are right."""
    assert period("2024") == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert period("2024-02") == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert period("29/2/2024") == (dt.date(2024, 2, 29), dt.date(2024, 2, 29))
    assert [period(text) for text in ("29-02-2023", "0000", "2024-00", "24", "", "２０２４-13")] == [None] * 6


PIECES = st.sampled_from(
    ['"', "“", "”", "„", "-", "−", "OR", "OF", " ", "  ", ":", *(f"{name}:" for name in FIELDS), "zwembad", "2024",
     "2024-02-30", "30-06-2024", "99999", "motie", "\x00", "\u202e", "é", "🙂", "'; DROP TABLE documents; --"]
)  # fmt: skip


@given(st.lists(PIECES | odd_text(12), max_size=60).map("".join))
def test_whatever_is_typed_is_read(typed: str) -> None:
    """This test ensures that no text fails, none widens what may be seen, and remarks are short."""
    found = parse(typed)
    assert found.filters.access == Filters().access
    assert all(len(remark.text) <= 61 for remark in found.remarks)
    assert all(any(c.isalnum() for c in phrase) for phrase in (*found.phrases, *found.without))
    if found.without:
        assert found.words or found.phrases or found.either or found.filters != Filters()
    if found.filters.date_from and found.filters.date_to:
        assert found.filters.date_from <= found.filters.date_to


@given(st.text(alphabet=st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=200).filter(lambda t: t != "of"))
def test_plain_words_come_out_as_they_went_in(typed: str) -> None:
    """This test ensures that a question without signs is not touched."""
    assert parse(typed) == Expression(words=typed)
