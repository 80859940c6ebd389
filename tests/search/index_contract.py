"""What every index of passages must do: one set of tests for all engines, and a plain computation to compare with."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest

from council import Access, Document, Filters, Kind, Leg
from search.index import FACETS, PassageIndex, PassagePoint, QueryVectors, Scored, payload_of
from search.sparse import SparseVector
from search.speakers import parties_of
from tests.fakes import a_document, sha_of

DIMENSION = 8
ALL = Filters(access=frozenset(Access))
NONE = SparseVector(indices=(), values=())
DAYS = [None, dt.date(2022, 5, 1), dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 7, 1)]
SPEAKERS = ["", "De heer Jansen (VVD)", "Mevrouw Bakker (Groen Links)", "Wethouder De Vries", "De voorzitter"]
CASES = ["", "Z-22-10483", "Z-23-1", "o'neil"]
BODIES = ["gemeenteraad", "commissie Ruimte & Wonen", "o'neil", 'a"b', "100%_", "null", "é😀", "", " ", "*"]
T = TypeVar("T")


def dice(seed: int) -> random.Random:
    """Return a source of chance that always falls the same way."""
    return random.Random(seed)  # noqa: S311


def sparse(chance: random.Random, *, at_least: int = 1) -> SparseVector:
    """Return a random vector over a small vocabulary, so that passages and questions meet."""
    indices = sorted(chance.sample([0, 1, 2, 3, 5, 8, 1_000, 2**31, 2**32 - 1], chance.randint(at_least, 5)))
    return SparseVector(indices=tuple(indices), values=tuple(chance.uniform(0.1, 3.0) for _ in indices))


def dense(chance: random.Random) -> tuple[float, ...]:
    """Return a random unit vector."""
    values = [chance.gauss(0, 1) for _ in range(DIMENSION)]
    length = math.hypot(*values)
    return tuple(value / length for value in values)


def a_point(number: int, document: Document | None = None, **changes: object) -> PassagePoint:
    """Return a point with this id, of a document of its own unless one is given."""
    document = document or a_document(number)
    vector = SparseVector(indices=(1, 7), values=(1.0, 0.5))
    whole = PassagePoint(
        id=number,
        document=document,
        revision=f"{document.sha256}.1",
        speaker="",
        terms=vector,
        grams=vector,
        dense=(1.0,) + (0.0,) * (DIMENSION - 1),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def some_points(count: int, chance: random.Random) -> list[PassagePoint]:
    """Return random points: a few to each document, documents of every sort, ids over the whole range."""
    points: list[PassagePoint] = []
    for number in range(count):
        document = a_document(
            number // 3,
            kind=chance.choice(list(Kind)),
            access=chance.choice(list(Access)),
            date=chance.choice(DAYS),
            body=chance.choice(BODIES),
            case_number=chance.choice(CASES),
        )
        if number % 3:
            document = points[-1].document
        points.append(
            PassagePoint(
                id=chance.randrange(1, 2**63),
                document=document,
                revision=f"{document.sha256}.{number // 3 % 7}",
                speaker=chance.choice(SPEAKERS),
                terms=sparse(chance),
                grams=sparse(chance),
                dense=dense(chance),
            )
        )
    return points


def some_vectors(chance: random.Random) -> QueryVectors:
    """Return a random question for all three legs."""
    return QueryVectors(terms=sparse(chance), grams=sparse(chance), dense=dense(chance))


def some_filters(chance: random.Random, points: Sequence[PassagePoint]) -> Filters:
    """Return random filters, some of which let nothing through."""

    def few(values: Sequence[T]) -> frozenset[T]:
        return frozenset(chance.sample(list(values), chance.randint(1, 3))) if chance.random() < 0.4 else frozenset()

    documents = sorted({point.document.sha256 for point in points} | {sha_of("unknown")})
    ids = sorted({point.id for point in points} | {1})
    return Filters(
        access=frozenset(chance.sample(list(Access), chance.randint(1, 3))),
        kinds=few(list(Kind)) | few(list(Kind)),
        bodies=few(BODIES),
        years=few([2022, 2023, 2024, 1999]),
        date_from=chance.choice([*DAYS, None, None]),
        date_to=chance.choice([*DAYS, None, None]),
        documents=few(documents) and frozenset(chance.sample(documents, min(len(documents), 20))),
        without=few(documents),
        case_numbers=few(CASES),
        speakers=few(SPEAKERS),
        parties=few(["VVD", "GL", "vvd"]),
        passages=frozenset(chance.sample(ids, len(ids) // 2)) if chance.random() < 0.3 else None,
        without_passages=frozenset(chance.sample(ids, len(ids) // 3)) if chance.random() < 0.3 else frozenset(),
    )


def lets_through(filters: Filters, point: PassagePoint) -> bool:
    """Say whether filters let a passage through, from their description alone."""
    document, day = point.document, point.document.date
    spoken = {"De heer Jansen (VVD)": "VVD", "Mevrouw Bakker (Groen Links)": "GL"}.get(point.speaker, "")
    own = point.document.kind in (Kind.MOTIE, Kind.AMENDEMENT, Kind.INITIATIEFVOORSTEL, Kind.SCHRIFTELIJKE_VRAGEN)
    parties = {spoken} if point.speaker or not own else set(parties_of(document, ""))
    return (
        document.access in filters.access
        and (not filters.kinds or document.kind in filters.kinds)
        and (not filters.bodies or document.body in filters.bodies)
        and (not filters.years or (day is not None and day.year in filters.years))
        and (filters.date_from is None or (day is not None and day >= filters.date_from))
        and (filters.date_to is None or (day is not None and day <= filters.date_to))
        and (not filters.documents or document.sha256 in filters.documents)
        and document.sha256 not in filters.without
        and (not filters.case_numbers or document.case_number in filters.case_numbers)
        and (not filters.speakers or point.speaker in filters.speakers)
        and (not filters.parties or bool(parties & filters.parties))
        and (filters.passages is None or point.id in filters.passages)
        and point.id not in filters.without_passages
    )


def computed(
    points: Sequence[PassagePoint], vectors: QueryVectors, filters: Filters, limit: int
) -> Mapping[Leg, list[Scored]]:
    """Return what the three legs must give, computed point by point."""
    let_through = [point for point in points if lets_through(filters, point)]
    found: dict[Leg, list[Scored]] = {Leg.DENSE: []}
    for leg in (Leg.TERMS, Leg.GRAMS):
        asked: SparseVector = getattr(vectors, leg.value)
        found[leg] = []
        for point in let_through:
            held: SparseVector = getattr(point, leg.value)
            weights = dict(zip(held.indices, held.values, strict=True))
            pairs = zip(asked.indices, asked.values, strict=True)
            parts = [value * weights[at] for at, value in pairs if at in weights]
            if parts:
                found[leg].append((point.id, sum(parts)))
    if any(vectors.dense):
        asked_dense = np.array(vectors.dense)
        for point in let_through:
            length = float(np.linalg.norm(point.dense) * np.linalg.norm(asked_dense))
            found[Leg.DENSE].append((point.id, float(np.dot(point.dense, asked_dense)) / length if length else 0.0))
    return {leg: sorted(scored, key=lambda item: (-item[1], item[0]))[:limit] for leg, scored in found.items()}


def must_equal(found: Mapping[Leg, Sequence[Scored]], expected: Mapping[Leg, Sequence[Scored]]) -> None:
    """Assert that two rankings are the same, with scores that differ by rounding only."""
    assert set(found) == set(expected) == set(Leg)
    for leg in Leg:
        assert [passage for passage, _ in found[leg]] == [passage for passage, _ in expected[leg]], leg
        assert [score for _, score in found[leg]] == pytest.approx(
            [score for _, score in expected[leg]], rel=1e-4, abs=1e-5
        )


def values_of(point: PassagePoint, field: str) -> Sequence[str]:
    """Return what a point counts for in a facet."""
    value = payload_of(point).get(field, [])
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


class IndexContract:
    """The contract. A subclass gives the fixture ``index``: an empty index for the municipality gm9901."""

    def test_the_three_legs_give_what_is_computed_by_hand(self, index: PassageIndex) -> None:
        """This test ensures that every leg's order and scores equal a computation over all points."""
        chance = dice(1)
        points = some_points(150, chance)
        index.upsert(points)
        for _ in range(10):
            vectors = some_vectors(chance)
            must_equal(index.search(vectors, ALL, limit=20), computed(points, vectors, ALL, 20))

    def test_every_leg_count_and_facet_obeys_every_filter(self, index: PassageIndex) -> None:
        """This test ensures that what may not be seen is filtered out before ranking, counting and faceting."""
        chance = dice(2)
        points = some_points(150, chance)
        index.upsert(points)
        let_through = 0
        for _ in range(25):
            vectors, filters = some_vectors(chance), some_filters(chance, points)
            must_equal(index.search(vectors, filters, limit=10), computed(points, vectors, filters, 10))
            passing = [point for point in points if lets_through(filters, point)]
            assert index.count(filters) == len(passing)
            for field in FACETS:
                values = Counter(value for point in passing for value in values_of(point, field))
                assert index.facet(field, filters) == values
            let_through += bool(passing)
        assert let_through > 5

    @pytest.mark.parametrize("access", list(Access))
    def test_no_level_of_access_shows_another(self, index: PassageIndex, access: Access) -> None:
        """This test ensures that the best match is not found, counted or hinted at by who may not see it."""
        index.upsert([a_point(n, a_document(n, access=level)) for n, level in enumerate(Access, start=1)])
        (number,) = (n for n, level in enumerate(Access, start=1) if level is access)
        only = Filters(access=frozenset({access}))
        point = a_point(9)
        found = index.search(QueryVectors(terms=point.terms, grams=point.grams, dense=point.dense), only, limit=10)
        assert {leg: [passage for passage, _ in scored] for leg, scored in found.items()} == {
            leg: [number] for leg in Leg
        }
        assert index.count(only) == 1
        assert index.facet("access", only) == {access.value: 1}
        assert index.facet("document", only) == {sha_of(number): 1}

    def test_without_any_level_of_access_nothing_is_let_through(self, index: PassageIndex) -> None:
        """This test ensures that an empty choice of access means nothing, and never no limit."""
        index.upsert([a_point(1)])
        nobody = Filters(access=frozenset())
        point = a_point(9)
        found = index.search(QueryVectors(terms=point.terms, grams=point.grams, dense=point.dense), nobody, limit=10)
        assert not any(found.values())
        assert index.count(nobody) == 0
        assert index.facet("kind", nobody) == {}

    @pytest.mark.parametrize(
        ("date_from", "date_to", "expected"),
        [
            (None, None, {1, 2, 3, 4, 5}),
            (dt.date(2023, 12, 31), None, {3, 4, 5}),
            (None, dt.date(2023, 12, 31), {2, 3}),
            (dt.date(2024, 1, 1), dt.date(2024, 1, 1), {4}),
            (dt.date(2023, 1, 1), dt.date(2024, 1, 1), {3, 4}),
            (dt.date(2025, 1, 1), None, set()),
            (dt.date(2024, 1, 2), dt.date(2024, 1, 1), set()),
            (dt.date(1, 1, 1), dt.date(9999, 12, 31), {2, 3, 4, 5}),
        ],
    )
    def test_a_range_of_dates_includes_both_its_ends(
        self, index: PassageIndex, date_from: dt.date | None, date_to: dt.date | None, expected: set[int]
    ) -> None:
        """This test ensures that the first and the last day count, and that a paper without a date has none."""
        index.upsert([a_point(n, a_document(n, date=day)) for n, day in enumerate(DAYS, start=1)])
        filters = replace(ALL, date_from=date_from, date_to=date_to)
        found = index.search(QueryVectors(terms=NONE, grams=NONE, dense=a_point(9).dense), filters, limit=10)
        assert {passage for passage, _ in found[Leg.DENSE]} == expected
        assert index.count(filters) == len(expected)

    def test_ties_go_to_the_lower_id_also_past_the_limit(self, index: PassageIndex) -> None:
        """This test ensures that hundreds of passages alike (a form letter) always give the same few."""
        ids = dice(3).sample(range(1, 2**63), 300)
        index.upsert([a_point(number) for number in ids])
        better = a_point(2**63 - 1, terms=SparseVector(indices=(1, 7), values=(2.0, 2.0)))
        index.upsert([better])
        point = a_point(9)
        found = index.search(QueryVectors(terms=point.terms, grams=point.grams, dense=point.dense), ALL, limit=7)
        lowest = sorted(ids)
        assert [passage for passage, _ in found[Leg.TERMS]] == [better.id, *lowest[:6]]
        assert [passage for passage, _ in found[Leg.GRAMS]] == lowest[:7]
        assert [passage for passage, _ in found[Leg.DENSE]] == lowest[:7]

    def test_a_point_with_the_same_id_takes_the_place_of_the_old_one(self, index: PassageIndex) -> None:
        """This test ensures that nothing of the old point can be found: no term, no filter, no facet."""
        old = a_point(5, a_document("x", kind=Kind.MOTIE), terms=SparseVector(indices=(11,), values=(1.0,)))
        new = a_point(5, a_document("x", kind=Kind.AGENDA), terms=SparseVector(indices=(12,), values=(1.0,)))
        index.upsert([old, a_point(6)])
        index.upsert([replace(new, revision="r2")])
        for vector, expected in ((old.terms, []), (new.terms, [5])):
            found = index.search(QueryVectors(terms=vector, grams=NONE, dense=(0.0,) * DIMENSION), ALL, limit=5)
            assert [passage for passage, _ in found[Leg.TERMS]] == expected
        assert index.facet("kind", ALL) == {"agenda": 1, "raadsvoorstel": 1}
        assert index.facet("revision", ALL) == {"r2": 1, a_point(6).revision: 1}
        assert index.count(replace(ALL, kinds=frozenset({Kind.MOTIE}))) == 0

    def test_deleting_a_revision_takes_all_its_points_and_no_other(self, index: PassageIndex) -> None:
        """This test ensures that a changed paper leaves nothing behind, also when its new form has the same hash."""
        chance = dice(4)
        points = [replace(point, revision=f"r{n % 10}") for n, point in enumerate(some_points(120, chance))]
        index.upsert(points)
        index.delete(["r3", "r7", "unknown"])
        left = [point for point in points if point.revision not in {"r3", "r7"}]
        assert index.count(ALL) == len(left)
        assert index.facet("revision", ALL) == Counter(point.revision for point in left)
        vectors = some_vectors(chance)
        found = index.search(vectors, ALL, limit=200)
        gone = {point.id for point in points} - {point.id for point in left}
        assert all(passage not in gone for scored in found.values() for passage, _ in scored)
        assert len(found[Leg.DENSE]) == len(left)

    def test_no_score_tells_of_another_passage(self, index: PassageIndex) -> None:
        """This test ensures that what a passage scores is the same whatever else the index holds or held."""
        chance = dice(9)
        points = some_points(30, chance)
        vectors = some_vectors(chance)
        index.upsert(points)
        alone = index.search(vectors, ALL, limit=50)
        more = [replace(point, revision="r") for point in some_points(60, chance)]
        index.upsert(more)
        only = replace(ALL, passages=frozenset(point.id for point in points))
        must_equal(index.search(vectors, only, limit=50), alone)
        index.delete(["r"])
        must_equal(index.search(vectors, ALL, limit=50), alone)

    def test_deleting_nothing_changes_nothing(self, index: PassageIndex) -> None:
        """This test ensures that an empty list of revisions is not taken for all of them."""
        index.upsert([a_point(1), a_point(2)])
        index.delete([])
        index.delete(set())
        index.upsert([])
        assert index.count(ALL) == 2

    def test_an_empty_vector_switches_its_leg_off(self, index: PassageIndex) -> None:
        """This test ensures that a question without words, 5-grams or direction asks only the legs that it can."""
        index.upsert([a_point(1), a_point(2)])
        point, still = a_point(9), (0.0,) * DIMENSION
        for terms, grams, vector, legs in (
            (point.terms, NONE, still, {Leg.TERMS}),
            (NONE, point.grams, still, {Leg.GRAMS}),
            (NONE, NONE, point.dense, {Leg.DENSE}),
            (NONE, NONE, still, set()),
        ):
            found = index.search(QueryVectors(terms=terms, grams=grams, dense=vector), ALL, limit=5)
            assert {leg for leg, scored in found.items() if scored} == legs
            assert set(found) == set(Leg)

    def test_a_passage_without_words_is_held_and_found_by_the_legs_that_know_it(self, index: PassageIndex) -> None:
        """This test ensures that a page of figures only, or of nothing, is stored and breaks no leg."""
        still = (0.0,) * DIMENSION
        index.upsert([a_point(1, terms=NONE, grams=NONE), a_point(2, dense=still), a_point(3)])
        point = a_point(9)
        found = index.search(QueryVectors(terms=point.terms, grams=point.grams, dense=point.dense), ALL, limit=5)
        assert [passage for passage, _ in found[Leg.TERMS]] == [2, 3]
        assert [passage for passage, _ in found[Leg.GRAMS]] == [2, 3]
        assert [passage for passage, _ in found[Leg.DENSE]] == [1, 3, 2]
        assert index.count(ALL) == 3

    def test_a_term_that_nobody_has_finds_nothing(self, index: PassageIndex) -> None:
        """This test ensures that an unknown word is no error."""
        index.upsert([a_point(1)])
        odd = SparseVector(indices=(424242,), values=(1.0,))
        found = index.search(QueryVectors(terms=odd, grams=odd, dense=(0.0,) * DIMENSION), ALL, limit=5)
        assert not any(found.values())

    def test_an_empty_index_answers_every_question(self, index: PassageIndex) -> None:
        """This test ensures that a municipality without papers gets empty answers and no errors."""
        assert index.count(ALL) == 0
        assert index.facet("kind", ALL) == {}
        assert not any(index.search(some_vectors(dice(5)), ALL, limit=5).values())
        assert list(index.indices(Leg.TERMS, ["r"])) == []
        index.delete(["r"])
        index.flush()
        index.optimize()
        assert index.count(ALL) == 0

    def test_two_thousand_five_hundred_points_are_held_exactly(self, index: PassageIndex) -> None:
        """This test ensures that batches, segments and optimising lose no point and change no ranking."""
        chance = dice(6)
        points = some_points(2_500, chance)
        index.upsert(points)
        index.flush()
        vectors = some_vectors(chance)
        expected = computed(points, vectors, ALL, 200)
        must_equal(index.search(vectors, ALL, limit=200), expected)
        index.optimize()
        must_equal(index.search(vectors, ALL, limit=200), expected)
        assert index.count(ALL) == 2_500
        assert sum(index.facet("document", ALL).values()) == 2_500
        assert len(index.facet("document", ALL)) == len({point.document.sha256 for point in points})
        many = replace(ALL, without=frozenset(map(sha_of, range(400))))
        assert index.count(many) == 2_500 - 3 * 400

    @pytest.mark.parametrize("text", [*BODIES, "x\x00y", "\n", "'; DROP", "{}", "[1]", "\\", "\u202e", "x" * 5_000])
    def test_hostile_text_beside_the_vectors_is_text(self, index: PassageIndex, text: str) -> None:
        """This test ensures that quotes, wild cards, NULs and markup in a field match themselves and nothing else."""
        index.upsert([a_point(1, a_document(1, body=text), speaker=text), a_point(2, a_document(2, body="raad"))])
        assert index.facet("body", ALL) == {text: 1, "raad": 1}
        assert index.count(replace(ALL, bodies=frozenset({text}))) == 1
        assert index.count(replace(ALL, bodies=frozenset({"raad", text}))) == 2
        assert index.count(replace(ALL, documents=frozenset({text}))) == 0
        assert index.count(replace(ALL, without=frozenset({text}))) == 2

    def test_an_empty_choice_of_passages_lets_nothing_through(self, index: PassageIndex) -> None:
        """This test ensures that a phrase that stands nowhere finds nothing, and is not taken for no phrase."""
        index.upsert([a_point(1), a_point(2), a_point(2**63 - 1)])
        point = a_point(9)
        vectors = QueryVectors(terms=point.terms, grams=point.grams, dense=point.dense)
        for passages, without, expected in (
            (frozenset[int](), frozenset[int](), []),
            (frozenset({2, 2**63 - 1, 77}), frozenset[int](), [2, 2**63 - 1]),
            (None, frozenset({1, 77}), [2, 2**63 - 1]),
            (frozenset({1, 2}), frozenset({2}), [1]),
        ):
            filters = replace(ALL, passages=passages, without_passages=without)
            found = index.search(vectors, filters, limit=5)
            assert {leg: [passage for passage, _ in scored] for leg, scored in found.items()} == dict.fromkeys(
                Leg, expected
            )
            assert index.count(filters) == len(expected)
            assert sum(index.facet("kind", filters).values()) == len(expected)

    def test_a_paper_of_several_parties_counts_for_each(self, index: PassageIndex) -> None:
        """This test ensures that a motion of two parties is found by either, and that a speaker goes before it."""
        motion = a_document("m", kind=Kind.MOTIE, body="Sociaal Appèl en VVD")
        index.upsert([a_point(1, motion), a_point(2, motion, speaker="De heer Vos (D66)"), a_point(3)])
        assert index.facet("party", ALL) == {"SA": 1, "VVD": 1, "D66": 1}
        for party, count in (("SA", 1), ("VVD", 1), ("D66", 1), ("CDA", 0)):
            assert index.count(replace(ALL, parties=frozenset({party}))) == count

    @pytest.mark.parametrize("length", [0, 1, DIMENSION - 1, DIMENSION + 1])
    def test_a_point_of_another_length_is_refused_and_nothing_is_stored(self, index: PassageIndex, length: int) -> None:
        """This test ensures that vectors of another model never reach the engine, nor the sound points beside them."""
        with pytest.raises(ValueError, match="passage 2: "):
            index.upsert([a_point(1), a_point(2, dense=(1.0,) * length)])
        assert index.count(ALL) == 0

    @pytest.mark.parametrize("leg", [Leg.TERMS, Leg.GRAMS])
    def test_the_terms_and_5_grams_of_a_revision_can_be_read_back(self, index: PassageIndex, leg: Leg) -> None:
        """This test ensures that what leaves the index can be counted out, point by point, in any number."""
        chance = dice(7)
        points = [replace(point, revision=f"r{n % 2}") for n, point in enumerate(some_points(2_300, chance))]
        index.upsert([*points, a_point(4, terms=NONE, grams=NONE, revision="r1")])
        expected = Counter(getattr(point, leg.value).indices for point in points if point.revision == "r1")
        assert Counter(index.indices(leg, {"r1", "unknown"})) == expected + Counter([()])
        assert list(index.indices(leg, [])) == []

    def test_the_terms_of_a_passage_can_be_read_back(self, index: PassageIndex) -> None:
        """This test ensures that what is held of a passage can be compared with its text, and that none is made up."""
        points = some_points(40, dice(8))
        index.upsert([*points, a_point(4, terms=NONE)])
        expected = {point.id: point.terms.indices for point in points[::2]} | {4: ()}
        assert index.terms_of([*expected, 5]) == expected
        assert index.terms_of([]) == {}
