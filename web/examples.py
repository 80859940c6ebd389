"""Questions to begin with: everyday ones that every council knows, shown where this collection answers them."""

from __future__ import annotations

import threading

from council import Query, Verdict
from search import Searches
from web.pages import Example
from web.reader import READER
from web.urls import SearchState

_SHOWN = 4
_EVERYDAY = (
    "Wanneer gaat betaald parkeren in?",
    "Hoe lang is de wachttijd voor jeugdhulp?",
    "Wat kost het nieuwe zwembad?",
    "Hoeveel sociale huurwoningen komen er?",
    "Hoe hoog is de afvalstoffenheffing?",
    "Wordt de hondenbelasting afgeschaft?",
    "Mag er vuurwerk worden afgestoken?",
    "Waar komen windmolens?",
    "Hoeveel plaatsen zijn er voor de opvang van vluchtelingen?",
    "Blijft de bibliotheek open?",
    "Hoe hoog wordt de ozb?",
    "Wat doet de gemeente voor mantelzorgers?",
    "Wat gebeurt er met de sporthal?",
    "Hoe gaat het met de verkeersveiligheid rond scholen?",
)


class Examples:
    """Finds the examples once for each generation of the index.

    Args:
        engine: answers them.
    """

    def __init__(self, engine: Searches) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._known: tuple[str, tuple[Example, ...]] = ("", ())

    def __call__(self) -> tuple[Example, ...]:
        """Return up to four questions that the collection of this moment answers."""
        generation = self._engine.generation.name
        with self._lock:
            if self._known[0] != generation:
                self._known = (generation, self._find())
            return self._known[1]

    def _find(self) -> tuple[Example, ...]:
        found: list[Example] = []
        for text in _EVERYDAY:
            _, answer = self._engine.ask(Query(text=text, filters=READER, limit=1))
            if answer.verdict is Verdict.ANSWERED:
                found.append(Example(text=text, url=SearchState(text=text).url))
            if len(found) == _SHOWN:
                break
        return tuple(found)
