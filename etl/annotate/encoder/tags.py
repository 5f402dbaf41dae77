"""From tag scores to spans: the best path that obeys the BIO rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from etl.annotate.encoder.session import Floats

_FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words `first` to `last` (half-open) carry one tag; `probability` is their mean."""

    tag: str
    first: int
    last: int
    probability: float


def decode(scores: Floats, tags: tuple[str, ...], lines: NDArray[np.int64], bias: float) -> list[TaggedSpan]:
    """The best spans under the scores.

    scores: words by tags; `bias` is taken off the score of "O". A span never crosses a line.
    """
    if not len(scores):
        return []
    favoured = scores.copy()
    favoured[:, 0] -= bias
    path = _best_paths(favoured, _transitions(tags), lines)
    exponents = np.exp(favoured - favoured.max(axis=1, keepdims=True))
    chosen = exponents[np.arange(len(path)), path] / exponents.sum(axis=1)
    return _spans(path.tolist(), tags, lines.tolist(), chosen.tolist())


@cache
def _transitions(tags: tuple[str, ...]) -> Floats:
    """0 where a tag may follow another, a large negative score where not: I-X only after B-X or I-X."""
    table = np.zeros((len(tags), len(tags)), np.float32)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            for row, before in enumerate(tags):
                if before[2:] != tag[2:]:
                    table[row, column] = _FORBIDDEN
    return table


def _best_paths(scores: Floats, transitions: Floats, lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """The best path of each line: the best tags alone wherever they obey the rule, which is nearly everywhere."""
    path: NDArray[np.int64] = scores.argmax(axis=1)
    before = np.concatenate([[0], path[:-1]])
    starts = np.concatenate([[True], lines[1:] != lines[:-1]])
    before[starts] = 0
    for line in np.unique(lines[transitions[before, path] < 0]):
        first, last = np.searchsorted(lines, [line, line + 1])
        path[first:last] = _best_path(scores[first:last], transitions)
    return path


def _best_path(scores: Floats, transitions: Floats) -> NDArray[np.int64]:
    """Viterbi's algorithm."""
    best = scores[0] + transitions[0]
    origins = np.zeros(scores.shape, np.int64)
    for i in range(1, len(scores)):
        through = best[:, None] + transitions
        origins[i] = through.argmax(axis=0)
        best = through.max(axis=0) + scores[i]
    path = np.zeros(len(scores), np.int64)
    path[-1] = best.argmax()
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = origins[i, path[i]]
    return path


def _spans(path: list[int], tags: tuple[str, ...], lines: list[int], chosen: list[float]) -> list[TaggedSpan]:
    spans: list[TaggedSpan] = []
    start = 0
    for i in range(1, len(path) + 1):
        continues = i < len(path) and tags[path[i]].startswith("I-") and lines[i] == lines[i - 1]
        if continues:
            continue
        if path[start]:
            probability = sum(chosen[start:i]) / (i - start)
            spans.append(TaggedSpan(tags[path[start]][2:], start, i, probability))
        start = i
    return spans
