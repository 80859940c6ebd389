"""How Dutch words are cut before they are compared: folding, stop words, stems and the parts of compounds.

A word gives its stem and, when it is a compound, the stems of its parts beside it, so *afvalstoffenheffing* is found
by *heffing* and the other way round. Splitting follows Koehn & Knight, "Empirical Methods for Compound Splitting"
(EACL 2003): of all ways to cut a word into known words, the one whose parts have the highest geometric mean of
frequencies. Frequencies come from ``wordfreq``, stems from Snowball's ``dutch_porter`` (PyStemmer): the newer
``dutch`` strips a leading *ge*, which turns *gemeente* into another word.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import Stemmer

ANALYSIS = "dutch-2"
"""Names this way of cutting, all steps of it; :func:`analysis` names the one that is in use."""


class Step(StrEnum):
    """What is done to a word, one after the other; a comparison can leave steps out."""

    FOLD = "fold"
    """Accents off: *café* is *cafe*. Capitals go in any case."""
    STOP_WORDS = "stop_words"
    """Words such as *de* and *waarover* passed over."""
    NUMBERS = "numbers"
    """Points in thousands off, and *1,2 miljoen* also as 1200000."""
    COMPOUNDS = "compounds"
    """The parts of a compound beside the whole."""
    STEM = "stem"
    """Endings off."""


_left_out: ContextVar[frozenset[Step]] = ContextVar("left_out", default=frozenset())

_WORD = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*\d*|[^\W_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_AMOUNT = re.compile(
    r"(?<!\d)(\d{1,3}(?:\.\d{3}){1,4}|\d{1,15})(?:,(\d{1,3}))?\s*(miljoen|mln|miljard|mld|duizend)\b", re.IGNORECASE
)
_SCALE = {"miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9, "duizend": 10**3}
_LINKS = ("", "s", "e", "en", "n")
_SHORTEST_PART = 4
_SHORTEST_COMPOUND = 8
_LONGEST_COMPOUND = 60
"""Longer is no word but a table or a code without spaces, and trying every way to cut it takes time and memory."""
_RAREST_PART = 2e-7
_NO_WORDS = frozenset(
    """heid heden lijk lijke lijks lijkheid baar bare baarheid loos loze achtig achtige schap schappen teit teiten
    isme ismen atie aties atief ering eringen ingen elijk elijke elen eren ende enden iger igen igheid kunde kundig
    zaam zame tie ties isch ische iteit iteiten ster sters voud voudig waarts weg wegen matig matige vrij vrije
    eerd eerde eert ling lingen ment menten aren eling elingen""".split()
) - {"weg", "wegen", "vrij", "vrije", "kunde"}
STOP_WORDS = frozenset(
    """aan af al alle alleen als alsnog alsook altijd ander andere anders bij bijna binnen boven daar daarbij daarin
    daarmee daarna daarom daarop daaruit daarvan daarvoor dan dat de deze die dit doen doet door dus een eens en enige
    er eraan erbij ere erin ermee erop erover ervan ervoor etc evenals geen geweest haar had hadden heb hebben hebt
    heeft heel hem hen het hier hierbij hierin hiermee hierna hierover hiervan hiervoor hij hoe hun iets ik in indien
    is ja je jij jou jouw jullie kan kon konden kunnen kunt maar me mede men met mij mijn moest moet moeten mag mogen
    na naar naast nee niet niets nog nu of om omdat onder ons onze ook op opdat over reeds sinds staat te tegen ten
    ter terwijl tijdens toch toen tot tussen u uit uw vaak van vanaf vandaar veel via vol volgens voor voordat waar
    waarbij waarin waarmee waarnaar waarom waarop waarover waaruit waarvan waarvoor wanneer want waren was wat we wel
    welk welke werd werden wie wij wil wilde willen wilt word worden wordt worden zal ze zelf zelfs zich zij zijn zo
    zoals zodat zonder zou zouden zullen zult gaat gaan ging alsmede danwel dien dient dienen zijnde aldus inzake
    betreffende omtrent hoeveel welk welke wier wiens hoelang hoezeer graag even eigenlijk precies""".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One word in a text: where it stands (offsets in that text) and the terms that it is found by."""

    start: int
    end: int
    terms: tuple[str, ...]


def analysis() -> str:
    """Return the name of the analysis that is in use; an index that was made with another is rebuilt."""
    return "-".join([ANALYSIS, *(f"no_{step}" for step in sorted(_left_out.get()))])


@contextmanager
def without(steps: Set[Step]) -> Iterator[None]:
    """Leave steps out of all that is analysed within, in this thread; for comparisons, on an index of their own."""
    before = _left_out.set(frozenset(steps))
    try:
        yield
    finally:
        _left_out.reset(before)


