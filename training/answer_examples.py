"""Questions with everything that could be quoted for them, graded: what ``training/answer_weights.py`` learns from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from council import Catalogue, Citation, DataFolder, Query
from council.settings import Settings
from eval.answers import is_right
from eval.gold import Gold, Question, QuestionType
from eval.places import CataloguePapers, locate
from search import Engine
from search.confidence import nowhere
from search.doubts import lacks_a_name
from search.features import Feature, weigh
from search.quoting import candidates

FAR_OFF_DOSSIER = "(far off)"
FAR_OFF = """
Komt er een metro?
Wie won het songfestival in 2019?
Hoe maak ik pannenkoeken?
Wat is de hoofdstad van Frankrijk?
quantumcomputer
Hoeveel pinguïns wonen er in de dierentuin?
Waarom is de lucht blauw?
Wanneer landde de eerste mens op de maan?
recept appeltaart
hoe reset ik mijn wifi router
Wat kost een paspoort?
Is er een hogesnelheidstrein naar Groningen gepland?
wie is de bondscoach van oranje
Hoeveel kost een vliegticket naar Bali?
filmrecensies bioscoop
Wanneer begint het hockeyseizoen?
Wat zijn de bijwerkingen van paracetamol?
Hoe hoog is de Eiffeltoren?
Waarom blaffen honden naar de postbode?
uitslag Formule 1 Zandvoort
Welke taal spreken ze in Brazilië?
sollicitatiebrief schrijven tips
""".strip().splitlines()
"""Questions about nothing that the papers are about. The gold sets hold none, and readers do ask them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One question with its candidates."""

    collection: str
    dossier: str
    answerable: bool
    measured: bool
    """Whether a right sentence is known, or known not to exist."""
    facts: tuple[str, ...]
    nowhere: float
    """Share of its weight that stands in none of the passages found."""
    unnamed: NDArray[np.bool_]
    """Of each candidate, whether its document lacks a name that the question holds."""
    features: NDArray[np.float64]
    grades: NDArray[np.int64]
    vectors: NDArray[np.float32]
    texts: tuple[str, ...]


def examples(gold: Gold, data: DataFolder, collection: str) -> list[Example]:
    """Return the questions of a gold set with everything that could be quoted for them."""
    engine, catalogue = Engine(data, Settings()), Catalogue(data.catalogue)
    embedder = engine._embedder
    judged = locate(gold, CataloguePapers(catalogue))
    found = []
    far_off = [
        Question(id=text, text=text, type=QuestionType.OTHER, answerable=False, line=0, dossier=FAR_OFF_DOSSIER)
        for text in FAR_OFF
    ]
    for question in (*gold.questions, *far_off):
        ranked = engine._find(Query(text=question.text))
        if not ranked.listing.ranked:
            continue
        items = candidates(engine.catalogue, ranked.listing.ranked, ranked.question.moment)
        weighed = weigh(ranked.question, items, engine._words)
        vectors = embedder.passages([item.text for item in items])
        weighed.features[:, Feature.DENSE] = np.clip(vectors @ ranked.asked, 0.0, 1.0)
        known = judged.get(question.id, ())
        right = [
            next(
                (
                    grade
                    for grade in (3, 2)
                    if is_right(
                        Citation(document=item.document.sha256, spans=item.spans),
                        [one for one in known if one.grade == grade],
                    )
                ),
                0,
            )
            for item in items
        ]
        found.append(
            Example(
                collection=collection,
                dossier=question.dossier,
                answerable=question.answerable,
                measured=not question.answerable or any(one.grade > 1 and one.places for one in known),
                facts=question.facts,
                nowhere=nowhere(ranked.question, weighed.anywhere),
                unnamed=lacks_a_name(ranked.question, weighed.whole, items),
                features=weighed.features,
                grades=np.array(right),
                vectors=vectors,
                texts=tuple(item.text for item in items),
            )
        )
    return found
