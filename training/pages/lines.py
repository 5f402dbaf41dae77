"""Train the line classifiers of etl/normalize (lines.npz) and measure them on publishers they have not seen.

    python -m training.pages.lines ../shared/bench/extraction/{fundus_dev,wcxb_dev} article-extraction-benchmark [--check]

Each folder holds html/ID.html.gz and the body (and title) that people see in them: ground_truth.json, or
ground-truth.json as github.com/scrapinghub/article-extraction-benchmark has it. Every page is used as HTML and,
rendered to visible text by w3m and by resiliparse (`pip install resiliparse`, `w3m` on the PATH), as a text dump.
A line is body where the true body has its words. --check cross-validates over publishers instead of writing weights.
Seeded; a few minutes on one core.

The weights are refused beside other word lists than those they were taught with. Where a list has changed so little that
the old weights serve (compare bench/pages.py before and after), `--keep` writes them again as taught with today's lists.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads only get in each other's way

import numpy as np

from etl.normalize.body.html import headline_index, page_features
from etl.normalize.body.line_features import Columns, Matrix, stacked, text_features
from etl.normalize.body.line_model import (
    WEIGHTS,
    Network,
    predict,
    read_networks,
    standardise,
    with_context,
    write_networks,
)
from etl.normalize.body.lines import LineScores, headline_offsets, read_lines
from etl.normalize.body.markup import read_markup
from etl.normalize.fields.headline import page_headlines
from etl.normalize.page import metadata
from etl.normalize.page.page import parse_page
from etl.normalize.text.strings import words_of

FOLDS = 5
INNER_FOLDS = 3
HIDDEN = 48
EPOCHS = 12
BATCH = 1024
RATE = 3e-3
DECAY = 1e-4
DROPOUT = 0.1
SEED = 7
LIMITS = (0.4, 0.5, 0.6)
TOKEN = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


@dataclass
class Sample:
    """One page in one form: its lines' features, which of them are body, which the headline."""

    name: str
    publisher: str
    features: Columns
    texts: list[str]
    is_body: Matrix
    is_headline: Matrix
    body: str
    title: str

    @property
    def weights(self) -> Matrix:
        """Each page counts the same, longer lines more."""
        sizes = np.sqrt([len(tokens(text)) + 1 for text in self.texts])
        return np.asarray(100 * sizes / sizes.sum(), dtype=np.float32)


def tokens(text: str) -> list[str]:
    """Lower-case words; one for each character in scripts without spaces."""
    return TOKEN.findall(text.lower())


def body_labels(texts: Sequence[str], body: str) -> Matrix:
    """For each line the share of its word triples that the body has; short lines must be a paragraph of it."""
    words = tokens(body)
    triples = set(zip(words, words[1:], words[2:], strict=False))
    paragraphs = {tuple(tokens(paragraph)) for paragraph in body.splitlines()}
    labels = []
    for text in texts:
        line = tokens(text)
        if len(line) < 6:
            known = tuple(line) in paragraphs or (
                len(line) >= 3 and all(t in triples for t in zip(line, line[1:], line[2:], strict=False))
            )
            labels.append(float(bool(line) and known))
        else:
            shingles = list(zip(line, line[1:], line[2:], strict=False))
            labels.append(sum(triple in triples for triple in shingles) / len(shingles))
    return np.array(labels, dtype=np.float32)


def headline_labels(texts: Sequence[str], title: str) -> Matrix:
    """1 for each line that has the title's words."""
    wanted = words_of(title)
    return np.array([bool(wanted) and words_of(text) == wanted for text in texts], dtype=np.float32)


def jobs_of(folder: Path) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """The pages of a folder that have a body: file, name and truth of each."""
    path = next(
        folder / name for name in ("ground_truth.json", "ground-truth.json") if (folder / name).exists()
    )
    truth = json.loads(path.read_text("utf-8"))
    for page in sorted(truth):
        body = truth[page].get("body") or truth[page].get("articleBody")
        if body:
            yield folder / "html" / f"{page}.html.gz", f"{folder.name}/{page}", truth[page] | {"body": body}


