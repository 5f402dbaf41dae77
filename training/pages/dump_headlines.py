"""Fit the weights of etl/normalize/fields/dump_headline.py and measure them on publishers they have not seen.

    python -m training.pages.dump_headlines ../shared/bench/extraction/{fundus_dev,wcxb_dev} article-extraction-benchmark

Takes the folders, and needs the programs, of training/pages/lines.py. The network's chances come from line classifiers that
have not seen a page's publisher: those that have are far too sure. Dumps that don't show their headline as a line teach
nothing about which line it is, so "none" is of no use here. Prints how many dumps show theirs, how often the network's
likeliest line is right, and what training/pages/headlines.py prints. Ten minutes on one core.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from etl.normalize.fields.dump_headline import choices
from training.pages import headlines, lines


def read(samples: Sequence[lines.Sample]) -> Iterator[headlines.Sample]:
    """The lines that may be the headline of each dump that has a true one, the network's likeliest first."""
    folds = lines.fold_of(samples)
    for fold in range(lines.FOLDS):
        networks = lines.train_form([s for s in samples if folds[s.publisher] % lines.FOLDS != fold], "text")
        for sample in samples:
            if sample.title and folds[sample.publisher] % lines.FOLDS == fold:
                found = choices(sample.texts, lines.read_dump(sample, networks))
                is_right = [bool(sample.is_headline[one.index]) for one in found]
                folder = sample.name.partition("/")[0]
                yield headlines.Sample(folder, sample.publisher, [one.features for one in found], is_right)


def main() -> None:
    """Read the pages, print the figures and the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    jobs = [job for folder in parser.parse_args().folders for job in lines.jobs_of(folder)]
    with ProcessPoolExecutor(2) as pool:
        pages = [sample for found in pool.map(lines.samples_of, jobs, chunksize=8) for sample in found]
    samples = list(read([sample for sample in pages if not sample.name.endswith(" html")]))
    shown = [sample for sample in samples if any(sample.is_right)]
    print(f"headline among the choices: {len(shown) / len(samples):.3f} of {len(samples)} dumps")
    print(
        f"of these, the network's likeliest line right: {sum(s.is_right[0] for s in shown) / len(shown):.3f}"
    )
    headlines.report(shown)


if __name__ == "__main__":
    main()
