"""The trained line classifiers: small feed-forward networks in plain numpy, taught by training/pages/lines.py.

Weights mean nothing but for the features, and the word lists behind these, that they were taught with. They travel
with the features' names and the lists' fingerprint, and are refused beside others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from etl.errors import ModelError
from etl.normalize.body.line_features import Columns, Matrix, columns_of, shifted, stacked
from etl.normalize.body.vocabulary import vocabulary_fingerprint

WEIGHTS = Path(__file__).with_name("lines.npz")
_CLIP = 4.0
_NEIGHBOURS = (-4, -3, -2, -1, 1, 2, 3, 4)
_WINDOWS = (5, 15)
_LONG_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]|\w{4,}")
_START = 400
_LONG_LINE = 60
_LIKELY = 0.5
_OPENING_LINES = 3
_REMEDY = "teach them anew, or keep them, with training/pages/lines.py (its first lines say when)"


@dataclass(frozen=True, slots=True)
class Network:
    """Standardised features, one hidden layer of rectified units, one logistic output."""

    features: tuple[str, ...]
    mean: Matrix
    scale: Matrix
    hidden_weights: Matrix
    hidden_bias: Matrix
    output_weights: Matrix
    output_bias: Matrix


_PARTS = Network.__slots__[1:]


def predict(network: Network, columns: Columns) -> Matrix:
    """The probability of each line: shape (lines,).

    Raises:
        ModelError: the columns are not those that the network was taught with, in their order.
    """
    if tuple(columns) != network.features:
        raise ModelError(_told(network.features, tuple(columns)))
    # einsum, not a library product: the same sums on every machine, and no threads that fight those of other workers.
    inputs = standardise(network.mean, network.scale, stacked(columns))
    hidden = np.einsum("rf,fh->rh", inputs, network.hidden_weights) + network.hidden_bias
    logits = np.einsum("rh,ho->r", np.maximum(hidden, 0.0), network.output_weights) + network.output_bias
    return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)


def _told(taught: Sequence[str], given: Sequence[str]) -> str:
    names = sorted(set(taught) ^ set(given))
    what = f"differ in {', '.join(map(repr, names))}" if names else "stand in another order"
    return f"the line classifiers were taught with other features (they {what}): {_REMEDY}"


def standardise(mean: Matrix, scale: Matrix, rows: Matrix) -> Matrix:
    """Features in units of their spread, outliers cut off."""
    return np.asarray(np.clip((rows - mean) / scale, -_CLIP, _CLIP), dtype=np.float32)


def with_context(texts: Sequence[str], columns: Columns, scores: Matrix) -> Columns:
    """Columns for a second look: the features, the first scores around each line, what it shares with the likely body."""
    total = np.concatenate([[0.0], np.cumsum(scores)])
    index, size = np.arange(len(scores)), len(scores)
    found: dict[str, ArrayLike] = {"score": scores}
    for offset in _NEIGHBOURS:
        found[f"score {offset:+}"] = shifted(scores, offset, 0.0)
    for window in _WINDOWS:
        after = total[np.minimum(index + window + 1, size)] - total[index + 1]
        found[f"mean score within {window:+}"] = after / window
        found[f"mean score within {-window:+}"] = (
            total[index] - total[np.maximum(index - window, 0)]
        ) / window
    found["share of scores before"] = total[:-1] / (total[-1] + 1e-6)
    return columns | columns_of(found | _shared_with_body(texts, scores))


def _shared_with_body(texts: Sequence[str], scores: Matrix) -> dict[str, ArrayLike]:
    """How much of each line's words the likely body has too: a headline shares more of them than a teaser."""
    words = [set(_LONG_WORD.findall(text[:_START].lower())) for text in texts]
    long = [index for index, text in enumerate(texts) if len(text) > _LONG_LINE]
    strong = [index for index in long if scores[index] > _LIKELY] or long or [int(np.argmax(scores))]
    body = set().union(*(words[index] for index in strong))
    opening = set().union(*(words[index] for index in strong[:_OPENING_LINES]))
    counts = Counter(text.lower() for text in texts)
    offsets = np.arange(len(texts)) - strong[0]
    is_opening = ((offsets >= 0) & (offsets < _OPENING_LINES)).tolist()
    return {
        "share of words in the body": [len(own & body) / max(len(own), 1) for own in words],
        "share of words in the opening": [
            0.5 if is_own else len(own & opening) / max(len(own), 1)
            for own, is_own in zip(words, is_opening, strict=True)
        ],
        "lines from the body": np.sign(offsets) * np.log1p(np.abs(offsets)),
        "log of longer words": np.log1p([len(own) for own in words]),
        "times on the page": [min(counts[text.lower()], _OPENING_LINES + 1) for text in texts],
        "log of the body's lines": np.full(len(texts), np.log1p(len(strong))),
    }


@cache
def network(name: str) -> Network:
    """A shipped network by its name: text_body, text_headline, text_body_again, markup_body."""
    return _shipped()[name]


@cache
def _shipped() -> dict[str, Network]:
    return read_networks(WEIGHTS)


def read_networks(path: Path, any_vocabulary: bool = False) -> dict[str, Network]:
    """The networks of a file that `write_networks` made, by name.

    Args:
        path: the file.
        any_vocabulary: take them whatever word lists they were taught with, as only training may.

    Raises:
        ModelError: they were taught with other word lists than those that are here.
    """
    with np.load(path) as arrays:
        if not any_vocabulary and str(arrays["vocabulary"]) != vocabulary_fingerprint():
            raise ModelError(f"the line classifiers were taught with other word lists: {_REMEDY}")
        names = dict.fromkeys(key.partition("/")[0] for key in arrays if "/" in key)
        return {
            name: Network(
                tuple(arrays[f"{name}/features"].tolist()), *(arrays[f"{name}/{part}"] for part in _PARTS)
            )
            for name in names
        }


def write_networks(path: Path, networks: Mapping[str, Network]) -> None:
    """Keep networks with the names of their features and the fingerprint of the word lists that are here."""
    arrays: dict[str, Any] = {"vocabulary": np.array(vocabulary_fingerprint())}
    for name, one in networks.items():
        arrays[f"{name}/features"] = np.array(one.features)
        arrays |= {f"{name}/{part}": getattr(one, part) for part in _PARTS}
    np.savez_compressed(path, **arrays)
