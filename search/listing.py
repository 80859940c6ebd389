"""Passages that only name subjects: tables of contents, indexes, lists of items for a meeting, lists of sources.

Such a passage holds many of the papers' words close together, so words alone put it first; but it says nothing about
what it names, and whoever finds it must search on. Which lines only name can be seen in the text: they hold no finite
verb, none of the small words that only sentences have, and no figure that tells something. It is a light hand on the
scales, as in :mod:`search.preference`: a list stays where nothing tells more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from council import MONTH_PATTERN
from search.form import TO_BE_DONE, tells_a_figure
from search.fulltext import FullText
from search.fusion import Fusion

_STRENGTH = 0.2
"""By what share the score of a passage falls that does nothing but name."""
_HALF = 0.5
"""Up to this share of its words in lines that only name, a passage tells as much as any."""
_IN_SENTENCES = frozenset(
    """is ben bent zijn was waren wordt worden werd werden heeft heb hebt hebben had hadden kan kunt kunnen kon
    konden moet moeten moest moesten mag mogen mocht mochten zal zult zullen zou zouden wil wilt willen wilde
    wilden gaat ga gaan ging gingen komt kom komen kwam kwamen doet doe doen deed deden staat staan stond
    stonden ligt liggen lag geeft geven gaf gaven krijgt krijgen kreeg kregen blijft blijven bleef bleven blijkt
    blijken bleek bleken houdt houden hield vindt vinden vond ziet zien zag zegt zeggen zei laat laten liet
    maakt maken maakte neemt nemen nam namen stelt stellen stelde vraagt vragen vroeg weet weten wist denkt
    denken dacht betekent betekende hoeft hoeven lijkt lijken leek geldt gelden loopt lopen liep brengt brengen
    bracht zit zitten zat valt vallen viel leidt leiden leidde besluit besluiten besloot verzoekt biedt bieden
    bood bestaat bestaan kost kosten kostte betreft begint eindigt treedt wenst dankt noemt leest sluit opent
    hoort horen stemt stemmen steunt steunen werkt werken woont wonen ik wij we u hij zij ze jullie men er dit
    deze die dat niet geen ook nog al wel maar want omdat als wanneer toen daarom daarna daarvoor hierbij
    hiermee waarbij waarom hoe wat wie aangenomen verworpen vastgesteld aangehouden ingetrokken conform besloten
    goedgekeurd unaniem toegezegd are were be been has have had will would can could may must should do does not
    this that these they he it which but""".split()
)
"""Finite verbs, and what else stands in sentences and hardly in titles; the English ones for papers in English."""
_WORD = re.compile(r"[^\W\d_]+")
_LEADERS = ("." * 5, ". " * 5, "…" * 3)
"""The dots between a title and its page."""
_TELLS = re.compile(
    rf"{TO_BE_DONE}|(?<!\d\s)\b(?:{MONTH_PATTERN})\s(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""What is to be done (*vast te stellen*), and by when (*gunning mei 2024*); the date of a letter names its day."""


def listed(sentences: Iterable[str]) -> float:
    """Return which share of the words, 0 to 1, stands in lines that only name; 0 where there are none.

    Args:
        sentences: the sentences, list items and table rows of one passage.
    """
    words = [(len(text.split()), only_names(text)) for text in sentences]
    total = sum(count for count, _ in words)
    return sum(count for count, names in words if names) / total if total else 0.0


def only_names(text: str) -> bool:
    """Say whether a line only names a subject."""
    # What is told soonest is asked first: this is asked of every line of every passage.
    if any(dots in text for dots in _LEADERS):
        return True
    if not _IN_SENTENCES.isdisjoint(_WORD.findall(text.lower())) or _TELLS.search(text):
        return False
    return not tells_a_figure(text)


def weighed_down(fused: Fusion, fulltext: FullText) -> Fusion:
    """Return passages in their order after those that only name lost a part of their score.

    A score ``s`` becomes ``s * (1 - 0.2 * (2 * n - 1))``, with ``n`` the share of the passage's words that only name,
    where that is more than half.

    Args:
        fused: the passages, best first.
        fulltext: holds the share of each.
    """
    known = np.flatnonzero(fused.numbers >= 0)
    shares = np.zeros(len(fused))
    shares[known] = fulltext.listed[fused.numbers[known]]
    over = np.maximum(shares - _HALF, 0.0) / (1.0 - _HALF)
    return fused.changed(-_STRENGTH * over * fused.scores) if over.any() else fused
