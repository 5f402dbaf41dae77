"""What a line of a page looks like, as numbers: the input of the line classifier.

A line's own form (length, punctuation, small words, cues) says much; where it stands among the page's running text
says the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log1p
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from etl.normalize.byline_names import LEAD
from etl.normalize.credits import split_credit
from etl.normalize.furniture import count_cue_words, ends_article, starts_with_cue
from etl.normalize.text import count_words

Matrix = NDArray[np.float32]

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…؟।][\"”’»“)\]]*(?=\s|$)|[。！？]")
_ENDS_WELL = re.compile(r"[.!?…؟।。！？][\"”’»“)\]」』]*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S")
_QUOTE = re.compile(r"[\"“”„«»「]")
_SEPARATOR = re.compile(r"[|·•>»/→]")
_CHARACTER_STOPWORDS = re.compile("[的了在是和不也有を의はのにがとで를은는이가]")
_CODE = re.compile(r"[{}<>=\\_\[\]#$]")
_RUNNING_WORDS = 10
_SHORT_LINE = 40
_LONG = 2000
# Columns of the own features that others are made from.
WORDS, ENDS_ARTICLE, RUNNING = 0, 18, 26


class TextLine(Protocol):
    """What is known of any line, whether of a dump or of markup."""

    @property
    def text(self) -> str: ...
    @property
    def is_bullet(self) -> bool: ...
    @property
    def blank_before(self) -> bool: ...
    @property
    def indent(self) -> int: ...


def text_features(lines: Sequence[TextLine]) -> Matrix:
    """The features of each line: a float matrix of shape (lines, features)."""
    own = np.array([_own_features(line) for line in lines], dtype=np.float32)
    return np.hstack([own, _page_features(lines, own), _neighbour_features(own)])


def _own_features(line: TextLine) -> list[float]:
    text = line.text
    lowered = _WORD.findall(text[:_LONG].lower())
    total = len(lowered) + 1
    count = count_words(text)
    start = text[:400]
    letters = sum(map(str.isalpha, start)) or 1
    small = sum(map(_function_words().__contains__, lowered))
    if not text.isascii():
        small += len(_CHARACTER_STOPWORDS.findall(text))
    sentences = len(_SENTENCE_END.findall(text))
    is_short = count < _SHORT_LINE
    return [
        log1p(count),
        log1p(sentences),
        _ENDS_WELL.search(text[-6:]) is not None,
        text.endswith((":", "：")),
        text.endswith(("…", "...")),
        text.endswith("?"),
        text.count(",") / (count + 1),
        small / total,
        sum(map(str.isupper, (word[0] for word in text[:_LONG].split()))) / total,
        sum(map(str.isdigit, start)) / len(start),
        sum(map(str.isupper, start)) / letters,
        letters / len(start),
        sum(map(len, lowered)) / total,
        _QUOTE.search(text) is not None,
        len(_SEPARATOR.findall(text)) / total,
        text[0].islower(),
        line.is_bullet,
        line.blank_before,
        is_short and ends_article(text),
        starts_with_cue(text, "line"),
        is_short and (starts_with_cue(text, "published") or starts_with_cue(text, "updated")),
        is_short and LEAD.match(text) is not None,
        is_short and _YEAR.search(text) is not None,
        _CLOCK.search(start) is not None,
        _ADDRESS.search(start) is not None,
        is_short and split_credit(text)[1] is not None,
        count >= _RUNNING_WORDS and sentences > 0,
        count_cue_words(lowered, "talk") / total,
        count_cue_words(lowered, "biography") / total,
        len(_CODE.findall(start)) / len(start),
        text[0] in "[({<",
        text.endswith("!"),
    ]


def _page_features(lines: Sequence[TextLine], own: Matrix) -> Matrix:
    total = len(lines)
    words = np.expm1(own[:, WORDS])
    running = words * own[:, RUNNING]
    mass = running.sum() + 1
    before = np.cumsum(running) - running
    position = np.arange(total)
    ends = own[:, ENDS_ARTICLE] > 0
    last_end = np.maximum.accumulate(np.where(ends, position, -1))
    first_running = int(np.argmax(running > 0)) if running.any() else 0
    counts = Counter(line.text for line in lines)
    seen: set[str] = set()
    rows = []
    usual_indent = _usual_indent(lines, running)
    vocabulary = _running_vocabulary(lines, running)
    for line in lines:
        rows.append(
            [
                counts[line.text] > 1,
                line.text in seen,
                line.indent == usual_indent,
                line.indent - usual_indent,
                _shared_words(line.text, vocabulary),
            ]
        )
        seen.add(line.text)
    windows = [
        _window_sum(running, -3),
        _window_sum(running, 3),
        _window_sum(running, -10),
        _window_sum(running, 10),
    ]
    shorts = [_window_sum((words < 6).astype(float), -5), _window_sum((words < 6).astype(float), 5)]
    columns = [
        position / total,
        np.log1p(position),
        np.log1p(total - position),
        before / mass,
        (mass - before - running) / mass,
        np.log1p(before),
        np.log1p(np.where(last_end < 0, 1000, position - last_end)),
        np.cumsum(ends),
        np.log1p(np.where(last_end < 0, 0, before - before[np.maximum(last_end, 0)])),
        np.sign(position - first_running) * np.log1p(np.abs(position - first_running)),
        np.full(total, np.log1p(mass)),
        *[np.log1p(window) for window in windows],
        *shorts,
    ]
    return np.hstack([np.array(rows, dtype=np.float32), np.stack(columns, axis=1).astype(np.float32)])


def _usual_indent(lines: Sequence[TextLine], running: Matrix) -> int:
    weights: Counter[int] = Counter()
    for line, words in zip(lines, running, strict=True):
        weights[line.indent] += int(words)
    return weights.most_common(1)[0][0] if weights else 0


def _running_vocabulary(lines: Sequence[TextLine], running: Matrix) -> Counter[str]:
    """In how many lines of running text each longer word stands."""
    vocabulary: Counter[str] = Counter()
    for line, words in zip(lines, running, strict=True):
        if words:
            vocabulary.update({word for word in _WORD.findall(line.text.lower()) if len(word) > 4})
    return vocabulary


def _shared_words(text: str, vocabulary: Counter[str]) -> float:
    """The share of a line's longer words that other lines of running text have too."""
    words = {word for word in _WORD.findall(text[:2000].lower()) if len(word) > 4}
    return sum(vocabulary[word] > 1 for word in words) / len(words) if words else 0.0


def _window_sum(values: Matrix, reach: int) -> Matrix:
    """For each line the sum over the `reach` lines after it (before it, where negative)."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    index = np.arange(len(values))
    if reach > 0:
        sums = total[np.minimum(index + 1 + reach, len(values))] - total[index + 1]
    else:
        sums = total[index] - total[np.maximum(index + reach, 0)]
    return np.asarray(sums)


_NEIGHBOUR_COLUMNS = [0, 1, 2, 7, 8, 16, 17, 18, 19, 22, 25, 26, 27]


def _neighbour_features(own: Matrix) -> Matrix:
    return np.hstack([shifted(own[:, _NEIGHBOUR_COLUMNS], offset) for offset in (-2, -1, 1, 2)])


def shifted(rows: Matrix, offset: int, fill: float = -1.0) -> Matrix:
    """Each line's neighbour at the given offset; `fill` beyond the page's ends."""
    moved = np.full_like(rows, fill)
    if abs(offset) < len(rows):
        if offset > 0:
            moved[:-offset] = rows[offset:]
        else:
            moved[-offset:] = rows[:offset]
    return moved


@cache
def _function_words() -> frozenset[str]:
    text = Path(__file__).with_name("function_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
