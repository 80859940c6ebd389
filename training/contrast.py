"""Teaches the piece vectors which texts belong together: contrastive learning with the rest of the batch as negatives.

The loss is the multiple negatives ranking loss of Henderson et al. (2017), taken both ways. It is a plain torch loop
because texts are encoded once and kept as piece ids: the library's trainer would cut every text anew in every epoch.
A text is the weighted sum of its pieces' vectors, brought to unit length; vectors and weights are both learned, and
weight times vector is what is shipped.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

Ids = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class EncodedPairs:
    """A kind of pair as piece ids: `left[i]` belongs to `right[i]`."""

    kind: str
    left: Sequence[Ids]
    right: Sequence[Ids]
    repeats: int = 1


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How to learn: all figures of the loop in one place."""

    epochs: int = 1
    batch: int = 1024
    rate: float = 3e-3
    scale: float = 15.0
    drop: float = 0.3
    longest_left: int = 64
    longest_right: int = 256
    seed: int = 1


def learn(
    vectors: NDArray[np.float32],
    weights: NDArray[np.float32],
    kinds: Sequence[EncodedPairs],
    schedule: Schedule,
    progress: Callable[[int, int, float], None] = lambda step, steps, loss: None,
) -> NDArray[np.float32]:
    """Return one learned row for each piece (weight included).

    `vectors` is (pieces, dimensions), `weights` (pieces,) and positive. `progress` hears the step, the number of
    steps and the loss of the step.
    """
    torch.manual_seed(schedule.seed)
    generator = np.random.default_rng(schedule.seed)
    rows = torch.nn.Parameter(torch.from_numpy(vectors.copy()))
    logs = torch.nn.Parameter(torch.from_numpy(np.log(weights)))
    optimiser = torch.optim.Adam([rows, logs], lr=schedule.rate, fused=True)
    batches = [batch for _ in range(schedule.epochs) for batch in _epoch(kinds, schedule.batch, generator)]
    for step, (kind, places) in enumerate(batches):
        for group in optimiser.param_groups:
            group["lr"] = schedule.rate * _slope(step, len(batches))
        pairs = kinds[kind]
        left = _embed(rows, logs, [pairs.left[p] for p in places], schedule.longest_left, schedule.drop, generator)
        right = _embed(rows, logs, [pairs.right[p] for p in places], schedule.longest_right, schedule.drop, generator)
        scores = schedule.scale * left @ right.T
        truth = torch.arange(len(places))
        loss = (functional.cross_entropy(scores, truth) + functional.cross_entropy(scores.T, truth)) / 2
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
        optimiser.step()
        progress(step + 1, len(batches), float(loss.detach()))
    with torch.no_grad():
        return (rows * logs.exp()[:, None]).numpy()


def _epoch(
    kinds: Sequence[EncodedPairs], size: int, generator: np.random.Generator
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    batches: list[tuple[int, NDArray[np.int64]]] = []
    for kind, pairs in enumerate(kinds):
        for _ in range(pairs.repeats):
            order = generator.permutation(len(pairs.left))
            whole = max(1, len(order) // size)
            batches.extend((kind, part) for part in np.array_split(order, whole) if len(part) > 1)
    yield from (batches[place] for place in generator.permutation(len(batches)))


def _embed(
    rows: torch.Tensor, logs: torch.Tensor, texts: list[Ids], longest: int, drop: float, generator: np.random.Generator
) -> torch.Tensor:
    kept = []
    for ids in texts:
        start = int(generator.integers(max(0, len(ids) - longest) + 1))
        kept.append(ids[start : start + longest])
    lengths = np.fromiter((len(ids) for ids in kept), dtype=np.int64, count=len(kept))
    flat = torch.from_numpy(np.concatenate(kept).astype(np.int64))
    offsets = torch.from_numpy(np.concatenate(([0], np.cumsum(lengths)[:-1])))
    weights = logs.exp()[flat]
    if drop:
        weights = weights * torch.from_numpy((generator.random(len(flat)) >= drop).astype(np.float32))
    return functional.normalize(
        functional.embedding_bag(flat, rows, offsets, mode="sum", per_sample_weights=weights), dim=1
    )


def _slope(step: int, steps: int) -> float:
    warm = max(1, steps // 20)
    return min((step + 1) / warm, (steps - step) / max(1, steps - warm))
