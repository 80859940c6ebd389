"""Questions to begin with: they follow what is public, and nobody waits for others who look for them."""

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from council import Query, Verdict
from web.examples import Examples
from web.reader import Collection

SOME, OTHER = (Collection(documents=count, first=None, latest=None, updated=None) for count in (3, 4))


@dataclass
class Papers:
    """Both what answers and what is public; it answers only what holds one word."""

    word: str
    public: Collection = SOME
    asked: list[str] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    generation: Any = field(default_factory=lambda: SimpleNamespace(name="g1"))

    def collection(self) -> Collection:
        return self.public

    def ask(self, query: Query) -> tuple[None, Any]:
        assert self.go_on.wait(10)
        self.asked.append(query.text)
        found = self.word in query.text
        return None, SimpleNamespace(verdict=Verdict.ANSWERED if found else Verdict.NOT_FOUND)


@pytest.fixture
def papers() -> Papers:
    made = Papers("zwembad")
    made.go_on.set()
    return made


def texts(examples: Examples) -> list[str]:
    return [example.text for example in examples()]


def examples_of(papers: Any) -> Examples:
    return Examples(papers, papers)


def test_they_are_looked_for_once_and_again_when_other_papers_are_public(papers: Papers) -> None:
    """This test ensures that an example goes with the paper that answers it, also before the next generation."""
    examples = examples_of(papers)
    assert texts(examples) == texts(examples) == ["Wat kost het nieuwe zwembad?"]
    asked = len(papers.asked)
    assert asked == len(set(papers.asked))
    papers.word, papers.public = "windmolens", OTHER
    assert texts(examples) == ["Waar komen windmolens?"]
    papers.word, papers.generation = "zwembad", SimpleNamespace(name="g2")
    assert texts(examples) == ["Wat kost het nieuwe zwembad?"]


def test_who_comes_meanwhile_gets_those_of_before(papers: Papers) -> None:
    """This test ensures that a home page does not wait for the questions of another reader's."""
    examples = examples_of(papers)
    texts(examples)
    papers.go_on.clear()
    papers.word, papers.public = "windmolens", OTHER
    looking = threading.Thread(target=examples)
    looking.start()
    while not examples._finding.locked():
        pass
    try:
        assert texts(examples) == ["Wat kost het nieuwe zwembad?"]
    finally:
        papers.go_on.set()
        looking.join()
    assert texts(examples) == ["Waar komen windmolens?"]
