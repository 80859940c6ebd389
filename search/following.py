"""Which generation answers now, and what the catalogue says of its papers: followed while readers go on asking.

The pointer to the live generation is looked at with every question, and so is the catalogue's mark of change. What was
withdrawn or closed since the index was built is revoked from the next question on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache

from council import Catalogue, DataFolder, Filters, ModelMismatch, NotIngested
from council.settings import Settings
from search import dutch
from search.council_words import CouncilWords
from search.fulltext import FullText
from search.generation import Generation, must_be_live, pointer_mark
from search.index import PassageIndex
from search.indexing import LAYOUT
from search.lasting import set_apart
from search.lexicon import Lexicon
from search.naming import Book, book
from search.open_index import open_for_reading
from search.rarity import Rarity
from search.register import Register
from search.spelling import Speller
from search.suggest import Suggester


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """An open generation."""

    generation: Generation
    index: PassageIndex
    rarity: Rarity
    fulltext: FullText
    lexicon: Lexicon
    council_words: Callable[[], CouncilWords]
    """Made when somebody first asks."""
    mark: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What the catalogue said of the papers of a generation when it had a certain mark."""

    mark: tuple[int, ...]
    live: Live
    register: Register
    revoked: frozenset[str]
    """Documents that must not be found, though the index holds them."""
    speller: Speller
    names: Callable[[], Book]
    """Names of public papers, made when somebody first asks."""
    suggester: Callable[[], Suggester]
    """Made when somebody first types."""


class Follower:
    """Opens the live generation and follows it. Threads may share it.

    Args:
        data: the data folder.
        settings: which engine.
        catalogue: the truth.
        model: fingerprint of the embedding model that asks.

    Raises:
        NotIngested: nothing was ever published there, or by an older program.
        ModelMismatch: the index was made with another model or analysis.
    """

    def __init__(self, data: DataFolder, settings: Settings, catalogue: Catalogue, *, model: str) -> None:
        self._data = data
        self._settings = settings
        self._catalogue = catalogue
        self._model = model
        self._lock = threading.Lock()
        self._live = self._open()
        self._retired: PassageIndex | None = None
        self._known: Standing | None = None

    @property
    def live(self) -> Live:
        """The generation that was opened last."""
        return self._live

    def close(self) -> None:
        """Let go of the index."""
        self._live.index.close()
        if self._retired is not None:
            self._retired.close()

    def standing(self) -> Standing:
        """Return what the catalogue says now of the papers of the live generation."""
        live, mark, known = self._current(), self._catalogue.change_mark(), self._known
        if known is None or known.live is not live or known.mark != mark:
            known = self._known = self._look(live, mark)
        return known

    def _look(self, live: Live, mark: tuple[int, ...]) -> Standing:
        register = Register(live.fulltext, self._catalogue)
        public = register.passages(Filters())

        def stands(word: str) -> bool:
            return live.fulltext.stands(word, public)

        return Standing(
            mark=mark,
            live=live,
            register=register,
            revoked=register.revoked(),
            speller=Speller(lexicon=live.lexicon, stands=stands),
            names=cache(lambda: book(register.names, Filters())),
            suggester=cache(lambda: Suggester(register, live.lexicon, stands)),
        )

    def _open(self) -> Live:
        mark = pointer_mark(self._data)
        generation = must_be_live(self._data)
        self._must_fit(generation)
        some = next(self._catalogue.documents(), None)
        index = open_for_reading(self._settings, self._data, generation, some.municipality if some else "")
        with ExitStack() as opened:
            opened.callback(index.close)
            lexicon = Lexicon.read(generation.lexicon(self._data))
            live = Live(
                generation=generation,
                index=index,
                rarity=Rarity.read(generation.vocabulary(self._data), generation.grams(self._data)),
                fulltext=FullText.read(generation.words(self._data)),
                lexicon=lexicon,
                council_words=cache(lambda: CouncilWords(lexicon.passages)),
                mark=mark,
            )
            opened.pop_all()
        return live

    def _must_fit(self, generation: Generation) -> None:
        root = self._data.root
        if generation.model != self._model:
            raise ModelMismatch(
                f"{root} was indexed with the model {generation.model} and this process has {self._model}; set "
                "RAADSPOOR_MODEL and the prompts as they were, or run raadspoor-ingest again to index with this model"
            )
        if generation.analysis != dutch.analysis():
            raise ModelMismatch(
                f"{root} was indexed with the word analysis {generation.analysis} and this program has "
                f"{dutch.analysis()}; run raadspoor-ingest again"
            )
        if generation.layout != LAYOUT:
            raise NotIngested(f"{root} was indexed by an older program; run raadspoor-ingest again")

    def _current(self) -> Live:
        if pointer_mark(self._data) != self._live.mark:
            with self._lock:
                if pointer_mark(self._data) != self._live.mark:
                    # Another thread may be in the middle of a question to the old one: it is closed a change later.
                    if self._retired is not None:
                        self._retired.close()
                    self._retired, self._live = self._live.index, self._open()
                    set_apart()
        return self._live
