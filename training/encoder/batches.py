"""Windows over the examples, gathered into arrays of about one length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from etl.annotate.encoder.pieces import SEPARATOR_PIECE, START_PIECE, Window, windows
from training.encoder.examples import UNKNOWN, Example, Link

LONGEST = 244  # pieces of a window with its context and two marks
LENGTH_STEP = 16  # few lengths, or the operators are compiled anew for each
CHUNK = 64  # batches whose windows are sorted by length together
SHORTEST_START = 60  # pieces of the first window, which is cut at random to vary the rest
BLANK_PIECE = 103
BUCKETS = 6  # of distance, on either side

Row = tuple[Example, Window]


@dataclass(frozen=True, slots=True)
class Batch:
    """Arrays for one step.

    ids, features, mask, names, attributions, claims: windows by length. The rest are for the linking head,
    with places in the flattened windows: of n contents the first and last piece, k candidate cues, their
    distance buckets and which is right; of m cues their piece, k candidate sources, likewise, where 0 is
    "no source". Absent candidates have bucket -1.
    """

    ids: Tensor
    features: Tensor
    mask: Tensor
    names: Tensor
    attributions: Tensor
    claims: Tensor
    content_ends: Tensor
    content_cues: Tensor
    content_buckets: Tensor
    content_right: Tensor
    source_cues: Tensor
    source_ends: Tensor
    source_buckets: Tensor
    source_right: Tensor


def batches(examples: Sequence[Example], windows_a_batch: int, seed: int, blank: float) -> Iterator[Batch]:
    """One epoch in an order of its own.

    windows_a_batch: of the longest kind; short ones come in greater number. blank: the share of pieces that
    are hidden.
    """
    chance = random.Random(seed)
    noise = np.random.default_rng(seed)
    for rows in plan(examples, windows_a_batch, chance):
        yield _batch(rows, noise, blank)


def plan(examples: Sequence[Example], windows_a_batch: int, chance: random.Random) -> list[list[Row]]:
    """Which windows go together: of like length, in random order."""
    rows = [(example, window) for example in examples for window in _varied_windows(example, chance)]
    chance.shuffle(rows)
    planned: list[list[Row]] = []
    step = CHUNK * windows_a_batch
    for start in range(0, len(rows), step):
        chunk = sorted(rows[start : start + step], key=lambda row: _length(row[1]))
        while chunk:
            count = max(1, windows_a_batch * LONGEST // (_length(chunk[-1][1]) + 2))
            planned.append(chunk[-count:])
            del chunk[-count:]
    chance.shuffle(planned)
    return planned


def _length(window: Window) -> int:
    return window.context_end - window.context_start


def _varied_windows(example: Example, chance: random.Random) -> Iterator[Window]:
    """The windows as they are read at run time, but from a random piece on, with one for the start."""
    pieces = example.pieces
    start = 0
    if len(pieces.ids) > LONGEST:
        start = int(chance.choice(pieces.first_piece[pieces.first_piece < LONGEST][SHORTEST_START // 2 :]))
        yield Window(0, 0, start, start)
    rest = replace(pieces, ids=pieces.ids[start:], word=pieces.word[start:], is_first=pieces.is_first[start:])
    for window in windows(rest):
        yield Window(*(start + getattr(window, field.name) for field in fields(window)))


def _batch(rows: list[Row], noise: np.random.Generator, blank: float) -> Batch:
    length = max(_length(window) for _, window in rows) + 2
    length += -length % LENGTH_STEP
    shape = (len(rows), length)
    ids, features = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    mask = np.zeros(shape, np.bool_)
    labels = {name: np.full(shape, UNKNOWN) for name in ("names", "attributions", "claims")}
    for i, (example, window) in enumerate(rows):
        context = slice(window.context_start, window.context_end)
        end = 1 + _length(window)
        ids[i, 0], ids[i, 1:end], ids[i, end] = START_PIECE, example.pieces.ids[context], SEPARATOR_PIECE
        features[i, 1:end] = example.pieces.features[context]
        mask[i, : end + 1] = True
        first = np.flatnonzero(example.pieces.is_first[context])
        words = example.pieces.word[context][first]
        for name, array in labels.items():
            array[i, 1 + first] = getattr(example, name)[words]
    ids[(noise.random(shape) < blank) & (ids != START_PIECE) & (ids != SEPARATOR_PIECE) & mask] = BLANK_PIECE
    tensors = {"ids": ids, "features": features, "mask": mask} | labels | _link_arrays(rows, length)
    return Batch(**{name: torch.from_numpy(array) for name, array in tensors.items()})


def _link_arrays(rows: list[Row], length: int) -> dict[str, NDArray[np.int64]]:
    contents: list[tuple[list[tuple[int, int]], list[tuple[int, int]], int]] = []
    sources: list[tuple[list[tuple[int, int]], list[tuple[int, int]], int]] = []
    for i, (example, window) in enumerate(rows):
        shift = i * length + 1 - window.context_start
        for links in _lines_inside(example.links, window):
            cues = [(link.cue + shift, link.cue + shift) for link in links]
            spoken = [link.source for link in links if link.source]
            ends = sorted({(first + shift, last + shift) for first, last in spoken})
            for place, link in enumerate(links):
                contents += [([(a + shift, b + shift)], cues, place) for a, b in link.contents]
                right = 0
                if link.source:
                    right = 1 + ends.index((link.source[0] + shift, link.source[1] + shift))
                sources.append(([cues[place]], ends, right))
    return _choices("content", contents, "ends", "cues") | _choices("source", sources, "cues", "ends")


def _lines_inside(links: Sequence[Link], window: Window) -> Iterator[list[Link]]:
    """The links of each line that lie in the window whole."""
    by_line: dict[int, list[Link]] = {}
    for link in links:
        ends = [link.cue, *(piece for span in link.contents for piece in span), *(link.source or ())]
        if window.context_start <= min(ends) and max(ends) < window.context_end:
            by_line.setdefault(link.line, []).append(link)
    yield from by_line.values()


def _choices(
    name: str,
    asked: list[tuple[list[tuple[int, int]], list[tuple[int, int]], int]],
    chooser: str,
    chosen: str,
) -> dict[str, NDArray[np.int64]]:
    """Arrays for a choice between candidates, as many columns as the most of them."""
    most = max((len(candidates) for _, candidates, _ in asked), default=0)
    own = np.zeros((len(asked), 2), np.int64)
    others = np.zeros((len(asked), most, 2), np.int64)
    buckets = np.full((len(asked), most), -1)
    for i, (one, candidates, _) in enumerate(asked):
        own[i] = one[0]
        if candidates:
            others[i, : len(candidates)] = candidates
            # Distances run from the cue to the span, as at run time.
            sign = 1 if name == "source" else -1
            gaps = sign * (others[i, : len(candidates), 0] - own[i, 0])
            buckets[i, : len(candidates)] = bucket(gaps)
    right = np.array([right for _, _, right in asked], np.int64)
    return {
        f"{name}_{chooser}": own,
        f"{name}_{chosen}": others,
        f"{name}_buckets": buckets,
        f"{name}_right": right,
    }


def bucket(distances: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bucket of a signed distance in pieces: 0..6 before, 7..13 behind or at."""
    sizes = np.minimum(BUCKETS, np.log2(np.abs(distances) + 1).astype(np.int64))
    return np.where(distances < 0, BUCKETS - sizes, BUCKETS + 1 + sizes)
