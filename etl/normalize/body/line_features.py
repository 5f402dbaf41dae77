"""What a line of a page looks like, as numbers: the input of the line classifier.

A line's own form (length, punctuation, small words, cues) says much; where it stands among the page's running text
says the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from etl.language import word_lists
from etl.normalize.text.characters import count_characters
from etl.normalize.text.credits import has_credit
from etl.normalize.text.furniture import BYLINE_LEAD, count_cue_words, ends_article, starting_cues

Matrix = NDArray[np.float32]

_SENTENCE_END = re.compile(r"[.!?…؟।][\"”’»“)\]]*(?=\s|$)|[。！？]")
_ENDS_WELL = re.compile(r"[.!?…؟।。！？][\"”’»“)\]」』]*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
# The @ stands first, since a search for a character is far faster than one for what stands before it.
_ADDRESS = re.compile(r"https?:|www\.|@(?<=\S@)\S")
_QUOTE = re.compile(r"[\"“”„«»「]")
_CHARACTER_STOPWORDS = re.compile("[的了在是和不也有を의はのにがとで를은는이가]")
_RUNNING_WORDS = 10
_SMALL_WORD = 4
_SHORT_LINE = 40
_START = 400
# Columns of the own features that others are made from.
WORDS, ENDS_ARTICLE, RUNNING = 0, 18, 26


class TextLine(Protocol):
    """What is known of any line, whether of a dump or of markup."""

    @property
    def text(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def word_count(self) -> int: ...
    @property
    def is_bullet(self) -> bool: ...
    @property
    def blank_before(self) -> bool: ...
    @property
    def indent(self) -> int: ...


def text_features(lines: Sequence[TextLine]) -> Matrix:
    """The features of each line: a float matrix of shape (lines, features)."""
    own = _own_features(lines)
    return np.hstack([own, _page_features(lines, own), _neighbour_features(own)])


def _own_features(lines: Sequence[TextLine]) -> Matrix:
    texts = [line.text for line in lines]
    starts = [text[:_START] for text in texts]
    characters = count_characters(texts)
    has_digit = (characters.digits > 0).tolist()
    letters = np.maximum(characters.letters, 1)
    words = np.array([line.word_count for line in lines])
    is_brief = words < _SHORT_LINE
    # What long lines are not asked for.
    brief = [text if is_short else "" for text, is_short in zip(texts, is_brief.tolist(), strict=True)]
    cues = [starting_cues(text) for text in texts]
    sentences = np.array([len(_SENTENCE_END.findall(text)) for text in texts])
    total = np.array([len(line.words) for line in lines]) + 1
    columns = [
        np.log1p(words),
        np.log1p(sentences),
        [_ENDS_WELL.search(text[-6:]) is not None for text in texts],
        [text.endswith((":", "：")) for text in texts],
        [text.endswith(("…", "...")) for text in texts],
        [text.endswith("?") for text in texts],
        np.array([text.count(",") for text in texts]) / (words + 1),
        np.array([_small_words(line) for line in lines]) / total,
        characters.initial_capitals / total,
        characters.digits / characters.length,
        characters.capitals / letters,
        letters / characters.length,
        np.array([sum(map(len, line.words)) for line in lines]) / total,
        [_QUOTE.search(text) is not None for text in texts],
        characters.separators / total,
        [text[0].islower() for text in texts],
        [line.is_bullet for line in lines],
        [line.blank_before for line in lines],
        [ends_article(text) for text in brief],
        ["line" in found for found in cues],
        np.array(["published" in found or "updated" in found for found in cues]) & is_brief,
        [BYLINE_LEAD.match(text) is not None for text in brief],
        [digit and _YEAR.search(text) is not None for text, digit in zip(brief, has_digit, strict=True)],
        [digit and _CLOCK.search(text) is not None for text, digit in zip(starts, has_digit, strict=True)],
        [_ADDRESS.search(text) is not None for text in starts],
        [has_credit(text, line.words) for text, line in zip(brief, lines, strict=True)],
        (words >= _RUNNING_WORDS) & (sentences > 0),
        np.array([count_cue_words(line.words, "talk") for line in lines]) / total,
        np.array([count_cue_words(line.words, "biography") for line in lines]) / total,
        characters.code / characters.length,
        [text[0] in "[({<" for text in texts],
        [text.endswith("!") for text in texts],
    ]
    return np.array(columns, dtype=np.float32).T


def _small_words(line: TextLine) -> int:
    """How many words of a line are articles, prepositions and the like."""
    small = sum(map(_function_words().__contains__, line.words))
    return small if line.text.isascii() else small + len(_CHARACTER_STOPWORDS.findall(line.text))


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
    for line, shared in zip(lines, _shared_words(lines, running), strict=True):
        rows.append(
            [
                counts[line.text] > 1,
                line.text in seen,
                line.indent == usual_indent,
                line.indent - usual_indent,
                shared,
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


def _shared_words(lines: Sequence[TextLine], running: Matrix) -> list[float]:
    """For each line the share of its longer words that other lines of running text have too."""
    longer = [{word for word in line.words if len(word) > _SMALL_WORD} for line in lines]
    in_running = Counter(
        word
        for words, is_running in zip(longer, running.tolist(), strict=True)
        if is_running
        for word in words
    )
    common = {word for word, lines_with_it in in_running.items() if lines_with_it > 1}
    return [len(words & common) / len(words) if words else 0.0 for words in longer]


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
    return frozenset(word for _, words in word_lists.rows("function_words") for word in words.split())
