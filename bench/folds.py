"""Print the measures of bench.annotations by fold of the annotated articles: those whose errors may be read, and the others.

    python -m bench.folds ../shared/bench/gold

A fold is an article's index among the sorted ids modulo 5. Rules are written by reading the errors of folds 0 to 2 only;
folds 3 and 4 are counted and never read, without the articles of KNOWN.txt (an id a line), on which older rules were written.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from bench.annotations import Counts, count, figures, read
from etl.annotate import annotate
from etl.records import Article

FOLDS = 5
READ = range(3)
"""Folds whose errors may be read."""


def main() -> None:
    folder = Path(sys.argv[1])
    known = set((folder / "KNOWN.txt").read_text("utf-8").split())
    texts = sorted(read(folder), key=lambda one: one["id"])
    articles = [Article.from_text(one["text"], one["published"]) for one in texts]
    groups: dict[str, Counts] = {"folds 0-2": {}, "folds 3-4, unknown": {}}
    sizes: Counter[str] = Counter()
    for i, (one, found) in enumerate(zip(texts, annotate(articles), strict=True)):
        is_read = i % FOLDS in READ
        if not is_read and one["id"] in known:
            continue
        name = "folds 0-2" if is_read else "folds 3-4, unknown"
        sizes[name] += 1
        count(one, found, groups[name])
    for name, counts in groups.items():
        print(f"{name}: {sizes[name]} texts")
        for measure in sorted(counts):
            print(f"  {measure:16s} {figures(counts[measure])}")


if __name__ == "__main__":
    main()
