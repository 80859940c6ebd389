"""Figures as they are printed: the same number of decimals everywhere, and a dash where there is no figure."""

from __future__ import annotations

from council import clean, readable

NONE = "–"
"""Stands where nothing could be measured."""
_LEAST_P = 0.001


def number(value: float | None) -> str:
    """Return a figure with three decimals."""
    return NONE if value is None else f"{value:.3f}".replace("-", "−")


def signed(value: float) -> str:
    """Return a difference with its sign; one that rounds to nought has none."""
    text = f"{abs(value):.3f}"
    if float(text) == 0.0:
        return text
    return f"+{text}" if value > 0 else f"−{text}"


def between(pair: tuple[float, float] | None) -> str:
    """Return an interval."""
    return NONE if pair is None else f"{number(pair[0])} to {number(pair[1])}"


def chance(p: float) -> str:
    """Return a p-value; what is smaller than a thousandth is not printed as if it were known exactly."""
    return f"< {_LEAST_P}" if p < _LEAST_P else number(p)


def with_sign(p: float) -> str:
    """Return a p-value with the sign that stands between it and the letter p."""
    return chance(p) if p < _LEAST_P else f"= {chance(p)}"


def milliseconds(seconds: float) -> str:
    """Return a time in milliseconds with one decimal."""
    return f"{1000 * seconds:.1f}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: ``counted(1, "question")`` is "1 question"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def plain(text: str) -> str:
    """Return a text of the gold set or the papers as one line, without what hides or turns letters."""
    return readable(clean(text))
