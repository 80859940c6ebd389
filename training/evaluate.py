"""Prints how good a model folder is: `python -m training.evaluate --data ../shared/data --model FOLDER`."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from training import corpus, measures

_PART_WORDS = 180
_RETRIEVAL = ("nl_kamervragen_limburg", "nl_rijksoverheid_vac")


def scores(embed: measures.Embed, data: Path) -> Iterator[tuple[str, str, float]]:
    """Yield (set, measure, score) for each development and test set in `data`."""
    for name in _RETRIEVAL:
        judged = corpus.retrieval_set(data, name)
        yield name, "nDCG@10, documents whole", measures.retrieval_score(embed, judged)
        yield name, f"nDCG@10, best part of {_PART_WORDS} words", measures.retrieval_score(embed, judged, _PART_WORDS)
    yield "sick_nl", "Spearman, all pairs", measures.similarity_score(embed, corpus.sick(data))
    yield "stsb_nl", "Spearman, test", measures.similarity_score(embed, corpus.stsb(data, "test"))


def main(arguments: list[str] | None = None) -> int:
    """Print the table in Markdown; return 0, or 2 where data is missing."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description="Score an embedding model.")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds training/ and retrieval/")
    parser.add_argument(
        "--model", type=Path, default=Path("search/models/raadspoor-static-nl"), help="the model's folder"
    )
    chosen = parser.parse_args(arguments)

    os.environ["HF_HUB_OFFLINE"] = "1"
    from training.shipping import load  # seconds of imports that --help should not wait for

    print("| set | measure | score |\n|---|---|---|")
    try:
        for name, measure, score in scores(load(chosen.model), chosen.data):
            print(f"| {name} | {measure} | {score:.3f} |", flush=True)
    except corpus.MissingDataError as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
