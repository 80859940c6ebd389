"""The records that cross every border, and the errors."""

import dataclasses
import pickle
from enum import StrEnum

import pytest

import council
from council import Filters, ReadError, Span, errors, records
from tests.fakes import a_document

RECORDS = [value for value in vars(records).values() if dataclasses.is_dataclass(value)]
ERRORS = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]


@pytest.mark.parametrize(("page", "start", "end"), [(0, 0, 1), (-1, 0, 1), (1, -1, 1), (1, 0, 0), (1, 5, 5), (1, 5, 4)])
def test_what_cannot_be_an_address_is_no_span(page: int, start: int, end: int) -> None:
    """This test ensures that an empty, backward or negative stretch of text can never be cited."""
    with pytest.raises(ValueError, match="no such span"):
        Span(page=page, start=start, end=end)


def test_spans_are_ordered_as_they_are_read() -> None:
    """This test ensures that sorting spans gives reading order."""
    in_order = [
        Span(page=page, start=start, end=end)
        for page, start, end in [(1, 9, 10), (1, 9, 30), (1, 10, 11), (2, 0, 1), (10, 0, 1)]
    ]
    assert sorted([*in_order[3:], *in_order[:3]]) == in_order


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_records_are_frozen_and_take_names_only(record: type) -> None:
    """This test ensures that a record cannot change behind its receiver's back."""
    options = record.__dataclass_params__  # type: ignore[attr-defined]
    assert options.frozen
    assert all(field.kw_only for field in dataclasses.fields(record))
    assert not hasattr(record, "__dict__") or "__slots__" in vars(record)


def test_only_public_papers_are_let_through_unless_something_else_is_said() -> None:
    """This test ensures that forgetting a filter can never show a paper that is not public."""
    assert Filters().access == {council.Access.OPENBAAR}
    assert a_document().access is council.Access.OPENBAAR


@pytest.mark.parametrize("words", [council.Kind, council.Access, council.State, council.Verdict, council.Leg])
def test_every_value_of_a_closed_list_is_its_own_name(words: type[StrEnum]) -> None:
    """This test ensures that what is stored and shown is the word in the code, in small letters."""
    assert [word.value for word in words] == [word.name.lower() for word in words]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_is_ours_and_has_an_exit_code(error: type[errors.RaadspoorError]) -> None:
    """This test ensures that a command that catches the root catches all, and ends with a code that means something."""
    assert issubclass(error, errors.RaadspoorError)
    expected = 2 if issubclass(error, errors.UsageError) else 4 if issubclass(error, errors.DataError) else 1
    assert error.exit_code == (6 if error is errors.Busy else expected)
    assert error.__name__ in (errors.__doc__ or "")


def test_a_reading_error_keeps_reason_and_remedy_on_its_way_from_another_process() -> None:
    """This test ensures that the clerk gets the remedy also when a worker process found the problem."""
    error = pickle.loads(pickle.dumps(ReadError("de pdf is stuk", "vraag een nieuwe")))  # noqa: S301
    assert (error.reason, error.remedy) == ("de pdf is stuk", "vraag een nieuwe")
    assert str(error) == "de pdf is stuk; vraag een nieuwe"
