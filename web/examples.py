"""Questions to begin with: everyday ones that every council knows, shown where this collection answers them."""

from __future__ import annotations

import threading

from council import Query, Verdict
from search import Searches
from web.pages import Example
from web.reader import READER, Collection, Reading
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
    """Finds the examples again whenever other papers are public.

    Args:
        engine: answers them.
        reading: knows which papers this reader may see.
    """

    def __init__(self, engine: Searches, reading: Reading) -> None:
        self._engine = engine
        self._reading = reading
        self._finding = threading.Lock()
        self._known: tuple[tuple[str, Collection], tuple[Example, ...]] | None = None

    def __call__(self) -> tuple[Example, ...]:
        """Return up to four questions that the collection of this moment answers.

        One reader waits while they are looked for, which is many questions at once; others get those of before.
        """
        wanted = (self._engine.generation.name, self._reading.collection())
        known = self._known
        if known is not None and known[0] == wanted:
            return known[1]
        if not self._finding.acquire(blocking=known is None):
            return known[1] if known else ()
        try:
            if self._known is None or self._known[0] != wanted:
                self._known = (wanted, self._find())
            return self._known[1]
        finally:
            self._finding.release()

    def _find(self) -> tuple[Example, ...]:
        found: list[Example] = []
        for text in _EVERYDAY:
            _, answer = self._engine.ask(Query(text=text, filters=READER, limit=1))
            if answer.verdict is Verdict.ANSWERED:
                found.append(Example(text=text, url=SearchState(text=text).url))
            if len(found) == _SHOWN:
                break
        return tuple(found)
