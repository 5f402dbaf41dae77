"""Print how well annotate() reads texts annotated by hand, and how fast.

    python -m bench.annotations PATH...

A path is a folder of articles (ID.json with text, published, entities, claims, times, quantities), a folder of TimeML
files (.tml: times), or a file of JSON lines with attributions (PolNeAR: source, cue, content) or with tokens and names
(ents). Percent: mentions by exact span and kind; claims by content with half of the words right (IoU 0.5), by kind as
recall, with source and cue right too as `full`, and with the right speaker as `resolved`; of the claims found, how many
have the right stance, and of those with a day the right one (`said on`); of the claims of a band of confidence how many
are resolved rightly (`sure`); times and quantities by overlap and right
value. Speed in words per second of processor time, one thread.
"""

from __future__ import annotations

import json
import re
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl.annotate import annotate
from etl.records import Annotations, Article, Claim

Span = tuple[int, int]
Counts = dict[str, Counter[str]]

KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}


def main() -> None:
    annotate([Article.from_text("A first text loads the model.")])
    for path in map(Path, sys.argv[1:]):
        texts = list(read(path))
        articles = [Article.from_text(one["text"], one.get("published")) for one in texts]
        started = time.process_time()
        found = annotate(articles)
        seconds = time.process_time() - started
        counts: Counts = {}
        for one, reading in zip(texts, found, strict=True):
            count(one, reading, counts)
        print(f"{path.name}: {len(texts)} texts")
        for measure, counted in counts.items():
            print(f"  {measure:16s} {figures(counted)}")
        print(f"  {sum(article.word_count for article in articles) / seconds:.0f} words per CPU-second")


