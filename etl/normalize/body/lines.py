"""The lines of a text dump, and what the classifiers make of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.normalize.body.line_features import Columns, Matrix, columns_of, text_features
from etl.normalize.body.line_model import network, predict, with_context
from etl.normalize.text.strings import collapse, words_and_count

MAX_LINES = 20_000
_BULLET = re.compile(r"^\s*(?:[•◦▪■□☆★●○·*‣]|[-–+]\s|\d{1,2}[.)]\s)\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text: its bullet taken off, white space collapsed."""

    text: str
    words: list[str]
    word_count: int
    blank_before: bool
    indent: int
    is_bullet: bool


def read_lines(text: str) -> list[Line]:
    """Split a text dump into its non-empty lines (20,000 at most); paragraphs wrapped at a width are joined."""
    lines: list[Line] = []
    blank = True
    for raw in _unwrap(text.splitlines()[: MAX_LINES * 3]):
        bullet = _BULLET.match(raw)
        content = collapse(raw[bullet.end() :] if bullet else raw)
        if content:
            lines.append(
                Line(
                    content,
                    *words_and_count(content),
                    blank,
                    len(raw) - len(raw.lstrip()),
                    bullet is not None,
                )
            )
        blank = not content
    return lines[:MAX_LINES]


def _unwrap(raw: Sequence[str]) -> list[str]:
    """Join the lines of hard-wrapped paragraphs: each line but the last was too full for the next one's first word."""
    width = max((len(line.rstrip()) for line in raw), default=0)
    if not 40 <= width <= 100:
        return list(raw)
    paragraphs: list[list[str]] = []
    room, was_blank = width, True
    for line in raw:
        words = line.split()
        starts = not words or was_blank or _BULLET.match(line) is not None
        if not starts and room - len(words[0]) - 1 < 0:
            paragraphs[-1].append(line.strip())
        else:
            paragraphs.append([line])
        room, was_blank = width - len(line.rstrip()), not words
    return [" ".join(parts) for parts in paragraphs]


@dataclass(frozen=True, slots=True)
class LineScores:
    """What the classifiers make of a dump's lines: each one's probability to be body, and to be the headline."""

    body: Matrix
    headline: Matrix


def score_lines(lines: Sequence[Line]) -> LineScores:
    """Score the lines of a text dump (at least one)."""
    features = text_features(lines)
    again = with_context([line.text for line in lines], features, predict(network("text_body"), features))
    headline = predict(network("text_headline"), again)
    offsets = headline_offsets(len(lines), int(np.argmax(headline)))
    return LineScores(predict(network("text_body_again"), again | offsets), headline)


def headline_offsets(size: int, headline: int | None) -> Columns:
    """How far each line stands from the headline, before it or after; zeros where there is none."""
    offset = np.arange(size) - (headline or 0)
    found = {
        "lines from the headline": np.sign(offset) * np.log1p(np.abs(offset)),
        "is the headline": offset == 0,
        "above the headline": offset < 0,
    }
    return columns_of(found if headline is not None else dict.fromkeys(found, np.zeros(size)))
