"""Set the weights of ``search.answer`` and ``search.confidence`` on development questions, and tell how good they are.

    python -m training.answer_weights eval/gold/dalmeren.jsonl=data/dalmeren [GOLD=DATA ...]

Only the development half of each gold set is read. The weights of the sentences maximise the probability that a softmax
over the candidates gives to the right ones, with a penalty that pulls each weight back to what was set by hand: with a
few hundred questions the hand knows more than the data. Then a logistic function is fitted to whether one of the quoted
sentences is right. Each figure is told twice: on the questions that the weights were set on, and cross-validated, in
five folds that keep the questions of a dossier together. Only the second says what to expect elsewhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from council import DataFolder
from eval.answers import facts_held
from eval.gold import Split, only, read_gold
from search.answer import SHORTLIST, WEIGHTS, pick
from search.confidence import SHARPNESS, rivals
from search.features import Feature
from training.answer_examples import Example, Source, examples

Array = NDArray[np.float64]
BY_HAND = {
    Feature.LEXICAL: 0.39, Feature.OWN: 0.13, Feature.DENSE: 0.19, Feature.RANK: 0.24, Feature.PASSAGE: 0.10,
    Feature.DOCUMENT: 0.09, Feature.SUMMARY: 0.07, Feature.KIND: 0.22, Feature.MOMENT: 0.12, Feature.NEWER: 0.05,
    Feature.YEAR: 0.07, Feature.PLACE: 0.04, Feature.ECHO: -0.25, Feature.TITLE: -0.20, Feature.STUMP: -0.14,
    Feature.LONG: -0.10, Feature.SAID: 0.25,
}  # fmt: skip
"""What was set by hand; the features that are not named came later and begin at 0."""
PULL = 0.3
"""How strongly a weight is pulled back to the hand-set one: 1 is nearly as good, 0.1 does worse on other folds."""
_PULL_CONFIDENCE = 0.02
FOLDS = 5
_SEEDS = (0, 1, 2)
_COUNTS = {Source.GOLD: 1.0, Source.FAR_OFF: 0.25, Source.NOT_HERE: 0.25, Source.HELD_OUT: 0.0}
"""What a question counts for in the confidence."""
_SILENCED = 0.10
"""At most this share of the questions that can be answered may be silenced."""


def fit_weights(known: Sequence[Example], start: Array) -> Array:
    """Return the weights that give the right sentences the highest probability, pulled back to ``start``."""
    cases = [
        (example.features * SHARPNESS, np.where(example.grades == 3, 1.0, np.where(example.grades == 2, 0.6, 0.0)))
        for example in known
        if example.answerable and (example.grades > 0).any()
    ]

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = 0.0, np.zeros_like(weights)
        for features, worth in cases:
            shares = _softmax(features @ weights)
            right = float(shares @ worth) + 1e-12
            total -= np.log(right)
            slope -= features.T @ (shares * worth / right - shares)
        apart = weights - start
        return total / len(cases) + PULL * float(apart @ apart), slope / len(cases) + 2 * PULL * apart

    return np.array(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def evidence(example: Example, scores: Array) -> list[float]:
    """Return what the confidence is made of."""
    best = np.argsort(-scores, kind="stable")[:SHORTLIST]
    picked = quoted(example, scores)
    doubted = example.doubts(picked)
    against = (float(doubted.unnamed), float(doubted.secret))
    return [1.0, float(scores.max()), rivals(scores[best]), example.strange, *against]


def fit_confidence(evidences: Array, right: Array, counting: Array) -> Array:
    """Return the logistic weights of the evidence, each pulled to 0 in units of its own spread."""
    spread = evidences.std(axis=0) + 1e-9
    spread[0] = np.inf

    def loss(weights: Array) -> tuple[float, Array]:
        odds = evidences @ weights
        wrong = counting * (1.0 / (1.0 + np.exp(-odds)) - right)
        pull = np.where(np.isinf(spread), 0.0, np.nan_to_num(spread, posinf=0.0)) ** 2
        value = float(counting @ np.logaddexp(0.0, np.where(right > 0, -odds, odds))) / len(right)
        return value + _PULL_CONFIDENCE * float(pull @ weights**2), evidences.T @ wrong / len(right) + (
            2 * _PULL_CONFIDENCE * pull * weights
        )

    return np.array(minimize(loss, np.zeros(evidences.shape[1]), jac=True, method="L-BFGS-B").x)


def folds(known: Sequence[Example], seed: int) -> NDArray[np.int64]:
    """Return the fold of each question; those of one dossier are in one."""
    groups = sorted({(example.collection, example.dossier) for example in known})
    np.random.default_rng(seed).shuffle(groups)
    fold = {tuple(group): at % FOLDS for at, group in enumerate(groups)}
    return np.array([fold[(example.collection, example.dossier)] for example in known])


def quoted(example: Example, scores: Array) -> list[int]:
    """Return the places of the sentences that would be quoted."""
    best = np.argsort(-scores, kind="stable")[:SHORTLIST]
    texts, papers = ([of[at] for at in best] for of in (example.texts, example.papers))
    telling = example.features[best, Feature.TITLE] == 0.0
    return [int(best[at]) for at in pick(scores[best], example.vectors[best], texts, papers, telling)]


def tell(known: Sequence[Example], scored: Sequence[Array], sure: Array, border: float) -> None:
    """Print how good the sentences and the silence are, by collection; silence counts as no right sentence."""
    for collection in dict.fromkeys(example.collection for example in known):
        at = [n for n, example in enumerate(known) if example.collection == collection]
        can = [n for n in at if known[n].answerable and known[n].measured]
        chosen = {n: quoted(known[n], scored[n]) for n in can}
        loud = {n: chosen[n] if sure[n] >= border else [] for n in can}
        rows: dict[str, Callable[[int, list[int]], float]] = {
            "first": lambda n, found: float(bool(found) and known[n].grades[found[0]] > 0),
            "any": lambda n, found: float(any(known[n].grades[one] > 0 for one in found)),
            "precision": lambda n, found: float(np.mean([known[n].grades[one] > 0 for one in found])) if found else 0.0,
        }
        told = [f"{name} {np.mean([get(n, loud[n]) for n in can]):.3f}" for name, get in rows.items()]
        with_facts = [n for n in can if known[n].facts]
        if with_facts:
            held = [facts_held(known[n].facts, "\n".join(known[n].texts[one] for one in loud[n])) for n in with_facts]
            told.append(f"facts {np.mean(held):.3f}")
        silent = [sure[n] < border for n in at if known[n].answerable]
        told.append(f"silenced {np.mean(silent):.2f} of {len(silent)}")
        for source in Source:
            kept = [sure[n] < border for n in at if not known[n].answerable and known[n].source is source]
            told.append(f"kept silent {np.mean(kept):.2f} of {len(kept)} {source}")
        print(f"  {collection}: " + ", ".join(told))


def _softmax(values: Array) -> Array:
    shares = np.exp(values - values.max())
    return np.array(shares / shares.sum())


def _right(known: Sequence[Example], scored: Sequence[Array]) -> Array:
    return np.array(
        [
            float((example.grades[quoted(example, scores)] > 0).any())
            for example, scores in zip(known, scored, strict=True)
        ]
    )


def main() -> None:
    """Read the development halves, print the weights and how well they do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="GOLD=DATA")
    known: list[Example] = []
    for pair in parser.parse_args().pairs:
        gold, _, data = pair.partition("=")
        known += examples(only(read_gold(Path(gold)), Split.DEV), DataFolder(Path(data)), Path(gold).stem)
    start = np.array([BY_HAND.get(feature, 0.0) for feature in Feature])
    report(known, start)