def figures(counted: Counter[str]) -> str:
    """Precision, recall and F, or the share of what is right where nothing can be found wrongly."""
    recall = 100 * counted["right"] / max(1, counted["gold"])
    if "found" not in counted:
        return f"{recall:5.1f} of {counted['gold']}"
    precision = 100 * counted["right"] / max(1, counted["found"])
    f = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:5.1f}  R {recall:5.1f}  F {f:5.1f}  of {counted['gold']}"


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The annotated texts of a path; each has the parts that its annotators marked."""
    if path.is_dir():
        for file in sorted(path.rglob("*.tml")):
            yield from read_timeml(file)
        for file in sorted(path.glob("*.json")):
            article = json.loads(file.read_text("utf-8"))
            yield article | {"published": date.fromisoformat(article["published"])}
        return
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        yield read_attributions(record) if "attributions" in record else read_tokens(record)


def read_attributions(record: dict[str, Any]) -> dict[str, Any]:
    claims = [
        {role: [{"start": start, "end": end} for start, end in spans] for role, spans in one.items()}
        for one in record["attributions"]
    ]
    return {"text": record["text"], "claims": claims}


def read_tokens(record: dict[str, Any]) -> dict[str, Any]:
    """The text of tokens, with single blanks and a line for each sentence, and its names."""
    ends, total = set(), 0
    for length in record["sent_lens"]:
        total += length
        ends.add(total)
    text, starts = "", []
    for i, token in enumerate(record["tokens"], 1):
        starts.append(len(text))
        text += token + ("\n" if i in ends else " ")
    entities = []
    for tag, first, last in record["ents"]:
        while last - first > 1 and record["tokens"][first].lower() in ("the", "a", "an"):
            first += 1
        while last - first > 1 and record["tokens"][last - 1] in ("'s", "’s", "'"):
            last -= 1
        if tag in KINDS:
            end = starts[last - 1] + len(record["tokens"][last - 1])
            entities.append({"kind": KINDS[tag], "mentions": [{"start": starts[first], "end": end}]})
    return {"text": text, "entities": entities}


def read_timeml(file: Path) -> Iterator[dict[str, Any]]:
    root = ElementTree.parse(file).getroot()
    created, body = root.find(".//DCT/TIMEX3"), root.find("TEXT")
    if created is None or body is None:
        return
    parts: list[str] = []
    times: list[dict[str, Any]] = []

    def walk(node: ElementTree.Element) -> None:
        start = sum(map(len, parts))
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
        if node.tag == "TIMEX3":
            times.append({"start": start, "end": sum(map(len, parts)), "value": node.get("value")})

    walk(body)
    yield {
        "text": "".join(parts),
        "published": date.fromisoformat(created.attrib["value"][:10]),
        "times": times,
    }


def count(gold: dict[str, Any], found: Annotations, counts: Counts) -> None:
    """Add one text to the counts of each measure that its annotation allows."""
    if "entities" in gold:
        named = {(m["start"], m["end"], e["kind"]) for e in gold["entities"] for m in e["mentions"]}
        mine = {(m.start_char, m.end_char, m.kind) for m in found.mentions}
        add(counts, "mentions", len(named & mine), len(named), len(mine))
    if "claims" in gold:
        count_claims(gold, found, counts)
    for measure, records in (("times", found.times), ("quantities", found.quantities)):
        if gold.get(measure):
            told = [
                ((one["start"], one["end"]), one["value"])
                for one in gold[measure]
                if one["value"] is not None
            ]
            had = [((one.start_char, one.end_char), one.value) for one in records if one.value is not None]
            hits = sum(any(overlap(a, b) and v == w for b, w in had) for a, v in told)
            add(counts, measure, hits, len(told), len(had))


def count_claims(gold: dict[str, Any], found: Annotations, counts: Counts) -> None:
    claims = gold["claims"]
    pairs = matched_claims(gold, found)
    add(counts, "claims", len(pairs), len(claims), len(found.claims))
    full = sum(has_parts(claims[i], found.claims[j]) for i, j in pairs)
    add(counts, "full", full, len(claims), len(found.claims))
    if not claims or "speaker" not in claims[0]:
        return
    for kind in ("direct", "mixed", "indirect"):
        hits = sum(claims[i]["kind"] == kind for i, _ in pairs)
        add(counts, kind, hits, sum(claim["kind"] == kind for claim in claims))
    resolved = {j for i, j in pairs if same_speaker(gold, found, i, j)}
    add(counts, "resolved", len(resolved), len(claims), len(found.claims))
    for j, claim in enumerate(found.claims):
        least = min(int(claim.confidence * 10), 9) / 10
        add(counts, f"sure {least:.1f}-{least + 0.1:.1f}", j in resolved, 1)
    add(counts, "stance", sum(claims[i]["stance"] == found.claims[j].stance for i, j in pairs), len(pairs))
    dated = [(claims[i]["said_on"], found.claims[j]) for i, j in pairs if claims[i]["said_on"]]
    said = sum(days == told_days(claim.said_from_on, claim.said_to_on) for days, claim in dated)
    add(counts, "said on", said, len(dated))


def add(counts: Counts, measure: str, right: int, gold: int, found: int | None = None) -> None:
    counted = counts.setdefault(measure, Counter())
    counted.update({"right": right, "gold": gold} | ({} if found is None else {"found": found}))


def told_days(first: date | None, last: date | None) -> str:
    """Days as articles annotated by hand write them."""
    return str(first) if first == last else f"{first}/{last}"


def overlap(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def spans(parts: list[dict[str, int]]) -> list[Span]:
    return [(part["start"], part["end"]) for part in parts]


def has_parts(gold: dict[str, Any], claim: Claim) -> bool:
    """Whether source and cue meet those of the annotators, where they marked one."""
    for role, mine in (("cue", claim.cue), ("source", (claim.source,) if claim.source else ())):
        marked = spans(gold[role])
        if marked and not any(overlap(a, b) for a in marked for b in mine):
            return False
    return True


def matched_claims(gold: dict[str, Any], found: Annotations) -> list[tuple[int, int]]:
    """Pairs (gold, found) of claims whose contents share half of their words, best first, one to one."""
    left = word_sets(gold["text"], [spans(claim["content"]) for claim in gold["claims"]])
    right = word_sets(gold["text"], [claim.pieces for claim in found.claims])
    scored = sorted(
        ((overlap_of(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a & b),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for score, i, j in scored:
        if score >= 0.5 and not any(i == a or j == b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def word_sets(text: str, contents: Iterable[Sequence[Span]]) -> list[set[int]]:
    """The words of each content, by their place in the text."""
    words = [word.span() for word in re.finditer(r"\w+", text)]
    return [
        {i for piece in pieces for i, word in enumerate(words) if overlap(word, piece)} for pieces in contents
    ]


def overlap_of(left: set[int], right: set[int]) -> float:
    """The intersection of two contents over their union."""
    return len(left & right) / len(left | right)


def same_speaker(gold: dict[str, Any], found: Annotations, i: int, j: int) -> bool:
    """Whether a claim found has the right speaker, or both claims have none."""
    return same_thing(gold, found, gold["claims"][i]["speaker"], found.claims[j].speaker_key)


def same_thing(gold: dict[str, Any], found: Annotations, entity: str | None, key: str | None) -> bool:
    """Whether most mentions of what has a key are those of an annotated entity, or there is neither."""
    if not entity or key is None:
        return not entity and key is None
    right = [span for e in gold["entities"] if e["id"] == entity for span in spans(e["mentions"])]
    mine = [(m.start_char, m.end_char) for m in found.mentions if m.entity_key == key]
    return 2 * sum(any(overlap(a, b) for b in right) for a in mine) > len(mine)


if __name__ == "__main__":
    main()
