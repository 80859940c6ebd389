"""How much each leg counts for one question.

Meaning helps where much is said, and only blurs where little is: two words either stand in a paper or do not. And who
names a case, an article or a phrase wants that and nothing like it. ``docs/choices.md`` has the figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from council import Leg
from council.settings import Settings
from search.question import Question

_SHORT, _LONG = 6, 16
"""Words of a question up to which it is short, and from which it is long."""
_LEAST, _MOST = 0.75, 1.25
"""What the dense leg counts for those, as a share of its setting."""
_LITERAL = 0.25
"""What it counts for where something is wanted literally."""
_CODE = re.compile(
    r"""\b(?:art(?:ikel|\.)\s?\d                  # artikel 3:4
        |[a-z]{1,3}[-.]?\d{2,4}[-.]\d{2,6}        # T-2023-12, Z24-0815
        |[a-z]{1,3}[-.]?\d{4,}                    # RV2024
        |\d{4}[-/](?!(?:19|20)\d\d\b)\d{3,6}      # 2023/0456, but no pair of years
        |\d{6,})""",
    re.IGNORECASE | re.VERBOSE,
)


def weights_for(question: Question, settings: Settings, *, quoted: bool = False) -> Mapping[Leg, float]:
    """Return the weights with which the legs are fused for one question.

    Those of the words and the 5-grams are the settings' own. That of the dense leg is its setting times ¾ for up to 6
    meaningful words, times 1¼ from 16 on, and between them it rises with the logarithm of their number: the second
    word says more than the twelfth. Where something is wanted literally it is a quarter.

    Args:
        question: the question; how many words it has, and whether a short one names a case or an article.
        settings: the weights, and whether they may depend on the question.
        quoted: whether it requires a phrase between quotes.
    """
    share = _dense_share(question, quoted=quoted) if settings.weight_by_question else 1.0
    return {
        Leg.TERMS: settings.weight_terms,
        Leg.GRAMS: settings.weight_grams,
        Leg.DENSE: settings.weight_dense * share,
    }


def _dense_share(question: Question, *, quoted: bool) -> float:
    words = max(1, len(question.words))
    # A long question that mentions an article in passing is not a question for that article.
    if quoted or (words <= _SHORT and _CODE.search(question.text)):
        return _LITERAL
    way = math.log(words / _SHORT) / math.log(_LONG / _SHORT)
    return _LEAST + (_MOST - _LEAST) * min(1.0, max(0.0, way))