def fold(text: str) -> str:
    """Lower-case a text and take its accents off, so that *café*, *Café* and *cafe* are one word."""
    lowered = text.lower().replace("’", "'").replace("ĳ", "ij")
    if lowered.isascii() or Step.FOLD in _left_out.get():
        return lowered
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return plain.lower()  # once more: the plain form of a bold mathematical R is a capital


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text that carry meaning, each with its terms; stop words are passed over."""
    for found in _WORD.finditer(text):
        terms = terms_of(found.group())
        if terms:
            yield Token(start=found.start(), end=found.end(), terms=terms)


def terms(text: str) -> list[str]:
    """Return all terms of a text in order, with amounts such as *1,2 miljoen* also as the number they stand for."""
    return [*(term for token in tokens(text) for term in token.terms), *amounts(text)]


def amounts(text: str) -> list[str]:
    """Return the amounts in a text that are written with a word, such as *1,2 miljoen*, as whole numbers."""
    found: list[str] = []
    if Step.NUMBERS in _left_out.get():
        return found
    for amount in _AMOUNT.finditer(text):
        whole, decimals, scale = amount.group(1).replace(".", ""), amount.group(2) or "", amount.group(3).lower()
        found.append(str(int(whole + decimals) * _SCALE[scale] // 10 ** len(decimals)))
    return found


def terms_of(word: str) -> tuple[str, ...]:
    """Return the terms of one word: its stem, then the stems of its compound parts; nothing for a stop word."""
    return _terms_of(word, _left_out.get())


@lru_cache(maxsize=200_000)
def _terms_of(word: str, left_out: frozenset[Step]) -> tuple[str, ...]:
    folded = fold(word).strip()
    if not folded:
        # A word of nothing but marks, such as the half-width katakana voicing sign, folds to nothing.
        return ()
    if folded[0].isdigit():
        joined = Step.NUMBERS not in left_out and _THOUSANDS.fullmatch(folded)
        return (folded.replace(".", ""),) if joined else (folded,)
    folded = folded.removesuffix("'s").replace("'", "")
    if not folded or (folded in STOP_WORDS and Step.STOP_WORDS not in left_out):
        return ()
    parts = () if Step.COMPOUNDS in left_out else split_compound(folded)
    return tuple(dict.fromkeys([stem(folded), *(stem(part) for part in parts if part not in STOP_WORDS)]))


def stem(word: str) -> str:
    """Return the Snowball ``dutch_porter`` stem of a folded word."""
    return word if Step.STEM in _left_out.get() else _stem(word)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=200_000)
def split_compound(word: str) -> tuple[str, ...]:
    """Return the words that a compound is made of, or nothing when it is none.

    Args:
        word: a folded word.
    """
    if not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND or not word.isalpha():
        return ()
    best = _best_split(word, 3)
    return best[1] if best is not None and len(best[1]) > 1 else ()


def _best_split(word: str, most: int) -> tuple[float, tuple[str, ...]] | None:
    """Return the mean log frequency and the parts of the best way to write ``word`` in at most ``most`` words."""
    best: tuple[float, tuple[str, ...]] | None = None
    known = _frequencies().get(word, 0.0)
    if known >= _RAREST_PART and word not in _NO_WORDS:
        best = (math.log(known), (word,))
    if most == 1:
        return best
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        head = _head(word[:cut])
        if head is None:
            continue
        tail = _best_split(word[cut:], most - 1)
        if tail is None:
            continue
        parts = (head[1], *tail[1])
        score = (head[0] + tail[0] * len(tail[1])) / len(parts)
        if best is None or score > best[0]:
            best = (score, parts)
    return best


@lru_cache(maxsize=100_000)
def _head(text: str) -> tuple[float, str] | None:
    """Return the best known word that ``text`` is, less a linking letter, with its log frequency."""
    found = None
    for link in _LINKS:
        word = text.removesuffix(link) if link else text
        if (link and word == text) or len(word) < _SHORTEST_PART or word in _NO_WORDS:
            continue
        known = _frequencies().get(word, 0.0)
        if known >= _RAREST_PART and (found is None or math.log(known) > found[0]):
            found = (math.log(known), word)
    return found


def frequency(word: str) -> float:
    """Return which share of Dutch running text a folded word is, 0 for one that is not known."""
    return _frequencies().get(word, 0.0)


@cache
def _frequencies() -> dict[str, float]:
    # Loading takes half a second and 60 MB, so only where a word is really cut.
    from wordfreq import get_frequency_dict

    return {fold(word): value for word, value in get_frequency_dict("nl", wordlist="best").items()}


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch_porter")
