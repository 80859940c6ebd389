"""A result: what several systems made of the same questions, with everything that is needed to trust and compare it.

It is written as one JSON file (compressed where its name ends in ``.gz``) and read back as the same records. Papers are
named by address and never quoted, so a result may be kept where the papers may not. ``form`` rises when a field changes
its meaning or goes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from council import Citation, UsageError, Verdict
from eval.averages import mean, quantile
from eval.gold import QuestionForm, QuestionType, Split, Why
from eval.provenance import Provenance

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FORM = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question, as far as figures are told apart by it."""

    id: str
    line: int
    """Where it stands in the gold set."""
    text: str
    need: str
    type: QuestionType
    form: QuestionForm | None
    split: Split | None
    dossier: str
    answerable: bool
    why: Why | None
    """Why nothing answers it, where nothing does."""
    kind: str
    """Kind of the papers that answer it: that of most of the best judged ones; empty where nothing answers."""
    words: int
    mark: str
    """Changes with the question and its judgements, so that figures of another wording are not compared with it."""

    @property
    def length(self) -> str:
        """How long it is, as figures are told apart by it."""
        return next((name for name, most in _LENGTHS if self.words <= most), _LONGEST)


_LENGTHS = (("1 to 4 words", 4), ("5 to 9 words", 9))
_LONGEST = "10 words or more"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A document that was found, and the pages of its best passage."""

    document: str
    pages: tuple[int, ...]
    score: float
    grade: int | None
    """What it was judged; None when nobody judged it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quoted:
    """A sentence that was quoted."""

    citation: Citation
    right: bool
    """Whether it was judged right (grade 2 or 3)."""
    judged: bool
    """Whether anybody judged this sentence, or the page that it stands on, at all."""
    verified: bool
    """Whether it stands, letter for letter, at its address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What one system gave for one question, and what that is worth."""

    found: tuple[Found, ...]
    """Best first; the first twenty."""
    sentences: tuple[Quoted, ...]
    """Best first."""
    verdict: Verdict
    confidence: float
    """How sure the system was that its sentences answer, 0 to 1."""
    seconds: float
    cpu_seconds: float
    measures: Mapping[str, float]
    """Per measure (:data:`eval.measures.MEASURES`) its value; one that cannot be taken on this question is absent."""

    @property
    def not_found(self) -> bool:
        """Whether the system said that nothing answers."""
        return self.verdict is Verdict.NOT_FOUND


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldMark:
    """Which gold set was asked."""

    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PapersMark:
    """Which papers were asked: those that everyone may see."""

    sha256: str
    """Over the SHA-256 of each of them: which papers they are."""
    text: str
    """Over the text that was read from them too: it differs when another program read the scans."""
    documents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """Several systems on one gold set and one collection."""

    form: int = FORM
    command: str
    made_by: Provenance
    gold: GoldMark
    papers: PapersMark
    seed: int
    unplaced: int
    """Judged quotes on scanned pages that the text that was read there lacks: they count as judgements of the page."""
    memory_mib: float
    """The most memory that the process held."""
    questions: tuple[Asked, ...]
    systems: Mapping[str, tuple[Given, ...]]
    """Per system what it gave, in the order of the questions; the product first."""

    def values(
        self, system: str, measure: str, chosen: Callable[[Asked], bool] = lambda asked: True
    ) -> Mapping[str, float]:
        """Return the value of a measure by question, where it could be taken.

        Raises:
            UsageError: the result holds no such system.
        """
        pairs = zip(self.questions, self.given(system), strict=True)
        return {
            asked.id: given.measures[measure] for asked, given in pairs if measure in given.measures and chosen(asked)
        }

    def given(self, system: str) -> tuple[Given, ...]:
        """Return what a system gave, question by question.

        Raises:
            UsageError: the result holds no such system.
        """
        if system not in self.systems:
            raise UsageError(f"the result holds no system {system!r}; it holds {', '.join(self.systems)}")
        return self.systems[system]

    def mean(self, system: str, measure: str, chosen: Callable[[Asked], bool] = lambda asked: True) -> float | None:
        """Return the mean of a measure over the questions on which it can be taken, or None where there are none."""
        return mean(self.values(system, measure, chosen).values())

    def seconds(self, system: str, share: float) -> float:
        """Return the seconds within which this share of a system's questions was answered."""
        return quantile((given.seconds for given in self.given(system)), share)

    def abstention(self, system: str) -> Abstention:
        """Return how a system's silence fits the questions that nothing answers."""
        return abstention(zip(self.questions, self.given(system), strict=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class Abstention:
    """Silence as a classifier of what cannot be answered. Each share is None where it has nothing to stand on."""

    silent: int
    """Questions that got "not found"."""
    rightly: int
    """Those of them that nothing answers."""
    unanswerable: int

    @property
    def precision(self) -> float | None:
        """Of all silence, the share that was right."""
        return self.rightly / self.silent if self.silent else None

    @property
    def recall(self) -> float | None:
        """Of all questions that nothing answers, the share that got silence."""
        return self.rightly / self.unanswerable if self.unanswerable else None


def abstention(pairs: Iterable[tuple[Asked, Given]]) -> Abstention:
    """Count silence against what can be answered."""
    items = [(asked.answerable, given.not_found) for asked, given in pairs]
    return Abstention(
        silent=sum(silent for _, silent in items),
        rightly=sum(silent and not answerable for answerable, silent in items),
        unanswerable=sum(not answerable for answerable, _ in items),
    )


def write_result(path: Path, result: Result) -> None:
    """Write a result, as a whole or not at all.

    Raises:
        UsageError: the file cannot be written.
    """
    content = _adapter().dump_json(result, indent=1) + b"\n"
    if path.suffix == ".gz":
        content = gzip.compress(content, mtime=0)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {error.strerror}; choose another place for the result") from error


def read_result(path: Path) -> Result:
    """Read a result that :func:`write_result` wrote.

    Raises:
        UsageError: the file cannot be read, is no result, was written in another form, or holds no question.
    """
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise UsageError(f"{path} cannot be read: {error}; give a file that raadspoor-eval wrote") from error
    result = _parsed(path, content)
    if not result.questions or not result.systems:
        raise UsageError(f"{path} is an empty run: it holds no question or no system; run raadspoor-eval again")
    for name, given in result.systems.items():
        if len(given) != len(result.questions):
            raise UsageError(f"{path}: {name} has {len(given)} outcomes for {len(result.questions)} questions")
    return result


def _parsed(path: Path, content: bytes) -> Result:
    from pydantic import ValidationError

    try:
        result = _adapter().validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise UsageError(
            f"{path} is no result of form {FORM}: {where}: {first['msg']}; run raadspoor-eval again with this version"
        ) from error
    if result.form != FORM:
        raise UsageError(f"{path} has form {result.form}, and this version reads {FORM}; run raadspoor-eval again")
    return result


def as_values(result: Result) -> dict[str, Any]:
    """Return a result as plain values, as they stand in its file."""
    values: dict[str, Any] = _adapter().dump_python(result, mode="json")
    return values


@cache
def _adapter() -> TypeAdapter[Result]:
    from pydantic import TypeAdapter

    return TypeAdapter(Result)