def report(known: Sequence[Example], start: Array) -> None:
    """Fit on everything and in folds, and print both."""
    measured = np.array([example.measured for example in known])
    answerable = np.array([example.answerable for example in known])

    def fitted(inside: NDArray[np.bool_]) -> tuple[Array, Array]:
        part = [example for example, there in zip(known, inside, strict=True) if there]
        weights = fit_weights(part, start)
        scored = [example.features @ weights for example in part]
        wise = np.array([evidence(example, scores) for example, scores in zip(part, scored, strict=True)])
        there = np.array([example.measured for example in part])
        counting = np.array([_COUNTS[example.source] for example in part])
        return weights, fit_confidence(wise[there], _right(part, scored)[there], counting[there])

    weights, logistic = fitted(np.ones(len(known), dtype=bool))
    for feature, value in zip(Feature, weights, strict=True):
        print(f"{feature.name:10} by hand {start[feature]:5.2f} fitted {value:5.2f} in use {WEIGHTS[feature]:5.2f}")
    print("always, best, rivals, strange, unnamed, secret:", np.round(logistic, 2))
    for name, splits in (("fitted on themselves", [None]), ("cross-validated", list(_SEEDS))):
        for seed in splits:
            fold = folds(known, seed) if seed is not None else np.full(len(known), -1)
            scored: list[Array] = [np.zeros(0)] * len(known)
            sure = np.zeros(len(known))
            for at in sorted(set(fold.tolist())):
                inside, odds = (weights, logistic) if at < 0 else fitted(fold != at)
                for n in np.flatnonzero(fold == at).tolist():
                    scored[n] = known[n].features @ inside
                    sure[n] = 1.0 / (1.0 + np.exp(-float(np.dot(evidence(known[n], scored[n]), odds))))
            border = float(np.quantile(sure[answerable], _SILENCED))
            print(f"{name}{'' if seed is None else f', shuffled {seed}'}; border {border:.3f}")
            tell(known, scored, sure, border)
            gold = measured & np.array([example.source is Source.GOLD for example in known])
            _tell_risk(sure[gold], _right(known, scored)[gold])


def _tell_risk(sure: Array, right: Array) -> None:
    """Print which share is right above each border of confidence (risk and coverage), and within each band."""
    for border in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        above = sure >= border
        if above.any():
            band = above & (sure < border + 0.1)
            inside = f"{right[band].mean():.2f}" if band.any() else "-"
            print(
                f"    sure {border:.1f}: {above.mean():.2f} of the questions, {right[above].mean():.2f} right; {inside}"
            )


if __name__ == "__main__":
    main()
