"""Documents to what the encoder learns from: pieces, a label a word for each tag head, and links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from etl.annotate.encoder.pieces import Pieces, cut_into_pieces
from etl.annotate.encoder.session import ATTRIBUTION_TAGS, CLAIM_TAGS, NAME_TAGS
from etl.annotate.text.quotations import find_quotations
from training.encoder.data import Attribution, Document, Span

Integers = NDArray[np.int64]

UNKNOWN = -100
OTHER_OR_NONE = -2  # a capitalised word of a corpus that doesn't mark names of other things


@dataclass(frozen=True, slots=True)
class Link:
    """Pieces, first and last, of a cue, its contents and its source on one line."""

    line: int
    cue: int
    contents: tuple[Span, ...]
    source: Span | None


@dataclass(frozen=True, slots=True)
class Example:
    """A document cut into pieces, with a label a word for each tag head (UNKNOWN: not learned from)."""

    pieces: Pieces
    names: Integers
    attributions: Integers
    claims: Integers
    links: tuple[Link, ...]


def examples(documents: Iterable[Document], tokenizer: Tokenizer) -> list[Example]:
    """Cut and label the documents; those without a word are left out."""
    made = (_example(document, tokenizer) for document in documents)
    return [example for example in made if len(example.pieces.ids)]


def _example(document: Document, tokenizer: Tokenizer) -> Example:
    pieces = cut_into_pieces(tokenizer, document.text, find_quotations(document.text))
    attributions = document.attributions
    unknown = np.full(len(pieces.starts), UNKNOWN)
    return Example(
        pieces=pieces,
        names=unknown if document.names is None else _name_labels(document, pieces),
        attributions=unknown if attributions is None else _attribution_labels(attributions, pieces),
        claims=unknown if attributions is None else _claim_labels(attributions, pieces),
        links=() if attributions is None else tuple(_links(attributions, pieces)),
    )


def _words(pieces: Pieces, span: Span) -> slice:
    """The words that a span of characters touches."""
    first = int(np.searchsorted(pieces.ends, span[0], "right"))
    return slice(first, int(np.searchsorted(pieces.starts, span[1], "left")))


def _write(labels: Integers, words: slice, tag: str, tags: tuple[str, ...]) -> None:
    labels[words] = tags.index(f"I-{tag}")
    labels[words.start : words.start + 1] = tags.index(f"B-{tag}")


def _name_labels(document: Document, pieces: Pieces) -> Integers:
    labels = np.zeros(len(pieces.starts), np.int64)
    if not document.marks_others:
        capital = np.array([document.text[start].isupper() for start in pieces.starts.tolist()])
        labels[capital] = OTHER_OR_NONE
    for tag, span in document.names or ():
        _write(labels, _words(pieces, span), tag, NAME_TAGS)
    return labels


def outer_ones(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Those that stand in no other's content: a label a word has room for one, and rules find the rest."""
    attributions = list(attributions)
    return [
        one
        for one in attributions
        if not any(
            start <= one.contents[0][0] and one.contents[0][1] <= end
            for other in attributions
            if other is not one and one.contents[0] not in other.contents
            for start, end in other.contents
        )
    ]


def _attribution_labels(attributions: tuple[Attribution, ...], pieces: Pieces) -> Integers:
    labels = np.zeros(len(pieces.starts), np.int64)
    outer = outer_ones(attributions)
    for one in outer:
        for content in one.contents:
            _write(labels, _words(pieces, content), "content", ATTRIBUTION_TAGS)
    for tag in ("source", "cue"):
        for one in outer:
            span = one.source if tag == "source" else one.cue
            if span is not None:
                _write(labels, _words(pieces, span), tag, ATTRIBUTION_TAGS)
    return labels


def _claim_labels(attributions: tuple[Attribution, ...], pieces: Pieces) -> Integers:
    """The claim tag for the words of contents and cues; the inner one's where claims are nested."""
    labels = np.zeros(len(pieces.starts), np.int64)
    for one in sorted(attributions, key=lambda one: one.contents[0][0] - one.contents[-1][1]):
        label = UNKNOWN if one.claim is None else CLAIM_TAGS.index(one.claim)
        for span in (*one.contents, *([one.cue] if one.cue else [])):
            labels[_words(pieces, span)] = label
    return labels


def _links(attributions: tuple[Attribution, ...], pieces: Pieces) -> Iterable[Link]:
    for one in outer_ones(attributions):
        cue = _piece_range(pieces, one.cue) if one.cue else None
        if cue is None:
            continue
        line = _line(pieces, cue[0])
        contents = [_piece_range(pieces, content) for content in one.contents]
        source = _piece_range(pieces, one.source) if one.source else None
        yield Link(
            line=line,
            cue=cue[0],
            contents=tuple(one for one in contents if one and _line(pieces, one[0]) == line),
            source=source if source and _line(pieces, source[0]) == line else None,
        )


def _line(pieces: Pieces, piece: int) -> int:
    return int(pieces.line[pieces.word[piece]])


def _piece_range(pieces: Pieces, span: Span) -> Span | None:
    """The first pieces of the first and the last word of a span."""
    words = _words(pieces, span)
    if words.start >= words.stop:
        return None
    return int(pieces.first_piece[words.start]), int(pieces.first_piece[words.stop - 1])
