"""Print how well annotate() reads articles annotated by hand, and how fast.

    python bench/annotations.py FOLDER      # of ID.json files with text, published, entities, claims, times, quantities

Percent: mentions by exact span and kind; claims by content with half of the words right (IoU 0.5) and, for
`resolved`, the right speaker; times and quantities by overlap and right value. Speed in words per second of
processor time, one thread.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from etl.annotate import annotate  # noqa: E402
from etl.records import Annotations, Article  # noqa: E402

Span = tuple[int, int]


def main() -> None:
    folder = Path(sys.argv[1])
    gold = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    articles = [Article.from_text(one["text"], date.fromisoformat(one["published"])) for one in gold]
    annotate(articles[:1])  # loads the model
    started = time.process_time()
    found = annotate(articles)
    seconds = time.process_time() - started
    counts: dict[str, Counter[str]] = {}
    for one, reading in zip(gold, found, strict=True):
        count(one, reading, counts)
    for measure, counted in counts.items():
        precision = counted["right"] / max(1, counted["found"])
        recall = counted["right"] / max(1, counted["gold"])
        f = 2 * precision * recall / max(1e-9, precision + recall)
        print(
            f"{measure:11s} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F {100 * f:5.1f}  n {counted['gold']}"
        )
    words = sum(article.word_count for article in articles)
    print(f"{words / seconds:.0f} words per CPU-second")


def count(gold: dict[str, Any], found: Annotations, counts: dict[str, Counter[str]]) -> None:
    """Add one article to the counts of each measure."""
    named = {(m["start"], m["end"], e["kind"]) for e in gold["entities"] for m in e["mentions"]}
    mine = {(m.start_char, m.end_char, m.kind) for m in found.mentions}
    add(counts, "mentions", len(named & mine), len(mine), len(named))
    pairs = matched_claims(gold, found)
    add(counts, "claims", len(pairs), len(found.claims), len(gold["claims"]))
    right = sum(same_speaker(gold, found, i, j) for i, j in pairs)
    add(counts, "resolved", right, len(found.claims), len(gold["claims"]))
    for measure, records in (("times", found.times), ("quantities", found.quantities)):
        told = [
            ((one["start"], one["end"]), one["value"]) for one in gold[measure] if one["value"] is not None
        ]
        read = [((one.start_char, one.end_char), one.value) for one in records if one.value is not None]
        hits = sum(any(overlap(a, b) and v == w for b, w in read) for a, v in told)
        add(counts, measure, hits, len(read), len(told))


def add(counts: dict[str, Counter[str]], measure: str, right: int, found: int, gold: int) -> None:
    counts.setdefault(measure, Counter()).update({"right": right, "found": found, "gold": gold})


def overlap(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def matched_claims(gold: dict[str, Any], found: Annotations) -> list[tuple[int, int]]:
    """Pairs (gold, found) of claims whose contents share half of their words, best first, one to one."""
    words = [word.span() for word in re.finditer(r"\w+", gold["text"])]
    left = [within(words, ((s["start"], s["end"]) for s in claim["content"])) for claim in gold["claims"]]
    right = [within(words, claim.pieces) for claim in found.claims]
    scored = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a & b),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for score, i, j in scored:
        if score >= 0.5 and not any(i == a or j == b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def within(words: list[Span], spans: Iterable[Span]) -> set[int]:
    return {i for span in spans for i, word in enumerate(words) if overlap(word, span)}


def same_speaker(gold: dict[str, Any], found: Annotations, i: int, j: int) -> bool:
    """Whether most mentions of the speaker found are the right speaker's, or both claims have none."""
    speaker, key = gold["claims"][i]["speaker"], found.claims[j].speaker_key
    if not speaker or key is None:
        return not speaker and key is None
    right = [(m["start"], m["end"]) for e in gold["entities"] if e["id"] == speaker for m in e["mentions"]]
    mine = [(m.start_char, m.end_char) for m in found.mentions if m.entity_key == key]
    return 2 * sum(any(overlap(a, b) for b in right) for a in mine) > len(mine)


if __name__ == "__main__":
    main()
