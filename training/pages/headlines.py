"""Fit the weights of etl/normalize/fields/headline.py and measure them on publishers they have not seen.

    python -m training.pages.headlines ../shared/bench/extraction/{fundus_dev,wcxb_dev}

Each folder holds ground_truth.json (id: url, title) and html/ID.html.gz. The model is a conditional logit: a page's
wordings, and "none of them", share the probability by their weighted features; weights are held small by a ridge.
Prints the share of right headlines, held out and not, and the weights. A minute on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from etl.normalize.fields.headline import wordings
from etl.normalize.page import metadata
from etl.normalize.page.page import parse_page
from etl.normalize.text.charset import decode
from etl.normalize.text.strings import words_of

FOLDS = 8
SEEDS = 5
RIDGE = 1.0
STEPS = 10
NONE = "none"
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """A page's wordings as features by name, and which of them are right."""

    folder: str
    publisher: str
    features: list[dict[str, float]]
    is_right: list[bool]


@dataclass(frozen=True)
class Table:
    """Samples as arrays: features (pages, wordings, names), which cells are filled, which are right, page weights.

    The last wording of a page is "none".
    """

    features: Array
    is_filled: Array
    is_right: Array
    weights: Array


def read(folder: Path) -> Iterator[Sample]:
    """The pages of a folder that have a true headline."""
    truth = json.loads((folder / "ground_truth.json").read_text("utf-8"))
    for name in sorted(truth):
        title, url = truth[name].get("title"), truth[name].get("url")
        decoded = decode(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), "utf-8")
        page = parse_page(decoded[0], url) if decoded else None
        if title and page is not None:
            url = page.url or metadata.canonical_url(page)
            found = wordings(page, metadata.site_names(page, url))
            is_right = [words_of(one.occurrences[0].value) == words_of(title) for one in found]
            publisher = metadata.publisher_domain(url) or name
            yield Sample(folder.name, publisher, [one.features for one in found], is_right)


def tabulate(samples: Sequence[Sample], names: Sequence[str]) -> Table:
    """The samples' features in the order of the names."""
    size = max(len(sample.features) for sample in samples) + 1
    table = Table(
        np.zeros((len(samples), size, len(names))),
        np.zeros((len(samples), size)),
        np.zeros((len(samples), size)),
        np.zeros(len(samples)),
    )
    pages = Counter(sample.folder for sample in samples)
    for row, sample in enumerate(samples):
        for place, features in enumerate([*sample.features, {NONE: 1.0}]):
            table.features[row, place] = [features.get(name, 0.0) for name in names]
            table.is_filled[row, place] = 1
        table.is_right[row, : len(sample.is_right) + 1] = [*sample.is_right, not any(sample.is_right)]
        # A large folder weighs more than a small one, but not in proportion.
        table.weights[row] = pages[sample.folder] ** -0.5
    table.weights[:] /= table.weights.min()
    return table


def probabilities(table: Table, weights: Array) -> Array:
    """The probability of each wording: shape (pages, wordings)."""
    scores = np.where(table.is_filled > 0, table.features @ weights, -np.inf)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def fit(table: Table) -> Array:
    """The weights, by Newton's method; several right wordings of a page share its gradient."""
    size = table.features.shape[2]
    weights = np.zeros(size)
    for _ in range(STEPS):
        chance = probabilities(table, weights)
        right = chance * table.is_right
        right /= right.sum(axis=1, keepdims=True)
        share = chance * table.weights[:, None]
        gradient = np.einsum("pw,pwf->f", (chance - right) * table.weights[:, None], table.features)
        means = np.einsum("pw,pwf->pf", chance, table.features)
        curvature = np.einsum("pw,pwf,pwg->fg", share, table.features, table.features)
        curvature -= (means * table.weights[:, None]).T @ means
        weights = weights - np.linalg.solve(curvature + RIDGE * np.eye(size), gradient + RIDGE * weights)
    return weights


def subset(table: Table, rows: Array) -> Table:
    """Some pages of a table."""
    return Table(table.features[rows], table.is_filled[rows], table.is_right[rows], table.weights[rows])


def best(table: Table, weights: Array) -> tuple[Array, Array]:
    """For each page whether its likeliest wording is right, and how likely it is."""
    chance = probabilities(table, weights)
    pages = np.arange(len(chance))
    chance[pages, table.is_filled.sum(axis=1).astype(int) - 1] = 0
    place = chance.argmax(axis=1)
    return table.is_right[pages, place], chance[pages, place]


def held_out(table: Table, samples: Sequence[Sample]) -> tuple[Array, Array]:
    """What `best` gives for pages whose publisher the weights have not seen, a row for each seed."""
    publishers = sorted({sample.publisher for sample in samples})
    place = {name: index for index, name in enumerate(publishers)}
    hits, chances = np.zeros((SEEDS, len(samples))), np.zeros((SEEDS, len(samples)))
    for seed in range(SEEDS):
        groups = np.random.default_rng(seed).permutation(len(publishers)) % FOLDS
        own = np.array([groups[place[sample.publisher]] for sample in samples])
        for fold in range(FOLDS):
            weights = fit(subset(table, own != fold))
            hits[seed, own == fold], chances[seed, own == fold] = best(subset(table, own == fold), weights)
    return hits, chances


def report(samples: Sequence[Sample]) -> None:
    """Fit the weights; print the share of right headlines, held out and not, and the weights."""
    names = [*dict.fromkeys(name for one in samples for row in one.features for name in row), NONE]
    table = tabulate(samples, names)
    weights = fit(table)
    seen, (hits, chances) = best(table, weights)[0], held_out(table, samples)
    print("folder: headlines right, publishers held out; with all seen; some wording right")
    for folder in dict.fromkeys(sample.folder for sample in samples):
        own = np.array([sample.folder == folder for sample in samples])
        possible = np.mean([any(sample.is_right) for sample in samples if sample.folder == folder])
        print(f"{folder}: {hits[:, own].mean():.3f} {seen[own].mean():.3f} {possible:.3f}")
    print("confidence: headlines, mean confidence, share right (held out)")
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        inside = (chances >= low) & (chances < high)
        if inside.any():
            print(
                f"  {low:.2f}-{min(high, 1):.2f} {inside.sum() / SEEDS:6.1f} {chances[inside].mean():.3f} {hits[inside].mean():.3f}"
            )
    for name, weight in zip(names, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


def main() -> None:
    """Read the pages, print the figures and the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    report([sample for folder in options.folders for sample in read(folder)])


if __name__ == "__main__":
    main()
