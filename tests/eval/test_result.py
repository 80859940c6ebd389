"""Results: what is written is read back, and what cannot be trusted is refused."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from council import Citation, Span, UsageError, Verdict
from eval.result import Found, Quoted, Result, as_values, read_result, write_result
from tests.eval.results import a_result, asked, given_
from tests.fakes import sha_of

QUOTED = Quoted(
    citation=Citation(document=sha_of("a"), spans=(Span(page=2, start=3, end=9),)),
    right=True,
    judged=True,
    verified=True,
)
FOUND = Found(document=sha_of("a"), pages=(2, 3), score=0.5, grade=None)


@pytest.fixture
def result() -> Result:
    whole = a_result({"nDCG@10": [1.0, 0.5]})
    rich = given_({"nDCG@10": 0.25, "any sentence": 1.0}, found=(FOUND,), sentences=(QUOTED,))
    return replace(
        whole,
        questions=(*whole.questions, asked("q2", text="Wat kost “één” bad?\n<b>", answerable=False, kind="")),
        systems={"Raadspoor": (*whole.given("Raadspoor"), rich)},
    )


@pytest.mark.parametrize("name", ["result.json", "result.json.gz"])
def test_a_result_comes_back_as_it_was(tmp_path: Path, result: Result, name: str) -> None:
    """This test ensures that nothing of a measurement is lost in its file, and that the same result gives the same."""
    path = tmp_path / name
    write_result(path, result)
    assert read_result(path) == result
    first = path.read_bytes()
    write_result(path, read_result(path))
    assert path.read_bytes() == first
    assert sorted(file.name for file in tmp_path.iterdir()) == [name]


def test_values_means_and_silence(result: Result) -> None:
    """This test ensures that figures are taken over the questions that have them, by hand: (1 + .5 + .25) / 3."""
    assert result.values("Raadspoor", "nDCG@10") == {"q0": 1.0, "q1": 0.5, "q2": 0.25}
    assert result.mean("Raadspoor", "nDCG@10") == pytest.approx(1.75 / 3)
    assert result.mean("Raadspoor", "nDCG@10", lambda item: item.answerable) == 0.75
    assert result.mean("Raadspoor", "facts") is None
    silence = result.abstention("Raadspoor")
    assert (silence.silent, silence.rightly, silence.unanswerable) == (0, 0, 1)
    assert (silence.precision, silence.recall) == (None, 0.0)
    with pytest.raises(UsageError, match="holds no system 'Other'; it holds Raadspoor"):
        result.given("Other")


def test_silence_is_counted_against_what_can_be_answered() -> None:
    """This test ensures that abstention is a classifier: of 3 silences 2 were right, of 4 traps 2 were seen."""
    questions = tuple(asked(f"q{at}", answerable=at < 3) for at in range(7))
    silent = given_({}, verdict=Verdict.NOT_FOUND)
    said = given_({})
    found = replace(
        a_result({"facts": [0.0]}), questions=questions, systems={"x": (silent, said, said, silent, silent, said, said)}
    ).abstention("x")
    assert (found.precision, found.recall) == (pytest.approx(2 / 3), 0.5)


@pytest.mark.parametrize(
    ("words", "length"), [(1, "1 to 4 words"), (4, "1 to 4 words"), (5, "5 to 9 words"), (10, "10 words or more")]
)
def test_questions_are_told_apart_by_length(words: int, length: str) -> None:
    """This test ensures that the borders of the lengths are where they say."""
    assert asked("q", words=words).length == length


def damaged(result: Result, **changes: object) -> bytes:
    return json.dumps({**as_values(result), **changes}).encode()


def test_a_file_that_is_no_result_is_refused(tmp_path: Path, result: Result) -> None:
    """This test ensures that figures never come of a file of another form, an empty run or a torn file."""
    whole = as_values(result)
    short = {"Raadspoor": whole["systems"]["Raadspoor"][:1]}
    cases = {
        b"": "no result",
        b"[]": "no result",
        b"\xff\xfe": "no result",
        damaged(result)[:-40]: "no result",
        damaged(result, form=1): "form 1",
        damaged(result, questions=[], systems={"Raadspoor": []}): "empty run",
        damaged(result, systems={}): "empty run",
        damaged(result, systems=short): "1 outcomes for 3 questions",
        damaged(result, seed="many"): "seed",
    }
    for at, (content, reason) in enumerate(cases.items()):
        path = tmp_path / f"{at}.json"
        path.write_bytes(content)
        with pytest.raises(UsageError) as error:
            read_result(path)
        assert reason in str(error.value) and path.name in str(error.value)
    torn = tmp_path / "torn.json.gz"
    torn.write_bytes(gzip.compress(b"{}")[:-6])
    for path in (torn, tmp_path / "absent.json"):
        with pytest.raises(UsageError, match="cannot be read"):
            read_result(path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, result: Result) -> None:
    """This test ensures that an hour of measuring does not end in a trace."""
    with pytest.raises(UsageError, match="cannot be written"):
        write_result(tmp_path / "none" / "result.json", result)
