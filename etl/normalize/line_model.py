"""The trained line classifiers: small feed-forward networks in plain numpy, trained by training/lines.py."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from etl.normalize.line_features import Matrix, shifted

WEIGHTS = Path(__file__).with_name("lines.npz")
_CLIP = 4.0
_NEIGHBOURS = (-4, -3, -2, -1, 1, 2, 3, 4)
_WINDOWS = (5, 15)


@dataclass(frozen=True, slots=True)
class Network:
    """Standardised features, one hidden layer of rectified units, one logistic output."""

    mean: Matrix
    scale: Matrix
    hidden_weights: Matrix
    hidden_bias: Matrix
    output_weights: Matrix
    output_bias: Matrix


def predict(network: Network, rows: Matrix) -> Matrix:
    """The probability of each row: shape (rows, features) in, (rows,) out."""
    # einsum, not a library product: the same sums on every machine, and no threads that fight those of other workers.
    inputs = standardise(network.mean, network.scale, rows)
    hidden = np.einsum("rf,fh->rh", inputs, network.hidden_weights) + network.hidden_bias
    logits = np.einsum("rh,ho->r", np.maximum(hidden, 0.0), network.output_weights) + network.output_bias
    return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)


def standardise(mean: Matrix, scale: Matrix, rows: Matrix) -> Matrix:
    """Features in units of their spread, outliers cut off."""
    return np.asarray(np.clip((rows - mean) / scale, -_CLIP, _CLIP), dtype=np.float32)


def with_context(rows: Matrix, scores: Matrix) -> Matrix:
    """Rows for a second look: each line's features together with the first scores of the lines around it."""
    column = scores.reshape(-1, 1)
    columns = [column, *(shifted(column, offset, 0.0) for offset in _NEIGHBOURS)]
    total = np.concatenate([[0.0], np.cumsum(scores)])
    index, size = np.arange(len(scores)), len(scores)
    means = []
    for window in _WINDOWS:
        means.append((total[np.minimum(index + window + 1, size)] - total[index + 1]) / window)
        means.append((total[index] - total[np.maximum(index - window, 0)]) / window)
    means.append(total[:-1] / (total[-1] + 1e-6))
    return np.hstack([rows, *columns, np.stack(means, axis=1)]).astype(np.float32)


@cache
def network(name: str) -> Network:
    """A trained network by its name: text_body, text_headline, text_body_again, markup_body."""
    with np.load(WEIGHTS) as arrays:
        return Network(*(arrays[f"{name}/{part}"] for part in Network.__slots__))
