"""Numbers that count through a whole paper, and numbers that only stand in a list."""

from hypothesis import given
from hypothesis import strategies as st

from search.items import entries_of, items_of

LIST = [
    "Besluitenlijst raadsvergadering",
    "1. Opening.",
    "De voorzitter opent.",
    "2. Spreekrecht.",
    "Niemand.",
    "3. Voorstel tot een onderzoek.",
    "De raad besluit:",
    "1. Onderzoek de klachten.",
    "2. Spreek met de burger.",
    "4. Vaststelling agenda.",
    "Zo vastgesteld.",
    "6. Motie over taken.",
    "De motie is aangenomen.",
    "7. Sluiting.",
    "Om elf uur.",
]


def test_agenda_items_are_told_from_the_list_within_one() -> None:
    """This test ensures that a decision's points are no agenda items, and that a number may be missing."""
    assert [LIST[at] for at in sorted(items_of(LIST))] == [
        "1. Opening.",
        "2. Spreekrecht.",
        "3. Voorstel tot een onderzoek.",
        "4. Vaststelling agenda.",
        "6. Motie over taken.",
        "7. Sluiting.",
    ]


def test_only_papers_of_meetings_have_items() -> None:
    """This test ensures that the points of a proposal stay sentences that can be quoted."""
    assert items_of(["Raadsvoorstel", *LIST[1:]]) == frozenset()
    assert items_of(LIST[:5]) == frozenset()


def test_three_headings_in_a_row_are_a_list_but_the_last_may_head() -> None:
    """This test ensures that an agenda's points can be quoted, and that a heading under a heading is kept."""
    assert entries_of([2, 2, 2, 2, 0]) == {0, 1, 2}
    assert entries_of([2, 2, 0, 2, 3, 0]) == frozenset()


@given(st.lists(st.integers(0, 4), max_size=30))
def test_entries_are_headings(levels: list[int]) -> None:
    """This test ensures that what is no heading is never called an entry, and that the last of a run never is."""
    found = entries_of(levels)
    assert all(levels[at] and at + 1 < len(levels) and levels[at + 1] == levels[at] for at in found)


@given(st.lists(st.integers(0, 4), max_size=9), st.integers(1, 4), st.integers(3, 9), st.lists(st.integers(0, 4)))
def test_every_run_of_headings_is_a_list(before: list[int], depth: int, run: int, after: list[int]) -> None:
    """This test ensures that three headings in a row are found wherever they stand, all but the last of them."""
    first = len(before) + 1
    assert set(range(first, first + run - 1)) <= entries_of([*before, 0, *[depth] * run, 0, *after])
