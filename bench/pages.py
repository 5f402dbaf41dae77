"""Print how well normalize() reads pages whose truth is known, how sure it may be of its dates, and how fast it is.

    python -m bench.pages FOLDER... [--half 0|1] [--without-speed]

A folder holds ground_truth.json (id: url, body, title, date, authors; all optional) and html/ID.html.gz, or ID.txt.gz
where the pages are dumps of visible text. Percent: body by F1 over bags of words, mean over pages; headline and date
exactly right; `extra` is the share of pages without a true date that were given one; authors by F1 over names. `sure`
sets bands of published_confidence beside the share of right dates in them. Speed in pages per second of processor
time, beside trafilatura.bare_extraction with metadata on the same pages. --half takes every other page: a change that
helps one half only was fitted to it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from etl.normalize import normalize
from etl.records import Article, RawPage, Rejection

BANDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
TOKEN = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--without-speed", action="store_true")
    options = parser.parse_args()
    dated: list[tuple[float, bool]] = []
    for folder in options.folders:
        pages = [page for number, page in enumerate(read(folder)) if options.half in (None, number % 2)]
        started = time.process_time()
        found = [normalize(page) for page, _ in pages]
        seconds = time.process_time() - started
        scores: dict[str, list[float]] = {}
        names: Counter[str] = Counter()
        for (_, true), result in zip(pages, found, strict=True):
            score(true, result, scores, names, dated)
        rejected = sum(isinstance(result, Rejection) for result in found)
        print(f"{folder.name}: {len(pages)} pages, {rejected} rejected")
        for measure, values in scores.items():
            print(f"  {measure:10s} {100 * fmean(values):5.1f} of {len(values)}")
        if names["true"]:
            print(
                f"  authors    {200 * names['right'] / (names['true'] + names['found']):5.1f} of {names['true']}"
            )
        if not options.without_speed:
            print_speed([page for page, _ in pages if page.media_type == "text/html"], len(pages) / seconds)
    print_bands(dated)


def read(folder: Path) -> Iterator[tuple[RawPage, dict[str, Any]]]:
    """The pages of a folder, each with its truth. A text dump comes without an address."""
    truth = json.loads((folder / "ground_truth.json").read_text("utf-8"))
    for name in sorted(truth):
        marked, dump = folder / "html" / f"{name}.html.gz", folder / f"{name}.txt.gz"
        path, kind = (marked, "text/html") if marked.exists() else (dump, "text/plain")
        url = truth[name].get("url") if path is marked else None
        yield (
            RawPage(str(path), "0", gzip.decompress(path.read_bytes()), kind, url, charset="utf-8"),
            truth[name],
        )


def score(
    true: dict[str, Any],
    result: Article | Rejection,
    scores: dict[str, list[float]],
    names: Counter[str],
    dated: list[tuple[float, bool]],
) -> None:
    """Add one page to the scores; a rejected page has nothing right."""
    article = result if isinstance(result, Article) else Article(text="")
    if true.get("body"):
        scores.setdefault("body", []).append(word_f1(article.text, true["body"]))
    if true.get("title"):
        is_right = words(article.headline or "") == words(true["title"])
        scores.setdefault("headline", []).append(is_right)
    day = article.published_on.isoformat() if article.published_on else None
    if true.get("date"):
        scores.setdefault("date", []).append(day == true["date"][:10])
        if day:
            dated.append((article.published_confidence or 0.0, day == true["date"][:10]))
    else:
        scores.setdefault("extra", []).append(day is not None)
    if true.get("authors"):
        signed, wanted = people(article.authors), people(true["authors"])
        names.update(true=len(wanted), found=len(signed), right=len(signed & wanted))


def words(text: str) -> list[str]:
    return TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def word_f1(left: str, right: str) -> float:
    found, true = Counter(words(left)), Counter(words(right))
    return 2 * (found & true).total() / max(1, found.total() + true.total())


def people(names: Sequence[str] | str) -> set[str]:
    parts = [names] if isinstance(names, str) else names
    return {
        " ".join(words(name)) for part in parts for name in re.split(r"[;,|&]| and ", part) if words(name)
    }


def print_speed(pages: Sequence[RawPage], own: float) -> None:
    """Pages per second of processor time, ours and trafilatura's."""
    if not pages:
        return
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    texts = [page.body.decode("utf-8", "replace") for page in pages]
    started = time.process_time()
    for page, text in zip(pages, texts, strict=True):
        trafilatura.bare_extraction(text, url=page.url, with_metadata=True)
    other = len(pages) / (time.process_time() - started)
    print(f"  speed      {own:5.1f} pages per CPU-second, {own / other:.2f} times trafilatura's {other:.1f}")


def print_bands(dated: Sequence[tuple[float, bool]]) -> None:
    """The share of right dates in each band of confidence, beside the mean confidence in it."""
    print("sure: band, dates, mean confidence, share right")
    for low, high in zip(BANDS, BANDS[1:], strict=False):
        inside = [(sure, right) for sure, right in dated if low <= sure < high]
        if inside:
            sure, right = (fmean(column) for column in zip(*inside, strict=True))
            print(f"  {low:.2f}-{min(high, 1):.2f} {len(inside):5d} {sure:6.3f} {right:6.3f}")


if __name__ == "__main__":
    main()
