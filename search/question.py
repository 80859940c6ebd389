"""A question as it was typed, made ready for the three legs; whatever was typed, something sensible comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from council import readable
from search import dutch
from search.council_words import CouncilWords
from search.dutch import Token, stem
from search.intent import Asks, Moment, only_asks, what_is_asked, which_moment, years_named
from search.references import Form, forms, is_case
from search.vocabulary import Vocabulary

LONGEST = 1_000
"""Characters of a question that are used; who pastes a page gets its beginning searched, and is told so."""

_MODIFIERS = frozenset(
    stem(word)
    for word in """uiteindelijk uiteindelijke oorspronkelijk oorspronkelijke aanvankelijk eerst eerste eerder nu huidig
    huidige momenteel destijds ongeveer totaal totale samen laatste nieuw nieuwe volgend vorig afgelopen komt komen
    krijgt krijgen maakt maken staat geeft gegeven gezegd zegt zei zeiden vindt vinden vond vonden heer mevrouw weten
    zit zitten ligt loopt precies mensen iemand qua ruim bijna een twee drie vier vijf zes zeven acht negen tien
    geworden gekomen opzichte eind kwam verloop alsnog ooit echt eigenlijk sprake""".split()
)
_MODIFIER_SHARE = 0.3
"""What a word that only colours a question weighs against what its rarity says."""
_ASKING_SHARE = 0.6
"""What a word weighs that says what kind of thing is asked for: the sentence may hold the thing and not the word."""
_COUNCIL_SHARE = 0.5
"""How strongly a compound of the papers is asked for beside the word that it holds."""
_PART_SHARE = 0.5
"""How strongly a part of a compound is asked for where the papers know the whole word: who types *parkeertarief* means
no other *tarief*. Where they do not know it, its parts are all there is to go by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One meaningful word of a question: its terms (whole word first) and how much it weighs."""

    text: str
    terms: tuple[str, ...]
    weight: float
    known: bool
    """Whether it, or a part of it, stands anywhere in what is published; if not, it may be misspelt."""
    beside: tuple[str, ...] = ()
    """The terms of the date, amount or name that it is a part of."""
    council: tuple[str, ...] = ()
    """The terms that the papers' own compounds bring in; see :mod:`search.council_words`."""
    whole: bool = True
    """Whether it stands as it is, and not only in part, in what is published."""
    name: bool = False
    """Whether it is written as a name, with a capital that begins no sentence, and stands whole in the papers."""

    @property
    def longer(self) -> tuple[str, ...]:
        """The terms of the papers' own words that hold it whole; the others in ``council`` are its parts."""
        return tuple(term for term in self.council if self.terms[0] in term)

    @property
    def stands(self) -> bool:
        """Whether it stands in what is published, as it is, within a longer word or written otherwise."""
        return self.whole or bool(self.beside or self.longer)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question made ready."""

    text: str
    words: tuple[Word, ...]
    asks: Asks
    moment: Moment = Moment.ANY
    years: frozenset[int] = frozenset()
    hint: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """All its terms, in order."""
        return tuple(term for word in self.words for term in (*word.terms, *word.beside, *word.council))

    @property
    def asked_terms(self) -> Mapping[str, float]:
        """Each term with how strongly it is asked for: once for every time, less for a word that only colours, and
        for a part of a compound that the papers know."""
        # A case number is asked for as a whole: every paper of that year shares its first half.
        bare, cases = self.text, _cases(self.text)
        for case in cases:
            bare = bare[: case.start] + " " * (case.end - case.start) + bare[case.end :]
        asked = Counter([*dutch.terms(bare), *(case.term for case in cases)])
        found = {term: count * (_MODIFIER_SHARE if term in _MODIFIERS else 1.0) for term, count in asked.items()}
        for term in self._parts() & found.keys():
            found[term] *= _PART_SHARE
        for word in self.words:
            share = _COUNCIL_SHARE * (_MODIFIER_SHARE if word.terms[0] in _MODIFIERS else 1.0)
            for term in word.council:
                found.setdefault(term, share)
        return found

    def _parts(self) -> frozenset[str]:
        """Return the terms that are asked for only as parts of compounds which the papers know as they are."""
        others = {term for word in self.words for term in (word.terms[:1] if word.whole else word.terms)}
        # The name of an abbreviation, in capitals, is another form of the word and no part of it.
        return frozenset(term for word in self.words for term in word.terms[1:] if not term.isupper()) - others


def prepare(text: str, vocabulary: Vocabulary, council_words: CouncilWords | None = None) -> Question:
    """Make a question ready.

    Args:
        text: whatever was typed.
        vocabulary: tells how rare each word is.
        council_words: the words that the papers themselves know, if compounds are looked up among them.

    Returns:
        A question without words (and with a hint why) when there is nothing in it to search for.
    """
    whole = readable(text)
    shown = whole[:LONGEST]
    asks = what_is_asked(shown)
    words = tuple(_words(shown, vocabulary, asks, council_words or CouncilWords({})))
    if not any(c.isalnum() for c in shown):
        hint = "empty"
    elif not words:
        hint = "only_stop_words"
    else:
        hint = "cut_short" if len(whole) > LONGEST else ""
    return Question(
        text=shown,
        words=words,
        asks=asks,
        moment=which_moment(shown),
        years=years_named(shown),
        hint=hint,
    )


def _words(text: str, vocabulary: Vocabulary, asks: Asks, council_words: CouncilWords) -> Sequence[Word]:
    found: dict[tuple[str, ...], Word] = {}
    for token in _whole_cases(text):
        # A compound that stands nowhere weighs what its rarest part weighs: its parts can still be found.
        known = [term for term in token.terms if vocabulary.frequency(term)]
        weight = max((vocabulary.idf(term) for term in known or token.terms), default=0.0)
        if token.terms[0] in _MODIFIERS:
            weight *= _MODIFIER_SHARE
        elif only_asks(asks, token.terms[0]):
            weight *= _ASKING_SHARE
        written = text[token.start : token.end]
        # Only where the word stands nowhere: beside one that does, its compounds brought in more noise than papers.
        council = () if vocabulary.frequency(token.terms[0]) else council_words.beside(written)
        word = Word(
            text=written,
            terms=token.terms,
            weight=max(weight, 0.1),
            known=bool(known),
            beside=token.beside,
            council=council,
            whole=vocabulary.frequency(token.terms[0]) > 0,
            name=vocabulary.frequency(token.terms[0]) > 0 and _is_name(text, token.start),
        )
        found.setdefault(token.terms, word)
    return tuple(found.values())


def _cases(text: str) -> list[Form]:
    """Return the case numbers of a question, with where they stand."""
    return [form for form in forms(text) if is_case(form.term)]


def _whole_cases(text: str) -> Iterator[Token]:
    """Yield the words of a question, each case number as one."""
    cases = _cases(text)
    for token in dutch.tokens(text):
        case = next((one for one in cases if one.start <= token.start < one.end), None)
        if case is None:
            yield token
        elif token.start == case.start:
            yield Token(start=case.start, end=case.end, terms=(case.term,))


def _is_name(text: str, start: int) -> bool:
    """Say whether a word is written as a name; nobody can tell where everything is in capitals."""
    before = text[:start].rstrip()
    return text[start].isupper() and bool(before) and before[-1] not in ".?!:" and not text.isupper()
