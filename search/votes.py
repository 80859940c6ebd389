"""What the council votes on. A vote names a motion by its number, and what the motion is about stands pages before.

*De motie-Jansen (nr. 190) is verworpen met de stemmen van …* answers nobody who asks about the trees in the park. So
what is tabled is remembered by its number, or by who tabled it, and a vote stands under what it is on.
"""

from __future__ import annotations

import re

from search.turns import name_key

_KIND = (
    r"(?:sub)?amendement(?:en)?|moties?|(?:initiatief|raads)?voordracht(?:en)?|(?:initiatief|raads)?voorstel(?:len)?"
)
_NUMBERS = re.compile(
    rf"\bnrs?\.?\s?(?P<nr>\d+[a-z]?)\b"
    rf"|\b(?P<code>[AM][-–. ]?\d{{1,4}}(?:[-–./]\d{{1,4}})*[a-z]?)\b"
    rf"|\b(?P<kind>{_KIND})\s(?P<own>\d{{1,4}}[a-z]?)\b",
    re.IGNORECASE,
)
"""How a paper is numbered: *nr. 190*, *M-2022-14* or *A3*, *motie 12*."""
_TABLED = re.compile(
    rf"^\W*(?:\d{{1,3}}\s?[°º.)]*\s+)?(?:(?:de|het)\s)?(?P<kind>{_KIND})\b(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)
_NEXT = re.compile(rf"\b\d{{1,3}}\s?[°º.)]+\s+(?:{_KIND})\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:inzake|betreffende|getiteld|omtrent|over|tot|met\sbetrekking\stot)\s\w|[:“„‘]\s?\w", re.IGNORECASE
)
_BY = re.compile(
    r"^\svan\s(?:het\s(?:raads)?lid|de\s(?:raads)?leden|de\sheer|mevrouw)\s(?P<names>.{2,80}?)\s(?:inzake|over|betreffende|tot)\s",
    re.IGNORECASE | re.DOTALL,
)
_VOTE = re.compile(
    r"\bstemming\sover\b|\b(?:in|tot)\sstemming\b"
    r"|\b(?:wordt|worden|is|zijn)\b.{0,150}?\b(?:aangenomen|verworpen|goedgekeurd|overgenomen)\b",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(rf"\b(?P<kind>{_KIND})-(?P<names>[A-Z’'‘].{{1,80}}?)\s(?:\(|wordt\b|is\b|en\sde\s)", re.DOTALL)
_ANY = re.compile(rf"\b(?:de|het|dit|deze)\s(?:gewijzigde\s|geamendeerde\s)?(?P<kind>{_KIND})\b", re.IGNORECASE)
_PUT = re.compile(
    r"\b(?P<kind>(?:sub)?amendement|motie|(?:initiatief|raads)?voorstel)\s(?:nr\.?\s|nummer\s)?"
    r"(?:(?P<code>[AM][-–. ]?\d{1,4}(?:[-–./]\d{1,4})*[a-z]?)|(?P<own>\d{1,3}[a-z]?))\b",
    re.IGNORECASE,
)
"""A motion or an amendment that the chair names by its number: *motie M-2024-03*, *amendement 12*."""
_OUTCOME = re.compile(r"\b(?:aangenomen|verworpen|ingetrokken|aangehouden)\b", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.;](?=\s|$)")
_OPENING = 400
"""In how many characters a paper that is tabled says what it is, and a clerk what is voted on."""
_LONGEST = 200
"""Characters of what a paper is about that are kept."""


class Votes:
    """The motions, amendments and proposals of one document as they come up, and which of them is voted on."""

    def __init__(self) -> None:
        self._about: dict[str, str] = {}
        self._now, self._kind = "", ""
        self._put = self._told = False

    def over(self) -> None:
        """Say that the vote is over: another part begins."""
        self._now, self._kind = "", ""
        self._put = self._told = False

    @property
    def now(self) -> str:
        """The line that tabled what is voted on now; empty where nothing is."""
        return self._now

    def member(self) -> None:
        """Say that a member speaks: to explain a vote that the chair has put, else of something else."""
        if not self._put:
            self.over()

    def on(self, text: str, *, spoken: bool) -> str:
        """Return the line that tabled what is voted on, as it is printed; empty where nothing is, or none was seen.

        Args:
            text: the next paragraph of the clerk, or of whoever is in the chair, as a reader sees it.
            spoken: whether it is said, and not told by the clerk. The chair names a motion, asks who is in favour, and
                tells the outcome later: until then it is on the same, and on what the chair names if none tabled it.
        """
        if self._told:
            self.over()
        head = text[:_OPENING]
        put = _PUT.search(head) if spoken else None
        if put:
            known = (self._about.get(key) for key in (_numbered(put), f"nr {put['own']}"))
            self._now, self._kind, self._put = next(filter(None, known), put[0]), _one(put["kind"]), True
        elif _VOTE.search(head):
            self._vote(head)
        else:
            if not spoken:
                self.over()
            self._learn(head)
        self._told = self._put and _OUTCOME.search(text) is not None
        return self._now

    def _vote(self, head: str) -> None:
        """Find what a paragraph votes on; one that names no more than the kind of paper may still be about the same."""
        names = [_numbered(found) for found in _NUMBERS.finditer(head)]
        if not names and (named := _NAMED.search(head)):
            names = [_by(named["kind"], named["names"])]
        if names:
            self._now = next((self._about[name] for name in names if name in self._about), "")
            self._kind = _kind_of(self._now)
        elif (bare := _ANY.search(head)) and _one(bare["kind"]) != self._kind:
            self.over()

    def _learn(self, head: str) -> None:
        """Remember a paragraph that tables something and says what that is about; what came first stays."""
        tabled = _TABLED.match(head)
        about = _ABOUT.search(head, tabled.start("rest")) if tabled else None
        if tabled is None or about is None:
            return
        numbers = list(_NUMBERS.finditer(head))
        # The number that follows in brackets closes what it is about; what has none ends with its sentence.
        after = next((one.end() for one in numbers if one.start() > about.start()), 0)
        end = after + head[after:].startswith(")") if after else _end_of_sentence(head, about.end())
        by = _BY.match(tabled["rest"])
        for key in (*map(_numbered, numbers), *([_by(tabled["kind"], by["names"])] if by else [])):
            self._about.setdefault(key, head[:end][:_LONGEST].strip())


def _end_of_sentence(text: str, start: int) -> int:
    found = _FULL_STOP.search(text, start)
    return found.start() if found else len(text)


def leads(speaker: str) -> bool:
    """Say whether the clerk tells what nobody else says, or whoever is in the chair speaks: they tell of votes."""
    return not speaker or "voorzit" in speaker.casefold()


def tables(line: str) -> bool:
    """Say whether a line tables a motion, an amendment or a proposal."""
    return _TABLED.match(line) is not None


def is_vote(sentence: str) -> bool:
    """Say whether a sentence tells of a vote."""
    return _VOTE.search(sentence) is not None


def next_tabled(text: str, start: int) -> int:
    """Return where in a text the next motion, amendment or proposal is tabled; its end where none is."""
    found = _NEXT.search(text, start)
    return found.start() if found else len(text)


def _numbered(found: re.Match[str]) -> str:
    named = found.groupdict()
    if named.get("nr"):
        return f"nr {named['nr']}"
    if named["code"]:
        return re.sub(r"[^A-Z\d]+", "-", named["code"].upper())
    return f"{_one(named['kind'])} {named['own']}"


def _by(kind: str, names: str) -> str:
    return f"{_one(kind)} {name_key(names)}"


def _one(kind: str) -> str:
    """Return a kind of paper in the singular."""
    return re.sub(r"(?<=ment)en$|(?<=motie)s$|(?<=dracht)en$|(?<=stel)len$", "", kind.lower())


def _kind_of(line: str) -> str:
    """Return what kind of paper a line tabled, in the singular; empty for an empty line."""
    tabled = _TABLED.match(line)
    return _one(tabled["kind"]) if tabled else ""
