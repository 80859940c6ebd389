"""Names as people type them become names as the papers have them: *jansen* is De heer Jansen (VVD).

Only what the reader may see is known by name: a speaker of a secret meeting is as unknown as one who never was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from council import Expression, FacetValue, Filters, Misread, Narrowing, Remark
from search.dutch import STOP_WORDS, fold
from search.expression import kind_of
from search.fulltext import words_of
from search.register import MOST_VALUES, Known
from search.speakers import party_name, speaker_of

FIELDS = {"party": "parties", "speaker": "speakers", "body": "bodies", "case_number": "case_numbers"}
"""Each facet that goes by names, and the filter that narrows to it."""
_LEAST = 2
_MOST_NARROWINGS = 3
_MOST_WORDS = 60
_LONGEST_NAME = 6

Facets = Mapping[str, Sequence[FacetValue]]
"""The values of each facet among what matches, with their counts."""


def resolved(expression: Expression, known: Known, filters: Filters) -> Expression:
    """Replace the names in an expression's filters by those that the papers have.

    Args:
        expression: as it was parsed.
        known: gives the names of a field.
        filters: what the reader may see.

    Returns:
        The expression; a name that nobody has is searched as words, with a remark.
    """
    found, words, remarks = expression.filters, [expression.words], list(expression.remarks)
    for field, attribute in FIELDS.items():
        typed: frozenset[str] = getattr(found, attribute)
        if not typed:
            continue
        names = known(field, filters)
        meant = {name: _meant(field, name, names) for name in sorted(typed)}
        chosen = frozenset(one for ones in meant.values() for one in ones)
        found = replace(found, **{attribute: chosen})  # type: ignore[arg-type]
        for name in (name for name, ones in meant.items() if not ones):
            remarks.append(Remark(code=Misread.UNKNOWN_NAME, text=name[:60]))
            words.append(name)
    text = " ".join(" ".join(words).split())
    return replace(expression, filters=found, words=text, remarks=tuple(remarks))


Book = Mapping[str, tuple[str, str]]
"""Names as they are typed in a question, each with the field and the name as the papers have it."""


def book(known: Known, filters: Filters) -> Book:
    """Return all names that a word of a question can be, to be looked up.

    Args:
        known: gives the names of a field.
        filters: whose names: those of public papers, so that no reader is offered another.
    """
    found: dict[str, tuple[str, str]] = {}
    for field in reversed(FIELDS):
        for name in known(field, filters):
            for form in _forms(field, name):
                if not all(word in STOP_WORDS for word in form.split()):
                    found[form] = (field, name)
    return found


def narrowings(text: str, names: Book, filters: Filters, facets: Facets) -> tuple[Narrowing, ...]:
    """Return what the words of a question could be narrowed to: a party, a body, a speaker or a kind of paper.

    Args:
        text: a question in plain words.
        names: what can be looked up.
        filters: what is narrowed to already.
        facets: what matches; nothing is offered that would leave none of it.
    """
    found: list[Narrowing] = []
    words = text.split()[:_MOST_WORDS]
    folded = [_bare(word) for word in words]
    at = 0
    while at < len(words):
        sizes = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        tried = ((n, _named(" ".join(folded[at : at + n]), names)) for n in sizes)
        size, named = next(((n, one) for n, one in tried if one), (1, None))
        if named:
            field, value = named
            if not getattr(filters, {**FIELDS, "kind": "kinds"}[field]):
                found.append(Narrowing(field=field, value=value, rest=" ".join(words[:at] + words[at + size :])))
        at += size
    return tuple(one for one in found[:_MOST_NARROWINGS] if _leaves_some(one, facets))


def _leaves_some(narrowing: Narrowing, facets: Facets) -> bool:
    """Say whether anything that matches is left after a narrowing; of a facet that is cut off nobody knows."""
    values = facets.get(narrowing.field, ())
    return len(values) >= MOST_VALUES or any(one.value == narrowing.value for one in values)


def _named(typed: str, names: Book) -> tuple[str, str] | None:
    """Return the field and the name that words stand for; a kind of paper is known in the plural too."""
    kind = kind_of(typed, own_name=True)
    return names.get(typed) or (("kind", kind.value) if kind else None)


def _forms(field: str, name: str) -> Iterable[str]:
    """Return the ways in which a name is typed in a question."""
    whole = " ".join(filter(None, map(_bare, name.split())))
    if field != "speaker":
        return (whole,) if len(whole) >= _LEAST else ()
    person = " ".join(filter(None, map(_bare, speaker_of(name).name.split())))
    return (person,) if len(person) > _LEAST else ()


def _meant(field: str, typed: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that a typed name stands for: those that are the same, else those that hold all its words."""
    wanted = {_squeezed(typed), _squeezed(party_name(typed))} if field == "party" else {_squeezed(typed)}
    same = tuple(name for name in names if _squeezed(name) in wanted - {""})
    if same or field in ("party", "case_number"):
        return same
    words = {word for word, _ in words_of(typed)}
    held = (
        (name, {word for word, _ in words_of(speaker_of(name).name if field == "speaker" else name)}) for name in names
    )
    return tuple(name for name, having in held if words and words <= having)


@lru_cache(maxsize=50_000)
def _squeezed(text: str) -> str:
    return "".join(word for word, _ in words_of(text))


def _bare(word: str) -> str:
    return fold(word).strip(".,;:!?()\"'“”„")