def samples_of(job: tuple[Path, str, dict[str, Any]]) -> list[Sample]:
    """The HTML page and its two renderings."""
    from resiliparse.extract.html2text import extract_plain_text

    path, name, truth = job
    raw = gzip.decompress(path.read_bytes())
    markup, url = raw.decode("utf-8", "replace"), truth.get("url")
    command = ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "4000"]
    dumps = {
        "w3m": subprocess.run(command, input=raw, capture_output=True, check=True).stdout.decode(
            "utf-8", "replace"
        ),
        "resiliparse": extract_plain_text(markup, main_content=False, alt_texts=False, list_bullets=False),
    }
    publisher = metadata.publisher_domain(url) or name
    found = [
        (f"{name} {form}", text_features(lines), [line.text for line in lines])
        for form, text in dumps.items()
        if (lines := read_lines(text))
    ]
    page = parse_page(markup, url)
    if page and (blocks := read_markup(page.tree)):
        headlines = page_headlines(page, metadata.site_names(page, url))
        headline = headlines[0].value if headlines else ""
        features = page_features(page, blocks, headline_index(blocks, headline), headline)
        found.append((f"{name} html", features, [block.text for block in blocks]))
    return [
        Sample(form, publisher, features, texts, body_labels(texts, truth["body"]),
               headline_labels(texts, truth.get("title") or ""), truth["body"], truth.get("title") or "")
        for form, features, texts in found
    ]  # fmt: skip


def train(
    samples: Sequence[Sample], features: Sequence[Columns], labels: Iterable[Matrix], seed: int
) -> Network:
    """Fit one network by Adam with a falling rate."""
    generator = np.random.default_rng(seed)
    [names] = {tuple(columns) for columns in features}
    inputs = np.vstack([stacked(columns) for columns in features])
    wanted = np.concatenate(list(labels)).reshape(-1, 1)
    weights = np.concatenate([sample.weights for sample in samples]).reshape(-1, 1)
    weights /= weights.mean()
    mean, scale = inputs.mean(0), inputs.std(0) + 1e-3
    inputs = standardise(mean, scale, inputs)
    shape = (inputs.shape[1], HIDDEN)
    parameters = [
        generator.normal(0, np.sqrt(2 / shape[0]), shape).astype(np.float32), np.zeros(HIDDEN, np.float32),
        generator.normal(0, np.sqrt(2 / HIDDEN), (HIDDEN, 1)).astype(np.float32), np.zeros(1, np.float32),
    ]  # fmt: skip
    first, second = [np.zeros_like(p) for p in parameters], [np.zeros_like(p) for p in parameters]
    steps = EPOCHS * -(-len(inputs) // BATCH)
    for step, chosen in enumerate(_batches(generator, len(inputs)), 1):
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps)) + 1e-5
        kept = generator.random((len(chosen), shape[0]), dtype=np.float32) > DROPOUT
        gradients = _gradients(
            parameters, inputs[chosen] * kept / (1 - DROPOUT), wanted[chosen], weights[chosen]
        )
        for index, gradient in enumerate(gradients):
            first[index] = 0.9 * first[index] + 0.1 * gradient
            second[index] = 0.999 * second[index] + 0.001 * gradient**2
            move = first[index] / (1 - 0.9**step) / (np.sqrt(second[index] / (1 - 0.999**step)) + 1e-8)
            parameters[index] -= (rate * move).astype(np.float32)
    return Network(names, mean.astype(np.float32), scale.astype(np.float32), *parameters)


def _batches(generator: np.random.Generator, size: int) -> Iterator[Any]:
    for _ in range(EPOCHS):
        order = generator.permutation(size)
        for start in range(0, size, BATCH):
            yield order[start : start + BATCH]


def _gradients(parameters: list[Matrix], inputs: Matrix, wanted: Matrix, weights: Matrix) -> list[Matrix]:
    hidden_weights, hidden_bias, output_weights, output_bias = parameters
    hidden = np.maximum(inputs @ hidden_weights + hidden_bias, 0)
    error = (1 / (1 + np.exp(-(hidden @ output_weights + output_bias))) - wanted) * weights / len(inputs)
    back = (error @ output_weights.T) * (hidden > 0)
    return [
        inputs.T @ back + DECAY * hidden_weights,
        back.sum(0),
        hidden.T @ error + DECAY * output_weights,
        error.sum(0),
    ]


def train_form(samples: Sequence[Sample], form: str) -> dict[str, Network]:
    """The networks of one form: markup or text."""
    first = train(samples, [s.features for s in samples], (s.is_body for s in samples), SEED)
    if form == "markup":
        return {"markup_body": first}
    again = _second_looks(samples)
    titled = [(s, columns) for s, columns in zip(samples, again, strict=True) if s.is_headline.any()]
    headline = train(
        [s for s, _ in titled], [columns for _, columns in titled], (s.is_headline for s, _ in titled), SEED
    )
    placed = [_with_headline(columns, headline) for columns in again]
    second = train(samples, placed, (s.is_body for s in samples), SEED)
    return {"text_body": first, "text_headline": headline, "text_body_again": second}


