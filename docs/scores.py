"""Put the scores into the documents: ``python docs/scores.py`` (``--check`` only looks whether they are there).

Every table of figures in ``README.md``, ``docs/evaluation/README.md`` and ``docs/speed.md`` stands between two marks
and is made from a file in ``docs/evaluation/`` that ``raadspoor-eval`` wrote, or from ``bench/results.json``, which
``make bench`` wrote. Nobody types a figure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import table as bench_table  # noqa: E402  # the folder has to be known first
from bench.results import Measured, read_results  # noqa: E402
from eval.measures import MEASURES  # noqa: E402
from eval.reporting.paired import within  # noqa: E402
from eval.result import Result, read_result  # noqa: E402
from eval.summary import cell, unjudged_sentences  # noqa: E402
from eval.systems import BASELINE, PRODUCT  # noqa: E402

HOME = ROOT / "docs" / "evaluation"
SPEED = ROOT / "bench" / "results.json"
DOCUMENTS = (ROOT / "README.md", HOME / "README.md", ROOT / "docs" / "speed.md")
_LEVEL = 0.05
_SHORT = ("nDCG@10", "RR", "recall@20", "page nDCG@10", "first sentence", "any sentence", "facts", "verified")


def main() -> int:
    """Write or check every table, and return the exit code: 1 when a table is not what its file says."""
    parser = argparse.ArgumentParser(description="Put the scores into the documents.")
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a table is out of date")
    chosen = parser.parse_args()
    stale = [path for path in DOCUMENTS if path.read_text("utf-8") != filled(path.read_text("utf-8"))]
    for path in stale:
        if chosen.check:
            print(f"{path.relative_to(ROOT)} is out of date; run python docs/scores.py")
        else:
            path.write_text(filled(path.read_text("utf-8")), encoding="utf-8")
            print(f"{path.relative_to(ROOT)} written")
    return int(bool(stale) and chosen.check)


def filled(text: str) -> str:
    """Return a document with every table that it marks made anew."""
    for name, make in TABLES.items():
        begin, end = f"<!-- scores: {name} -->\n", f"<!-- /scores: {name} -->"
        if begin in text:
            before, _, rest = text.partition(begin)
            _, _, after = rest.partition(end)
            text = before + begin + make() + end + after
    return text


def short() -> str:
    """The few figures of the test half that the first page shows."""
    result = read_result(HOME / "dalmeren-test.json.gz")
    others = list(result.systems)[1:]
    rows = []
    for name in _SHORT:
        ours = cell(result, PRODUCT, name)
        if ours:
            values = [result.mean(other, name) for other in others]
            rows.append(
                [MEASURES[name].says, f"**{ours.mean:.3f}** ({ours.low:.2f}–{ours.high:.2f})", *map(_three, values)]
            )
    silence = {name: result.abstention(name) for name in result.systems}
    rows.append(
        [
            "of what nothing answers, the share that gets “not found”",
            f"**{_three(silence[PRODUCT].recall)}**",
            *("–" if name == BASELINE else _three(silence[name].recall) for name in others),
        ]
    )
    rows.append(
        [
            "of all “not found”, the share that is right",
            f"**{_three(silence[PRODUCT].precision)}**",
            *("–" if name == BASELINE else _three(silence[name].precision) for name in others),
        ]
    )
    answerable = sum(asked.answerable for asked in result.questions)
    head = f"test half: {len(result.questions)} questions, {answerable} answerable"
    return _table([head, *result.systems], rows)


def whole(file: str) -> Callable[[], str]:
    """Every measure of a result with its difference to each baseline."""

    def make() -> str:
        result = read_result(HOME / file)
        rows = []
        for item in within(result):
            it = item.difference
            rows.append(
                [
                    item.measure.name,
                    item.against,
                    f"{it.questions}",
                    f"{it.before:.3f}",
                    f"{it.after:.3f}",
                    f"{it.change:+.3f} ({it.low:+.3f} to {it.high:+.3f})",
                    f"{item.p:.4f}",
                    "yes" if item.p < _LEVEL else "no",
                ]
            )
        heads = [
            "measure",
            "baseline",
            "over",
            "baseline's",
            PRODUCT,
            "difference (95 %)",
            "p (Holm)",
            "more than chance",
        ]
        return _table(heads, rows) + "\n" + _about(result)

    return make


def public() -> str:
    """The public sets, with plain BM25 beside."""
    found: dict[str, Any] = json.loads((HOME / "public.json").read_text("utf-8"))
    rows = []
    for item in found["collections"]:
        for measure in ("nDCG@10", "RR", "R@100"):
            ours, theirs = (item["systems"][name][measure] for name in (PRODUCT, BASELINE))
            chance = item["against_bm25"][measure]
            rows.append(
                [
                    item["collection"]["name"],
                    measure,
                    f"{item['collection']['questions']}",
                    f"{ours:.3f}",
                    f"{theirs:.3f}",
                    f"{chance['change']:+.3f} ({chance['low']:+.3f} to {chance['high']:+.3f})",
                    f"{chance['p']:.4f}",
                ]
            )
    origin = found["collections"][0]["provenance"]
    heads = ["collection", "measure", "questions", PRODUCT, BASELINE, "difference (95 %)", "p"]
    return _table(heads, rows) + f"\nCommit {origin['commit'][:12]}, model `{origin['model']}`.\n"


def parts(file: str) -> Callable[[], str]:
    """What each part is worth."""

    def table() -> str:
        found: dict[str, Any] = json.loads((HOME / file).read_text("utf-8"))
        measures = list(dict.fromkeys(name for part in found["parts"] for name in part["measures"]))
        rows = [
            [
                f"{part['part']} {part['name']}".removeprefix("passage ").replace("_", " "),
                *(_worth(part["measures"].get(name)) for name in measures),
            ]
            for part in found["parts"]
        ]
        return _table(["part", *measures], rows)

    return table


def steps() -> str:
    """What each step of the Dutch analysis is worth to the ranking, on the sample and on the public sets."""
    sample: dict[str, Any] = json.loads((HOME / "ablation.json").read_text("utf-8"))
    public_sets: dict[str, Any] = json.loads((HOME / "ablation-public.json").read_text("utf-8"))
    columns = {"sample, development half": sample["parts"]}
    columns |= {item["name"]: item["parts"] for item in public_sets["collections"]}
    worth = {
        column: {part["name"]: part["measures"]["nDCG@10"] for part in parts if part["part"] == "step"}
        for column, parts in columns.items()
    }
    rows = [
        [name.replace("_", " "), *(_worth(worth[column].get(name)) for column in columns)]
        for name in worth["sample, development half"]
    ]
    whole_row = [f"{next(iter(found.values()))['after']:.3f}" for found in worth.values()]
    return _table(["step", *columns], [*rows, ["nDCG@10 with all steps", *whole_row]])


def benched(make: Callable[[Mapping[str, Measured]], str]) -> Callable[[], str]:
    """A table of ``make bench``."""
    return lambda: make(read_results(SPEED))


TABLES: dict[str, Callable[[], str]] = {
    "short": short,
    "dalmeren": whole("dalmeren-test.json.gz"),
    "raadsstukken": whole("raadsstukken-test.json.gz"),
    "raadsstukken_2": whole("raadsstukken_2-test.json.gz"),
    "public": public,
    "ablation": parts("ablation.json"),
    "steps": steps,
    "passages": parts("passages.json"),
    "passages_raadsstukken": parts("passages-raadsstukken.json"),
    **{name: benched(make) for name, make in bench_table.TABLES.items()},
}


def _worth(found: dict[str, float] | None) -> str:
    if found is None:
        return "–"
    return f"{found['change']:+.3f}{' *' if found['p_corrected'] < _LEVEL else ''}"


def _about(result: Result) -> str:
    nobody, quoted = unjudged_sentences(result.given(PRODUCT))
    judged = result.mean(PRODUCT, "judged@10")
    share = "an unknown share" if judged is None else f"{judged:.0%}"
    return (
        f"{len(result.questions)} questions, {result.papers.documents} papers. Of the first ten documents "
        f"{share} were judged by somebody, and {nobody} of {quoted} quoted sentences by nobody; what nobody "
        f"judged counts as not helpful. Commit {result.made_by.commit[:12]}, model `{result.made_by.model}`, seed "
        f"{result.seed}.\n"
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
