"""Every word of every passage: phrases, terms, public words, and building upon what was there."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import DataError
from search import dutch
from search.fulltext import FullText, words_of
from search.lexicon import NO_WORDS, Lexicon
from search.postings import GONE, Postings, holds, key_of, keys_of
from search.preparing import Averages, PassageText, prepare
from search.wordbuild import WordBuilder
from tests.fakes import odd_text

TEXTS = {
    "r1": ["Het krediet voor het zwembad is vast te stellen.", "Café De Kroon: de motie M-2022-14, nieuw-bouw!"],
    "r2": ["Het zwembad krijgt krediet", "zwembad"],
    "geheim": ["De huurprijs van het zwembad", ""],
    "r3": ["Zo blijft het tarief2 gelijk. Zie bijlage1 en PM10.", ""],
}


def built(texts: dict[str, list[str]], folder: Path, old: tuple[FullText, Lexicon] | None = None) -> FullText:
    """Return the words of these passages, of each document its revision and texts, read back from disk."""
    builder = WordBuilder(*(old or (None, NO_WORDS)), texts, folder / "waiting")
    for revision, passages in texts.items():
        for at, text in enumerate(passages):
            if revision not in builder.held:
                prepared = prepare(PassageText(own=text, weighed=text), Averages(terms=5.0, grams=30.0))
                words = replace(prepared.words, terms=keys_of(set(text.lower().split())))
                label = f"De heer {at}" if at else ""
                public = not revision.startswith("geheim")
                builder.add(revision, key_of(revision + str(at)) >> 2, label, words, public=public)
    builder.finish(folder / "words", folder / "lexicon.json", lambda revision: not revision.startswith("geheim"))
    return FullText.read(folder / "words")


def found(fulltext: FullText, mask: np.ndarray) -> set[tuple[str, str]]:
    """Return passages as their document and their speaker."""
    return {
        (fulltext.revisions[fulltext.owners[at]], fulltext.labels[fulltext.speakers[at]]) for at in np.flatnonzero(mask)
    }


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("krediet voor het zwembad", {("r1", "")}),
        ("KREDIET  voor, het", {("r1", "")}),
        ("het zwembad", {("r1", ""), ("r2", ""), ("geheim", "")}),
        ("vast te stellen", {("r1", "")}),
        ("zwembad krediet", set()),
        ("krediet zwembad", set()),
        ("cafe de kroon", {("r1", "De heer 1")}),
        ("blijft het tarief", {("r3", "")}),
        ("zie bijlage 1", {("r3", "")}),
        ("pm10", {("r3", "")}),
        ("pm 10", set()),
        ("M-2022-14", {("r1", "De heer 1")}),
        ("nieuw bouw", {("r1", "De heer 1")}),
        ("stellen café", set()),
        ("zwembad", {("r1", ""), ("r2", ""), ("r2", "De heer 1"), ("geheim", "")}),
        ("zwem", set()),
        ("!!", set()),
        ("", set()),
    ],
)
def test_a_phrase_is_found_where_it_stands_and_nowhere_else(
    phrase: str, expected: set[tuple[str, str]], tmp_path: Path
) -> None:
    """This test ensures that order, nearness and borders of passages count, and case, accents and signs do not."""
    fulltext = built(TEXTS, tmp_path)
    assert found(fulltext, fulltext.with_phrase(phrase)) == expected


def test_terms_are_found_as_they_were_given(tmp_path: Path) -> None:
    """This test ensures that a passage has the terms that it was built with, one by one and together."""
    fulltext = built(TEXTS, tmp_path)
    assert found(fulltext, fulltext.with_terms(["krijgt", "huurprijs", "onbekend"])) == {("r2", ""), ("geheim", "")}
    assert not fulltext.with_terms([]).any()
    (number,) = np.flatnonzero(fulltext.with_terms(["krijgt"]))
    assert holds(fulltext.terms["zwembad"], number)
    assert not holds(fulltext.terms["huurprijs"], number)


def test_only_public_words_are_listed_with_the_number_of_public_passages(tmp_path: Path) -> None:
    """This test ensures that no word of a secret paper can be offered, and that a secret passage counts nowhere."""
    built({**TEXTS, "r3": ["zwembad zwembad financiën"]}, tmp_path)
    lexicon = Lexicon.read(tmp_path / "lexicon.json")
    assert "huurprijs" not in lexicon.passages
    assert lexicon.passages["zwembad"] == 4
    assert (lexicon.spelling("financien"), lexicon.spelling("cafe")) == ("financiën", "café")
    assert lexicon.spelling("zwembad") == "zwembad"


WORD = st.sampled_from(["aap", "noot", "mies", "de", "é"])
PASSAGE = st.lists(WORD, max_size=6).map(" ".join)
NIGHT = st.dictionaries(st.sampled_from(["a", "b", "c", "geheim"]), st.lists(PASSAGE, min_size=1, max_size=3))


@given(st.lists(NIGHT, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_night_upon_night_equals_building_afresh(nights: list[dict[str, list[str]]], chance: random.Random) -> None:
    """This test ensures that what stays, goes and comes leaves the same words as a build from nothing."""
    import tempfile

    kept: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder, old = Path(name), None
        for number, night in enumerate(nights):
            kept = {rev: texts for rev, texts in kept.items() if chance.random() < 0.6}
            kept |= {f"{rev}{number}": texts for rev, texts in night.items()}
            step = folder / str(number)
            step.mkdir()
            got = built(kept, step, old)
            old = (got, Lexicon.read(step / "lexicon.json"))
        fresh_folder = folder / "fresh"
        fresh_folder.mkdir()
        fresh = built(kept, fresh_folder)
        assert Lexicon.read(fresh_folder / "lexicon.json") == old[1] if old else False
        assert sorted(got.ids.tolist()) == sorted(fresh.ids.tolist())
        for phrase in ("aap", "aap noot", "noot noot", "de", "mies é aap"):
            for ask in (FullText.with_phrase, lambda text, words: text.with_terms(words.split())):
                assert found(got, ask(got, phrase)) == found(fresh, ask(fresh, phrase))
                assert ids(got, ask(got, phrase)) == ids(fresh, ask(fresh, phrase))


def ids(fulltext: FullText, mask: np.ndarray) -> set[int]:
    return set(fulltext.ids[mask].tolist())


@given(st.lists(odd_text(60), max_size=4), odd_text(20))
def test_phrases_agree_with_a_search_word_by_word(texts: list[str], phrase: str) -> None:
    """This test ensures that odd texts and phrases are found exactly where their words follow each other."""
    import tempfile

    def stands(text: str) -> bool:
        words, wanted = ([word for word, _ in words_of(one)] for one in (text, phrase))
        return bool(wanted) and any(words[at : at + len(wanted)] == wanted for at in range(len(words)))

    with tempfile.TemporaryDirectory() as name:
        fulltext = built({f"r{at}": [text] for at, text in enumerate(texts)}, Path(name))
    assert found(fulltext, fulltext.with_phrase(phrase)) == {
        (f"r{at}", "") for at, text in enumerate(texts) if stands(text)
    }


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=30))
def test_documents_are_those_of_the_passages(passages: list[tuple[int, bool]]) -> None:
    """This test ensures that every passage counts for its document, also where a document's do not lie together."""
    none = Postings.of(np.zeros(0, np.uint64), np.zeros(0, np.uint32))
    size = len(passages)
    fulltext = FullText(
        revisions=tuple("abcde"),
        labels=("",),
        ids=np.arange(size),
        owners=np.array([owner for owner, _ in passages], np.uint32),
        speakers=np.zeros(size, np.uint32),
        begins=np.arange(size + 1),
        sketches=np.zeros((size, 4), np.uint32),
        listed=np.zeros(size, np.float32),
        terms=none,
        words=none,
    )
    chosen = {owner for owner, wanted in passages if wanted}
    found = fulltext.documents(np.array([wanted for _, wanted in passages], np.bool_))
    assert set(np.flatnonzero(found).tolist()) == chosen


