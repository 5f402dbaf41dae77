"""The trained line classifiers: small feed-forward networks in plain numpy, trained by training/pages/lines.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from etl.normalize.body.line_features import Matrix, shifted

WEIGHTS = Path(__file__).with_name("lines.npz")
_CLIP = 4.0
_NEIGHBOURS = (-4, -3, -2, -1, 1, 2, 3, 4)
_WINDOWS = (5, 15)
_LONG_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]|\w{4,}")
_START = 400
_LONG_LINE = 60
_LIKELY = 0.5
_OPENING_LINES = 3


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


def with_context(texts: Sequence[str], rows: Matrix, scores: Matrix) -> Matrix:
    """Rows for a second look: each line's features, the first scores around it, what it shares with the likely body."""
    column = scores.reshape(-1, 1)
    columns = [column, *(shifted(column, offset, 0.0) for offset in _NEIGHBOURS)]
    total = np.concatenate([[0.0], np.cumsum(scores)])
    index, size = np.arange(len(scores)), len(scores)
    means = []
    for window in _WINDOWS:
        means.append((total[np.minimum(index + window + 1, size)] - total[index + 1]) / window)
        means.append((total[index] - total[np.maximum(index - window, 0)]) / window)
    means.append(total[:-1] / (total[-1] + 1e-6))
    shared = _shared_with_body(texts, scores)
    return np.hstack([rows, *columns, np.stack(means, axis=1), shared]).astype(np.float32)


def _shared_with_body(texts: Sequence[str], scores: Matrix) -> Matrix:
    """How much of each line's words the likely body has too: a headline shares more of them than a teaser."""
    words = [set(_LONG_WORD.findall(text[:_START].lower())) for text in texts]
    long = [index for index, text in enumerate(texts) if len(text) > _LONG_LINE]
    strong = [index for index in long if scores[index] > _LIKELY] or long or [int(np.argmax(scores))]
    body = set().union(*(words[index] for index in strong))
    opening = set().union(*(words[index] for index in strong[:_OPENING_LINES]))
    counts = Counter(text.lower() for text in texts)
    rows = []
    for index, (text, own) in enumerate(zip(texts, words, strict=True)):
        offset = index - strong[0]
        size = max(len(own), 1)
        rows.append(
            [
                len(own & body) / size,
                len(own & opening) / size if not 0 <= offset < _OPENING_LINES else 0.5,
                np.sign(offset) * np.log1p(abs(offset)),
                np.log1p(len(own)),
                min(counts[text.lower()], _OPENING_LINES + 1),
                np.log1p(len(strong)),
            ]
        )
    return np.array(rows, dtype=np.float32)


@cache
def network(name: str) -> Network:
    """A trained network by its name: text_body, text_headline, text_body_again, markup_body."""
    with np.load(WEIGHTS) as arrays:
        return Network(*(arrays[f"{name}/{part}"] for part in Network.__slots__))
