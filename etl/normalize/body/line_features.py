"""What a line of a page looks like, as numbers: the input of the line classifier.

A line's own form (length, punctuation, small words, cues) says much; where it stands among the page's running text
says the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from etl.language import word_lists
from etl.normalize.text.characters import count_characters
from etl.normalize.text.credits import has_credit
from etl.normalize.text.furniture import BYLINE_LEAD, count_cue_words, ends_article, starting_cues

Matrix = NDArray[np.float32]
Columns = dict[str, Matrix]
"""Features of a page's lines by name, each of shape (lines,). A network knows its columns by these names."""

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
_SHORTEST_WORDS = 6
_OF_NEIGHBOURS = (
    "log of words",
    "log of sentences",
    "ends a sentence",
    "share of small words",
    "share of initial capitals",
    "bullet",
    "blank before",
    "ends an article",
    "furniture",
    "year",
    "credit",
    "running text",
    "share of talk",
)
"""The features of a line that its neighbours are told."""


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


def text_features(lines: Sequence[TextLine]) -> Columns:
    """The features of each line that its text and its page's text give."""
    own = _own_features(lines)
    return own | _page_features(lines, own) | _neighbour_features(own)


def columns_of(found: Mapping[str, ArrayLike]) -> Columns:
    """The values of some features, a value a line, as columns."""
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}


def stacked(columns: Columns) -> Matrix:
    """All columns beside each other, in their order: shape (lines, features)."""
    return np.stack(list(columns.values()), axis=1)


def _own_features(lines: Sequence[TextLine]) -> Columns:
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
    return columns_of(
        {
            "log of words": np.log1p(words),
            "log of sentences": np.log1p(sentences),
            "ends a sentence": [_ENDS_WELL.search(text[-6:]) is not None for text in texts],
            "ends with a colon": [text.endswith((":", "：")) for text in texts],
            "ends with an ellipsis": [text.endswith(("…", "...")) for text in texts],
            "ends with a question mark": [text.endswith("?") for text in texts],
            "share of commas": np.array([text.count(",") for text in texts]) / (words + 1),
            "share of small words": np.array([_small_words(line) for line in lines]) / total,
            "share of initial capitals": characters.initial_capitals / total,
            "share of digits": characters.digits / characters.length,
            "share of capitals": characters.capitals / letters,
            "share of letters": letters / characters.length,
            "length of words": np.array([sum(map(len, line.words)) for line in lines]) / total,
            "quotes": [_QUOTE.search(text) is not None for text in texts],
            "share of separators": characters.separators / total,
            "starts in lower case": [text[0].islower() for text in texts],
            "bullet": [line.is_bullet for line in lines],
            "blank before": [line.blank_before for line in lines],
            "ends an article": [ends_article(text) for text in brief],
            "furniture": ["line" in groups for groups in cues],
            "label of a date": np.array(["published" in groups or "updated" in groups for groups in cues])
            & is_brief,
            "lead of a byline": [BYLINE_LEAD.match(text) is not None for text in brief],
            "year": [
                digit and _YEAR.search(text) is not None for text, digit in zip(brief, has_digit, strict=True)
            ],
            "clock": [
                digit and _CLOCK.search(text) is not None
                for text, digit in zip(starts, has_digit, strict=True)
            ],
            "address": [_ADDRESS.search(text) is not None for text in starts],
            "credit": [has_credit(text, line.words) for text, line in zip(brief, lines, strict=True)],
            "running text": (words >= _RUNNING_WORDS) & (sentences > 0),
            "share of talk": np.array([count_cue_words(line.words, "talk") for line in lines]) / total,
            "share of biography": np.array([count_cue_words(line.words, "biography") for line in lines])
            / total,
            "share of code": characters.code / characters.length,
            "starts with a bracket": [text[0] in "[({<" for text in texts],
            "ends with an exclamation mark": [text.endswith("!") for text in texts],
        }
    )


def _small_words(line: TextLine) -> int:
    """How many words of a line are articles, prepositions and the like."""
    small = sum(map(function_words().__contains__, line.words))
    return small if line.text.isascii() else small + len(_CHARACTER_STOPWORDS.findall(line.text))


def _page_features(lines: Sequence[TextLine], own: Columns) -> Columns:
    total = len(lines)
    words = np.expm1(own["log of words"])
    running = words * own["running text"]
    is_short = (words < _SHORTEST_WORDS).astype(float)
    mass = running.sum() + 1
    before = np.cumsum(running) - running
    position = np.arange(total)
    ends = own["ends an article"] > 0
    last_end = np.maximum.accumulate(np.where(ends, position, -1))
    first_running = int(np.argmax(running > 0)) if running.any() else 0
    found: dict[str, ArrayLike] = {
        **_likeness_features(lines, running),
        "position": position / total,
        "log of lines before": np.log1p(position),
        "log of lines after": np.log1p(total - position),
        "share of running words before": before / mass,
        "share of running words after": (mass - before - running) / mass,
        "log of running words before": np.log1p(before),
        "log of lines since an end": np.log1p(np.where(last_end < 0, 1000, position - last_end)),
        "ends before": np.cumsum(ends),
        "log of running words since an end": np.log1p(
            np.where(last_end < 0, 0, before - before[np.maximum(last_end, 0)])
        ),
        "lines from the first of running text": np.sign(position - first_running)
        * np.log1p(np.abs(position - first_running)),
        "log of the page's running words": np.full(total, np.log1p(mass)),
    }
    for reach in (-3, 3, -10, 10):
        found[f"log of running words within {reach:+}"] = np.log1p(_window_sum(running, reach))
    for reach in (-5, 5):
        found[f"short lines within {reach:+}"] = _window_sum(is_short, reach)
    return columns_of(found)


def _likeness_features(lines: Sequence[TextLine], running: Matrix) -> dict[str, ArrayLike]:
    """How far each line is like others of its page."""
    counts = Counter(line.text for line in lines)
    seen: set[str] = set()
    is_said = []
    for line in lines:
        is_said.append(line.text in seen)
        seen.add(line.text)
    usual_indent = _usual_indent(lines, running)
    return {
        "repeated": [counts[line.text] > 1 for line in lines],
        "said before": is_said,
        "usual indent": [line.indent == usual_indent for line in lines],
        "indent": [line.indent - usual_indent for line in lines],
        "share of words in running text": _shared_words(lines, running),
    }


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


def _neighbour_features(own: Columns) -> Columns:
    rows = stacked({name: own[name] for name in _OF_NEIGHBOURS})
    return {
        f"{name} {offset:+}": column
        for offset in (-2, -1, 1, 2)
        for name, column in zip(_OF_NEIGHBOURS, shifted(rows, offset).T, strict=True)
    }


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
def function_words() -> frozenset[str]:
    """Articles, prepositions and the like, of all languages together."""
    return frozenset(word for _, words in word_lists.rows("function_words") for word in words.split())
