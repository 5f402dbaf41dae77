"""The lines of a page's visible text, and which of them are the article's body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.normalize.furniture import ends_article, starts_with_cue
from etl.normalize.text import collapse, count_words

MAX_LINES = 20_000
_BULLET = re.compile(r"^\s*(?:[•◦▪■□☆★●○·*‣]|[-–+]\s|\d{1,2}[.)]\s)\s*")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"”’»“)\]]*(?=\s|$)|[。！？]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text: its bullet taken off, white space collapsed."""

    text: str
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
            lines.append(Line(content, blank, len(raw) - len(raw.lstrip()), bullet is not None))
        blank = not content
    return lines[:MAX_LINES]


def _unwrap(raw: Sequence[str]) -> list[str]:
    """Join the lines of hard-wrapped paragraphs: each line but the last was too full for the next one's first word."""
    lines: list[str] = []
    width = max((len(line.rstrip()) for line in raw), default=0)
    if not 40 <= width <= 100:
        return list(raw)
    room = width
    for line in raw:
        words = line.split()
        starts = not words or not lines or not lines[-1].strip() or _BULLET.match(line) is not None
        if not starts and room - len(words[0]) - 1 < 0:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
        room = width - len(line.rstrip())
    return lines


def body_scores(lines: Sequence[Line]) -> list[float]:
    """How likely each line is to be a part of the article's body (0..1)."""
    scores = []
    for line in lines:
        words = count_words(line.text)
        sentence = bool(_SENTENCE_END.search(line.text))
        score = 0.5 + min(words, 40) / 80 if words >= 12 and sentence else 0.2
        if starts_with_cue(line.text, "line") or ends_article(line.text):
            score = 0.05
        scores.append(score)
    return scores
