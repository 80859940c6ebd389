"""What kind of thing a question asks for, and whether a sentence holds that kind of thing.

Rules over words, because they can be read and argued with. A rule only tips the scales between sentences that match
the question anyway.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

from council import MONTH_PATTERN
from search.dutch import fold, stem
from search.figures import told, wanted


class Asks(StrEnum):
    """What kind of thing would answer a question."""

    VOTE = "vote"
    PROMISE = "promise"
    REASON = "reason"
    DATE = "date"
    AMOUNT = "amount"
    DECISION = "decision"
    PERSON = "person"
    ANYTHING = "anything"


class Moment(StrEnum):
    """Which state of affairs a question is about, when a figure or a decision changed over time."""

    LATEST = "latest"
    FIRST = "first"
    ANY = "any"


_ASKING = {
    # The most telling comes first: "hoe stemde de raad" asks for a vote, whatever else it says.
    Asks.VOTE: r"""stem(?:de|den|t|men|ming|verhouding|uitslag|gedrag)|gestemd|voor\s?stemmers?|tegen\s?stemmers?
        |wie\s(?:was|waren)\s.{0,40}\b(?:voor|tegen)
        |(?:partij(?:en)?|fracties?|raadsleden)\s.{0,60}\b(?:steun(?:de|den|en|t)|voor|tegen|meerderheid)
        |welke\s(?:partij(?:en)?|fracties?|raadsleden)\s(?:wil(?:de|den|len)?|zag(?:en)?|vond(?:en)?)""",
    Asks.PROMISE: r"toezegging(?:en)?|toegezegd|toezeg(?:t|gen)|belooft|beloofd|beloofde|beloften?",
    Asks.REASON: r"waarom|waardoor|hoe\skomt\shet|reden(?:en)?|oorza(?:ak|ken)|hoezo",
    Asks.DATE: r"wann?eer|welke\s(?:datum|dag|maand)|hoe\slaat|welk\sjaar|sinds\swanneer",
    Asks.AMOUNT: r"""hoe\s?vee?l|hoe\s(?:duur|hoog|groot|lang|ver|vaak|sterk)|kost(?:en|te|ten)?|betalen|bedrag(?:en)?
        |prijs|tarief|tarieven|percentage|aandeel|procent|aantal(?:len)?|ratio
        |\w*(?:krediet|kosten|budget|saldo|quote|tekort|opbrengst(?:en)?|bezuiniging(?:en)?|tegenvaller|vergoeding
        |bijdrage|boete)""",
    Asks.DECISION: r"beslo(?:ot|ten)|beslissing|besluit(?:en)?|aangenomen|verworpen|mag|mogen|geldt|gelden",
    Asks.PERSON: r"""wie(?:ns)?|welke?\s(?:wethouder|partij(?:en)?|fracties?|raadsle?i?d(?:en)?|club|vereniging
        |stichting|bureau|bedrijf)""",
}
_HOLDING = {
    Asks.VOTE: r"""\b(?:aangenomen|verworpen|unaniem|hoofdelijke|stemverhouding)\b
        |\b(?:voor|tegen)\b.{0,60}\(\d+\)
        |\b\d{1,2}\s?[-–]\s?\d{1,2}\b
        |\b\d{1,2}\s(?:stemmen\s)?(?:voor|tegen)\b
        |(?<!in\ste\s)\bstemm?(?:en|t|de|den)\b(?!\sin\b)""",
    Asks.PROMISE: r"""\bT-\d{4}-\d+|\btoe(?:zegging|gezegd)|\bzeg(?:t|gen)?\b.{0,40}\btoe\b|\bbeloo?[fv]""",
    Asks.REASON: r"""\b(?:omdat|doordat|daardoor|daarom|aangezien|want|immers|namelijk|oorza(?:ak|ken)|reden(?:en)?)\b
        |\b(?:wegens|vanwege)\b
        |\bdoor\s(?:een|hogere|lagere)\b|\bkomt\sdoor\b|\bgevolg\svan\b|\bte\smaken\smet\b|\bte\swijten\saan\b""",
    Asks.DATE: rf"""\b(?:19|20)\d\d\b|\b\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}\b|\b(?:{MONTH_PATTERN})\b
        |\b(?:kwartaal|zomer(?:reces)?|voorjaar|najaar|herfst|winter)\b|\b\d{{1,2}}[.:]\d\d\suur\b""",
    Asks.DECISION: r"""\b(?:besluit|besloten|aangenomen|verworpen|vastgesteld)\b|\bvast\ste\sstellen\b
        |\bin\ste\sstemmen\b|\bstemt\sin\b|\bbeschikbaar\ste\sstellen\b|\bwordt\sgewijzigd\b|\bkomt\ste\sluiden\b""",
}
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"(?<!^)(?<![.!?:…]\s)\b(?:[A-Z][a-zà-ÿ]+|[A-Z]{2,}\d*)\b")
"""Within a sentence only names have capitals."""
_TALLY = re.compile(
    r"\bstemmen\svan\b|\bfracties?\svan\b|\b(?:voor|tegen)\b.{0,60}\(\d+\)|\b\d{1,2}\s(?:stemmen\s)?(?:voor|tegen)\b"
    r"|\b\d{1,2}\s?[-–]\s?\d{1,2}\b|\b(?:voor|tegen)\s(?:zijn|waren)\b",
    re.IGNORECASE,
)
_NO_VOTE = re.compile(
    r"\b(?:zou|zouden|zal|zullen|mocht(?:en)?|indien|als|wanneer|moe(?:t|ten)|kan|kunnen)\b[^.;:]{0,80}\b(?:aangenomen|verworpen)\b"
    r"|\b(?:aangenomen|verworpen)\s(?:zou|zal|zullen|moet|kan|mocht|wordt,)",
    re.IGNORECASE,
)
"""What would come of a vote that was not held yet: *als de motie wordt aangenomen*."""
_FLAGS = re.IGNORECASE | re.VERBOSE
_ASKS_FOR_QUESTIONS = re.compile(
    r"\bvra(?:agt|gen)\b|\bvroeg(?:en)?\b|\bgevraagd\b|\bvragen\b|\bwil(?:de|len)?\b.{1,60}\bweten\b", re.IGNORECASE
)
_OPENING = {
    Asks.AMOUNT: r"""hoe\s?vee?l|hoe\s(?:duur|hoog|groot|lang|ver|vaak|sterk)|met\shoe\s?veel
        |welk\s(?:aandeel|bedrag|percentage|deel|aantal)""",
    Asks.PERSON: r"wie(?:ns)?|welke?\s(?:wethouder|raadslid|raadsleden|partij(?:en)?|fracties?)",
}
"""What a question asks for that opens so, unless it is about a vote: the words after it tell what it is about."""
_PARTY_FOR = re.compile(r"\b[Pp]artij\svoor\s(?:de|het)\s[A-Z]\w+")
"""The *voor* in *Partij voor de Dieren* asks for no vote."""
_WHY_FIRST = re.compile(r"\W*(?:waarom|waardoor|hoezo)\b", re.IGNORECASE)
_ASKING_RE = {asks: re.compile(rf"\b(?:{pattern})\b", _FLAGS) for asks, pattern in _ASKING.items()}
_HOLDING_RE = {asks: re.compile(pattern, _FLAGS) for asks, pattern in _HOLDING.items()}
_OPENING_RE = {asks: re.compile(rf"\W*(?:{pattern})\b", _FLAGS) for asks, pattern in _OPENING.items()}
_WORDS = {
    Asks.VOTE: "stem stemde stemden stemt stemmen stemming gestemd voorstemmers tegenstemmers stemverhouding",
    Asks.PROMISE: "toezegging toezeggingen toegezegd toezegt toezeggen belooft beloofd beloofde",
    Asks.REASON: "reden redenen oorzaak oorzaken",
    Asks.DATE: "datum dag maand moment tijdstip",
    Asks.AMOUNT: """kost kosten kostte bedrag duur prijs betaal betaalt betalen hoog groot lang ver aantal percentage
        procent""",
    Asks.DECISION: "besloot besloten beslissing besluit besluiten",
    Asks.PERSON: "persoon partij partijen",
}
_ASKING_TERMS = {asks: frozenset(stem(word) for word in words.split()) for asks, words in _WORDS.items()}
_LATEST = re.compile(
    r"\b(?:uiteindelijke?|nu|huidige?|momenteel|inmiddels|laatste|tegenwoordig|op dit moment)\b", re.IGNORECASE
)
_STILL_OPEN = re.compile(r"\b(?:geldt|gaat|wordt|worden|mogen|mag|nog|straks|komen|komt)\b", re.IGNORECASE)
"""The present tense asks how things stand now, unless a year says otherwise."""
_FIRST = re.compile(
    r"\b(?:oorspronkelijke?|aanvankelijke?|in eerste instantie|in het begin|eerst gedacht"
    r"|eerste (?:plan|raming|voorstel))\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:was|waren|werd|werden|had|hadden|kwam|kwamen|ging(?:en)?|kreeg|kregen|kostte|trok|geworden"
    r"|ge[a-z]+(?:d|t|en)|[a-z]{2,5}ge[a-z]+(?:d|t|en))\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:\w*begroting|begroot|raming|geraamd|\w*tarief|\w*plan(?:nen)?|gepland|beslo(?:ot|ten)|besluit|vastgesteld"
    r"|\w*toeg?ez[eo]g[dt]\w*|toezegging|verwacht\w*|\w*stem\w*|voorgesteld|voorstel|afgesproken)\b",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(r"\bin\s(heel\s|het\s(?:hele\s)?jaar\s)?(20[0-4]\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20[0-4]\d|19\d\d)\b")


def what_is_asked(text: str) -> Asks:
    """Return the kind of thing a question asks for: what its opening says, as *why*, else its most telling word."""
    text = _PARTY_FOR.sub("partij", text)
    if _WHY_FIRST.match(text):
        return Asks.REASON
    telling = next((asks for asks, pattern in _ASKING_RE.items() if pattern.search(text)), Asks.ANYTHING)
    if telling is Asks.VOTE:
        return telling
    return next((asks for asks, pattern in _OPENING_RE.items() if pattern.match(text)), telling)


def which_moment(text: str) -> Moment:
    """Return whether a question is about how things stand now, how they stood first, or neither."""
    if _FIRST.search(text):
        return Moment.FIRST
    if _LATEST.search(text) or (_STILL_OPEN.search(text) and not _YEAR.search(text)):
        return Moment.LATEST
    return Moment.ANY


def years_named(text: str) -> frozenset[int]:
    """Return the years that a text names."""
    return frozenset(int(year) for year in _YEAR.findall(text))


def is_after(text: str, latest: date | None) -> bool:
    """Say whether a question asks what happened in a time that was not over when the last paper was written.

    What is planned for next year, or was voted on for it, stands in this year's papers; what came of it does not. So a
    question must be put in the past tense, ask for no plan, and name a later year, or the whole of one still going on.
    """
    found = _IN_YEAR.search(text)
    if latest is None or found is None or not _HAPPENED.search(text) or _PLANNED.search(text):
        return False
    year = int(found.group(2))
    going_on = bool(found.group(1)) and year == latest.year and (latest.month, latest.day) < (12, 31)
    return min(years_named(text)) > latest.year or going_on


def holds(asks: Asks, sentence: str, question: str) -> bool:
    """Say whether a sentence holds the kind of thing that a question asks for."""
    if asks is Asks.PERSON:
        return names_another(sentence, question)
    if asks is Asks.AMOUNT:
        return bool(told(sentence, wanted(question)))
    pattern = _HOLDING_RE.get(asks)
    # What may come of a vote is none.
    text = _NO_VOTE.sub(" ", sentence) if asks is Asks.VOTE else sentence
    return pattern is not None and pattern.search(text) is not None


def names_another(sentence: str, question: str) -> bool:
    """Say whether a sentence names somebody or something that the question does not: who asks after Jansen's successor
    is told nothing by *Jansen*."""
    held = _words_of(question)
    return any(fold(name) not in held for name in _NAME.findall(sentence))


@lru_cache(maxsize=64)
def _words_of(question: str) -> frozenset[str]:
    """Return the folded words of a question, which is compared with hundreds of sentences."""
    return frozenset(_WORD.findall(fold(question)))


def tallies(sentence: str) -> bool:
    """Say whether a sentence tells who voted how, or how many did."""
    return _TALLY.search(sentence) is not None


def asks_for_questions(text: str) -> bool:
    """Say whether a question asks what somebody asked, so that a question answers it."""
    return _ASKS_FOR_QUESTIONS.search(text) is not None


def only_asks(asks: Asks, term: str) -> bool:
    """Say whether a term of the question only says what kind of thing is asked for."""
    return term in _ASKING_TERMS.get(asks, frozenset())
