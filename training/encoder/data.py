"""The corpora, each read into the same documents: a text with its labelled spans."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.annotate.claims.cues import find_cue
from etl.language import word_lists
from etl.language.vocabulary import Demands, EntityKind
from training.encoder.markup import read_articles

Span = tuple[int, int]
TaggedSpan = tuple[str, Span]

NAMES = ("train/conllpp_train", "train/wnut17_train", "wikigold_even", "wikigold_even")
LOOSE_CORPUS = "wnut17"  # marks neither nationalities nor events
QUOTATION_MARKS = set('"“”`')
NAME_KINDS = {EntityKind.PERSON: "PER", EntityKind.ORGANISATION: "ORG", EntityKind.PLACE: "LOC"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (source) said (cue) what (contents), and the claim tag: a stance, "none", or None where unknown."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    claim: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is marked in it; None where a corpus doesn't mark names, or attributions.

    `marks_others`: whether names of other things (MISC) are marked wherever they stand.
    """

    text: str
    names: tuple[TaggedSpan, ...] | None
    attributions: tuple[Attribution, ...] | None
    marks_others: bool = True


def read_polnear(path: Path) -> Iterator[Document]:
    """PolNeAR's attributions, with the claim tag that the cue lexicon is sure of."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        yield Document(
            text=record["text"],
            names=None,
            attributions=tuple(
                Attribution(
                    contents=_spans(one["content"]),
                    cue=_first(one["cue"]),
                    source=_first(one["source"]),
                    claim=_claim_by_cue(record["text"], one),
                )
                for one in record["attributions"]
            ),
        )


def _claim_by_cue(text: str, attribution: dict[str, Any]) -> str | None:
    span = _first(attribution["cue"])
    cue = find_cue(text, span) if span else None
    if cue is None or cue.is_negated or cue.lemma in word_lists.words("asking_verbs"):
        return None
    if cue.demands == Demands.NEVER:
        is_quoted = any(set(text[start:end]) & QUOTATION_MARKS for start, end in attribution["content"])
        return None if is_quoted else "none"
    return cue.stance if cue.demands == Demands.CLAIM else None


def read_names(folder: Path, seed: int) -> Iterator[Document]:
    """The corpora of names: tokens become a text again, sentences parted by blanks or line ends."""
    chance = random.Random(seed)
    for name in NAMES:
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            yield _joined_tokens(json.loads(line), chance.choice((" ", "\n", " ")), LOOSE_CORPUS not in name)


def _joined_tokens(record: dict[str, Any], sentence_end: str, marks_others: bool) -> Document:
    words: list[str] = []
    starts: list[int] = []
    position = count = 0
    ends = {count := count + length for length in record["sent_lens"]}
    for i, token in enumerate(record["tokens"], 1):
        starts.append(position)
        words.append(token + (sentence_end if i in ends else " "))
        position += len(words[-1])
    names = tuple(
        (kind, (starts[first], starts[last - 1] + len(record["tokens"][last - 1])))
        for kind, first, last in record["ents"]
    )
    return Document("".join(words), names, None, marks_others)


def read_own_articles() -> Iterator[Document]:
    """The articles that were written and annotated for this project."""
    for article in read_articles():
        names = [
            (NAME_KINDS[entity["kind"]], (mention["start"], mention["end"]))
            for entity in article["entities"]
            for mention in entity["mentions"]
        ]
        names += [("MISC", (other["start"], other["end"])) for other in article["others"]]
        claims = tuple(
            Attribution(
                contents=_places(claim["content"]),
                cue=_first(_places(claim["cue"])),
                source=_first(_places(claim["source"])),
                claim=claim["stance"],
            )
            for claim in article["claims"]
        )
        yield Document(article["text"], tuple(names), claims, marks_others=False)


def _places(pieces: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple((piece["start"], piece["end"]) for piece in pieces)


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)


def _first(pairs: Any) -> Span | None:
    return tuple(pairs[0]) if pairs else None
