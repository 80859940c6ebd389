"""What a result shows of a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import readable
from search.dutch import terms, terms_of, tokens
from search.finding import Finder
from search.snippet import marked, snippet
from tests.fakes import odd_text

SENTENCES = [
    "De vergadering begint om acht uur en de voorzitter opent haar met een woord van welkom aan allen.",
    "Het college stelt voor een krediet van twaalf miljoen beschikbaar te stellen voor het zwembad in de wijk Noord.",
    "De fracties hebben daarover in de commissie gesproken en brengen dit punt als hamerstuk naar de raad.",
    "Over het zwembad en het krediet wordt in juni opnieuw gesproken, als de aanbesteding is afgerond.",
    "De griffier maakt het verslag van deze vergadering en stuurt het naar de leden van de raad en het college.",
]


def test_the_words_that_match_are_marked() -> None:
    """This test ensures that a reader sees why a passage was found: other forms and compounds included."""
    shown = marked("De zwembadkredieten van het Zwembad, niet van de brug.", Finder(terms("zwembad")))
    assert [shown.text[start:end] for start, end in shown.marks] == ["zwembadkredieten", "Zwembad"]
    assert marked("De brug is open.", Finder(terms("zwembad"))).marks == ()
    assert marked("De brug is open.", Finder([])).marks == ()


def test_a_word_that_was_never_met_is_found_by_each_of_its_terms() -> None:
    """This test ensures that the quick look at a new word passes over none that has a term that is asked for."""
    from wordfreq import top_n_list

    odd = ["eenheden", "waarheden", "teamleden", "raadsleden", "luchtschepen", "wijkcentra", "brieven", "huizen", "IT"]
    for word in [*odd, *top_n_list("nl", 60_000)[::4]]:
        for at, term in enumerate(terms(word), 1):
            # In brackets that nothing else puts around a word, others for each term, so that it was surely never met.
            stretch = f"{'<' * at}{word}>"
            assert Finder([term]).places(stretch), (word, term)


def test_the_stretch_with_most_of_the_question_is_shown() -> None:
    """This test ensures that the snippet is where the words stand together and not where the passage begins."""
    shown = snippet(SENTENCES, Finder(terms("aanbesteding zwembad krediet")), fallback="titel")
    assert SENTENCES[3] in shown.text
    assert len(shown.text) <= 400
    assert any(shown.text == " ".join(SENTENCES[a:b]) for a in range(5) for b in range(a + 1, 6))


def test_a_passage_without_sentences_shows_what_is_given_instead() -> None:
    """This test ensures that a scan that was found by its title shows that title, marked."""
    shown = snippet([], Finder(terms("begroting")), fallback="Begroting 2025")
    assert (shown.text, shown.marks) == ("Begroting 2025", ((0, 9),))


def test_a_sentence_without_end_is_cut_at_a_word() -> None:
    """This test ensures that a page of text without a full stop does not fill the list of results."""
    shown = snippet(["woord " * 2_000], Finder(terms("woord")), fallback="")
    assert len(shown.text) <= 650
    assert shown.text.endswith("woord …")
    assert shown.marks
    assert all(shown.text[start:end] == "woord" for start, end in shown.marks)


@pytest.mark.parametrize("sentences", [[""], ["", ""], [" "], ["x" * 5_000]])
def test_odd_sentences_are_no_trouble(sentences: list[str]) -> None:
    """This test ensures that empty sentences and one endless word give a snippet too."""
    assert len(snippet(sentences, Finder({"x"}), fallback="titel").text) <= 650


@given(st.lists(odd_text(60).map(readable), max_size=6), st.sets(st.sampled_from(["a", "b", "abc", "12"])))
def test_marks_are_words_within_the_text_that_match(sentences: list[str], wanted: set[str]) -> None:
    """This test ensures that no mark lies outside the text, over another or on a word that does not match."""
    shown = snippet(sentences, Finder(wanted), fallback="terug val")
    at = 0
    for start, end in shown.marks:
        assert at <= start < end <= len(shown.text)
        assert wanted & set(terms_of(shown.text[start:end]))
        at = end


@given(*[st.lists(odd_text(60).map(readable), max_size=3)] * 2)
def test_a_word_that_is_asked_for_is_shown_and_marked(before: list[str], after: list[str]) -> None:
    """This test ensures that whatever stands around it, the sentence with the word is shown, and the word marked."""
    shown = snippet([*before, "Hoe gaat het met het zwembad?", *after], Finder(terms("zwembad")), fallback="terug val")
    assert "zwembad" in [shown.text[start:end] for start, end in shown.marks]


@given(odd_text(), odd_text())
def test_what_is_found_in_a_text_are_its_tokens_with_a_term_of_the_question(text: str, question: str) -> None:
    """This test ensures that the short way to the words that match finds just what the long way finds."""
    texts = (
        text,
        f"{text} motie van 12 maart 2024 over € 1,2 mln, de Wet maatschappelijke ondersteuning, artikel 4.11",
    )
    for one in texts:
        for wanted in (set(terms(question)), set(terms("Wmo 12-03-2024 motie 1.200.000")), set(terms(one))):
            long = [
                (token.start, token.end, shared)
                for token in tokens(one)
                if (shared := wanted.intersection((*token.terms, *token.beside)))
            ]
            assert [(place.start, place.end, set(place.terms)) for place in Finder(wanted).places(one)] == long


def test_a_snippet_says_which_sentences_it_shows() -> None:
    """This test ensures that what is read can be marked on the page, and no more than that."""
    shown = snippet(SENTENCES, Finder(terms("aanbesteding zwembad krediet")), fallback="titel")
    start, end = shown.sentences
    assert shown.text == " ".join(SENTENCES[start:end])
    assert snippet([], Finder(terms("begroting")), fallback="Begroting 2025").sentences == (0, 0)
