"""The figures as tables in Markdown, for ``python docs/scores.py`` and ``python -m bench --table``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bench.collections import JUDGED_SETS, LAW_TEXT
from bench.machine import Provenance
from bench.quantising import Form
from bench.results import Measured, State
from bench.rivals.rival import ENTRIES
from bench.targets import TARGETS, Target

Found = Mapping[str, Measured]
_NOTHING = "–"
_OTHERS: tuple[tuple[str, str, str, str], ...] = (
    ("search, half of the questions within", "searching_large", "p50_ms", "ms"),
    ("the first question after opening", "searching_large", "first_ms", "ms"),
    (
        "search, eight readers at once, a process for each core, 95 of 100 within",
        "crowding_several_large",
        "p95_ms",
        "ms",
    ),
    ("memory of each of these processes, with the model", "crowding_several_large", "own_mib_each", "MiB"),
    ("searches a second, eight readers at once on one engine", "crowding_large", "queries_per_second", ""),
    ("search, eight readers at once on one engine, 95 of 100 within", "crowding_large", "p95_ms", "ms"),
    ("search and answer, half of the questions within", "answering_large", "p50_ms", "ms"),
    ("search and answer, 95 of 100 within", "answering_large", "p95_ms", "ms"),
    ("memory of the engine itself, without the model", "searching_large", "engine_own_mib", "MiB"),
    ("pages of its files that lie in memory beside that", "searching_large", "engine_mapped_mib", "MiB"),
    ("search, half of the questions within", "searching_larger", "p50_ms", "ms"),
    ("opening, once the model is loaded", "searching_larger", "open_seconds", "s"),
)
"""What is shown without a promise: text, measurement, figure, unit."""
_BUILDING: tuple[tuple[str, str, str, str], ...] = (
    ("sample read, cut and published, pages a second", "reading", "pages_per_second", ""),
    ("the same again, nothing changed", "reading", "second_run_seconds", "s"),
    ("one night: reading and cutting", "nights", "read_seconds", "s"),
    ("one night: indexing and publishing", "nights", "index_seconds", "s"),
    ("last third of reading took, against the middle one", "nights", "read_growth", "times"),
    ("last third of indexing took, against the middle one", "nights", "index_growth", "times"),
    ("the night after, nothing changed", "nights", "second_run_seconds", "s"),
    ("a night with 20 new papers", "nights", "small_night_seconds", "s"),
    ("the naive way, pages a second", "naive", "pages_per_second", ""),
    ("passages embedded a second", "embedding", "passages_per_second", ""),
    ("model loaded in", "embedding", "load_seconds", "s"),
    ("law text cut in", "filling_large", "cut_seconds", "s"),
    ("law text indexed in", "filling_large", "index_seconds", "s"),
    ("largest size of the indexing process", "filling_large", "peak_mib", "MiB"),
    ("search on the sample, 95 of 100 within", "searching_sample", "p95_ms", "ms"),
    ("search and answer on the sample, 95 of 100 within", "answering_sample", "p95_ms", "ms"),
)
_SIDES = ("p50_ms", "p95_ms", "build_seconds", "own_mib", "peak_mib")


def speed(found: Found) -> str:
    """Every promise with what was measured, misses too, and what else a reader or an administrator notices."""
    rows = [_promise(target, found) for target in TARGETS]
    for says, step, figure, unit in _OTHERS:
        item = found.get(step)
        if item is not None or not step.endswith("larger"):
            rows.append([says, _size(item), _NOTHING, _shown(item, figure, unit), _NOTHING])
    names = {step for _, step, _, _ in _OTHERS} | {target.step for target in TARGETS}
    return _table(["two cores", "passages", "promised", "measured", "kept"], rows) + _about(found, names)


def building(found: Found) -> str:
    """How long it takes until papers can be searched."""
    rows = [
        [says, _size(found.get(step)), _shown(found.get(step), figure, unit)] for says, step, figure, unit in _BUILDING
    ]
    ratio = _ratio(found.get("nights"), found.get("naive"))
    rows.append(["one night against the naive way, pages a second", _size(found.get("nights")), ratio])
    return _table(["two cores", "passages", "measured"], rows) + _about(found, {step for _, step, _, _ in _BUILDING})


def rivals(found: Found) -> str:
    """Others on the same passages with the same questions; one that was not measured is named with the reason."""
    rows, reasons = [], []
    for name, entry in ENTRIES.items():
        large = found.get(f"rival_{name}_{LAW_TEXT}")
        judged = [found.get(f"rival_{name}_{collection}") for collection in JUDGED_SETS]
        version = next((str(item.figures.get("version", "")) for item in [large, *judged] if item is not None), "")
        quality = [_shown(item, "ndcg_at_10", "") for item in judged]
        rows.append([f"{entry.title} {version}".strip(), *quality, *(_shown(large, key, "") for key in _SIDES)])
        lost = [item for item in [large, *judged] if item is None or item.state is not State.MEASURED]
        if lost:
            reasons.append(f"{entry.title}: {_why(lost[0])}.")
    size = _size(found.get(f"rival_raadspoor_{LAW_TEXT}"))
    heads = [
        "same passages, same questions",
        *(f"nDCG@10 {name}" for name in JUDGED_SETS),
        *(f"p50 ms, {size} passages", "p95 ms", "build s", "memory MiB", "peak MiB"),
    ]
    names = {f"rival_{name}_{collection}" for name in ENTRIES for collection in (*JUDGED_SETS, LAW_TEXT)}
    return _table(heads, rows) + "".join(f"\n{reason}\n" for reason in reasons) + _about(found, names)


def quantising(found: Found) -> str:
    """What smaller vectors would save and cost."""
    rows = []
    for form in Form:
        item = found.get(f"quantising_{form.value}")
        keys = ("vectors_mib", "recall_at_10", "p50_ms", "p95_ms", "mapped_mib")
        rows.append([form.value.replace("_", ", "), _size(item), *(_shown(item, key, "") for key in keys)])
    heads = ["vectors as", "passages", "their size, MiB", "recall@10", "p50 ms", "p95 ms", "lying in memory, MiB"]
    return _table(heads, rows) + _about(found, {f"quantising_{form.value}" for form in Form})


TABLES: dict[str, Callable[[Found], str]] = {
    "speed": speed,
    "rivals": rivals,
    "building": building,
    "quantising": quantising,
}


def _promise(target: Target, found: Found) -> list[str]:
    value, kept = target.value(found), target.kept(found)
    sign = "at most" if target.at_most else "at least"
    shown = _why(found.get(target.step)) if value is None else f"**{_number(value)}** {target.unit}".strip()
    verdict = _NOTHING if kept is None else "yes" if kept else "**no**"
    promised = f"{sign} {_number(target.bound)} {target.unit}".strip()
    return [target.says, f"{target.size(found):,}", promised, shown, verdict]


def _ratio(ours: Measured | None, theirs: Measured | None) -> str:
    fast, slow = (item.figures.get("pages_per_second") if item is not None else None for item in (ours, theirs))
    return f"{_number(float(fast) / float(slow))} times" if fast and slow else _NOTHING


def _shown(item: Measured | None, figure: str, unit: str) -> str:
    value = item.figures.get(figure) if item is not None else None
    return _NOTHING if value is None or isinstance(value, str) else f"{_number(value)} {unit}".strip()


def _size(item: Measured | None) -> str:
    return f"{item.figures['passages']:,}" if item is not None and "passages" in item.figures else _NOTHING


def _why(item: Measured | None) -> str:
    """Return why there is no figure."""
    return "not measured" if item is None else f"{item.state}: {item.why}".replace("|", "/").replace("\n", " ")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.4g}"


def _about(found: Found, names: Iterable[str]) -> str:
    """Say on which machine, at which commit and when the figures of a table were measured."""
    used = [found[name] for name in names if name in found]
    if not used:
        return "\nNothing was measured yet.\n"
    commits = sorted({item.made_on.commit + ("*" if item.made_on.changed_since_commit else "") for item in used})
    days = sorted({item.when[:10] for item in used})
    machines = sorted({_machine(item.made_on) for item in used})
    star = " (* with changes that were not committed)" if any(commit.endswith("*") for commit in commits) else ""
    period = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    about = (
        f"Measured {period} with `make bench` at commit {', '.join(commits)}{star}; {'; '.join(machines)}{_pace(used)}."
    )
    return f"\n{about}\n"


def _pace(used: Sequence[Measured]) -> str:
    """Say how quick the machine was, where that is known."""
    known = [item.pace_ms for item in used if item.pace_ms]
    return f"; pace {min(known):.0f} to {max(known):.0f} ms" if known else ""


def _machine(it: Provenance) -> str:
    return f"{it.processor}, {it.cores} cores, {it.memory_mib / 1024:.0f} GiB, Python {it.python}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