def test_a_term_is_held_by_some_passages_and_not_by_others(tmp_path: Path) -> None:
    """This test ensures that of a term in very many passages the last ones count as the first do."""
    fulltext = built({"a": ["zwembad"] * 2_500, "b": ["dijk"]}, tmp_path)
    (term,) = dutch.terms_of("zwembad")[:1]
    among = np.zeros(len(fulltext), np.bool_)
    assert not fulltext.holds(term, among)
    among[int(fulltext.terms[term][-1])] = True
    assert fulltext.holds(term, among)
    assert not fulltext.holds("trapveld", ~among)


def test_a_collection_without_papers_has_no_words(tmp_path: Path) -> None:
    """This test ensures that nothing is built, read and searched without an error."""
    fulltext = built({}, tmp_path)
    assert len(fulltext) == 0
    assert not fulltext.with_phrase("zwembad").any()
    assert not fulltext.with_terms(["zwembad"]).any()


@pytest.mark.parametrize("name", ["names.json", "ids.npy", "begins.npy", "terms.keys.npy", "words.numbers.npy"])
@pytest.mark.parametrize("damage", ["gone", "empty", "cut"])
def test_damaged_words_are_named(tmp_path: Path, name: str, damage: str) -> None:
    """This test ensures that a missing or broken file says which folder, and what to run."""
    built(TEXTS, tmp_path)
    file = tmp_path / "words" / name
    content = file.read_bytes()
    file.unlink()
    if damage != "gone":
        file.write_bytes(b"" if damage == "empty" else content[: len(content) // 2])
    with pytest.raises(DataError, match="raadspoor-ingest"):
        FullText.read(tmp_path / "words")


def test_postings_hold_pairs_in_order() -> None:
    """This test ensures, by hand, that each key has its numbers rising, and an unknown one none."""
    pairs: Sequence[tuple[str, int]] = [("b", 3), ("a", 2), ("b", 1), ("a", 9)]
    made = Postings.of(keys_of(key for key, _ in pairs), np.array([number for _, number in pairs], np.uint32))
    assert made["a"].tolist() == [2, 9]
    assert made["b"].tolist() == [1, 3]
    assert made["c"].tolist() == []
    assert made.counts() == {key_of("a"): 2, key_of("b"): 2}


PAIRS = st.sets(st.tuples(st.integers(0, 2**64 - 1) | st.sampled_from([0, 5, 2**63, 2**64 - 1]), st.integers(0, 40)))


@given(PAIRS, st.integers(1, 9))
def test_sorting_in_parts_equals_sorting_at_once(pairs: set[tuple[int, int]], at_once: int) -> None:
    """This test ensures that what bounds the memory of a build changes nothing in what is built."""
    keys = np.array([key for key, _ in pairs], np.uint64)
    numbers = np.array([number for _, number in pairs], np.uint32)
    made = Postings.of(keys, numbers, at_once=at_once)
    expected = sorted(pairs)
    assert made.keys.tolist() == sorted({key for key, _ in pairs})
    assert (
        list(zip(np.repeat(made.keys, np.diff(made.starts)).tolist(), made.numbers.tolist(), strict=True)) == expected
    )
    covered = [at for part in made.slices(at_once) for at in range(part.start, part.stop)]
    assert covered == list(range(len(made.keys)))


@given(PAIRS, PAIRS, st.sets(st.integers(0, 40)))
def test_words_that_stay_and_words_that_come_are_put_together(
    old: set[tuple[int, int]], new: set[tuple[int, int]], gone: set[int]
) -> None:
    """This test ensures that dropping, renumbering and joining give just the pairs that are left and those added."""
    stay = [number for number in range(41) if number not in gone]
    renumber = np.full(41, GONE, np.uint32)
    renumber[stay] = np.arange(len(stay), dtype=np.uint32)

    def postings(pairs: set[tuple[int, int]]) -> Postings:
        ordered = sorted(pairs)
        return Postings.of(
            np.array([key for key, _ in ordered], np.uint64), np.array([number for _, number in ordered], np.uint32)
        )

    later = {(key, number + len(stay)) for key, number in new}
    made = postings(old).renumbered(renumber).followed_by(postings(later))
    expected = {(key, int(renumber[number])) for key, number in old if number not in gone} | later
    found = zip(np.repeat(made.keys, np.diff(made.starts)).tolist(), made.numbers.tolist(), strict=True)
    assert list(found) == sorted(expected)