def _second_looks(samples: Sequence[Sample]) -> list[Columns]:
    """The features for the second look, made with first scores from networks that have not seen the publisher."""
    groups = fold_of(samples)
    looks: dict[str, Columns] = {}
    for fold in range(INNER_FOLDS):
        seen = [s for s in samples if groups[s.publisher] % INNER_FOLDS != fold]
        partial = train(seen, [s.features for s in seen], (s.is_body for s in seen), SEED + fold)
        for sample in samples:
            if groups[sample.publisher] % INNER_FOLDS == fold:
                looks[sample.name] = _second_look(sample, partial)
    return [looks[sample.name] for sample in samples]


def _second_look(sample: Sample, first: Network) -> Columns:
    return with_context(sample.texts, sample.features, predict(first, sample.features))


def _with_headline(columns: Columns, headline: Network) -> Columns:
    chances = predict(headline, columns)
    return columns | headline_offsets(len(chances), int(np.argmax(chances)))


def fold_of(samples: Iterable[Sample]) -> dict[str, int]:
    """A fold for each publisher, so that no publisher is on both sides."""
    publishers = sorted({sample.publisher for sample in samples})
    order = np.random.default_rng(SEED).permutation(len(publishers))
    return {publishers[index]: int(place) % (INNER_FOLDS * FOLDS) for place, index in enumerate(order)}


def check(samples: Sequence[Sample], form: str) -> None:
    """Print the body F1 and the headline's hit rate on publishers held out."""
    folds = fold_of(samples)
    results: dict[str, list[tuple[float, ...]]] = {}
    for fold in range(FOLDS):
        networks = train_form([s for s in samples if folds[s.publisher] % FOLDS != fold], form)
        for sample in (s for s in samples if folds[s.publisher] % FOLDS == fold):
            scores, hit = _read(sample, networks, form)
            f1 = [word_f1(sample, scores > limit) for limit in LIMITS]
            name = sample.name.split("/")[0] + " " + sample.name.split()[-1]
            results.setdefault(name, []).append((*f1, hit, float(sample.is_headline.any())))
    print(f"set and form: body F1 at {LIMITS}, headline right, headline shown as one line")
    for name, values in sorted(results.items()):
        print(name, np.array(values).mean(0).round(4), flush=True)


def _read(sample: Sample, networks: dict[str, Network], form: str) -> tuple[Matrix, float]:
    if form == "markup":
        return predict(networks["markup_body"], sample.features), 0.0
    scores = read_dump(sample, networks)
    return scores.body, float(sample.is_headline[int(np.argmax(scores.headline))])


def read_dump(sample: Sample, networks: dict[str, Network]) -> LineScores:
    """What networks of `train_form` make of a text dump."""
    again = _second_look(sample, networks["text_body"])
    placed = _with_headline(again, networks["text_headline"])
    return LineScores(predict(networks["text_body_again"], placed), predict(networks["text_headline"], again))


def word_f1(sample: Sample, kept: Any) -> float:
    """Bag-of-words F1 of the kept lines against the true body."""
    true = Counter(tokens(sample.body))
    found = Counter(
        word for text, keep in zip(sample.texts, kept, strict=True) if keep for word in tokens(text)
    )
    shared = (true & found).total()
    return 2 * shared / max(true.total() + found.total(), 1)


def main() -> None:
    """Read the pages, then train and write, or check; or keep the weights that are there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--form", choices=("text", "markup"), action="append")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    if options.keep:
        write_networks(options.out, read_networks(WEIGHTS, any_vocabulary=True))
        return
    if not options.folders:
        parser.error("name the folders with the pages")
    jobs = [job for folder in options.folders for job in jobs_of(folder)]
    with ProcessPoolExecutor(2) as pool:
        samples = [sample for found in pool.map(samples_of, jobs, chunksize=8) for sample in found]
    networks: dict[str, Network] = {}
    for form in options.form or ("text", "markup"):
        own = [sample for sample in samples if (sample.name.endswith(" html")) == (form == "markup")]
        if options.check:
            check(own, form)
        else:
            networks |= train_form(own, form)
    if networks:
        write_networks(options.out, networks)


if __name__ == "__main__":
    main()
